# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a presenter learns from take to take: takes are kept, notes are measured and changed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, Signal

from pechakucha.files.edited_notes import SavedNotes, change_notes, written
from pechakucha.files.locations import own_place
from pechakucha.files.rehearsal_choices import keep_pace, kept_pace
from pechakucha.files.takes import KeptTake, delete_takes, keep_take, read_takes
from pechakucha.live.clock import Clock
from pechakucha.rehearsal.rehearsal import Mode, Phase, Rehearsal
from pechakucha.show.advice import Advice, advice
from pechakucha.show.marks import GRACE_SHARE, Said, Take, take_of
from pechakucha.show.notes_language import notes_language
from pechakucha.show.own_pace import own_pace
from pechakucha.show.pace import Pace, PaceChoice, per_minute
from pechakucha.show.problem import Problem
from pechakucha.show.scene import OnSlide
from pechakucha.show.snapshot import NS
from pechakucha.show.work import Work, needs_work

_CALM_SHARE = 0.75
"""Of what readers manage: comfortable to say, and to listen to."""


class Practised(msgspec.Struct, frozen=True):
    """Which deck: where it lies, and the digest of what is in it."""

    path: Path
    digest: str


class Practice(QObject):
    """Beside a rehearsal: what is left of its takes, and the notes.

    Signals:
        changed(): there is another take, another pace, or there are other notes.
        failed(Problem): something could not be read or kept.
    """

    changed = Signal()
    failed = Signal(object)

    def __init__(
        self,
        rehearsal: Rehearsal,
        deck: Practised,
        pace: Pace,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        """
        Args:
            rehearsal: whose takes they are.
            deck: that is rehearsed.
            pace: the person's setting.
            clock: this machine's, or a test's.
            parent: as Qt has it.
        """
        super().__init__(parent)
        self.deck = deck
        self.takes: list[Take] = []
        """All that have a mark, oldest first."""
        self.last: Take | None = None
        """The one to look at."""
        self.damaged = 0
        """Lines of the kept takes that could not be understood."""
        self._rehearsal, self._set, self._clock = rehearsal, pace, clock
        self._unsaved: dict[int, str | None] = {}
        self._choice = kept_pace()
        self._presses: list[Said] = rehearsal.presses
        self._first, self._passed, self._open = rehearsal.first, 0, True
        self._known: tuple[tuple[int, int, int], Take] | None = None
        self._measured: tuple[str, Pace, Advice] | None = None
        self._work: tuple[Work, ...] | None = None
        self._language = self._spoken_in()

    def begin(self) -> None:
        """Read what is kept of earlier takes."""
        try:
            earlier = read_takes(self.deck.path, self.deck.digest)
        except Problem as problem:
            self.failed.emit(problem)
            return
        self.takes = [each.take for each in earlier.takes]
        self.last = next((take for take in reversed(self.takes) if take.whole), None)
        self.damaged = earlier.damaged
        self._say_changed()

    def look(self) -> None:
        """See how far the take is; to be called whenever the view is brought up to date."""
        rehearsal = self._rehearsal
        if rehearsal.presses is not self._presses:  # another list is another take
            self._finish()
            self._presses, self._first = rehearsal.presses, rehearsal.first
            self._passed, self._open, self._known = 0, rehearsal.mode is Mode.TALK, None
        if not self._open:
            return
        state = rehearsal.state()
        if isinstance(state.scene, OnSlide):
            self._passed = state.scene.index
        elif rehearsal.phase(state) is Phase.OVER:
            self._look_after_the_end()

    def close(self) -> None:
        """Nothing happens any more."""
        self._finish()

    @property
    def saved(self) -> bool:
        """Whether all notes that were written are kept."""
        return not self._unsaved

    @property
    def so_far(self) -> Take | None:
        """What the take that runs has passed; None where none runs."""
        if not self._open:
            return None
        known = self._first, self._passed, len(self._presses)
        if self._known is None or self._known[0] != known:
            self._known = known, self._take()  # measuring the notes anew at each look would take its time
        return self._known[1]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Of all slides of the talk, in its order."""
        return tuple(slide.number for slide in self._rehearsal.slides)

    @property
    def seconds(self) -> int:
        """That each slide has."""
        return self._rehearsal.seconds

    @property
    def choices(self) -> tuple[PaceChoice, ...]:
        """The paces there are, the best one first."""
        known = (PaceChoice.SET, self._set.per_minute), (PaceChoice.OWN, self._own())
        return (*(choice for choice, pace in known if pace), PaceChoice.READERS, PaceChoice.CALM)

    @property
    def choice(self) -> PaceChoice:
        """The pace that notes are measured by."""
        choices = self.choices
        return self._choice if self._choice in choices else choices[0]

    def choose_pace(self, choice: PaceChoice) -> None:
        """Measure notes by another pace from now on, also the next time."""
        self._choice = choice
        keep_pace(choice)
        self._say_changed()

    def pace(self, choice: PaceChoice | None = None) -> Pace:
        """A pace, None for the one that notes are measured by."""
        measure = self._set.measure
        readers = Pace(measure=measure, per_minute=per_minute(self._language, Pace(measure=measure)))
        match choice or self.choice:
            case PaceChoice.SET:
                return self._set
            case PaceChoice.OWN:
                return self._own() or readers
            case PaceChoice.CALM:
                calm = per_minute(self._language, readers) * _CALM_SHARE
                return Pace(measure=measure, per_minute=calm)
            case _:
                return readers

    def advice(self, notes: str) -> Advice:
        """What to say about notes."""
        pace = self.pace()
        if self._measured is None or self._measured[:2] != (notes, pace):
            self._measured = notes, pace, advice(notes, self._language, pace, self.seconds)
        return self._measured[2]

    def work(self) -> tuple[Work, ...]:
        """The slides that need work most, after the last take."""
        if self.last is None:
            return ()
        if self._work is not None:
            return self._work
        pace = self.pace()
        needed = {
            slide.number: advice(slide.notes, self._language, pace, self.seconds).needed_s
            for slide in self._rehearsal.slides
        }
        self._work = needs_work(self.last, needed)
        return self._work

    def write_notes(self, index: int, notes: str, heading: str) -> SavedNotes | None:
        """Give a slide (0-based index) these notes, and keep them; None where they can't be kept yet.

        ``heading`` is the comment that a new file begins with.
        """
        self._rehearsal.write_notes(index, written(notes))
        self._say_changed()
        self._unsaved[self._rehearsal.slides[index].number] = notes
        return self.save_notes(heading)

    def save_notes(self, heading: str) -> SavedNotes | None:
        """As ``write_notes``, for all notes that could not be kept so far."""
        try:
            saved = change_notes(self.deck.path, self.deck.digest, self._unsaved, heading=heading)
        except Problem as problem:
            self.failed.emit(problem)
            return None
        self._unsaved.clear()
        return saved

    def delete_takes(self) -> None:
        """Forget all takes of this deck, here and on disk."""
        try:
            delete_takes(self.deck.path)
        except Problem as problem:
            self.failed.emit(problem)
            return
        self.takes, self.last, self.damaged = [], None, 0
        self._open = False
        self._say_changed()

    def _spoken_in(self) -> str | None:
        return notes_language(slide.notes for slide in self._rehearsal.slides)

    def _say_changed(self) -> None:
        self._work, self._measured, self._language = None, None, self._spoken_in()
        self.changed.emit()

    def _own(self) -> Pace | None:
        return own_pace(self.takes, self._language, self._set.measure)

    def _look_after_the_end(self) -> None:
        rehearsal = self._rehearsal
        self._passed = len(rehearsal.slides) - self._first
        ended_ns = rehearsal.run.last_ended_ns
        over_s = 0.0 if ended_ns is None else (rehearsal.now_ns() - ended_ns) / NS
        take = self._take()
        last_marked = bool(take.slides) and take.slides[-1].used_s is not None
        if last_marked or over_s >= GRACE_SHARE * self.seconds:
            self._finish()
        elif take != self.last:
            self.last = take
            self._say_changed()

    def _take(self) -> Take:
        return take_of(
            self._rehearsal.slides[self._first :],
            self._presses,
            passed=self._passed,
            seconds=self.seconds,
            language=self._language,
            whole=self._first == 0,
        )

    def _finish(self) -> None:
        """Keep the take that runs, if there is a mark in it; broken off without one, it says nothing."""
        if not self._open:
            return
        self._open = False
        take = self._take()
        over = bool(take.slides) and self._passed == len(self._rehearsal.slides) - self._first
        if not take.marked and not over:
            return
        self.last = take
        if take.marked:
            self.takes.append(take)
            self._keep(take)
        self._say_changed()

    def _keep(self, take: Take) -> None:
        at = dt.datetime.fromtimestamp(self._clock.wall_ns() / NS).astimezone()
        try:
            place = str(own_place(self.deck.path))
            keep_take(self.deck.path, KeptTake(at=at, digest=self.deck.digest, take=take, place=place))
        except Problem as problem:
            self.failed.emit(problem)
