# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking up a run that broke off: where it was, where the schedule is, and with which cues it goes on."""

from __future__ import annotations

import pytest

from pechakucha.show.cues import By, Cue, Cut, GoOn, Hold, Reboot, Resume, Start
from pechakucha.show.journal import Alive, Journal, Shown
from pechakucha.show.run import Outcome, fold
from pechakucha.show.scene import Countdown, OnSlide, StandingBy, state_of
from pechakucha.show.snapshot import NS
from pechakucha.show.taking_up import BrokenOff, Continue, Machine, broken_off, taking_up

from .builders import OPENED_WALL_NS, a_snapshot, after, cue

BLOCK = a_snapshot("ulm", "bern")
STARTED = (cue(10, Start("ulm")),)
SEEN = 10 + 3 + 6 * 20 + 8
"""In the seventh slide, of which twelve seconds are left."""

SLEPT = cue(100, Hold("gap"), By.AUTO)


def journal(*cues: Cue, seen: float = SEEN) -> Journal:
    """A journal whose last sign of life is so many seconds after the program was ready."""
    return Journal(BLOCK, cues or STARTED, (), Alive(after(seen), BLOCK.wall_ns(after(seen))))


def machine(seconds: float, *, boot: str = "boot-1", up_s: float = 60) -> Machine:
    """The machine so many seconds after the program was ready, in the same boot or in another."""
    clock_ns = after(seconds) if boot == "boot-1" else round(up_s * NS)
    return Machine(boot, clock_ns, OPENED_WALL_NS + round(seconds * NS))


def at(seconds: float, *cues: Cue, boot: str = "boot-1", seen: float = SEEN) -> BrokenOff:
    """What is found so many seconds after the program was ready."""
    return broken_off(journal(*cues, seen=seen), machine(seconds, boot=boot))


def test_it_is_known_what_was_on_stage_and_when() -> None:
    broken = at(200)
    assert broken.before.scene == OnSlide("ulm", 6, after(133), after(153))
    assert broken.seen_wall_ns == OPENED_WALL_NS + SEEN * NS
    assert broken.by_schedule.scene == OnSlide("ulm", 9, after(193), after(213))
    assert broken.reboot is None


def test_a_paint_after_the_last_sign_of_life_is_later_on_the_wall_clock_too() -> None:
    painted = Shown("ulm", 6, after(133), after(SEEN + 0.5))
    alive = Alive(after(SEEN), BLOCK.wall_ns(after(SEEN)) + 7200 * NS)  # the clock had been set
    broken = broken_off(Journal(BLOCK, STARTED, (painted,), alive), machine(200))
    assert broken.seen_wall_ns == OPENED_WALL_NS + (7200 + SEEN) * NS + NS // 2


def test_before_any_sign_of_life_it_was_opened() -> None:
    broken = broken_off(Journal(BLOCK), machine(5))
    assert broken.seen_wall_ns == OPENED_WALL_NS


def test_a_talk_that_is_over_by_now_is_done_and_the_next_stands_by() -> None:
    broken = at(600)
    assert broken.run.on_stage is not None
    assert isinstance(broken.by_schedule.scene, StandingBy)
    assert broken.by_schedule.scene.talk == "bern"


def test_in_another_boot_the_wall_clock_tells_how_late_it_is() -> None:
    broken = at(200, boot="boot-2")
    assert broken.now_ns == after(200)
    assert broken.reboot == Cue(after(200), Reboot("boot-2", after(200) - 60 * NS), By.AUTO)


def test_a_system_clock_that_went_back_is_another_boot_even_where_none_has_a_name() -> None:
    broken = broken_off(journal(), Machine("boot-1", 60 * NS, OPENED_WALL_NS + 200 * NS))
    assert broken.now_ns == after(200)
    assert broken.reboot is not None


def test_in_the_same_boot_the_wall_clock_may_say_what_it_wants() -> None:
    for wrong in (-7200, 7200):
        broken = broken_off(journal(), Machine("boot-1", after(200), OPENED_WALL_NS + wrong * NS))
        assert broken.now_ns == after(200)


@pytest.mark.parametrize("boot", ["boot-1", "boot-2"])
@pytest.mark.parametrize(
    ("go_on", "scene"),
    [
        (Continue.SCHEDULE, OnSlide("ulm", 9, after(193), after(213))),
        (Continue.REST, OnSlide("ulm", 6, after(133), after(212))),
        (Continue.RESTART, Countdown("ulm", 3, after(203))),
    ],
)
def test_each_way_on_leads_where_it_says(go_on: Continue, scene: object, boot: str) -> None:
    cues = taking_up(journal(), machine(200, boot=boot), go_on)
    run = fold(BLOCK, [*STARTED, *cues])
    assert state_of(run, after(200)).scene == scene


@pytest.mark.parametrize("go_on", list(Continue))
def test_between_talks_there_is_nothing_to_choose(go_on: Continue) -> None:
    assert taking_up(journal(*STARTED, cue(50, Cut("ulm"))), machine(200), go_on) == []


def test_a_talk_that_was_held_stays_held_where_somebody_is_there() -> None:
    assert taking_up(journal(*STARTED, SLEPT), machine(5000), Continue.SCHEDULE) == []


def test_a_talk_held_by_sleep_goes_on_by_the_schedule_where_nobody_is_there() -> None:
    cues = taking_up(journal(*STARTED, SLEPT), machine(200), Continue.SCHEDULE, attended=False)
    assert cues == [Cue(after(200), Resume(GoOn.SCHEDULE), By.AUTO)]
    run = fold(BLOCK, [*STARTED, SLEPT, *cues])
    assert state_of(run, after(200)).scene == OnSlide("ulm", 9, after(193), after(213))


def test_a_talk_held_by_sleep_is_done_where_its_time_is_over_and_nobody_is_there() -> None:
    cues = taking_up(journal(*STARTED, SLEPT), machine(5000), Continue.SCHEDULE, attended=False)
    run = fold(BLOCK, [*STARTED, SLEPT, *cues])
    assert [turn.outcome for turn in run.turns] == [Outcome.DONE, Outcome.PLANNED]


def test_what_a_hand_has_held_only_a_hand_lets_go() -> None:
    cues = taking_up(journal(*STARTED, cue(100, Hold())), machine(200), Continue.SCHEDULE, attended=False)
    assert cues == []


def test_a_hold_that_is_over_is_no_hold() -> None:
    over = (*STARTED, SLEPT, cue(110, Resume(GoOn.REST)))
    assert taking_up(journal(*over), machine(200), Continue.SCHEDULE, attended=False) == []


def test_the_rest_of_a_talk_that_is_over_by_now_may_still_be_wanted() -> None:
    cues = taking_up(journal(), machine(600), Continue.REST)
    assert cues == [cue(SEEN, Hold("gap"), By.AUTO), cue(600, Resume(GoOn.REST))]
    assert state_of(fold(BLOCK, [*STARTED, *cues]), after(600)).scene == OnSlide(
        "ulm", 6, after(133), after(612)
    )
