# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of decks: one row a talk, with its state as a word and a shape."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from pechakucha.console.deck_review import DeckState
from pechakucha.console.deck_wording import (
    SEVERITY_SHADES,
    SEVERITY_SHAPES,
    STATE_SHADES,
    STATE_SHAPES,
    Row,
)
from pechakucha.console.row_painting import PICTURE, paint_line, paint_shape, paint_thumbnail
from pechakucha.console.talk_rows import ROW_ROLE, Index, TalkRows
from pechakucha.ui import theme
from pechakucha.ui.pictures import Pictures

_ROW = 76


class DecksView(QListView):
    """The list; decks are selected by mouse and arrow keys."""

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._rows = TalkRows(self)
        self._early: dict[str, QPixmap] = {}
        self.setModel(self._rows)
        self.setItemDelegate(_RowDelegate(pictures, self._early, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        pictures.loaded.connect(self.viewport().update)

    def show_rows(self, rows: list[Row]) -> None:
        """Show other rows; the deck that is selected stays so."""
        talk = self.selected_talk()
        self._rows.show_rows(rows)
        if self.selected_talk() != talk or (rows and self.selected_talk() is None):
            self.select(talk or rows[0].talk)

    def show_early(self, talk: str, image: QImage) -> None:
        """How a deck looks, while it is still being imported."""
        self._early[talk] = QPixmap.fromImage(image)
        self.viewport().update()

    def select(self, talk: str) -> None:
        """Select this talk's deck, or the first where it has gone."""
        at = next((number for number, row in enumerate(self._rows.rows) if row.talk == talk), 0)
        self.setCurrentIndex(self._rows.index(at))

    def selected_talk(self) -> str | None:
        """The id of the talk selected."""
        row = self.currentIndex().data(ROW_ROLE)
        return row.talk if isinstance(row, Row) else None

    def keyboardSearch(self, search: str) -> None:  # noqa: N802  # Qt's name
        """Letters are commands of the window, not a search."""
        del search


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, pictures: Pictures, early: Mapping[str, QPixmap], parent: DecksView) -> None:
        super().__init__(parent)
        self._pictures, self._early, self._view = pictures, early, parent

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        del index
        return QSize(option.rect.width(), _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(ROW_ROLE)
        area = QRect(option.rect)
        if not isinstance(row, Row):
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        _paint_frame(painter, area, selected=selected, focused=selected and self._view.hasFocus())
        inner = area.adjusted(16, 5, -20, -5)
        painter.setFont(theme.font(theme.BODY))
        painter.setPen(theme.QUIET)
        number = QRect(inner.left(), inner.top(), 20, inner.height())
        painter.drawText(number, Qt.AlignmentFlag.AlignCenter, str(row.number))
        device = painter.device()
        ratio = device.devicePixelRatio() if device else 1.0
        picture = self._pictures.get(row.picture, PICTURE * ratio) or self._early.get(row.talk)
        place = QRect(inner.left() + 32, inner.center().y() - 22, PICTURE.width(), PICTURE.height())
        paint_thumbnail(painter, place, picture)
        _paint_words(painter, inner.adjusted(128, 0, 0, 0), row)
        painter.restore()


def _paint_frame(painter: QPainter, area: QRect, *, selected: bool, focused: bool) -> None:
    if not selected:
        return
    fill, edge = QColor(theme.NEXT), QColor(theme.NEXT if focused else theme.LINE)
    fill.setAlphaF(0.09)
    painter.setBrush(fill)
    painter.setPen(edge)
    painter.drawRoundedRect(QRectF(area).adjusted(8.5, 2.5, -8.5, -2.5), 8, 8)


def _paint_words(painter: QPainter, place: QRect, row: Row) -> None:
    state = _paint_state(painter, place, row)
    city = QRect(place.left(), place.top(), state - place.left() - 12, 24)
    paint_line(painter, city, row.city, theme.font(18, theme.BOLD), theme.TEXT)
    second = QRect(place.left(), place.top() + 23, place.width(), 20)
    third = QRect(place.left(), place.top() + 44, place.width(), 20)
    small = theme.font(theme.SMALL)
    if row.share is not None:
        _paint_bar(painter, second, row.share)
        return
    paint_line(painter, second, row.facts, small, theme.QUIET)
    third = third if row.facts else second
    if row.severity is None:
        return
    more = f"+{row.more}" if row.more else ""
    width = QFontMetrics(small).horizontalAdvance(more)
    painter.setFont(small)
    painter.setPen(theme.QUIET)
    painter.drawText(third, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, more)
    shade = SEVERITY_SHADES[row.severity]
    middle = QPointF(third.left() + 6, third.center().y() + 1)
    paint_shape(painter, middle, SEVERITY_SHAPES[row.severity], shade)
    words = third.adjusted(18, 0, -(width + 8 if more else 0), 0)
    paint_line(painter, words, row.finding, small, theme.QUIET if row.state is DeckState.APPROVED else shade)


def _paint_state(painter: QPainter, place: QRect, row: Row) -> int:
    """The state's shape and word at the right edge; returns where they begin."""
    face = theme.font(theme.SMALL, theme.SEMIBOLD)
    width = QFontMetrics(face).horizontalAdvance(row.word)
    left = place.right() - width
    shade = STATE_SHADES[row.state]
    line = QRect(left, place.top() + 2, width + 1, 20)
    paint_line(painter, line, row.word, face, shade)
    if row.state is DeckState.COMING:
        return left
    paint_shape(painter, QPointF(left - 12, line.center().y() + 1), STATE_SHAPES[row.state], shade)
    return left - 18


def _paint_bar(painter: QPainter, place: QRect, share: float) -> None:
    bar = QRectF(place.left(), place.center().y() - 3, place.width(), 8)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.LINE)
    painter.drawRoundedRect(bar, 4, 4)
    if share > 0:
        painter.setBrush(theme.LIVE)
        bar.setWidth(max(8.0, bar.width() * min(1.0, share)))
        painter.drawRoundedRect(bar, 4, 4)
