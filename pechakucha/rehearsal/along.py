# SPDX-License-Identifier: AGPL-3.0-or-later
"""Running along with a stage elsewhere: a function of when its first slide was due, and of the nudges."""

from __future__ import annotations

import msgspec

from pechakucha.rehearsal.take import TALK
from pechakucha.show.cues import Cue, Start
from pechakucha.show.run import COUNTDOWN_SECONDS
from pechakucha.show.run_along import RunAlong
from pechakucha.show.snapshot import NS

NUDGE_SECONDS = 0.5
"""One press of an arrow key."""


class Along(msgspec.Struct, frozen=True, kw_only=True):
    """What this view is in step with.

    Attributes:
        told_ns: when the first slide is due as a hand or a code told, nanoseconds of the run's clock.
        talk: the talk's number in the rundown, None where it is not told.
        by_code: whether a code told it.
        seconds: that each slide has there.
        nudges: how often this view was moved on by ``NUDGE_SECONDS``; below zero where it was moved back.
    """

    told_ns: int
    talk: int | None = None
    by_code: bool = False
    seconds: int
    nudges: int = 0

    @property
    def moved_s(self) -> float:
        """How far this view is moved on, seconds."""
        return self.nudges * NUDGE_SECONDS

    @property
    def t0_ns(self) -> int:
        """When the first slide is due in this view, nanoseconds of the run's clock."""
        return self.told_ns - round(self.moved_s * NS)

    @property
    def start(self) -> Cue:
        """The same as a cue, which may lie in the past."""
        return Cue(self.t0_ns - COUNTDOWN_SECONDS * NS, Start(TALK))

    def nudged(self, nudges: int) -> Along:
        """Moved on by so many nudges more."""
        return msgspec.structs.replace(self, nudges=self.nudges + nudges)


def along_by_hand(now_ns: int, seconds: int) -> Along:
    """Somebody pressed when the stage showed the 3; each slide has so many ``seconds`` there."""
    return Along(told_ns=now_ns + COUNTDOWN_SECONDS * NS, seconds=seconds)


def along_by_code(told: RunAlong, seconds: int, now_ns: int, wall_ns: int) -> Along:
    """What a code told, on this machine's clocks, both read at the same moment; ``seconds`` as by hand."""
    told_ns = now_ns + told.start_wall_ns - wall_ns
    return Along(told_ns=told_ns, talk=told.talk, by_code=True, seconds=seconds)
