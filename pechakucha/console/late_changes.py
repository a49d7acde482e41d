# SPDX-License-Identifier: AGPL-3.0-or-later
"""Late changes: from what somebody wants of the rundown while the run goes on to the cue that does it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from pechakucha.console.deck_work import ImportShow
from pechakucha.console.hands import Hands
from pechakucha.console.history import History
from pechakucha.console.late_decks import Late, LateDecks, Purpose
from pechakucha.console.late_dialog import CityDialog, LateDialog, PauseDialog, WordsDialog
from pechakucha.console.late_slides import SlidesDialog
from pechakucha.console.late_view import LateView
from pechakucha.console.rundown_view import RundownView
from pechakucha.console.session import Session
from pechakucha.console.talk_actions import TalkAction, move_objection, objection_to
from pechakucha.decks.library import Imported
from pechakucha.files.settings import read_standards
from pechakucha.files.show_file import new_talk_id
from pechakucha.show import cues
from pechakucha.show.changes import Change
from pechakucha.show.cues import Action, Cue
from pechakucha.show.deck import CARD
from pechakucha.show.late_talk import late_talk, plan_of
from pechakucha.show.plan import DEFAULT_CHANGEOVER_SECONDS
from pechakucha.show.problem import Finding, Problem, Severity
from pechakucha.show.rules import Refusal, refusal
from pechakucha.show.run import Run
from pechakucha.show.snapshot import SnapshotTalk
from pechakucha.texts import Texts
from pechakucha.ui import theme

DECK_PATTERNS = "*.pptx *.ppt *.pps *.ppsx *.odp *.pdf *.pechakucha"

_PLACE = QPoint(2 * theme.GRID, 7 * theme.GRID)
"""Where small windows open, logical pixels from the console's corner."""

AskFile = Callable[[QWidget, str, str, Callable[[str], None]], None]
"""Asks for a file without waiting: parent, title, filter, and what takes the name of the one chosen."""


class LateChanges(QObject):
    """Asks what has to be known, imports what has to be imported, sends the cue, says what has become of it.

    Everything is checked by the rules of the run at the very moment it would happen: a deck that comes
    when its talk is on stage already is not taken.
    """

    def __init__(
        self,
        session: Session,
        view: LateView,
        texts: Texts,
        window: QWidget,
        *,
        importing: ImportShow | None = None,
        ask_file: AskFile | None = None,
    ) -> None:
        """
        Args:
            session: the run.
            view: where it is said what has become of a change.
            texts: the language.
            window: the console.
            importing: imports a deck; None where none can be imported.
            ask_file: asks for a deck's file, None for the system's own dialog.
        """
        super().__init__(window)
        self._session, self._view, self._texts, self._window = session, view, texts, window
        self._ask_file = ask_file or _ask_file
        self._standards = read_standards()
        self.history = History()
        self.decks = LateDecks(session.folder, importing, self) if importing else None
        if self.decks is not None:
            decks = self.decks
            decks.changed.connect(lambda: view.show_coming(decks.coming))
            decks.arrived.connect(self._arrive)
            decks.failed.connect(self._fail)
            view.cancel_asked.connect(self._cancel)
        session.greeted.connect(lambda greeting: self.history.begin(greeting.snapshot, greeting.cues))
        session.cued.connect(self._notice)
        session.refused.connect(lambda _refusal: self.history.give_up())
        session.stage_changed.connect(lambda _there: self.history.give_up())

    def listen_to(self, hands: Hands, rundown: RundownView) -> None:
        """Do what keys and clicks want, and what is dropped onto the rundown."""
        hands.wished.connect(self.wish)
        hands.objected.connect(self.say_refused)
        hands.undo_asked.connect(self.undo)
        hands.redo_asked.connect(self.redo)
        hands.words_asked.connect(self.ask_words)
        rundown.dropped.connect(self.take_files)
        rundown.moved.connect(self.move)
        rundown.menu_asked.connect(lambda talk, place: self.menu(talk, place, hands.act_from_menu))

    def close(self) -> None:
        """Nothing more is imported."""
        if self.decks is not None:
            self.decks.close()

    # What is wanted

    def wish(self, wanted: TalkAction, talk: str | None) -> None:
        """What needs to know more: ask for it. ``talk`` is the one selected."""
        run = self._session.run
        turn = run.turn(talk) if run is not None and talk is not None else None
        if wanted is TalkAction.ADD:
            self.ask_city()
        elif turn is not None and wanted is TalkAction.DECK:
            self._ask_deck(turn.talk)
        elif turn is not None and wanted is TalkAction.SLIDES:
            self._bring(turn.talk, turn.talk.deck, Purpose.CHOOSE)
        elif turn is not None and wanted is TalkAction.PAUSE:
            self._ask_pause(turn.talk)

    def take_files(self, talk: str | None, files: list[Path]) -> None:
        """Files were dropped: onto a talk, whose deck the first becomes, or where no talk is."""
        run = self._session.run
        if run is None or not files:
            return
        turn = run.turn(talk) if talk is not None else None
        if turn is None:
            self.ask_city(files[0])
            return
        refused = objection_to(run, talk, TalkAction.DECK, self._session.now_ns())
        if refused is not None:
            self.say_refused(refused)
        else:
            self._bring(turn.talk, str(files[0]), Purpose.REPLACE)

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
        dialog.wanted.connect(lambda words: self._apply(dialog, cues.Message(words)))
        _open(dialog)

    def ask_city(self, file: Path | None = None) -> None:
        """One more talk, with this deck where it is known."""
        if self.decks is None:
            self.say_refused(Refusal("no-import"))
            return
        dialog = CityDialog(file, self._texts, self._session.now_ns, self._window)
        dialog.wanted.connect(lambda city, title, deck: self._add(dialog, city, title, deck))
        dialog.file_asked.connect(lambda: self._choose_file(dialog))
        _open(dialog)

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

    def _notice(self, before: Run, cue: Cue) -> None:
        self.history.notice(before, cue)

    def _ask_deck(self, talk: SnapshotTalk) -> None:
        if self.decks is None:
            self.say_refused(Refusal("no-import"))
            return
        title = self._texts("late.deck-heading", city=talk.city)
        pattern = f"{self._texts('start.deck-files')} ({DECK_PATTERNS})"
        self._ask_file(self._window, title, pattern, lambda name: self._bring(talk, name, Purpose.REPLACE))

    def _choose_file(self, dialog: CityDialog) -> None:
        pattern = f"{self._texts('start.deck-files')} ({DECK_PATTERNS})"
        title = self._texts("late.choose-file")
        self._ask_file(dialog, title, pattern, lambda name: dialog.show_file(Path(name)))

    def _ask_pause(self, talk: SnapshotTalk) -> None:
        dialog = PauseDialog(talk, self._texts, self._session.now_ns, self._window)

        def pause(seconds: int, title: str) -> None:
            turn = self._session.run.turn(talk.id) if self._session.run else None
            now = turn.talk if turn else talk
            self._apply(dialog, cues.Replace(msgspec.structs.replace(now, pause=seconds, pause_title=title)))

        dialog.wanted.connect(pause)
        _open(dialog)

    def _add(self, dialog: CityDialog, city: str, title: str, deck: Path) -> None:
        run = self._session.run
        if run is None:
            return
        taken = {turn.talk.id for turn in run.turns} | {talk.id for talk in run.snapshot.talks}
        taken |= {late.talk.id for late in self.decks.coming} if self.decks else set()
        changeovers = [turn.talk.changeover for turn in run.turns]
        talk = SnapshotTalk(
            id=new_talk_id(city, str(deck), taken),
            city=city,
            title=title,
            changeover=changeovers[-1] if changeovers else DEFAULT_CHANGEOVER_SECONDS,
        )
        dialog.accept()
        self._bring(talk, str(deck), Purpose.ADD)

    def _bring(self, talk: SnapshotTalk, deck: str, purpose: Purpose) -> None:
        run = self._session.run
        if run is None or self.decks is None or not deck:
            self.say_refused(Refusal("no-import"))
            return
        self._view.say("")
        self.decks.bring(run.snapshot, talk, deck, purpose)

    def _cancel(self, talk: str) -> None:
        if self.decks is not None:
            city = next((late.talk.city for late in self.decks.coming if late.talk.id == talk), "")
            self.decks.cancel(talk)
            self._view.say(self._texts("late.cancelled", city=city))

    def _arrive(self, late: Late, imported: Imported) -> None:
        """A deck is there: what it is for is decided by what the run is by now."""
        run = self._session.run
        if run is None:
            return
        turn = run.turn(late.talk.id)
        talk = turn.talk if turn is not None else late.talk
        action: Action = cues.Add(talk) if late.purpose is Purpose.ADD else cues.Replace(talk)
        refused = refusal(run, action, self._session.now_ns())
        if refused is not None:
            self._say_not_taken(talk.city, self._texts.refusal(refused))
            return
        plan = plan_of(run.snapshot, talk, late.deck)
        others = tuple(turn.talk for turn in run.turns if turn.talk.id != talk.id)
        new, checked = late_talk(plan, imported.deck, self._standards, others=others)
        blocker = checked.blocker
        if blocker is not None and imported.deck.error is not None:
            self._say_not_taken(talk.city, self._words(blocker))
        elif late.purpose is Purpose.CHOOSE or blocker is not None:
            chosen = _numbers(talk) if late.purpose is Purpose.CHOOSE else ()
            dialog = SlidesDialog(
                plan,
                imported,
                self._standards,
                chosen,
                texts=self._texts,
                now=self._session.now_ns,
                parent=self._window,
            )
            dialog.wanted.connect(lambda chosen: self._put_in(chosen, late, dialog))
            _open(dialog)
        else:
            warnings = [each for each in checked.findings if each.severity is Severity.WARNING]
            self._put_in(new, late, None, warnings)

    def _put_in(
        self,
        talk: SnapshotTalk,
        late: Late,
        dialog: LateDialog | None,
        warnings: list[Finding] | None = None,
    ) -> None:
        """Into the run, whose pause and changeover before this talk stay as they are by now."""
        run = self._session.run
        turn = run.turn(talk.id) if run is not None else None
        if turn is not None:
            talk = msgspec.structs.replace(
                talk,
                changeover=turn.talk.changeover,
                pause=turn.talk.pause,
                pause_title=turn.talk.pause_title,
            )
        action: Action = cues.Add(talk) if late.purpose is Purpose.ADD else cues.Replace(talk)
        if not self._apply(dialog, action):
            return
        shown = sum(slide.number != CARD.number for slide in talk.slides)
        code = "late.added" if late.purpose is Purpose.ADD else "late.taken"
        words = self._texts(code, city=talk.city, name=Path(late.deck).name, count=shown)
        if warnings:
            words = f"{words} {self._texts.message(warnings[0])}"
        self._view.say(words, wrong=bool(warnings))

    def _fail(self, late: Late, problem: Problem) -> None:
        self._say_not_taken(late.talk.city, self._texts.problem(problem))

    def _say_not_taken(self, city: str, why: str) -> None:
        self._view.say(self._texts("late.not-taken", city=city, why=why), wrong=True)

    def _words(self, finding: Finding) -> str:
        return f"{self._texts.message(finding)} {self._texts.remedy(finding)}"

    def _apply(self, dialog: LateDialog | None, action: Action) -> bool:
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


def _numbers(talk: SnapshotTalk) -> tuple[int, ...]:
    """The slides of the file that go on stage now."""
    return tuple(slide.number for slide in talk.slides if slide.number != CARD.number)


def _open(dialog: LateDialog) -> None:
    """In front of the console, which stays usable: over the rundown, the slide's seconds are to be seen."""
    dialog.setModal(False)
    window = dialog.parentWidget()
    if window is not None:
        dialog.move(window.mapToGlobal(_PLACE))
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()


def _ask_file(parent: QWidget, title: str, pattern: str, take: Callable[[str], None]) -> None:
    dialog = QFileDialog(parent, title, "", pattern)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(take)
    dialog.open()
