# SPDX-License-Identifier: AGPL-3.0-or-later
"""The code with which presenters elsewhere run along with the talk on stage, to read and to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from pechakucha.show.run import Run
from pechakucha.show.run_along import UNIT_NS, RunAlong, encode, run_along_of
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui.controls import let_go
from pechakucha.ui.key_hint import KeyHint

CODE_KEY = Qt.Key.Key_C
"""Copies the code; the one thing beside black that a key does at once in a talk, and it changes nothing."""

_SAID_NS = 2 * NS
"""How long it is said that the code is copied."""


class CodeView(KeyHint):
    """The key, the code and nothing else; gone where there is nothing to run along with.

    That is between talks, while time stands still, and in a dry run (``show.run_along``).
    """

    def __init__(self, texts: Texts) -> None:
        super().__init__(CODE_KEY.name.removeprefix("Key_"))
        self._texts = texts
        self._narrow = False
        self._told: RunAlong | None = None
        self.code = ""
        """As it is now, "" for none."""
        self._copied_ns: int | None = None
        self.setProperty("form", "small")
        self.setAccessibleName(texts("console.copy-code"))
        self.hide()

    def set_narrow(self, *, narrow: bool) -> None:
        """In the narrow form there is no room for the code itself."""
        self._narrow = narrow

    def show_state(self, run: Run, now_ns: int, wall_ns: int) -> None:
        """Bring it up to date; times in nanoseconds, of the run's clock and since the Unix epoch."""
        told = run_along_of(run, now_ns, wall_ns)
        if not _is_same(told, self._told):
            self._told = told
            self.code = encode(told.talk, told.start_wall_ns, told.seconds) if told else ""
            self._copied_ns = None
            self.setToolTip(self._texts("console.copy-code-tip", letters=self.code))
        if not self.code:
            let_go(self)
        self.setText(self._words(now_ns))
        self.setVisible(bool(self.code))

    def copy(self, now_ns: int) -> bool:
        """Put the code on the clipboard; False where there is none."""
        if not self.code:
            return False
        QGuiApplication.clipboard().setText(self.code)
        self._copied_ns = now_ns
        self.setText(self._words(now_ns))
        return True

    def _words(self, now_ns: int) -> str:
        if self._copied_ns is not None and now_ns - self._copied_ns < _SAID_NS:
            return self._texts("console.code-copied")
        return (
            self._texts("console.code") if self._narrow else self._texts("console.code-is", letters=self.code)
        )


def _is_same(one: RunAlong | None, other: RunAlong | None) -> bool:
    """Whether both are the same start: a wall clock that is slewed makes no other code each time."""
    if one is None or other is None:
        return one is other
    return one.talk == other.talk and abs(one.start_wall_ns - other.start_wall_ns) < UNIT_NS
