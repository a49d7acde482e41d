# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rundown: one row a talk, with its state as a word and a shape."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pechakucha.console.row_painting import PICTURE, paint_line, paint_shape, paint_thumbnail
from pechakucha.console.talk_rows import ROW_ROLE, Index, TalkRows
from pechakucha.console.wording import short_delay, state_words, time_of_day
from pechakucha.show.forecast import forecast
from pechakucha.show.run import Outcome, Run
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.pictures import Pictures

_ROW = 68

_SHADES = {
    "planned": theme.QUIET,
    "on-stage": theme.LIVE,
    "held": theme.ATTENTION,
    "next": theme.NEXT,
    "ready": theme.TEXT,
    "blocked": theme.ATTENTION,
    "cut": theme.QUIET,
    "no-show": theme.QUIET,
    "kept": theme.TEXT,
    "done": theme.QUIET,
}
_OVER = {"planned", "done", "cut", "no-show"}


class Row(msgspec.Struct, frozen=True):
    """What a row shows."""

    talk: str
    number: int
    city: str
    title: str
    picture: str | None
    state: str
    word: str
    time: str
    delay: str

    @property
    def spoken(self) -> str:
        """The row in one sentence, for screen readers."""
        return ", ".join(
            part for part in (f"{self.number}", self.city, self.title, self.word, self.time) if part
        )

    @property
    def tip(self) -> str:
        """The same for the mouse."""
        return self.spoken


def rows_of(run: Run, now_ns: int, texts: Texts) -> list[Row]:
    """The rundown as it stands."""
    expected = {each.talk: each for each in forecast(run, now_ns).talks}
    upcoming = run.upcoming
    rows: list[Row] = []
    for number, turn in enumerate(run.turns, start=1):
        state, word = state_words(run, turn, texts, comes_next=turn is upcoming)
        times = expected[turn.talk.id]
        first = turn.talk.slides[0].picture if turn.talk.slides else None
        gone = turn.outcome is Outcome.NO_SHOW
        rows.append(
            Row(
                turn.talk.id,
                number,
                turn.talk.city,
                turn.talk.title,
                first,
                state,
                word,
                "" if gone else time_of_day(run, times.start_ns),
                "" if gone else short_delay(run, times),
            )
        )
    return rows


class RundownView(QListView):
    """The list; talks are selected by mouse and arrow keys, and moved by dragging.

    Signals:
        dropped(object, object): the id of the talk onto which files were dropped, None for none of
            them, and their paths.
        moved(str, object): the id of a talk that was dragged, and of the one before which, None for last.
        menu_asked(str, QPoint): a talk's menu is wanted at a place of the screen.
    """

    dropped = Signal(object, object)
    moved = Signal(str, object)
    menu_asked = Signal(str, QPoint)

    def __init__(self, pictures: Pictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = TalkRows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_RowDelegate(pictures, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        pictures.loaded.connect(self.viewport().update)
        self.setAcceptDrops(True)
        self.setDragEnabled(True)
        self.setDropIndicatorShown(False)
        self._target: tuple[str | None, bool] | None = None
        """Over which talk something is dragged, and whether it would come before it."""
        self._shown: tuple[Run, int] | None = None
        """The run and the second that the rows are of."""

    def show_run(self, run: Run, now_ns: int, texts: Texts) -> None:
        """Show the rundown as it stands; what only time changes, once a second: it shows minutes."""
        shown = (run, now_ns // NS)
        if shown != self._shown:
            self._shown = shown
            self._show_rows(rows_of(run, now_ns, texts))

    def _show_rows(self, rows: list[Row]) -> None:
        """Show other rows; the talk that is selected stays so wherever it goes."""
        talk = self.selected_talk()
        self._rows.show_rows(rows)
        if self.selected_talk() != talk:
            at = next((number for number, row in enumerate(rows) if row.talk == talk), -1)
            self.setCurrentIndex(self._rows.index(at))

    def selected_talk(self) -> str | None:
        """The id of the talk selected."""
        row = self.currentIndex().data(ROW_ROLE)
        return row.talk if isinstance(row, Row) else None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802  # Qt's name
        """By mouse the talk under it, by the menu key the one selected."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        row = index.data(ROW_ROLE)
        if isinstance(row, Row):
            self.setCurrentIndex(index)
            place = self.visualRect(index).center() if by_key else event.pos()
            self.menu_asked.emit(row.talk, self.viewport().mapToGlobal(place))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """Files, and talks of this list."""
        if event.mimeData().hasUrls() or event.source() is self:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:  # noqa: N802  # Qt's name
        """Show where it would go."""
        self._show_target(self._aim(event))
        event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802  # Qt's name
        """It goes nowhere."""
        self._show_target(None)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        """Files become a talk's deck, a talk gets another place."""
        talk, _ = self._aim(event)
        self._show_target(None)
        event.acceptProposedAction()
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        dragged = self.selected_talk()
        if paths:
            self.dropped.emit(talk, paths)
        elif event.source() is self and dragged is not None and dragged != talk:
            self.moved.emit(dragged, talk)

    def _aim(self, event: QDropEvent) -> tuple[str | None, bool]:
        """The talk that is meant: the one under a file, the one before which a talk would come."""
        moves = event.source() is self
        place = event.position().toPoint()
        if moves:
            place.setY(place.y() + _ROW // 2)
        row = self.indexAt(place).data(ROW_ROLE)
        return (row.talk if isinstance(row, Row) else None), moves

    def _show_target(self, target: tuple[str | None, bool] | None) -> None:
        if target != self._target:
            self._target = target
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The rows, and where what is dragged would go."""
        super().paintEvent(event)
        if self._target is None:
            return
        talk, moves = self._target
        at = next((number for number, row in enumerate(self._rows.rows) if row.talk == talk), -1)
        last = self.visualRect(self._rows.index(len(self._rows.rows) - 1))
        area = QRectF(self.visualRect(self._rows.index(at)) if at >= 0 else last)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.NEXT, 2))
        if moves or at < 0:
            height = area.top() + 1 if at >= 0 else area.bottom()
            painter.drawLine(QPointF(area.left() + 12, height), QPointF(area.right() - 12, height))
        else:
            painter.drawRoundedRect(area.adjusted(8.5, 2.5, -8.5, -2.5), 8, 8)
        painter.end()

    def keyboardSearch(self, search: str) -> None:  # noqa: N802  # Qt's name
        """Letters are commands of the window, not a search."""
        del search


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        del index
        return QSize(option.rect.width(), _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        area = QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if not isinstance(row, Row):
            return
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        _paint_frame(painter, area, row, selected=selected)
        painter.setOpacity(0.55 if row.state in _OVER else 1.0)
        inner = area.adjusted(16, 2, -24, -2)
        painter.setFont(theme.font(theme.BODY))
        painter.setPen(theme.QUIET)
        number = QRect(inner.left(), inner.top(), 20, inner.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(row.number))
        self._paint_picture(painter, QRect(inner.left() + 32, inner.center().y() - 22, 80, 45), row)
        times = _paint_times(painter, inner, row)
        _paint_words(
            painter, QRect(inner.left() + 128, inner.top(), times - inner.left() - 136, inner.height()), row
        )
        painter.restore()

    def _paint_picture(self, painter: QPainter, place: QRect, row: Row) -> None:
        device = painter.device()
        ratio = device.devicePixelRatio() if device else 1.0
        paint_thumbnail(painter, place, self._pictures.get(row.picture, PICTURE * ratio))


def _paint_frame(painter: QPainter, area: QRect, row: Row, *, selected: bool) -> None:
    frame = QRectF(area).adjusted(8.5, 2.5, -8.5, -2.5)
    fill, edge = QColor(0, 0, 0, 0), QColor(0, 0, 0, 0)
    if row.state == "on-stage":
        fill, edge = QColor(theme.LIVE), QColor(theme.LIVE)
        fill.setAlphaF(0.14)
    elif row.state == "held":
        fill, edge = QColor(theme.ATTENTION), QColor(theme.ATTENTION)
        fill.setAlphaF(0.14)
    elif row.state == "next":
        fill = QColor(theme.NEXT)
        fill.setAlphaF(0.09)
    if selected:
        edge = QColor(theme.NEXT)
    painter.setBrush(fill)
    painter.setPen(edge)
    painter.drawRoundedRect(frame, 8, 8)


def _paint_times(painter: QPainter, inner: QRect, row: Row) -> int:
    """The time and the delay, at the right edge; returns their left edge."""
    face = theme.font(18)
    width = QFontMetrics(face).horizontalAdvance("00:00")
    left = inner.right() - width
    painter.setFont(face)
    painter.setPen(theme.TEXT)
    middle = inner.center().y()
    top = middle - (20 if row.delay else 12)
    right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRect(left, top, width, 24), right, row.time)
    painter.setFont(theme.font(theme.SMALL))
    painter.setPen(theme.QUIET)
    painter.drawText(QRect(left, middle + 2, width, 20), right, row.delay)
    return left


def _paint_words(painter: QPainter, place: QRect, row: Row) -> None:
    lines = (
        (row.city, theme.font(18, theme.BOLD), theme.TEXT, 0, 24),
        (row.title, theme.font(theme.SMALL), theme.QUIET, 22, 20),
    )
    for words, face, shade, top, height in lines:
        paint_line(painter, QRect(place.left(), place.top() + top, place.width(), height), words, face, shade)
    shade = _SHADES[row.state]
    face = theme.font(
        theme.SMALL, theme.SEMIBOLD if row.state in {"on-stage", "next", "blocked"} else theme.NORMAL
    )
    line = QRect(place.left(), place.top() + 43, place.width(), 20)
    paint_shape(painter, QPointF(line.left() + 6, line.center().y() + 1), row.state, shade)
    paint_line(painter, line.adjusted(18, 0, 0, 0), row.word, face, shade)
