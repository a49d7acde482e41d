# SPDX-License-Identifier: AGPL-3.0-or-later
"""When each talk was planned to start and when it probably will."""

from __future__ import annotations

import msgspec

from pechakucha.show.run import Outcome, Run, Turn, settle, slot_until_ns
from pechakucha.show.schedule import expected_start_ns, plan_begins_ns, slot_ns
from pechakucha.show.snapshot import NS, Snapshot


class Expected(msgspec.Struct, frozen=True):
    """A talk's start as planned and as expected (or as it was), nanoseconds of the run's clock.

    ``planned_ns`` is None for a talk that was added during the run.
    """

    talk: str
    planned_ns: int | None
    start_ns: int | None


class Forecast(msgspec.Struct, frozen=True):
    """All talks in running order, and the end of the block."""

    talks: tuple[Expected, ...]
    planned_end_ns: int
    end_ns: int

    @property
    def behind_s(self) -> float:
        """How many seconds later than planned the block will end; negative: earlier."""
        return (self.end_ns - self.planned_end_ns) / NS


def planned_starts(snapshot: Snapshot) -> tuple[dict[str, int], int]:
    """The planned start of each talk and the planned end, nanoseconds of the run's clock."""
    starts: dict[str, int] = {}
    start_ns = plan_begins_ns(snapshot)
    if start_ns is None:
        first = snapshot.talks[:1]
        start_ns = snapshot.opened_ns + sum(snapshot.span_ns(talk.pause + talk.changeover) for talk in first)
    at_ns = start_ns
    for index, talk in enumerate(snapshot.talks):
        if index:
            at_ns += snapshot.span_ns(talk.pause + talk.changeover)
        starts[talk.id] = at_ns
        at_ns += snapshot.talk_ns
    return starts, at_ns


def forecast(run: Run, now_ns: int) -> Forecast:
    """The block from now on, if everybody goes on as planned from here."""
    run = settle(run, now_ns)
    planned, planned_end_ns = planned_starts(run.snapshot)
    expected: list[Expected] = []
    free_ns = _stage_free_ns(run, now_ns)
    next_on = run.standing_by
    for turn in run.turns:
        start_ns = turn.attempt.origins[0].t0_ns if turn.attempt else None
        if turn.kept and run.ended_ns is None:
            free_ns = _slot_over_ns(run, turn, free_ns)
        if turn.outcome is Outcome.PLANNED and run.ended_ns is None:
            start_ns = free_ns + run.snapshot.span_ns(turn.talk.pause + turn.talk.changeover)
            if turn is next_on:
                start_ns = max(now_ns, expected_start_ns(run) or now_ns)
            free_ns = start_ns + run.snapshot.talk_ns
        expected.append(Expected(turn.talk.id, planned.get(turn.talk.id), start_ns))
    return Forecast(tuple(expected), planned_end_ns, free_ns)


def _slot_over_ns(run: Run, turn: Turn, free_ns: int) -> int:
    """When the slot of a no-show that is kept will be over."""
    if run.on_stage is None and turn in run.slots[:1]:
        return slot_until_ns(run) or free_ns
    return free_ns + slot_ns(run.snapshot, turn.talk)


def _stage_free_ns(run: Run, now_ns: int) -> int:
    """When the talk on stage will be over, or when the last one was."""
    turn = run.on_stage
    if turn is None or turn.attempt is None:
        left = any(each.outcome is Outcome.PLANNED for each in run.turns)
        if run.ended_ns is not None and left:
            return run.ended_ns  # the block was broken off
        return run.changeover_since_ns
    held_ns = turn.attempt.held_ns
    lost_ns = 0 if held_ns is None else now_ns - held_ns
    return turn.attempt.t0_ns + run.snapshot.talk_ns + lost_ns
