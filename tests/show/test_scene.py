# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the audience sees at a given time."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.cues import (
    Add,
    Black,
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
from pechakucha.show.run import fold, open_run
from pechakucha.show.scene import (
    Closing,
    Countdown,
    EndCard,
    OnSlide,
    Pause,
    StandingBy,
    Welcome,
    state,
    state_of,
)
from pechakucha.show.schedule import plan_begins_ns
from pechakucha.show.snapshot import NS, Snapshot

from .builders import a_snapshot, a_talk, after, cue, scene, stage
from .strategies import Story, often, quick, snapshots, speeds, stories, watch, watch_talk

BLOCK = a_snapshot("ulm", "bern")
AUTO = a_snapshot("ulm", "bern", auto=True)
ULM = [cue(42, Start("ulm"))]
"""Ulm's first slide is due at 45 s, its end at 445 s."""


# Before the first talk


def test_the_welcome_card_is_up_until_half_of_the_first_changeover_is_left() -> None:
    assert scene(BLOCK, [], 0) == Welcome(None)
    assert scene(AUTO, [], 0) == Welcome(after(45))
    assert stage(BLOCK, [], 0).until_ns == after(22.5)
    assert scene(BLOCK, [], 22.4) == Welcome(None)
    assert scene(BLOCK, [], 22.5) == StandingBy("ulm", after(22.5), after(45))


def test_the_first_city_waits_on_its_card_until_somebody_starts_it() -> None:
    assert stage(BLOCK, [], 30).until_ns is None
    assert scene(BLOCK, [], 5000) == StandingBy("ulm", after(22.5), after(45))


def test_the_welcome_card_waits_for_the_planned_start() -> None:
    early = a_snapshot("ulm", planned_start_s=1500)
    assert scene(early, [], 1000) == Welcome(after(1500))
    assert scene(early, [], 1480) == StandingBy("ulm", after(1477.5), after(1500))


def test_a_pause_before_the_first_talk_belongs_to_the_welcome_card() -> None:
    block = a_snapshot(a_talk("ulm", pause=600), auto=True)
    assert scene(block, [], 500) == Welcome(after(645))


def test_a_change_of_the_rundown_before_the_first_talk_keeps_the_welcome_card() -> None:
    early = a_snapshot("ulm", "bern", planned_start_s=1500)
    for action in (Move("bern", before="ulm"), NoShow("ulm"), Withdraw("ulm"), Add(a_talk("linz"), "ulm")):
        assert scene(early, [cue(60, action)], 61) == Welcome(after(1500))


def test_a_run_without_talks_shows_the_closing_card() -> None:
    assert scene(a_snapshot(), [], 10) == Closing()


# A talk


@pytest.mark.parametrize(("seconds", "left"), [(42, 3), (42.99, 3), (43, 2), (44, 1), (44.999, 1)])
def test_the_countdown_goes_three_two_one(seconds: float, left: int) -> None:
    assert scene(BLOCK, ULM, seconds) == Countdown("ulm", left, after(45))


def test_each_figure_of_the_countdown_knows_until_when() -> None:
    assert [stage(BLOCK, ULM, seconds).until_ns for seconds in (42, 43.5, 44)] == [
        after(43),
        after(44),
        after(45),
    ]


def test_slides_follow_one_another_every_twenty_seconds() -> None:
    assert scene(BLOCK, ULM, 45) == OnSlide("ulm", 0, after(45), after(65))
    assert scene(BLOCK, ULM, 64.999) == OnSlide("ulm", 0, after(45), after(65))
    assert scene(BLOCK, ULM, 65) == OnSlide("ulm", 1, after(65), after(85))
    assert scene(BLOCK, ULM, 444.999) == OnSlide("ulm", 19, after(425), after(445))


def test_a_talk_that_was_held_shows_its_slide_for_as_long_as_it_takes() -> None:
    held = [*ULM, cue(70, Hold())]
    assert scene(BLOCK, held, 1000) == OnSlide("ulm", 1, after(65), after(85))
    assert stage(BLOCK, held, 1000).held_ns == after(70)
    assert stage(BLOCK, held, 1000).until_ns is None


def test_the_held_slide_goes_on_with_the_rest_of_its_time() -> None:
    went_on = [*ULM, cue(70, Hold()), cue(170, Resume(GoOn.REST))]
    assert scene(BLOCK, went_on, 170) == OnSlide("ulm", 1, after(65), after(185))
    assert scene(BLOCK, went_on, 185) == OnSlide("ulm", 2, after(185), after(205))
    assert stage(BLOCK, went_on, 170).held_ns is None


def test_going_on_by_the_schedule_jumps_to_the_slide_that_is_due() -> None:
    went_on = [*ULM, cue(70, Hold()), cue(170, Resume(GoOn.SCHEDULE))]
    assert scene(BLOCK, went_on, 170) == OnSlide("ulm", 6, after(165), after(185))


def test_after_a_gap_the_stage_is_at_the_slide_where_the_gap_began() -> None:
    asleep = [*ULM, cue(70, Hold("gap"))]  # noticed at 300 s
    assert scene(BLOCK, asleep, 300) == OnSlide("ulm", 1, after(65), after(85))


def test_a_hold_in_the_countdown_stops_the_countdown() -> None:
    held = [*ULM, cue(43.5, Hold())]
    assert scene(BLOCK, held, 43.5) == scene(BLOCK, held, 900) == Countdown("ulm", 2, after(45))
    assert scene(BLOCK, [*held, cue(900, Resume())], 900) == Countdown("ulm", 2, after(901.5))


def test_a_restart_counts_down_again() -> None:
    assert scene(BLOCK, [*ULM, cue(200, Restart("ulm"))], 200) == Countdown("ulm", 3, after(203))


@quick
@given(speeds)
def test_the_countdown_never_shows_more_than_three(speed: float) -> None:
    snapshot = a_snapshot("ulm", speed=speed)
    figures = [
        each.state.scene.left
        for each in watch_talk(fold(snapshot, [cue(42, Start("ulm"))]), after(42))
        if isinstance(each.state.scene, Countdown)
    ]
    assert figures == [3, 2, 1]


# Between talks


def test_after_a_talk_the_audience_is_thanked_and_then_the_next_city_stands_by() -> None:
    assert scene(BLOCK, ULM, 445) == EndCard("ulm")
    assert stage(BLOCK, ULM, 445).until_ns == after(453)
    assert scene(BLOCK, ULM, 452.999) == EndCard("ulm")
    assert isinstance(scene(BLOCK, ULM, 453), StandingBy)
    next_city = scene(BLOCK, ULM, 460)
    assert isinstance(next_city, StandingBy)
    assert (next_city.talk, next_city.start_ns) == ("bern", after(490))


def test_in_a_short_changeover_the_thanks_take_half_of_it() -> None:
    block = a_snapshot("ulm", a_talk("bern", changeover=10))
    assert stage(block, ULM, 445).until_ns == after(450)


def test_thanks_are_for_the_talk_that_was_cut_too() -> None:
    assert scene(BLOCK, [*ULM, cue(100, Cut("ulm"))], 107.9) == EndCard("ulm")
    assert scene(BLOCK, [*ULM, cue(100, Cut("ulm"))], 108) == StandingBy("bern", after(108), after(145))


def test_a_break_has_a_card_of_its_own_after_the_thanks() -> None:
    block = a_snapshot("ulm", a_talk("bern", pause=600))
    assert scene(block, ULM, 452) == EndCard("ulm")
    assert scene(block, ULM, 453) == Pause("bern", after(453), after(1045))
    assert stage(block, ULM, 453).until_ns == after(1045)
    assert scene(block, ULM, 1045) == StandingBy("bern", after(1045), after(1090))


def test_the_next_citys_card_is_up_since_the_thanks_were_over() -> None:
    assert scene(BLOCK, ULM, 460) == StandingBy("bern", after(453), after(490))


def test_a_start_taken_back_does_not_repeat_the_break() -> None:
    block = a_snapshot("ulm", a_talk("bern", pause=600))
    taken_back = [*ULM, cue(1090, Start("bern")), cue(1095, TakeBack("bern"))]
    assert scene(block, taken_back, 1095) == StandingBy("bern", after(1095), after(1140))


def test_a_start_taken_back_shows_the_citys_card_again() -> None:
    taken_back = [*ULM, cue(495, Start("bern")), cue(500, TakeBack("bern"))]
    assert scene(BLOCK, taken_back, 500) == StandingBy("bern", after(500), after(545))


def test_a_first_start_taken_back_opens_the_evening_anew() -> None:
    taken_back = [*ULM, cue(47, TakeBack("ulm"))]
    assert scene(BLOCK, taken_back, 47) == scene(BLOCK, taken_back, 69.4) == Welcome(None)
    assert scene(BLOCK, taken_back, 69.5) == StandingBy("ulm", after(69.5), after(92))


def test_a_start_taken_back_at_once_does_not_thank_again() -> None:
    soon = [*ULM, cue(450, Start("bern")), cue(451, TakeBack("bern"))]
    assert scene(BLOCK, soon, 451) == EndCard("ulm")
    assert scene(BLOCK, soon, 453) == StandingBy("bern", after(453), after(496))


def test_after_the_last_talk_the_block_is_closed() -> None:
    both = [*ULM, cue(500, Start("bern")), cue(600, Cut("bern"))]
    assert scene(BLOCK, both, 607.9) == EndCard("bern")
    assert scene(BLOCK, both, 608) == Closing()
    assert stage(BLOCK, both, 608).until_ns is None
    assert not stage(BLOCK, both, 608).ended


def test_a_run_that_was_ended_shows_the_closing_card_at_once() -> None:
    ended = [*ULM, cue(445, End())]
    assert scene(BLOCK, ended, 445) == Closing()
    assert stage(BLOCK, ended, 445).ended
    assert stage(BLOCK, ended, 445).until_ns is None


def test_nobody_is_thanked_who_is_not_in_the_rundown() -> None:
    put_back = [
        cue(1, Move("bern", before="ulm")),
        cue(2, Move("ulm", before="bern")),
        *ULM,
        cue(100, Cut("ulm")),
        cue(101, Move("bern", before="ulm")),
        cue(102, PutBack("ulm")),
    ]
    assert scene(BLOCK, put_back, 103) == EndCard("ulm")
    withdrawn = [*put_back, cue(103, Withdraw("ulm"))]
    assert scene(BLOCK, withdrawn, 103) == StandingBy("bern", after(100), after(145))


# Black and message


def test_black_covers_the_stage_while_time_runs_on() -> None:
    black = [*ULM, cue(50, Black(True))]
    assert stage(BLOCK, black, 70).black
    assert scene(BLOCK, black, 70) == scene(BLOCK, ULM, 70)
    assert not stage(BLOCK, [*black, cue(71, Black(False))], 71).black
    assert not stage(BLOCK, ULM, 70).black


def test_a_message_stays_until_it_is_taken_away() -> None:
    one_moment = [*ULM, cue(50, Message(""))]
    assert stage(BLOCK, one_moment, 70).message == ""
    assert stage(BLOCK, [*one_moment, cue(71, Message("Gleich"))], 71).message == "Gleich"
    assert stage(BLOCK, [*one_moment, cue(71, Message())], 71).message is None


def test_a_start_takes_away_what_covered_the_stage() -> None:
    covered = [cue(5, Black(True)), cue(6, Message("Gleich"))]
    assert (stage(BLOCK, covered, 41).black, stage(BLOCK, covered, 41).message) == (True, "Gleich")
    begun = [*covered, *ULM]
    assert (stage(BLOCK, begun, 42).black, stage(BLOCK, begun, 42).message) == (False, None)


@often
@given(stories())
def test_black_message_and_reboot_never_change_the_schedule(story: Story) -> None:
    for moment in watch(story):
        so_far = story.cues[: moment.cues]
        bare = [each for each in so_far if not isinstance(each.action, (Black, Message, Reboot))]
        without = state(story.snapshot, bare, moment.at_ns)
        assert without.scene == moment.state.scene
        assert (without.until_ns, without.held_ns) == (moment.state.until_ns, moment.state.held_ns)
        started = [
            count for count, each in enumerate(so_far) if isinstance(each.action, Start | Restart | End)
        ]
        since = so_far[started[-1] :] if started else so_far
        blacks = [each.action.on for each in since if isinstance(each.action, Black)]
        assert moment.state.black is (blacks[-1] if blacks else False)
        texts = [each.action.text for each in since if isinstance(each.action, Message)]
        assert moment.state.message == (texts[-1] if texts else None)


# What holds for every evening


@often
@given(stories(), st.integers(1, 3600 * NS))
def test_until_is_when_the_scene_changes_and_not_before(story: Story, later_ns: int) -> None:
    for at_ns, _, run, seen in watch(story):
        if seen.until_ns is None:
            assert state_of(run, at_ns + later_ns) == seen
            continue
        between_ns = at_ns + later_ns % (seen.until_ns - at_ns)
        assert state_of(run, between_ns) == seen
        assert state_of(run, seen.until_ns - 1) == seen
        assert state_of(run, seen.until_ns).scene != seen.scene


@often
@given(stories())
def test_the_times_in_a_scene_are_the_times_of_the_stage(story: Story) -> None:
    for at_ns, _, run, seen in watch(story):
        match seen.scene:
            case OnSlide(_, _, due_ns, until_ns):
                assert due_ns <= at_ns
                assert seen.until_ns == (None if seen.held_ns is not None else until_ns)
            case Countdown(_, left, t0_ns):
                second_ns = run.snapshot.span_ns(1)
                shown_ns = at_ns if seen.held_ns is None else seen.held_ns
                assert (left - 1) * second_ns < t0_ns - shown_ns <= left * second_ns + 1
            case Pause(_, since_ns, until_ns):
                assert since_ns <= at_ns < until_ns
                assert seen.until_ns == until_ns
            case StandingBy(_, since_ns, start_ns):
                assert since_ns <= at_ns
                assert since_ns <= start_ns
            case Welcome(start_ns):
                told = run.snapshot.auto or plan_begins_ns(run.snapshot) is not None
                assert (start_ns is not None) == told
                assert start_ns is None or start_ns > at_ns
            case EndCard() | Closing():
                assert seen.held_ns is None


@often
@given(stories())
def test_only_a_talk_on_stage_can_be_held_and_then_nothing_changes(story: Story) -> None:
    for at_ns, _, run, seen in watch(story):
        if seen.held_ns is not None:
            assert isinstance(seen.scene, (Countdown, OnSlide))
            assert seen.held_ns <= at_ns
            assert state_of(run, at_ns + 10**13) == seen


@often
@given(stories())
def test_what_is_on_stage_depends_on_cues_and_time_alone(story: Story) -> None:
    for moment in watch(story):
        assert state(story.snapshot, list(story.cues[: moment.cues]), moment.at_ns) == moment.state


@quick
@given(snapshots(auto=False))
def test_the_first_city_is_announced_before_it_should_start(snapshot: Snapshot) -> None:
    cards = [each.state.scene for each in watch_talk(open_run(snapshot), snapshot.opened_ns)]
    last = cards[-1]
    assert isinstance(last, StandingBy)
    assert last.talk == snapshot.talks[0].id
    assert all(isinstance(each, Welcome) for each in cards[:-1])
    half_ns = snapshot.span_ns(snapshot.talks[0].changeover) // 2
    assert last.start_ns - last.since_ns == half_ns


@quick
@given(st.integers(1, 20), st.integers(0, 60))
def test_a_longer_changeover_given_later_does_not_thank_twice(changeover: int, later: int) -> None:
    block = a_snapshot("ulm", a_talk("bern", changeover=changeover))
    seen = [*ULM, cue(445 + changeover, Replace(a_talk("bern", changeover=changeover)))]
    assert isinstance(scene(block, seen, 445 + changeover + later), StandingBy)


def test_a_talk_added_after_the_last_is_announced() -> None:
    added = [*ULM, cue(100, Cut("ulm")), cue(200, Add(a_talk("linz")))]
    assert scene(a_snapshot("ulm"), added, 200) == StandingBy("linz", after(200), after(245))
