# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which actions may become cues at a given time, and why not.

Starting is the only thing that a hand decides, so it is guarded; the spans of the guards are real
seconds at any speed. ``--auto`` is no hand.
"""

from __future__ import annotations

import msgspec

from pechakucha.show import cues
from pechakucha.show.cues import Action, By
from pechakucha.show.problem import Finding, Parameter
from pechakucha.show.run import Outcome, Run, Turn, settle
from pechakucha.show.snapshot import NS

START_LOCK_SECONDS = 3
"""After a talk has ended start is locked: a presenter may still be clicking."""

TAKE_BACK_SECONDS = 10
"""For how long a start can be taken back."""


class Refusal(msgspec.Struct, frozen=True):
    """Why an action is refused. ``finding`` is the deck's error where that is the reason."""

    code: str
    params: dict[str, Parameter] = {}
    finding: Finding | None = None


def refusal(run: Run, action: Action, now_ns: int, by: By = By.HAND) -> Refusal | None:
    """Why this action can't become a cue at ``now_ns``, or None where it can."""
    run = settle(run, now_ns)
    if run.ended_ns is not None:
        return Refusal("run-ended")
    if now_ns < run.last_cue_ns:
        return Refusal("out-of-order")
    if by is By.HAND and isinstance(action, cues.Reboot | cues.Hold) and not _is_a_hands(action):
        return Refusal("not-by-hand")
    match action:
        case cues.Start(talk):
            return _start(run, talk, now_ns, by)
        case cues.TakeBack(talk):
            return _take_back(run, talk, now_ns)
        case cues.Restart(talk) | cues.Cut(talk):
            return _on_stage(run, talk)
        case cues.Hold() | cues.Resume():
            return _hold(run, to_resume=isinstance(action, cues.Resume))
        case cues.End():
            return Refusal("talk-on-stage") if run.on_stage else None
        case cues.Black() | cues.Message() | cues.Reboot():
            return None
    return _rundown(run, action)


def _is_a_hands(action: cues.Reboot | cues.Hold) -> bool:
    """Gaps and reboots are noticed, not wanted."""
    return isinstance(action, cues.Hold) and action.reason == "hand"


def _start(run: Run, talk: str, now_ns: int, by: By) -> Refusal | None:
    if run.on_stage is not None:
        return Refusal("talk-on-stage")
    turn = run.standing_by
    if turn is None or turn.talk.id != talk:
        return Refusal("not-standing-by")
    if turn.talk.blocker is not None:
        return Refusal("deck-not-ready", {"city": turn.talk.city}, turn.talk.blocker)
    if by is By.HAND and run.last_ended_ns is not None:
        unlocked_ns = run.last_ended_ns + START_LOCK_SECONDS * NS
        if now_ns >= unlocked_ns:
            return None
        return Refusal("start-locked", {"seconds": -(-(unlocked_ns - now_ns) // NS)})
    return None


def _take_back(run: Run, talk: str, now_ns: int) -> Refusal | None:
    turn = run.on_stage
    if turn is None or turn.attempt is None or turn.talk.id != talk:
        return Refusal("not-on-stage")
    if turn.attempt.again:
        return Refusal("begun-again")
    if now_ns > turn.attempt.start_ns + TAKE_BACK_SECONDS * NS:
        return Refusal("too-late-to-take-back", {"seconds": TAKE_BACK_SECONDS})
    return None


def _on_stage(run: Run, talk: str) -> Refusal | None:
    turn = run.on_stage
    return None if turn is not None and turn.talk.id == talk else Refusal("not-on-stage")


def _hold(run: Run, *, to_resume: bool) -> Refusal | None:
    turn = run.on_stage
    if turn is None or turn.attempt is None:
        return Refusal("nothing-to-hold")
    if to_resume is (turn.attempt.held_ns is not None):
        return None
    return Refusal("not-held" if to_resume else "already-held")


def _rundown(run: Run, action: Action) -> Refusal | None:
    before: str | None = None
    match action:
        case cues.NoShow(talk):
            return _only(run, talk, {Outcome.PLANNED})
        case cues.PutBack(talk):
            return _only(run, talk, {Outcome.DONE, Outcome.CUT, Outcome.NO_SHOW})
        case cues.Withdraw(talk):
            return _only(run, talk, {Outcome.PLANNED, Outcome.NO_SHOW})
        case cues.Replace(new):
            return _only(run, new.id, {Outcome.PLANNED, Outcome.NO_SHOW})
        case cues.Move(talk, before):
            objection = _only(run, talk, {Outcome.PLANNED, Outcome.NO_SHOW})
            if objection or before == talk:
                return objection or Refusal("same-place")
        case cues.Add(new, before):
            if run.turn(new.id) is not None:
                return Refusal("talk-exists")
    if before is not None and run.turn(before) is None:
        return Refusal("unknown-talk")
    return None


def _only(run: Run, talk: str, outcomes: set[Outcome]) -> Refusal | None:
    turn: Turn | None = run.turn(talk)
    if turn is None:
        return Refusal("unknown-talk")
    if turn.outcome in outcomes:
        return None
    city: dict[str, Parameter] = {"city": turn.talk.city}
    codes = {
        Outcome.ON_STAGE: "on-stage-already",
        Outcome.NO_SHOW: "is-no-show",
        Outcome.PLANNED: "is-planned",
    }
    return Refusal(codes.get(turn.outcome, "is-over"), city)
