# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is due by itself between talks: when the next one should start, what ``--auto`` does."""

from __future__ import annotations

from pechakucha.show.cues import By, Cue, End, NoShow, Start
from pechakucha.show.run import COUNTDOWN_SECONDS, Run, begins_ns, slot_until_ns
from pechakucha.show.snapshot import Snapshot, SnapshotTalk

END_CARD_SECONDS = 8
"""The thank-you card after a talk; never more than half of the changeover."""

CLOSING_SECONDS = 10
"""With ``--auto``, how long the closing card is up before the run ends."""


def expected_start_ns(run: Run) -> int | None:
    """When the first slide of the talk that stands by should be due, None where none stands by."""
    turn = run.standing_by
    if turn is None:
        return None
    slots_ns = slots_until_ns(run)
    if slots_ns is None:
        return begins_ns(run, turn.talk)
    return slots_ns + run.snapshot.span_ns(turn.talk.pause + turn.talk.changeover)


def slots_until_ns(run: Run) -> int | None:
    """When the last slot that is kept before the next talk will be over, None where none is."""
    until_ns = slot_until_ns(run)
    if until_ns is None:
        return None
    later = (turn.talk for turn in run.slots[1:])
    return until_ns + sum(slot_ns(run.snapshot, talk) for talk in later)


def slot_ns(snapshot: Snapshot, talk: SnapshotTalk) -> int:
    """A talk's length with the changeover and the pause before it, nanoseconds of the system clock."""
    return snapshot.span_ns(talk.pause + talk.changeover) + snapshot.talk_ns


def plan_begins_ns(snapshot: Snapshot) -> int | None:
    """The planned start, nanoseconds of the run's clock, None where it does not count."""
    return snapshot.begins_ns


def end_card_until_ns(run: Run) -> int:
    """Until when the thank-you card of the talk that ended last is up; long ago where none is."""
    if run.last_ended_ns is None or run.last is None or run.turn(run.last) is None:
        return run.snapshot.opened_ns
    seconds = float(END_CARD_SECONDS)
    if run.upcoming is not None:
        seconds = min(seconds, run.upcoming.talk.changeover / 2)
    return run.last_ended_ns + run.snapshot.span_ns(seconds)


def automatic_cue(run: Run) -> Cue | None:
    """What happens next without a hand in an ``--auto`` run, with the time it is due.

    The countdown is the end of the changeover. A talk that can't start is a no-show. The run must
    be settled: a talk whose time is over still hides what follows, and so does a slot.
    """
    if not run.snapshot.auto or run.ended_ns is not None or run.on_stage is not None:
        return None
    turn, start_ns = run.standing_by, expected_start_ns(run)
    if turn is None or start_ns is None:
        over_ns = slots_until_ns(run) or run.changeover_since_ns
        closing_ns = max(end_card_until_ns(run), over_ns, run.last_cue_ns)
        return Cue(closing_ns + run.snapshot.span_ns(CLOSING_SECONDS), End(), By.AUTO)
    countdown_ns = run.snapshot.span_ns(COUNTDOWN_SECONDS)
    at_ns = max(start_ns - countdown_ns, run.changeover_since_ns, run.last_cue_ns)
    if turn.talk.blocker is not None:
        return Cue(at_ns, NoShow(turn.talk.id), By.AUTO)
    return Cue(at_ns, Start(turn.talk.id), By.AUTO)
