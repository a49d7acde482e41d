# SPDX-License-Identifier: AGPL-3.0-or-later
"""The strip above the commands: one line about what needs somebody."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout

from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, label, let_go, set_tone


class Strip(QFrame):
    """One line about what is wrong or what is ready; gone while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "strip")
        self._words = label("attention", wraps=True)
        self._button = CommandButton()
        self._button.setProperty("form", "small")
        self._button.hide()
        self._button.clicked.connect(lambda _checked=False: self._action())
        self._action: Callable[[], object] = lambda: None
        self._keeps = False
        self._also = CommandButton()
        self._also.setProperty("form", "small")
        self._also.hide()
        self._row = row = QHBoxLayout(self)
        row.setSpacing(2 * theme.GRID)
        row.addWidget(self._words, 1)
        row.addWidget(self._also)
        row.addWidget(self._button)
        self.set_narrow(narrow=False)
        self.hide()

    def set_narrow(self, *, narrow: bool) -> None:
        """Choose the form."""
        margin = (2 if narrow else 3) * theme.GRID
        self._row.setContentsMargins(margin, theme.GRID, margin, theme.GRID)

    def say(self, words: str) -> None:
        """Say this, or nothing; a report that is offered stays."""
        if self._keeps:
            return
        self._set_words(words)
        let_go(self._button)
        self._button.hide()
        self.setVisible(bool(words))

    def offer(
        self,
        words: str,
        button: str,
        action: Callable[[], object],
        *,
        keep: bool = False,
        calm: bool = False,
    ) -> None:
        """Say this beside a button; with ``keep`` nothing takes it away any more, ``calm`` is for what
        is no trouble.
        """
        if self._keeps:
            return
        self._keeps = keep
        self._action = action
        self._set_words(words, calm=calm)
        self._button.setText(button)
        self._button.show()
        self.show()

    def offer_also(self, button: str, action: Callable[[], object]) -> None:
        """A second button beside what is offered for good."""
        self._also.setText(button)
        self._also.clicked.connect(lambda _checked=False: action())
        self._also.show()

    def _set_words(self, words: str, *, calm: bool = False) -> None:
        self._words.setText(words)
        for part in (self, self._words):
            set_tone(part, "calm" if calm else "")
