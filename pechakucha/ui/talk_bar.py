# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far a talk is: one short bar a slide."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pechakucha.ui import theme

_HEIGHT = 8
_GAP = 4


class TalkBar(QWidget):
    """As many bars as slides; the one on stage fills while its time runs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._slides, self._done, self._since = 20, 0.0, 0

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Any width."""
        return QSize(200, _HEIGHT)

    def show_progress(self, slides: int, done: float, *, since: int = 0) -> None:
        """``done`` slides of ``slides``; its fraction is how much of the current one has run.

        The first ``since`` slides are not part of it.
        """
        if (slides, done, since) != (self._slides, self._done, self._since):
            self._slides, self._done, self._since = slides, done, since
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """All bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        width = (self.width() - _GAP * (self._slides - 1)) / max(1, self._slides)
        for index in range(self._slides):
            bar = QRectF(index * (width + _GAP), 0, max(1.0, width), _HEIGHT)
            painter.setBrush(theme.LINE)
            painter.drawRoundedRect(bar, 3, 3)
            share = min(1.0, max(0.0, self._done - index))
            if share > 0 and index >= self._since:
                painter.setBrush(theme.LIVE)
                painter.drawRoundedRect(QRectF(bar.left(), 0, bar.width() * share, _HEIGHT), 3, 3)
