# SPDX-License-Identifier: AGPL-3.0-or-later
"""What could not be read or kept, or where something was saved, until somebody has seen it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, label, set_tone


class TroubleStrip(QFrame):
    """One sentence, and a button to put it away."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setProperty("role", "strip")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._mark, self._words = label("attention"), label(wraps=True)
        self._mark.setText("▲")
        dismiss = CommandButton()
        dismiss.setProperty("form", "small")
        dismiss.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        dismiss.setText(texts("rehearsal.dismiss"))
        dismiss.clicked.connect(lambda _checked=False: self.hide())
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * theme.GRID, theme.GRID, 3 * theme.GRID, theme.GRID)
        row.setSpacing(theme.GRID)
        row.addWidget(self._mark)
        row.addWidget(self._words, 1)
        row.addWidget(dismiss)
        self.hide()

    @property
    def words(self) -> str:
        """What is said, "" for nothing."""
        return "" if self.isHidden() else self._words.text()

    def say(self, words: str, *, calm: bool = False) -> None:
        """Say this; ``calm`` where nothing went wrong."""
        self._words.setText(words)
        self._mark.setVisible(not calm)
        set_tone(self, "calm" if calm else "")
        self.show()

    def give_way(self) -> None:
        """Something else begins: what only had to be known is gone, what went wrong stays."""
        if self.property("tone") == "calm":
            self.hide()
