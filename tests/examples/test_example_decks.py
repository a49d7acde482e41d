# SPDX-License-Identifier: AGPL-3.0-or-later
"""The nine-city example is complete: show file, decks, notes, sizes of type and of files."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from pptx import Presentation

BLOCK = Path(__file__).parents[2] / "examples" / "mpsc-mashup"
SHOW = tomllib.loads((BLOCK / "show.toml").read_text(encoding="utf-8"))
TALKS: list[dict[str, Any]] = SHOW["talk"]
DECKS = [BLOCK / talk["deck"] for talk in TALKS]
SLIDES = [deck for deck in DECKS if deck.suffix == ".pptx"]


def _count(deck: Path) -> int:
    """Slides, pages or pictures of a deck."""
    if deck.is_dir():
        return len([file for file in deck.iterdir() if file.suffix in (".jpg", ".png")])
    if deck.suffix == ".pdf":
        with pymupdf.open(deck) as pages:  # type: ignore[no-untyped-call]
            return int(pages.page_count)
    return len(Presentation(str(deck)).slides)


def _sizes(slide: Any) -> Iterator[float]:
    """Every type size set anywhere on a slide, in points, also in its charts and tables."""
    parts = [slide.part, *(shape.chart.part for shape in slide.shapes if shape.has_chart)]
    for part in parts:
        for size in re.findall(rb'\ssz="(\d+)"', part.blob):
            yield int(size) / 100


def test_show_lists_nine_talks_with_ids_of_their_city() -> None:
    assert SHOW["format"] == "20x20"
    assert [talk["city"] for talk in TALKS] == [
        "Kaiserslautern",
        "Wolfsburg",
        "Haßfurt",
        "Solingen",
        "Ulm",
        "Arnsberg",
        "Gera",
        "Cottbus",
        "Brandis",
    ]
    assert len({talk["id"] for talk in TALKS}) == 9
    for talk in TALKS:
        city = talk["city"].lower().replace("ß", "ss")
        assert re.fullmatch(rf"{city}-[a-z2-9]{{4}}", talk["id"])
        assert talk["announcement"]


@pytest.mark.parametrize("deck", DECKS, ids=lambda deck: deck.name)
def test_deck_has_twenty_slides(deck: Path) -> None:
    assert deck.exists()
    assert _count(deck) == 20


@pytest.mark.parametrize("deck", SLIDES, ids=lambda deck: deck.name)
def test_notes_can_be_spoken_in_time(deck: Path) -> None:
    for slide in Presentation(str(deck)).slides:
        assert slide.has_notes_slide
        notes = slide.notes_slide.notes_text_frame
        assert notes is not None
        assert 100 <= len(notes.text) <= 290


@pytest.mark.parametrize("deck", SLIDES, ids=lambda deck: deck.name)
def test_no_type_below_24_points(deck: Path) -> None:
    for number, slide in enumerate(Presentation(str(deck)).slides, 1):
        assert min(_sizes(slide), default=24) >= 24, f"slide {number}"


def test_one_deck_is_four_to_three() -> None:
    ratios = []
    for deck in SLIDES:
        slides = Presentation(str(deck))
        assert slides.slide_width
        assert slides.slide_height
        ratios.append(round(slides.slide_width / slides.slide_height, 2))
    assert sorted(ratios) == [1.33, 1.78, 1.78, 1.78, 1.78]


def test_all_decks_are_at_most_ten_megabytes() -> None:
    assert sum(file.stat().st_size for file in BLOCK.rglob("*") if file.is_file()) <= 10_000_000
