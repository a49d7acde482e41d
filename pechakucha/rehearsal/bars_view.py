# SPDX-License-Identifier: AGPL-3.0-or-later
"""The last take as bars; a click begins with that slide."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from pechakucha.rehearsal.bars_painting import DARK, bar_places, paint_bars
from pechakucha.rehearsal.take_words import bar_words, chart_words
from pechakucha.show.marks import Take, bars
from pechakucha.texts import Texts


class BarsView(QWidget):
    """A bar for each slide that the take has passed.

    Signals:
        chosen(int): the slide with this number in its file was clicked.
    """

    chosen = Signal(int)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._take: Take | None = None
        self._lit: int | None = None
        self.setMouseTracking(True)
        self.setMinimumHeight(88)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As in the sketches."""
        return QSize(640, 160)

    def show_take(self, take: Take | None) -> None:
        """Show this one."""
        if take != self._take:
            self._take, self._lit = take, None
            self.setAccessibleName(self._texts("take.chart"))
            self.setAccessibleDescription("" if take is None else chart_words(take, self._texts))
            self.update()

    @property
    def take(self) -> Take | None:
        """What is shown."""
        return self._take

    def event(self, event: QEvent) -> bool:
        """A bar in words, beside the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self._at(QPointF(event.pos()))
            if index is not None and self._take is not None:
                words = bar_words(bars(self._take)[index], self._take.seconds, self._texts)
                QToolTip.showText(event.globalPos(), words, self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """The bar under the pointer is brought out."""
        self._light(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802  # Qt's name
        """None is."""
        self._light(None)
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A slide is chosen."""
        index = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and index is not None and self._take is not None:
            self.chosen.emit(self._take.slides[index].number)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """All bars."""
        if self._take is not None and self._take.slides:
            painter = QPainter(self)
            paint_bars(painter, self._place(), bars(self._take), self._take.seconds, DARK, lit=self._lit)

    def _place(self) -> QRectF:
        return QRectF(self.rect())

    def _at(self, point: QPointF) -> int | None:
        """The index of the bar whose column a point is in."""
        slides = 0 if self._take is None else len(self._take.slides)
        columns = enumerate(bar_places(self._place(), slides))
        return next((index for index, column in columns if column.contains(point)), None)

    def _light(self, index: int | None) -> None:
        if index != self._lit:
            self._lit = index
            shape = Qt.CursorShape.ArrowCursor if index is None else Qt.CursorShape.PointingHandCursor
            self.setCursor(shape)
            self.update()
