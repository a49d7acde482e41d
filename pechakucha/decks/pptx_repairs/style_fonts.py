# SPDX-License-Identifier: AGPL-3.0-or-later
"""A shape whose style says heading or body typeface, which the renderer overlooks."""

from __future__ import annotations

from lxml import etree

from pechakucha.decks.pptx_repairs.drawingml import (
    AFTER_LATIN,
    Element,
    child_made,
    find,
    find_all,
    named,
    put,
)
from pechakucha.decks.pptx_repairs.page import Page, placeholder, text_body_name

_TYPEFACES = {"major": "+mj-lt", "minor": "+mn-lt"}
_LEVELS = [f"a:lvl{level}pPr" for level in range(1, 10)]


def write_out_style_fonts(page: Page) -> bool:
    """Name the typeface of its style in every shape that is no placeholder; whether there was any."""
    changed = False
    for shape in page.shapes():
        reference = find(shape, "p:style/a:fontRef")
        if reference is None:
            reference = find(shape, "dsp:style/a:fontRef")
        body = find(shape, text_body_name(shape))
        typeface = _TYPEFACES.get(reference.get("idx", "")) if reference is not None else None
        if typeface and body is not None and placeholder(shape) is None:
            changed |= _name_typeface(body, typeface)
    return changed


def _name_typeface(body: Element, typeface: str) -> bool:
    changed = False
    levels = {int(each.get("lvl", "0")) for each in find_all(body, "a:p/a:pPr")} | {0}
    styles = child_made(body, "a:lstStyle", ("a:p",))
    for level in sorted(levels):
        style = child_made(styles, _LEVELS[level], (*_LEVELS[level + 1 :], "a:extLst"))
        properties = child_made(style, "a:defRPr", ("a:extLst",))
        if find(properties, "a:latin") is None:
            put(properties, etree.Element(named("a:latin"), typeface=typeface), AFTER_LATIN)
            changed = True
    return changed
