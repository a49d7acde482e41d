# SPDX-License-Identifier: AGPL-3.0-or-later
"""A rehearsal: the conductor of a block with a single talk, and what a presenter may do to it."""

from __future__ import annotations

import enum
from collections.abc import Mapping

import msgspec
from PySide6.QtCore import QObject, Signal

from pechakucha.live.clock import Clock
from pechakucha.live.conductor import Conductor
from pechakucha.rehearsal.along import Along
from pechakucha.rehearsal.take import TALK, Material, MemoryRecorder, rehearsal_snapshot
from pechakucha.show.cues import Action, By, Cue, Cut, End, GoOn, Hold, PutBack, Restart, Resume, Start
from pechakucha.show.drill import drill_of
from pechakucha.show.journal import CueRecord
from pechakucha.show.marks import Mark, Said, counted, marks_of
from pechakucha.show.rules import Refusal, refusal
from pechakucha.show.run import Outcome, Run, apply, open_run
from pechakucha.show.scene import Countdown, OnSlide, State
from pechakucha.show.slip import is_behind
from pechakucha.show.snapshot import NS, Snapshot


class Phase(enum.StrEnum):
    """How far a rehearsal is."""

    READY = "ready"
    COUNT_IN = "count-in"
    ON_SLIDE = "on-slide"
    OVER = "over"


class Mode(enum.StrEnum):
    """What is done with the deck."""

    TALK = "talk"
    DRILL = "drill"
    """One slide again and again."""
    ALONG = "along"
    """In step with a stage elsewhere, which nothing here can hold or restart."""


class Rehearsal(QObject):
    """One deck, rehearsed as often as its presenter likes.

    Signals:
        changed(): something else is on stage now.
        refused(Refusal): a command was refused.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(self, material: Material, clock: Clock, parent: QObject | None = None) -> None:
        """``clock`` is this machine's, or a test's."""
        super().__init__(parent)
        self.slides = material.slides
        self.mode = Mode.TALK
        self.first = 0
        """0-based index of the slide that the talk begins with, or that is drilled."""
        self.along: Along | None = None
        """What this view is in step with, None where it runs on its own."""
        self.presses: list[Said] = []
        """Of Space, in this take."""
        self.recorder = MemoryRecorder()
        self._marked_before = False
        self._material, self._clock = material, clock
        self._conductor = Conductor(open_run(self._snapshot()), clock, self.recorder, parent=self)
        self._conductor.changed.connect(self._say_changed)
        self._conductor.begin()

    @property
    def run(self) -> Run:
        """The run as folded so far."""
        return self._conductor.run

    @property
    def conductor(self) -> Conductor:
        """Lets time pass."""
        return self._conductor

    @property
    def seconds(self) -> int:
        """That each slide has here; a stage elsewhere that this runs along with may have others."""
        return self._material.seconds

    def now_ns(self) -> int:
        """The run's clock."""
        return self._conductor.now_ns()

    def wall_ns(self) -> int:
        """The wall clock: nanoseconds since the Unix epoch."""
        return self._clock.wall_ns()

    def state(self) -> State:
        """What is on stage now."""
        return self._conductor.state()

    def phase(self, state: State) -> Phase:
        """How far the rehearsal is in this state."""
        if isinstance(state.scene, Countdown):
            return Phase.COUNT_IN
        if isinstance(state.scene, OnSlide):
            return Phase.ON_SLIDE
        planned = self.run.turns[0].outcome is Outcome.PLANNED
        return Phase.READY if planned else Phase.OVER

    def index(self, state: State) -> int:
        """The 0-based index, among all slides, of the one on stage or the one to begin with."""
        if self.mode is Mode.DRILL or not isinstance(state.scene, OnSlide):
            return self.first
        return self.first + state.scene.index

    @property
    def slept(self) -> bool:
        """Whether time stands still because the machine slept."""
        last = self.recorder.cues[-1] if self.recorder.cues else None
        return last is not None and last.by is By.AUTO and isinstance(last.action, Hold)

    def choose(self, index: int) -> None:
        """Begin with another slide the next time (0-based index); nothing happens during a talk."""
        if self.run.on_stage is not None or not 0 <= index < len(self.slides):
            return
        if index != self.first or self.phase(self.state()) is Phase.OVER:
            self._begin(Mode.TALK, index)

    def start(self) -> None:
        """Count down and begin; after the end under the same lock as on the day."""
        now_ns = self.now_ns()
        if self.phase(self.state()) is Phase.OVER:
            put_back = Cue(now_ns, PutBack(TALK))
            objection = refusal(apply(self.run, put_back), Start(TALK), now_ns)
            if objection is not None:
                self.refused.emit(objection)
                return
            self._conductor.accept(put_back)
        self._command(Start(TALK))

    def locked(self) -> Refusal | None:
        """Why a start after the end would be refused now, or None."""
        now_ns = self.now_ns()
        if self.phase(self.state()) is not Phase.OVER:
            return None
        return refusal(apply(self.run, Cue(now_ns, PutBack(TALK))), Start(TALK), now_ns)

    def start_at(self, index: int) -> None:
        """Count down and begin with this slide (0-based index), whatever is on stage."""
        if 0 <= index < len(self.slides):
            self._begin(Mode.TALK, index, Cue(self.now_ns(), Start(TALK)))

    def from_start(self) -> None:
        """Count down and begin with the first slide of the deck."""
        if self.mode is not Mode.TALK or self.first != 0:
            self.start_at(0)
        elif self.run.on_stage is not None:
            self._command(Restart(TALK))
        else:
            self.start()

    def drill(self, index: int) -> None:
        """Count down and rehearse this slide (0-based index) again and again, until told otherwise."""
        if 0 <= index < len(self.slides):
            self._begin(Mode.DRILL, index, Cue(self.now_ns(), Start(TALK)))

    def run_along(self, along: Along) -> None:
        """Be in step with a stage elsewhere, in the middle of the talk too."""
        self.along = along
        self._begin(Mode.ALONG, 0, along.start)

    def nudge(self, nudges: int) -> None:
        """Move this view alone on, or back (below zero)."""
        if self.along is not None:
            self.along = self.along.nudged(nudges)
            self._conduct(self.along.start)

    def leave(self) -> None:
        """Drill no more, run along no more: ready, at the slide that was drilled."""
        self._begin(Mode.TALK, self.first)

    def hold_or_go_on(self) -> None:
        """Let time stand still, or let the slide have what it had left. A stage elsewhere never waits."""
        if self.mode is not Mode.ALONG:
            held = self.state().held_ns is not None
            self._command(Resume(GoOn.REST) if held else Hold())

    def mark(self) -> Mark | None:
        """What was to be said about a slide has been said; returns what that was counted for."""
        press = self._press(self.state())
        if press is None:
            return None
        run_format = self.run.snapshot.format
        mark = counted(self.marks, press, run_format.slides, run_format.seconds)
        if mark is not None:
            self.presses.append(press)
            self.changed.emit()
        return mark

    def write_notes(self, index: int, notes: str) -> None:
        """Give a slide (0-based index) other notes, which holds at once."""
        slide = msgspec.structs.replace(self.slides[index], notes=notes)
        self.slides = (*self.slides[:index], slide, *self.slides[index + 1 :])
        self._material = msgspec.structs.replace(self._material, slides=self.slides)
        self.changed.emit()

    @property
    def marks(self) -> Mapping[int, float]:
        """Seconds used by the 0-based index of the slide in this take."""
        run_format = self.run.snapshot.format
        return marks_of(self.presses, run_format.slides, run_format.seconds)

    def behind(self, state: State) -> bool:
        """Whether the presenter is behind: who never marks is never said to be, nor who has just joined."""
        if self.mode is Mode.DRILL or not isinstance(state.scene, OnSlide):
            return False
        marking = bool(self.presses) or (self._marked_before and self.mode is Mode.TALK)
        return is_behind(self.marks, state.scene.index, self.run.snapshot.format.seconds, marking=marking)

    def close(self) -> None:
        """Nothing happens any more: an ended run arms no timer."""
        self._conductor.changed.disconnect(self._say_changed)
        if self.run.on_stage is not None:
            self._conductor.accept(Cue(self.now_ns(), Cut(TALK)))
        self._conductor.accept(Cue(self.now_ns(), End()))

    def _press(self, state: State) -> Said | None:
        run, now_ns = self.run, self.now_ns()
        at_ns = now_ns if state.held_ns is None else state.held_ns
        if isinstance(state.scene, OnSlide):
            left_s = (state.scene.until_ns - at_ns) / NS
            return Said(state.scene.index, max(0.0, run.snapshot.format.seconds - left_s))
        if self.phase(state) is Phase.OVER and run.last_ended_ns is not None:
            return Said(run.snapshot.format.slides, (now_ns - run.last_ended_ns) / NS)
        return None

    def _begin(self, mode: Mode, first: int, start: Cue | None = None) -> None:
        """Another run, in which the talk has begun where there is a start for it."""
        self.mode, self.first = mode, first
        if mode is not Mode.ALONG:
            self.along = None
        self._forget_presses()
        self._conduct(start)

    def _conduct(self, start: Cue | None) -> None:
        self.recorder.begin(take=self.mode is Mode.TALK)
        run = open_run(self._snapshot())
        if start is not None:
            self.recorder.write(CueRecord(start.at_ns, start.by, start.action))
            run = apply(run, start)
        self._conductor.take_up(run, attended=self.mode is not Mode.ALONG)

    def _snapshot(self) -> Snapshot:
        if self.mode is Mode.DRILL:
            return drill_of(rehearsal_snapshot(self._material, 0, self._clock), self.first)
        material = self._material
        if self.along is not None:
            material = msgspec.structs.replace(material, seconds=self.along.seconds)
        return rehearsal_snapshot(material, self.first, self._clock)

    def _command(self, action: Action) -> None:
        objection = self._conductor.command(action)
        if objection is not None:
            self.refused.emit(objection)
            return
        if isinstance(action, Start | Restart):
            self._forget_presses()
        self.changed.emit()

    def _forget_presses(self) -> None:
        self._marked_before = self._marked_before or bool(self.presses)
        self.presses = []

    def _say_changed(self) -> None:
        self.changed.emit()
