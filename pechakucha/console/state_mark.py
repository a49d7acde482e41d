# SPDX-License-Identifier: AGPL-3.0-or-later
"""A deck's state as a shape and a word."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pechakucha.console.deck_review import DeckState
from pechakucha.console.deck_wording import STATE_SHADES, STATE_SHAPES, STATE_WORDS
from pechakucha.console.row_painting import paint_shape
from pechakucha.texts import Texts
from pechakucha.ui import theme

_SHAPE = 20
"""Logical pixels that the shape takes before the word."""


class StateMark(QWidget):
    """As in the list, for places outside of it."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._state: DeckState | None = None
        self._face = theme.font(theme.BODY, theme.SEMIBOLD)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> str:
        """The state in words, "" where none is shown."""
        return self._texts(STATE_WORDS[self._state]) if self._state else ""

    def show_state(self, state: DeckState | None) -> None:
        """Show this state, or none."""
        if state is not self._state:
            self._state = state
            self.setAccessibleName(self.words)
            self.updateGeometry()
            self.update()

    @staticmethod
    def widest(texts: Texts) -> int:
        """The width that the longest of the words takes, logical pixels."""
        metrics = QFontMetrics(theme.font(theme.BODY, theme.SEMIBOLD))
        return _SHAPE + max(metrics.horizontalAdvance(texts(code)) for code in STATE_WORDS.values()) + 2

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for both."""
        metrics = QFontMetrics(self._face)
        return QSize(_SHAPE + metrics.horizontalAdvance(self.words) + 2, metrics.height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Both in the state's colour."""
        if self._state is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = STATE_SHADES[self._state]
        if self._state is not DeckState.COMING:
            paint_shape(painter, QPointF(8, self.height() / 2), STATE_SHAPES[self._state], shade)
        painter.setFont(self._face)
        painter.setPen(shade)
        words = QRect(_SHAPE, 0, self.width() - _SHAPE, self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.words)
