# SPDX-License-Identifier: AGPL-3.0-or-later
"""A ring that empties while time runs, with the seconds left in its middle."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from pechakucha.ui import theme

_THICK = 0.075
_FIGURE = 0.42
_FULL_TURN, _TOP = 360 * 16, 90 * 16
"""Sixteenths of a degree, counterclockwise from three o'clock, as Qt counts them."""

_TICK = ((0.34, 0.52), (0.46, 0.63), (0.67, 0.39))


class Ring(QWidget):
    """The share of time that is left as an arc, a figure or a tick inside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._figure, self._share, self._shade, self._ticked = "", 0.0, theme.LIVE, False

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As in the sketches."""
        return QSize(192, 192)

    def show_left(self, figure: str, share: float, shade: QColor) -> None:
        """``share`` (0 to 1) of the time is left, in this colour; ``figure`` says it in seconds."""
        self._show((figure, min(1.0, max(0.0, share)), shade, False))

    def show_done(self) -> None:
        """A whole ring with a tick."""
        self._show(("", 1.0, theme.LIVE, True))

    @property
    def figure(self) -> str:
        """What stands in the middle."""
        return self._figure

    def _show(self, shown: tuple[str, float, QColor, bool]) -> None:
        if shown != (self._figure, self._share, self._shade, self._ticked):
            self._figure, self._share, self._shade, self._ticked = shown
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Track, arc, figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        thick = side * _THICK
        circle = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        line = circle.adjusted(thick / 2, thick / 2, -thick / 2, -thick / 2)
        painter.setPen(QPen(theme.LINE, thick))
        painter.drawEllipse(line)
        if self._share > 0:
            painter.setPen(QPen(self._shade, thick, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            painter.drawArc(line, _TOP, -round(_FULL_TURN * self._share))
        if self._ticked:
            self._paint_tick(painter, circle)
        else:
            self._paint_figure(painter, circle)

    def _paint_figure(self, painter: QPainter, circle: QRectF) -> None:
        face = theme.font(circle.height() * _FIGURE, theme.BOLD)
        metrics = QFontMetricsF(face)
        painter.setFont(face)
        painter.setPen(theme.TEXT)
        left = circle.center().x() - metrics.horizontalAdvance(self._figure) / 2
        painter.drawText(QPointF(left, circle.center().y() + metrics.capHeight() / 2), self._figure)

    def _paint_tick(self, painter: QPainter, circle: QRectF) -> None:
        pen = QPen(theme.TEXT, circle.width() * _THICK, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        side = circle.width()
        painter.drawPolyline([QPointF(circle.left() + x * side, circle.top() + y * side) for x, y in _TICK])
