# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finding the typefaces that a deck asks for among the installed ones, or the nearest to them."""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import font_source_sans_pro

from pechakucha.decks.font_files import Face, faces_by_family

__all__ = ["Face", "faces_by_family", "faces_with", "fallback_faces", "families_used", "nearest_faces"]

FALLBACK = "Source Sans Pro"
_USED = re.compile(rb'<a:(?:latin|ea|cs|sym|buFont)\s[^>]*?typeface="([^"+][^"]*)"[^>]*')
_PITCH = re.compile(rb'pitchFamily="(\d+)"')

_SANS = ("Arial", "Liberation Sans", "Arimo", "Nimbus Sans", "Helvetica", "Helvetica Neue")
_SERIF = ("Times New Roman", "Liberation Serif", "Tinos", "Nimbus Roman", "Times")
_MONOSPACED = ("Courier New", "Liberation Mono", "Cousine", "Nimbus Mono PS", "Courier")
_TWINS: tuple[tuple[str, ...], ...] = (
    _SANS,
    _SERIF,
    _MONOSPACED,
    ("Arial Narrow", "Liberation Sans Narrow", "Nimbus Sans Narrow"),
    ("Calibri", "Carlito"),
    ("Calibri Light", "Carlito"),
    ("Cambria", "Caladea"),
    ("Georgia", "Gelasio"),
    ("Palatino Linotype", "Book Antiqua", "P052", "Palatino"),
    ("Bookman Old Style", "URW Bookman"),
    ("Century Gothic", "URW Gothic"),
    ("Century Schoolbook", "C059"),
)
"""Families that run to the same or nearly the same widths."""

_SIMILAR: Mapping[str, tuple[str, ...]] = {
    "cambria math": ("Cambria", "Caladea"),
    "consolas": ("Inconsolata", "DejaVu Sans Mono"),
    "garamond": ("EB Garamond", "Cormorant Garamond"),
    "lucida console": ("DejaVu Sans Mono",),
    "lucida sans unicode": ("DejaVu Sans",),
    "tahoma": ("DejaVu Sans Condensed", "Verdana"),
    "verdana": ("DejaVu Sans",),
}
_SERIFED = frozenset({"cambria", "cambria math", "caladea", "garamond", "georgia", "palatino linotype"})
_GENERIC = {1: (*_SERIF, "DejaVu Serif"), 3: (*_MONOSPACED, "DejaVu Sans Mono")}
"""By the kind of family that a deck gives beside its name (``pitchFamily`` >> 4, as in Windows' LOGFONT)."""

_RICH_IN_SIGNS = (
    "Segoe UI Symbol",
    "DejaVu Sans",
    "Apple Symbols",
    "Arial Unicode MS",
    "Noto Sans Symbols2",
    "Noto Sans Symbols 2",
    "Noto Sans Math",
    "Segoe UI Emoji",
    "Noto Emoji",
    "Symbola",
    "FreeSans",
    "Microsoft YaHei",
    "Yu Gothic",
    "Malgun Gothic",
    "Hiragino Sans",
    "PingFang SC",
    "Apple SD Gothic Neo",
    "Noto Sans CJK JP",
    "Noto Sans CJK SC",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
)
"""Where to look first for a sign that a typeface lacks."""
_MOST_LOOKED_INTO = 200
_PICTURES_ONLY = frozenset({"CBDT", "sbix"})


def families_used(deck: Path) -> dict[str, int]:
    """The families named anywhere in a PPTX in alphabetical order, each with its kind (0 for unknown)."""
    found: dict[str, int] = {}
    with zipfile.ZipFile(deck) as archive:
        for entry in archive.infolist():
            if entry.filename.startswith("ppt/") and entry.filename.endswith(".xml"):
                for match in _USED.finditer(archive.read(entry)):
                    pitch = _PITCH.search(match[0])
                    name = html.unescape(match[1].decode("utf-8", "replace"))
                    found[name] = (int(pitch[1]) >> 4 if pitch else 0) or found.get(name, 0)
    return dict(sorted(found.items()))


def nearest_faces(family: str, installed: Mapping[str, list[Face]], kind: int = 0) -> list[Face]:
    """The family's own faces, or of one that runs the same, or is of its kind, or our packaged fallback."""
    name = family.casefold()
    generic = _GENERIC.get(kind or (1 if name in _SERIFED else 0), ())
    for other in (family, *_twins(name), *_SIMILAR.get(name, ()), *generic):
        if faces := installed.get(other.casefold()):
            return faces
    return fallback_faces()


def _twins(name: str) -> list[str]:
    groups = (group for group in _TWINS if name in {member.casefold() for member in group})
    return list(dict.fromkeys(member for group in groups for member in group))


def fallback_faces() -> list[Face]:
    """Source Sans Pro, which comes with us: regular, bold, italic, bold italic."""
    folder = Path(font_source_sans_pro.font_directory)
    styles = {"Regular": (False, False), "Bold": (True, False), "It": (False, True), "BoldIt": (True, True)}
    return [
        Face(bold, italic, folder / f"SourceSansPro-{style}.ttf", 0, FALLBACK)
        for style, (bold, italic) in styles.items()
    ]


def faces_with(signs: set[str], installed: Mapping[str, list[Face]]) -> dict[str, list[Face]]:
    """For each of the signs that any family has, the faces of the first one that has it."""
    found: dict[str, list[Face]] = {}
    missing = {ord(sign) for sign in signs}
    for faces in _in_order(installed):
        if not missing:
            break
        has = _signs_of(faces[0]) & missing
        found.update((chr(sign), faces) for sign in has)
        missing -= has
    return found


def _in_order(installed: Mapping[str, list[Face]]) -> Iterator[list[Face]]:
    first = [name.casefold() for name in _RICH_IN_SIGNS if name.casefold() in installed]
    others = [name for name in installed if name not in first]
    for name in [*first, *others][:_MOST_LOOKED_INTO]:
        # The upright, regular one where there is one.
        yield sorted(installed[name], key=lambda face: (face.bold, face.italic))


def _signs_of(face: Face) -> set[int]:
    """The characters that a face can draw as outlines; none of a font that is broken."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 - takes long, and is rarely needed

    try:
        with TTFont(face.path, fontNumber=face.number, lazy=True) as font:
            return set() if _PICTURES_ONLY & set(font.keys()) else set(font.getBestCmap() or ())
    except (TTLibError, OSError, KeyError, ValueError, AttributeError, AssertionError):
        return set()
