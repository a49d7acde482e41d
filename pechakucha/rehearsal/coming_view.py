# SPDX-License-Identifier: AGPL-3.0-or-later
"""When the next slide comes and with which words: quiet, and plain to somebody who is behind."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pechakucha.show.slip import Coming
from pechakucha.texts import Texts
from pechakucha.ui import theme

_EDGE = 4
_MARGIN = 2 * theme.GRID
_CORNER = 8
_HEIGHT, _LOW = 72, 48
"""Logical pixels; the lower one in a small window."""


class ComingView(QWidget):
    """Two lines that always have their place, so that nothing moves when they are there."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self._height = _HEIGHT
        self._coming: Coming | None = None
        self._said = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Any width."""
        return QSize(160, self._height)

    def set_low(self, low: bool) -> None:
        """Whether there is little room."""
        self._height = _LOW if low else _HEIGHT
        self.updateGeometry()

    def show_coming(self, coming: Coming | None) -> None:
        """Say this, or nothing."""
        if coming != self._coming:
            self._coming = coming
            self._said = self._words(coming)
            self.setAccessibleName(" ".join(filter(None, self._said)))
            self.update()

    @property
    def said(self) -> tuple[str, str]:
        """When, and with which words; empty where nothing is said."""
        return self._said

    @property
    def plain(self) -> bool:
        """Whether it is said to somebody who is behind."""
        return self._coming is not None and self._coming.behind

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """In a frame of its own for somebody who is behind."""
        if self._coming is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        behind = self._coming.behind
        if behind:
            self._paint_frame(painter)
        left, right = (_EDGE + _MARGIN, _MARGIN) if behind else (0, 0)
        room = self.rect().adjusted(left, theme.GRID // 2, -right, -theme.GRID // 2)
        when, words = self._said
        middle = room.height() // 2
        painter.setPen(theme.ATTENTION if behind else theme.QUIET)
        upper = room.adjusted(0, 0, 0, -middle) if words else room
        _write(painter, upper, when, theme.font(theme.BODY, theme.SEMIBOLD if behind else theme.NORMAL))
        painter.setPen(theme.TEXT if behind else theme.QUIET)
        _write(painter, room.adjusted(0, middle, 0, 0), words, theme.font(theme.LARGE))

    def _paint_frame(self, painter: QPainter) -> None:
        shade = QColor(theme.ATTENTION)
        shade.setAlphaF(0.14)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shade)
        painter.drawRoundedRect(QRectF(self.rect()), _CORNER, _CORNER)
        painter.setBrush(theme.ATTENTION)
        painter.drawRoundedRect(QRectF(0, 0, _EDGE, self.height()), _EDGE / 2, _EDGE / 2)

    def _words(self, coming: Coming | None) -> tuple[str, str]:
        if coming is None:
            return "", ""
        case = ("end" if coming.end else "next") + ("-behind" if coming.behind else "")
        return self._texts("rehearsal.coming", case=case, seconds=coming.seconds), coming.words


def _write(painter: QPainter, room: QRect, words: str, face: QFont) -> None:
    """One line, whose end gives way where there is no room."""
    painter.setFont(face)
    shown = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
