# SPDX-License-Identifier: AGPL-3.0-or-later
"""A rehearsal: the conductor of a block with a single talk, and what a presenter may do to it."""

from __future__ import annotations

import enum

from PySide6.QtCore import QObject, Signal

from pechakucha.live.clock import Clock
from pechakucha.live.conductor import Conductor
from pechakucha.rehearsal.take import TALK, Material, MemoryRecorder, rehearsal_snapshot
from pechakucha.show.cues import Action, By, Cue, Cut, End, GoOn, Hold, PutBack, Restart, Resume, Start
from pechakucha.show.rules import Refusal, refusal
from pechakucha.show.run import Outcome, Run, apply, open_run
from pechakucha.show.scene import Countdown, OnSlide, State


class Phase(enum.StrEnum):
    """How far a rehearsal is."""

    READY = "ready"
    COUNT_IN = "count-in"
    ON_SLIDE = "on-slide"
    OVER = "over"


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
        self.first = 0
        """0-based index of the slide that the talk begins with."""
        self.recorder = MemoryRecorder()
        self._material, self._clock = material, clock
        self._conductor = self._open()

    @property
    def run(self) -> Run:
        """The run as folded so far."""
        return self._conductor.run

    @property
    def conductor(self) -> Conductor:
        """Lets time pass."""
        return self._conductor

    def now_ns(self) -> int:
        """The run's clock."""
        return self._conductor.now_ns()

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
        return self.first + (state.scene.index if isinstance(state.scene, OnSlide) else 0)

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
            self._begin_anew(index)
            self.changed.emit()

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
            self._begin_anew(index)
            self._command(Start(TALK))

    def from_start(self) -> None:
        """Count down and begin with the first slide of the deck."""
        if self.run.on_stage is not None and self.first == 0:
            self._command(Restart(TALK))
        elif self.run.on_stage is None and self.first == 0:
            self.start()
        else:
            self.start_at(0)

    def hold_or_go_on(self) -> None:
        """Let time stand still, or let the slide have what it had left."""
        held = self.state().held_ns is not None
        self._command(Resume(GoOn.REST) if held else Hold())

    def close(self) -> None:
        """Nothing happens any more."""
        self._end(self._conductor)

    def _begin_anew(self, first: int) -> None:
        self._end(self._conductor)
        self.first = first
        self._conductor = self._open()

    def _open(self) -> Conductor:
        snapshot = rehearsal_snapshot(self._material, self.first, self._clock)
        conductor = Conductor(open_run(snapshot), self._clock, self.recorder, parent=self)
        conductor.changed.connect(self._say_changed)
        conductor.begin()
        return conductor

    def _end(self, conductor: Conductor) -> None:
        """An ended run arms no timer any more."""
        conductor.changed.disconnect(self._say_changed)
        now_ns = conductor.now_ns()
        if conductor.run.ended_ns is None:
            if conductor.run.on_stage is not None:
                conductor.accept(Cue(now_ns, Cut(TALK)))
            conductor.accept(Cue(now_ns, End()))
        conductor.deleteLater()

    def _command(self, action: Action) -> None:
        objection = self._conductor.command(action)
        if objection is not None:
            self.refused.emit(objection)
        else:
            self.changed.emit()

    def _say_changed(self) -> None:
        self.changed.emit()
