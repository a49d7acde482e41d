# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finding the typefaces that a deck asks for among the installed ones, or the nearest to them."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import font_source_sans_pro
from fontTools.ttLib import TTCollection, TTFont, TTLibError

_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
_FAMILY_ID = 1
_ITALIC, _BOLD = 1 << 0, 1 << 5
_USED = re.compile(rb'<a:(?:latin|ea|cs|sym|buFont)\s[^>]*?typeface="([^"+][^"]*)"')

_NEAREST: Mapping[str, tuple[str, ...]] = {
    "calibri": ("Carlito",),
    "calibri light": ("Carlito",),
    "cambria": ("Caladea",),
    "arial": ("Liberation Sans", "Arimo", "Nimbus Sans", "Helvetica"),
    "helvetica": ("Arial", "Liberation Sans", "Nimbus Sans"),
    "helvetica neue": ("Arial", "Liberation Sans", "Nimbus Sans"),
    "arial narrow": ("Liberation Sans Narrow", "Nimbus Sans Narrow"),
    "times new roman": ("Liberation Serif", "Tinos", "Nimbus Roman", "Times"),
    "times": ("Times New Roman", "Liberation Serif", "Nimbus Roman"),
    "courier new": ("Liberation Mono", "Cousine", "Nimbus Mono PS", "Courier"),
    "georgia": ("Gelasio",),
    "palatino linotype": ("P052", "Palatino"),
    "book antiqua": ("P052", "Palatino"),
    "bookman old style": ("URW Bookman",),
    "century gothic": ("URW Gothic",),
    "century schoolbook": ("C059",),
    "verdana": ("DejaVu Sans",),
}
"""Families that run to the same or nearly the same widths, best first."""


class Face(NamedTuple):
    """One style of a family: the font file and the face's place in it."""

    bold: bool
    italic: bool
    path: Path
    number: int

    def content(self) -> bytes:
        """The font as a file of its own; a face of a collection is taken out of it."""
        if self.path.suffix.lower() not in (".ttc", ".otc"):
            return self.path.read_bytes()
        taken = io.BytesIO()
        with TTFont(self.path, fontNumber=self.number) as font:
            font.save(taken)
        return taken.getvalue()


def families_used(deck: Path) -> list[str]:
    """The families named anywhere in a PPTX, in alphabetical order."""
    found: set[str] = set()
    with zipfile.ZipFile(deck) as archive:
        for entry in archive.infolist():
            if entry.filename.startswith("ppt/") and entry.filename.endswith(".xml"):
                found.update(name.decode("utf-8", "replace") for name in _USED.findall(archive.read(entry)))
    return sorted(found)


def faces_by_family(folders: Iterable[Path]) -> dict[str, list[Face]]:
    """Every face in ``folders`` by its family's name in small letters; unreadable ones left out."""
    families: dict[str, list[Face]] = {}
    for folder in folders:
        for path in _font_files(folder):
            try:
                for family, face in _faces_in(path):
                    families.setdefault(family.casefold(), []).append(face)
            # Fonts may be broken in any way, and none of them is worth a failed import.
            except (TTLibError, OSError, KeyError, ValueError, AttributeError, AssertionError):
                continue
    return families


def nearest_faces(family: str, installed: Mapping[str, list[Face]]) -> list[Face]:
    """The family's own faces, or of one that runs the same, or our packaged fallback."""
    for name in (family, *_NEAREST.get(family.casefold(), ())):
        if faces := installed.get(name.casefold()):
            return faces
    return fallback_faces()


def fallback_faces() -> list[Face]:
    """Source Sans Pro, which comes with us: regular, bold, italic, bold italic."""
    folder = Path(font_source_sans_pro.font_directory)
    styles = {"Regular": (False, False), "Bold": (True, False), "It": (False, True), "BoldIt": (True, True)}
    return [
        Face(bold, italic, folder / f"SourceSansPro-{style}.ttf", 0)
        for style, (bold, italic) in styles.items()
    ]


def _font_files(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder):
        yield from (Path(base, name) for name in sorted(names) if name.lower().endswith(_ENDINGS))


def _faces_in(path: Path) -> Iterator[tuple[str, Face]]:
    if path.suffix.lower() in (".ttc", ".otc"):
        with TTCollection(path, lazy=True) as collection:
            for index, font in enumerate(collection):
                yield from _face(font, path, index)
    else:
        with TTFont(path, lazy=True) as font:
            yield from _face(font, path, 0)


def _face(font: TTFont, path: Path, index: int) -> Iterator[tuple[str, Face]]:
    family = font["name"].getDebugName(_FAMILY_ID)
    if family:
        style = font["OS/2"].fsSelection
        yield family, Face(bool(style & _BOLD), bool(style & _ITALIC), path, index)
