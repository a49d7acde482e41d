# SPDX-License-Identifier: AGPL-3.0-or-later
"""The moderator's line as the presenter reads it: from three metres, in one or two lines."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pechakucha.ui import theme

_BIGGEST, _SMALLEST, _STEP = 72, 32, 4
"""Type sizes where the presenter's view is as large as it is drawn for, logical pixels."""

_HEIGHT, _MARGIN, _ROUND = 120, 32, 12


class LineBand(QWidget):
    """A band in a colour that nothing else there has; gone while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self._words, self._share = "", 1.0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    @property
    def words(self) -> str:
        """What stands there."""
        return self._words

    def enlarge(self, share: float) -> None:
        """Everything so many times as large as it is drawn."""
        self._share = share
        self.setFixedHeight(round(_HEIGHT * share))
        self.update()

    def show_words(self, words: str) -> None:
        """Let these stand there, "" for none."""
        if words != self._words:
            self._words = words
            self.setAccessibleName(words)
            self.setVisible(bool(words))
            self.update()

    def face(self) -> QFont:
        """The biggest in which the words fit."""
        room = self._room()
        for pixels in range(_BIGGEST, _SMALLEST, -_STEP):
            face = theme.font(pixels * self._share, theme.BOLD)
            taken = QFontMetrics(face).boundingRect(room, _FLAGS, self._words)
            if taken.height() <= room.height() and taken.width() <= room.width():
                return face
        return theme.font(_SMALLEST * self._share, theme.BOLD)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The words in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.NEXT)
        corner = _ROUND * self._share
        painter.drawRoundedRect(self.rect(), corner, corner)
        painter.setPen(theme.BACKGROUND)
        painter.setFont(self.face())
        painter.drawText(self._room(), _FLAGS, self._words)

    def _room(self) -> QRect:
        margin = round(_MARGIN * self._share)
        return self.rect().adjusted(margin, 0, -margin, 0)


_FLAGS = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
