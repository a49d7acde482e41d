# SPDX-License-Identifier: AGPL-3.0-or-later
"""The machine sleeps, or its wall clock is set: at every kind of moment of a block.

Most expectations come from a twin: the same evening on a machine that stays awake.
"""

from __future__ import annotations

import pytest
from show.builders import a_snapshot, a_talk, after, cue

from pechakucha.live.conductor import GAP_SECONDS
from pechakucha.show.cues import By, GoOn, Hold, Resume, Start
from pechakucha.show.run import Outcome
from pechakucha.show.scene import Countdown, OnSlide, state_of
from pechakucha.show.snapshot import Snapshot

from .builders import Evening, in_short

pytestmark = pytest.mark.usefixtures("qapp")

T0 = 45
"""Ulm's first slide is due then, seconds after the program was ready."""

END = T0 + 400
BREAK = 600

BY_HAND = a_snapshot("ulm", a_talk("bern", pause=BREAK))
AUTO = a_snapshot("ulm", a_talk("bern", pause=BREAK), auto=True)

IN_A_TALK = {
    "countdown": 43.5,
    "start": T0,
    "slide": 187.3,
    "boundary": T0 + 7 * 20,
    "just before a boundary": T0 + 8 * 20 - 0.001,
    "last slide": END - 5,
    "just before the end": END - 0.001,
}
BETWEEN = {
    "welcome": 5,
    "end": END,
    "thanks": END + 3,
    "pause": END + 200,
    "end of the pause": END + BREAK,
    "changeover": END + BREAK + 20,
}
MOMENTS = IN_A_TALK | BETWEEN
SHORT, MIDDLE, LONG = 3, 30, 3 * 3600


def evening_at(seconds: float, block: Snapshot, *, attended: bool = True) -> Evening:
    """Ulm has started in time, by a hand or by itself; so many seconds have passed."""
    evening = Evening(block, attended=attended)
    if block.auto or seconds < T0 - 3:
        evening.reach(seconds)
        return evening
    evening.reach(T0 - 3)
    assert evening.conductor.command(Start("ulm")) is None
    evening.reach(seconds)
    return evening


@pytest.fixture(params=[BY_HAND, AUTO], ids=["by hand", "auto"])
def block(request: pytest.FixtureRequest) -> Snapshot:
    """A block that a hand starts, and one that starts by itself."""
    assert isinstance(request.param, Snapshot)
    return request.param


def is_due(evening: Evening) -> str:
    """What the audience sees, in short."""
    return in_short(evening.conductor.state().scene)


@pytest.mark.parametrize("attended", [True, False])
@pytest.mark.parametrize("moment", MOMENTS)
def test_three_seconds_are_no_sleep(moment: str, block: Snapshot, attended: bool) -> None:
    evening = evening_at(MOMENTS[moment], block, attended=attended)
    twin = evening_at(MOMENTS[moment], block, attended=attended)
    evening.sleep_seconds(SHORT)
    twin.pass_seconds(SHORT)
    assert evening.conductor.state() == twin.conductor.state()
    assert evening.conductor.run == twin.conductor.run
    assert evening.cues == twin.cues
    evening.pass_seconds(100)
    twin.pass_seconds(100)
    assert evening.states[-1] == twin.states[-1]


@pytest.mark.parametrize("seconds", [GAP_SECONDS, MIDDLE, LONG])
@pytest.mark.parametrize("moment", IN_A_TALK)
def test_in_a_talk_time_stands_still_and_somebody_is_asked(
    moment: str, block: Snapshot, seconds: float
) -> None:
    evening = evening_at(IN_A_TALK[moment], block)
    seen = is_due(evening)
    cues = list(evening.cues)
    evening.sleep_seconds(seconds)
    assert evening.cues == [*cues, cue(IN_A_TALK[moment], Hold("gap"), By.AUTO)]
    assert is_due(evening) == seen
    evening.pass_seconds(500)
    assert is_due(evening) == seen
    assert len(evening.cues) == len(cues) + 1


@pytest.mark.parametrize("seconds", [MIDDLE, LONG])
@pytest.mark.parametrize("moment", IN_A_TALK)
def test_in_a_talk_what_was_left_is_left(moment: str, block: Snapshot, seconds: float) -> None:
    """Going on with the rest, the talk is as if nobody had slept, only later."""
    evening, twin = (evening_at(IN_A_TALK[moment], block) for _ in range(2))
    evening.sleep_seconds(seconds)
    assert evening.conductor.command(Resume(GoOn.REST)) is None
    for _ in range(25):
        assert is_due(evening) == is_due(twin)
        evening.pass_seconds(20)
        twin.pass_seconds(20)


@pytest.mark.parametrize("moment", IN_A_TALK)
def test_in_a_talk_the_schedule_may_be_caught_up_with(moment: str, block: Snapshot) -> None:
    evening, twin = (evening_at(IN_A_TALK[moment], block) for _ in range(2))
    evening.sleep_seconds(MIDDLE)
    assert evening.conductor.command(Resume(GoOn.SCHEDULE)) is None
    twin.pass_seconds(MIDDLE)
    if twin.conductor.run.on_stage is None:  # it ended meanwhile, which nobody knew before now
        assert evening.conductor.run.turns[0].outcome is Outcome.DONE
        assert evening.conductor.run.changeover_since_ns == evening.clock.now_ns()
    else:
        assert is_due(evening) == is_due(twin)
        evening.reach(END)
        twin.reach(END)
        assert evening.conductor.run.turns == twin.conductor.run.turns


@pytest.mark.parametrize("moment", IN_A_TALK)
def test_where_nobody_is_there_the_schedule_goes_on(moment: str, block: Snapshot) -> None:
    evening, twin = (evening_at(IN_A_TALK[moment], block, attended=False) for _ in range(2))
    evening.sleep_seconds(MIDDLE)
    twin.pass_seconds(MIDDLE)
    assert evening.cues == twin.cues
    assert is_due(evening) == is_due(twin)


@pytest.mark.parametrize("moment", IN_A_TALK)
def test_where_nobody_is_there_a_talk_slept_through_is_done(moment: str, block: Snapshot) -> None:
    evening = evening_at(IN_A_TALK[moment], block, attended=False)
    cues = list(evening.cues)
    evening.sleep_seconds(LONG)
    assert evening.conductor.run.turns[0].outcome is Outcome.DONE
    woken = IN_A_TALK[moment] + LONG
    if block.auto:  # Bern is overdue, and must not be over unseen
        assert evening.cues == [*cues, cue(woken, Start("bern"), By.AUTO)]
        assert evening.scene == Countdown("bern", 3, after(woken + 3))
    else:
        assert evening.cues == cues
        assert is_due(evening) == "StandingBy bern"


@pytest.mark.parametrize("attended", [True, False])
@pytest.mark.parametrize("seconds", [MIDDLE, LONG])
@pytest.mark.parametrize("moment", BETWEEN)
def test_between_talks_a_hand_is_waited_for(moment: str, seconds: float, attended: bool) -> None:
    evening = evening_at(BETWEEN[moment], BY_HAND, attended=attended)
    cues, run = list(evening.cues), evening.conductor.run
    evening.sleep_seconds(seconds)
    assert evening.cues == cues
    assert evening.states[-1] == state_of(run, evening.clock.now_ns())


@pytest.mark.parametrize("attended", [True, False])
@pytest.mark.parametrize("seconds", [MIDDLE, LONG])
@pytest.mark.parametrize("moment", BETWEEN)
def test_between_talks_no_talk_loses_a_second(moment: str, seconds: float, attended: bool) -> None:
    evening = evening_at(BETWEEN[moment], AUTO, attended=attended)
    cues = list(evening.cues)
    evening.sleep_seconds(seconds)
    woken = BETWEEN[moment] + seconds
    city, due = ("ulm", T0 - 3) if moment == "welcome" else ("bern", END + BREAK + 45 - 3)
    if woken < due:
        assert evening.cues == cues
        evening.reach(due)
    start = max(woken, due)
    assert evening.cues == [*cues, cue(start, Start(city), By.AUTO)]
    evening.reach(start + 3)
    assert evening.scene == OnSlide(city, 0, after(start + 3), after(start + 23))


@pytest.mark.parametrize("moment", IN_A_TALK)
def test_to_fall_asleep_again_changes_nothing_more(moment: str) -> None:
    evening = evening_at(IN_A_TALK[moment], BY_HAND)
    evening.sleep_seconds(MIDDLE)
    cues, seen = list(evening.cues), is_due(evening)
    for seconds in (MIDDLE, LONG):
        evening.sleep_seconds(seconds)
        evening.pass_seconds(1)
    assert (evening.cues, is_due(evening)) == (cues, seen)


# The wall clock


@pytest.mark.parametrize("set_s", [-7200, 7200])
@pytest.mark.parametrize("moment", ["welcome", "countdown", "slide", "boundary", "pause", "changeover"])
def test_the_wall_clock_may_be_set_and_nothing_changes(moment: str, block: Snapshot, set_s: float) -> None:
    evening, twin = (evening_at(MOMENTS[moment], block) for _ in range(2))
    evening.clock.set_wall(set_s)
    for each in (evening, twin):
        each.pass_seconds(100)
    assert evening.states == twin.states
    assert evening.cues == twin.cues


def test_a_wall_clock_set_while_the_machine_slept_changes_nothing_either(block: Snapshot) -> None:
    evening, twin = (evening_at(IN_A_TALK["slide"], block) for _ in range(2))
    for each in (evening, twin):
        each.sleep_seconds(LONG)
    evening.clock.set_wall(-7200)
    for each in (evening, twin):
        assert each.conductor.command(Resume(GoOn.REST)) is None
        each.pass_seconds(300)
    assert evening.states == twin.states
