# SPDX-License-Identifier: AGPL-3.0-or-later
"""Text that is a link has the theme's colour for links and a line below; the renderer leaves it plain."""

from __future__ import annotations

import copy

from lxml import etree

from pechakucha.decks.pptx_repairs.drawingml import (
    AFTER_TEXT_FILL,
    FILLS,
    Element,
    child_made,
    child_of,
    find_all,
    named,
    put,
)
from pechakucha.decks.pptx_repairs.page import Page

_KEEPS_COLOUR = ".//{http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor}hlinkClr"
_NOTHING = "\N{ZERO WIDTH SPACE}"


def show_links(page: Page) -> bool:
    """Colour and underline every link in a text; whether there was any."""
    links = list(find_all(page.root, ".//a:rPr/a:hlinkClick"))
    for link in links:
        properties = link.getparent()
        _keep_bullet_plain(properties.getparent())
        properties.set("u", properties.get("u", "sng"))
        keeps = link.find(_KEEPS_COLOUR)
        if keeps is None or keeps.get("val") != "tx":
            if (own := child_of(properties, FILLS)) is not None:
                properties.remove(own)
            fill = etree.Element(named("a:solidFill"))
            etree.SubElement(fill, named("a:schemeClr"), val="hlink")
            put(properties, fill, AFTER_TEXT_FILL)
    return bool(links)


def _keep_bullet_plain(run: Element) -> None:
    """A bullet looks as the first letter behind it; before a link it must not."""
    if run.tag != named("a:r") or next(run.itersiblings(named("a:r"), preceding=True), None) is not None:
        return
    plain = copy.deepcopy(run)
    properties = child_made(plain, "a:rPr", ("a:t",))
    properties.attrib.pop("u", None)
    for link in list(find_all(properties, "a:hlinkClick")):
        properties.remove(link)
    child_made(plain, "a:t", ()).text = _NOTHING
    run.addprevious(plain)
