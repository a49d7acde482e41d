# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs side by side: a column a run, a row a figure or a talk."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from pechakucha.report.comparison import Cell, Comparison
from pechakucha.ui import theme

_ROW, _COLUMN = 36, 176
_SHEET = f"""
    QTableWidget {{ background: transparent; border: none; outline: none;
        gridline-color: transparent; }}
    QTableWidget::item {{ border: none; border-bottom: 1px solid {theme.LINE.name()}; padding: 0 16px 0 0; }}
    QTableWidget:focus {{ border: 1px solid {theme.NEXT.name()}; border-radius: 8px; }}
    QHeaderView, QHeaderView::section {{ background: transparent; border: none; }}
    QHeaderView::section {{ border-bottom: 1px solid {theme.LINE.name()}; padding: 0 16px 0 3px;
        color: {theme.QUIET.name()}; font-weight: 400; }}
    QHeaderView::section:horizontal {{ color: {theme.TEXT.name()}; font-weight: 600; padding-bottom: 8px; }}
    QTableCornerButton::section {{ background: transparent; border: none;
        border-bottom: 1px solid {theme.LINE.name()}; }}
"""


class ComparedView(QTableWidget):
    """A table to read; keys scroll it."""

    def __init__(self) -> None:
        super().__init__()
        self.setStyleSheet(_SHEET)
        self.setFont(theme.font(theme.BODY))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        across.setMinimumSectionSize(_COLUMN)
        down.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(_ROW)
        for header in (across, down):
            header.setSectionsClickable(False)
            header.setHighlightSections(False)

    def show_compared(self, compared: Comparison) -> None:
        """Show these runs."""
        rows = (*compared.figures, *compared.talks)
        self.clear()
        self.setColumnCount(len(compared.columns))
        self.setRowCount(len(rows))
        for place, column in enumerate(compared.columns):
            words = "\n".join(each for each in (column.dry_run, column.day, column.time) if each)
            self.setHorizontalHeaderItem(place, QTableWidgetItem(words))
        for number, row in enumerate(rows):
            self.setVerticalHeaderItem(number, QTableWidgetItem(row.heading))
            for place, cell in enumerate(row.cells):
                self.setItem(number, place, _item(cell))
        self.resizeColumnsToContents()


def _item(cell: Cell) -> QTableWidgetItem:
    item = QTableWidgetItem(cell.words)
    item.setForeground(theme.ATTENTION if cell.warns else theme.TEXT)
    return item
