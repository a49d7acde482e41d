# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes to write in: saved by themselves, with what is too much for the slide's time set off."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QTextEdit, QVBoxLayout, QWidget

from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import ElidedLabel
from pechakucha.ui.key_hint import KeyHint

_PAUSE_MS = 700
"""So long after the last key, what was written is saved."""

_LONGEST_MS = 5000
"""So long after the first, however much is being written."""

OverAt = Callable[[str], int | None]
"""Where in a text the time is over."""


class NotesEditor(QWidget):
    """One slide's notes.

    Signals:
        written(str): these are the notes now.
        left(): the presenter is done.
    """

    written = Signal(str)
    left = Signal()

    def __init__(self, over_at: OverAt, texts: Texts) -> None:
        super().__init__()
        self._over_at, self._texts = over_at, texts
        self._kept = ""
        self.text = _Text()
        self.text.setAccessibleName(texts("take.edit-notes"))
        self._state = ElidedLabel(role="quiet")
        self._done = KeyHint("Esc")
        self._done.setText(texts("take.edit-done"))
        self._soon, self._latest = QTimer(self), QTimer(self)
        for timer, interval_ms in ((self._soon, _PAUSE_MS), (self._latest, _LONGEST_MS)):
            timer.setSingleShot(True)
            timer.setInterval(interval_ms)
            timer.timeout.connect(self.save)
        self.text.textChanged.connect(self._changed)
        self.text.left.connect(self.leave)
        self._done.clicked.connect(lambda _checked=False: self.leave())
        row = QHBoxLayout()
        row.addWidget(self._state, 1)
        row.addWidget(self._done)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self.text, 1)
        column.addLayout(row)

    def edit(self, notes: str) -> None:
        """Begin with these notes; what was undone before is no longer of use."""
        self.text.blockSignals(True)
        self.text.setPlainText(notes)
        self.text.blockSignals(False)
        self._kept = self.text.toPlainText()  # Qt has other blanks and line ends, which nobody wrote
        self.text.moveCursor(QTextCursor.MoveOperation.End)
        self.say("")
        self._set_off()
        self.text.setFocus()

    def say(self, words: str) -> None:
        """What has become of the last save."""
        self._state.setText(words)
        self._state.setToolTip(words)

    def save(self) -> None:
        """Hand on what is written, if anything has changed."""
        self._soon.stop()
        self._latest.stop()
        notes = self.text.toPlainText()
        if notes != self._kept:
            self._kept = notes
            self.written.emit(notes)

    def leave(self) -> None:
        """Save, and be done."""
        self.save()
        self.left.emit()

    def _changed(self) -> None:
        self.say(self._texts("take.edit-saving"))
        self._set_off()
        self._soon.start()
        if not self._latest.isActive():
            self._latest.start()

    def _set_off(self) -> None:
        """The words that come too late, quiet, with a line under the first: no part of what undo knows."""
        over_at = self._over_at(self.text.toPlainText())
        if over_at is None:
            self.text.setExtraSelections([])
            return
        late, line = _Selection(), _Selection()
        late.cursor = self._cursor(over_at, len(self.text.toPlainText()))
        late.format.setForeground(theme.QUIET)
        line.cursor = self._cursor(over_at, over_at)
        line.cursor.movePosition(QTextCursor.MoveOperation.EndOfWord, QTextCursor.MoveMode.KeepAnchor)
        line.format.setForeground(theme.DANGER)
        line.format.setUnderlineColor(theme.DANGER)
        line.format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        self.text.setExtraSelections([late, line])

    def _cursor(self, since: int, until: int) -> QTextCursor:
        """Qt counts in UTF-16."""
        text = self.text.toPlainText()
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(_units(text[:since]))
        cursor.setPosition(_units(text[:until]), QTextCursor.MoveMode.KeepAnchor)
        return cursor


class _Selection(QTextEdit.ExtraSelection):
    """With members that the type checker knows."""

    cursor: QTextCursor
    format: QTextCharFormat


class _Text(QPlainTextEdit):
    """Esc leaves it, and the Tab key goes on."""

    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFont(theme.font(theme.LARGE))
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Esc would close the window otherwise."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            event.accept()
            return
        super().keyPressEvent(event)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
