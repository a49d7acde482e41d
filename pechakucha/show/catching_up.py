# SPDX-License-Identifier: AGPL-3.0-or-later
"""What could be done where the block is behind its plan: shorter changeovers, a shorter pause, none.

Only what has not begun is touched: of a pause that lasts people have been told when it ends, and the
changeover that lasts is over as soon as the moderator starts. No talk ever gets less than its time.
"""

from __future__ import annotations

import enum
from collections.abc import Callable

import msgspec

from pechakucha.show.cues import Replace
from pechakucha.show.forecast import ON_TIME_SECONDS, forecast
from pechakucha.show.run import Outcome, Run, settle
from pechakucha.show.snapshot import NS, SnapshotTalk

LEAST_CHANGEOVER_SECONDS = 20
"""Below this a changeover is none: thanks, the next city's card, a presenter who takes over, 3-2-1."""

LEAST_PAUSE_SECONDS = 300
"""Nobody is back from a shorter pause; it is rather left out."""

_STEP_SECONDS = 5
_PAUSE_STEP_SECONDS = 60
"""Lengths are proposed in such steps: a proposal must not change while it is being read."""


class Way(enum.StrEnum):
    """How time is won."""

    CHANGEOVERS = "changeovers"
    SHORTER_PAUSE = "shorter-pause"
    NO_PAUSE = "no-pause"


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """Something that could be done, and where it would lead.

    Attributes:
        seconds: the length of changeovers or pause from then on, the run's own time.
        before: the talk before which the pause is, "" where it is about changeovers.
        actions: what would have to be sent.
        won_s: real seconds by which the block would end earlier.
        end_ns: when it would end, nanoseconds of the run's clock.
        behind_s: how much later than planned that would be, real seconds; negative: earlier.
    """

    way: Way
    seconds: int
    before: str = ""
    actions: tuple[Replace, ...]
    won_s: float
    end_ns: int
    behind_s: float


def proposals(run: Run, now_ns: int) -> tuple[Proposal, ...]:
    """What could be done at ``now_ns``, the gentlest first; nothing while the block is on time."""
    run = settle(run, now_ns)
    behind_s = forecast(run, now_ns).behind_s
    if run.ended_ns is not None or behind_s < ON_TIME_SECONDS:
        return ()
    late_s = behind_s * run.snapshot.speed
    coming = _coming(run)
    found = [_shorter_changeovers(run, now_ns, coming, late_s)]
    paused = next((talk for talk in coming if talk.pause > 0), None)
    if paused is not None:
        found += [_shorter_pause(run, now_ns, paused, late_s), _without_pause(run, now_ns, paused)]
    return tuple(each for each in found if each is not None)


def _coming(run: Run) -> list[SnapshotTalk]:
    """The talks whose changeover has not begun, in running order."""
    planned = [turn.talk for turn in run.turns if turn.outcome is Outcome.PLANNED]
    return planned if run.on_stage is not None else planned[1:]


def _shorter_changeovers(run: Run, now_ns: int, coming: list[SnapshotTalk], late_s: float) -> Proposal | None:
    """All of one length at the most: as long as they can be to make up for what is late."""

    def won(seconds: int) -> int:
        return sum(max(0, talk.changeover - seconds) for talk in coming)

    longest = max((talk.changeover for talk in coming), default=0)
    seconds = _longest(longest, LEAST_CHANGEOVER_SECONDS, _STEP_SECONDS, lambda each: won(each) >= late_s)
    shorter = [
        msgspec.structs.replace(talk, changeover=seconds) for talk in coming if talk.changeover > seconds
    ]
    return _proposal(run, now_ns, Way.CHANGEOVERS, seconds, shorter)


def _shorter_pause(run: Run, now_ns: int, paused: SnapshotTalk, late_s: float) -> Proposal | None:
    """As long as it can be to make up for what is late, where that leaves a pause worth the name."""
    seconds = _longest(
        paused.pause, LEAST_PAUSE_SECONDS, _PAUSE_STEP_SECONDS, lambda each: paused.pause - each >= late_s
    )
    if paused.pause <= seconds:
        return None
    shorter = msgspec.structs.replace(paused, pause=seconds)
    return _proposal(run, now_ns, Way.SHORTER_PAUSE, seconds, [shorter], before=paused.id)


def _without_pause(run: Run, now_ns: int, paused: SnapshotTalk) -> Proposal | None:
    without = msgspec.structs.replace(paused, pause=0)
    return _proposal(run, now_ns, Way.NO_PAUSE, 0, [without], before=paused.id)


def _longest(longest: int, least: int, step: int, suffices: Callable[[int], bool]) -> int:
    """The longest of the lengths from ``longest`` down to ``least`` that suffices, else ``least``."""
    lengths = range(least + max(0, longest - least) // step * step, least - 1, -step)
    return next((each for each in lengths if suffices(each)), least)


def _proposal(
    run: Run, now_ns: int, way: Way, seconds: int, changed: list[SnapshotTalk], *, before: str = ""
) -> Proposal | None:
    """What comes of it, None where it wins nothing."""
    changes = {talk.id: talk for talk in changed}
    # At one go: cue by cue it would cost the square of the talks.
    turns = (msgspec.structs.replace(turn, talk=changes.get(turn.talk.id, turn.talk)) for turn in run.turns)
    then = msgspec.structs.replace(run, turns=tuple(turns))
    now, expected = forecast(run, now_ns), forecast(then, now_ns)
    if expected.end_ns >= now.end_ns:
        return None
    return Proposal(
        way=way,
        seconds=seconds,
        before=before,
        actions=tuple(Replace(talk) for talk in changed),
        won_s=(now.end_ns - expected.end_ns) / NS,
        end_ns=expected.end_ns,
        behind_s=expected.behind_s,
    )
