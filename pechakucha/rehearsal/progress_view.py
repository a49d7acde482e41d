# SPDX-License-Identifier: AGPL-3.0-or-later
"""Getting better: the share of slides in time over the takes of the whole talk, as a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pechakucha.ui import theme

_MOST = 12
"""Takes; older ones are for the exported sheet."""
_MARGIN = 8.0
_POINT = 4.0


class ProgressView(QWidget):
    """The line, its last point brought out, and in words what it says."""

    def __init__(self) -> None:
        super().__init__()
        self._shares: tuple[float, ...] = ()
        self._words = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for a dozen takes."""
        return QSize(216, 120)

    def show_progress(self, shares: Sequence[float], words: str) -> None:
        """Shares are from 0 to 1, the oldest first."""
        shown = tuple(shares[-_MOST:])
        if (shown, words) != (self._shares, self._words):
            self._shares, self._words = shown, words
            self.setAccessibleName(words)
            self.setToolTip(words)
            self.update()

    @property
    def shares(self) -> tuple[float, ...]:
        """What is shown."""
        return self._shares

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Words on two lines below the line, which runs from left to right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        below = QRectF(0, self.height() - 48, self.width(), 48)
        painter.setFont(theme.font(theme.SMALL))
        painter.setPen(theme.QUIET)
        flags = Qt.AlignmentFlag.AlignTop.value | Qt.TextFlag.TextWordWrap.value
        painter.drawText(below.adjusted(_MARGIN, 0, 0, 0), flags, self._words)
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -56)
        if len(self._shares) < 2 or room.height() < 2 * _POINT:
            return
        painter.setPen(QPen(theme.LINE, 1))
        for edge in (room.top(), room.bottom()):
            painter.drawLine(QPointF(room.left(), edge), QPointF(room.right(), edge))
        step = room.width() / (len(self._shares) - 1)
        points = [
            QPointF(room.left() + index * step, room.bottom() - share * room.height())
            for index, share in enumerate(self._shares)
        ]
        painter.setPen(QPen(theme.LIVE, 2))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(theme.BACKGROUND)
        for point in points[:-1]:
            painter.drawEllipse(point, _POINT - 1, _POINT - 1)
        painter.setBrush(theme.LIVE)
        painter.drawEllipse(points[-1], _POINT, _POINT)
