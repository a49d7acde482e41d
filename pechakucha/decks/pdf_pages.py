# SPDX-License-Identifier: AGPL-3.0-or-later
# PyMuPDF is annotated in parts only.
# mypy: disable-error-code="no-untyped-call"
"""What can be told of a PDF's page without drawing it: its text, its fonts, its pictures."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import pymupdf

from pechakucha.show.deck import STANDARD_HEIGHT_PT, PlacedPicture
from pechakucha.show.font_names import family_of, is_same_family

_INVISIBLE = 3
"""The rendering mode of text that only a search shall find, as under scanned pages."""
_FOOTER = 0.9
"""Text below this part of the page's height is taken for a footer: nothing in a PDF says which is."""
_NOT_A_FILE = "n/a"
_DRAWN_IN_PLACE = "Type3"
_LONGEST_NAME = 31
"""MuPDF cuts the names of fonts after so many letters, the mark of a subset counted."""
_STANDARD_FAMILIES = (
    *("Helvetica", "Arial", "Times", "Times Roman", "Times New Roman", "Courier", "Courier New"),
    *("Symbol", "ZapfDingbats"),
)
"""What every reader of PDFs has or has the like of (ISO 32000-1, 9.6.2.2)."""


class Text(NamedTuple):
    """Some text on a page.

    Attributes:
        font: the whole name.
        size: in points.
        middle: how far down its middle is, in points.
        is_read: whether it is more than a bullet or a raised digit.
    """

    font: str
    size: float
    middle: float
    is_read: bool


def text_on(page: pymupdf.Page) -> tuple[Text, ...]:
    """The text that can be seen.

    Raises:
        Exception: the page is damaged; PyMuPDF has many ways to say so.
    """
    spans = [
        (span, "".join(chr(char[0]) for char in span["chars"]))
        for span in page.get_texttrace()
        if span["type"] != _INVISIBLE
    ]
    whole_name = _whole_names(page) if spans else {}
    return tuple(
        Text(
            font=whole_name.get(span["font"], span["font"]),
            size=span["size"],
            middle=_middle(page, span["bbox"]),
            is_read=sum(each.isalnum() for each in characters) > 1,
        )
        for span, characters in spans
        if characters.strip()
    )


def families_in(text: Iterable[Text]) -> tuple[str, ...] | None:
    """The families of some text; None where a font does not tell its name."""
    families = {family_of(each.font) for each in text}
    return None if "" in families else tuple(sorted(families))


def families_not_embedded(page: pymupdf.Page, text: Iterable[Text]) -> frozenset[str]:
    """The families of some text on the page that the file does not hold and not every reader has."""
    absent = {
        family_of(name) for name, kind, is_there in _fonts(page) if not is_there and kind != _DRAWN_IN_PLACE
    }
    used = {family_of(each.font) for each in text} if absent else set()
    return frozenset(
        family
        for family in used & absent - {""}
        if not any(is_same_family(standard, family) for standard in _STANDARD_FAMILIES)
    )


def smallest_pt(page: pymupdf.Page, text: Iterable[Text]) -> float | None:
    """The smallest size of some text, footers left out, on a page as high as 540 points."""
    height = page.rect.height
    sizes = [each.size for each in text if each.is_read and each.size > 0 and each.middle < _FOOTER * height]
    return round(min(sizes) * STANDARD_HEIGHT_PT / height, 1) if sizes else None


def pictures_on(page: pymupdf.Page) -> tuple[PlacedPicture, ...]:
    """The pictures with the part of the page that each takes.

    Raises:
        Exception: see ``text_on``.
    """
    placed = (_placed(image, page) for image in page.get_image_info())
    return tuple(each for each in placed if each is not None)


def _placed(image: dict[str, Any], page: pymupdf.Page) -> PlacedPicture | None:
    whole = pymupdf.Rect(image["bbox"]) * page.rotation_matrix
    seen = whole & page.rect
    if seen.is_empty or whole.is_empty:
        return None
    width, height = image["width"], image["height"]
    across = pymupdf.Matrix(image["transform"]) * page.rotation_matrix
    if abs(across.b) > abs(across.a):
        width, height = height, width
    return PlacedPicture(
        width=round(width * seen.width / whole.width),
        height=round(height * seen.height / whole.height),
        part_of_width=round(seen.width / page.rect.width, 4),
        part_of_height=round(seen.height / page.rect.height, 4),
    )


def _middle(page: pymupdf.Page, box: tuple[float, float, float, float]) -> float:
    turned = pymupdf.Rect(box) * page.rotation_matrix
    return float(turned.y0 + turned.y1) / 2


def _fonts(page: pymupdf.Page) -> list[tuple[str, str, bool]]:
    """The name and kind of each font that the page may use, and whether the file holds it."""
    return [(font[3], font[2], font[1] != _NOT_A_FILE) for font in page.get_fonts()]


def _whole_names(page: pymupdf.Page) -> dict[str, str]:
    """The names of the page's fonts by what MuPDF makes of them."""
    names = (name for name, _, _ in _fonts(page))
    return {name[:_LONGEST_NAME].rpartition("+")[2]: name.rpartition("+")[2] for name in names}
