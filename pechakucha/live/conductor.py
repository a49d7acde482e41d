# SPDX-License-Identifier: AGPL-3.0-or-later
"""The conductor: the only place where time passes.

It looks at the clock, shows what the fold of the cues says, and arms a timer for when to look
again. It never counts and never waits for a paint, a disk or another process.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from pechakucha.live.clock import Clock
from pechakucha.live.presses import Presses
from pechakucha.show.cues import Action, By, Cue, End, Hold, name_of
from pechakucha.show.journal import Alive, CueRecord, Press, Record, Shown
from pechakucha.show.rules import Refusal, refusal
from pechakucha.show.run import Run, apply, settle
from pechakucha.show.scene import OnSlide, State, state_of
from pechakucha.show.schedule import automatic_cue
from pechakucha.show.snapshot import NS

HEARTBEAT_MS = 250
"""How often to look at the clock even when nothing is due, so that gaps are noticed."""

GAP_SECONDS = 5
"""From here on a silence is taken for sleep, not for a busy machine (real seconds)."""

CALM_NS = 150_000_000
"""So long before something is due nothing else is begun (real nanoseconds). A collection of garbage took
11 ms at most, an answer of the X server 20 ms, on a machine twice as busy as it has cores.
"""

_ALIVE_NS = NS
_NS_PER_MS = 1_000_000
_LONGEST_TIMER_MS = 60_000


class Recorder(Protocol):
    """What takes the records: the journal."""

    def write(self, record: Record) -> None:
        """Append now."""
        ...

    def note(self, record: Record) -> None:
        """Append soon."""
        ...


class Conductor(QObject):
    """Runs a block: takes commands, decides what is due, says what is on stage.

    Signals:
        changed(State): the stage must show something else now.
        cued(Cue): a cue was accepted and written.
        refused(): a press was refused; ``refusals`` has gone up.
        finished(): the run has ended.
    """

    changed = Signal(object)
    cued = Signal(object)
    refused = Signal()
    finished = Signal()

    def __init__(
        self,
        run: Run,
        clock: Clock,
        recorder: Recorder,
        *,
        shown: Iterable[Shown] = (),
        presses: Iterable[Press] = (),
        attended: bool = True,
        seen_ns: int | None = None,
        parent: QObject | None = None,
    ) -> None:
        """Take over a run at whatever point it is.

        Args:
            run: as folded so far.
            clock: this machine's, or a test's.
            recorder: where cues, paints and signs of life go.
            shown: paints already recorded, which are not recorded twice.
            presses: those recorded already, which count on.
            attended: after a gap somebody is asked; otherwise the schedule goes on.
            seen_ns: the last moment (run's clock) at which a stage of this run was alive before.
        """
        super().__init__(parent)
        self.run = run
        self.lateness_ns: int | None = None
        self._clock, self._recorder = clock, recorder
        self._presses = Presses(recorder.note, presses)
        self._attended = attended
        self._recorded = {(each.talk, each.index, each.due_ns) for each in shown}
        self._looked_ns = self.now_ns()
        self._returning = seen_ns is not None and self._looked_ns - seen_ns >= GAP_SECONDS * NS
        self._alive_ns = 0
        self._due_ns: int | None = None
        self._state: State | None = None
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._heartbeat = QTimer(self)
        self._heartbeat.setInterval(HEARTBEAT_MS)
        self._heartbeat.timeout.connect(self.look)

    def now_ns(self) -> int:
        """The run's clock."""
        return self._clock.now_ns() + self.run.offset_ns

    @property
    def calm(self) -> bool:
        """Whether there is time for what is not urgent, because nothing is due for a while."""
        return self._due_ns is None or self._due_ns - self.now_ns() > CALM_NS

    @property
    def refusals(self) -> int:
        """How many presses were refused so far, in the whole run."""
        return self._presses.refused

    @property
    def counted(self) -> tuple[Press, ...]:
        """How far the presses are counted that consoles have sent: the last one of each kind."""
        return self._presses.counted

    def begin(self) -> None:
        """Start looking."""
        self._heartbeat.start()
        self.look()

    def take_up(self, run: Run, *, attended: bool = True) -> None:
        """Conduct another run from now on, with the same window: a rehearsal that begins anew.

        Args:
            run: as folded so far.
            attended: after a gap somebody is asked; otherwise the schedule goes on.
        """
        self.run, self._attended = run, attended
        self._recorded.clear()
        self._state = None
        self._looked_ns = self.now_ns()
        self.begin()

    def state(self) -> State:
        """What is on stage now."""
        return state_of(self.run, self.now_ns())

    def look(self) -> None:
        """Do what is due, say what has changed, and arrange to look again."""
        now_ns = self.now_ns()
        cue = self._due(now_ns)
        self._looked_ns, self._returning = now_ns, False
        if cue is not None:
            self.accept(cue)  # which looks again, at a later time
            return
        state = state_of(self.run, now_ns)
        if state != self._state:
            self._state = state
            self.changed.emit(state)
        if now_ns - self._alive_ns >= _ALIVE_NS:
            self._alive_ns = now_ns
            self._recorder.note(Alive(now_ns, self._clock.wall_ns()))
        self._presses.tell(now_ns)
        self._arm(state)

    def command(self, action: Action, *, source: str = "", number: int = 0) -> Refusal | None:
        """Carry out what a hand wants, or say why not.

        ``source`` is the console that asks, ``number`` its own for this.
        """
        self.look()
        now_ns = self.now_ns()
        objection = refusal(self.run, action, now_ns)
        if objection is not None:
            self.press(Press(now_ns, name_of(action), objection.code, source=source, number=number))
            return objection
        self.accept(Cue(now_ns, action))
        return None

    def accept(self, cue: Cue) -> None:
        """Write a cue that may happen, then let it take effect."""
        if isinstance(cue.action, End):
            self._presses.tell_all()  # who reads the journal at its end shall find them
        self._recorder.write(CueRecord(cue.at_ns, cue.by, cue.action))
        self.run = apply(self.run, cue)
        self.cued.emit(cue)
        if isinstance(cue.action, End):
            self._heartbeat.stop()
            self.look()
            self._timer.stop()
            self.finished.emit()
        else:
            self.look()

    def press(self, press: Press) -> None:
        """Record what a hand did that is no cue, and count it where it was refused."""
        if self._presses.take(press) and press.refused:
            self.refused.emit()

    def close(self) -> None:
        """Nothing more will be pressed."""
        self._presses.tell_all()

    def painted(self, scene: OnSlide, at_ns: int) -> None:
        """Record when a slide's paint was submitted, nanoseconds of the run's clock, once."""
        key = (scene.talk, scene.index, scene.due_ns)
        if key in self._recorded:
            return
        self._recorded.add(key)
        self.lateness_ns = at_ns - scene.due_ns
        self._recorder.note(Shown(scene.talk, scene.index, scene.due_ns, at_ns))

    def _due(self, now_ns: int) -> Cue | None:
        """What happens now without a hand."""
        slept = now_ns - self._looked_ns >= GAP_SECONDS * NS
        if slept and self._attended:
            hold = Cue(self._looked_ns, Hold("gap"), By.AUTO)
            if refusal(self.run, hold.action, hold.at_ns, By.AUTO) is None:
                return hold
        self.run = settle(self.run, now_ns)
        cue = automatic_cue(self.run)
        if cue is None or cue.at_ns > now_ns:
            return None
        if slept or self._returning:
            # Nobody was there when it was due; a talk must not be over before it is seen.
            return msgspec.structs.replace(cue, at_ns=now_ns)
        return cue

    def _arm(self, state: State) -> None:
        if self.run.ended_ns is not None:
            self._due_ns = None
            return
        cue = automatic_cue(self.run)
        due = [at_ns for at_ns in (state.until_ns, cue.at_ns if cue else None) if at_ns is not None]
        self._due_ns = min(due, default=None)
        if self._due_ns is None:
            self._timer.stop()
            return
        # Rounded down: what is left of a millisecond is waited for by looking again, and not overslept.
        wait_ms = (self._due_ns - self.now_ns()) // _NS_PER_MS
        self._timer.start(min(max(0, wait_ms), _LONGEST_TIMER_MS))
