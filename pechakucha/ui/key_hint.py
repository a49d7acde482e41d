# SPDX-License-Identifier: AGPL-3.0-or-later
"""A key and what it does, quiet, to read and to click."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton

_HEIGHT = 32
_MARGIN = theme.GRID


class KeyHint(CommandButton):
    """The key in its frame, then the words; reacts like every command button."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        """``key`` is the key's name as printed on it."""
        super().__init__(key, "", parent)
        self._face = theme.font(theme.BODY)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Key, words and a margin around them."""
        words = QFontMetrics(self._face).horizontalAdvance(self.text())
        return QSize(words + self._key_width() + 2 * _MARGIN, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Without a frame of its own, unless it has the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = self._shade_now()
        if self.hasFocus():
            painter.setPen(theme.NEXT)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 6, 6)
        painter.setPen(shade)
        painter.setFont(self._face)
        left = _MARGIN + self._key_width() - 4
        place = self.rect().adjusted(left, 0, 0, 0)
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        self._paint_key(painter, _MARGIN, shade)

    def _shade_now(self) -> QColor:
        if self.property("flash") == "true":
            return QColor(theme.DANGER)
        shade = QColor(theme.TEXT if self.underMouse() and self.isEnabled() else theme.QUIET)
        shade.setAlphaF(1.0 if self.isEnabled() else 0.45)
        return shade
