# SPDX-License-Identifier: AGPL-3.0-or-later
"""The slot of a no-show that is kept: the next talk comes when it would have come."""

from __future__ import annotations

import pytest

from pechakucha.show.cues import Action, Cue, End, NoShow, PutBack, Start, Withdraw
from pechakucha.show.forecast import forecast
from pechakucha.show.run import Outcome, fold, open_run, settle, slot_until_ns
from pechakucha.show.scene import Closing, EndCard, Slot, StandingBy, Welcome
from pechakucha.show.schedule import automatic_cue, expected_start_ns

from .builders import a_snapshot, a_talk, after, cue, scene

BLOCK = a_snapshot("ulm", "bern", "graz")
"""Changeovers of 45 s: Ulm should begin at 45 s."""

START_ULM = cue(42, Start("ulm"))
KEEP = NoShow("bern", keep=True)
OVER_S = 445
BERN_S, GRAZ_S = OVER_S + 45, OVER_S + 45 + 400 + 45
"""When Bern and Graz begin if all goes well, seconds."""


@pytest.mark.parametrize("said_s", [5, 100, OVER_S + 1, OVER_S + 44])
def test_the_next_talk_comes_as_if_the_no_show_had_taken_place(said_s: float) -> None:
    cues = sorted([START_ULM, cue(said_s, KEEP)], key=lambda each: each.at_ns)
    run = settle(fold(BLOCK, cues), after(OVER_S + 50))
    assert slot_until_ns(run) == after(GRAZ_S - 45)
    assert expected_start_ns(run) == after(GRAZ_S)


def test_without_keeping_it_goes_on_at_once() -> None:
    run = fold(BLOCK, [START_ULM, cue(OVER_S + 10, NoShow("bern"))])
    assert slot_until_ns(run) is None
    assert expected_start_ns(run) == after(OVER_S + 10 + 45)


def test_the_stage_thanks_then_shows_the_city_then_the_next_one() -> None:
    cues = [START_ULM, cue(100, KEEP)]
    assert isinstance(scene(BLOCK, cues, OVER_S + 1), EndCard)
    assert scene(BLOCK, cues, OVER_S + 60) == Slot("bern", after(OVER_S + 8), after(GRAZ_S - 45))
    assert scene(BLOCK, cues, GRAZ_S - 45) == StandingBy("graz", after(GRAZ_S - 45), after(GRAZ_S))


def test_a_slot_before_the_first_talk_waits_for_the_planned_start() -> None:
    block = a_snapshot("ulm", "bern", planned_start_s=600)
    cues = [cue(5, NoShow("ulm", keep=True))]
    assert scene(block, cues, 6) == Welcome(after(600))
    assert isinstance(scene(block, cues, 601), Slot)
    assert expected_start_ns(fold(block, cues)) == after(600 + 400 + 45)
    assert isinstance(scene(block, cues, 1000), StandingBy)


def test_the_last_slot_ends_in_the_closing() -> None:
    block = a_snapshot("ulm", "bern")
    cues = [START_ULM, cue(OVER_S + 1, KEEP)]
    assert isinstance(scene(block, cues, OVER_S + 60), Slot)
    assert isinstance(scene(block, cues, GRAZ_S), Closing)


@pytest.mark.parametrize(
    ("action", "seconds"),
    [(PutBack("bern"), OVER_S + 200 + 45), (Withdraw("bern"), OVER_S + 200 + 45)],
    ids=["put back", "withdrawn"],
)
def test_a_slot_that_is_given_up_gives_way_to_a_changeover(action: Action, seconds: float) -> None:
    run = fold(BLOCK, [START_ULM, cue(100, KEEP), cue(OVER_S + 200, action)])
    assert expected_start_ns(run) == after(seconds)


def test_the_next_talk_may_be_started_before_the_slot_is_over_which_then_is() -> None:
    run = fold(BLOCK, [START_ULM, cue(100, KEEP), cue(OVER_S + 100, Start("graz"))])
    assert run.on_stage is not None
    over = settle(run, after(OVER_S + 600))
    assert over.slots == ()
    assert [turn.outcome for turn in over.turns] == [Outcome.DONE, Outcome.NO_SHOW, Outcome.DONE]


@pytest.mark.parametrize("seconds", [0, 50, 300, OVER_S + 1, OVER_S + 200, GRAZ_S - 45, GRAZ_S - 1])
def test_the_forecast_counts_the_slot_at_every_moment(seconds: float) -> None:
    cues = [each for each in (cue(0, KEEP), START_ULM) if each.at_ns <= after(seconds)]
    expected = forecast(fold(BLOCK, cues), after(seconds))
    assert [each.start_ns for each in expected.talks] == [after(45), None, after(GRAZ_S)]
    assert expected.end_ns == after(GRAZ_S + 400)
    assert expected.behind_s == 0


def test_two_slots_pass_one_after_the_other() -> None:
    block = a_snapshot("ulm", a_talk("bern"), a_talk("graz", pause=100), "linz")
    cues = [START_ULM, cue(100, KEEP), cue(101, NoShow("graz", keep=True))]
    bern_until, graz_until = OVER_S + 445, OVER_S + 445 + 545
    assert slot_until_ns(settle(fold(block, cues), after(OVER_S))) == after(bern_until)
    run = settle(fold(block, cues), after(bern_until))
    assert slot_until_ns(run) == after(graz_until)
    for seconds in (OVER_S + 3, bern_until + 3):
        assert expected_start_ns(settle(fold(block, cues), after(seconds))) == after(graz_until + 45)


def test_by_itself_the_block_waits_for_the_slot() -> None:
    block = a_snapshot("ulm", "bern", auto=True)
    run = fold(block, [cue(1, NoShow("ulm", keep=True))])
    assert automatic_cue(run) == Cue(after(45 + 400 + 45 - 3), Start("bern"), by=automatic_cue(run).by)  # type: ignore[union-attr]
    over = fold(block, [START_ULM, cue(100, KEEP)])
    closing = automatic_cue(settle(over, after(OVER_S)))
    assert closing is not None
    assert closing.action == End()
    assert closing.at_ns == after(GRAZ_S - 45 + 10)


def test_a_run_of_an_older_version_knows_no_slots() -> None:
    assert open_run(BLOCK).slots == ()
    assert fold(BLOCK, [cue(1, NoShow("ulm"))]).slots == ()
