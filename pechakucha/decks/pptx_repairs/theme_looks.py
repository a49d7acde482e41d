# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the style of a shape means: looks of the theme in the colour of the shape (20.1.4.2 in ECMA-376)."""

from __future__ import annotations

import copy

from pechakucha.decks.pptx_repairs.drawingml import Element, find, find_all, named

_FIRST_BACKGROUND = 1001
"""From this index on a style means the theme's fills for backgrounds."""


def fill_of(theme: Element | None, reference: Element | None) -> Element | None:
    """The fill that a ``fillRef`` or ``bgRef`` means; None for none, and for a picture of the theme's own."""
    if reference is None:
        return None
    index = int(reference.get("idx", "0"))
    name = "bgFillStyleLst" if index >= _FIRST_BACKGROUND else "fillStyleLst"
    fill = _look(theme, name, index % (_FIRST_BACKGROUND - 1), reference)
    return None if fill is None or fill.tag == named("a:blipFill") else fill


def line_of(theme: Element | None, reference: Element | None) -> Element | None:
    """The line that an ``lnRef`` means."""
    return (
        None if reference is None else _look(theme, "lnStyleLst", int(reference.get("idx", "0")), reference)
    )


def effects_of(theme: Element | None, reference: Element | None) -> Element | None:
    """The effects that an ``effectRef`` means."""
    if reference is None:
        return None
    return find(_look(theme, "effectStyleLst", int(reference.get("idx", "0")), reference), "a:effectLst")


def _look(theme: Element | None, name: str, index: int, reference: Element) -> Element | None:
    """A copy of one of the theme's looks, counted from 1, in the colour of the reference."""
    looks = find(theme, f"a:themeElements/a:fmtScheme/a:{name}")
    if looks is None or not 1 <= index <= len(looks):
        return None
    look = copy.deepcopy(looks[index - 1])
    if len(reference):
        for colour in [each for each in find_all(look, ".//a:schemeClr") if each.get("val") == "phClr"]:
            mixed = copy.deepcopy(reference[0])
            # What the theme does to the colour comes on top of what the style does to it.
            mixed.extend(copy.deepcopy(each) for each in colour)
            colour.getparent().replace(colour, mixed)
    return look
