# SPDX-License-Identifier: AGPL-3.0-or-later
"""Arrows: the renderer draws lines without their heads, and those with corners askew."""

from __future__ import annotations

import copy
import math

from pechakucha.decks.pptx_repairs.connector_paths import Head, steps_of, with_heads
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
from pechakucha.decks.pptx_repairs.outlines import outline
from pechakucha.decks.pptx_repairs.page import Page
from pechakucha.decks.pptx_repairs.theme_looks import line_of

_STRAIGHT = frozenset({"line", "straightConnector1"})
_ENDS = ("a:headEnd", "a:tailEnd")
_THIN_EMU, _SMALLEST_MEASURE_EMU = 9_525, 25_400
"""How wide a line is that does not say so, and by what the heads of thinner lines are measured."""
_TIMES_THE_LINE = {"sm": 2, "med": 3, "lg": 5}


def draw_arrows(page: Page) -> bool:
    """Draw heads and corners as parts of the outline; whether there were any."""
    changed = False
    for line in list(page.root.iter(named("p:cxnSp"), named("p:sp"))):
        changed |= _draw(page, line)
    return changed


def _draw(page: Page, connector: Element) -> bool:
    properties = find(connector, "p:spPr")
    preset, offset = find(properties, "a:prstGeom"), find(properties, "a:xfrm/a:off")
    box = find(properties, "a:xfrm/a:ext")
    if preset is None or offset is None or box is None:
        return False
    kind, width, height = preset.get("prst", ""), int(box.get("cx", "0")), int(box.get("cy", "0"))
    guides = [
        (each.get("name", ""), each.get("fmla", "").split()) for each in find_all(preset, "a:avLst/a:gd")
    ]
    adjusted = {name: int(words[1]) for name, words in guides if len(words) == 2}
    steps = steps_of(kind, width, height, adjusted)
    inherited = line_of(page.theme, find(connector, "p:style/a:lnRef"))
    looks = [each for each in (find(properties, "a:ln"), inherited) if each is not None]
    first, last = (_head(looks, name, _scale_of_groups(connector)) for name in _ENDS)
    if steps is None or (kind in _STRAIGHT and not first and not last):
        return False
    # A line may have no height at all, so that its box has to grow around its middle for the heads.
    margin = math.ceil(max((max(head.length, head.width) for head in (first, last) if head), default=0))
    moved = [(name, tuple((x + margin, y + margin) for x, y in points)) for name, points in steps]
    paths = with_heads(moved, first, last)
    preset.getparent().replace(preset, outline(paths, width + 2 * margin, height + 2 * margin))
    _grow(offset, box, margin)
    _fill_heads(properties, looks)
    return True


def _head(looks: list[Element], name: str, scale: float) -> Head | None:
    """One end of a line in the units of its group."""
    end = next((found for look in looks if (found := find(look, name)) is not None), None)
    if end is None or end.get("type", "none") == "none":
        return None
    width = next((int(look.get("w")) for look in looks if look.get("w")), _THIN_EMU)
    measure = max(width, _SMALLEST_MEASURE_EMU) / scale
    length, broad = (_TIMES_THE_LINE.get(end.get(key, "med"), 3) * measure for key in ("len", "w"))
    return Head(end.get("type"), length, broad)


def _scale_of_groups(connector: Element) -> float:
    """How much the groups around it make it larger."""
    scale = 1.0
    for group in connector.iterancestors(named("p:grpSp")):
        inside, outside = find(group, "p:grpSpPr/a:xfrm/a:chExt"), find(group, "p:grpSpPr/a:xfrm/a:ext")
        if inside is not None and outside is not None:
            scale *= max(int(outside.get("cx", "0")), 1) / max(int(inside.get("cx", "0")), 1)
    return scale


def _grow(offset: Element, box: Element, margin: int) -> None:
    for place, size in (("x", "cx"), ("y", "cy")):
        offset.set(place, str(int(offset.get(place, "0")) - margin))
        box.set(size, str(int(box.get(size, "0")) + 2 * margin))


def _fill_heads(properties: Element, looks: list[Element]) -> None:
    """In the colour of the line; where it has none, nothing is drawn of it anyway."""
    colour = next((found for look in looks if (found := child_of(look, FILLS)) is not None), None)
    if (own := child_of(properties, FILLS)) is not None:
        properties.remove(own)
    if colour is not None:
        put(properties, copy.deepcopy(colour), AFTER_SHAPE_FILL)
    for end in (found for name in _ENDS if (found := find(properties, f"a:ln/{name}")) is not None):
        end.getparent().remove(end)
