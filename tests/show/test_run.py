# SPDX-License-Identifier: AGPL-3.0-or-later
"""A run is the fold of its cues: who is on stage since when, and which slide is due."""

from __future__ import annotations

from bisect import bisect_right
from fractions import Fraction

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show import cues
from pechakucha.show.cues import (
    Action,
    Add,
    Black,
    Cue,
    Cut,
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
    name_of,
)
from pechakucha.show.format import PECHA_KUCHA, Format
from pechakucha.show.run import (
    COUNTDOWN_SECONDS,
    Outcome,
    Run,
    apply,
    due_ns,
    end_of_talk_ns,
    fold,
    open_run,
    settle,
    slide_index,
)
from pechakucha.show.scene import OnSlide, state_of
from pechakucha.show.snapshot import NS, Snapshot

from .builders import a_snapshot, a_talk, after, attempt_of, cue, order, outcomes
from .strategies import Story, formats, often, quick, snapshots, speeds, stories, watch, watch_talk

BLOCK = a_snapshot("ulm", "bern", "graz")


# A talk on stage


def test_a_talk_begins_three_seconds_after_its_start() -> None:
    run = fold(BLOCK, [cue(10, Start("ulm"))])
    assert attempt_of(run, "ulm").t0_ns == after(13)
    assert attempt_of(run, "ulm").start_ns == after(10)


def test_the_countdown_is_as_much_faster_as_the_run() -> None:
    run = fold(a_snapshot("ulm", speed=10), [cue(10, Start("ulm"))])
    assert attempt_of(run, "ulm").t0_ns == after(10.3)


@pytest.mark.parametrize(
    ("seconds", "index"),
    [
        (10, -1),
        (12.999999999, -1),
        (13, 0),
        (32.999999999, 0),
        (33, 1),
        (392.999999999, 18),
        (393, 19),
        (500, 19),
        (9e5, 19),
    ],
)
def test_slide_k_is_due_k_times_twenty_seconds_after_the_first(seconds: float, index: int) -> None:
    run = fold(BLOCK, [cue(10, Start("ulm"))])
    assert slide_index(BLOCK, attempt_of(run, "ulm"), after(seconds)) == index


def test_a_talk_is_over_after_six_minutes_and_forty_seconds() -> None:
    run = fold(BLOCK, [cue(10, Start("ulm"))])
    assert end_of_talk_ns(run) == after(413)
    assert settle(run, after(413) - 1).on_stage is not None
    over = settle(run, after(413))
    assert over.on_stage is None
    assert over.turn("ulm") == over.turns[0]
    assert over.turns[0].outcome is Outcome.DONE
    assert attempt_of(over, "ulm").ended_ns == after(413)
    assert (over.last, over.changeover_since_ns) == ("ulm", after(413))
    assert over.last_ended_ns == after(413)
    assert run.opening
    assert not over.opening


def test_a_late_look_does_not_make_the_talk_end_later() -> None:
    run = settle(fold(BLOCK, [cue(10, Start("ulm"))]), after(1000))
    assert attempt_of(run, "ulm").ended_ns == after(413)
    assert run.changeover_since_ns == after(413)


def test_no_end_is_due_while_nothing_is_on_stage_or_time_stands_still() -> None:
    assert end_of_talk_ns(open_run(BLOCK)) is None
    assert end_of_talk_ns(fold(BLOCK, [cue(10, Start("ulm")), cue(20, Hold())])) is None


def test_a_held_talk_never_ends_by_itself() -> None:
    run = settle(fold(BLOCK, [cue(10, Start("ulm")), cue(20, Hold())]), after(100_000))
    assert run.on_stage is not None
    assert run.on_stage.talk.id == "ulm"


def test_a_talk_cut_short_ends_when_it_was_cut() -> None:
    run = fold(BLOCK, [cue(10, Start("ulm")), cue(20, Hold()), cue(100, Cut("ulm"))])
    assert run.turns[0].outcome is Outcome.CUT
    assert attempt_of(run, "ulm").ended_ns == after(100)
    assert attempt_of(run, "ulm").held_ns is None
    assert (run.last, run.changeover_since_ns) == ("ulm", after(100))
    assert (run.last_ended_ns, run.opening) == (after(100), False)


def test_a_talk_that_is_over_cannot_be_held() -> None:
    run = fold(BLOCK, [cue(10, Start("ulm"))])
    with pytest.raises(LookupError):
        apply(run, cue(500, Hold()))


@pytest.mark.parametrize(
    "action",
    [
        Start("x"),
        Restart("x"),
        TakeBack("x"),
        Cut("x"),
        NoShow("x"),
        PutBack("x"),
        Move("x"),
        Withdraw("x"),
        Replace(a_talk("x")),
    ],
)
def test_a_cue_for_a_talk_that_is_not_there_is_an_error(action: Action) -> None:
    with pytest.raises(LookupError):
        fold(BLOCK, [cue(1, action)])


@pytest.mark.parametrize("action", [Hold(), Resume()])
def test_holding_nothing_is_an_error(action: Action) -> None:
    with pytest.raises(LookupError):
        fold(BLOCK, [cue(1, action)])


def test_cutting_a_talk_that_never_began_is_an_error() -> None:
    with pytest.raises(LookupError):
        fold(BLOCK, [cue(1, Cut("ulm"))])


# Holding


def test_after_a_hold_the_slide_has_what_it_had_left() -> None:
    run = fold(BLOCK, [cue(10, Start("ulm")), cue(38, Hold()), cue(138, Resume(GoOn.REST))])
    attempt = attempt_of(run, "ulm")
    assert slide_index(BLOCK, attempt, after(138)) == 1
    assert slide_index(BLOCK, attempt, after(152.999)) == 1  # 15 s were left
    assert slide_index(BLOCK, attempt, after(153)) == 2
    assert end_of_talk_ns(run) == after(513)


def test_the_held_slide_keeps_its_due_time() -> None:
    run = fold(BLOCK, [cue(10, Start("ulm")), cue(38, Hold()), cue(138, Resume())])
    attempt = attempt_of(run, "ulm")
    due = [due_ns(BLOCK, attempt, index) for index in (0, 1, 2, 19)]
    assert due == [after(13), after(33), after(153), after(493)]


def test_two_holds_on_one_slide_add_up_for_the_slides_that_follow() -> None:
    held_twice = [
        cue(10, Start("ulm")),
        cue(38, Hold()),
        cue(48, Resume()),
        cue(50, Hold()),
        cue(55, Resume()),
    ]
    attempt = attempt_of(fold(BLOCK, held_twice), "ulm")
    assert [due_ns(BLOCK, attempt, index) for index in (1, 2)] == [after(33), after(68)]
    assert len(attempt.origins) == 2


def test_holds_on_two_slides_are_remembered_each() -> None:
    held_twice = [
        cue(10, Start("ulm")),
        cue(14, Hold()),
        cue(24, Resume()),
        cue(50, Hold()),
        cue(55, Resume()),
    ]
    attempt = attempt_of(fold(BLOCK, held_twice), "ulm")
    due = [due_ns(BLOCK, attempt, index) for index in (0, 1, 2)]
    assert due == [after(13), after(43), after(68)]


def test_going_on_by_the_schedule_leaves_out_what_was_missed() -> None:
    run = fold(BLOCK, [cue(10, Start("ulm")), cue(38, Hold()), cue(138, Resume(GoOn.SCHEDULE))])
    assert slide_index(BLOCK, attempt_of(run, "ulm"), after(138)) == 6
    assert end_of_talk_ns(run) == after(413)


def test_going_on_by_the_schedule_keeps_what_an_earlier_hold_cost() -> None:
    held_twice = [
        cue(10, Start("ulm")),
        cue(14, Hold()),
        cue(24, Resume(GoOn.REST)),
        cue(50, Hold()),
        cue(90, Resume(GoOn.SCHEDULE)),
    ]
    assert end_of_talk_ns(fold(BLOCK, held_twice)) == after(423)


@pytest.mark.parametrize("seconds", [413, 500])
def test_going_on_by_the_schedule_may_find_the_talk_over(seconds: float) -> None:
    run = fold(BLOCK, [cue(10, Start("ulm")), cue(38, Hold()), cue(seconds, Resume(GoOn.SCHEDULE))])
    assert run.on_stage is None
    assert run.turns[0].outcome is Outcome.DONE
    assert attempt_of(run, "ulm").ended_ns == after(413)
    assert attempt_of(run, "ulm").held_ns is None
    assert (run.last, run.last_ended_ns) == ("ulm", after(seconds))
    assert run.changeover_since_ns == after(seconds)


def test_a_talk_cut_while_it_was_held_left_out_no_slide_that_was_due() -> None:
    held = [cue(10, Start("ulm")), cue(38, Hold()), cue(138, Cut("ulm"))]
    attempt = attempt_of(fold(BLOCK, held), "ulm")
    assert due_ns(BLOCK, attempt, 1) == after(33)
    assert due_ns(BLOCK, attempt, 2) == after(153)


def test_a_hold_in_the_countdown_delays_the_first_slide() -> None:
    run = fold(BLOCK, [cue(10, Start("ulm")), cue(11, Hold()), cue(21, Resume())])
    assert attempt_of(run, "ulm").t0_ns == after(23)
    assert len(attempt_of(run, "ulm").origins) == 1
    assert slide_index(BLOCK, attempt_of(run, "ulm"), after(22.999)) == -1


def test_the_slide_does_not_change_while_time_stands_still() -> None:
    run = fold(BLOCK, [cue(10, Start("ulm")), cue(38, Hold())])
    assert slide_index(BLOCK, attempt_of(run, "ulm"), after(3000)) == 1


def test_a_restart_begins_again_with_the_countdown() -> None:
    run = fold(BLOCK, [cue(10, Start("ulm")), cue(38, Hold()), cue(100, Restart("ulm"))])
    attempt = attempt_of(run, "ulm")
    assert (attempt.start_ns, attempt.t0_ns, attempt.held_ns) == (after(100), after(103), None)
    assert attempt.again
    assert not attempt_of(fold(BLOCK, [cue(10, Start("ulm"))]), "ulm").again


# The rundown


def test_a_start_taken_back_lets_the_talk_stand_by_again() -> None:
    run = fold(BLOCK, [cue(10, Start("ulm")), cue(15, TakeBack("ulm"))])
    assert run.on_stage is None
    assert run.standing_by is not None
    assert run.standing_by.talk.id == "ulm"
    assert run.standing_by.attempt is None
    assert run.changeover_since_ns == after(15)
    assert (run.opening, run.last, run.last_ended_ns) == (True, None, None)


def test_a_start_taken_back_begins_the_changeover_anew_without_its_pause() -> None:
    block = a_snapshot("ulm", a_talk("bern", pause=600, changeover=60))
    run = fold(block, [cue(10, Start("ulm")), cue(1100, Start("bern")), cue(1105, TakeBack("bern"))])
    assert run.changeover_since_ns == after(1105 - 600)
    assert (run.opening, run.last, run.last_ended_ns) == (False, "ulm", after(413))


def test_nobody_stands_by_while_a_talk_is_on_stage_but_the_next_is_known() -> None:
    run = fold(BLOCK, [cue(10, Start("ulm"))])
    assert run.standing_by is None
    assert run.upcoming is not None
    assert run.upcoming.talk.id == "bern"


def test_after_a_no_show_the_next_talk_stands_by_with_a_changeover_of_its_own() -> None:
    run = fold(BLOCK, [cue(10, Start("ulm")), cue(430, NoShow("bern"))])
    assert run.standing_by is not None
    assert run.standing_by.talk.id == "graz"
    assert run.changeover_since_ns == after(430)
    assert (run.last, run.last_ended_ns) == ("ulm", after(413))


@pytest.mark.parametrize(
    "action",
    [
        NoShow("ulm"),
        Withdraw("ulm"),
        Move("ulm"),
        Move("graz", before="ulm"),
        Add(a_talk("linz"), before="ulm"),
        Replace(a_talk("ulm")),
    ],
)
def test_before_the_first_talk_another_city_standing_by_leaves_the_opening_alone(action: Action) -> None:
    run = fold(BLOCK, [cue(30, action)])
    assert run.opening
    assert run.changeover_since_ns == after(0)


def test_a_no_show_further_down_leaves_the_changeover_alone() -> None:
    run = fold(BLOCK, [cue(10, Start("ulm")), cue(430, NoShow("graz"))])
    assert run.changeover_since_ns == after(413)
    assert outcomes(BLOCK, [cue(30, NoShow("graz"))]) == {
        "ulm": "planned",
        "bern": "planned",
        "graz": "no-show",
    }


def test_a_change_of_the_rundown_during_a_talk_does_not_touch_the_changeover() -> None:
    before = fold(BLOCK, [cue(10, Start("ulm"))])
    run = apply(before, cue(30, NoShow("bern")))
    assert run.changeover_since_ns == before.changeover_since_ns
    assert run.on_stage == before.on_stage


def test_a_talk_put_back_is_planned_again_and_its_attempt_remembered() -> None:
    cut = fold(BLOCK, [cue(10, Start("ulm")), cue(20, Cut("ulm"))])
    run = apply(cut, cue(60, PutBack("ulm")))
    assert run.turns[0].outcome is Outcome.PLANNED
    assert run.turns[0].attempt == cut.turns[0].attempt
    assert attempt_of(run, "ulm").ended_ns == after(20)
    assert run.changeover_since_ns == after(60)
    again = attempt_of(apply(run, cue(100, Start("ulm"))), "ulm")
    assert (again.start_ns, again.ended_ns, again.again) == (after(100), None, False)


def test_a_start_and_a_restart_lift_what_covered_the_stage() -> None:
    covered = [cue(5, Black(True)), cue(6, Message("Gleich"))]
    run = fold(BLOCK, covered)
    assert (run.black, run.message) == (True, "Gleich")
    started = apply(run, cue(10, Start("ulm")))
    assert (started.black, started.message) == (False, None)
    covered = [cue(10, Start("ulm")), cue(15, Black(True)), cue(16, Message("")), cue(20, Restart("ulm"))]
    restarted = fold(BLOCK, covered)
    assert (restarted.black, restarted.message) == (False, None)


def test_the_run_remembers_when_something_happened_last() -> None:
    assert open_run(BLOCK).last_cue_ns == after(0)
    run = fold(BLOCK, [cue(10, Start("ulm")), cue(20, Message(""))])
    assert run.last_cue_ns == after(20)
    assert settle(run, after(5000)).last_cue_ns == after(20)


@pytest.mark.parametrize(
    ("action", "expected"),
    [
        (Move("ulm"), ["bern", "graz", "ulm"]),
        (Move("graz", before="ulm"), ["graz", "ulm", "bern"]),
        (Move("ulm", before="graz"), ["bern", "ulm", "graz"]),
        (Add(a_talk("linz")), ["ulm", "bern", "graz", "linz"]),
        (Add(a_talk("linz"), before="bern"), ["ulm", "linz", "bern", "graz"]),
        (Withdraw("bern"), ["ulm", "graz"]),
        (Replace(a_talk("bern", title="Neu")), ["ulm", "bern", "graz"]),
    ],
)
def test_the_rundown_can_be_changed(action: Action, expected: list[str]) -> None:
    assert order(fold(BLOCK, [cue(5, action)])) == expected


def test_a_replaced_talk_has_the_new_words_and_the_old_place() -> None:
    run = fold(BLOCK, [cue(5, Replace(a_talk("bern", title="Neu")))])
    assert run.turns[1].talk.title == "Neu"
    assert run.turns[0].talk == a_talk("ulm")


def test_a_talk_added_when_all_were_over_gets_its_changeover() -> None:
    block = a_snapshot("ulm")
    run = fold(block, [cue(10, Start("ulm")), cue(20, Cut("ulm")), cue(300, Add(a_talk("linz")))])
    assert run.standing_by is not None
    assert run.standing_by.talk.id == "linz"
    assert run.changeover_since_ns == after(300)


def test_a_reboot_is_remembered() -> None:
    opened = open_run(BLOCK)
    assert (opened.boot, opened.offset_ns) == ("boot-1", 0)
    run = apply(opened, cue(5, Reboot("boot-2", 77)))
    assert (run.boot, run.offset_ns) == ("boot-2", 77)


def test_the_end_of_the_run_leaves_nobody_standing_by() -> None:
    run = fold(BLOCK, [cue(5, cues.End())])
    assert run.ended_ns == after(5)
    assert run.standing_by is None


def test_every_cue_has_a_name_of_its_own_and_survives_the_journal() -> None:
    actions: list[Action] = [
        Start("ulm"),
        TakeBack("ulm"),
        Hold("gap"),
        Resume(GoOn.SCHEDULE),
        Restart("ulm"),
        Cut("ulm"),
        NoShow("ulm"),
        PutBack("ulm"),
        Move("ulm", "bern"),
        Replace(a_talk()),
        Add(a_talk(), "bern"),
        Withdraw("ulm"),
        Black(True),
        Message(""),
        cues.End(),
        Reboot("b", -5),
    ]
    names = "start take-back hold resume restart cut no-show put-back move replace add withdraw black message"
    assert [name_of(each) for each in actions] == [*names.split(), "end", "reboot"]
    written = [Cue(5, each, cues.By.AUTO) for each in actions]
    assert msgspec.json.decode(msgspec.json.encode(written), type=list[Cue]) == written


# What holds for every evening


def _played_ns(snapshot: Snapshot, so_far: tuple[Cue, ...], now_ns: int) -> int:
    """How long the last talk started has been played at ``now_ns``, told by a stopwatch.

    A second way to say what ``run`` says, without origins: the time since the start, less the
    countdown, less what was held and made up for.
    """
    started_ns, lost_ns, held_ns = 0, 0, None
    for each in so_far:
        match each.action:
            case Start() | Restart():
                started_ns, lost_ns, held_ns = each.at_ns, 0, None
            case Hold():
                held_ns = each.at_ns
            case Resume(mode):
                assert held_ns is not None
                lost_ns += each.at_ns - held_ns if mode is GoOn.REST else 0
                held_ns = None
    running_ns = now_ns if held_ns is None else held_ns
    return running_ns - started_ns - lost_ns - snapshot.span_ns(COUNTDOWN_SECONDS)


@often
@given(stories())
def test_the_slide_on_stage_is_the_one_that_a_stopwatch_would_tell(story: Story) -> None:
    snapshot = story.snapshot
    due = [snapshot.due_ns(index) for index in range(snapshot.format.slides)]
    for moment in watch(story):
        shown = moment.state.scene
        turn = settle(moment.run, moment.at_ns).on_stage
        played_ns = _played_ns(snapshot, story.cues[: moment.cues], moment.at_ns)
        if turn is not None:
            assert played_ns < snapshot.talk_ns or moment.state.held_ns is not None
        if isinstance(shown, OnSlide):
            assert shown.index == bisect_right(due, played_ns) - 1
            assert 0 <= shown.index < snapshot.format.slides


@often
@given(stories())
def test_within_one_attempt_slides_never_go_backwards(story: Story) -> None:
    furthest, attempt_ns = -1, None
    for moment in watch(story):
        turn = settle(moment.run, moment.at_ns).on_stage
        if turn is None or turn.attempt is None:
            continue
        if (turn.talk.id, turn.attempt.start_ns) != attempt_ns:
            furthest, attempt_ns = -1, (turn.talk.id, turn.attempt.start_ns)
        index = slide_index(story.snapshot, turn.attempt, moment.at_ns)
        assert index >= furthest or _restarted(story, moment.cues)
        furthest = index


def _restarted(story: Story, count: int) -> bool:
    return count > 0 and isinstance(story.cues[count - 1].action, (Start, Restart))


@often
@given(snapshots(ready=True))
def test_each_slide_lasts_exactly_its_seconds(snapshot: Snapshot) -> None:
    first = snapshot.talks[0].id
    run = fold(snapshot, [cue(1000, Start(first))])
    shown = [each for each in watch_talk(run, after(1000)) if isinstance(each.state.scene, OnSlide)]
    t0_ns = after(1000) + snapshot.span_ns(3)
    assert [each.at_ns - t0_ns for each in shown] == [
        snapshot.due_ns(index) for index in range(snapshot.format.slides)
    ]
    for each in shown:
        assert isinstance(each.state.scene, OnSlide)
        assert each.state.scene.due_ns == each.at_ns
        index = each.state.scene.index
        lasts_ns = each.state.scene.until_ns - each.state.scene.due_ns
        assert lasts_ns == snapshot.due_ns(index + 1) - snapshot.due_ns(index)


@quick
@given(formats, speeds | st.floats(0.5, 1000), st.integers(0, 20))
def test_no_rounding_adds_up_over_a_talk(format: Format, speed: float, index: int) -> None:
    snapshot = a_snapshot("ulm", format=format, speed=speed)
    exact = Fraction(index * format.seconds * NS) / Fraction(speed)
    assert abs(snapshot.due_ns(index) - exact) <= 1
    assert snapshot.talk_ns == snapshot.due_ns(format.slides)


@often
@given(
    snapshot=snapshots(ready=True),
    held_at=st.integers(0, 400 * NS),
    held_for=st.integers(0, 900 * NS),
    data=st.data(),
)
def test_a_hold_delays_the_following_slides_by_its_length_and_nothing_else(
    snapshot: Snapshot, held_at: int, held_for: int, data: st.DataObject
) -> None:
    start = Cue(after(1000), Start(snapshot.talks[0].id))
    whole_ns = snapshot.span_ns(3) + snapshot.talk_ns
    hold_ns = start.at_ns + held_at % whole_ns
    mode = data.draw(st.sampled_from(GoOn))
    untouched = fold(snapshot, [start])
    run = fold(snapshot, [start, Cue(hold_ns, Hold()), Cue(hold_ns + held_for, Resume(mode))])
    held_index = slide_index(snapshot, attempt_of(untouched, snapshot.talks[0].id), hold_ns)
    lost_ns = held_for if mode is GoOn.REST else 0
    due_before = _due_times(untouched, start.at_ns)
    for index, slide_due_ns in _due_times(run, hold_ns + held_for).items():
        assert slide_due_ns - due_before[index] == (lost_ns if index > held_index else 0)
    if run.on_stage:
        assert end_of_talk_ns(run) == start.at_ns + whole_ns + lost_ns


def _due_times(run: Run, from_ns: int) -> dict[int, int]:
    shown = (each.state.scene for each in watch_talk(run, from_ns))
    return {each.index: each.due_ns for each in shown if isinstance(each, OnSlide)}


@quick
@given(snapshots(ready=True), st.integers(-5, 500 * NS))
def test_the_index_stays_within_the_format_whenever_one_looks(snapshot: Snapshot, later_ns: int) -> None:
    run = fold(snapshot, [cue(1000, Start(snapshot.talks[0].id))])
    attempt = attempt_of(run, snapshot.talks[0].id)
    index = slide_index(snapshot, attempt, attempt.t0_ns + later_ns)
    assert (index == -1) is (later_ns < 0)
    assert -1 <= index < snapshot.format.slides
    if index >= 0:
        assert snapshot.due_ns(index) <= later_ns
    if 0 <= index < snapshot.format.slides - 1:
        assert later_ns < snapshot.due_ns(index + 1)


@often
@given(stories())
def test_any_part_of_the_journal_is_a_state_that_was_once_true(story: Story) -> None:
    live = open_run(story.snapshot)
    for count, each in enumerate(story.cues, start=1):
        live = apply(live, each)
        assert fold(story.snapshot, story.cues[:count]) == live
        after_a_crash = fold(story.snapshot, iter(story.cues[:count]))
        assert state_of(after_a_crash, each.at_ns) == state_of(live, each.at_ns)


@often
@given(stories())
def test_it_makes_no_difference_how_often_somebody_looks(story: Story) -> None:
    looked_at = open_run(story.snapshot)
    for each in story.cues:
        looked_at = apply(settle(settle(looked_at, each.at_ns), each.at_ns), each)
    assert looked_at == fold(story.snapshot, story.cues)


@often
@given(stories())
def test_at_most_one_talk_is_on_stage(story: Story) -> None:
    for moment in watch(story):
        staged = [turn for turn in moment.run.turns if turn.outcome is Outcome.ON_STAGE]
        assert len(staged) <= 1


@often
@given(stories())
def test_no_talk_is_lost_or_doubled(story: Story) -> None:
    expected = {talk.id for talk in story.snapshot.talks}
    run = open_run(story.snapshot)
    for each in story.cues:
        run = apply(run, each)
        match each.action:
            case Add(talk):
                expected.add(talk.id)
            case Withdraw(talk_id):
                expected.remove(talk_id)
        assert len(order(run)) == len(expected)
        assert set(order(run)) == expected


@often
@given(stories())
def test_only_a_talk_that_has_been_on_stage_has_an_attempt(story: Story) -> None:
    for moment in watch(story):
        for turn in settle(moment.run, moment.at_ns).turns:
            if turn.outcome is not Outcome.PLANNED:  # planned again it has its last attempt
                staged = turn.outcome in {Outcome.ON_STAGE, Outcome.DONE, Outcome.CUT}
                assert (turn.attempt is not None) is staged
            if turn.outcome is Outcome.PLANNED and turn.attempt is not None:
                assert PutBack(turn.talk.id) in [each.action for each in story.cues[: moment.cues]]
            if turn.attempt is not None:
                assert (turn.attempt.ended_ns is None) is (turn.outcome is Outcome.ON_STAGE)
            if turn.attempt is not None and turn.attempt.ended_ns is not None:
                assert turn.attempt.held_ns is None
                assert turn.attempt.ended_ns <= moment.at_ns


def test_the_fold_starts_from_the_snapshot() -> None:
    run = fold(BLOCK, [])
    assert order(run) == ["ulm", "bern", "graz"]
    assert run.changeover_since_ns == BLOCK.opened_ns
    assert (run.last, run.black, run.message, run.ended_ns) == (None, False, None, None)
    assert (run.opening, run.last_ended_ns, run.last_cue_ns) == (True, None, BLOCK.opened_ns)
    assert PECHA_KUCHA.talk_seconds * NS == BLOCK.talk_ns
