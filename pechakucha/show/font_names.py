# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names of typefaces: what a PDF calls a font, and whether two names mean the same family."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_SUBSET = re.compile(r"[A-Z]{6}\+")
_STYLE_WORDS = re.compile(r"(?:Semi|Demi|Extra|Ultra)-?(?:[Bb]old|[Ll]ight)|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_PLAIN_STYLES = frozenset(
    {"regular", "roman", "book", "normal", "bold", "italic", "oblique", "ital", "it", "bd", "mt"}
)
"""Styles that belong to a family of that name; a light or black one counts as a family of its own."""
_ENDINGS = re.compile(r"(?:regular|bold|italic|oblique|psmt|mt|ps)$")
_WEIGHTS = re.compile(
    r"(?:thin|hairline|(?:extra|ultra)?light|semilight|medium|(?:semi|demi|extra|ultra)?bold|demi|semi|book|roman)$"
)
_BEFORE_CAPITAL = re.compile(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_WRITTEN_TOGETHER = {"Deja Vu": "DejaVu", "Open Symbol": "OpenSymbol"}

_SYMBOLS = ("OpenSymbol",)
_STAND_INS: Mapping[str, tuple[str, ...]] = {
    "arial": ("Liberation Sans", "Arimo", "Helvetica", "Nimbus Sans"),
    "arialnarrow": ("Liberation Sans Narrow",),
    "calibri": ("Carlito",),
    "cambria": ("Caladea",),
    "courier": ("Courier New", "Liberation Mono", "Cousine", "Nimbus Mono"),
    "couriernew": ("Liberation Mono", "Cousine", "Courier", "Nimbus Mono"),
    "georgia": ("Gelasio",),
    "helvetica": ("Arial", "Liberation Sans", "Arimo", "Nimbus Sans"),
    "symbol": _SYMBOLS,
    "times": ("Times New Roman", "Liberation Serif", "Tinos", "Nimbus Roman"),
    "timesnewroman": ("Liberation Serif", "Tinos", "Times", "Nimbus Roman"),
    "webdings": _SYMBOLS,
    "wingdings": _SYMBOLS,
    "wingdings2": _SYMBOLS,
    "wingdings3": _SYMBOLS,
}
"""Families that run to exactly the same widths, and for symbols the one that has the same signs.

What the makers of these families say of them, and fontconfig's 30-metric-aliases.conf.
"""


def family_of(font: str) -> str:
    """The family that a font's name in a PDF tells, "" for none.

    ``ABCDEF+LiberationSans-Bold`` is Liberation Sans, ``TimesNewRomanPS-BoldMT`` Times New Roman.
    """
    name, _, style = _SUBSET.sub("", font, count=1).replace(",", "-", 1).partition("-")
    name = re.sub(r"(?:(?<=[a-z])PSMT|(?<=[a-z])MT|(?<=[a-z])PS)$", "", name.strip())
    if " " not in name:
        name = _BEFORE_CAPITAL.sub(" ", name)
    for parted, together in _WRITTEN_TOGETHER.items():
        name = name.replace(parted, together)
    kept = [word for word in _STYLE_WORDS.findall(style) if word.lower() not in _PLAIN_STYLES]
    return " ".join([name, *kept]) if name else ""


def is_same_family(asked: str, drawn: str) -> bool:
    """Whether a family that was drawn is the one that was asked for, however either is written."""
    wanted, found = _key(asked), _key(drawn)
    return wanted in (found, _WEIGHTS.sub("", found))


def stands_in(asked: str, drawn: str) -> bool:
    """Whether lines set in ``drawn`` break where they would in ``asked``."""
    key = _key(asked)
    families = _STAND_INS.get(key) or _STAND_INS.get(_WEIGHTS.sub("", key), ())
    return any(is_same_family(family, drawn) for family in families)


def missing_families(asked: Iterable[str], drawn: Iterable[str]) -> tuple[str, ...]:
    """Those that were asked for and not drawn."""
    found = tuple(drawn)
    return tuple(family for family in asked if not any(is_same_family(family, each) for each in found))


def _key(family: str) -> str:
    key = re.sub(r"[\W_]+", "", family.casefold())
    while (shorter := _ENDINGS.sub("", key)) not in ("", key):
        key = shorter
    return key
