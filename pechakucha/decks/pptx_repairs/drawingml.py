# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names and order of the elements that repairs look for and put in (ECMA-376 part 1)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

Element = Any
"""An element of lxml, which brings no types."""

NAMESPACES = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "dsp": "http://schemas.microsoft.com/office/drawing/2008/diagram",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}

FILLS = ("a:noFill", "a:solidFill", "a:gradFill", "a:blipFill", "a:pattFill", "a:grpFill")
EFFECTS = ("a:effectLst", "a:effectDag")
AFTER_EFFECTS = ("a:scene3d", "a:sp3d", "a:extLst")
AFTER_LINE = (*EFFECTS, *AFTER_EFFECTS)
AFTER_SHAPE_FILL = ("a:ln", *AFTER_LINE)
AFTER_EASTERN = ("a:cs", "a:sym", "a:hlinkClick", "a:hlinkMouseOver", "a:rtl", "a:extLst")
AFTER_LATIN = ("a:ea", *AFTER_EASTERN)
_UNDERLINES = ("a:highlight", "a:uLnTx", "a:uLn", "a:uFillTx", "a:uFill")
AFTER_TEXT_FILL = (*EFFECTS, *_UNDERLINES, "a:latin", *AFTER_LATIN)
AFTER_BULLET = ("a:tabLst", "a:defRPr", "a:extLst")
BULLETS = ("a:buNone", "a:buAutoNum", "a:buChar", "a:buBlip")

# Entities would be a way to make a small file large, or to look at other files.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)


def parse(content: bytes) -> Element:
    """The root of a part.

    Raises:
        etree.XMLSyntaxError: it is no XML, or nested too deeply.
    """
    return etree.fromstring(content, _PARSER)


def written(root: Element) -> bytes:
    """The part as it is stored."""
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


def named(name: str) -> str:
    """The full name of ``a:latin`` and the like."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def find(element: Element, path: str) -> Element | None:
    """The first element at a path, or None; also where ``element`` is None."""
    return None if element is None else element.find(path, NAMESPACES)


def find_all(element: Element, path: str) -> Iterator[Element]:
    """Every element at a path."""
    found: Iterator[Element] = element.iterfind(path, NAMESPACES)
    return found


def child_of(element: Element | None, names: Sequence[str]) -> Element | None:
    """The first child with one of the names, or None; also where ``element`` is None."""
    wanted = {named(name) for name in names}
    return None if element is None else next((each for each in element if each.tag in wanted), None)


def put(parent: Element, child: Element, before: Sequence[str]) -> None:
    """Insert a child where the schema wants it: before the first of these."""
    following = child_of(parent, before)
    if following is None:
        parent.append(child)
    else:
        following.addprevious(child)


def child_made(parent: Element, name: str, before: Sequence[str]) -> Element:
    """The child with this name, put in where there is none."""
    child = find(parent, name)
    if child is None:
        child = etree.SubElement(parent, named(name))
        put(parent, child, before)
    return child
