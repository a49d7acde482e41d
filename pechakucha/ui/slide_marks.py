# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may lie over a slide: the line of its seconds, its number, a hint, a dry run's mark. QtGui alone."""

from __future__ import annotations

import math

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from pechakucha.ui import theme

_HEIGHT = 1080
_LINE, _TYPE, _GAP = 6, 32, 24
_MARK_TYPE, _MARK_HEIGHT, _MARK_TOP = 40, 64, 24


def line_height(size: QSize) -> float:
    """How thick the line is on a stage of this size, pixels."""
    return _LINE * size.height() / _HEIGHT


def paint_line(painter: QPainter, size: QSize, share: float) -> None:
    """The line along the lower edge; ``share`` (0 to 1) of the slide's time has run."""
    height = line_height(size)
    whole = QRectF(0, size.height() - height, size.width(), height)
    painter.fillRect(whole, QColor(20, 20, 20))
    done = QRectF(whole.left(), whole.top(), whole.width() * min(1.0, max(0.0, share)), height)
    painter.fillRect(done, theme.LIVE)


def paint_number(painter: QPainter, size: QSize, number: str) -> None:
    """A slide's number in the lower right corner, readable on any picture."""
    unit = size.height() / _HEIGHT
    _paint_plate(painter, size, number, size.width() - _GAP * unit)


def paint_hint(painter: QPainter, size: QSize, words: str) -> None:
    """A sentence at the lower edge, in the middle."""
    unit = size.height() / _HEIGHT
    width = QFontMetricsF(theme.font(_TYPE * unit)).horizontalAdvance(words)
    _paint_plate(painter, size, words, size.width() / 2 + width / 2 + _GAP * unit)


def marked_height(size: QSize) -> int:
    """How far down a dry run's mark reaches on a stage of this size, pixels."""
    return math.ceil((_MARK_TOP + _MARK_HEIGHT) * size.height() / _HEIGHT)


def paint_dry_run(painter: QPainter, size: QSize, words: str) -> None:
    """The mark of a dry run at the upper edge, in the middle, over slides, cards and black."""
    unit = size.height() / _HEIGHT
    face = theme.font(_MARK_TYPE * unit, theme.BOLD)
    width = QFontMetricsF(face).horizontalAdvance(words) + 2 * _GAP * unit
    plate = QRectF((size.width() - width) / 2, _MARK_TOP * unit, width, _MARK_HEIGHT * unit)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.ATTENTION)
    painter.drawRoundedRect(plate, 12 * unit, 12 * unit)
    painter.setFont(face)
    painter.setPen(theme.BACKGROUND)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)


def _paint_plate(painter: QPainter, size: QSize, words: str, right: float) -> None:
    unit = size.height() / _HEIGHT
    face = theme.font(_TYPE * unit, theme.SEMIBOLD)
    metrics = QFontMetricsF(face)
    width, height = metrics.horizontalAdvance(words) + 2 * _GAP * unit, metrics.height() + 16 * unit
    plate = QRectF(right - width, size.height() - height - 2 * _GAP * unit, width, height)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(14, 17, 22, 210))
    painter.drawRoundedRect(plate, 12 * unit, 12 * unit)
    painter.setFont(face)
    painter.setPen(theme.TEXT)
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)
