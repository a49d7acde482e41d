# SPDX-License-Identifier: AGPL-3.0-or-later
"""The slides that need work, each with the reason, the length of its notes, and how they begin."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pechakucha.rehearsal.bars_painting import DARK, paint_verdict
from pechakucha.show.marks import Verdict
from pechakucha.show.work import Reason
from pechakucha.ui import theme

_HEADING, _LINE = 32.0, 24.0
_LEFT = 3.0 * theme.GRID
_MOST_LINES = 3

VERDICTS = {
    Reason.OVER: Verdict.OVER,
    Reason.NOTES: Verdict.OVER,
    Reason.UNMARKED: Verdict.UNMARKED,
    Reason.TIGHT: Verdict.TIGHT,
    Reason.SHORT: Verdict.SHORT,
}


class WorkRow(msgspec.Struct, frozen=True):
    """A slide that needs work, in words.

    Attributes:
        number: the slide's number in its file.
        reason: gives the shape.
        slide: which one.
        why: it needs work.
        length: of its notes.
        notes: themselves.
    """

    number: int
    reason: Reason
    slide: str
    why: str
    length: str
    notes: str


class WorkView(QWidget):
    """At most three rows; a click begins with that slide.

    Signals:
        chosen(int): the slide with this number in its file was clicked.
    """

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._heading = ""
        self._rows: tuple[WorkRow, ...] = ()
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Any size."""
        return QSize(160, 120)

    def show_rows(self, heading: str, rows: tuple[WorkRow, ...]) -> None:
        """Show these."""
        if (heading, rows) != (self._heading, self._rows):
            self._heading, self._rows = heading, rows
            said = [" ".join((row.slide, row.why, row.length, row.notes)) for row in rows]
            self.setAccessibleName(heading)
            self.setAccessibleDescription("\n".join(said))
            self.update()

    @property
    def rows(self) -> tuple[WorkRow, ...]:
        """What is shown."""
        return self._rows

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A row can be clicked."""
        over = self._at(event.position()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A slide is chosen."""
        row = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self.chosen.emit(row.number)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The heading, then row by row, as much of the notes as there is room for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(theme.BODY, theme.BOLD))
        painter.setPen(theme.TEXT)
        heading = QRectF(0, 0, self.width(), self._heading_height())
        painter.setClipRect(heading)
        painter.drawText(heading, Qt.AlignmentFlag.AlignVCenter, self._heading)
        painter.setClipping(False)
        for place, row in zip(self._places(), self._rows, strict=True):
            _paint_row(painter, place, row)

    def _places(self) -> list[QRectF]:
        count = len(self._rows)
        most = 2 * _LINE + _MOST_LINES * _LINE + theme.GRID
        top = self._heading_height()
        height = min(most, (self.height() - top) / max(1, count))
        return [QRectF(0, top + index * height, self.width(), height) for index in range(count)]

    def _heading_height(self) -> float:
        """Nothing where the rows need all there is."""
        return _HEADING if self.height() - _HEADING >= len(self._rows) * _LINE else 0.0

    def _at(self, point: QPointF) -> WorkRow | None:
        pairs = zip(self._places(), self._rows, strict=True)
        return next((row for place, row in pairs if place.contains(point)), None)


def _paint_row(painter: QPainter, place: QRectF, row: WorkRow) -> None:
    verdict = VERDICTS[row.reason]
    line = QRectF(place.left() + _LEFT, place.top(), place.width() - _LEFT, _LINE)
    paint_verdict(painter, QPointF(place.left() + 7, line.center().y() + 1), verdict, DARK.verdicts[verdict])
    strong = theme.font(theme.BODY, theme.SEMIBOLD)
    painter.setFont(strong)
    painter.setPen(theme.TEXT)
    painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, row.slide)
    beside = line.adjusted(QFontMetricsF(strong).horizontalAdvance(f"{row.slide}  "), 0, 0, 0)
    painter.setFont(theme.font(theme.BODY))
    painter.setPen(DARK.verdicts[verdict])
    painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, _elided(painter, row.why, beside.width()))
    painter.setPen(theme.QUIET)
    below = [*([row.length] if row.length else []), *_wrapped(painter, row.notes, line.width())]
    for text in below[: max(0, int((place.height() - _LINE) // _LINE))]:
        line.translate(0, _LINE)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, _elided(painter, text, line.width()))


def _wrapped(painter: QPainter, text: str, width: float) -> list[str]:
    """Lines of this width, the rest of the text in the last of them."""
    metrics, words, lines = painter.fontMetrics(), text.split(), list[str]()
    while words and len(lines) < _MOST_LINES - 1:
        fit = 1
        while fit < len(words) and metrics.horizontalAdvance(" ".join(words[: fit + 1])) <= width:
            fit += 1
        lines.append(" ".join(words[:fit]))
        words = words[fit:]
    return [*lines, *([" ".join(words)] if words else [])]


def _elided(painter: QPainter, words: str, width: float) -> str:
    return painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(width))
