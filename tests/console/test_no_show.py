# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is asked about a city that is not there, and what is read while its slot is kept."""

from __future__ import annotations

import pytest
from show.builders import a_snapshot, after, cue

from pechakucha.console.no_show import no_show_question, slot_would_end_ns
from pechakucha.console.wording import centre, state_words
from pechakucha.show.cues import NoShow, Start
from pechakucha.show.run import fold, settle
from pechakucha.show.scene import state_of
from pechakucha.texts import LANGUAGES, Texts

BLOCK = a_snapshot("ulm", "bern", "graz")
STARTED = cue(42, Start("ulm"))
OVER_S = 445


@pytest.mark.parametrize("seconds", [50, OVER_S + 30])
def test_the_slot_may_be_kept_until_the_time_that_is_told(seconds: float) -> None:
    run = settle(fold(BLOCK, [STARTED]), after(seconds))
    assert slot_would_end_ns(run, "bern", after(seconds)) == after(OVER_S + 445)
    asked = no_show_question(run, "bern", after(seconds))
    assert asked is not None
    assert [choice.action for choice in asked.choices] == [NoShow("bern"), NoShow("bern", keep=True)]
    for language in LANGUAGES:
        words = Texts(language)(asked.code, **asked.params)
        assert "Bern" in words
        assert str(asked.params["time"]) in words


def test_a_slot_that_is_over_is_not_offered() -> None:
    late_s = OVER_S + 445 - 5
    run = settle(fold(BLOCK, [STARTED]), after(late_s))
    asked = no_show_question(run, "bern", after(late_s))
    assert asked is not None
    assert [choice.action for choice in asked.choices] == [NoShow("bern")]


def test_of_a_talk_that_is_not_there_nothing_is_asked() -> None:
    assert no_show_question(fold(BLOCK, []), "rome", after(1)) is None


def test_the_console_counts_to_the_moment_that_the_stage_tells() -> None:
    now_ns = after(OVER_S + 100)
    run = settle(fold(BLOCK, [STARTED, cue(OVER_S + 10, NoShow("bern", keep=True))]), now_ns)
    words = centre(run, state_of(run, now_ns), now_ns, Texts("en"))
    assert (words.badge, words.city, words.figure) == ("SLOT KEPT", "Graz", "6:30")
    bern = run.turn("bern")
    assert bern is not None
    assert state_words(run, bern, Texts("en"), comes_next=False) == ("kept", "slot kept")
