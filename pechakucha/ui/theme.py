# SPDX-License-Identifier: AGPL-3.0-or-later
"""One set of colours, spacings and type sizes for every window."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont

BACKGROUND = QColor("#0e1116")
SURFACE = QColor("#161b22")
RAISED = QColor("#1d242e")
LINE = QColor("#2a323d")
TEXT = QColor("#e8ebf0")
QUIET = QColor("#9aa4b2")
LIVE = QColor("#35d0a5")
NEXT = QColor("#7db7ff")
ATTENTION = QColor("#ffc24b")
DANGER = QColor("#ff7a80")

GRID = 8
"""Logical pixels; every distance is a multiple."""

FAMILY = "Source Sans Pro"
NORMAL, SEMIBOLD, BOLD, BLACK = (
    QFont.Weight.Normal,
    QFont.Weight.DemiBold,
    QFont.Weight.Bold,
    QFont.Weight.Black,
)

SMALL, BODY, LARGE, TITLE = 14, 16, 20, 24
"""Type sizes, logical pixels."""

_CITY_HUES = (212, 286, 168, 326, 246, 148, 306, 190, 266, 346, 230, 136)
"""Degrees; neighbours differ clearly, and none turns to mud in the dark."""


def font(pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Our typeface; its figures are all of one width, so that nothing jitters."""
    made = QFont(FAMILY)
    made.setPixelSize(max(1, round(pixels)))
    made.setWeight(weight)
    return made


def city_hue(position: int) -> float:
    """The hue (degrees) of the talk at this place of the snapshot: neighbours differ clearly."""
    return float(_CITY_HUES[position % len(_CITY_HUES)])
