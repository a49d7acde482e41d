# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bars of a take: how long each slide was spoken about, against the time it had.

Colour is never alone: with each bar are its seconds and the shape of its verdict. QtGui alone, so that
a window and a printed sheet show the same.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from pechakucha.show.marks import GRACE_SHARE, Bar, Verdict
from pechakucha.ui import theme

_GAP_SHARE = 0.12
"""Of a bar's width with its gap."""
_FIGURES, _NUMBERS = 26.0, 24.0
"""Logical pixels above and below the bars."""
_TYPE = 13
_SHAPE = 5.0
_HEAD = 18.0
"""Logical pixels of height for shape and seconds."""
_FEWEST = 12
"""Columns there is room for in any case: the bar of a single slide need not fill a page."""

_LEAST_WORDED = 17.0
"""A bar below this width has no seconds above it, and every other number below."""


class Palette(msgspec.Struct, frozen=True):
    """The colours of a chart."""

    text: QColor
    quiet: QColor
    ground: QColor
    """Also of what is written on a bar."""
    verdicts: dict[Verdict, QColor]


DARK = Palette(
    theme.TEXT,
    theme.QUIET,
    theme.BACKGROUND,
    {
        Verdict.OVER: theme.DANGER,
        Verdict.TIGHT: theme.ATTENTION,
        Verdict.FITS: theme.LIVE,
        Verdict.SHORT: theme.NEXT,
        Verdict.UNMARKED: theme.QUIET,
    },
)
PAPER = Palette(
    QColor("#17202a"),
    QColor("#59636f"),
    QColor("#ffffff"),
    {
        Verdict.OVER: QColor("#c2323c"),
        Verdict.TIGHT: QColor("#c98a00"),
        Verdict.FITS: QColor("#1d9a76"),
        Verdict.SHORT: QColor("#3f7fd0"),
        Verdict.UNMARKED: QColor("#8b95a1"),
    },
)


def bar_places(place: QRectF, count: int) -> list[QRectF]:
    """Where each bar has its column, gaps left out."""
    width = place.width() / max(_FEWEST, count)
    return [
        QRectF(place.left() + index * width, place.top(), width * (1 - _GAP_SHARE), place.height())
        for index in range(count)
    ]


def paint_bars(
    painter: QPainter,
    place: QRectF,
    bars: Sequence[Bar],
    seconds: int,
    palette: Palette,
    *,
    before: Sequence[int] = (),
    after: Sequence[int] = (),
    lit: int | None = None,
) -> None:
    """Paint them.

    Args:
        painter: whose unit is a logical pixel.
        place: for bars, seconds and numbers.
        bars: one at least, or numbers before or after them.
        seconds: that a slide has; the line.
        palette: the colours.
        before, after: numbers of the slides around them, which have a place and no bar.
        lit: index of a place to be brought out, None for none.
    """
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    room = place.adjusted(0, _FIGURES, 0, -_NUMBERS)
    numbers = (*before, *(bar.number for bar in bars), *after)
    columns = bar_places(room, len(numbers))
    for index, bar in enumerate(bars, len(before)):
        shade = QColor(palette.verdicts[bar.verdict])
        if index == lit:
            shade = shade.lighter(125)
        top = _paint_bar(painter, columns[index], bar, seconds, shade)
        if columns[index].width() >= _LEAST_WORDED:
            _paint_head(painter, columns[index], top, bar, palette, seconds=seconds)
    for index, (column, number) in enumerate(zip(columns, numbers, strict=True)):
        if column.width() >= _LEAST_WORDED or index % 2 == 0:
            below = QRectF(column.center().x() - 40, room.bottom(), 80, _NUMBERS)
            _write(painter, below, str(number), palette.text if index == lit else palette.quiet)
    height = _top(room, seconds, seconds)
    pen = QPen(palette.quiet, 1, Qt.PenStyle.CustomDashLine)
    pen.setDashPattern([3, 3])
    painter.setPen(pen)
    painter.drawLine(QLineF(room.left(), height, room.right(), height))


def bar_figure(bar: Bar, seconds: int) -> str:
    """The seconds used, as a whole number that is above a slide's ``seconds`` where these were too few."""
    if bar.used_s is None:
        return "–"
    least = seconds + 1 if bar.verdict is Verdict.OVER else 0
    return str(max(least, round(bar.used_s)))


def _paint_bar(painter: QPainter, column: QRectF, bar: Bar, seconds: int, shade: QColor) -> float:
    """Paint it; returns its upper edge."""
    used_s = seconds if bar.used_s is None else bar.used_s
    top = min(column.bottom() - 2, _top(column, used_s, seconds))
    drawn = QRectF(column.left(), top, column.width(), column.bottom() - top)
    if bar.verdict is Verdict.UNMARKED:
        painter.setPen(QPen(shade, 1, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        drawn.adjust(0.5, 0.5, -0.5, -0.5)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
    painter.drawRoundedRect(drawn, 3, 3)
    return top


def _paint_head(
    painter: QPainter, column: QRectF, top: float, bar: Bar, palette: Palette, *, seconds: int
) -> None:
    """The shape of the verdict and the seconds: on the bar, or above one that is too long or too low."""
    said = bar_figure(bar, seconds)
    loud = bar.verdict is Verdict.OVER
    above = loud or column.bottom() - top < _HEAD + 4
    shade = palette.verdicts[bar.verdict] if above or bar.used_s is None else palette.ground
    face = theme.font(_TYPE, theme.BOLD if loud else theme.SEMIBOLD)
    width = QFontMetricsF(face).horizontalAdvance(said)
    shaped = bar.verdict not in {Verdict.FITS, Verdict.UNMARKED} and width + 14 <= column.width() * 1.1
    middle = column.center().x() + (_SHAPE + 2 if shaped else 0)
    place = QRectF(middle - 40, top - _HEAD if above else top + 2, 80, _HEAD)
    painter.setFont(face)
    painter.setPen(shade)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, said)
    if shaped:
        centre = QPointF(middle - width / 2 - _SHAPE - 4, place.center().y() + 1)
        paint_verdict(painter, centre, bar.verdict, shade)


def paint_verdict(painter: QPainter, middle: QPointF, verdict: Verdict, shade: QColor) -> None:
    """The shape of a verdict, about ten pixels across: up for too long, a dot for tight, down for short."""
    x, y, side = middle.x(), middle.y(), _SHAPE
    painter.setPen(QPen(shade, 1.5))
    painter.setBrush(QBrush(shade))
    match verdict:
        case Verdict.OVER:
            painter.drawPolygon(
                QPolygonF([QPointF(x - side, y + 4), QPointF(x + side, y + 4), QPointF(x, y - 4)])
            )
        case Verdict.SHORT:
            painter.drawPolygon(
                QPolygonF([QPointF(x - side, y - 4), QPointF(x + side, y - 4), QPointF(x, y + 4)])
            )
        case Verdict.TIGHT:
            painter.drawEllipse(middle, 3.5, 3.5)
        case Verdict.UNMARKED:
            painter.drawLine(QPointF(x - side, y), QPointF(x + side, y))
        case Verdict.FITS:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPolyline(
                QPolygonF([QPointF(x - side, y), QPointF(x - 1, y + 4), QPointF(x + side, y - 4)])
            )


def _top(room: QRectF, used_s: float, seconds: int) -> float:
    """How high so many seconds reach: the line lies as far below the top as a mark may come late."""
    most = seconds * (1 + GRACE_SHARE)
    return room.bottom() - room.height() * min(used_s, most) / most


def _write(painter: QPainter, place: QRectF, words: str, shade: QColor) -> None:
    painter.setFont(theme.font(_TYPE))
    painter.setPen(shade)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)
