# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of a show's runs: when, what came of it, how large; several can be selected."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from pechakucha.console.row_painting import paint_line
from pechakucha.console.talk_rows import ROW_ROLE, Index
from pechakucha.report.comparison import dry_run
from pechakucha.report.earlier import EarlierRun
from pechakucha.report.rows import date_of, time_of_day
from pechakucha.report.verdict import verdict
from pechakucha.texts import Texts
from pechakucha.ui import theme

_ROW = 84


class RunRow(msgspec.Struct, frozen=True):
    """A run in words; ``warns`` where it is live, unfinished or can't be read."""

    run: EarlierRun
    when: str
    mark: str
    words: str
    size: str
    warns: bool

    @property
    def spoken(self) -> str:
        """For screen readers."""
        return ". ".join(each for each in (self.when, self.mark, self.words, self.size) if each)


def run_row(run: EarlierRun, texts: Texts) -> RunRow:
    """What the list says of a run."""
    size = size_words(run.bytes, texts)
    if run.figures is None:
        words = texts.problem(run.problem) if run.problem else ""
        return RunRow(run, run.folder.name, texts("runs.unreadable"), words, size, warns=True)
    figures = run.figures
    unfinished = texts("runs.live" if run.is_live else "runs.unfinished") if figures.ended is None else ""
    marks = [each for each in (dry_run(figures, texts), unfinished) if each]
    return RunRow(
        run, when(run, texts), " · ".join(marks), verdict(figures, texts), size, warns=bool(unfinished)
    )


def when(run: EarlierRun, texts: Texts) -> str:
    """Day and time of a run's start, or its folder's name where that is all that is known."""
    moment = run.figures and (run.figures.started or run.figures.plan_start)
    if not moment:
        return run.folder.name
    return texts("runs.when", day=date_of(moment, texts), time=time_of_day(moment, seconds=False))


def size_words(count: int, texts: Texts) -> str:
    """Bytes as a person reads them."""
    return texts("runs.size", size=f"{max(0.1, count / 1_000_000):.1f}")


class RunsView(QListView):
    """The list; mouse and arrow keys select, with Shift and Ctrl several."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_RowDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)

    def add(self, row: RunRow) -> None:
        """One more run, below the others; the first one is selected."""
        self._rows.add(row)
        if len(self._rows.rows) == 1:
            self.setCurrentIndex(self._rows.index(0))

    def remove(self, folder: Path) -> None:
        """Take a run out; the one that moves into its place is selected."""
        at = next(number for number, row in enumerate(self._rows.rows) if row.run.folder == folder)
        self._rows.remove(at)
        if self._rows.rows:
            self.setCurrentIndex(self._rows.index(min(at, len(self._rows.rows) - 1)))

    @property
    def rows(self) -> tuple[RunRow, ...]:
        """All of them."""
        return tuple(self._rows.rows)

    def selected(self) -> list[RunRow]:
        """The runs that are selected, from top to bottom."""
        return [self._rows.rows[at] for at in sorted(each.row() for each in self.selectedIndexes())]

    def keyboardSearch(self, search: str) -> None:  # noqa: N802  # Qt's name
        """Letters are commands of the window, not a search."""
        del search


class _Rows(QAbstractListModel):
    def __init__(self, parent: RunsView) -> None:
        super().__init__(parent)
        self.rows: list[RunRow] = []

    def add(self, row: RunRow) -> None:
        at = len(self.rows)
        self.beginInsertRows(QModelIndex(), at, at)
        self.rows.append(row)
        self.endInsertRows()

    def remove(self, at: int) -> None:
        self.beginRemoveRows(QModelIndex(), at, at)
        del self.rows[at]
        self.endRemoveRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  # Qt's signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            return row.words
        return row.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, parent: RunsView) -> None:
        super().__init__(parent)
        self._view = parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        del index
        return QSize(option.rect.width(), _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        if not isinstance(row, RunRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRect(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            here = self._view.currentIndex().row() == index.row() and self._view.hasFocus()
            _paint_frame(painter, area, focused=here)
        _paint_words(painter, area.adjusted(24, 8, -24, -8), row)
        painter.restore()


def _paint_frame(painter: QPainter, area: QRect, *, focused: bool) -> None:
    fill = QColor(theme.NEXT)
    fill.setAlphaF(0.09)
    painter.setBrush(fill)
    painter.setPen(theme.NEXT if focused else theme.LINE)
    painter.drawRoundedRect(QRectF(area).adjusted(8.5, 2.5, -8.5, -2.5), 8, 8)


def _paint_words(painter: QPainter, place: QRect, row: RunRow) -> None:
    small, strong = theme.font(theme.SMALL), theme.font(theme.SMALL, theme.SEMIBOLD)
    width = QFontMetrics(small).horizontalAdvance(row.size)
    paint_line(
        painter, QRect(place.right() - width, place.top(), width + 1, 24), row.size, small, theme.QUIET
    )
    bold = theme.font(18, theme.BOLD)
    title = QRect(place.left(), place.top(), place.width() - width - 16, 24)
    paint_line(painter, title, row.when, bold, theme.TEXT)
    after = title.left() + QFontMetrics(bold).horizontalAdvance(row.when) + 16
    mark = QRect(after, title.top() + 1, max(0, title.right() - after), 24)
    paint_line(painter, mark, row.mark, strong, theme.ATTENTION)
    words = QRect(place.left(), place.top() + 26, place.width(), 42)
    painter.setFont(small)
    painter.setPen(theme.QUIET)
    flags = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop
    painter.drawText(words, flags, _two_lines(row.words, QFontMetrics(small), words.width()))


def _two_lines(words: str, metrics: QFontMetrics, width: int) -> str:
    """As much as surely fits into two lines, wherever they break."""
    longest = max((metrics.horizontalAdvance(each) for each in words.split()), default=0)
    return metrics.elidedText(words, Qt.TextElideMode.ElideRight, 2 * width - min(longest, width // 2))
