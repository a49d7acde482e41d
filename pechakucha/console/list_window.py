# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a window lies that has a list on the left and what is selected beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from pechakucha.ui import theme
from pechakucha.ui.controls import rule


def list_beside_pane(rows: QWidget, width: int, pane: QWidget) -> QHBoxLayout:
    """A list, ``width`` logical pixels wide, and what it selects."""
    left = QWidget()
    left.setFixedWidth(width)
    beside = QVBoxLayout(left)
    beside.setContentsMargins(0, theme.GRID, 0, 0)
    beside.addWidget(rows)
    body = QHBoxLayout()
    body.setSpacing(0)
    body.addWidget(left)
    body.addWidget(rule(vertical=True))
    body.addWidget(pane, 1)
    return body


def between_bars(top: QLayout, body: QLayout, strip: QWidget, bar: QWidget | QLayout) -> QWidget:
    """A line at the top, the body, a strip that may have something to say, and the commands."""
    everything = QWidget()
    column = QVBoxLayout(everything)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addLayout(top)
    column.addWidget(rule())
    column.addLayout(body, 1)
    column.addWidget(strip)
    column.addWidget(rule())
    if isinstance(bar, QWidget):
        column.addWidget(bar)
    else:
        column.addLayout(bar)
    return everything
