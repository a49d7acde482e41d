# SPDX-License-Identifier: AGPL-3.0-or-later
"""What PDFs call fonts, and which names mean the same family."""

from __future__ import annotations

import pytest

from pechakucha.show.font_names import family_of, is_same_family, missing_families, stands_in


@pytest.mark.parametrize(
    ("font", "family"),
    [
        ("LiberationSans", "Liberation Sans"),
        ("BAAAAA+LiberationSans-BoldItalic", "Liberation Sans"),
        ("Calibri,Bold", "Calibri"),
        ("ArialMT", "Arial"),
        ("Arial-BoldMT", "Arial"),
        ("TimesNewRomanPSMT", "Times New Roman"),
        ("TimesNewRomanPS-BoldItalicMT", "Times New Roman"),
        ("C059-Roman", "C059"),
        ("ABCDEF+DejaVuSans-BoldOblique", "DejaVu Sans"),
        ("OpenSymbol", "OpenSymbol"),
        ("Comic Sans MS", "Comic Sans MS"),
        ("Calibri-Light", "Calibri Light"),
        ("SourceSansPro-SemiBold", "Source Sans Pro SemiBold"),
        ("Arial-Black", "Arial Black"),
        ("", ""),
        ("ABCDEF+", ""),
    ],
)
def test_a_fonts_name_tells_its_family(font: str, family: str) -> None:
    assert family_of(font) == family


@pytest.mark.parametrize(
    ("asked", "font"),
    [
        ("Liberation Sans", "LiberationSans-Bold"),
        ("Arial", "ArialMT"),
        ("Times New Roman", "TimesNewRomanPS-BoldMT"),
        ("Gill Sans MT", "GillSansMT-Bold"),
        ("Segoe UI Semibold", "SegoeUI-Semibold"),
        ("Roboto", "Roboto-Medium"),
        ("calibri", "BCDEEE+Calibri-Bold"),
        ("Arial Black", "Arial-Black"),
        ("DIN Next LT Pro", "DINNextLTPro-Bold"),
    ],
)
def test_a_family_is_found_under_the_name_that_a_pdf_has_for_it(asked: str, font: str) -> None:
    assert is_same_family(asked, family_of(font))


@pytest.mark.parametrize(
    ("asked", "drawn"),
    [
        ("Calibri", "Carlito"),
        ("Arial", "Arial Narrow"),
        ("Arial Black", "Arial"),
        ("Calibri Light", "Calibri"),
        ("Times New Roman", "Times"),
        ("Verdana", "DejaVu Sans"),
    ],
)
def test_another_family_is_another(asked: str, drawn: str) -> None:
    assert not is_same_family(asked, drawn)


def test_families_of_the_same_widths_stand_in_for_each_other() -> None:
    assert stands_in("Calibri", "Carlito")
    assert stands_in("Calibri Light", "Carlito")
    assert stands_in("Arial", "Liberation Sans")
    assert stands_in("Wingdings", "OpenSymbol")
    assert not stands_in("Arial", "Liberation Sans Narrow")
    assert not stands_in("Verdana", "DejaVu Sans")
    assert not stands_in("Carlito", "Liberation Sans")


def test_what_was_asked_for_and_not_drawn_is_missing() -> None:
    assert missing_families(["Arial", "Calibri", "Tahoma"], ["Arial", "Carlito"]) == ("Calibri", "Tahoma")
    assert missing_families(["Arial"], ["Arial", "DejaVu Sans"]) == ()
