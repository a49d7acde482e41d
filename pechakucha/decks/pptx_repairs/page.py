# SPDX-License-Identifier: AGPL-3.0-or-later
"""A slide, layout, master or SmartArt drawing together with what it inherits from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pechakucha.decks.pptx_repairs.drawingml import Element, child_of, find, named

_BODY_TYPES = frozenset({"body", "obj", "subTitle", "chart", "tbl", "clipArt", "dgm", "media", "pic"})
_TITLE_TYPES = frozenset({"title", "ctrTitle"})


class Page(NamedTuple):
    """What is drawn on one part.

    Attributes:
        root: its tree.
        above: the trees it inherits from, the nearest first: layout and master of a slide.
        theme: the theme's tree, or None.
        defaults: the styles that the presentation gives to text outside of placeholders, or None.
        size: width and height in EMU, or None where they mean nothing.
    """

    root: Element
    above: tuple[Element, ...] = ()
    theme: Element | None = None
    defaults: Element | None = None
    size: tuple[int, int] | None = None

    def shapes(self) -> Iterator[Element]:
        """Every shape with text or geometry, those in groups and SmartArt drawings included."""
        yield from self.root.iter(named("p:sp"), named("dsp:sp"))

    def size_of(self, shape: Element) -> tuple[int, int] | None:
        """Width and height (EMU) in the units of its group, None where they are not known."""
        for owner in (shape, *self.ancestors(shape)):
            box = find(child_of(owner, ("p:spPr", "dsp:spPr")), "a:xfrm/a:ext")
            if box is not None:
                return int(box.get("cx", "0")), int(box.get("cy", "0"))
        return None

    def ancestors(self, shape: Element) -> Iterator[Element]:
        """The placeholders that a shape inherits from, the nearest first."""
        place = placeholder(shape)
        for tree in self.above if place is not None else ():
            found = _inherited(place, tree)
            if found is not None:
                yield found
                place = placeholder(found)

    def level_styles(self, shape: Element, level: int) -> Iterator[Element]:
        """The styles of a paragraph at a level (0 to 8), the nearest first."""
        name = f"a:lvl{level + 1}pPr"
        for owner in (shape, *self.ancestors(shape)):
            yield from _present(find(owner, f"{text_body_name(owner)}/a:lstStyle/{name}"))
        place = placeholder(shape)
        if place is not None and self.above:
            yield from _present(find(self.above[-1], f"p:txStyles/{_style_name(place)}/{name}"))
        elif place is None:
            yield from _present(find(self.defaults, name))


def placeholder(shape: Element) -> Element | None:
    """What makes a shape a placeholder, or None."""
    return find(shape, "p:nvSpPr/p:nvPr/p:ph")


def text_body_name(shape: Element) -> str:
    """The name of a shape's text."""
    return "dsp:txBody" if shape.tag == named("dsp:sp") else "p:txBody"


def _inherited(place: Element, tree: Element) -> Element | None:
    """The placeholder in a layout with the same index, else the one for the same; in a master the latter."""
    shapes = [(shape, placeholder(shape)) for shape in tree.iter(named("p:sp"))]
    others = [(shape, other) for shape, other in shapes if other is not None]
    if tree.tag != named("p:sldMaster") and "idx" in place.attrib:
        same_index = next((shape for shape, other in others if other.get("idx") == place.get("idx")), None)
        if same_index is not None:
            return same_index
    return next((shape for shape, other in others if _purpose(other) == _purpose(place)), None)


def _purpose(place: Element) -> str:
    kind: str = place.get("type", "obj")
    return "title" if kind in _TITLE_TYPES else "body" if kind in _BODY_TYPES else kind


def _style_name(place: Element) -> str:
    return {"title": "p:titleStyle", "body": "p:bodyStyle"}.get(_purpose(place), "p:otherStyle")


def _present(element: Element | None) -> Iterator[Element]:
    if element is not None:
        yield element
