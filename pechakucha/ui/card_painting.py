# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a card looks: big, calm, in the city's own hue. QtGui alone, for the stage uses it.

All measures are given for a card 1080 pixels high and scale with its height.
"""

from __future__ import annotations

import math
import random
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPainter,
    QRadialGradient,
)

from pechakucha.show.snapshot import NS
from pechakucha.ui.cards import Card
from pechakucha.ui.theme import font

_HEIGHT = 1080
_MARGIN = 144
_CORNERS = 128
_HEADING_TOP, _HEADING_BIGGEST, _HEADING_TWO_LINES, _HEADING_SMALLEST = 320, 232, 160, 80
_TITLE, _TITLE_SMALLEST, _SUBTITLE, _SMALL = 64, 44, 38, 32
_FOOTER, _LINE_TOP, _LINE_THICK = 880, 944, 6
_FIGURE = 560
_MARK, _MARK_PERIOD_S = 10, 4.0
_NOISE = 128


def paint_card(painter: QPainter, size: QSize, card: Card, now_ns: int) -> None:
    """Paint the whole card at ``size`` (pixels of the painter) as it is at ``now_ns``."""
    unit = size.height() / _HEIGHT
    paint_background(painter, size, card.hue)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    width = size.width() - 2 * _MARGIN * unit
    left = _MARGIN * unit
    _paint_corners(painter, QRectF(left, _CORNERS * unit, width, 48 * unit), card, unit)
    if card.figure:
        painter.setFont(font(_FIGURE * unit, QFont.Weight.Black))
        painter.setPen(_tint(card.hue, 0.75, 0.72))
        place = QRectF(left, 200 * unit, width, 680 * unit)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, card.figure)
        width *= 0.72
    _paint_words(painter, QRectF(left, _HEADING_TOP * unit, width, 520 * unit), card, unit)
    _paint_moving(painter, size, card, now_ns)


def paint_background(painter: QPainter, size: QSize, hue: float) -> None:
    """Paint a card without any words."""
    painter.drawImage(0, 0, _background(size.width(), size.height(), hue))


def moving_part(size: QSize) -> QRect:
    """The part of a card that changes all the time: footer, line and mark."""
    unit = size.height() / _HEIGHT
    top = math.floor((_FOOTER - 16) * unit)
    return QRect(0, top, size.width(), size.height() - top)


def paint_moving_part(painter: QPainter, size: QSize, card: Card, now_ns: int) -> None:
    """Paint the moving part alone, over a card painted before."""
    part = moving_part(size)
    painter.drawImage(part.topLeft(), _background(size.width(), size.height(), card.hue), part)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    _paint_moving(painter, size, card, now_ns)


def _paint_corners(painter: QPainter, row: QRectF, card: Card, unit: float) -> None:
    painter.setFont(font(_SMALL * unit))
    painter.setPen(_tint(card.hue, 0.28, 0.78))
    middle = Qt.AlignmentFlag.AlignVCenter
    metrics = QFontMetricsF(painter.font())
    room = row.width() - metrics.horizontalAdvance(card.right) - 64 * unit
    left = metrics.elidedText(card.left, Qt.TextElideMode.ElideRight, room)
    painter.drawText(row, Qt.AlignmentFlag.AlignLeft | middle, left)
    painter.drawText(row, Qt.AlignmentFlag.AlignRight | middle, card.right)


def _paint_words(painter: QPainter, area: QRectF, card: Card, unit: float) -> None:
    face, lines = _fit_heading(card.heading, area.width(), unit)
    title = _fit_title(card.title, area.width(), unit)
    small = font(_SUBTITLE * unit)
    subtitle = (small, _wrapped(card.subtitle, small, area.width(), most=1))
    metrics = QFontMetricsF(face)
    # The bigger the letters, the less space they want between two lines.
    step = metrics.height() * 0.86
    below = 64 * unit + _height(title) + 12 * unit + _height(subtitle)
    highest = (_FOOTER - 16) * unit - below - (len(lines) - 1) * step
    wanted = area.top() + metrics.capHeight() + (0 if len(lines) > 1 else 48 * unit)
    baseline = min(wanted, highest)
    painter.setFont(face)
    painter.setPen(QColor("#f1f3f7"))
    for row, words in enumerate(lines):
        # Big letters have a gap before the first stem; take it back so that the margin is even.
        bearing = metrics.leftBearing(words[0]) if words else 0.0
        painter.drawText(QPointF(area.left() - bearing, baseline + row * step), words)
    bottom = baseline + (len(lines) - 1) * step + 64 * unit
    bottom = _paint_lines(painter, QPointF(area.left(), bottom), title, _tint(card.hue, 0.55, 0.88))
    _paint_lines(painter, QPointF(area.left(), bottom + 12 * unit), subtitle, _tint(card.hue, 0.28, 0.78))


def _height(lines: tuple[QFont, list[str]]) -> float:
    face, words = lines
    return len(words) * QFontMetricsF(face).height()


def _paint_lines(
    painter: QPainter, top_left: QPointF, lines: tuple[QFont, list[str]], shade: QColor
) -> float:
    """Paint lines of words; returns where they end."""
    face, words = lines
    metrics = QFontMetricsF(face)
    painter.setFont(face)
    painter.setPen(shade)
    for row, line in enumerate(words):
        painter.drawText(
            QPointF(top_left.x(), top_left.y() + metrics.ascent() + row * metrics.height()), line
        )
    return top_left.y() + len(words) * metrics.height()


def _fit_title(words: str, width: float, unit: float) -> tuple[QFont, list[str]]:
    """The biggest face in which the title needs no more than two lines."""
    for pixels in range(_TITLE, _TITLE_SMALLEST, -4):
        face = font(pixels * unit, QFont.Weight.DemiBold)
        lines = _wrapped(words, face, width, most=3)
        if len(lines) <= 2:
            return face, lines
    face = font(_TITLE_SMALLEST * unit, QFont.Weight.DemiBold)
    return face, _wrapped(words, face, width, most=2)


def _wrapped(words: str, face: QFont, width: float, *, most: int) -> list[str]:
    """Words broken into lines no wider than ``width``; what is left over ends in an ellipsis."""
    metrics = QFontMetricsF(face)
    lines: list[str] = []
    rest = words.split()
    while rest and len(lines) < most - 1:
        count = len(rest)
        while count > 1 and metrics.horizontalAdvance(" ".join(rest[:count])) > width:
            count -= 1
        lines.append(" ".join(rest[:count]))
        rest = rest[count:]
    lines += [" ".join(rest)] if rest else []
    return [metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]


def _fit_heading(words: str, width: float, unit: float) -> tuple[QFont, list[str]]:
    """The biggest face in which the heading fits on one line, or smaller on two."""
    halves = _two_lines(words)
    one_line_from = _HEADING_TWO_LINES if len(halves) > 1 else _HEADING_SMALLEST
    for lines, smallest in (([words], one_line_from), (halves, _HEADING_SMALLEST)):
        for pixels in range(_HEADING_BIGGEST, smallest - 1, -8):
            face = font(pixels * unit, QFont.Weight.Black)
            metrics = QFontMetricsF(face)
            if all(metrics.horizontalAdvance(line) <= width for line in lines):
                return face, lines
    face = font(_HEADING_SMALLEST * unit, QFont.Weight.Black)
    elided = QFontMetricsF(face).elidedText
    return face, [elided(line, Qt.TextElideMode.ElideRight, width) for line in halves]


def _two_lines(words: str) -> list[str]:
    """Broken at the space nearest to the middle."""
    spaces = [at for at, letter in enumerate(words) if letter == " "]
    if not spaces:
        return [words]
    at = min(spaces, key=lambda place: abs(place - len(words) / 2))
    return [words[:at], words[at + 1 :]]


def _paint_moving(painter: QPainter, size: QSize, card: Card, now_ns: int) -> None:
    unit = size.height() / _HEIGHT
    left, width = _MARGIN * unit, size.width() - 2 * _MARGIN * unit
    accent = _tint(card.hue, 0.75, 0.72)
    painter.setFont(font(_SMALL * unit))
    painter.setPen(_tint(card.hue, 0.28, 0.78))
    row = QRectF(left, _FOOTER * unit, width, 48 * unit)
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(row, Qt.AlignmentFlag.AlignLeft | middle, card.footer_at(now_ns))
    painter.setPen(Qt.PenStyle.NoPen)
    progress = card.progress(now_ns)
    if progress is not None:
        line = QRectF(left, _LINE_TOP * unit, width, _LINE_THICK * unit)
        for share, shade in ((1.0, _tint(card.hue, 0.25, 0.2)), (progress, accent)):
            painter.setBrush(shade)
            part = QRectF(line.left(), line.top(), line.width() * share, line.height())
            painter.drawRoundedRect(part, line.height() / 2, line.height() / 2)
    _paint_mark(painter, QPointF(left + width, (_FOOTER + 24) * unit), accent, unit, now_ns)


def _paint_mark(painter: QPainter, right: QPointF, accent: QColor, unit: float, now_ns: int) -> None:
    """Three dots with a wave running through them: a frozen share is noticed."""
    turn = (now_ns / NS % _MARK_PERIOD_S) / _MARK_PERIOD_S
    for place in range(3):
        lift = 0.5 + 0.5 * math.cos(2 * math.pi * (turn - place / 6))
        shade = QColor(accent)
        shade.setAlphaF(0.2 + 0.8 * lift)
        painter.setBrush(shade)
        radius = (_MARK / 2 + 2 * lift) * unit
        painter.drawEllipse(QPointF(right.x() - (12 + (2 - place) * 32) * unit, right.y()), radius, radius)


def _tint(hue: float, saturation: float, lightness: float) -> QColor:
    return QColor.fromHslF((hue % 360) / 360, saturation, lightness)


@lru_cache(maxsize=3)
def _background(width: int, height: int, hue: float) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(_tint(hue, 0.3, 0.035))
    glow = QRadialGradient(QPointF(width * 0.86, height * 0.16), width * 0.62)
    for stop, lightness, alpha in ((0.0, 0.26, 1.0), (0.35, 0.17, 0.8), (0.7, 0.09, 0.35), (1.0, 0.04, 0.0)):
        shade = _tint(hue + 24 * stop, 0.5, lightness)
        shade.setAlphaF(alpha)
        glow.setColorAt(stop, shade)
    painter = QPainter(image)
    painter.fillRect(image.rect(), QBrush(glow))
    painter.fillRect(image.rect(), QBrush(_noise()))
    painter.end()
    return image


@lru_cache(maxsize=1)
def _noise() -> QImage:
    """A grain of one level up or down: dark gradients would show bands without it."""
    drawn = random.Random(20).randbytes(_NOISE * _NOISE)
    pixels = bytearray(4 * len(drawn))
    # Even numbers darken, odd ones lighten: white, premultiplied, is as bright as it covers.
    shades = drawn.translate(bytes(_cover(number) * (number % 2) for number in range(256)))
    for channel in range(3):
        pixels[channel::4] = shades
    pixels[3::4] = drawn.translate(bytes(_cover(number) for number in range(256)))
    image = QImage(bytes(pixels), _NOISE, _NOISE, QImage.Format.Format_ARGB32_Premultiplied)
    return image.copy()


def _cover(number: int) -> int:
    """How much a grain covers what is below it, of 255."""
    return number // 2 % 5
