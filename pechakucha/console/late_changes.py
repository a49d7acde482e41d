# SPDX-License-Identifier: AGPL-3.0-or-later
"""Late changes: from what somebody wants of the rundown while the run goes on to the cue that does it."""

from __future__ import annotations

import gc
import importlib
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu, QWidget

from pechakucha.console.history import History
from pechakucha.console.late_dialog import LateDialog, PauseDialog, WordsDialog, open_dialog
from pechakucha.console.late_hands import LateHands
from pechakucha.console.late_view import LateView
from pechakucha.console.rundown_view import RundownView
from pechakucha.console.session import Session
from pechakucha.console.talk_actions import TalkAction, move_objection, objection_to
from pechakucha.show import cues
from pechakucha.show.changes import Change
from pechakucha.show.cues import Action, Cue
from pechakucha.show.rules import Refusal, refusal
from pechakucha.show.run import Run
from pechakucha.show.snapshot import SnapshotTalk
from pechakucha.texts import Texts

if TYPE_CHECKING:
    from pechakucha.console.deck_changes import DeckChanges
    from pechakucha.console.deck_work import ImportShow
    from pechakucha.console.late_decks import LateDecks


_LOAD_MS = 4000
"""So long after the stage is there; the one that stands by is loaded by then."""


class LateChanges(QObject):
    """Asks what has to be known, sends the cue that does it, says what has become of it.

    Everything is checked by the rules of the run at the very moment it would happen. What concerns decks
    is in ``deck_changes``, which is loaded a little later: a console that comes back to a running stage
    must be there at once, and one in which a first deck comes late must not stand still meanwhile.
    """

    def __init__(
        self,
        session: Session,
        view: LateView,
        texts: Texts,
        window: QWidget,
        *,
        importing: Callable[[], ImportShow] | None = None,
    ) -> None:
        """
        Args:
            session: the run.
            view: where it is said what has become of a change.
            texts: the language.
            window: the console.
            importing: makes what imports a deck; None where none can be imported.
        """
        super().__init__(window)
        self._session, self._view, self._texts, self._window = session, view, texts, window
        self._importing = importing
        self._deck_changes: DeckChanges | None = None
        self._loading = QTimer(self)
        self._loading.setSingleShot(True)
        self._loading.setInterval(_LOAD_MS)
        self._loading.timeout.connect(_load_ahead)
        if importing is not None:
            session.greeted.connect(lambda _greeting: self._loading.start())
        self.history = History()
        session.greeted.connect(lambda greeting: self.history.begin(greeting.snapshot, greeting.cues))
        session.cued.connect(self._notice)
        session.turned_down.connect(self.history.give_up)
        session.stage_changed.connect(lambda _there: self.history.give_up())

    def listen_to(self, hands: LateHands, rundown: RundownView) -> None:
        """Do what keys and clicks want, and what is dropped onto the rundown."""
        hands.wished.connect(self.wish)
        hands.objected.connect(self.say_refused)
        hands.undo_asked.connect(self.undo)
        hands.redo_asked.connect(self.redo)
        hands.words_asked.connect(self.ask_words)
        rundown.dropped.connect(self.take_files)
        rundown.moved.connect(self.move)
        rundown.menu_asked.connect(lambda talk, place: self.menu(talk, place, hands.act))

    def close(self) -> None:
        """Nothing more is imported."""
        self._loading.stop()
        if self._deck_changes is not None:
            self._deck_changes.close()

    @property
    def decks(self) -> LateDecks | None:
        """The decks on their way, None before the first."""
        return self._deck_changes.decks if self._deck_changes else None

    # What is wanted

    def wish(self, wanted: TalkAction, talk: str | None) -> None:
        """What needs to know more: ask for it. ``talk`` is the one selected."""
        run = self._session.run
        turn = run.turn(talk) if run is not None and talk is not None else None
        if turn is not None and wanted is TalkAction.PAUSE:
            self._ask_pause(turn.talk)
        elif (changes := self._for_decks()) is None:
            self.say_refused(Refusal("no-import"))
        elif wanted is TalkAction.ADD:
            changes.ask_city()
        elif turn is not None and wanted is TalkAction.DECK:
            changes.ask_deck(turn.talk)
        elif turn is not None and turn.talk.deck:
            changes.choose_slides(turn.talk)

    def take_files(self, talk: str | None, files: list[Path]) -> None:
        """Files were dropped: onto a talk, whose deck the first becomes, or where no talk is."""
        run = self._session.run
        if run is None or not files:
            return
        turn = run.turn(talk) if talk is not None else None
        refused = objection_to(run, talk, TalkAction.DECK, self._session.now_ns()) if turn else None
        changes = self._for_decks()
        if refused is not None or changes is None:
            self.say_refused(refused or Refusal("no-import"))
        elif turn is None:
            changes.ask_city(files[0])
        else:
            changes.replace(turn.talk, str(files[0]))

    def move(self, talk: str, before: str | None) -> None:
        """A talk was dragged to another place."""
        run = self._session.run
        if run is None:
            return
        action = cues.Move(talk, before)
        refused = move_objection(run, action) or refusal(run, action, self._session.now_ns())
        if refused is not None:
            self.say_refused(refused)
        else:
            self._send(action)

    def undo(self) -> bool:
        """Take the last change back; False where that can't be, which is said."""
        return self._go_through(self.history.take_back, "late.undone")

    def redo(self) -> bool:
        """Make the change again that was taken back last."""
        return self._go_through(self.history.make_again, "late.redone")

    def ask_words(self) -> None:
        """Words for the stage."""
        dialog = WordsDialog(self._texts, self._session.now_ns, self._window)
        dialog.wanted.connect(lambda words: self.apply(dialog, cues.Message(words)))
        open_dialog(dialog)

    def menu(self, talk: str, place: QPoint, act: Callable[[TalkAction], None]) -> None:
        """What can be done with a talk, at a place of the screen; ``act`` does what is chosen."""
        run = self._session.run
        if run is None:
            return
        menu = QMenu(self._window)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.setToolTipsVisible(True)
        for wanted in TalkAction:
            refused = objection_to(run, talk, wanted, self._session.now_ns())
            if wanted is TalkAction.UNDO or (
                wanted in (TalkAction.NO_SHOW, TalkAction.PUT_BACK) and refused is not None
            ):
                continue
            entry = menu.addAction(self._texts(f"menu.{wanted}"), partial(act, wanted))
            entry.setEnabled(refused is None)
            if refused is not None:
                entry.setToolTip(self._texts.refusal(refused))
        menu.popup(place)

    # What is said

    def say_refused(self, refused: Refusal) -> None:
        """Why something is not done."""
        self._view.say(self._texts.refusal(refused), wrong=True)

    def say_locked(self, run: Run | None) -> None:
        """Somebody wants to leave while a talk is on stage."""
        turn = run.on_stage if run is not None else None
        if turn is not None:
            self._view.say(self._texts("late.stays-open", city=turn.talk.city), wrong=True)

    # How it is done

    def _go_through(
        self, way: Callable[[Run, int], tuple[Change, list[Action]] | Refusal], said: str
    ) -> bool:
        run = self._session.run
        if run is None or not self._session.stage_is_there:
            return False
        found = way(run, self._session.now_ns())
        if isinstance(found, Refusal):
            self.say_refused(found)
            return False
        change, actions = found
        for action in actions:
            if not self._session.send(action):
                self.history.give_up()
                return False
        what = self._texts(f"change.{change.kind}", city=change.city)
        self._view.say(self._texts(said, what=what))
        return True

    def _for_decks(self) -> DeckChanges | None:
        from pechakucha.console.deck_changes import DeckChanges  # noqa: PLC0415  # see above

        if self._deck_changes is None and self._importing is not None:
            self._deck_changes = DeckChanges(
                self._session, self, self._view, self._texts, self._window, importing=self._importing()
            )
        return self._deck_changes

    def _notice(self, before: Run, cue: Cue) -> None:
        self.history.notice(before, cue)

    def _ask_pause(self, talk: SnapshotTalk) -> None:
        dialog = PauseDialog(talk, self._texts, self._session.now_ns, self._window)

        def pause(seconds: int, title: str) -> None:
            turn = self._session.run.turn(talk.id) if self._session.run else None
            now = turn.talk if turn else talk
            self.apply(dialog, cues.Replace(msgspec.structs.replace(now, pause=seconds, pause_title=title)))

        dialog.wanted.connect(pause)
        open_dialog(dialog)

    def apply(self, dialog: LateDialog | None, action: Action) -> bool:
        """Send what a dialog was for; where it can't be, the dialog stays and says why."""
        run = self._session.run
        refused = refusal(run, action, self._session.now_ns()) if run is not None else Refusal("no-stage")
        if refused is None and self._send(action):
            if dialog is not None:
                dialog.accept()
            return True
        if dialog is not None:
            dialog.say(self._texts.refusal(refused or Refusal("no-stage")))
        elif refused is not None:
            self.say_refused(refused)
        return False

    def _send(self, action: Action) -> bool:
        if self._session.send(action):
            return True
        self.say_refused(Refusal("no-stage"))
        return False


def _load_ahead() -> None:
    """In a thread, for it takes some tenths of a second, and a whole one from a slow disk."""
    threading.Thread(target=_load, name="loading", daemon=True).start()


def _load() -> None:
    collects = gc.isenabled()
    gc.disable()  # windows that nobody needs any more must not be torn down by this thread
    try:
        importlib.import_module("pechakucha.console.deck_changes")
    finally:
        if collects:
            gc.enable()
