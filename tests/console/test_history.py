# SPDX-License-Identifier: AGPL-3.0-or-later
"""All changes of a run, taken back one after the other and made again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from show.builders import a_snapshot, after, cue
from show.strategies import often
from show.test_changes import accepted, as_planned

from pechakucha.console.history import History
from pechakucha.show.cues import Action, By, Cue, Cut, Move, NoShow, PutBack, Start, Withdraw
from pechakucha.show.rules import Refusal
from pechakucha.show.run import Run, apply, fold, open_run

BLOCK = a_snapshot("ulm", "bern", "graz", "linz")
NOW_NS = after(95)


def make(history: History, run: Run, action: Action, by: By = By.HAND) -> Run:
    """Something happens."""
    happened = Cue(NOW_NS, action, by)
    history.notice(run, happened)
    return apply(run, happened)


def back(history: History, run: Run) -> Run:
    """The last change is taken back."""
    found = history.take_back(run, NOW_NS)
    assert not isinstance(found, Refusal), found
    for action in found[1]:
        run = make(history, run, action)
    return run


def again(history: History, run: Run) -> Run:
    """The change taken back last is made again."""
    found = history.make_again(run, NOW_NS)
    assert not isinstance(found, Refusal), found
    for action in found[1]:
        run = make(history, run, action)
    return run


@given(st.data(), st.booleans())
@often
def test_whatever_was_changed_is_taken_back_and_made_again(data: st.DataObject, in_a_talk: bool) -> None:
    run = fold(BLOCK, [cue(10, Start("ulm"))] if in_a_talk else [])
    history, states = History(), [as_planned(run)]
    for _ in range(data.draw(st.integers(0, 6))):
        before = history.next_undo
        run = make(history, run, data.draw(st.sampled_from(accepted(run, NOW_NS))))
        if history.next_undo is not before:
            states.append(as_planned(run))
    for state in reversed(states[:-1]):
        run = back(history, run)
        assert as_planned(run) == state
    assert history.next_undo is None
    for state in states[1:]:
        run = again(history, run)
        assert as_planned(run) == state
    assert history.next_redo is None


def test_a_new_change_forgets_what_was_taken_back() -> None:
    history = History()
    run = back(history, make(history, open_run(BLOCK), Withdraw("bern")))
    make(history, run, Withdraw("graz"))
    assert history.make_again(run, NOW_NS) == Refusal("nothing-to-redo")


def test_what_happened_by_itself_is_not_taken_back() -> None:
    history = History()
    run = make(history, open_run(BLOCK), NoShow("ulm"), By.AUTO)
    assert history.take_back(run, NOW_NS) == Refusal("nothing-to-undo")


def test_a_change_of_the_talk_on_stage_waits_until_it_has_ended() -> None:
    history = History()
    run = make(history, open_run(BLOCK), Move("ulm", "graz"))
    run = make(history, make(history, run, Move("ulm", "bern")), Start("ulm"))
    refused = history.take_back(run, NOW_NS)
    assert isinstance(refused, Refusal)
    assert refused.code == "on-stage-already"
    assert history.next_undo is not None


def test_a_change_of_a_talk_that_is_over_gives_way_to_those_before_it() -> None:
    history = History()
    run = make(history, open_run(BLOCK), Withdraw("linz"))
    run = make(history, make(history, run, Move("ulm", "graz")), Move("ulm", "bern"))
    run = make(history, make(history, run, Start("ulm")), Cut("ulm"))
    for _ in range(2):
        refused = history.take_back(run, NOW_NS)
        assert isinstance(refused, Refusal)
        assert refused.code == "is-over"
    assert as_planned(back(history, run))[-1][0].id == "linz"


def test_what_the_stage_refused_can_still_be_taken_back() -> None:
    history = History()
    run = make(history, open_run(BLOCK), NoShow("bern"))
    assert not isinstance(history.take_back(run, NOW_NS), Refusal)
    history.give_up()
    assert history.next_undo is not None
    assert history.next_undo.undo == (PutBack("bern"),)


def test_what_a_stage_took_to_its_journal_but_told_nobody_can_be_taken_back() -> None:
    history = History()
    known = Cue(NOW_NS, Move("graz", "bern"))
    history.begin(BLOCK, (known,))
    unheard = Cue(NOW_NS, NoShow("bern"))
    history.begin(BLOCK, (known, unheard))  # the next stage greets
    found = history.take_back(fold(BLOCK, (known, unheard)), NOW_NS)
    assert not isinstance(found, Refusal)
    assert found[1] == [PutBack("bern")]
