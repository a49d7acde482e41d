# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is due by itself between talks, and the whole block without a hand."""

from __future__ import annotations

import pytest
from hypothesis import given

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
from pechakucha.show.rules import refusal
from pechakucha.show.run import Outcome, Run, apply, fold, open_run, settle
from pechakucha.show.scene import Closing, EndCard, state_of
from pechakucha.show.schedule import (
    automatic_cue,
    end_card_until_ns,
    expected_start_ns,
    plan_begins_ns,
)
from pechakucha.show.snapshot import Snapshot

from .builders import (
    OPENED_NS,
    OPENED_WALL_NS,
    a_blocked_talk,
    a_snapshot,
    a_talk,
    after,
    cue,
    nearly,
)
from .strategies import FORMATS, Story, often, quick, snapshots, speeds, stories, watch

BLOCK = a_snapshot("ulm", "bern")
AUTO = a_snapshot("ulm", "bern", auto=True)
ULM = [cue(42, Start("ulm"))]
"""Ulm's first slide is due at 45 s, its end at 445 s."""


def expected(snapshot: Snapshot, cues: list[Cue], seconds: float) -> int | None:
    """When the next talk should begin, as known so many seconds after the program was ready."""
    return expected_start_ns(settle(fold(snapshot, cues), after(seconds)))


def automatic(snapshot: Snapshot, cues: list[Cue], seconds: float) -> Cue | None:
    """What is due next without a hand."""
    return automatic_cue(settle(fold(snapshot, cues), after(seconds)))


# The run's clock


@quick
@given(speeds)
def test_a_span_of_the_runs_time_is_shorter_the_faster_it_goes(speed: float) -> None:
    snapshot = a_snapshot(speed=speed)
    assert nearly(snapshot.span_ns(20), 20 / speed)


def test_the_wall_clock_belongs_to_the_moment_when_the_program_was_ready() -> None:
    assert BLOCK.wall_ns(OPENED_NS) == OPENED_WALL_NS
    assert BLOCK.wall_ns(after(90)) == OPENED_WALL_NS + 90_000_000_000


# When the next talk should begin


def test_the_first_talk_begins_one_changeover_after_the_program_is_ready() -> None:
    assert expected(BLOCK, [], 0) == after(45)


def test_the_first_talk_waits_for_the_planned_start() -> None:
    assert expected(a_snapshot("ulm", planned_start_s=1500), [], 0) == after(1500)


def test_a_program_started_late_does_not_begin_in_the_past() -> None:
    assert expected(a_snapshot("ulm", planned_start_s=-600), [], 0) == after(45)


def test_a_dry_run_and_an_automatic_run_do_not_wait_for_the_planned_start() -> None:
    assert expected(a_snapshot("ulm", planned_start_s=1500, speed=10), [], 0) == after(4.5)
    assert expected(a_snapshot("ulm", planned_start_s=1500, auto=True), [], 0) == after(45)


@pytest.mark.parametrize(("hours", "counts"), [(12, True), (-12, True), (12.001, False), (-12.001, False)])
def test_a_planned_start_on_another_day_does_not_count(hours: float, counts: bool) -> None:
    seconds = round(hours * 3600)
    planned_ns = plan_begins_ns(a_snapshot("ulm", planned_start_s=seconds))
    assert planned_ns == (after(seconds) if counts else None)


def test_a_rehearsal_on_the_day_before_begins_after_one_changeover() -> None:
    assert expected(a_snapshot("ulm", planned_start_s=86_400), [], 0) == after(45)


def test_the_planned_start_is_for_the_first_talk_only() -> None:
    assert expected(a_snapshot("ulm", "bern", planned_start_s=1500), ULM, 445) == after(490)


def test_the_next_talk_begins_one_changeover_after_the_last_has_ended() -> None:
    assert expected(BLOCK, ULM, 445) == expected(BLOCK, ULM, 9000) == after(490)


def test_a_break_comes_before_the_changeover() -> None:
    block = a_snapshot("ulm", a_talk("bern", pause=600, changeover=60))
    assert expected(block, ULM, 445) == after(1105)


def test_no_start_is_expected_during_a_talk_or_after_the_last() -> None:
    assert expected(BLOCK, ULM, 300) is None
    assert expected(a_snapshot("ulm"), ULM, 445) is None
    assert expected(BLOCK, [cue(5, End())], 6) is None


def test_a_start_taken_back_gives_the_talk_a_changeover_again() -> None:
    assert expected(BLOCK, [*ULM, cue(47, TakeBack("ulm"))], 47) == after(92)


def test_a_start_taken_back_long_before_the_planned_start_waits_for_it() -> None:
    early = a_snapshot("ulm", planned_start_s=1500)
    assert expected(early, [*ULM, cue(47, TakeBack("ulm"))], 47) == after(1500)


@pytest.mark.parametrize("action", [Move("bern", "ulm"), NoShow("ulm"), Withdraw("ulm")])
def test_a_change_before_the_first_talk_keeps_the_planned_start(action: Action) -> None:
    early = a_snapshot("ulm", "bern", planned_start_s=1500)
    assert expected(early, [cue(60, action)], 60) == after(1500)


def test_the_opening_is_over_with_the_first_talk() -> None:
    assert open_run(BLOCK).opening
    assert settle(fold(BLOCK, ULM), after(444.9)).opening
    assert not settle(fold(BLOCK, ULM), after(445)).opening
    assert not fold(BLOCK, [*ULM, cue(50, Cut("ulm"))]).opening
    assert fold(BLOCK, [*ULM, cue(47, TakeBack("ulm"))]).opening
    assert fold(BLOCK, [cue(47, NoShow("ulm"))]).opening


# Thanks


@pytest.mark.parametrize(("changeover", "seconds"), [(45, 8), (16, 8), (15, 7.5), (10, 5), (0, 0)])
def test_thanks_last_eight_seconds_or_half_of_a_short_changeover(changeover: int, seconds: float) -> None:
    run = settle(fold(a_snapshot("ulm", a_talk("bern", changeover=changeover)), ULM), after(445))
    assert end_card_until_ns(run) == after(445 + seconds)


def test_after_the_last_talk_thanks_last_eight_seconds() -> None:
    assert end_card_until_ns(settle(fold(a_snapshot("ulm"), ULM), after(445))) == after(453)


# Without a hand


def test_nothing_starts_by_itself_where_a_hand_starts_the_talks() -> None:
    assert automatic(BLOCK, [], 1000) is None


def test_the_countdown_is_the_end_of_the_changeover() -> None:
    assert automatic(AUTO, [], 0) == Cue(after(42), Start("ulm"), By.AUTO)
    assert automatic(AUTO, ULM, 445) == Cue(after(487), Start("bern"), By.AUTO)


def test_a_changeover_shorter_than_the_countdown_starts_at_once() -> None:
    block = a_snapshot(a_talk("ulm", changeover=2), auto=True)
    assert automatic(block, [], 0) == Cue(after(0), Start("ulm"), By.AUTO)


def test_nothing_is_due_by_itself_during_a_talk_even_a_held_one() -> None:
    assert automatic(AUTO, ULM, 300) is None
    assert automatic(AUTO, [*ULM, cue(50, Hold())], 9000) is None


def test_a_talk_that_cannot_start_is_a_no_show() -> None:
    block = a_snapshot(a_blocked_talk("ulm"), "bern", auto=True)
    assert automatic(block, [], 0) == Cue(after(42), NoShow("ulm"), By.AUTO)


def test_a_talk_put_right_in_time_takes_place() -> None:
    block = a_snapshot(a_blocked_talk("ulm"), auto=True)
    assert automatic(block, [cue(30, Replace(a_talk("ulm")))], 30) == Cue(after(42), Start("ulm"), By.AUTO)


def test_the_run_ends_when_the_closing_card_was_up_for_ten_seconds() -> None:
    block = a_snapshot("ulm", auto=True)
    assert automatic(block, ULM, 445) == Cue(after(463), End(), By.AUTO)
    assert automatic(a_snapshot("ulm", auto=True, speed=10), [cue(10, Start("ulm"))], 60) == Cue(
        after(10 + 40.3 + 1.8), End(), By.AUTO
    )


def test_a_run_that_has_ended_does_nothing() -> None:
    assert automatic(AUTO, [cue(5, End())], 1000) is None


def test_where_the_last_talk_cannot_start_the_closing_card_is_still_seen() -> None:
    block = a_snapshot("ulm", a_blocked_talk("bern"), auto=True)
    absent = Cue(after(487), NoShow("bern"), By.AUTO)
    assert automatic(block, ULM, 487) == absent
    assert automatic(block, [*ULM, absent], 487) == Cue(after(497), End(), By.AUTO)


def test_a_changeover_shortened_late_does_not_start_the_talk_in_the_past() -> None:
    sooner = cue(480, Replace(a_talk("bern", changeover=10)))
    assert automatic(AUTO, [*ULM, sooner], 480) == Cue(after(480), Start("bern"), By.AUTO)


def test_a_talk_found_over_after_a_hold_is_followed_by_a_changeover() -> None:
    over = [*ULM, cue(50, Hold()), cue(2000, Resume(GoOn.SCHEDULE))]
    due = automatic(AUTO, over, 2000)
    assert due == Cue(after(2042), Start("bern"), By.AUTO)


def whole_run(snapshot: Snapshot) -> tuple[list[Cue], Run]:
    """An automatic run from open to end, and what the conductor would have seen."""
    run, cues = open_run(snapshot), []
    for _ in range(2 * len(snapshot.talks) + 1):
        due = automatic_cue(run)
        if due is None:
            break
        assert refusal(run, due.action, due.at_ns, By.AUTO) is None
        cues.append(due)
        run = apply(run, due)
        if run.on_stage:
            until_ns = state_of(run, due.at_ns).until_ns
            while until_ns is not None and settle(run, until_ns).on_stage:
                until_ns = state_of(run, until_ns).until_ns
            assert until_ns is not None
            run = settle(run, until_ns)
    return cues, run


@often
@given(snapshots(auto=True))
def test_left_alone_an_automatic_run_goes_through_all_talks_in_order_and_ends(snapshot: Snapshot) -> None:
    cues, run = whole_run(snapshot)
    assert [each.action for each in cues] == [
        *(Start(talk.id) if talk.blocker is None else NoShow(talk.id) for talk in snapshot.talks),
        End(),
    ]
    assert all(each.by is By.AUTO for each in cues)
    for turn in run.turns:
        assert turn.outcome is (Outcome.DONE if turn.talk.blocker is None else Outcome.NO_SHOW)
    assert run.ended_ns == cues[-1].at_ns
    assert automatic_cue(run) is None
    assert state_of(run, cues[-1].at_ns).scene == Closing()


@often
@given(snapshots(auto=True))
def test_left_alone_each_talk_begins_exactly_when_its_changeover_is_over(snapshot: Snapshot) -> None:
    cues, _ = whole_run(snapshot)
    free_ns = last_ns = snapshot.opened_ns
    for talk, each in zip(snapshot.talks, cues, strict=False):
        t0_ns = each.at_ns + snapshot.span_ns(3)
        earliest_ns = max(free_ns, last_ns) + snapshot.span_ns(3)
        assert t0_ns == max(free_ns + snapshot.span_ns(talk.pause + talk.changeover), earliest_ns)
        free_ns = t0_ns + snapshot.talk_ns if talk.blocker is None else each.at_ns
        last_ns = each.at_ns


@pytest.mark.parametrize("format", FORMATS)
def test_a_whole_block_takes_as_long_as_its_parts(format: Format) -> None:
    block = a_snapshot(
        "ulm", a_talk("bern", pause=300), a_talk("graz", changeover=60), auto=True, format=format
    )
    cues, _ = whole_run(block)
    assert cues[-1].at_ns == after(45 + 300 + 45 + 60 + 3 * format.talk_seconds + 8 + 10)


@often
@given(stories(auto=True))
def test_what_is_due_by_itself_is_never_refused(story: Story) -> None:
    for moment in watch(story):
        run = settle(moment.run, moment.at_ns)
        due = automatic_cue(run)
        if due is None:
            assert run.on_stage is not None or run.ended_ns is not None
        else:
            assert refusal(run, due.action, max(due.at_ns, moment.at_ns), By.AUTO) is None


@often
@given(stories(auto=True))
def test_what_is_due_by_itself_is_never_due_before_what_happened_last(story: Story) -> None:
    for moment in watch(story):
        due = automatic_cue(settle(moment.run, moment.at_ns))
        last_ns = story.cues[moment.cues - 1].at_ns if moment.cues else story.snapshot.opened_ns
        assert due is None or due.at_ns >= last_ns


def test_the_closing_card_is_up_for_ten_seconds_after_whatever_happened_last() -> None:
    block = a_snapshot("ulm", "bern", auto=True)
    for seconds, ends in ((446, 463), (460, 470)):  # while Ulm is thanked until 453 s, and later
        absent = [*ULM, cue(seconds, NoShow("bern"))]
        assert automatic(block, absent, seconds) == Cue(after(ends), End(), By.AUTO)
        black = [*absent, cue(462, Black(True))]
        assert automatic(block, black, 462) == Cue(after(472), End(), By.AUTO)


@often
@given(stories(auto=False))
def test_without_auto_nothing_is_ever_due(story: Story) -> None:
    assert all(automatic_cue(settle(moment.run, moment.at_ns)) is None for moment in watch(story))
    assert all(each.by is By.HAND for each in story.cues)


def test_a_hand_may_be_quicker_than_the_schedule() -> None:
    assert automatic(AUTO, [cue(10, Start("ulm"))], 413) == Cue(after(455), Start("bern"), By.AUTO)
    assert automatic(AUTO, [cue(10, Start("ulm")), cue(50, Cut("ulm"))], 50) == Cue(
        after(92), Start("bern"), By.AUTO
    )


def test_a_restart_or_a_hold_makes_the_next_start_later() -> None:
    assert automatic(AUTO, [*ULM, cue(100, Restart("ulm"))], 503) == Cue(after(545), Start("bern"), By.AUTO)
    held = [*ULM, cue(100, Hold()), cue(160, Resume())]
    assert automatic(AUTO, held, 505) == Cue(after(547), Start("bern"), By.AUTO)


def test_a_talk_put_back_or_added_gets_a_turn_of_its_own() -> None:
    block = a_snapshot("ulm", auto=True)
    again = [*ULM, cue(450, PutBack("ulm"))]
    assert automatic(block, again, 450) == Cue(after(492), Start("ulm"), By.AUTO)
    added = [*ULM, cue(450, Add(a_talk("linz")))]
    assert automatic(block, added, 450) == Cue(after(492), Start("linz"), By.AUTO)


def test_withdrawing_the_city_that_stands_by_begins_a_changeover() -> None:
    block = a_snapshot("ulm", "bern", "graz", auto=True)
    withdrawn = [*ULM, cue(460, Withdraw("bern"))]
    assert automatic(block, withdrawn, 460) == Cue(after(502), Start("graz"), By.AUTO)


def test_where_talks_start_by_themselves_the_next_first_city_gets_its_changeover() -> None:
    assert automatic(AUTO, [cue(20, Withdraw("ulm"))], 20) == Cue(after(62), Start("bern"), By.AUTO)


def test_the_thanks_are_for_the_talk_that_ended_last() -> None:
    assert state_of(fold(AUTO, ULM), after(445)).scene == EndCard("ulm")
