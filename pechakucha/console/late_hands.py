# SPDX-License-Identifier: AGPL-3.0-or-later
"""What hands do in the rundown: keys and clicks become changes, wishes and questions, or are refused."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pechakucha.console.late_keys import REDO, WORDS
from pechakucha.console.rundown_view import RundownView
from pechakucha.console.session import Session
from pechakucha.console.talk_actions import (
    MOVES,
    WISHES,
    TalkAction,
    TalkActions,
    action_on,
    objection_to,
    question_on,
)
from pechakucha.show.hand import Hand
from pechakucha.show.rules import Refusal

_ACTIONS = "talk-actions"
"""What a hand meets below the rundown."""


class LateHands(QObject):
    """Takes what is pressed for the talk selected; the hand is the console's one hand.

    Signals:
        asked(object): this Question is to be answered first.
        refused(str, str): what was pressed does nothing, and why, by their names.
        wished(object, object): a TalkAction that needs to know more, and the id of the talk or None.
        objected(object): the Refusal of a change of the rundown.
        undo_asked(), redo_asked(): the last change is to be taken back, or made again.
        words_asked(): words are to be written for the stage.
    """

    asked = Signal(object)
    refused = Signal(str, str)
    wished = Signal(object, object)
    objected = Signal(object)
    undo_asked = Signal()
    redo_asked = Signal()
    words_asked = Signal()

    def __init__(
        self, session: Session, rundown: RundownView, actions: TalkActions, hand: Hand, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._rundown, self._hand = session, rundown, hand
        self.actions = actions
        self.is_asked = False
        """Whether a question is open, which goes first."""
        actions.pressed.connect(self._click)
        actions.refused.connect(self._click_in_vain)

    def notice(self, now_ns: int) -> None:
        """What a click would do from now on."""
        self._hand.notice(_ACTIONS, self.actions.shown, now_ns)

    def act(self, wanted: TalkAction | str, place: str = "") -> None:
        """A change of the rundown, or what comes close to one.

        ``place`` is where it was clicked, "" for a key or an entry of the menu.
        """
        if isinstance(wanted, TalkAction) and wanted is not TalkAction.UNDO:
            self._act_on_talk(wanted, place)
            return
        objection = (Refusal("question-open") if self.is_asked else None) or self._hand.objection(
            wanted, place, now_ns=self._session.now_ns(), decides=True
        )
        if objection is not None:
            self._object("message" if wanted == WORDS else str(wanted), objection)
            return
        self._hand.change(str(wanted), self._session.now_ns())
        if wanted == WORDS:
            self.words_asked.emit()
        elif wanted == REDO:
            self.redo_asked.emit()
        else:
            self.undo_asked.emit()

    def _click(self, wanted: TalkAction) -> None:
        self.act(wanted, _ACTIONS)

    def _click_in_vain(self, wanted: TalkAction) -> None:
        run, talk = self._session.run, self._rundown.selected_talk()
        refused = objection_to(run, talk, wanted, self._session.now_ns()) if run else None
        if wanted is TalkAction.UNDO:
            refused = Refusal("nothing-to-undo")
        self._object(_name_of(wanted), refused or Refusal("too-quick"))

    def _act_on_talk(self, wanted: TalkAction, place: str = "") -> None:
        run, talk, now_ns = self._session.run, self._rundown.selected_talk(), self._session.now_ns()
        name = _name_of(wanted)
        if run is None:
            self.refused.emit(name, "no-stage")
            return
        question = question_on(run, talk, wanted, now_ns) if talk is not None else None
        refused = (
            (Refusal("question-open") if self.is_asked else None)
            or objection_to(run, talk, wanted, now_ns)
            or self._hand.objection(name, place, now_ns=now_ns, decides=question is None)
        )
        if refused is not None:
            self._object(name, refused)
        elif wanted in WISHES:
            self._hand.change(name, now_ns)
            self.wished.emit(wanted, talk)
        elif question is not None:
            self.asked.emit(question)
        elif talk is None or (action := action_on(run, talk, wanted)) is None:
            self.refused.emit(name, "nothing-to-do")
        elif not self._session.send(action):
            self.refused.emit(name, "no-stage")
        elif run.on_stage is not None:
            self._hand.change(name, now_ns)  # a burst must not go through the rundown

    def _object(self, name: str, refused: Refusal) -> None:
        """A change of the rundown that is not made says why, unless a hand was only too quick."""
        self.refused.emit(name, refused.code)
        if refused.code != "too-quick":
            self.objected.emit(refused)


def _name_of(wanted: TalkAction) -> str:
    """As it is recorded: moves are one thing, and so is whatever becomes another talk."""
    if wanted in MOVES:
        return "move"
    return "replace" if wanted in WISHES - {TalkAction.ADD} else str(wanted)
