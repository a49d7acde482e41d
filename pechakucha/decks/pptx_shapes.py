# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shapes on a sheet of a PPTX (slide, layout, master), and where on it they lie.

Elements are lxml's; lengths are in EMU (914,400 an inch).
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from pptx.oxml.ns import qn

qname = functools.cache(qn)
"""A tag's or attribute's whole name (``a:p``), which python-pptx works out anew each time."""

_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_NOT_OURS = frozenset({"v"})
"""Requirements that nobody who draws slides today fulfils: VML."""
_SHAPES = frozenset(qname(tag) for tag in ("p:sp", "p:pic", "p:graphicFrame", "p:cxnSp"))
_GROUP = qname("p:grpSp")
_TRUE = frozenset({"1", "true"})
_EIGHTH_TURN, _QUARTER_TURN = 45 * 60_000, 90 * 60_000


class Box(NamedTuple):
    """A rectangle on a sheet, before it is turned; ``turned`` where its sides lie across."""

    left: float
    top: float
    width: float
    height: float
    turned: bool = False


class Shape(NamedTuple):
    """A shape that is not a group; ``box`` is None where its place is not known."""

    element: Any
    box: Box | None


class Placeholder(NamedTuple):
    """What a layout fills in for a shape: its kind and its number."""

    kind: str
    number: str


class _Frame(NamedTuple):
    """From a group's own coordinates to those of the sheet."""

    scale_x: float = 1.0
    scale_y: float = 1.0
    left: float = 0.0
    top: float = 0.0

    def place(self, box: Box) -> Box:
        return Box(
            self.left + box.left * self.scale_x,
            self.top + box.top * self.scale_y,
            box.width * self.scale_x,
            box.height * self.scale_y,
            box.turned,
        )


def choose_alternatives(sheet: Any) -> None:
    """Replace every ``mc:AlternateContent`` by the branch that a current program would take."""
    for found in list(sheet.iter(_ALTERNATIVES)):
        branches = [branch for branch in found if branch.get("Requires") not in _NOT_OURS]
        parent, place = found.getparent(), found.getparent().index(found)
        parent[place : place + 1] = list(branches[0]) if branches else []


def shapes_of(sheet: Any, box_of: Callable[[Any], Box | None]) -> Iterator[Shape]:
    """Every shape that is not hidden, in drawing order, those in groups as well.

    Args:
        sheet: ``p:sld``, ``p:sldLayout`` or ``p:sldMaster``.
        box_of: the place of a placeholder that has none of its own.
    """
    tree = sheet.find(f"{qname('p:cSld')}/{qname('p:spTree')}")
    if tree is not None:
        yield from _shapes_in(tree, _Frame(), box_of)


def placeholder(element: Any) -> Placeholder | None:
    """What kind of placeholder a shape is, or None."""
    found = element.find(f"*/{qname('p:nvPr')}/{qname('p:ph')}")
    return None if found is None else Placeholder(found.get("type", "obj"), found.get("idx", "0"))


def box_of_shape(element: Any) -> Box | None:
    """The place that a shape itself says it has, inside its group if it is in one."""
    found = element.find(f"{qname('p:spPr')}/{qname('a:xfrm')}")
    found = element.find(qname("p:xfrm")) if found is None else found
    if found is None:
        return None
    offset, extent = found.find(qname("a:off")), found.find(qname("a:ext"))
    if offset is None or extent is None:
        return None
    turn = int(found.get("rot", "0")) % (2 * _QUARTER_TURN)
    turned = _EIGHTH_TURN < turn < _EIGHTH_TURN + _QUARTER_TURN
    left, top, width, height = _numbers(offset, "x", "y") + _numbers(extent, "cx", "cy")
    return Box(left, top, width, height, turned)


def _shapes_in(tree: Any, frame: _Frame, box_of: Callable[[Any], Box | None]) -> Iterator[Shape]:
    for element in tree:
        if element.tag == _GROUP and not _is_hidden(element):
            yield from _shapes_in(element, _inside(element, frame), box_of)
        elif element.tag in _SHAPES and not _is_hidden(element):
            box = box_of_shape(element) or box_of(element)
            yield Shape(element, box and frame.place(box))


def _is_hidden(element: Any) -> bool:
    found = element.find(f"*/{qname('p:cNvPr')}")
    return found is not None and found.get("hidden") in _TRUE


def _inside(group: Any, frame: _Frame) -> _Frame:
    """The frame of a group's children; the group is stretched from its own extent to its place."""
    found = group.find(f"{qname('p:grpSpPr')}/{qname('a:xfrm')}")
    if found is None or found.find(qname("a:chExt")) is None:
        return frame
    left, top, width, height = _numbers(found.find(qname("a:off")), "x", "y") + _numbers(
        found.find(qname("a:ext")), "cx", "cy"
    )
    own_left, own_top, own_width, own_height = _numbers(found.find(qname("a:chOff")), "x", "y") + _numbers(
        found.find(qname("a:chExt")), "cx", "cy"
    )
    scale_x = width / own_width if own_width else 1.0
    scale_y = height / own_height if own_height else 1.0
    at = frame.place(Box(left - own_left * scale_x, top - own_top * scale_y, 0, 0))
    return _Frame(frame.scale_x * scale_x, frame.scale_y * scale_y, at.left, at.top)


def _numbers(element: Any, *names: str) -> tuple[float, ...]:
    return tuple(float(element.get(name, "0")) for name in names)
