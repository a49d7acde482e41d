# SPDX-License-Identifier: AGPL-3.0-or-later
"""Everything that was noticed about a deck, with what can be done about it; leads to its slide."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pechakucha.console.deck_wording import SEVERITY_SHADES, SEVERITY_SHAPES, slides_of
from pechakucha.console.row_painting import paint_shape
from pechakucha.console.talk_rows import Index
from pechakucha.show.problem import Finding
from pechakucha.texts import Texts
from pechakucha.ui import theme

_ROLE = Qt.ItemDataRole.UserRole
_LEFT, _RIGHT, _ABOVE, _BETWEEN = 32, 12, 8, 2
_WRAPS = int(Qt.TextFlag.TextWordWrap) | int(Qt.AlignmentFlag.AlignTop)
_BOUNDLESS = 100_000
_FEW = 5
"""Slides; a finding about more of them does not come into view at each."""


class Line(msgspec.Struct, frozen=True):
    """A finding in words."""

    finding: Finding
    message: str
    remedy: str

    @property
    def spoken(self) -> str:
        """All of it."""
        return f"{self.message} {self.remedy}"


class _Lines(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show_lines(self, lines: list[Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  # Qt's signature
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        line = self.lines[index.row()]
        if role == _ROLE:
            return line
        return line.spoken if role == Qt.ItemDataRole.AccessibleTextRole else None


class FindingsView(QListView):
    """The findings, errors first; those of the slide that is shown are marked.

    Signals:
        slide_wanted(int): go to the slide with this number in its file.
    """

    slide_wanted = Signal(int)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._lines = _Lines(self)
        self._delegate = _LineDelegate(self)
        self.setModel(self._lines)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setAccessibleName(texts("decks.findings"))
        self.clicked.connect(self._jump)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show other findings."""
        texts = self._texts
        lines = [Line(each, texts.message(each), texts.remedy(each)) for each in findings]
        if lines != self._lines.lines:
            self._lines.show_lines(lines)

    def mark_slide(self, number: int | None) -> None:
        """Mark the findings of this slide, and bring the first that is not about many into view."""
        if number == self._delegate.slide:
            return
        moved = self._delegate.slide is not None
        self._delegate.slide = number
        self.viewport().update()
        about = [
            len(slides_of(each.finding)) if number in slides_of(each.finding) else 0
            for each in self._lines.lines
        ]
        first = next((at for at, slides in enumerate(about) if 0 < slides <= _FEW), None)
        if moved and first is not None:
            self.scrollTo(self._lines.index(first))

    def forget(self) -> None:
        """Another deck comes, whose worst finding is to be seen first."""
        self._delegate.slide = None
        self.scrollToTop()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter goes to the slide of the finding that is selected."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._jump(self.currentIndex())
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802  # Qt's name
        """Letters are commands of the window, not a search."""
        del search

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Words wrap anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _jump(self, index: QModelIndex) -> None:
        line = index.data(_ROLE)
        slides = slides_of(line.finding) if isinstance(line, Line) else ()
        if slides:
            self.slide_wanted.emit(slides[0])


class _LineDelegate(QStyledItemDelegate):
    def __init__(self, parent: FindingsView) -> None:
        super().__init__(parent)
        self._view = parent
        self.slide: int | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        del option
        line = index.data(_ROLE)
        width = self._view.viewport().width()
        if not isinstance(line, Line):
            return QSize(width, 0)
        message, remedy = _heights(line, width)
        return QSize(width, _ABOVE + message + _BETWEEN + remedy + _ABOVE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(_ROLE)
        if not isinstance(line, Line):
            return
        area = QRect(option.rect)
        shown = self.slide in slides_of(line.finding)
        selected = bool(option.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_frame(painter, area, shown=shown, selected=selected)
        shade = SEVERITY_SHADES[line.finding.severity]
        middle = QPointF(area.left() + 16, area.top() + _ABOVE + 11)
        paint_shape(painter, middle, SEVERITY_SHAPES[line.finding.severity], shade)
        message, remedy = _heights(line, area.width())
        width = area.width() - _LEFT - _RIGHT
        top = area.top() + _ABOVE
        for words, face, height, colour in (
            (line.message, theme.font(theme.BODY), message, theme.TEXT),
            (line.remedy, theme.font(theme.SMALL), remedy, theme.QUIET),
        ):
            painter.setFont(face)
            painter.setPen(colour)
            painter.drawText(QRect(area.left() + _LEFT, top, width, height), _WRAPS, words)
            top += height + _BETWEEN
        painter.restore()


def _heights(line: Line, width: int) -> tuple[int, int]:
    """How high message and remedy become at this width of the list."""
    room = QRect(0, 0, max(1, width - _LEFT - _RIGHT), _BOUNDLESS)
    faces = ((line.message, theme.font(theme.BODY)), (line.remedy, theme.font(theme.SMALL)))
    message, remedy = (QFontMetrics(face).boundingRect(room, _WRAPS, words).height() for words, face in faces)
    return message, remedy


def _paint_frame(painter: QPainter, area: QRect, *, shown: bool, selected: bool) -> None:
    frame = QRectF(area).adjusted(0.5, 1.5, -0.5, -1.5)
    if shown or selected:
        fill, edge = QColor(theme.NEXT), QColor(theme.NEXT if selected else theme.LINE)
        fill.setAlphaF(0.09 if shown else 0.0)
        painter.setBrush(fill)
        painter.setPen(edge)
        painter.drawRoundedRect(frame, 8, 8)
