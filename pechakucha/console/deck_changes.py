# SPDX-License-Identifier: AGPL-3.0-or-later
"""Late changes that need a deck: another one for a talk, other slides of it, one more talk."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec
from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from pechakucha.console.deck_work import ImportShow
from pechakucha.console.late_decks import Late, LateDecks, Purpose
from pechakucha.console.late_dialog import CityDialog, LateDialog, open_dialog
from pechakucha.console.late_slides import SlidesDialog
from pechakucha.console.late_view import LateView
from pechakucha.console.session import Session
from pechakucha.decks.library import Imported
from pechakucha.files.settings import read_standards
from pechakucha.files.show_file import new_talk_id
from pechakucha.show import cues
from pechakucha.show.cues import Action, Cue
from pechakucha.show.deck import CARD
from pechakucha.show.late_talk import late_talk, plan_of
from pechakucha.show.plan import DEFAULT_CHANGEOVER_SECONDS
from pechakucha.show.problem import Finding, Problem, Severity
from pechakucha.show.rules import Refusal, refusal
from pechakucha.show.run import Run
from pechakucha.show.snapshot import SnapshotTalk
from pechakucha.texts import Texts

DECK_PATTERNS = "*.pptx *.ppt *.pps *.ppsx *.odp *.pdf *.pechakucha"

AskFile = Callable[[QWidget, str, str, Callable[[str], None]], None]
"""Asks for a file without waiting: parent, title, filter, and what takes the name of the one chosen."""


class Applies(Protocol):
    """What sends a change."""

    def apply(self, dialog: LateDialog | None, action: Action) -> bool:
        """Send what a dialog was for; whether that was possible."""


class _Asked(NamedTuple):
    """What the stage has been asked for and has not answered; ``words`` say that it is done."""

    talk: SnapshotTalk
    action: Action
    words: str
    warns: bool


class DeckChanges(QObject):
    """Brings decks in the background, judges them like any other, and puts them into the run.

    What a deck becomes is decided by what the run is when it is there: one that comes when its talk is on
    stage already is not taken. One that comes while a stage is started again is for the next stage, and so
    is one that the last stage took to its grave: its import took a minute, and no hand is at it any more.
    """

    def __init__(
        self,
        session: Session,
        changes: Applies,
        view: LateView,
        texts: Texts,
        window: QWidget,
        *,
        importing: ImportShow,
        ask_file: AskFile | None = None,
    ) -> None:
        """
        Args:
            session: the run.
            changes: what sends a change.
            view: where it is said what has become of it.
            texts: the language.
            window: the console.
            importing: imports a deck.
            ask_file: asks for a deck's file, None for the system's own dialog.
        """
        super().__init__(window)
        self._session, self._changes, self._view = session, changes, view
        self._texts, self._window = texts, window
        self._ask_file = ask_file or _ask_file
        self._standards = read_standards()
        self.decks = decks = LateDecks(session.folder, importing, self)
        decks.changed.connect(lambda: view.show_coming(decks.coming))
        decks.arrived.connect(self._arrive)
        decks.failed.connect(self._fail)
        view.cancel_asked.connect(self._cancel)
        self._held_back: list[tuple[Late, Imported]] = []
        """What came while there was no stage."""
        self._asked: dict[str, _Asked] = {}
        """By the id of the talk."""
        session.cued.connect(self._notice)
        session.turned_down.connect(self._forget_refused)
        session.stage_changed.connect(self._meet_stage)

    def close(self) -> None:
        """Nothing more is imported."""
        self.decks.close()

    def replace(self, talk: SnapshotTalk, deck: str) -> None:
        """Give a talk another deck."""
        self._bring(talk, deck, Purpose.REPLACE)

    def choose_slides(self, talk: SnapshotTalk) -> None:
        """Let other slides be chosen of the deck that a talk has."""
        self._bring(talk, talk.deck, Purpose.CHOOSE)

    def ask_deck(self, talk: SnapshotTalk) -> None:
        """Ask which file a talk's deck shall be."""
        title = self._texts("late.deck-heading", city=talk.city)
        pattern = f"{self._texts('start.deck-files')} ({DECK_PATTERNS})"
        self._ask_file(self._window, title, pattern, lambda name: self._bring(talk, name, Purpose.REPLACE))

    def ask_city(self, file: Path | None = None) -> None:
        """One more talk, with this deck where it is known."""
        dialog = CityDialog(file, self._texts, self._session.now_ns, self._window)
        dialog.wanted.connect(lambda city, title, deck: self._add(dialog, city, title, deck))
        dialog.file_asked.connect(lambda: self._choose_file(dialog))
        open_dialog(dialog)

    def _choose_file(self, dialog: CityDialog) -> None:
        pattern = f"{self._texts('start.deck-files')} ({DECK_PATTERNS})"
        title = self._texts("late.choose-file")
        self._ask_file(dialog, title, pattern, lambda name: dialog.show_file(Path(name)))

    def _add(self, dialog: CityDialog, city: str, title: str, deck: Path) -> None:
        run = self._session.run
        if run is None:
            return
        taken = {turn.talk.id for turn in run.turns} | {talk.id for talk in run.snapshot.talks}
        taken |= {late.talk.id for late in self.decks.coming}
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
        if run is None:
            return
        self._view.say("")
        self.decks.bring(run.snapshot, talk, deck, purpose)

    def _cancel(self, talk: str) -> None:
        city = next((late.talk.city for late in self.decks.coming if late.talk.id == talk), "")
        self.decks.cancel(talk)
        self._view.say(self._texts("late.cancelled", city=city))

    def _arrive(self, late: Late, imported: Imported) -> None:
        """A deck is there: what it is for is decided by what the run is by now."""
        run = self._session.run
        if run is None:
            return
        if not self._session.stage_is_there:
            self._held_back.append((late, imported))
            self._view.say(self._texts.refusal(Refusal("no-stage")), wrong=True)
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
            open_dialog(dialog)
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
        if not self._changes.apply(dialog, action):
            return
        shown = sum(slide.number != CARD.number for slide in talk.slides)
        code = "late.added" if late.purpose is Purpose.ADD else "late.taken"
        words = self._texts(code, city=talk.city, name=Path(late.deck).name, count=shown)
        if warnings:
            words = f"{words} {self._texts.message(warnings[0])}"
        self._asked[talk.id] = _Asked(talk, action, words, bool(warnings))

    def _notice(self, _before: Run, cue: Cue) -> None:
        """Only what the stage has accepted is in the rundown."""
        done = next((each for each in self._asked.values() if each.action == cue.action), None)
        if done is not None:
            self._say_done(done)

    def _say_done(self, done: _Asked) -> None:
        self._asked.pop(done.talk.id, None)
        self._view.say(done.words, wrong=done.warns)

    def _forget_refused(self) -> None:
        """The stage refused something: nothing of this is asked again at some later time."""
        asked, self._asked = self._asked, {}
        for each in asked.values():
            self._say_if_refused(each)

    def _meet_stage(self, is_there: bool) -> None:  # a signal's argument
        """Another stage is there: it gets what the last one did not live to take."""
        run = self._session.run
        if not is_there or run is None:
            return
        asked, self._asked = self._asked, {}
        for each in asked.values():
            turn = run.turn(each.talk.id)
            if turn is not None and turn.talk == each.talk:
                self._say_done(each)
            elif not self._say_if_refused(each) and self._session.send(each.action):
                self._asked[each.talk.id] = each
        held_back, self._held_back = self._held_back, []
        for late, imported in held_back:
            self._arrive(late, imported)

    def _say_if_refused(self, asked: _Asked) -> bool:
        run = self._session.run
        refused = refusal(run, asked.action, self._session.now_ns()) if run is not None else None
        if refused is not None:
            self._say_not_taken(asked.talk.city, self._texts.refusal(refused))
        return refused is not None

    def _fail(self, late: Late, problem: Problem) -> None:
        self._say_not_taken(late.talk.city, self._texts.problem(problem))

    def _say_not_taken(self, city: str, why: str) -> None:
        self._view.say(self._texts("late.not-taken", city=city, why=why), wrong=True)

    def _words(self, finding: Finding) -> str:
        return f"{self._texts.message(finding)} {self._texts.remedy(finding)}"


def _numbers(talk: SnapshotTalk) -> tuple[int, ...]:
    """The slides of the file that go on stage now."""
    return tuple(slide.number for slide in talk.slides if slide.number != CARD.number)


def _ask_file(parent: QWidget, title: str, pattern: str, take: Callable[[str], None]) -> None:
    for asked_before in parent.findChildren(QFileDialog):
        asked_before.reject()
    dialog = QFileDialog(parent, title, "", pattern)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.fileSelected.connect(take)
    dialog.show()  # not open(), which would keep every key from the console while a talk is on stage
