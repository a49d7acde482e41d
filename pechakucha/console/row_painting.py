# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the rows of the console's lists have in common: a small picture, a line of words, a shape."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPixmap, QPolygonF

from pechakucha.ui import theme

PICTURE = QSize(80, 45)
"""Logical pixels of a row's picture."""


def paint_thumbnail(painter: QPainter, place: QRect, picture: QPixmap | None) -> None:
    """A slide fitted into ``place``, with round corners; an empty frame where there is none."""
    path = QPainterPath()
    path.addRoundedRect(QRectF(place), 4, 4)
    painter.save()
    painter.setClipPath(path)
    painter.fillRect(place, theme.RAISED)
    if picture is not None:
        size = picture.size().toSizeF().scaled(QRectF(place).size(), Qt.AspectRatioMode.KeepAspectRatio)
        fitted = QRectF(0, 0, size.width(), size.height())
        fitted.moveCenter(QRectF(place).center())
        painter.drawPixmap(fitted, picture, QRectF(picture.rect()))
    painter.restore()


def paint_line(painter: QPainter, place: QRect, words: str, face: QFont, shade: QColor) -> None:
    """Words on one line, whose end gives way to an ellipsis where there is no room."""
    painter.setFont(face)
    painter.setPen(shade)
    elided = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, place.width())
    painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, elided)


def paint_shape(painter: QPainter, middle: QPointF, state: str, shade: QColor) -> None:
    """The shape that goes with a state's word, about 10 pixels across."""
    x, y = middle.x(), middle.y()
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(shade)
    if state == "on-stage":
        painter.drawPolygon(QPolygonF([QPointF(x - 4, y - 6), QPointF(x + 6, y), QPointF(x - 4, y + 6)]))
    elif state == "next":
        painter.drawPolygon(QPolygonF([QPointF(x - 3, y - 4), QPointF(x + 4, y), QPointF(x - 3, y + 4)]))
    elif state == "blocked":
        painter.drawPolygon(QPolygonF([QPointF(x, y - 6), QPointF(x + 6, y + 5), QPointF(x - 6, y + 5)]))
    elif state == "held":
        painter.drawRect(QRectF(x - 5, y - 5, 4, 10))
        painter.drawRect(QRectF(x + 2, y - 5, 4, 10))
    elif state == "ready":
        painter.drawEllipse(middle, 4, 4)
    else:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = painter.pen()
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setColor(shade)
        pen.setWidthF(2)
        painter.setPen(pen)
        if state == "done":
            painter.drawPolyline(QPolygonF([QPointF(x - 5, y), QPointF(x - 1, y + 4), QPointF(x + 5, y - 4)]))
        elif state == "cut":
            painter.drawLine(QPointF(x - 5, y), QPointF(x + 5, y))
        else:
            painter.drawLine(QPointF(x - 4, y - 4), QPointF(x + 4, y + 4))
            painter.drawLine(QPointF(x - 4, y + 4), QPointF(x + 4, y - 4))
    painter.restore()
