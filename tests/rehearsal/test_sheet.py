# SPDX-License-Identifier: AGPL-3.0-or-later
"""A take as a sheet to keep or to send."""

from __future__ import annotations

import re
from pathlib import Path

import pymupdf
import pytest
from PySide6.QtWidgets import QFileDialog

from pechakucha.files import takes

from .conftest import OpenPreview, Preview, a_deck
from .test_takes import all_at, rehearse

SCRIPT = "<script>alert('Zu Folie {number}')</script> & mehr"


@pytest.fixture
def rehearsed(open_preview: OpenPreview, tmp_path: Path) -> Preview:
    """A preview after a take in which slide 4 was too long."""
    preview = open_preview(a_deck(notes=SCRIPT), path=tmp_path / "ulm.pptx")
    rehearse(preview, all_at(15, slide_4=23.4))
    return preview


def test_a_page_that_needs_nothing_else(rehearsed: Preview, tmp_path: Path) -> None:
    target = tmp_path / "blatt.html"
    rehearsed.view.practising.export(target)
    page = target.read_text("utf-8")
    assert re.findall(r"(?:src|href|url)\s*[=(]", page) == []
    assert "default-src 'none'" in page
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert page.count("<rect") == 20
    assert "Folie 4: 3,4 s zu lang" in page
    assert "1 Folie zu lang: 4" in page
    assert str(target) in rehearsed.view.practising.trouble.words


def test_a_pdf_says_the_same(rehearsed: Preview, tmp_path: Path) -> None:
    target = tmp_path / "blatt.PDF"
    rehearsed.view.practising.export(target)
    with pymupdf.open(target) as document:
        words = " ".join(" ".join(page.get_text().split()) for page in document)
        assert document.metadata["title"] == "Probe · Ulm"
        assert document.page_count >= 2
    assert "1 Folie zu lang: 4" in words
    assert "Folie 4: 3,4 s zu lang" in words
    assert "<script>alert('Zu Folie 20')</script> & mehr" in words


def test_on_paper_everything_is_dark_and_nothing_lies_over_the_chart(
    rehearsed: Preview, tmp_path: Path
) -> None:
    target = tmp_path / "blatt.pdf"
    rehearsed.view.practising.export(target)
    with pymupdf.open(target) as document:
        blocks = document[0].get_text("dict")["blocks"]
        spans = [span for block in blocks for line in block.get("lines", []) for span in line["spans"]]
    tops = {span["text"].strip(): span["bbox"][1] for span in spans}
    numbers = max(top for words, top in tops.items() if words.isdigit())
    assert tops["Notizen"] > numbers
    assert all(top < numbers or words.isdigit() for words, top in tops.items() if words == "Probe · Ulm")
    written = [span["color"] for span in spans if span["bbox"][1] > numbers + 12]
    assert written
    assert max(written) < 0x909090, "the application's own text is light"


def test_where_it_cannot_be_written_it_is_said(rehearsed: Preview, tmp_path: Path) -> None:
    rehearsed.view.practising.export(tmp_path / "gone" / "blatt.html")
    assert "Einen Ordner wählen" in rehearsed.view.practising.trouble.words
    rehearsed.view.practising.export(tmp_path / "blatt.docx")
    assert ".html oder .pdf" in rehearsed.view.practising.trouble.words


@pytest.mark.parametrize(("named", "written"), [("blatt", "blatt.pdf"), ("blatt.html", "blatt.html")])
def test_the_ending_follows_the_choice(
    rehearsed: Preview, tmp_path: Path, named: str, written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposed: list[str] = []

    def chosen(_parent: object, _title: str, propose: str, _kinds: str) -> tuple[str, str]:
        proposed.append(Path(propose).name)
        return str(tmp_path / named), "PDF zum Drucken (*.pdf)"

    monkeypatch.setattr(QFileDialog, "getSaveFileName", chosen)
    rehearsed.view.practising.ask_to_export()
    assert proposed == ["ulm – Blatt zur Probe.html"]
    assert (tmp_path / written).is_file()


def test_a_file_that_nobody_was_asked_about_is_not_written_over(
    rehearsed: Preview, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "blatt.html").write_text("mine", encoding="utf-8")
    chosen = (str(tmp_path / "blatt"), "HTML (*.html)")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: chosen)
    rehearsed.view.practising.ask_to_export()
    assert (tmp_path / "blatt.html").read_text("utf-8") == "mine"
    assert (tmp_path / "blatt (2).html").is_file()


def test_the_deck_itself_is_never_written_over(open_preview: OpenPreview, tmp_path: Path) -> None:
    deck = tmp_path / "ulm.pdf"
    deck.write_bytes(b"%PDF")
    preview = open_preview(path=deck)
    rehearse(preview, all_at(15))
    preview.view.practising.export(deck)
    assert deck.read_bytes() == b"%PDF"
    assert "ist die Präsentation selbst" in preview.view.practising.trouble.words


def test_the_sheet_of_several_takes_shows_getting_better(rehearsed: Preview, tmp_path: Path) -> None:
    rehearsed.pass_seconds(5)
    rehearse(rehearsed, all_at(15))
    rehearsed.view.practising.export(tmp_path / "blatt.html")
    page = (tmp_path / "blatt.html").read_text("utf-8")
    assert "<polyline" in page
    assert "20 von 20 Folien, davor 19" in page
    assert len(takes.read_takes(tmp_path / "ulm.pptx").takes) == 2
