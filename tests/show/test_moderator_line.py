# SPDX-License-Identifier: AGPL-3.0-or-later
"""A line is said to one talk: it stands there until another one has its turn."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show import cues
from pechakucha.show.moderator_line import LONGEST, line_for, words_now
from pechakucha.show.run import fold, settle

from .builders import a_snapshot, after, cue

BLOCK = a_snapshot("ulm", "bern")
BEFORE = fold(BLOCK, ())
STARTED = cue(100, cues.Start("ulm"))


def test_said_in_a_talk_it_stands_there_until_its_end() -> None:
    on_stage = fold(BLOCK, [STARTED])
    line = line_for(on_stage, "Louder")
    assert words_now(line, on_stage) == "Louder"
    assert words_now(line, settle(on_stage, after(502))) == "Louder"
    assert words_now(line, settle(on_stage, after(504))) == ""


def test_said_in_a_changeover_it_is_for_the_next_talk() -> None:
    between = settle(fold(BLOCK, [STARTED]), after(510))
    line = line_for(between, "Closer")
    assert words_now(line, between) == "Closer"
    begun = fold(BLOCK, [STARTED, cue(550, cues.Start("bern"))])
    assert words_now(line, begun) == "Closer"
    assert words_now(line, settle(begun, after(1000))) == ""


def test_after_the_last_talk_something_can_still_be_said() -> None:
    over = settle(fold(BLOCK, [STARTED, cue(505, cues.NoShow("bern"))]), after(510))
    assert words_now(line_for(over, "Thanks!"), over) == "Thanks!"


def test_who_is_called_instead_does_not_read_it() -> None:
    before = fold(BLOCK, ())
    line = line_for(before, "Wait for me")
    assert words_now(line, fold(BLOCK, [cue(10, cues.Move("bern", "ulm"))])) == ""


def test_nothing_said_is_nothing_shown() -> None:
    assert words_now(None, fold(BLOCK, ())) == ""


@pytest.mark.parametrize("given_words", ["", "  \n "])
def test_only_space_is_nothing(given_words: str) -> None:
    run = fold(BLOCK, ())
    assert words_now(line_for(run, given_words), run) == ""


@given(st.text(max_size=200))
def test_it_is_one_line_and_no_longer_than_can_be_read(words: str) -> None:
    said = line_for(BEFORE, words).words
    assert len(said) <= LONGEST
    assert said.splitlines() in ([], [said])
