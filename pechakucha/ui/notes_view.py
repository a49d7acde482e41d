# SPDX-License-Identifier: AGPL-3.0-or-later
"""The notes of a slide, as large as there is room for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from pechakucha.ui import theme

_LINE_HEIGHT = 116
"""Per cent of the typeface's own."""

_SMALLEST, _STEP = theme.BODY, 2


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

    def show_notes(self, words: str, *, quiet: bool = False) -> None:
        """Show these, from their beginning; ``quiet`` where they only say that there are none."""
        if (words, quiet) != (self._words, self._quiet):
            self._words, self._quiet = words, quiet
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
        self.setTextColor(QColor(theme.QUIET if self._quiet else theme.TEXT))
        self.setPlainText(self._words)
        spacing = QTextBlockFormat()
        spacing.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        spacing.setBottomMargin(pixels / 3)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(spacing)
        self.document().setTextWidth(self.viewport().width())
