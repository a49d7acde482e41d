# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the talk is, and how long it goes on: two lines that never move."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pechakucha.ui import theme

_LINE_SHARE = 0.62
"""Of the first line's type size, for the second."""


class PlaceView(QWidget):
    """`Slide 4 of 20`, and below it `5:29 to go`; smaller where there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pixels = 32
        self._said = ("", "", "")
        self._attention = False

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for both lines."""
        return QSize(160, math.ceil(self._pixels * (1.2 + _LINE_SHARE * 1.3)))

    def set_size(self, pixels: int) -> None:
        """The first line's type size, logical pixels."""
        self._pixels = pixels
        self.updateGeometry()
        self.update()

    def show_place(self, place: str, of: str, line: str, *, attention: bool) -> None:
        """Say this; ``attention`` colours the second line while time stands still."""
        if ((place, of, line), attention) != (self._said, self._attention):
            self._said, self._attention = (place, of, line), attention
            self.setAccessibleName(" ".join(filter(None, self._said)))
            self.update()

    @property
    def said(self) -> tuple[str, str, str]:
        """What is shown: place, how many there are, the line below."""
        return self._said

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The first line strong and quiet, the second below it."""
        place, of, line = self._said
        painter = QPainter(self)
        strong, quiet = self._faces(place, of)
        baseline = QFontMetricsF(theme.font(self._pixels)).ascent() * 0.92
        painter.setFont(strong)
        painter.setPen(theme.TEXT)
        painter.drawText(QPointF(0, baseline), place)
        painter.setFont(quiet)
        painter.setPen(theme.QUIET)
        painter.drawText(QPointF(_advance(strong, f"{place} "), baseline), of)
        small = _fitting(line, round(self._pixels * _LINE_SHARE), self.width())
        painter.setFont(theme.font(small, theme.SEMIBOLD if self._attention else theme.NORMAL))
        painter.setPen(theme.ATTENTION if self._attention else theme.QUIET)
        painter.drawText(QPointF(0, baseline + self._pixels * _LINE_SHARE * 1.45), line)

    def _faces(self, place: str, of: str) -> tuple[QFont, QFont]:
        """The type of both words of the first line."""
        for pixels in range(self._pixels, theme.SMALL, -1):
            strong, quiet = theme.font(pixels, theme.BOLD), theme.font(pixels)
            if _advance(strong, f"{place} ") + _advance(quiet, of) <= self.width():
                return strong, quiet
        return theme.font(theme.SMALL, theme.BOLD), theme.font(theme.SMALL)


def _fitting(words: str, pixels: int, width: int) -> int:
    """The biggest type size, at most ``pixels``, in which the words fit."""
    while pixels > theme.SMALL and _advance(theme.font(pixels, theme.SEMIBOLD), words) > width:
        pixels -= 1
    return pixels


def _advance(face: QFont, words: str) -> float:
    return QFontMetricsF(face).horizontalAdvance(words)
