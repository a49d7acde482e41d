# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be done about a block that is behind its plan, and where it leads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.catching_up import (
    LEAST_CHANGEOVER_SECONDS,
    LEAST_PAUSE_SECONDS,
    Proposal,
    Way,
    proposals,
)
from pechakucha.show.cues import Cue, Cut, End, Hold, NoShow, Replace, Resume, Start
from pechakucha.show.forecast import ON_TIME_SECONDS, forecast
from pechakucha.show.rules import refusal
from pechakucha.show.run import Run, apply, fold, settle
from pechakucha.show.snapshot import Snapshot

from .builders import a_snapshot, a_talk, after, cue, order
from .strategies import Story, often, stories, watch

FIVE = a_snapshot("ulm", "bern", "graz", "linz", "wien")
PAUSED = a_snapshot("ulm", "bern", a_talk("graz", pause=900), "linz")


def proposed(late_s: float, block: Snapshot = FIVE, *, at_s: float = 200) -> tuple[Proposal, ...]:
    """What is proposed while Ulm is on stage, so many seconds behind."""
    run = fold(block, [cue(42 + late_s, Start("ulm"))])
    return proposals(run, after(42 + late_s + at_s))


def lengths(proposal: Proposal) -> dict[str, tuple[int, int]]:
    """Changeover and pause of the talks that it would change."""
    return {each.talk.id: (each.talk.changeover, each.talk.pause) for each in proposal.actions}


@pytest.mark.parametrize("late_s", [-600, 0, 59])
def test_on_time_or_ahead_there_is_nothing_to_do(late_s: float) -> None:
    block = a_snapshot("ulm", a_talk("bern", pause=600), planned_start_s=900)
    assert proposals(fold(block, [cue(897 + late_s, Start("ulm"))]), after(1000)) == ()


def test_changeovers_become_no_shorter_than_it_takes() -> None:
    """A minute is won from four changeovers of 45 s by 30 s each."""
    (only,) = proposed(60)
    assert (only.way, only.seconds) == (Way.CHANGEOVERS, 30)
    assert lengths(only) == dict.fromkeys(("bern", "graz", "linz", "wien"), (30, 0))
    assert (only.won_s, only.behind_s) == (60, 0)


def test_changeovers_become_no_shorter_than_sensible() -> None:
    (only,) = proposed(600)
    assert only.seconds == LEAST_CHANGEOVER_SECONDS == 20
    assert (only.won_s, only.behind_s) == (100, 500)


def test_a_changeover_that_is_short_already_stays() -> None:
    block = a_snapshot("ulm", a_talk("bern", changeover=10), a_talk("graz", changeover=90))
    (only,) = proposed(300, block)
    assert lengths(only) == {"graz": (20, 0)}


def test_where_changeovers_are_as_short_as_can_be_nothing_is_left() -> None:
    assert proposed(300, a_snapshot("ulm", a_talk("bern", changeover=20), a_talk("graz", changeover=0))) == ()


def test_a_pause_can_be_shorter_or_left_out() -> None:
    changeovers, shorter, without = proposed(250, PAUSED)
    assert changeovers.way is Way.CHANGEOVERS
    assert (shorter.way, shorter.before, shorter.seconds) == (Way.SHORTER_PAUSE, "graz", 600)
    assert lengths(shorter) == {"graz": (45, 600)}
    assert (shorter.won_s, shorter.behind_s) == (300, -50)
    assert (without.way, without.before, without.seconds) == (Way.NO_PAUSE, "graz", 0)
    assert lengths(without) == {"graz": (45, 0)}
    assert (without.won_s, without.behind_s) == (900, -650)


def test_a_pause_of_five_minutes_is_left_out_or_stays() -> None:
    block = a_snapshot("ulm", a_talk("bern", changeover=20, pause=LEAST_PAUSE_SECONDS))
    assert [each.way for each in proposed(120, block)] == [Way.NO_PAUSE]


def test_only_the_pause_that_comes_first_is_touched() -> None:
    block = a_snapshot("ulm", a_talk("bern", pause=600), a_talk("graz", pause=600))
    assert {each.before for each in proposed(120, block)} == {"", "bern"}


def test_what_lasts_already_is_left_alone() -> None:
    """In the break before Graz its end has been announced; only the changeover to Linz is still to come."""
    run = fold(PAUSED, [cue(42, Start("ulm")), cue(490, Start("bern")), cue(700, Hold()), cue(900, Resume())])
    in_break = after(490 + 3 + 400 + 200 + 60)
    assert settle(run, in_break).standing_by is not None
    (only,) = proposals(run, in_break)
    assert lengths(only) == {"linz": (20, 0)}


def test_who_is_no_show_needs_no_changeover() -> None:
    run = fold(FIVE, [cue(500, Start("ulm")), cue(600, NoShow("bern"))])
    assert proposals(run, after(610)) == ()  # ahead now
    run = fold(FIVE, [cue(900, Start("ulm")), cue(950, NoShow("bern"))])
    assert set(lengths(proposals(run, after(960))[0])) == {"graz", "linz", "wien"}


def test_a_dry_run_counts_in_its_own_time() -> None:
    """Ten times as fast, a minute on the clock is ten of the block's."""
    block = a_snapshot("ulm", a_talk("bern", pause=1200), speed=10)
    run = fold(block, [cue(4.2 + 60, Start("ulm"))])
    changeovers, shorter, _ = proposals(run, after(70))
    assert (changeovers.seconds, changeovers.won_s) == (20, 2.5)
    assert (shorter.seconds, shorter.won_s) == (600, 60)


def test_when_all_is_over_there_is_nothing_to_do() -> None:
    assert (
        proposals(fold(FIVE, [cue(900, Start("ulm")), cue(950, Cut("ulm")), cue(960, End())]), after(970))
        == ()
    )
    assert proposals(fold(a_snapshot("ulm"), [cue(900, Start("ulm"))]), after(950)) == ()


# What holds for every evening


@often
@given(stories(), st.data())
def test_every_proposal_keeps_what_it_promises(story: Story, data: st.DataObject) -> None:
    moment = data.draw(st.sampled_from(list(watch(story))))
    run, now_ns = settle(moment.run, moment.at_ns), moment.at_ns
    before = forecast(run, now_ns)
    found = proposals(run, now_ns)
    assert before.behind_s >= ON_TIME_SECONDS or found == ()
    for proposal in found:
        then = sent(run, proposal, now_ns)
        expected = forecast(then, now_ns)
        assert expected.end_ns == proposal.end_ns < before.end_ns
        assert expected.behind_s == proposal.behind_s
        assert proposal.won_s > 0
        assert order(then) == order(run)
        assert (then.on_stage, then.standing_by) == (run.on_stage, run.standing_by)
        for action in proposal.actions:
            assert_only_shorter(run, action)


def sent(run: Run, proposal: Proposal, now_ns: int) -> Run:
    """The run once all of a proposal has been accepted."""
    for action in proposal.actions:
        assert refusal(run, action, now_ns) is None
        run = apply(run, Cue(now_ns, action))
    return run


def assert_only_shorter(run: Run, action: Replace) -> None:
    """Nothing but changeover and pause are touched, and neither becomes shorter than sensible."""
    old, new = run.turn(action.talk.id), action.talk
    assert old is not None
    assert old not in (run.on_stage, run.standing_by)
    assert min(old.talk.changeover, LEAST_CHANGEOVER_SECONDS) <= new.changeover <= old.talk.changeover
    assert new.pause in (0, old.talk.pause) or LEAST_PAUSE_SECONDS <= new.pause < old.talk.pause
    again = (new.changeover, new.pause), (old.talk.changeover, old.talk.pause)
    assert again[0] != again[1]
    assert (new.slides, new.city, new.blocker) == (old.talk.slides, old.talk.city, old.talk.blocker)


@often
@given(stories(ready=True))
def test_who_takes_the_first_proposal_is_asked_for_less_the_next_time(story: Story) -> None:
    """So it comes to an end: nothing is won twice from the same seconds."""
    now_ns, run = story.watched_ns, settle(fold(story.snapshot, story.cues), story.watched_ns)
    for _ in range(2 * len(run.turns) + 3):
        found = proposals(run, now_ns)
        if not found:
            return
        run = sent(run, found[0], now_ns)
    pytest.fail(f"there is always something left: {found}")
