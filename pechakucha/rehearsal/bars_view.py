# SPDX-License-Identifier: AGPL-3.0-or-later
"""A take as bars, each at its slide's place in the talk; a click begins with that slide."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from pechakucha.rehearsal.bars_painting import DARK, bar_places, paint_bars
from pechakucha.rehearsal.take_words import bar_words, chart_words
from pechakucha.show.marks import Take, bars
from pechakucha.texts import Texts


class BarsView(QWidget):
    """A bar for each slide that the take has passed, and the numbers of the others.

    Signals:
        chosen(int): the slide with this number in its file was clicked.
    """

    chosen = Signal(int)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._take: Take | None = None
        self._numbers: tuple[int, ...] = ()
        self._before, self._seconds = 0, 1
        self._lit: int | None = None
        self.setMouseTracking(True)
        self.setMinimumHeight(88)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As in the sketches."""
        return QSize(640, 160)

    def show_take(self, take: Take | None, talk: Sequence[int], seconds: int) -> None:
        """Show a take.

        Args:
            take: None for none.
            talk: the numbers of all slides of the talk as it is now.
            seconds: that each of them has.
        """
        passed = () if take is None else tuple(slide.number for slide in take.slides)
        before = _place_in(talk, passed)
        numbers = passed if before is None else tuple(talk)
        if (take, numbers) != (self._take, self._numbers):
            self._take, self._lit = take, None
            self._numbers, self._before = numbers, before or 0
            self._seconds = seconds if take is None else take.seconds
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
            QToolTip.showText(event.globalPos(), self._words(self._at(QPointF(event.pos()))), self)
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
        if event.button() == Qt.MouseButton.LeftButton and index is not None:
            self.chosen.emit(self._numbers[index])

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """All bars."""
        passed = () if self._take is None else bars(self._take)
        paint_bars(
            QPainter(self),
            self._place(),
            passed,
            self._seconds,
            DARK,
            before=self._numbers[: self._before],
            after=self._numbers[self._before + len(passed) :],
            lit=self._lit,
        )

    def _place(self) -> QRectF:
        return QRectF(self.rect())

    def _at(self, point: QPointF) -> int | None:
        """The index of the slide in whose column a point is."""
        columns = enumerate(bar_places(self._place(), len(self._numbers)))
        return next((index for index, column in columns if column.contains(point)), None)

    def _words(self, index: int | None) -> str:
        """A bar in words, "" where there is none."""
        passed = () if self._take is None else bars(self._take)
        if self._take is None or index is None or not 0 <= index - self._before < len(passed):
            return ""
        return bar_words(passed[index - self._before], self._take.seconds, self._texts)

    def _light(self, index: int | None) -> None:
        if index != self._lit:
            self._lit = index
            shape = Qt.CursorShape.ArrowCursor if index is None else Qt.CursorShape.PointingHandCursor
            self.setCursor(shape)
            self.update()


def _place_in(talk: Sequence[int], passed: Sequence[int]) -> int | None:
    """How many slides of the talk come before those of a take; None where it has no such part any more."""
    places = range(len(talk) - len(passed) + 1)
    return next((at for at in places if tuple(talk[at : at + len(passed)]) == tuple(passed)), None)
