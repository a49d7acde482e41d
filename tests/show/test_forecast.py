# SPDX-License-Identifier: AGPL-3.0-or-later
"""When each talk was planned to start, and when it probably will."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pechakucha.show.cues import (
    Add,
    Cue,
    Cut,
    End,
    GoOn,
    Hold,
    NoShow,
    PutBack,
    Restart,
    Resume,
    Start,
    TakeBack,
)
from pechakucha.show.forecast import Expected, Forecast, forecast, planned_starts
from pechakucha.show.run import Outcome, apply, fold, open_run, settle, slide_index
from pechakucha.show.schedule import automatic_cue
from pechakucha.show.snapshot import NS, Snapshot

from .builders import a_snapshot, a_talk, after, attempt_of, cue
from .strategies import Story, often, snapshots, stories, watch

BLOCK = a_snapshot("ulm", "bern", "graz")
ULM = [cue(42, Start("ulm"))]
"""Ulm's first slide is due at 45 s, its end at 445 s."""

STARTS = {"ulm": after(45), "bern": after(490), "graz": after(935)}
END = after(1335)


def outlook(cues: list[Cue], seconds: float, block: Snapshot = BLOCK) -> Forecast:
    """The forecast so many seconds after the program was ready."""
    return forecast(fold(block, cues), after(seconds))


def starts(cues: list[Cue], seconds: float, block: Snapshot = BLOCK) -> list[int | None]:
    """The expected starts in running order."""
    return [each.start_ns for each in outlook(cues, seconds, block).talks]


# The plan


def test_the_plan_puts_changeovers_and_talks_one_after_the_other() -> None:
    assert planned_starts(BLOCK) == (STARTS, END)


def test_the_plan_begins_at_the_planned_start() -> None:
    block = a_snapshot("ulm", "bern", planned_start_s=1500)
    assert planned_starts(block) == ({"ulm": after(1500), "bern": after(1945)}, after(2345))


def test_a_planned_start_in_the_past_counts_so_that_everybody_sees_how_late_it_is() -> None:
    block = a_snapshot("ulm", planned_start_s=-60)
    assert planned_starts(block) == ({"ulm": after(-60)}, after(340))
    assert outlook([], 0, block).behind_s == 105


@pytest.mark.parametrize("auto_speed", [(True, 1.0), (False, 2.0), (True, 2.0)])
def test_dry_and_automatic_runs_are_planned_from_the_moment_the_program_is_ready(
    auto_speed: tuple[bool, float],
) -> None:
    auto, speed = auto_speed
    block = a_snapshot("ulm", planned_start_s=1500, auto=auto, speed=speed)
    assert planned_starts(block) == ({"ulm": after(45 / speed)}, after(445 / speed))


def test_breaks_and_changeovers_of_their_own_are_part_of_the_plan() -> None:
    block = a_snapshot("ulm", a_talk("bern", pause=600, changeover=60))
    assert planned_starts(block) == ({"ulm": after(45), "bern": after(1105)}, after(1505))


def test_an_empty_block_is_over_before_it_begins() -> None:
    empty = forecast(open_run(a_snapshot()), after(0))
    assert empty.talks == ()
    assert empty.behind_s == 0


def test_a_break_before_the_first_talk_is_not_a_delay() -> None:
    block = a_snapshot(a_talk("ulm", pause=600))
    assert outlook([], 0, block).behind_s == 0


# The outlook


def test_before_the_first_talk_everything_is_expected_as_planned() -> None:
    assert outlook([], 10) == Forecast(
        tuple(Expected(talk, planned, planned) for talk, planned in STARTS.items()), END, END
    )


def test_a_first_talk_that_keeps_waiting_pushes_everything_back() -> None:
    assert starts([], 105) == [after(105), after(550), after(995)]
    assert outlook([], 105).behind_s == 60


def test_during_a_talk_the_next_ones_follow_its_end() -> None:
    assert starts(ULM, 50) == starts(ULM, 444) == [after(45), after(490), after(935)]
    early = [cue(12, Start("ulm"))]
    assert starts(early, 50) == [after(15), after(460), after(905)]
    assert outlook(early, 50).behind_s == -30


def test_in_a_changeover_the_next_talk_is_expected_at_its_end_or_from_now_on() -> None:
    assert starts(ULM, 460) == [after(45), after(490), after(935)]
    assert starts(ULM, 500) == [after(45), after(500), after(945)]


def test_a_talk_held_until_now_is_expected_to_go_on_now() -> None:
    held = [*ULM, cue(100, Hold())]
    assert outlook(held, 100).behind_s == 0
    assert outlook(held, 160).behind_s == 60
    assert outlook([*held, cue(160, Resume(GoOn.REST))], 300).behind_s == 60
    assert outlook([*held, cue(160, Resume(GoOn.SCHEDULE))], 300).behind_s == 0


def test_a_talk_found_over_after_a_hold_costs_the_next_one_the_hold() -> None:
    found_over = [*ULM, cue(100, Hold()), cue(500, Resume(GoOn.SCHEDULE))]
    assert starts(found_over, 500) == [after(45), after(545), after(990)]


def test_a_talk_put_back_is_expected_again() -> None:
    put_back = [*ULM, cue(460, PutBack("ulm"))]
    assert starts(put_back, 460) == [after(505), after(950), after(1395)]
    assert starts([*put_back, cue(470, End())], 470) == [after(45), None, None]


def test_a_restart_costs_what_had_been_played_and_the_countdown() -> None:
    assert outlook([*ULM, cue(100, Restart("ulm"))], 100).behind_s == 58
    assert starts([*ULM, cue(100, Restart("ulm"))], 100)[0] == after(103)


def test_a_cut_saves_the_rest_of_the_talk() -> None:
    assert outlook([*ULM, cue(345, Cut("ulm"))], 345).behind_s == -100


def test_a_no_show_saves_its_talk_and_its_changeover() -> None:
    absent = outlook([cue(0, NoShow("bern"))], 0)
    assert absent.behind_s == -445
    assert absent.talks[1] == Expected("bern", after(490), None)


def test_an_added_talk_has_no_planned_start() -> None:
    added = outlook([cue(0, Add(a_talk("linz"), before="bern"))], 0)
    assert added.talks[1] == Expected("linz", None, after(490))
    assert added.talks[2] == Expected("bern", after(490), after(935))
    assert added.behind_s == 445


def test_a_talk_that_was_on_stage_keeps_the_start_it_had() -> None:
    assert starts([*ULM, cue(60, Hold()), cue(70, Resume()), cue(200, Cut("ulm"))], 5000)[0] == after(45)


def test_a_start_taken_back_is_expected_after_a_changeover() -> None:
    assert starts([*ULM, cue(47, TakeBack("ulm"))], 50)[0] == after(92)


def test_when_all_talks_are_over_the_block_ended_with_the_last() -> None:
    done = [cue(42, Start("ulm")), cue(500, Start("bern")), cue(1000, Start("graz"))]
    assert outlook(done, 9000).end_ns == after(1403)
    assert outlook(done, 9000).behind_s == 68


def test_after_the_end_nobody_is_expected_any_more() -> None:
    assert starts([*ULM, cue(500, End())], 500) == [after(45), None, None]
    assert outlook([*ULM, cue(500, End())], 9000).end_ns == after(500)


def test_the_end_of_the_run_does_not_move_the_end_of_the_last_talk() -> None:
    done = [cue(42, Start("ulm")), cue(500, Start("bern")), cue(1000, Start("graz")), cue(9000, End())]
    assert outlook(done, 9000).end_ns == after(1403)


# What holds for every evening


@often
@given(snapshots(auto=True, ready=True), st.data())
def test_where_everything_goes_on_plan_nothing_is_ever_behind(
    snapshot: Snapshot, data: st.DataObject
) -> None:
    assume(all(talk.pause + talk.changeover >= 3 for talk in snapshot.talks))
    planned, planned_end_ns = planned_starts(snapshot)
    run, now_ns = open_run(snapshot), snapshot.opened_ns
    while (due := automatic_cue(run)) is not None:
        looked_ns = data.draw(st.integers(now_ns, due.at_ns))
        seen = forecast(run, looked_ns)
        assert seen.behind_s == 0
        assert {each.talk: each.start_ns for each in seen.talks} == planned
        run, now_ns = apply(run, due), due.at_ns
        if run.on_stage:
            now_ns = due.at_ns + snapshot.span_ns(3) + snapshot.talk_ns
            run = settle(run, now_ns)
    assert forecast(run, now_ns).end_ns == planned_end_ns


@often
@given(
    snapshot=snapshots(ready=True),
    held_at=st.integers(0, 400 * NS),
    held_for=st.integers(0, 900 * NS),
)
def test_behind_grows_by_exactly_the_length_of_a_hold(
    snapshot: Snapshot, held_at: int, held_for: int
) -> None:
    start = Cue(after(100), Start(snapshot.talks[0].id))
    whole_ns = snapshot.span_ns(3) + snapshot.talk_ns
    hold_ns = start.at_ns + held_at % whole_ns
    before = forecast(fold(snapshot, [start]), hold_ns)
    held = [start, Cue(hold_ns, Hold())]
    now_ns = hold_ns + held_for
    while_held = forecast(fold(snapshot, held), now_ns)
    assert while_held.end_ns == before.end_ns + held_for
    for mode, lost_ns in ((GoOn.REST, held_for), (GoOn.SCHEDULE, 0)):
        run = fold(snapshot, [*held, Cue(now_ns, Resume(mode))])
        if run.on_stage:
            assert forecast(run, now_ns).end_ns == before.end_ns + lost_ns
            assert slide_index(snapshot, attempt_of(run, snapshot.talks[0].id), now_ns) >= -1


@often
@given(stories())
def test_the_outlook_names_every_talk_in_order_and_never_promises_the_past(story: Story) -> None:
    for moment in watch(story):
        run = settle(moment.run, moment.at_ns)
        outlook_now = forecast(moment.run, moment.at_ns)
        assert [each.talk for each in outlook_now.talks] == [turn.talk.id for turn in run.turns]
        expected_ns = run.changeover_since_ns if run.on_stage is None else moment.at_ns
        for turn, each in zip(run.turns, outlook_now.talks, strict=True):
            to_come = turn.outcome is Outcome.PLANNED and run.ended_ns is None
            assert (each.start_ns is None) is (turn.attempt is None and not to_come)
            if turn.attempt is not None and not to_come:
                assert each.start_ns == turn.attempt.origins[0].t0_ns
            if to_come:
                assert each.start_ns is not None
                assert each.start_ns >= expected_ns
                expected_ns = each.start_ns + story.snapshot.talk_ns
                assert outlook_now.end_ns >= expected_ns


@often
@given(stories(ready=True))
def test_a_look_at_the_outlook_a_moment_later_never_promises_earlier(story: Story) -> None:
    for moment in watch(story):
        later = forecast(moment.run, moment.at_ns + 5 * NS)
        assert later.end_ns >= forecast(moment.run, moment.at_ns).end_ns
