# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be done with the talk that is selected in the rundown, and with the rundown."""

from __future__ import annotations

import enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pechakucha.console.no_show import no_show_question
from pechakucha.console.questions import Choice, Question
from pechakucha.show import cues
from pechakucha.show.changes import Change
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
    WITHDRAW = "withdraw"
    UNDO = "undo"
    DECK = "deck"
    SLIDES = "slides"
    PAUSE = "pause"
    ADD = "add"


MOVES = frozenset({TalkAction.EARLIER, TalkAction.LATER})
"""These ask nothing, for a talk can be moved back."""

WISHES = frozenset({TalkAction.DECK, TalkAction.SLIDES, TalkAction.PAUSE, TalkAction.ADD})
"""These need to know more before they change anything."""

_ROWS = (
    (
        TalkAction.EARLIER,
        TalkAction.LATER,
        TalkAction.NO_SHOW,
        TalkAction.PUT_BACK,
        TalkAction.WITHDRAW,
        None,
        TalkAction.UNDO,
    ),
    (TalkAction.DECK, TalkAction.SLIDES, TalkAction.PAUSE, None, TalkAction.ADD),
)
"""How the buttons lie; None is room."""


def action_on(run: Run, talk: str, wanted: TalkAction) -> Action | None:
    """The action on this talk, None where there is no place to move it to, or more has to be known."""
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
        case TalkAction.WITHDRAW:
            return cues.Withdraw(talk)
    return None


def question_on(run: Run, talk: str, wanted: TalkAction, now_ns: int) -> Question | None:
    """The question before it is done, None where it is done at once."""
    action = action_on(run, talk, wanted)
    turn = run.turn(talk)
    if action is None or turn is None or wanted in MOVES:
        return None
    if wanted is TalkAction.NO_SHOW:
        return no_show_question(run, talk, now_ns)
    choice = Choice(f"console.do-{wanted}", action)
    return Question(f"console.ask-{wanted}", (choice,), {"city": turn.talk.city})


def objection_to(run: Run, talk: str | None, wanted: TalkAction, now_ns: int) -> Refusal | None:
    """Why it can't be done now."""
    if wanted is TalkAction.ADD:
        return Refusal("run-ended") if run.ended_ns is not None else None
    turn = run.turn(talk) if talk is not None else None
    if turn is None:
        return Refusal("no-talk-selected")
    if wanted in WISHES:
        return refusal(run, cues.Replace(turn.talk), now_ns)
    action = action_on(run, turn.talk.id, wanted)
    if action is None:
        # Also where it could go nowhere: that it is on stage is the better reason.
        return refusal(run, cues.Move(turn.talk.id), now_ns) or Refusal("same-place")
    return move_objection(run, action) or refusal(run, action, now_ns)


def move_objection(run: Run, action: Action) -> Refusal | None:
    """Before the talk that is on stage nothing comes any more."""
    staged = run.on_stage
    if staged is None or not isinstance(action, cues.Move) or action.before != staged.talk.id:
        return None
    return Refusal("on-stage-already", {"city": staged.talk.city})


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
        self._texts = texts
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * theme.GRID, theme.GRID, 2 * theme.GRID, 2 * theme.GRID)
        column.setSpacing(theme.GRID)
        self._buttons: dict[TalkAction, CommandButton] = {}
        for places in _ROWS:
            row = QHBoxLayout()
            row.setSpacing(theme.GRID)
            for wanted in places:
                if wanted is None:
                    row.addStretch(1)
                else:
                    row.addWidget(self._make(wanted))
            column.addLayout(row)

    @property
    def shown(self) -> frozenset[TalkAction]:
        """What is seen."""
        return frozenset(each for each, button in self._buttons.items() if not button.isHidden())

    def show_state(self, run: Run, talk: str | None, now_ns: int, undo: Change | None) -> None:
        """Offer what is possible for the selected talk; ``undo`` is the change that would be taken back."""
        possible = {
            wanted: undo is not None
            if wanted is TalkAction.UNDO
            else objection_to(run, talk, wanted, now_ns) is None
            for wanted in TalkAction
        }
        for wanted, button in self._buttons.items():
            if not possible[wanted]:
                let_go(button)
            button.setEnabled(possible[wanted])
        # Of these two only one can be possible; together they would not fit.
        back = possible[TalkAction.PUT_BACK]
        self._buttons[TalkAction.PUT_BACK].setVisible(back)
        self._buttons[TalkAction.NO_SHOW].setVisible(not back)
        tip = self._texts("console.undo-tip")
        if undo is not None:
            what = self._texts(f"change.{undo.kind}", city=undo.city)
            tip = self._texts("console.undo-what", what=what)
        self._buttons[TalkAction.UNDO].setToolTip(tip)
        self._buttons[TalkAction.UNDO].setAccessibleName(tip)

    def _make(self, wanted: TalkAction) -> CommandButton:
        button = CommandButton()
        button.setProperty("form", "small")
        button.setText(self._texts(f"console.{wanted}-short"))
        button.setToolTip(self._texts(f"console.{wanted}-tip"))
        button.setAccessibleName(self._texts(f"console.{wanted}-tip"))
        button.clicked.connect(lambda _checked=False: self.pressed.emit(wanted))
        button.refused.connect(lambda: self.refused.emit(wanted))
        self._buttons[wanted] = button
        return button
