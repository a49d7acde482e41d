# SPDX-License-Identifier: AGPL-3.0-or-later
"""A presenter's own pace is learnt from marks, when there are enough of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.marks import Spoken, Take
from pechakucha.show.own_pace import ENOUGH, own_pace
from pechakucha.show.pace import Measure

from .strategies import quick


def a_take(*slides: tuple[float | None, int]) -> Take:
    """A take with slides marked at these seconds, whose notes have so many characters."""
    spoken = tuple(
        Spoken(number=number, used_s=used_s, characters=characters, syllables=characters // 3)
        for number, (used_s, characters) in enumerate(slides, start=1)
    )
    return Take(seconds=20, slides=spoken, whole=True)


def test_ten_slides_are_enough() -> None:
    takes = [a_take((15.0, 200)), a_take(*[(15.0, 200)] * (ENOUGH - 2))]
    assert own_pace(takes, "de", Measure.CHARACTERS) is None
    pace = own_pace([*takes, a_take((15.0, 200))], "de", Measure.CHARACTERS)
    assert pace is not None
    assert pace.per_minute == 800


def test_syllables_have_a_pace_of_their_own() -> None:
    pace = own_pace([a_take(*[(15.0, 201)] * ENOUGH)], "de", Measure.SYLLABLES)
    assert pace is not None
    assert (pace.measure, pace.per_minute) == (Measure.SYLLABLES, 268)


def test_what_says_nothing_is_left_out() -> None:
    nothing: list[tuple[float | None, int]] = [(None, 200), (15.0, 200), (15.0, 12), (1.0, 200)]
    assert own_pace([a_take(*nothing * ENOUGH)], "de", Measure.CHARACTERS) is None


def test_who_was_late_began_later_with_the_next() -> None:
    pace = own_pace([a_take(*[(24.0, 240), (20.0, 160)] * ENOUGH)], "de", Measure.CHARACTERS)
    assert pace is not None
    assert pace.per_minute == pytest.approx(600)


@pytest.mark.parametrize("characters", [60, 600])
def test_notes_that_are_not_what_is_said_teach_nothing(characters: int) -> None:
    assert own_pace([a_take(*[(15.0, characters)] * 2 * ENOUGH)], "de", Measure.CHARACTERS) is None


def test_the_latest_takes_count() -> None:
    slow, fast = a_take(*[(18.0, 180)] * 20), a_take(*[(15.0, 200)] * 20)
    pace = own_pace([slow, slow, slow, fast, fast, fast], "de", Measure.CHARACTERS)
    assert pace is not None
    assert pace.per_minute == 800


@quick
@given(
    st.lists(st.floats(0.75, 1.25), min_size=ENOUGH, max_size=40),
    st.lists(st.sampled_from([0.3, 3.0]), max_size=3),
    st.floats(500, 1200),
)
def test_neither_straying_nor_a_few_slips_lead_astray(
    strays: list[float], slips: list[float], rate: float
) -> None:
    slides = [(15.0, round(rate / 4 * stray)) for stray in [*slips, *strays]]
    pace = own_pace([a_take(*slides)], "de", Measure.CHARACTERS)
    assert pace is not None
    assert pace.per_minute is not None
    assert 0.7 * rate <= pace.per_minute <= 1.3 * rate
