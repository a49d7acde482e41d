# SPDX-License-Identifier: AGPL-3.0-or-later
"""A clock that tests move, a journal that only remembers, and an evening with a conductor."""

from __future__ import annotations

from show.builders import OPENED_NS, OPENED_WALL_NS, a_snapshot, after

from pechakucha.live.conductor import HEARTBEAT_MS, Conductor
from pechakucha.show.cues import Cue
from pechakucha.show.journal import Alive, CueRecord, Press, Record, Shown
from pechakucha.show.run import Run, open_run
from pechakucha.show.scene import Countdown, OnSlide, Scene, State
from pechakucha.show.snapshot import NS, Snapshot

HEARTBEAT_S = HEARTBEAT_MS / 1000


class FakeClock:
    """Stands still until a test lets time pass."""

    def __init__(self, now_ns: int = OPENED_NS, wall_ns: int = OPENED_WALL_NS) -> None:
        self._now_ns, self._wall_ns = now_ns, wall_ns

    def now_ns(self) -> int:
        """The system clock."""
        return self._now_ns

    def wall_ns(self) -> int:
        """The wall clock."""
        return self._wall_ns

    def pass_seconds(self, seconds: float) -> None:
        """Time passes on both clocks."""
        self._now_ns += round(seconds * NS)
        self._wall_ns += round(seconds * NS)

    def set_wall(self, seconds: float) -> None:
        """Somebody sets the wall clock by so many seconds."""
        self._wall_ns += round(seconds * NS)


class FakeRecorder:
    """Remembers what it was told; ``slow_s`` passes on the clock at each cue, as with a slow disk."""

    def __init__(self, clock: FakeClock, slow_s: float = 0.0) -> None:
        self.records: list[Record] = []
        self._clock, self._slow_s = clock, slow_s

    def write(self, record: Record) -> None:
        """Only cues have to be written before the show goes on."""
        assert isinstance(record, CueRecord)
        self._clock.pass_seconds(self._slow_s)
        self.records.append(record)

    def note(self, record: Record) -> None:
        """Everything else has time."""
        assert isinstance(record, Shown | Alive | Press)
        self.records.append(record)

    @property
    def cues(self) -> list[Cue]:
        """The cues written so far."""
        return [record.cue for record in self.records if isinstance(record, CueRecord)]

    @property
    def shown(self) -> list[Shown]:
        """The paints noted so far."""
        return [record for record in self.records if isinstance(record, Shown)]

    @property
    def presses(self) -> list[Press]:
        """The presses noted so far."""
        return [record for record in self.records if isinstance(record, Press)]

    @property
    def alive(self) -> list[Alive]:
        """The signs of life so far."""
        return [record for record in self.records if isinstance(record, Alive)]


class Evening:
    """A conductor and everything it said; its heart beats only when a test lets time pass."""

    def __init__(
        self,
        run: Run | Snapshot,
        *,
        attended: bool = True,
        clock: FakeClock | None = None,
        recorder: FakeRecorder | None = None,
        shown: tuple[Shown, ...] = (),
        seen_ns: int | None = None,
    ) -> None:
        self.clock = clock or FakeClock()
        self.recorder = recorder or FakeRecorder(self.clock)
        self.conductor = Conductor(
            run if isinstance(run, Run) else open_run(run),
            self.clock,
            self.recorder,
            attended=attended,
            shown=shown,
            seen_ns=seen_ns,
        )
        self.states: list[State] = []
        self.cues: list[Cue] = []
        self.refused = self.finished = 0
        self.conductor.changed.connect(self.states.append)
        self.conductor.cued.connect(self.cues.append)
        self.conductor.refused.connect(self._count_refused)
        self.conductor.finished.connect(self._count_finished)
        self.conductor.begin()

    def pass_seconds(self, seconds: float) -> None:
        """Time passes and the conductor looks, each heartbeat and at the end."""
        until_ns = self.clock.now_ns() + round(seconds * NS)
        while (left_ns := until_ns - self.clock.now_ns()) > 0:
            self.clock.pass_seconds(min(HEARTBEAT_S, left_ns / NS))
            self.conductor.look()

    def reach(self, seconds: float) -> None:
        """Time passes until so many seconds after the program was ready."""
        self.pass_seconds((after(seconds) - self.clock.now_ns()) / NS)

    def sleep_seconds(self, seconds: float) -> None:
        """Time passes and nobody looks before it is over."""
        self.clock.pass_seconds(seconds)
        self.conductor.look()

    @property
    def scene(self) -> Scene:
        """What the audience sees."""
        return self.states[-1].scene

    @property
    def story(self) -> list[str]:
        """The scenes so far in short, each as often as it was announced."""
        return [in_short(state.scene) for state in self.states]

    def _count_refused(self) -> None:
        self.refused += 1

    def _count_finished(self) -> None:
        self.finished += 1


def in_short(scene: Scene) -> str:
    """A scene in a word or three: ``ulm 7`` is Ulm's slide 7 (counted from 1)."""
    match scene:
        case OnSlide(talk, index):
            return f"{talk} {index + 1}"
        case Countdown(talk, left):
            return f"{talk} in {left}"
    talk = getattr(scene, "talk", "")
    return f"{type(scene).__name__} {talk}".strip()


BLOCK = a_snapshot("ulm", "bern", "graz")
"""Three cities that a hand starts."""

AUTO = a_snapshot("ulm", "bern", auto=True)
"""Two cities that start by themselves."""
