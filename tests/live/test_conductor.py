# SPDX-License-Identifier: AGPL-3.0-or-later
"""The conductor: what is due, when, and what a hand may do. Time passes only where a test says so."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot
from show.builders import TOO_FEW, a_snapshot, a_talk, after, cue

from pechakucha.live.clock import SystemClock
from pechakucha.live.conductor import GAP_SECONDS, Conductor
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
    Replace,
    Restart,
    Resume,
    Start,
    TakeBack,
    Withdraw,
)
from pechakucha.show.format import Format
from pechakucha.show.journal import Shown
from pechakucha.show.rules import Refusal
from pechakucha.show.run import Outcome, fold, open_run
from pechakucha.show.scene import EndCard, OnSlide, State, Welcome

from .builders import AUTO, BLOCK, Evening, FakeClock, FakeRecorder, in_short

pytestmark = pytest.mark.usefixtures("qapp")


def slides(talk: str, first: int = 1, last: int = 20) -> list[str]:
    """A talk's slides in the words of ``Evening.story``."""
    return [f"{talk} {number}" for number in range(first, last + 1)]


def countdown(talk: str) -> list[str]:
    """3-2-1 in the words of ``Evening.story``."""
    return [f"{talk} in {left}" for left in (3, 2, 1)]


# A talk by hand


def test_two_talks_by_hand_from_welcome_to_closing() -> None:
    evening = Evening(a_snapshot("ulm", "bern"))
    evening.reach(30)
    assert evening.conductor.command(Start("ulm")) is None
    evening.reach(500)
    assert evening.conductor.command(Start("bern")) is None
    evening.reach(1000)
    assert evening.story == [
        "Welcome",
        "StandingBy ulm",
        *countdown("ulm"),
        *slides("ulm"),
        "EndCard ulm",
        "StandingBy bern",
        *countdown("bern"),
        *slides("bern"),
        "EndCard bern",
        "Closing",
    ]


def test_each_slide_is_due_twenty_seconds_after_the_one_before_and_keeps_its_time() -> None:
    evening = Evening(BLOCK)
    evening.reach(10)
    evening.conductor.command(Start("ulm"))
    evening.reach(500)
    shown = [state.scene for state in evening.states if isinstance(state.scene, OnSlide)]
    assert [scene.due_ns for scene in shown] == [after(13 + 20 * index) for index in range(20)]
    assert [scene.until_ns for scene in shown] == [after(33 + 20 * index) for index in range(20)]


def test_a_slide_comes_with_the_look_at_its_due_time_and_not_a_nanosecond_before() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    evening.reach(23 - 1e-9)
    assert in_short(evening.scene) == "ulm 1"
    evening.clock.pass_seconds(1e-9)
    evening.conductor.look()
    assert in_short(evening.scene) == "ulm 2"


def test_nothing_is_announced_twice() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    evening.reach(500)
    assert len(evening.states) == len(set(map(repr, evening.states)))


def test_the_wall_clock_may_jump_without_changing_the_stage() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    evening.reach(30)
    evening.clock.set_wall(-86_400)
    evening.reach(43)
    evening.clock.set_wall(200_000)
    evening.reach(63)
    assert evening.story[-3:] == ["ulm 2", "ulm 3", "ulm 4"]


# Commands


@pytest.mark.parametrize(
    ("before", "action", "code"),
    [
        ([], Start("bern"), "not-standing-by"),
        ([Start("ulm")], Start("bern"), "talk-on-stage"),
        ([Start("ulm")], Start("ulm"), "talk-on-stage"),
        ([Start("ulm"), Cut("ulm")], Start("bern"), "start-locked"),
        ([], TakeBack("ulm"), "not-on-stage"),
        ([Start("ulm"), Restart("ulm")], TakeBack("ulm"), "begun-again"),
        ([], Hold(), "nothing-to-hold"),
        ([Start("ulm"), Hold()], Hold(), "already-held"),
        ([], Resume(), "nothing-to-hold"),
        ([Start("ulm")], Resume(GoOn.SCHEDULE), "not-held"),
        ([], Restart("ulm"), "not-on-stage"),
        ([Start("ulm")], Restart("bern"), "not-on-stage"),
        ([], Cut("ulm"), "not-on-stage"),
        ([Start("ulm")], NoShow("ulm"), "on-stage-already"),
        ([], NoShow("rome"), "unknown-talk"),
        ([NoShow("ulm")], NoShow("ulm"), "is-no-show"),
        ([], PutBack("ulm"), "is-planned"),
        ([Start("ulm"), Cut("ulm")], Withdraw("ulm"), "is-over"),
        ([], Move("rome"), "unknown-talk"),
        ([], Move("ulm", "ulm"), "same-place"),
        ([], Replace(a_talk("rome")), "unknown-talk"),
        ([], Add(a_talk("ulm")), "talk-exists"),
        ([], Add(a_talk("rome"), "paris"), "unknown-talk"),
        ([Start("ulm")], End(), "talk-on-stage"),
        ([End()], Black(on=True), "run-ended"),
        ([End()], Message(), "run-ended"),
    ],
)
def test_a_refused_command_is_told_and_counted_and_changes_nothing(
    before: list[Action], action: Action, code: str
) -> None:
    evening = Evening(BLOCK)
    for each in before:
        assert evening.conductor.command(each) is None
    run, cues, states = evening.conductor.run, list(evening.cues), list(evening.states)
    objection = evening.conductor.command(action)
    assert objection is not None
    assert objection.code == code
    assert (evening.refused, evening.conductor.refusals) == (1, 1)
    assert evening.conductor.run == run
    assert (evening.cues, evening.recorder.cues, evening.states) == (cues, cues, states)


def test_refusals_add_up() -> None:
    evening = Evening(BLOCK)
    for expected in (1, 2, 3):
        evening.conductor.command(Hold())
        assert (evening.refused, evening.conductor.refusals) == (expected, expected)


def test_a_talk_that_is_not_ready_says_why() -> None:
    evening = Evening(a_snapshot(a_talk("ulm", blocker=TOO_FEW)))
    assert evening.conductor.command(Start("ulm")) == Refusal("deck-not-ready", {"city": "Ulm"}, TOO_FEW)


def test_start_is_locked_for_three_seconds_after_a_talk_even_at_sixty_times_the_speed() -> None:
    evening = Evening(a_snapshot("ulm", "bern", speed=60))
    evening.conductor.command(Start("ulm"))
    evening.conductor.command(Cut("ulm"))
    evening.clock.pass_seconds(3 - 1e-9)
    assert evening.conductor.command(Start("bern")) == Refusal("start-locked", {"seconds": 1})
    evening.clock.pass_seconds(1e-9)
    assert evening.conductor.command(Start("bern")) is None


def test_a_start_can_be_taken_back_for_ten_seconds() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    evening.reach(10)
    assert evening.conductor.command(TakeBack("ulm")) is None
    assert evening.conductor.run.on_stage is None
    evening.conductor.command(Start("ulm"))
    evening.reach(20 + 1e-9)
    objection = evening.conductor.command(TakeBack("ulm"))
    assert objection is not None
    assert objection.code == "too-late-to-take-back"


def test_a_command_meets_the_stage_as_it_is_now_not_as_it_was_at_the_last_look() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    evening.clock.pass_seconds(4.9)
    evening.conductor.command(Hold())
    assert evening.story[-2:] == ["ulm 1", "ulm 1"]
    assert evening.states[-1].held_ns == after(4.9)


def test_hold_stops_time_and_going_on_gives_the_slide_its_rest() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    evening.reach(10)
    evening.conductor.command(Hold())
    evening.reach(100)
    assert in_short(evening.scene) == "ulm 1"
    evening.conductor.command(Resume(GoOn.REST))
    evening.reach(113 - 0.001)
    assert in_short(evening.scene) == "ulm 1"
    evening.reach(113)
    assert in_short(evening.scene) == "ulm 2"


def test_black_and_message_are_shown_and_time_runs_on() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    evening.reach(10)
    evening.conductor.command(Black(on=True))
    evening.conductor.command(Message(""))
    assert (evening.states[-1].black, evening.states[-1].message) == (True, "")
    evening.reach(23)
    assert in_short(evening.scene) == "ulm 2"
    evening.conductor.command(Black(on=False))
    evening.conductor.command(Message())
    assert (evening.states[-1].black, evening.states[-1].message) == (False, None)


def test_a_cue_is_written_before_anybody_hears_of_it() -> None:
    evening = Evening(BLOCK)
    heard: list[tuple[Cue, Cue]] = []
    evening.conductor.cued.connect(lambda cue: heard.append((cue, evening.recorder.cues[-1])))
    evening.conductor.changed.connect(lambda _: seen.append(list(evening.recorder.cues)))
    seen: list[list[Cue]] = []
    evening.conductor.command(Start("ulm"))
    start = cue(0, Start("ulm"))
    assert heard == [(start, start)]
    assert seen == [[start]]


def test_a_slow_disk_never_turns_the_stage_back() -> None:
    clock = FakeClock()
    snapshot = a_snapshot("ulm", speed=60, auto=True)
    evening = Evening(snapshot, clock=clock, recorder=FakeRecorder(clock, slow_s=0.2))
    evening.pass_seconds(0.71)  # the changeover; the countdown is over while the cue is being written
    assert evening.story == ["Welcome", "StandingBy ulm", "ulm 1"]


# By itself


def test_talks_start_by_themselves_one_changeover_apart() -> None:
    evening = Evening(AUTO)
    evening.reach(920)
    assert evening.recorder.cues == [
        cue(42, Start("ulm"), By.AUTO),
        cue(45 + 400 + 42, Start("bern"), By.AUTO),
        cue(45 + 400 + 45 + 400 + 8 + 10, End(), By.AUTO),
    ]


def test_an_automatic_start_is_due_when_it_is_due_even_if_the_look_is_late() -> None:
    evening = Evening(AUTO)
    evening.reach(41)
    evening.sleep_seconds(4.9)  # a busy machine
    assert evening.cues == [cue(42, Start("ulm"), By.AUTO)]
    assert evening.scene == OnSlide("ulm", 0, after(45), after(65))


def test_a_talk_that_cannot_start_is_passed_over() -> None:
    evening = Evening(a_snapshot(a_talk("ulm", blocker=TOO_FEW), "bern", auto=True))
    evening.reach(500)
    assert evening.cues[0] == cue(42, NoShow("ulm"), By.AUTO)
    assert evening.cues[1].action == Start("bern")
    assert evening.refused == 0


def test_a_hand_may_start_early_and_the_schedule_follows_it() -> None:
    evening = Evening(AUTO)
    evening.reach(10)
    assert evening.conductor.command(Start("ulm")) is None
    evening.reach(13 + 400 + 42)
    assert evening.cues == [cue(10, Start("ulm")), cue(455, Start("bern"), By.AUTO)]


# Gaps


def test_after_a_short_gap_the_stage_goes_to_what_is_due() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    evening.reach(20)
    evening.sleep_seconds(4.9)
    assert in_short(evening.scene) == "ulm 2"
    assert evening.states[-1].held_ns is None


def test_after_a_long_gap_time_has_stood_still_since_it_began() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    evening.reach(20)
    evening.sleep_seconds(GAP_SECONDS)
    assert evening.cues[-1] == cue(20, Hold("gap"), By.AUTO)
    assert (in_short(evening.scene), evening.states[-1].held_ns) == ("ulm 1", after(20))
    evening.pass_seconds(60)
    assert in_short(evening.scene) == "ulm 1"


def test_a_gap_beyond_the_end_of_the_talk_holds_it_too() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    evening.reach(20)
    evening.sleep_seconds(3600)
    assert (in_short(evening.scene), evening.states[-1].held_ns) == ("ulm 1", after(20))


@pytest.mark.parametrize(
    ("action", "story"),
    [(Resume(GoOn.SCHEDULE), "ulm 3"), (Resume(GoOn.REST), "ulm 1"), (Restart("ulm"), "ulm in 3")],
)
def test_after_a_gap_the_moderator_chooses(action: Action, story: str) -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    evening.reach(20)
    evening.sleep_seconds(30)
    assert evening.conductor.command(action) is None
    assert in_short(evening.scene) == story


def test_a_gap_is_noticed_by_a_command_too() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    evening.reach(20)
    evening.clock.pass_seconds(30)
    evening.conductor.command(Black(on=True))
    assert [each.action for each in evening.cues] == [Start("ulm"), Hold("gap"), Black(on=True)]


def test_a_held_talk_is_not_held_again_by_a_gap() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    evening.reach(20)
    evening.conductor.command(Hold())
    evening.sleep_seconds(60)
    assert evening.states[-1].held_ns == after(20)
    assert len(evening.cues) == 2


def test_where_nobody_is_there_the_schedule_goes_on() -> None:
    evening = Evening(BLOCK, attended=False)
    evening.conductor.command(Start("ulm"))
    evening.reach(20)
    evening.sleep_seconds(60)
    assert in_short(evening.scene) == "ulm 4"
    assert len(evening.cues) == 1


def test_gaps_are_real_seconds_at_any_speed() -> None:
    evening = Evening(a_snapshot("ulm", speed=20))
    evening.conductor.command(Start("ulm"))
    evening.pass_seconds(1.15)
    evening.sleep_seconds(4.9)
    assert in_short(evening.scene) == "ulm 6"
    evening.sleep_seconds(5)
    assert evening.states[-1].held_ns == after(1.15 + 4.9)


@pytest.mark.parametrize("attended", [True, False])
def test_a_gap_in_the_changeover_costs_no_talk_its_time(attended: bool) -> None:
    evening = Evening(AUTO, attended=attended)
    evening.reach(20)
    evening.sleep_seconds(3600)
    assert evening.cues == [cue(3620, Start("ulm"), By.AUTO)]
    assert in_short(evening.scene) == "ulm in 3"


def test_after_a_gap_a_talk_that_cannot_start_costs_the_next_no_time_either() -> None:
    evening = Evening(a_snapshot("ulm", a_talk("bern", blocker=TOO_FEW), "graz", auto=True), attended=False)
    evening.reach(450)
    evening.sleep_seconds(3600)
    assert evening.cues[1:] == [cue(4050, NoShow("bern"), By.AUTO)]
    evening.reach(4092)
    assert evening.cues[2:] == [cue(4092, Start("graz"), By.AUTO)]


def test_a_stage_that_comes_back_late_starts_the_next_talk_now() -> None:
    run = fold(AUTO, [cue(42, Start("ulm"), By.AUTO)])
    clock = FakeClock()
    clock.pass_seconds(7200)
    evening = Evening(run, clock=clock, seen_ns=after(450))
    assert evening.cues == [cue(7200, Start("bern"), By.AUTO)]


def test_a_stage_that_comes_back_at_once_starts_the_next_talk_when_it_was_due() -> None:
    run = fold(AUTO, [cue(42, Start("ulm"), By.AUTO)])
    clock = FakeClock()
    clock.pass_seconds(489)
    evening = Evening(run, clock=clock, seen_ns=after(486))
    assert evening.cues == [cue(487, Start("bern"), By.AUTO)]


# What is recorded


def test_a_paint_is_recorded_once_with_its_lateness() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    evening.reach(3)
    scene = evening.scene
    assert isinstance(scene, OnSlide)
    assert evening.conductor.lateness_ns is None
    evening.conductor.painted(scene, after(3) + 2_000_000)
    evening.conductor.painted(scene, after(5))
    assert evening.recorder.shown == [Shown("ulm", 0, after(3), after(3) + 2_000_000)]
    assert evening.conductor.lateness_ns == 2_000_000


def test_a_paint_that_an_earlier_stage_recorded_is_not_recorded_again() -> None:
    before = Shown("ulm", 0, after(3), after(3.001))
    evening = Evening(fold(BLOCK, [cue(0, Start("ulm"))]), shown=(before,))
    evening.conductor.painted(OnSlide("ulm", 0, after(3), after(23)), after(4))
    evening.conductor.painted(OnSlide("ulm", 1, after(23), after(43)), after(23))
    assert [shown.index for shown in evening.recorder.shown] == [1]


def test_the_same_slide_of_a_talk_begun_again_is_another_paint() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    for _ in range(2):
        evening.pass_seconds(3)
        scene = evening.scene
        assert isinstance(scene, OnSlide)
        evening.conductor.painted(scene, evening.conductor.now_ns())
        evening.conductor.command(Restart("ulm"))
    assert [shown.due_ns for shown in evening.recorder.shown] == [after(3), after(6)]


def test_a_sign_of_life_each_second_with_both_clocks() -> None:
    evening = Evening(BLOCK)
    evening.clock.set_wall(100)
    evening.reach(10)
    signs = evening.recorder.alive
    assert [sign.at_ns for sign in signs] == [after(second) for second in range(11)]
    assert signs[-1].wall_ns == evening.clock.wall_ns()


# The end


def test_the_end_is_told_once_and_no_timer_runs_on() -> None:
    evening = Evening(BLOCK)
    timers = evening.conductor.findChildren(QTimer)
    assert any(timer.isActive() for timer in timers)
    evening.conductor.command(End())
    assert evening.finished == 1
    assert evening.states[-1].ended
    assert not any(timer.isActive() for timer in timers)


def test_when_the_end_is_told_everything_else_has_been_said() -> None:
    evening = Evening(BLOCK)
    said: list[tuple[bool, list[Cue]]] = []
    evening.conductor.finished.connect(lambda: said.append((evening.states[-1].ended, list(evening.cues))))
    evening.conductor.command(End())
    assert said == [(True, [cue(0, End())])]


def test_after_the_end_time_changes_nothing() -> None:
    evening = Evening(AUTO)
    evening.reach(10)
    evening.conductor.command(End())
    told = len(evening.states)
    evening.reach(2000)
    assert (len(evening.states), len(evening.cues), evening.finished) == (told, 1, 1)


# The timer


def test_before_something_is_due_it_is_not_calm() -> None:
    evening = Evening(BLOCK)
    calm = [evening.conductor.calm]
    evening.conductor.command(Start("ulm"))
    for seconds in (2.8, 0.1, 0.2, 19.7, 0.1):  # the first slide is due after 3 s, the second 20 s later
        evening.pass_seconds(seconds)
        calm.append(evening.conductor.calm)
    evening.conductor.command(Hold())
    calm.append(evening.conductor.calm)
    evening.conductor.command(End())
    calm.append(evening.conductor.calm)
    assert calm == [True, True, False, True, True, False, True, True]


def test_the_timer_looks_when_the_next_thing_is_due(qtbot: QtBot) -> None:
    """With the real clock: slides shorter than the heartbeat, which alone would miss some."""
    clock = SystemClock()
    snapshot = a_snapshot(a_talk("ulm", changeover=20), format=Format(5, 20), speed=100, auto=True)
    run = open_run(msgspec.structs.replace(snapshot, opened_ns=clock.now_ns()))
    conductor = Conductor(run, clock, FakeRecorder(FakeClock()))
    looks: list[tuple[State, int]] = []
    conductor.changed.connect(lambda state: looks.append((state, clock.now_ns())))
    with qtbot.waitSignal(conductor.finished, timeout=20_000):
        conductor.begin()
    on_slide = [(state.scene, at_ns) for state, at_ns in looks if isinstance(state.scene, OnSlide)]
    assert [scene.index for scene, _ in on_slide] == [0, 1, 2, 3, 4]
    assert all(at_ns >= scene.due_ns for scene, at_ns in on_slide)
    assert conductor.run.turns[0].outcome is Outcome.DONE
    assert any(isinstance(state.scene, Welcome) for state, _ in looks)
    assert any(isinstance(state.scene, EndCard) for state, _ in looks)


# Another run


def test_another_run_is_conducted_with_the_same_window() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(Start("ulm"))
    evening.pass_seconds(30)
    began = len(evening.states)
    evening.conductor.take_up(open_run(BLOCK))
    assert evening.story[began:] == ["StandingBy ulm"]
    evening.conductor.command(Start("ulm"))
    evening.pass_seconds(3 + 400)
    assert evening.story[began + 1 :] == [*countdown("ulm"), *slides("ulm"), "EndCard ulm"]


def test_another_run_may_be_in_the_middle_and_follow_the_schedule_over_a_gap() -> None:
    evening = Evening(BLOCK)
    begun = fold(BLOCK, [cue(-57, Start("ulm"))])
    evening.conductor.take_up(begun, attended=False)
    assert evening.story[-1] == "ulm 3"
    evening.sleep_seconds(100)
    assert evening.story[-1] == "ulm 8"
    assert evening.recorder.cues == []


def test_a_run_that_has_ended_is_followed_by_one_that_lives() -> None:
    evening = Evening(BLOCK)
    evening.conductor.command(End())
    evening.conductor.take_up(open_run(BLOCK))
    assert evening.conductor.command(Start("ulm")) is None
    evening.pass_seconds(3)
    assert evening.story[-1] == "ulm 1"
