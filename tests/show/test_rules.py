# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which cues may happen when, and what a person is told where one may not."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pechakucha.show.cues import (
    Action,
    Add,
    Black,
    By,
    Cue,
    Cut,
    End,
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
from pechakucha.show.problem import Parameter
from pechakucha.show.rules import Refusal, refusal
from pechakucha.show.run import Outcome, apply, end_of_talk_ns, fold, open_run, settle
from pechakucha.show.snapshot import NS, Snapshot

from .builders import TOO_FEW, a_blocked_talk, a_snapshot, a_talk, after, cue
from .strategies import Story, often, quick, snapshots, speeds, stories, watch

BLOCK = a_snapshot("ulm", "bern", "graz")
ULM = [cue(42, Start("ulm"))]
"""Ulm's first slide is due at 45 s, its end at 445 s."""

NOBODY = "nobody"


def why_not(
    cues: list[Cue], seconds: float, action: Action, by: By = By.HAND, block: Snapshot = BLOCK
) -> str | None:
    """The code of the refusal, None where the action may happen."""
    refused = refusal(fold(block, cues), action, after(seconds), by)
    return None if refused is None else refused.code


# Starting


def test_the_city_that_stands_by_may_start() -> None:
    assert why_not([], 0, Start("ulm")) is None
    assert why_not(ULM, 450, Start("bern")) is None


@pytest.mark.parametrize("talk", ["bern", "graz", NOBODY])
def test_nobody_else_may_start(talk: str) -> None:
    assert why_not([], 10, Start(talk)) == "not-standing-by"


@pytest.mark.parametrize("talk", ["ulm", "bern"])
def test_nobody_starts_while_a_talk_is_on_stage(talk: str) -> None:
    assert why_not(ULM, 43, Start(talk)) == "talk-on-stage"
    assert why_not(ULM, 444.999, Start(talk)) == "talk-on-stage"


def test_a_talk_that_is_over_cannot_start_again() -> None:
    assert why_not(ULM, 460, Start("ulm")) == "not-standing-by"


def test_a_talk_whose_deck_is_not_ready_says_why_it_cannot_start() -> None:
    block = a_snapshot(a_blocked_talk("ulm"), "bern")
    refused = refusal(open_run(block), Start("ulm"), after(10))
    assert refused == Refusal("deck-not-ready", {"city": "Ulm"}, TOO_FEW)


def test_a_talk_may_start_once_its_deck_was_replaced() -> None:
    block = a_snapshot(a_blocked_talk("ulm"), "bern")
    assert why_not([cue(5, Replace(a_talk("ulm")))], 10, Start("ulm"), block=block) is None


@pytest.mark.parametrize(
    ("seconds", "left"), [(445, 3), (446, 2), (446.5, 2), (447, 1), (447.999999999, 1), (448, None)]
)
def test_start_is_locked_for_three_seconds_after_a_talk(seconds: float, left: int | None) -> None:
    refused = refusal(fold(BLOCK, ULM), Start("bern"), after(seconds))
    assert refused == (None if left is None else Refusal("start-locked", {"seconds": left}))


def test_start_is_locked_after_a_cut_too() -> None:
    cut = [*ULM, cue(100, Cut("ulm"))]
    assert why_not(cut, 102.999, Start("bern")) == "start-locked"
    assert why_not(cut, 103, Start("bern")) is None


@pytest.mark.parametrize("speed", [1, 10, 60, 400])
def test_at_any_speed_the_lock_is_three_seconds_of_the_presenters_hand(speed: float) -> None:
    block = a_snapshot("ulm", "bern", speed=speed)
    cut = [cue(10, Start("ulm")), cue(10.005, Cut("ulm"))]
    assert why_not(cut, 13.004, Start("bern"), block=block) == "start-locked"
    assert why_not(cut, 13.004, Start("bern"), By.AUTO, block) is None
    assert why_not(cut, 13.005, Start("bern"), block=block) is None


def test_start_is_not_locked_after_a_start_was_taken_back() -> None:
    assert why_not([*ULM, cue(47, TakeBack("ulm"))], 47, Start("ulm")) is None


@quick
@given(snapshots(ready=True), st.integers(0, 6 * NS), st.booleans())
def test_the_start_lock_is_three_real_seconds_at_any_speed_and_only_for_hands(
    snapshot: Snapshot, later_ns: int, cut: bool
) -> None:
    assume(len(snapshot.talks) > 1)
    first, second = snapshot.talks[0].id, snapshot.talks[1].id
    run = fold(snapshot, [cue(1000, Start(first))])
    ended_ns = end_of_talk_ns(run)
    assert ended_ns is not None
    if cut:
        ended_ns -= 1
        run = apply(run, Cue(ended_ns, Cut(first)))
    by_hand = refusal(run, Start(second), ended_ns + later_ns)
    assert (by_hand is None) is (later_ns >= 3 * NS)
    if by_hand is not None:
        assert by_hand.code == "start-locked"
    assert refusal(run, Start(second), ended_ns + later_ns, By.AUTO) is None


@pytest.mark.parametrize(
    ("action", "talk"), [(PutBack("ulm"), "ulm"), (NoShow("bern"), "graz"), (Move("graz", "bern"), "graz")]
)
def test_a_change_of_the_rundown_neither_unlocks_nor_locks_start(action: Action, talk: str) -> None:
    assert why_not([*ULM, cue(446, action)], 446.5, Start(talk)) == "start-locked"
    assert why_not([*ULM, cue(446, action)], 448, Start(talk)) is None


# Taking a start back


@pytest.mark.parametrize(
    ("seconds", "code"), [(42, None), (51.9, None), (52, None), (52.000000001, "too-late-to-take-back")]
)
def test_a_start_can_be_taken_back_for_ten_seconds(seconds: float, code: str | None) -> None:
    assert why_not(ULM, seconds, TakeBack("ulm")) == code


def test_too_late_to_take_back_says_how_long_it_would_have_been_possible() -> None:
    refused = refusal(fold(BLOCK, ULM), TakeBack("ulm"), after(60))
    assert refused == Refusal("too-late-to-take-back", {"seconds": 10})


@quick
@given(speeds, st.integers(0, 20 * NS))
def test_taking_back_is_possible_for_ten_real_seconds_while_the_talk_lasts(
    speed: float, later_ns: int
) -> None:
    block = a_snapshot("ulm", speed=speed)
    run = fold(block, ULM)
    refused = refusal(run, TakeBack("ulm"), after(42) + later_ns)
    if later_ns >= block.span_ns(3) + block.talk_ns:
        assert refused == Refusal("not-on-stage")
    else:
        assert (refused is None) is (later_ns <= 10 * NS)


def test_a_talk_begun_again_had_been_on_stage_so_that_nothing_is_taken_back() -> None:
    again = [*ULM, cue(45, Restart("ulm"))]
    assert why_not(again, 46, TakeBack("ulm")) == "begun-again"
    assert why_not(again, 90, TakeBack("ulm")) == "begun-again"


def test_a_start_that_follows_one_taken_back_can_be_taken_back_too() -> None:
    twice = [*ULM, cue(45, TakeBack("ulm")), cue(50, Start("ulm"))]
    assert why_not(twice, 60, TakeBack("ulm")) is None


@pytest.mark.parametrize("talk", ["bern", NOBODY])
def test_only_the_talk_on_stage_can_be_taken_back_restarted_or_cut(talk: str) -> None:
    for action in (TakeBack(talk), Restart(talk), Cut(talk)):
        assert why_not(ULM, 45, action) == "not-on-stage"


@pytest.mark.parametrize("action", [TakeBack("ulm"), Restart("ulm"), Cut("ulm")])
def test_nothing_is_taken_back_restarted_or_cut_before_the_start_or_after_the_end(action: Action) -> None:
    assert why_not([], 10, action) == "not-on-stage"
    assert why_not(ULM, 445, action) == "not-on-stage"


@pytest.mark.parametrize("action", [Restart("ulm"), Cut("ulm")])
def test_the_talk_on_stage_may_be_restarted_or_cut_at_any_time_even_held(action: Action) -> None:
    assert why_not(ULM, 42, action) is None
    assert why_not(ULM, 444.999, action) is None
    assert why_not([*ULM, cue(50, Hold())], 4000, action) is None


# Holding


def test_only_a_talk_on_stage_can_be_held() -> None:
    assert why_not([], 10, Hold()) == "nothing-to-hold"
    assert why_not(ULM, 43, Hold()) is None
    assert why_not(ULM, 445, Hold()) == "nothing-to-hold"


def test_a_held_talk_cannot_be_held_again_and_only_a_held_one_goes_on() -> None:
    held = [*ULM, cue(50, Hold())]
    assert why_not(held, 60, Hold()) == "already-held"
    assert why_not(held, 60, Resume()) is None
    assert why_not(ULM, 60, Resume()) == "not-held"
    assert why_not([], 60, Resume()) == "nothing-to-hold"


@pytest.mark.parametrize("action", [Hold("gap"), Reboot("b", 1)])
def test_a_gap_and_a_reboot_are_noticed_and_never_wanted(action: Action) -> None:
    run = fold(BLOCK, ULM)
    assert why_not(ULM, 60, action) == "not-by-hand"
    assert refusal(run, action, after(60), By.AUTO) is None


# The rundown


@pytest.mark.parametrize(
    "action",
    [
        NoShow(NOBODY),
        PutBack(NOBODY),
        Withdraw(NOBODY),
        Replace(a_talk(NOBODY)),
        Move(NOBODY),
        Move(NOBODY, "ulm"),
        Move("ulm", NOBODY),
        Add(a_talk("linz"), NOBODY),
    ],
)
def test_a_talk_that_is_not_there_is_refused(action: Action) -> None:
    assert why_not([], 10, action) == "unknown-talk"


def test_a_talk_cannot_be_moved_before_itself() -> None:
    assert why_not([], 10, Move("ulm", "ulm")) == "same-place"
    assert why_not(ULM, 100, Move("ulm", "ulm")) == "on-stage-already"


@pytest.mark.parametrize(
    "action",
    [
        NoShow("bern"),
        Withdraw("bern"),
        Replace(a_talk("bern")),
        Move("bern"),
        Move("bern", "ulm"),
        Add(a_talk("linz")),
        Add(a_talk("linz"), "ulm"),
    ],
)
def test_the_rundown_can_be_changed_before_during_and_after_a_talk(action: Action) -> None:
    for seconds in (43, 300, 446):
        assert why_not(ULM, seconds, action) is None
    assert why_not([], 10, action) is None


def test_a_talk_is_added_only_once() -> None:
    assert why_not([], 10, Add(a_talk("ulm"))) == "talk-exists"
    assert why_not([cue(5, Add(a_talk("linz")))], 10, Add(a_talk("linz"), "ulm")) == "talk-exists"


@pytest.mark.parametrize(
    "action",
    [NoShow("ulm"), Withdraw("ulm"), Replace(a_talk("ulm")), Move("ulm"), PutBack("ulm")],
)
def test_the_talk_on_stage_stays_as_it_is(action: Action) -> None:
    assert why_not(ULM, 100, action) == "on-stage-already"


@pytest.mark.parametrize("action", [NoShow("ulm"), Withdraw("ulm"), Replace(a_talk("ulm")), Move("ulm")])
def test_a_talk_that_is_over_stays_as_it_was(action: Action) -> None:
    assert why_not(ULM, 445, action) == "is-over"
    assert why_not([*ULM, cue(50, Cut("ulm"))], 60, action) == "is-over"


def test_what_is_over_or_a_no_show_can_be_put_back_but_not_what_is_planned() -> None:
    assert why_not(ULM, 445, PutBack("ulm")) is None
    assert why_not([*ULM, cue(50, Cut("ulm"))], 60, PutBack("ulm")) is None
    assert why_not([cue(5, NoShow("bern"))], 60, PutBack("bern")) is None
    assert why_not([], 60, PutBack("ulm")) == "is-planned"


def test_a_no_show_can_be_replaced_moved_and_withdrawn_but_is_not_a_no_show_twice() -> None:
    absent = [cue(5, NoShow("bern"))]
    for action in (Replace(a_talk("bern")), Move("bern"), Withdraw("bern")):
        assert why_not(absent, 10, action) is None
    assert why_not(absent, 10, NoShow("bern")) == "is-no-show"


def test_a_refusal_names_the_city() -> None:
    refused = refusal(fold(BLOCK, ULM), Withdraw("ulm"), after(50))
    city: dict[str, Parameter] = {"city": "Ulm"}
    assert refused == Refusal("on-stage-already", city)


# Always and never


def test_time_does_not_run_backwards() -> None:
    held = [*ULM, cue(100, Hold())]
    for action in (Resume(), Cut("ulm"), NoShow("bern"), Black(True)):
        assert why_not(held, 99.999999999, action) == "out-of-order"
        assert why_not(held, 100, action) is None
    assert why_not([], -0.000000001, Start("ulm")) == "out-of-order"


@pytest.mark.parametrize("action", [Black(True), Black(False), Message(""), Message()])
def test_the_stage_can_be_covered_at_any_time(action: Action) -> None:
    for seconds in (43, 100, 446):
        assert why_not(ULM, seconds, action) is None
    assert why_not([], 10, action) is None


def test_a_run_does_not_end_during_a_talk() -> None:
    assert why_not(ULM, 444.999, End()) == "talk-on-stage"
    assert why_not(ULM, 445, End()) is None
    assert why_not([], 0, End()) is None


EVERYTHING: list[Action] = [
    Start("ulm"),
    TakeBack("ulm"),
    Hold(),
    Resume(),
    Restart("ulm"),
    Cut("ulm"),
    NoShow("ulm"),
    PutBack("ulm"),
    Move("ulm"),
    Replace(a_talk("ulm")),
    Add(a_talk("linz")),
    Withdraw("ulm"),
    Black(True),
    Message(""),
    End(),
    Reboot("b", 1),
]


@pytest.mark.parametrize("action", EVERYTHING)
@pytest.mark.parametrize("by", By)
def test_after_the_end_nothing_happens_any_more(action: Action, by: By) -> None:
    assert why_not([cue(5, End())], 6, action, by) == "run-ended"


@often
@given(stories(), st.sampled_from(EVERYTHING))
def test_what_the_rules_allow_the_fold_can_do(story: Story, action: Action) -> None:
    for moment in watch(story):
        if refusal(moment.run, action, moment.at_ns) is None:
            assert apply(moment.run, Cue(moment.at_ns, action)).last_cue_ns == moment.at_ns


@often
@given(stories(), st.sampled_from(EVERYTHING), st.integers(1, 10**13))
def test_nothing_is_ever_allowed_before_what_happened_last(
    story: Story, action: Action, sooner_ns: int
) -> None:
    run = fold(story.snapshot, story.cues)
    last_ns = story.cues[-1].at_ns if story.cues else story.snapshot.opened_ns
    refused = refusal(run, action, last_ns - sooner_ns)
    assert refused is not None
    assert refused.code == ("out-of-order" if run.ended_ns is None else "run-ended")


@often
@given(stories())
def test_a_start_is_allowed_exactly_where_a_ready_city_stands_by_unlocked(story: Story) -> None:
    for moment in watch(story):
        run = settle(moment.run, moment.at_ns)
        for turn in run.turns:
            may = refusal(moment.run, Start(turn.talk.id), moment.at_ns, By.AUTO) is None
            planned = [each for each in run.turns if each.outcome is Outcome.PLANNED]
            first = bool(planned) and planned[0].talk.id == turn.talk.id
            free = run.on_stage is None and run.ended_ns is None
            assert may is (first and free and turn.talk.blocker is None)
            if refusal(moment.run, Start(turn.talk.id), moment.at_ns) is None:
                assert may


def test_looking_late_does_not_change_what_is_allowed() -> None:
    run = fold(BLOCK, ULM)
    assert refusal(run, Start("bern"), after(446)) == refusal(
        settle(run, after(446)), Start("bern"), after(446)
    )
