# SPDX-License-Identifier: AGPL-3.0-or-later
"""Areas filled with a pattern, which the renderer leaves empty: one colour of the same strength instead."""

from __future__ import annotations

import copy

from lxml import etree

from pechakucha.decks.pptx_repairs.drawingml import Element, find, named
from pechakucha.decks.pptx_repairs.page import Page

_LIGHT, _DARK, _OTHER = 20, 50, 35
"""Percent that a pattern's lines cover; dotted ones have it in their name (``pct40``)."""
_OWNERS = frozenset({named("p:spPr"), named("dsp:spPr"), named("p:bgPr")})


def fill_patterns(page: Page) -> bool:
    """Fill such areas; whether there was any."""
    patterns = [each for each in page.root.iter(named("a:pattFill")) if each.getparent().tag in _OWNERS]
    for pattern in patterns:
        fill = etree.Element(named("a:solidFill"))
        lines, ground = find(pattern, "a:fgClr/*"), find(pattern, "a:bgClr/*")
        covered = _covered(pattern.get("prst", ""))
        if lines is not None and ground is not None:
            fill.append(_mixed(lines, ground, covered))
        pattern.getparent().replace(pattern, fill)
    return bool(patterns)


def _mixed(lines: Element, ground: Element, covered: int) -> Element:
    """Both colours in their proportion where the file says them, else the one that covers more."""
    first, second = _rgb(lines), _rgb(ground)
    if first is None or second is None:
        return copy.deepcopy(lines if covered >= 50 else ground)
    mixed = bytes((a * covered + b * (100 - covered)) // 100 for a, b in zip(first, second, strict=True))
    return etree.Element(named("a:srgbClr"), val=mixed.hex().upper())


def _rgb(colour: Element) -> bytes | None:
    """A plain colour, None for the theme's and for what is changed in any way."""
    if colour.tag != named("a:srgbClr") or len(colour):
        return None
    return bytes.fromhex(colour.get("val"))


def _covered(pattern: str) -> int:
    if pattern.startswith("pct") and pattern[3:].isdigit():
        return int(pattern[3:])
    return _LIGHT if pattern.startswith("lt") else _DARK if pattern.startswith("dk") else _OTHER
