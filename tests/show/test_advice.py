# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where in the notes the time is over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.advice import advice
from pechakucha.show.pace import Measure, Pace, seconds_to_speak

from .strategies import quick

texts = st.lists(
    st.sampled_from(["Rat", "Straßenbahn", "2021", "–", "Qualität", "a", "\n", " "]), max_size=80
)
paces = st.builds(Pace, measure=st.sampled_from(Measure), per_minute=st.none() | st.floats(30, 3000))


def test_the_first_word_that_cannot_be_finished() -> None:
    said = advice("Eins zwei drei vier.", "de", Pace(per_minute=60), 11)
    assert said.over_at == len("Eins zwei ")
    assert (said.fits, said.has, said.words_over, said.needed_s) == (11, 17, 2, 17)


def test_what_fits_exactly_fits() -> None:
    said = advice("Eins zwei", "de", Pace(per_minute=60), 8)
    assert (said.over_at, said.words_over) == (None, 0)


def test_no_notes_need_no_time() -> None:
    said = advice(" \n", None, Pace(), 20)
    assert (said.needed_s, said.has, said.over_at) == (0, 0, None)
    assert said.fits == 306, "what a reader of German manages"


@quick
@given(texts, paces, st.sampled_from(["de", "en", None]), st.sampled_from([5, 15, 20]))
def test_everything_before_can_be_said_and_one_word_more_cannot(
    words: list[str], pace: Pace, language: str | None, seconds: int
) -> None:
    text = " ".join(words)
    said = advice(text, language, pace, seconds)
    assert said.needed_s == pytest.approx(seconds_to_speak(text, language, pace))
    if said.over_at is None:
        assert said.needed_s <= seconds * (1 + 1e-9)
        return
    before, rest = text[: said.over_at], text[said.over_at :]
    assert seconds_to_speak(before, language, pace) <= seconds * (1 + 1e-9)
    assert seconds_to_speak(before + rest.split()[0], language, pace) > seconds * (1 - 1e-9)
    assert len(rest.split()) == said.words_over
