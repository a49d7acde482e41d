# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of flow charts that the renderer draws as something else, given their outline point by point."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pechakucha.decks.pptx_repairs.drawingml import child_of, find
from pechakucha.decks.pptx_repairs.outlines import Path, Point, outline, polygon
from pechakucha.decks.pptx_repairs.page import Page

_SIDE = 120
"""Width and height of the outlines below in their own units, after presetShapeDefinitions.xml of ECMA-376."""
_QUARTER, _HALF, _THREE_QUARTERS = 5_400_000, 10_800_000, 16_200_000
_ROUND_END = (20, 60)


def _lines(*lines: tuple[Point, Point]) -> list[Path]:
    return [Path([("moveTo", (start,)), ("lnTo", (end,))], fill=False) for start, end in lines]


_RECTANGLE = polygon((0, 0), (120, 0), (120, 120), (0, 120))
_OUTLINES: Mapping[str, Sequence[Path]] = {
    "flowChartManualInput": [polygon((0, 24), (120, 0), (120, 120), (0, 120))],
    "flowChartManualOperation": [polygon((0, 0), (120, 0), (96, 120), (24, 120))],
    "flowChartOffpageConnector": [polygon((0, 0), (120, 0), (120, 96), (60, 120), (0, 96))],
    "flowChartPreparation": [polygon((0, 60), (24, 0), (96, 0), (120, 60), (96, 120), (24, 120))],
    "flowChartPredefinedProcess": [_RECTANGLE, *_lines(((15, 0), (15, 120)), ((105, 0), (105, 120)))],
    "flowChartInternalStorage": [_RECTANGLE, *_lines(((15, 0), (15, 120)), ((0, 15), (120, 15)))],
    "flowChartDisplay": [
        Path(
            [
                ("moveTo", ((0, 60),)),
                ("lnTo", ((20, 0),)),
                ("lnTo", ((100, 0),)),
                ("arcTo", (_ROUND_END, (_THREE_QUARTERS, _HALF))),
                ("lnTo", ((20, 120),)),
                ("close", ()),
            ]
        ),
    ],
    "flowChartMagneticDrum": [
        Path(
            [
                ("moveTo", ((20, 0),)),
                ("lnTo", ((100, 0),)),
                ("arcTo", (_ROUND_END, (_THREE_QUARTERS, _HALF))),
                ("lnTo", ((20, 120),)),
                ("arcTo", (_ROUND_END, (_QUARTER, _HALF))),
                ("close", ()),
            ]
        ),
        Path([("moveTo", ((100, 120),)), ("arcTo", (_ROUND_END, (_QUARTER, _HALF)))], fill=False),
    ],
}
_SAME: Mapping[str, str] = {"flowChartAlternateProcess": "roundRect", "flowChartMagneticDisk": "can"}


def draw_flowcharts(page: Page) -> bool:
    """Give these shapes an outline that the renderer draws; whether there was any."""
    changed = False
    for shape in page.shapes():
        preset = find(child_of(shape, ("p:spPr", "dsp:spPr")), "a:prstGeom")
        if preset is None:
            continue
        kind = preset.get("prst", "")
        if kind in _SAME:
            preset.set("prst", _SAME[kind])
            changed = True
        elif kind in _OUTLINES:
            preset.getparent().replace(preset, outline(_OUTLINES[kind], _SIDE, _SIDE))
            changed = True
    return changed
