# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the moderator writes one line to whoever presents, and sees what stands there."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pechakucha.show.moderator_line import LONGEST
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, ElidedLabel, label, let_go, set_tone
from pechakucha.ui.key_hint import KeyHint
from pechakucha.ui.keys import ENTER

LINE_KEY = Qt.Key.Key_L
"""Opens the sheet, which changes nothing for the audience."""

_READY_MADE = ("line.louder", "line.slower", "line.closer", "line.minute", "line.good")
_ROOM = 2 * theme.GRID


class LineSheet(QFrame):
    """Closed it is one row that says what stands there, or nothing at all; open there is a field.

    Signals:
        said(str): these words are to stand there, "" for none.
        open_asked(): the row was clicked.
    """

    said = Signal(str)
    open_asked = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._words = ""
        self._open = False
        self._before: QWidget | None = None
        """What had the focus before the sheet was opened."""
        self._narrow = False
        self.setProperty("role", "strip")
        set_tone(self, "calm")
        self._stands = ElidedLabel(bold=True)
        self._change = KeyHint(LINE_KEY.name.removeprefix("Key_"))
        self._change.setText(texts("line.change"))
        self._change.clicked.connect(lambda _checked=False: self.open_asked.emit())
        self._hint = label("quiet", wraps=True)
        self.field = _Field()
        self.field.setPlaceholderText(texts("line.placeholder"))
        self.field.setAccessibleName(texts("line.name"))
        self.field.suggestions = [texts(code) for code in _READY_MADE]
        self.field.entered.connect(lambda: self._say(self.field.text()))
        self.field.left.connect(self.close_sheet)
        self._send = self._button("line.send", texts("console.key-enter"))
        self._send.clicked.connect(lambda _checked=False: self._say(self.field.text()))
        self._away = self._button("line.take-away")
        self._away.clicked.connect(lambda _checked=False: self._say(""))
        self._back = self._button("console.go-back", "Esc")
        self._back.clicked.connect(lambda _checked=False: self.close_sheet())
        self._ready = [self._ready_made(code) for code in _READY_MADE]
        self._opened = QWidget()
        self._build()
        self._show_form()

    @property
    def is_open(self) -> bool:
        """Whether the field is there."""
        return self._open

    def takes_keys(self, watched: QObject) -> bool:
        """Whether a key that goes to ``watched`` is this sheet's alone."""
        return self._open and isinstance(watched, QWidget) and (watched is self or self.isAncestorOf(watched))

    def open_sheet(self) -> None:
        """Show the field with what stands there, ready to be replaced."""
        if not self._open:
            self._open = True
            self._before = QApplication.focusWidget()
            self.field.setText(self._words)
        self._show_form()
        self.field.selectAll()
        self.field.setFocus()

    def close_sheet(self) -> None:
        """Leave everything as it is."""
        self._open = False
        for button in (self._send, self._away, self._back, *self._ready):
            let_go(button)
        self.field.clearFocus()
        # Back to the list, but to no button: that would be under Enter.
        before, self._before = self._before, None
        if before is not None and before.isVisible() and not isinstance(before, CommandButton):
            before.setFocus()
        self._show_form()

    def set_narrow(self, *, narrow: bool) -> None:
        """Choose the form."""
        self._narrow = narrow
        margin = (2 if narrow else 3) * theme.GRID
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(margin, theme.GRID, margin, theme.GRID)
        for place, button in enumerate(self._ready):
            self._grid.addWidget(button, place // 3 if narrow else 0, place % 3 if narrow else place)
        self._hint.setVisible(not narrow)
        self._back.setVisible(not narrow)

    def show_state(self, words: str, *, is_seen: bool) -> None:
        """What stands there now, and whether the presenter's view is on any screen."""
        self._hint.setText(self._texts("line.only-there" if is_seen else "line.not-seen"))
        self._hint.setProperty("role", "quiet" if is_seen else "attention")
        if words != self._words:
            self._words = words
            self._show_form()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """What the field and the buttons leave over is nobody else's: Space starts no talk from here."""
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self.close_sheet()
        event.accept()

    def _say(self, words: str) -> None:
        words = words.strip()
        self.close_sheet()
        if words or self._words:
            self.said.emit(words)

    def _show_form(self) -> None:
        self._stands.setText(self._texts("line.stands", words=self._words) if self._words else "")
        self._row.setVisible(not self._open)
        self._opened.setVisible(self._open)
        self._away.setVisible(bool(self._words))
        self.setVisible(self._open or bool(self._words))

    def _button(self, code: str, key: str = "") -> CommandButton:
        made = CommandButton(key)
        made.setProperty("form", "small")
        made.setText(self._texts(code))
        return made

    def _ready_made(self, code: str) -> CommandButton:
        words = self._texts(code)
        made = self._button(code)
        made.clicked.connect(lambda _checked=False: self._say(words))
        return made

    def _build(self) -> None:
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_ROOM)
        row.addWidget(self._stands, 1)
        row.addWidget(self._change)
        entry = QHBoxLayout()
        entry.setSpacing(theme.GRID)
        entry.addWidget(self.field, 1)
        for button in (self._send, self._away, self._back):
            entry.addWidget(button)
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.GRID)
        ready = QHBoxLayout()
        ready.setSpacing(_ROOM)
        ready.addLayout(self._grid)
        ready.addWidget(self._hint, 1)
        opened = QVBoxLayout(self._opened)
        opened.setContentsMargins(0, 0, 0, 0)
        opened.setSpacing(theme.GRID)
        opened.addLayout(entry)
        opened.addLayout(ready)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addWidget(self._row)
        column.addWidget(self._opened)
        self.set_narrow(narrow=False)


class _Field(QLineEdit):
    """One line; Enter, Esc and the arrows up and down are told.

    Signals:
        entered(): Enter.
        left(): Esc.
    """

    entered = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.suggestions: list[str] = []
        """Through which the arrows step."""
        self.setMaxLength(LONGEST)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """The key that opened the sheet may still be held down; that writes nothing."""
        key = event.key()
        if event.isAutoRepeat() and (
            key in (Qt.Key.Key_Escape, *ENTER) or self.selectedText() == self.text()
        ):
            event.accept()
        elif key in ENTER:
            self.entered.emit()
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        """The next of what is said often."""
        if not self.suggestions:
            return
        now = self.text()
        at = self.suggestions.index(now) + by if now in self.suggestions else (0 if by > 0 else -1)
        self.setText(self.suggestions[at % len(self.suggestions)])
        self.selectAll()
