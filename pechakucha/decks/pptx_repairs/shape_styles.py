# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fill, line and shadow that a shape has by its style, and that the renderer overlooks.

Of a placeholder it takes the master's instead, which mostly are "none": a white title that stood on
blue stands on white. Of any shape it forgets the line's colour as soon as the line says anything itself.
"""

from __future__ import annotations

from pechakucha.decks.pptx_repairs.drawingml import (
    AFTER_EFFECTS,
    AFTER_LINE,
    AFTER_SHAPE_FILL,
    EFFECTS,
    FILLS,
    Element,
    child_of,
    find,
    put,
)
from pechakucha.decks.pptx_repairs.page import Page
from pechakucha.decks.pptx_repairs.theme_looks import effects_of, fill_of, line_of


def write_out_styles(page: Page) -> bool:
    """Give every shape the looks that its own style means; whether there were any."""
    changed = False
    for shape in page.shapes():
        properties, style = find(shape, "p:spPr"), find(shape, "p:style")
        if properties is not None and style is not None:
            for write_out in (_write_out_fill, _write_out_line, _write_out_effects):
                changed |= write_out(properties, style, page.theme)
    return changed


def _write_out_fill(properties: Element, style: Element, theme: Element | None) -> bool:
    fill = fill_of(theme, find(style, "a:fillRef"))
    if fill is None or child_of(properties, FILLS) is not None:
        return False
    put(properties, fill, AFTER_SHAPE_FILL)
    return True


def _write_out_line(properties: Element, style: Element, theme: Element | None) -> bool:
    line, own = line_of(theme, find(style, "a:lnRef")), find(properties, "a:ln")
    if line is None or child_of(own, FILLS) is not None:
        return False
    if own is not None:
        line.attrib.update(own.attrib)
        properties.remove(own)
    put(properties, line, AFTER_LINE)
    return True


def _write_out_effects(properties: Element, style: Element, theme: Element | None) -> bool:
    effects = effects_of(theme, find(style, "a:effectRef"))
    if effects is None or child_of(properties, EFFECTS) is not None:
        return False
    put(properties, effects, AFTER_EFFECTS)
    return True
