# SPDX-License-Identifier: AGPL-3.0-or-later
"""Outlines drawn point by point (``custGeom``, ECMA-376 part 1, 20.1.9.8)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from pechakucha.decks.pptx_repairs.drawingml import Element, named

Point = tuple[float, float]
Step = tuple[str, tuple[Point, ...]]
"""A command for the pen with its points; ``arcTo`` has the radii as its first point and two angles as
its second, in 60,000ths of a degree: where it starts and how far it goes.
"""


class Path(NamedTuple):
    """What the pen does without being lifted for long."""

    steps: Sequence[Step]
    fill: bool = True
    stroke: bool = True


def outline(paths: Sequence[Path], width: int, height: int) -> Element:
    """The element for these paths, whose box is so wide and high in their own units."""
    geometry = etree.Element(named("a:custGeom"))
    for name in ("avLst", "gdLst", "ahLst", "cxnLst"):
        etree.SubElement(geometry, named(f"a:{name}"))
    etree.SubElement(geometry, named("a:rect"), l="0", t="0", r="r", b="b")
    listed = etree.SubElement(geometry, named("a:pathLst"))
    for path in paths:
        drawn = etree.SubElement(listed, named("a:path"), w=str(width), h=str(height))
        if not path.fill:
            drawn.set("fill", "none")
        if not path.stroke:
            drawn.set("stroke", "0")
        for name, points in path.steps:
            _add_step(etree.SubElement(drawn, named(f"a:{name}")), points)
    return geometry


def polygon(*points: Point) -> Path:
    """Straight edges from point to point and back to the first."""
    first, *others = points
    return Path([("moveTo", (first,)), *(("lnTo", (point,)) for point in others), ("close", ())])


def _add_step(step: Element, points: Sequence[Point]) -> None:
    if step.tag == named("a:arcTo"):
        (horizontal, vertical), (start, swing) = points
        step.set("wR", str(round(horizontal)))
        step.set("hR", str(round(vertical)))
        step.set("stAng", str(round(start)))
        step.set("swAng", str(round(swing)))
        return
    for x, y in points:
        etree.SubElement(step, named("a:pt"), x=str(round(x)), y=str(round(y)))
