# SPDX-License-Identifier: AGPL-3.0-or-later
"""Below the slide: the one thing to do now, and why."""

from __future__ import annotations

import enum

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, label

_HEIGHT = 48


class Offer(enum.Enum):
    """What can be offered."""

    START = enum.auto()
    AGAIN = enum.auto()
    GO_ON = enum.auto()
    START_AT = enum.auto()


class ActionRow(QWidget):
    """Always of the same height, so that nothing moves.

    Signals:
        pressed(Offer): the button was pressed.
    """

    pressed = Signal(object)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.setFixedHeight(_HEIGHT)
        self._words = label("quiet", wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * theme.GRID)
        space, enter = texts("console.key-space"), texts("console.key-enter")
        self._buttons = {
            Offer.START: self._button(space, "console.start"),
            Offer.AGAIN: self._button(space, "rehearsal.again"),
            Offer.GO_ON: self._button("P", "rehearsal.go-on"),
            Offer.START_AT: self._button(enter, "rehearsal.start-at", number=0),
        }
        for button in self._buttons.values():
            row.addWidget(button)
        row.addWidget(self._words, 1)
        self.offer(None, "")

    def offer(self, offer: Offer | None, words: str, *, number: int = 0, possible: bool = True) -> None:
        """Offer this, with these words beside it.

        Args:
            offer: None for nothing.
            words: "" for none.
            number: of the slide that ``START_AT`` is about, counted from 1.
            possible: whether pressing it would be of use now.
        """
        if offer is Offer.START_AT:
            self._buttons[offer].setText(self._texts("rehearsal.start-at", number=number))
        for each, button in self._buttons.items():
            button.setVisible(each is offer)
            button.setEnabled(possible)
        self._words.setText(words)

    def flash(self) -> None:
        """Let the button be seen to refuse."""
        for button in self._buttons.values():
            button.flash()

    @property
    def offered(self) -> Offer | None:
        """What is offered now."""
        return next((each for each, button in self._buttons.items() if not button.isHidden()), None)

    @property
    def words(self) -> str:
        """What stands beside it."""
        return self._words.text()

    def _button(self, key: str, code: str, **params: int) -> CommandButton:
        button = CommandButton(key, "primary")
        button.setText(self._texts(code, **params))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.clicked.connect(lambda _checked=False: self._say_pressed(button))
        button.hide()
        return button

    def _say_pressed(self, button: CommandButton) -> None:
        self.pressed.emit(next(each for each, other in self._buttons.items() if other is button))
