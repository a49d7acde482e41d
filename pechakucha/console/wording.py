# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the console says about a run at a moment: plain values, no widgets."""

from __future__ import annotations

import datetime as dt
import math

import msgspec

from pechakucha.show.forecast import Expected
from pechakucha.show.run import Outcome, Run, Turn
from pechakucha.show.scene import Countdown, EndCard, OnSlide, Pause, StandingBy, State, Welcome
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui.cards import minutes

_SMALLEST_DELAY_S = 60
"""Less than a minute ahead or behind is on time."""


class Centre(msgspec.Struct, frozen=True):
    """What stands in the middle: badge with its tone, name, figure and the words around it."""

    badge: str
    tone: str
    city: str
    title: str
    figure: str
    unit: str
    place: str
    of: str
    rest_label: str
    rest: str


def seconds_left(run: Run, state: State, now_ns: int, until_ns: int) -> int:
    """Whole seconds of the run's own time until then, counted as a person counts down."""
    if state.held_ns is not None:
        now_ns = state.held_ns
    return max(0, math.ceil((until_ns - now_ns) * run.snapshot.speed / NS - 1e-6))


def as_set_now(run: Run, now_ns: int, wall_ns: int) -> Run:
    """The run with times of day as the machine's wall clock reads now, which may have been set meanwhile."""
    snapshot = run.snapshot.as_set_by(now_ns, wall_ns)
    return run if snapshot is run.snapshot else msgspec.structs.replace(run, snapshot=snapshot)


def time_of_day(run: Run, clock_ns: int | None) -> str:
    """The wall clock's hours and minutes at a time of the run's clock."""
    if clock_ns is None:
        return ""
    return dt.datetime.fromtimestamp(run.snapshot.wall_ns(clock_ns) / NS).astimezone().strftime("%H:%M")


def delay(seconds: float, texts: Texts) -> tuple[str, bool]:
    """How far ahead or behind, in words, and whether it matters."""
    if abs(seconds) < _SMALLEST_DELAY_S:
        return texts("console.on-time"), False
    case = "behind" if seconds > 0 else "ahead"
    return texts("console.delay", case=case, minutes=round(abs(seconds) / 60)), seconds > 0


def short_delay(run: Run, expected: Expected) -> str:
    """+3 or −2 (minutes) beside a talk's time, "" where it is on time."""
    if expected.planned_ns is None or expected.start_ns is None:
        return ""
    late = minute_of(run, expected.start_ns) - minute_of(run, expected.planned_ns)
    return f"+{late}" if late > 0 else f"−{-late}" if late < 0 else ""


def minute_of(run: Run, clock_ns: int) -> int:
    """The minute in which a time lies, as a clock without seconds shows it."""
    return run.snapshot.wall_ns(clock_ns) // (60 * NS)


def state_words(run: Run, turn: Turn, texts: Texts, *, comes_next: bool) -> tuple[str, str]:
    """A turn's state: its key (for shape and colour) and its word; ``comes_next``: no other before it."""
    if turn.outcome is Outcome.PLANNED:
        if turn.talk.blocker is not None:
            return "blocked", texts.message(turn.talk.blocker)
        key = "next" if comes_next else "ready" if run.ended_ns is None else "planned"
    else:
        held = turn.outcome is Outcome.ON_STAGE and turn.attempt and turn.attempt.held_ns is not None
        key = "held" if held else str(turn.outcome)
    return key, texts(f"console.state-{key}")


def centre(run: Run, state: State, now_ns: int, texts: Texts) -> Centre:
    """What stands in the middle of the console now; what covers the stage goes before what is under it."""
    words = _uncovered(run, state, now_ns, texts)
    if state.ended or not (state.black or state.message is not None):
        return words
    badge = texts("console.badge-black" if state.black else "console.badge-message")
    if state.held_ns is not None:
        badge = f"{words.badge} · {badge}"
    return msgspec.structs.replace(words, badge=badge, tone="attention")


def way_back(state: State, texts: Texts) -> str:
    """What covers the stage and how it is taken away, "" where nothing does."""
    if state.ended or not (state.black or state.message is not None):
        return ""
    return texts("console.black-way" if state.black else "console.message-way")


def _uncovered(run: Run, state: State, now_ns: int, texts: Texts) -> Centre:
    scene = state.scene
    match scene:
        case OnSlide():
            return _talk(run, state, scene, now_ns, texts)
        case Countdown(talk, left):
            city, title = _named(run, talk)
            badge = texts("console.badge-countdown")
            return Centre(badge, "live", city, title, str(left), texts("console.to-go"), "", "", "", "")
        case EndCard(talk):
            city, title = _named(run, talk)
            return Centre(texts("console.badge-thanks"), "quiet", city, title, "", "", "", "", "", "")
        case Welcome(start_ns):
            return _waiting(run, state, now_ns, start_ns, texts)
        case StandingBy(_, _, until_ns) | Pause(_, _, until_ns):
            return _waiting(run, state, now_ns, until_ns, texts)
    key = "console.badge-ended" if state.ended else "console.badge-closing"
    closed = texts("console.stage-closed") if state.ended else ""
    return Centre(texts(key), "quiet", run.snapshot.title, "", "", closed, "", "", "", "")


def _talk(run: Run, state: State, scene: OnSlide, now_ns: int, texts: Texts) -> Centre:
    snapshot = run.snapshot
    left = seconds_left(run, state, now_ns, scene.until_ns)
    following = (snapshot.format.slides - scene.index - 1) * snapshot.format.seconds
    city, title = _named(run, scene.talk)
    held = state.held_ns is not None
    return Centre(
        badge=texts("console.badge-held" if held else "console.badge-live"),
        tone="attention" if held else "live",
        city=city,
        title=title,
        figure=str(left),
        unit=texts("console.seconds", count=left),
        place=texts("console.slide", number=scene.index + 1),
        of=texts("console.of", count=snapshot.format.slides),
        rest_label=texts("console.talk-left"),
        rest=minutes(left + following),
    )


def _waiting(
    run: Run,
    state: State,
    now_ns: int,
    until_ns: int | None,
    texts: Texts,
) -> Centre:
    kind = {Welcome: "welcome", Pause: "pause"}.get(type(state.scene), "next")
    upcoming = run.upcoming
    city, title = (upcoming.talk.city, upcoming.talk.title) if upcoming else ("", "")
    left = seconds_left(run, state, now_ns, until_ns) if until_ns is not None else 0
    blocked = upcoming is not None and upcoming.talk.blocker is not None
    over = "console.waiting-blocked" if blocked else "console.waiting-over"
    label = texts(over if left == 0 else f"console.waiting-{kind}")
    return Centre(
        badge=texts(f"console.badge-{kind}"),
        tone="next",
        city=city,
        title=title,
        figure=minutes(left) if left else "",
        unit=label,
        place="",
        of="",
        rest_label="",
        rest="",
    )


def _named(run: Run, talk: str) -> tuple[str, str]:
    turn = run.turn(talk)
    return (turn.talk.city, turn.talk.title) if turn else ("", "")
