# SPDX-License-Identifier: AGPL-3.0-or-later
"""What hands do at the audience's window: nothing, but for the way to the console behind it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from pechakucha.show.hand import Hand
from pechakucha.ui.keys import ENTER, MODIFIERS, kind_of_key

_HINT_MS = 5000


class WayOut(QObject):
    """Takes what is pressed at the audience's window. Esc, then Enter, bring the console where the stage
    covers it; whoever looks for a way moves the mouse or tries a key, and is told that one.

    Signals:
        pressed(str, str): a key or the mouse was pressed: what, and why it was refused or "".
        console_wanted(): the console is to come before the stage.
        changed(): other words are to be seen, or none.
    """

    pressed = Signal(str, str)
    console_wanted = Signal()
    changed = Signal()

    def __init__(self, now_ns: Callable[[], int], parent: QObject) -> None:
        """``now_ns`` is the run's clock."""
        super().__init__(parent)
        self._now_ns = now_ns
        self._hand = Hand()
        self._escaped = False
        """Whether Esc was pressed, so that Enter brings the console."""
        self._hinting = QTimer(self)
        self._hinting.setSingleShot(True)
        self._hinting.setInterval(_HINT_MS)
        self._hinting.timeout.connect(self._end_hint)

    @property
    def code(self) -> str | None:
        """The code of the sentence to be seen now, None for none."""
        if not self._hinting.isActive():
            return None
        return "stage.console-hint" if self._escaped else "stage.console-way"

    def hint(self) -> None:
        """Tell for a while how the console comes."""
        if self._escaped:
            return  # what Enter does must not be put off by a mouse that moves
        was_seen = self._hinting.isActive()
        self._hinting.start()
        if not was_seen:
            self.changed.emit()

    def key(self, event: QKeyEvent, *, covers: bool) -> bool:
        """Take a key; ``covers`` is whether the stage fills a screen. False where it does nothing here."""
        if event.isAutoRepeat() or event.key() in MODIFIERS:
            return True  # that is no press
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.NoModifier
        if covers and plain and event.key() == Qt.Key.Key_Escape:
            self._ask_for_console()
        elif plain and event.key() in ENTER and self._escaped:
            self._bring_console()
        else:
            self._refuse(kind_of_key(event.key()))
            return False
        return True

    def click(self) -> None:
        """Take a click, which does nothing here either."""
        self._refuse("stage-click")

    def _ask_for_console(self) -> None:
        """Esc: say how the console comes, which a second press must decide."""
        self._hinting.start()
        if self._escaped:
            self.pressed.emit("console-hint", "no-use")
            return
        self._escaped = True
        self._hand.change("console-forward", self._now_ns())
        self.pressed.emit("console-hint", "")
        self.changed.emit()

    def _bring_console(self) -> None:
        objection = self._hand.objection("console-forward", now_ns=self._now_ns(), decides=True)
        if objection is not None:
            self._refuse("console-forward", objection.code)
            return
        self._hinting.stop()
        self._end_hint()
        self.pressed.emit("console-forward", "")
        self.console_wanted.emit()

    def _end_hint(self) -> None:
        self._escaped = False
        self.changed.emit()

    def _refuse(self, what: str, why: str = "no-use") -> None:
        self._hand.refuse(what, self._now_ns())
        self.pressed.emit(what, why)
