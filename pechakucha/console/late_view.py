# SPDX-License-Identifier: AGPL-3.0-or-later
"""Below the rundown: what has become of a change, and the decks that are on their way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, ElidedLabel, label, set_tone

if TYPE_CHECKING:
    from pechakucha.console.late_decks import Late

_SAID_MS = 12_000
"""How long it is said what has become of a change."""


class LateView(QFrame):
    """Gone while there is nothing to say and no deck on its way.

    Signals:
        cancel_asked(str): the deck of the talk with this id is not wanted any more.
    """

    cancel_asked = Signal(str)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.setProperty("role", "strip")
        self.setProperty("tone", "calm")
        self._words = label("attention", pixels=15, wraps=True)
        self._rows: dict[str, _Row] = {}
        self._saying = QTimer(self)
        self._saying.setSingleShot(True)
        self._saying.setInterval(_SAID_MS)
        self._saying.timeout.connect(lambda: self.say(""))
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, theme.GRID)
        column.setSpacing(theme.GRID)
        column.addWidget(self._words)
        self.say("")

    def say(self, words: str, *, wrong: bool = False) -> None:
        """Say this for a while; ``wrong`` is for what did not become what was wanted."""
        self._words.setText(words)
        self._words.setVisible(bool(words))
        for part in (self, self._words):
            set_tone(part, "" if wrong else "calm")
        if words:
            self._saying.start()
        self._show()

    def show_coming(self, coming: tuple[Late, ...]) -> None:
        """The decks on their way, and how far each is."""
        ids = [late.talk.id for late in coming]
        for talk in [each for each in self._rows if each not in ids]:
            row = self._rows.pop(talk)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for late in coming:
            if late.talk.id not in self._rows:
                self._rows[late.talk.id] = row = _Row(late.talk.city, self._texts)
                row.cancel.clicked.connect(
                    lambda _checked=False, talk=late.talk.id: self.cancel_asked.emit(talk)
                )
                self._column.addWidget(row)
            self._rows[late.talk.id].show_late(late)
        self._show()

    def _show(self) -> None:
        self.setVisible(bool(self._rows) or bool(self._words.text()))


class _Row(QWidget):
    """One deck: its city, how far it is, and the way to give it up."""

    def __init__(self, city: str, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._city = ElidedLabel(bold=True)
        self._city.setText(city)
        self._state = label("quiet", pixels=theme.SMALL)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(city)
        self.cancel = CommandButton()
        self.cancel.setProperty("form", "small")
        self.cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cancel.setText(texts("console.cancel"))
        self.cancel.setAccessibleName(texts("late.cancel", city=city))
        self.cancel.setToolTip(texts("late.cancel", city=city))
        words = QHBoxLayout()
        words.addWidget(self._city, 1)
        words.addWidget(self._state)
        left = QVBoxLayout()
        left.setSpacing(theme.GRID // 2)
        left.addLayout(words)
        left.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * theme.GRID)
        row.addLayout(left, 1)
        row.addWidget(self.cancel)

    def show_late(self, late: Late) -> None:
        known = late.total > 0
        self._bar.setRange(0, late.total if known else 1)
        self._bar.setValue(late.done)
        self._state.setText(
            self._texts("console.slides-done", done=late.done, total=late.total)
            if known
            else self._texts("decks.working")
        )
