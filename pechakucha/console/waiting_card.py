# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the console shows while its stage is on the way and nothing else is known yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import label


class WaitingCard(QWidget):
    """Two lines in the middle of an empty window, instead of a console without a block."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        heading = label(pixels=theme.TITLE, bold=True, wraps=True)
        heading.setText(texts("console.stage-starting"))
        more = label("quiet", pixels=theme.LARGE, wraps=True)
        more.setText(texts("console.stage-starting-more"))
        column = QVBoxLayout(self)
        column.setContentsMargins(4 * theme.GRID, 4 * theme.GRID, 4 * theme.GRID, 4 * theme.GRID)
        column.setSpacing(theme.GRID)
        column.addStretch(1)
        for line in (heading, more):
            line.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(line)
        column.addStretch(1)
