# SPDX-License-Identifier: AGPL-3.0-or-later
"""Late changes at every moment of an evening: what is on stage stays as it is, and all can be taken back."""

from __future__ import annotations

import itertools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.changes import change_of, inverse_of, still_fitting
from pechakucha.show.cues import (
    Action,
    Add,
    Black,
    Cue,
    Cut,
    End,
    Hold,
    Message,
    Move,
    NoShow,
    PutBack,
    Replace,
    Start,
    Withdraw,
)
from pechakucha.show.rules import refusal
from pechakucha.show.run import Outcome, Run, apply, due_ns, fold, open_run, settle
from pechakucha.show.scene import state_of
from pechakucha.show.snapshot import SnapshotTalk

from .builders import a_snapshot, a_talk, after, cue, order
from .strategies import Story, often, stories, watch_talk

BLOCK = a_snapshot("ulm", "bern", "graz")
NEW = a_talk("wien", pause=30)

START_ULM = cue(10, Start("ulm"))
MOMENTS: dict[str, tuple[list[Cue], float]] = {
    "before": ([], 5),
    "countdown": ([START_ULM], 11),
    "in a slide": ([START_ULM], 95),
    "held": ([START_ULM, cue(95, Hold())], 300),
    "in the changeover": ([START_ULM], 420),
    "after the last": ([START_ULM, cue(420, Withdraw("bern")), cue(421, Withdraw("graz"))], 500),
    "no-show": ([cue(1, NoShow("ulm"))], 5),
    "kept": ([cue(1, NoShow("ulm", keep=True))], 60),
    "cut": ([START_ULM, cue(95, Cut("ulm"))], 100),
}
"""Every moment of Ulm's life: what happened so far, and seconds since the program was ready."""


def changes_on(run: Run) -> list[Action]:
    """Every change that somebody might make to any of the talks."""
    ids = [turn.talk.id for turn in run.turns]
    found: list[Action] = [Add(NEW), *(Add(NEW, talk) for talk in ids)]
    for turn in run.turns:
        talk = turn.talk.id
        found += [NoShow(talk), NoShow(talk, keep=True), PutBack(talk), Withdraw(talk)]
        found += [Move(talk), *(Move(talk, other) for other in ids)]
        found += [Replace(other) for other in others_of(turn.talk)]
    return found


def others_of(talk: SnapshotTalk) -> list[SnapshotTalk]:
    """The talk with another deck, another pause, another changeover."""
    change = msgspec.structs.replace
    pause = 0 if talk.pause else 300
    return [change(talk, digest="f" * 64), change(talk, pause=pause), change(talk, changeover=7)]


def as_planned(run: Run) -> list[tuple[SnapshotTalk, Outcome, bool]]:
    """The rundown; what was on stage is told by its outcome."""
    return [(turn.talk, turn.outcome, turn.kept) for turn in run.turns]


def accepted(run: Run, now_ns: int) -> list[Action]:
    """The changes that the rules allow now."""
    return [each for each in changes_on(run) if refusal(run, each, now_ns) is None]


def check_undisturbed(before: Run, changed: Run, now_ns: int) -> None:
    """The talk on stage has the same slides due at the same times, and ends when it would have."""
    turn = before.on_stage
    if turn is None or turn.attempt is None:
        return
    assert changed.on_stage == turn
    same = changed.on_stage.attempt
    assert same is not None
    for index in range(before.snapshot.format.slides):
        assert due_ns(before.snapshot, turn.attempt, index) == due_ns(changed.snapshot, same, index)
    ahead = zip(watch_talk(before, now_ns), watch_talk(changed, now_ns), strict=False)
    for old, new in itertools.takewhile(lambda pair: pair[0].run.on_stage is not None, ahead):
        if settle(before, old.at_ns).on_stage is None:
            break
        assert (old.at_ns, old.state) == (new.at_ns, new.state)


def check_taken_back(before: Run, action: Action, changed: Run, now_ns: int) -> None:
    """What takes it back is allowed at once, and leaves the rundown as it was."""
    undo = inverse_of(before, Cue(now_ns, action))
    if not undo:
        assert isinstance(action, PutBack) or as_planned(changed) == as_planned(before)
        return
    for each in undo:
        assert refusal(changed, each, now_ns) is None, (action, each)
        assert still_fitting(changed, each) == each
        changed = apply(changed, Cue(now_ns, each))
    assert as_planned(changed) == as_planned(before)
    check_undisturbed(before, changed, now_ns)


@pytest.mark.parametrize("moment", MOMENTS)
def test_each_change_at_each_moment_leaves_the_stage_alone_and_can_be_taken_back(moment: str) -> None:
    so_far, seconds = MOMENTS[moment]
    run, now_ns = settle(fold(BLOCK, so_far), after(seconds)), after(seconds)
    for action in accepted(run, now_ns):
        changed = apply(run, Cue(now_ns, action))
        assert len(set(order(changed))) == len(order(changed))
        check_undisturbed(run, changed, now_ns)
        check_taken_back(run, action, changed, now_ns)


@given(stories(), st.data())
@often
def test_no_change_at_any_moment_of_any_evening_disturbs_what_is_on_stage(
    story: Story, data: st.DataObject
) -> None:
    now_ns = story.watched_ns
    run = settle(fold(story.snapshot, story.cues), now_ns)
    allowed = accepted(run, now_ns) if run.ended_ns is None and now_ns >= run.last_cue_ns else []
    if not allowed:
        return
    action = data.draw(st.sampled_from(allowed))
    changed = apply(run, Cue(now_ns, action))
    assert len(set(order(changed))) == len(order(changed))
    check_undisturbed(run, changed, now_ns)
    check_taken_back(run, action, changed, now_ns)


@pytest.mark.parametrize("moment", ["countdown", "in a slide", "held"])
def test_the_talk_on_stage_is_locked_against_every_change(moment: str) -> None:
    so_far, seconds = MOMENTS[moment]
    run = fold(BLOCK, so_far)
    ulm = run.turns[0].talk
    for action in (NoShow("ulm"), Withdraw("ulm"), Move("ulm"), Move("ulm", "graz"), Replace(ulm)):
        refused = refusal(run, action, after(seconds))
        assert refused is not None
        assert (refused.code, refused.params) == ("on-stage-already", {"city": "Ulm"})


# What a change is called, and what takes it back


def test_a_withdrawn_no_show_comes_back_as_the_no_show_that_it_was() -> None:
    run = fold(BLOCK, [cue(1, NoShow("bern", keep=True))])
    bern = run.turns[1].talk
    assert inverse_of(run, cue(2, Withdraw("bern"))) == (Add(bern, "graz"), NoShow("bern", keep=True))


def test_what_the_audience_has_seen_is_never_taken_back() -> None:
    run = fold(BLOCK, [START_ULM])
    for action in (Start("ulm"), Hold(), Cut("ulm"), Black(on=True), Message(""), End()):
        assert change_of(run, cue(95, action)) is None
    over = fold(BLOCK, [START_ULM, cue(95, Cut("ulm"))])
    assert change_of(over, cue(96, PutBack("ulm"))) is None


@pytest.mark.parametrize(
    ("action", "kind", "city"),
    [
        (Add(NEW), "add", "Wien"),
        (Withdraw("bern"), "withdraw", "Bern"),
        (Move("bern"), "move", "Bern"),
        (NoShow("bern"), "no-show", "Bern"),
        (NoShow("bern", keep=True), "no-show-kept", "Bern"),
        (Replace(a_talk("bern", title="Neu")), "words", "Bern"),
        (Replace(a_talk("bern", pause=60)), "pause", "Bern"),
        (Replace(a_talk("bern", changeover=3)), "changeover", "Bern"),
        (Replace(msgspec.structs.replace(a_talk("bern"), digest="0")), "deck", "Bern"),
    ],
)
def test_a_change_has_a_name_and_a_city(action: Action, kind: str, city: str) -> None:
    change = change_of(open_run(BLOCK), cue(1, action))
    assert change is not None
    assert (change.kind, change.city) == (kind, city)


def test_what_belongs_before_a_talk_that_has_left_comes_last() -> None:
    run = fold(BLOCK, [cue(1, Withdraw("bern"))])
    assert still_fitting(run, Move("ulm", "bern")) == Move("ulm")
    assert still_fitting(run, Add(NEW, "bern")) == Add(NEW)
    assert still_fitting(run, Add(NEW, "graz")) == Add(NEW, "graz")


# What the change does to the stage between talks


def test_a_pause_that_is_dropped_while_it_lasts_gives_way_to_the_changeover() -> None:
    block = a_snapshot("ulm", a_talk("bern", pause=600))
    dropped = cue(500, Replace(a_talk("bern")))
    run = fold(block, [START_ULM, dropped])
    assert run.changeover_since_ns == after(500)
    assert type(state_of(run, after(501)).scene).__name__ == "StandingBy"


def test_a_pause_that_is_made_shorter_ends_when_it_would_have_had_it_been_so_from_the_start() -> None:
    block = a_snapshot("ulm", a_talk("bern", pause=600))
    run = fold(block, [START_ULM, cue(500, Replace(a_talk("bern", pause=200)))])
    assert run.changeover_since_ns == after(413)
