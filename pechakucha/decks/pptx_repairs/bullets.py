# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bullets that the renderer puts on top of the text, or far away from it.

It draws a bullet in the space that hangs out to the left of the text. Where nothing hangs out, the
bullet belongs directly before the first letter, and where the text is centred, it moves with it.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator

from lxml import etree

from pechakucha.decks.pptx_repairs.drawingml import (
    AFTER_BULLET,
    AFTER_LATIN,
    AFTER_TEXT_FILL,
    BULLETS,
    FILLS,
    Element,
    child_made,
    child_of,
    find,
    find_all,
    named,
    put,
)
from pechakucha.decks.pptx_repairs.page import Page, text_body_name

_ROOM_FOR_NUMBER_EMU = 342_900
"""What PowerPoint itself lets a bullet hang out."""
_LINKS = ("a:hlinkClick", "a:hlinkMouseOver")


def mend_bullets(page: Page) -> bool:
    """Write bullets that need it into the text; whether there was any."""
    changed = _make_single(page)
    for shape in page.shapes():
        body = find(shape, text_body_name(shape))
        for paragraph in find_all(body, "a:p") if body is not None else ():
            changed |= _mend(paragraph, page, shape)
    return changed


def _make_single(page: Page) -> bool:
    """SmartArt writes its bullets twice and means one."""
    doubled = [each for each in page.root.iter(named("a:buChar")) if len(each.get("char", "")) > 1]
    for bullet in doubled:
        bullet.set("char", bullet.get("char")[0])
    return bool(doubled)


def _mend(paragraph: Element, page: Page, shape: Element) -> bool:
    properties, text = find(paragraph, "a:pPr"), find(paragraph, "a:r/a:t")
    level = int(properties.get("lvl", "0")) if properties is not None else 0
    styles = [*([properties] if properties is not None else ()), *page.level_styles(shape, level)]
    bullet = next((found for style in styles if (found := child_of(style, BULLETS)) is not None), None)
    if text is None or bullet is None or bullet.tag == named("a:buNone"):
        return False
    hangs = int(_attribute(styles, "indent", "0")) < 0
    is_left = _attribute(styles, "algn", "l") in ("l", "just")
    if hangs and is_left:
        return False
    if bullet.tag == named("a:buChar"):
        _write_into_text(paragraph, text.getparent(), bullet.get("char", "")[:1], styles)
        return True
    if not hangs and is_left:
        properties = child_made(paragraph, "a:pPr", ("a:r", "a:br", "a:fld", "a:endParaRPr"))
        margin = int(_attribute(styles, "marL", "0")) + _ROOM_FOR_NUMBER_EMU
        properties.set("marL", str(margin))
        properties.set("indent", str(-_ROOM_FOR_NUMBER_EMU))
    return not hangs and is_left


def _write_into_text(paragraph: Element, first: Element, character: str, styles: list[Element]) -> None:
    """Let the text begin with the bullet, in its typeface and colour."""
    run = copy.deepcopy(first)
    child_made(run, "a:t", ()).text = f"{character} "
    look = child_made(run, "a:rPr", ("a:t",))
    if (link := child_of(look, _LINKS)) is not None:
        look.remove(link)
    font = next(_children(styles, "a:buFont"), None)
    if font is not None and not font.get("typeface", "+").startswith("+"):
        if (own := find(look, "a:latin")) is not None:
            look.remove(own)
        put(look, etree.Element(named("a:latin"), typeface=font.get("typeface")), AFTER_LATIN)
    colour = next(_children(styles, "a:buClr"), None)
    if colour is not None and len(colour):
        if (fill := child_of(look, FILLS)) is not None:
            look.remove(fill)
        fill = etree.Element(named("a:solidFill"))
        fill.append(copy.deepcopy(colour[0]))
        put(look, fill, AFTER_TEXT_FILL)
    first.addprevious(run)
    properties = child_made(paragraph, "a:pPr", ("a:r", "a:br", "a:fld", "a:endParaRPr"))
    if (bullet := child_of(properties, BULLETS)) is not None:
        properties.remove(bullet)
    put(properties, etree.Element(named("a:buNone")), AFTER_BULLET)


def _attribute(styles: list[Element], name: str, default: str) -> str:
    found = (style.get(name) for style in styles if style.get(name) is not None)
    return next(found, default)


def _children(styles: list[Element], name: str) -> Iterator[Element]:
    return (found for style in styles if (found := find(style, name)) is not None)
