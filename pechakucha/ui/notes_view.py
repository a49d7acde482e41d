# SPDX-License-Identifier: AGPL-3.0-or-later
"""The notes of a slide, as large as there is room for."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QResizeEvent, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from pechakucha.ui import theme

_LINE_HEIGHT = 116
"""Per cent of the typeface's own."""

_SMALLEST, _STEP = theme.BODY, 2


class TimeOver(NamedTuple):
    """Where in notes the time is over: before the character ``at``, which is said in these words."""

    at: int
    words: str


class NotesView(QTextEdit):
    """Text to read from, not to touch: no cursor, no focus, no selection; the wheel scrolls."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
        self.document().setDocumentMargin(0)
        self._words, self._quiet, self._biggest = "", False, theme.TITLE
        self._over: TimeOver | None = None

    def show_notes(self, words: str, *, quiet: bool = False, over: TimeOver | None = None) -> None:
        """Show these, from their beginning.

        Args:
            words: the notes.
            quiet: whether they only say that there are none.
            over: where the time is over, None where all of them can be said.
        """
        if (words, quiet, over) != (self._words, self._quiet, self._over):
            self._words, self._quiet, self._over = words, quiet, over
            self._lay_out()

    def set_biggest(self, pixels: int) -> None:
        """The type size (logical pixels) where the notes are short enough."""
        if pixels != self._biggest:
            self._biggest = pixels
            self._lay_out()

    @property
    def words(self) -> str:
        """What is shown."""
        return self._words

    @property
    def over(self) -> TimeOver | None:
        """Where the time is over."""
        return self._over

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Another size of type may fit."""
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """The biggest type with which everything can be seen, or the smallest, scrolled."""
        biggest = theme.LARGE if self._quiet else self._biggest
        for pixels in range(biggest, _SMALLEST - 1, -_STEP):
            self._set_words(pixels)
            if self.document().size().height() <= self.viewport().height():
                break
        self.verticalScrollBar().setValue(0)

    def _set_words(self, pixels: int) -> None:
        self.document().setDefaultFont(theme.font(pixels))
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()  # at its end the scroll bar may go, which lays out anew
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        over = len(self._words) if self._over is None else self._over.at
        cursor.insertText(self._words[:over], _written(theme.QUIET if self._quiet else theme.TEXT))
        if self._over is not None:
            line = _written(theme.DANGER)
            line.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
            cursor.insertText(self._over.words, line)
            cursor.insertText(f" {self._words[over:]}", _written(theme.QUIET))
        spacing = QTextBlockFormat()
        spacing.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        spacing.setBottomMargin(pixels / 3)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)
        cursor.endEditBlock()
        self.document().setTextWidth(self.viewport().width())


def _written(shade: QColor) -> QTextCharFormat:
    look = QTextCharFormat()
    look.setForeground(shade)
    return look
