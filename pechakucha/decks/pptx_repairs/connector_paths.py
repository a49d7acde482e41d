# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way of a connecting line, and the heads at its ends; all in EMU from the corner of its box."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pechakucha.decks.pptx_repairs.outlines import Path, Point, Step, polygon

_HALFWAY, _WHOLE = 50_000, 100_000
_FULL_CIRCLE = 21_600_000
_COVERED = {"triangle": 0.8, "stealth": 0.5}
"""How much of the head's length the line need not reach into, so that it does not show at the tip."""
_NOTCH = 0.6


class Head(NamedTuple):
    """One end of a line; ``kind`` as in the file, sizes in EMU."""

    kind: str
    length: float
    width: float


def steps_of(preset: str, width: float, height: float, adjusted: Mapping[str, int]) -> list[Step] | None:
    """The way of a line or connector (presetShapeDefinitions.xml of ECMA-376), None for other shapes.

    Args:
        preset: its name.
        width, height: of its box.
        adjusted: where the corners are, in thousandths of a percent.
    """
    x1 = width * adjusted.get("adj1", _HALFWAY) / _WHOLE
    y2 = height * adjusted.get("adj2", _HALFWAY) / _WHOLE
    x3 = width * adjusted.get("adj3", _HALFWAY) / _WHOLE
    start, end = (0.0, 0.0), (width, height)
    corners: dict[str, list[Point]] = {
        "line": [],
        "straightConnector1": [],
        "bentConnector2": [(width, 0)],
        "bentConnector3": [(x1, 0), (x1, height)],
        "bentConnector4": [(x1, 0), (x1, y2), (width, y2)],
        "bentConnector5": [(x1, 0), (x1, y2), (x3, y2), (x3, height)],
    }
    curves: dict[str, list[tuple[Point, ...]]] = {
        "curvedConnector2": [((width / 2, 0), (width, height / 2), end)],
        "curvedConnector3": [
            ((x1 / 2, 0), (x1, height / 4), (x1, height / 2)),
            ((x1, height * 3 / 4), ((width + x1) / 2, height), end),
        ],
    }
    if preset in corners:
        return [("moveTo", (start,)), *(("lnTo", (point,)) for point in (*corners[preset], end))]
    if preset in curves:
        return [("moveTo", (start,)), *(("cubicBezTo", points) for points in curves[preset])]
    return None


def with_heads(steps: Sequence[Step], first: Head | None, last: Head | None) -> list[Path]:
    """The line, made shorter where a head covers it, and the heads."""
    points = [point for _, each in steps for point in each]
    ways = [(points[0], points[1], first), (points[-1], points[-2], last)]
    heads = [_head(tip, _direction(behind, tip), head) for tip, behind, head in ways if head]
    (_, (begin,)), *middle = steps
    name, end = middle[-1]
    shortened = [
        ("moveTo", (_back(begin, points[1], first),)),
        *middle[:-1],
        (name, (*end[:-1], _back(end[-1], points[-2], last))),
    ]
    return [Path(shortened, fill=False), *heads]


def _back(tip: Point, behind: Point, head: Head | None) -> Point:
    covered = _COVERED.get(head.kind, 0.0) * head.length if head else 0.0
    back = min(covered, math.dist(tip, behind) / 2)
    x, y = _direction(behind, tip)
    return tip[0] - x * back, tip[1] - y * back


def _head(tip: Point, direction: Point, head: Head) -> Path:
    x, y = direction
    length, half = head.length, head.width / 2

    def place(along: float, beside: float) -> Point:
        return tip[0] + x * along - y * beside, tip[1] + y * along + x * beside

    if head.kind == "oval":
        start: Step = ("moveTo", ((tip[0] + length / 2, tip[1]),))
        circle: Step = ("arcTo", ((length / 2, length / 2), (0, _FULL_CIRCLE)))
        return Path([start, circle, ("close", ())], stroke=False)
    if head.kind == "arrow":
        corners = (place(-length, half), tip, place(-length, -half))
        steps: list[Step] = [("moveTo", (corners[0],)), *(("lnTo", (each,)) for each in corners[1:])]
        return Path(steps, fill=False)
    if head.kind == "diamond":
        edge = polygon(place(length / 2, 0), place(0, half), place(-length / 2, 0), place(0, -half))
    elif head.kind == "stealth":
        edge = polygon(tip, place(-length, half), place(-length * _NOTCH, 0), place(-length, -half))
    else:
        edge = polygon(tip, place(-length, half), place(-length, -half))
    return edge._replace(stroke=False)


def _direction(start: Point, end: Point) -> Point:
    distance = math.dist(start, end)
    return ((end[0] - start[0]) / distance, (end[1] - start[1]) / distance) if distance else (1.0, 0.0)
