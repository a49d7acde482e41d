# SPDX-License-Identifier: AGPL-3.0-or-later
"""The text in a chart of a PPTX: axes, legend, title, values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from pechakucha.decks.pptx_shapes import qname
from pechakucha.decks.pptx_sheets import THEME_BODY

_PROPERTIES = (qname("a:defRPr"), qname("a:rPr"))
_VALUES = (qname("c:dLbls"), qname("c:dLbl"))
_SHOWN_VALUES = tuple(
    qname(f"c:show{what}") for what in ("Val", "CatName", "SerName", "Percent", "BubbleSize")
)
_FALSE = frozenset({"0", "false"})


class Labels(NamedTuple):
    """The typefaces that a chart's text asks for, and its sizes in hundredths of a point."""

    typefaces: frozenset[str] = frozenset()
    sizes: tuple[float, ...] = ()


def labels_of(element: Any, part: Any) -> Labels:
    """The text of a shape that is a chart, none for any other.

    Args:
        element: the shape.
        part: the slide's, of python-pptx.
    """
    chart = element.find(f"{qname('a:graphic')}/{qname('a:graphicData')}/{qname('c:chart')}")
    if chart is None:
        return Labels()
    drawn = part.related_part(chart.get(qname("r:id")))._element
    properties = list(_seen_properties(drawn))
    # What names none asks for the theme's; where some do, the rest is rarely there.
    named = {
        latin.get("typeface", "") for each in properties for latin in each.iterchildren(qname("a:latin"))
    }
    return Labels(
        frozenset(named or {THEME_BODY}),
        tuple(float(each.get("sz")) for each in properties if each.get("sz") is not None),
    )


def _seen_properties(element: Any) -> Iterator[Any]:
    """The run properties of text that is not switched off."""
    for each in element.iterchildren():
        if each.tag in _PROPERTIES:
            yield each
        elif not _is_switched_off(each):
            yield from _seen_properties(each)


def _is_switched_off(element: Any) -> bool:
    """Whether it is an axis that was deleted, or values that are not shown."""
    deleted = element.find(qname("c:delete"))
    if deleted is not None:
        return deleted.get("val", "1") not in _FALSE
    shown = [each for each in element.iterchildren(*_SHOWN_VALUES) if each.get("val", "1") not in _FALSE]
    return element.tag in _VALUES and not shown
