# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is on stage: a function of the run and the time now."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from pechakucha.show.cues import Cue
from pechakucha.show.run import (
    COUNTDOWN_SECONDS,
    Attempt,
    Run,
    begins_ns,
    due_ns,
    fold,
    settle,
    slide_index,
    slot_until_ns,
)
from pechakucha.show.schedule import end_card_until_ns, expected_start_ns, plan_begins_ns
from pechakucha.show.snapshot import Snapshot


class Welcome(msgspec.Struct, frozen=True):
    """Before the first talk. ``start_ns`` is when that should begin, None where no time is told."""

    start_ns: int | None


class StandingBy(msgspec.Struct, frozen=True):
    """The next city's card, from ``since_ns`` on; the talk should begin at ``start_ns``."""

    talk: str
    since_ns: int
    start_ns: int


class Countdown(msgspec.Struct, frozen=True):
    """3-2-1: ``left`` is the figure shown, the first slide is due at ``t0_ns``."""

    talk: str
    left: int
    t0_ns: int


class OnSlide(msgspec.Struct, frozen=True):
    """Slide ``index`` (0-based), due from ``due_ns`` until ``until_ns``."""

    talk: str
    index: int
    due_ns: int
    until_ns: int


class EndCard(msgspec.Struct, frozen=True):
    """Thank you, to the talk that has just ended."""

    talk: str


class Pause(msgspec.Struct, frozen=True):
    """A break before the talk named, from ``since_ns`` until ``until_ns``."""

    talk: str
    since_ns: int
    until_ns: int


class Slot(msgspec.Struct, frozen=True):
    """The slot of a talk that does not take place is kept, from ``since_ns`` until ``until_ns``."""

    talk: str
    since_ns: int
    until_ns: int


class Closing(msgspec.Struct, frozen=True):
    """All talks are over."""


Scene = Welcome | StandingBy | Countdown | OnSlide | EndCard | Pause | Slot | Closing


class State(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about the stage at one moment.

    ``until_ns`` is when the scene will change by itself, None where only a cue can change it.
    While ``held_ns`` (since when time stands still) is set, nothing changes by itself.
    """

    scene: Scene
    until_ns: int | None = None
    held_ns: int | None = None
    black: bool = False
    message: str | None = None
    ended: bool = False


def state(snapshot: Snapshot, so_far: Iterable[Cue], now_ns: int) -> State:
    """What is on stage at ``now_ns``, nanoseconds of the run's clock."""
    return state_of(fold(snapshot, so_far), now_ns)


def state_of(run: Run, now_ns: int) -> State:
    """The same, for a run already folded."""
    run = settle(run, now_ns)
    turn = run.on_stage
    scene: Scene
    held_ns: int | None = None
    until_ns: int | None
    if turn is not None and turn.attempt is not None:
        scene, until_ns = _talk(run.snapshot, turn.talk.id, turn.attempt, now_ns)
        held_ns = turn.attempt.held_ns
    else:
        scene, until_ns = _between(run, now_ns)
    return State(
        scene=scene,
        until_ns=None if held_ns is not None else until_ns,
        held_ns=held_ns,
        black=run.black,
        message=run.message,
        ended=run.ended_ns is not None,
    )


def _talk(snapshot: Snapshot, talk: str, attempt: Attempt, now_ns: int) -> tuple[Scene, int]:
    index = slide_index(snapshot, attempt, now_ns)
    if index < 0:
        if attempt.held_ns is not None:
            now_ns = min(now_ns, attempt.held_ns)
        second_ns = snapshot.span_ns(1)
        left = min(COUNTDOWN_SECONDS, max(1, -(-(attempt.t0_ns - now_ns) // second_ns)))
        return Countdown(talk, left, attempt.t0_ns), attempt.t0_ns - (left - 1) * second_ns
    until_ns = due_ns(snapshot, attempt, index + 1)
    return OnSlide(talk, index, due_ns(snapshot, attempt, index), until_ns), until_ns


def _between(run: Run, now_ns: int) -> tuple[Scene, int | None]:
    turn, start_ns = run.standing_by, expected_start_ns(run)
    thanks_until_ns = end_card_until_ns(run)
    if run.last is not None and now_ns < thanks_until_ns and run.ended_ns is None:
        return EndCard(run.last), thanks_until_ns
    slot_ns = slot_until_ns(run)
    if slot_ns is not None:
        return _slot(run, now_ns, slot_ns)
    if turn is None or start_ns is None:
        return Closing(), None
    changeover_ns = run.snapshot.span_ns(turn.talk.changeover)
    if run.opening:
        card_ns = start_ns - changeover_ns // 2
        if now_ns < card_ns:
            # Where no plan counts and a hand starts, nobody is told a time.
            told = run.snapshot.auto or plan_begins_ns(run.snapshot) is not None
            return Welcome(start_ns if told else None), card_ns
        return StandingBy(turn.talk.id, card_ns, start_ns), None
    since_ns = max(run.changeover_since_ns, thanks_until_ns)
    pause_until_ns = run.changeover_since_ns + run.snapshot.span_ns(turn.talk.pause)
    if now_ns < pause_until_ns:
        return Pause(turn.talk.id, since_ns, pause_until_ns), pause_until_ns
    return StandingBy(turn.talk.id, max(since_ns, pause_until_ns), start_ns), None


def _slot(run: Run, now_ns: int, until_ns: int) -> tuple[Scene, int | None]:
    """What is seen while the slot of a talk is kept: first what would have been seen before the talk."""
    talk = run.slots[0].talk
    if run.opening:
        start_ns = begins_ns(run, talk)
        card_ns = start_ns - run.snapshot.span_ns(talk.changeover) // 2
        if now_ns < card_ns:
            told = run.snapshot.auto or plan_begins_ns(run.snapshot) is not None
            return Welcome(start_ns if told else None), card_ns
        return Slot(talk.id, card_ns, until_ns), until_ns
    since_ns = max(run.changeover_since_ns, end_card_until_ns(run))
    pause_until_ns = run.changeover_since_ns + run.snapshot.span_ns(talk.pause)
    if now_ns < pause_until_ns:
        return Pause(talk.id, since_ns, pause_until_ns), pause_until_ns
    return Slot(talk.id, max(since_ns, pause_until_ns), until_ns), until_ns
