# SPDX-License-Identifier: AGPL-3.0-or-later
"""Typefaces that are missing, and what took their place."""

from __future__ import annotations

from pechakucha.show.checks.fonts import fonts
from pechakucha.show.deck import Slide
from pechakucha.show.problem import Finding, Severity


def slide(number: int, asked: str, drawn: str) -> Slide:
    """A slide with these families, separated by commas."""
    return Slide(number=number, fonts=_parted(asked), drawn_fonts=_parted(drawn))


def _parted(families: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in families.split(",") if each)


def replaced(*slides: Slide) -> dict[str, tuple[object, object]]:
    """Where each missing family is missing and what took its place."""
    return {
        str(each.params["family"]): (each.params.get("numbers", each.slide), each.params["instead"])
        for each in fonts(slides)
        if each.code == "fonts-missing"
    }


def test_what_is_there_is_not_mentioned() -> None:
    assert fonts((slide(1, "Arial, Calibri", "Arial, Calibri"), slide(2, "", "Arial"))) == ()


def test_what_a_renderer_does_not_tell_is_not_guessed() -> None:
    assert fonts((slide(1, "Arial", ""),)) == ()


def test_a_family_on_one_slide_is_told_with_the_slide() -> None:
    assert fonts((slide(7, "Tahoma", "DejaVu Sans"), slide(8, "", "DejaVu Sans"))) == (
        Finding(
            code="fonts-missing",
            severity=Severity.WARNING,
            slide=7,
            params={"case": "slide", "family": "Tahoma", "instead": "DejaVu Sans"},
        ),
    )


def test_each_family_is_told_once_with_all_its_slides() -> None:
    slides = [slide(number, "Tahoma, Gill Sans", "DejaVu Sans, Lato") for number in range(1, 5)]
    assert replaced(*slides, slide(6, "Tahoma", "DejaVu Sans")) == {
        "Gill Sans": ("1-4", "DejaVu Sans, Lato"),
        "Tahoma": ("1-4, 6", "DejaVu Sans"),
    }


def test_what_was_asked_for_took_nobodys_place() -> None:
    assert replaced(slide(1, "Lato, Tahoma", "Lato, DejaVu Sans")) == {"Tahoma": (1, "DejaVu Sans")}


def test_what_stands_in_for_another_took_nobody_elses_place() -> None:
    slides = (slide(1, "Arial, Tahoma", "Liberation Sans, DejaVu Sans"),)
    assert replaced(*slides) == {"Tahoma": (1, "DejaVu Sans")}


def test_where_nothing_else_is_there_the_rest_took_its_place() -> None:
    assert replaced(slide(1, "Lato, Tahoma", "Lato")) == {"Tahoma": (1, "Lato")}


def test_a_family_that_is_drawn_anywhere_is_there() -> None:
    assert replaced(slide(1, "Tahoma, Lato", "Tahoma, Lato"), slide(2, "Tahoma, Lato", "Lato")) == {}


def test_families_of_the_same_widths_are_a_note_for_the_whole_deck() -> None:
    slides = (
        slide(1, "Arial, Calibri", "Liberation Sans, Carlito"),
        slide(2, "Arial, Lato", "Lato"),
    )
    assert fonts(slides) == (
        Finding(
            code="fonts-alike",
            severity=Severity.NOTE,
            params={"pairs": "Arial → Liberation Sans, Calibri → Carlito"},
        ),
    )
