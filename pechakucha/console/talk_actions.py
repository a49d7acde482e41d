# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be done with the talk that is selected in the rundown."""

from __future__ import annotations

import enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pechakucha.console.questions import Choice, Question
from pechakucha.show import cues
from pechakucha.show.cues import Action
from pechakucha.show.rules import Refusal, refusal
from pechakucha.show.run import Run
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, let_go


class TalkAction(enum.StrEnum):
    """The buttons below the rundown."""

    EARLIER = "earlier"
    LATER = "later"
    NO_SHOW = "no-show"
    PUT_BACK = "put-back"


MOVES = frozenset({TalkAction.EARLIER, TalkAction.LATER})
"""These ask nothing, for a talk can be moved back."""


def action_on(run: Run, talk: str, wanted: TalkAction) -> Action | None:
    """The action on this talk, None where there is no place to move it to."""
    ids = [turn.talk.id for turn in run.turns]
    if talk not in ids:
        return None
    at = ids.index(talk)
    match wanted:
        case TalkAction.EARLIER:
            return cues.Move(talk, ids[at - 1]) if at > 0 else None
        case TalkAction.LATER:
            if at + 1 >= len(ids):
                return None
            return cues.Move(talk, ids[at + 2] if at + 2 < len(ids) else None)
        case TalkAction.NO_SHOW:
            return cues.NoShow(talk)
        case TalkAction.PUT_BACK:
            return cues.PutBack(talk)


def question_on(run: Run, talk: str, wanted: TalkAction) -> Question | None:
    """The question before it is done, None where it is done at once."""
    action = action_on(run, talk, wanted)
    turn = run.turn(talk)
    if action is None or turn is None or wanted in MOVES:
        return None
    choice = Choice(f"console.do-{wanted}", action)
    return Question(f"console.ask-{wanted}", (choice,), {"city": turn.talk.city})


def objection_to(run: Run, talk: str, wanted: TalkAction, now_ns: int) -> Refusal | None:
    """Why it can't be done now. Talks are moved between talks only."""
    action = action_on(run, talk, wanted)
    if action is None:
        return Refusal("nothing-to-do")
    if wanted in MOVES and run.on_stage is not None:
        return Refusal("talk-on-stage")
    return refusal(run, action, now_ns)


class TalkActions(QWidget):
    """The buttons; only those that are possible for the selected talk are enabled.

    Signals:
        pressed(TalkAction): one was clicked.
        refused(TalkAction): one was clicked that is not possible.
    """

    pressed = Signal(object)
    refused = Signal(object)

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, 2 * theme.GRID)
        row.setSpacing(theme.GRID)
        self._buttons: dict[TalkAction, CommandButton] = {}
        for wanted in TalkAction:
            button = CommandButton()
            button.setProperty("form", "small")
            button.setText(texts(f"console.{wanted}-short"))
            button.setToolTip(texts(f"console.{wanted}-tip"))
            button.setAccessibleName(texts(f"console.{wanted}-tip"))
            button.clicked.connect(lambda _checked=False, each=wanted: self.pressed.emit(each))
            button.refused.connect(lambda each=wanted: self.refused.emit(each))
            self._buttons[wanted] = button
            row.addWidget(button)
        row.addStretch(1)

    @property
    def shown(self) -> frozenset[TalkAction]:
        """What is seen."""
        return frozenset(each for each, button in self._buttons.items() if not button.isHidden())

    def show_state(self, run: Run, talk: str | None, now_ns: int) -> None:
        """Offer what is possible for the selected talk."""
        self.setVisible(talk is not None)
        for wanted, button in self._buttons.items():
            possible = talk is not None and objection_to(run, talk, wanted, now_ns) is None
            if not possible:
                let_go(button)
            button.setEnabled(possible)
            # Of these two only one can be possible; together they would not fit.
            if wanted in (TalkAction.NO_SHOW, TalkAction.PUT_BACK):
                button.setVisible(possible)
