# SPDX-License-Identifier: AGPL-3.0-or-later
"""A show frozen at the moment its run begins. A live run never reads the show file again."""

from __future__ import annotations

import msgspec

from pechakucha.show.format import Format
from pechakucha.show.problem import Finding

NS = 1_000_000_000
"""Nanoseconds in a second."""

_SAME_DAY_NS = 12 * 3600 * NS

_SET_NS = NS
"""Wall clocks are slewed all the time; from here on one has been set."""


class SnapshotSlide(msgspec.Struct, frozen=True, kw_only=True):
    """A slide that goes on stage; ``picture`` is a path inside the run's folder."""

    number: int
    picture: str | None
    notes: str = ""


class SnapshotTalk(msgspec.Struct, frozen=True, kw_only=True):
    """A talk with the slides chosen from its deck.

    ``changeover`` and ``pause`` are seconds before this talk. ``blocker`` says why the talk
    can't start (wrong number of slides, unreadable deck), None where it can.
    """

    id: str
    city: str
    title: str = ""
    presenters: tuple[str, ...] = ()
    slides: tuple[SnapshotSlide, ...] = ()
    changeover: int
    pause: int = 0
    pause_title: str = ""
    announcement: str = ""
    deck: str = ""
    digest: str = ""
    renderer: str = ""
    blocker: Finding | None = None


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that the fold needs beside the cues.

    Attributes:
        speed: how many times faster than real this run goes; 1 on the day.
        auto: each talk starts by itself when its changeover is over.
        opened_ns: the system clock when the stage was ready, nanoseconds.
        opened_wall_ns: the wall clock at that moment, nanoseconds since the Unix epoch.
        planned_start_ns: the planned start, nanoseconds since the Unix epoch, or None.
        line: a thin line along a slide's lower edge shows its time.
        number: slides show their number.
        boot: identity of the machine's boot; the system clock means nothing in another one.
    """

    title: str
    format: Format
    talks: tuple[SnapshotTalk, ...]
    opened_ns: int
    opened_wall_ns: int
    boot: str
    version: str
    date: str = ""
    language: str = "en"
    speed: float = 1.0
    auto: bool = False
    line: bool = False
    number: bool = False
    planned_start_ns: int | None = None

    @property
    def is_dry_run(self) -> bool:
        """Whether this is no block for an audience, and says so on every screen."""
        return self.speed != 1

    def span_ns(self, seconds: float) -> int:
        """A length of the run's own time as nanoseconds of the system clock."""
        return round(seconds * NS / self.speed)

    def due_ns(self, index: int) -> int:
        """When slide ``index`` (0-based) is due, nanoseconds after the talk's start.

        Always counted from the start of the talk, so that nothing can add up.
        """
        return self.span_ns(index * self.format.seconds)

    @property
    def talk_ns(self) -> int:
        """The length of a talk, nanoseconds of the system clock."""
        return self.span_ns(self.format.talk_seconds)

    def wall_ns(self, clock_ns: int) -> int:
        """The wall clock that belongs to a time of the run's clock (as set when it opened)."""
        return self.opened_wall_ns + clock_ns - self.opened_ns

    @property
    def begins_ns(self) -> int | None:
        """The planned start, nanoseconds of the run's clock, None where it does not count.

        It counts for a real block on its day that a hand starts: a dry run, ``--auto`` and a rehearsal
        on another day begin one changeover after the program is ready.
        """
        if self.planned_start_ns is None or self.auto or self.speed != 1:
            return None
        ahead_ns = self.planned_start_ns - self.opened_wall_ns
        return self.opened_ns + ahead_ns if abs(ahead_ns) <= _SAME_DAY_NS else None

    def as_set_by(self, clock_ns: int, wall_ns: int) -> Snapshot:
        """The same with the times of day of a wall clock that has been set meanwhile: it reads ``wall_ns``
        at ``clock_ns``. What is due when stays as it is, the planned start included.
        """
        moved_ns = wall_ns - self.wall_ns(clock_ns)
        if abs(moved_ns) < _SET_NS:
            return self
        planned_ns = None if self.planned_start_ns is None else self.planned_start_ns + moved_ns
        return msgspec.structs.replace(
            self, opened_wall_ns=self.opened_wall_ns + moved_ns, planned_start_ns=planned_ns
        )
