# SPDX-License-Identifier: AGPL-3.0-or-later
"""Colours that change along a line: the renderer always lets them change over the whole diagonal.

They are to change from edge to edge in the line's direction, so that a wide, low box from red above to
blue below was purple all over. The places of the colours are moved so that what is drawn is right.
"""

from __future__ import annotations

import math

from lxml import etree

from pechakucha.decks.pptx_repairs.drawingml import (
    AFTER_SHAPE_FILL,
    FILLS,
    Element,
    child_of,
    find,
    find_all,
    named,
    put,
)
from pechakucha.decks.pptx_repairs.page import Page
from pechakucha.decks.pptx_repairs.theme_looks import fill_of

_UNITS_PER_DEGREE = 60_000
_WHOLE = 100_000
_STYLES = ("p:style", "dsp:style")
_PROPERTIES = ("p:spPr", "dsp:spPr")


def stretch_gradients(page: Page) -> bool:
    """Move the colours of every such fill whose size is known; whether there was any."""
    changed = _stretch_background(page)
    for shape in page.shapes():
        properties, size = child_of(shape, _PROPERTIES), page.size_of(shape)
        if properties is None or size is None:
            continue
        fill = child_of(properties, FILLS)
        if fill is None:
            fill = fill_of(page.theme, find(child_of(shape, _STYLES), "a:fillRef"))
            if fill is None or fill.tag != named("a:gradFill"):
                continue
            put(properties, fill, AFTER_SHAPE_FILL)
        changed |= _stretch(fill, size)
    return changed


def _stretch_background(page: Page) -> bool:
    background = find(page.root, "p:cSld/p:bg")
    if background is None or page.size is None:
        return False
    reference = find(background, "p:bgRef")
    fill = find(background, "p:bgPr/a:gradFill") if reference is None else fill_of(page.theme, reference)
    if fill is None or not _stretch(fill, page.size):
        return False
    if reference is not None:
        properties = etree.Element(named("p:bgPr"))
        properties.append(fill)
        etree.SubElement(properties, named("a:effectLst"))
        background.replace(reference, properties)
    return True


def _stretch(fill: Element, size: tuple[int, int]) -> bool:
    line = find(fill, "a:lin")
    if fill.tag != named("a:gradFill") or line is None:
        return False
    angle = math.radians(int(line.get("ang", "0")) / _UNITS_PER_DEGREE)
    width, height = size
    length = abs(width * math.cos(angle)) + abs(height * math.sin(angle))
    part = length / max(math.hypot(width, height), 1)
    stops = [(each, int(each.get("pos", "0"))) for each in find_all(fill, "a:gsLst/a:gs")]
    for stop, place in stops:
        stop.set("pos", str(round(_WHOLE / 2 + (place - _WHOLE / 2) * part)))
    return bool(stops)
