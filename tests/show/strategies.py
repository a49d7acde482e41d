# SPDX-License-Identifier: AGPL-3.0-or-later
"""Any evening that the conductor could accept, for hypothesis.

``stories`` is a conductor in miniature: time passes, the automatic cues that fall due happen, and
somebody does one of the many things that ``rules`` allows at that moment.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Literal, NamedTuple

from hypothesis import settings
from hypothesis import strategies as st

from pechakucha.show.cues import (
    Action,
    Add,
    Black,
    By,
    Cue,
    Cut,
    End,
    GoOn,
    Hold,
    Message,
    Move,
    NoShow,
    PutBack,
    Reboot,
    Replace,
    Restart,
    Resume,
    Start,
    TakeBack,
    Withdraw,
)
from pechakucha.show.format import IGNITE, PECHA_KUCHA, Format
from pechakucha.show.rules import refusal
from pechakucha.show.run import Run, apply, open_run, settle
from pechakucha.show.scene import State, state_of
from pechakucha.show.schedule import automatic_cue
from pechakucha.show.snapshot import NS, Snapshot

from .builders import TOO_FEW, a_snapshot, a_talk

SPEEDS = (1.0, 1.5, 3.0, 7.0, 10.0, 60.0, 400.0)
FORMATS = (Format(3, 2), PECHA_KUCHA, IGNITE, Format(1, 1), Format(7, 3))
CITIES = ("ulm", "bern", "graz", "linz")

_TIMES = int(os.environ.get("HYPOTHESIS", "1"))
"""How many times more examples than usual; more for a thorough search by hand."""

often = settings(max_examples=60 * _TIMES, deadline=None)
"""For properties that play a whole evening. No deadline: a busy machine is no failure."""

quick = settings(max_examples=50 * _TIMES, deadline=None)
"""For properties of one function."""

speeds = st.sampled_from(SPEEDS)
formats = st.sampled_from(FORMATS)


@st.composite
def snapshots(draw: st.DrawFn, *, auto: bool | None = None, ready: bool = False) -> Snapshot:
    """A show of up to four talks; ``ready`` leaves out blocked decks."""
    blockers = st.none() if ready else st.sampled_from([None, None, None, TOO_FEW])
    talks = [
        a_talk(
            city,
            changeover=draw(st.sampled_from([0, 1, 3, 20, 45])),
            pause=draw(st.sampled_from([0, 0, 5, 600])),
            blocker=draw(blockers),
        )
        for city in CITIES[: draw(st.integers(1, len(CITIES)))]
    ]
    return a_snapshot(
        *talks,
        format=draw(formats),
        speed=draw(speeds),
        auto=draw(st.booleans()) if auto is None else auto,
        planned_start_s=draw(st.sampled_from([None, None, -30, 90, 1500])),
    )


class Wait(NamedTuple):
    """How long nobody does anything: until the next change on stage, some slides, some seconds."""

    until: Literal["change", "slides", "run", "real"]
    amount: int = 0
    nudge_ns: int = 0


NUDGES = (0, -1, 1)
WAITS = (
    *(Wait("change", nudge_ns=nudge) for nudge in NUDGES * 3),
    *(Wait("slides", amount, nudge) for amount in (1, 2, 5) for nudge in NUDGES),
    *(Wait("run", amount) for amount in (0, 1, 2, 9, 45, 130, 420, 1000)),
    *(Wait("real", amount, nudge) for amount in (3, 10) for nudge in NUDGES),
)

GAPS_SECONDS = (5, 30, 200)


class Story(NamedTuple):
    """An evening as it went, watched until ``watched_ns``."""

    snapshot: Snapshot
    cues: tuple[Cue, ...]
    watched_ns: int


@st.composite
def stories(draw: st.DrawFn, *, auto: bool | None = None, ready: bool = False) -> Story:
    """Any evening that the conductor could accept."""
    snapshot = draw(snapshots(auto=auto, ready=ready))
    run, now_ns = open_run(snapshot), snapshot.opened_ns
    cues: list[Cue] = []
    for _ in range(draw(st.integers(0, 20))):
        now_ns = max(now_ns, _later(run, draw(st.sampled_from(WAITS)), now_ns))
        run = _let_happen(run, cues, now_ns)
        last_ns = cues[-1].at_ns if cues else snapshot.opened_ns
        allowed = [
            each for each in _conceivable(run, now_ns, last_ns) if not refusal(run, each.action, each.at_ns)
        ]
        if not allowed:
            break
        cues.append(draw(st.sampled_from(allowed)))
        run = apply(run, cues[-1])
    return Story(snapshot, tuple(cues), now_ns)


def _later(run: Run, wait: Wait, now_ns: int) -> int:
    match wait.until:
        case "change":
            until_ns = state_of(run, now_ns).until_ns
            return (now_ns if until_ns is None else until_ns) + wait.nudge_ns
        case "slides":
            return now_ns + run.snapshot.due_ns(wait.amount) + wait.nudge_ns
        case "run":
            return now_ns + run.snapshot.span_ns(wait.amount)
        case "real":
            return now_ns + wait.amount * NS + wait.nudge_ns


def _let_happen(run: Run, cues: list[Cue], now_ns: int) -> Run:
    """Let the automatic cues happen that are due, at the very time they say."""
    while (due := automatic_cue(settle(run, now_ns))) and due.at_ns <= now_ns:
        assert due.by is By.AUTO
        assert refusal(run, due.action, due.at_ns, By.AUTO) is None
        cues.append(due)
        run = apply(run, cues[-1])
    return run


def _conceivable(run: Run, now_ns: int, last_ns: int) -> Iterator[Cue]:
    """What somebody might do now, the usual more often than the rest. Much of it is refused."""
    settled = settle(run, now_ns)
    staged, standing_by = settled.on_stage, settled.standing_by
    if standing_by is not None:
        yield from [Cue(now_ns, Start(standing_by.talk.id))] * 6
    if staged is not None:
        yield from [Cue(now_ns, Hold())] * 4
        yield from [Cue(now_ns, Resume(mode)) for mode in GoOn] * 8
        on_stage = (TakeBack(staged.talk.id), Restart(staged.talk.id), Cut(staged.talk.id))
        yield from [Cue(now_ns, each) for each in on_stage] * 2
    # A gap is noticed now and began a while ago.
    yield from (Cue(max(last_ns, now_ns - gap * NS), Hold("gap")) for gap in GAPS_SECONDS)
    yield from (Cue(now_ns, each) for each in _changes_of_the_rundown([t.talk.id for t in run.turns]))
    covers = (Black(True), Black(False), Message(""), Message(), Reboot("boot-2", 5), End())
    yield from (Cue(now_ns, each) for each in covers)


def _changes_of_the_rundown(ids: list[str]) -> Iterator[Action]:
    for talk in (ids[0], ids[-1]) if ids else ():
        yield from (NoShow(talk), NoShow(talk, keep=True), PutBack(talk), PutBack(talk))
        yield from (Withdraw(talk), Move(talk))
        yield Move(talk, ids[0])
        yield Replace(a_talk(talk, changeover=9))
    yield Add(a_talk("wien", pause=30))
    yield Add(a_talk("basel", changeover=14), ids[0] if ids else None)


class Moment(NamedTuple):
    """A moment when the stage may have changed: ``cues`` of them had been accepted by then."""

    at_ns: int
    cues: int
    run: Run
    state: State


def watch(story: Story) -> Iterator[Moment]:
    """Every moment of the evening at which the stage changed, by itself or by a cue."""
    run, at_ns = open_run(story.snapshot), story.snapshot.opened_ns
    for count in range(len(story.cues) + 1):
        if count:
            at_ns = story.cues[count - 1].at_ns
            run = apply(run, story.cues[count - 1])
        next_ns = story.cues[count].at_ns if count < len(story.cues) else story.watched_ns + 1
        yield from _watch_alone(run, at_ns, next_ns, count)


def watch_talk(run: Run, at_ns: int) -> list[Moment]:
    """The stage from ``at_ns`` on, nobody touching anything, as long as it changes by itself."""
    return list(_watch_alone(run, at_ns, None, 0))


def _watch_alone(run: Run, at_ns: int, next_ns: int | None, count: int) -> Iterator[Moment]:
    now_ns: int | None = at_ns
    first = True
    while now_ns is not None and (first or next_ns is None or now_ns < next_ns):
        moment = Moment(now_ns, count, run, state_of(run, now_ns))
        yield moment
        assert moment.state.until_ns is None or moment.state.until_ns > now_ns, moment
        first, now_ns = False, moment.state.until_ns
