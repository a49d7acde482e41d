# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which slide a press of Space counts for, and what a take says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.marks import (
    GRACE_SHARE,
    Said,
    Spoken,
    Take,
    Verdict,
    bars,
    counted,
    in_time,
    marks_of,
    progress,
    silence_s,
    spoken_s,
    take_of,
    verdict_of,
)
from pechakucha.show.snapshot import SnapshotSlide

from .strategies import quick

SLIDES, SECONDS = 20, 20

times = st.integers(0, 20 * SLIDES * 10 + 100).map(lambda tenths: tenths / 10)
"""Seconds from the start of a talk until a while after its end."""


def said_at(time: float) -> Said:
    """A press at this second of the talk."""
    index = min(int(time // SECONDS), SLIDES)
    return Said(index, round(time - index * SECONDS, 6))


def a_take(*used_s: float | None, whole: bool = True, characters: int = 0) -> Take:
    """A take whose slides were marked at these seconds."""
    slides = (
        Spoken(number=number, used_s=used, characters=characters)
        for number, used in enumerate(used_s, start=1)
    )
    return Take(seconds=SECONDS, slides=tuple(slides), whole=whole)


def test_a_press_counts_for_the_slide_on_stage() -> None:
    assert marks_of([Said(0, 14.5), Said(1, 18)], SLIDES, SECONDS) == {0: 14.5, 1: 18}


def test_in_the_first_five_seconds_it_still_counts_for_the_slide_before() -> None:
    assert marks_of([Said(0, 14), Said(2, 4.9)], SLIDES, SECONDS) == {0: 14, 1: 24.9}
    assert marks_of([Said(0, 14), Said(2, 5)], SLIDES, SECONDS) == {0: 14, 2: 5}


def test_unless_that_one_is_marked() -> None:
    assert marks_of([Said(0, 14), Said(1, 3)], SLIDES, SECONDS) == {0: 14, 1: 3}
    assert marks_of([Said(1, 2), Said(1, 4)], SLIDES, SECONDS) == {0: 22, 1: 4}


def test_the_first_slide_has_none_before_it() -> None:
    assert marks_of([Said(0, 3)], SLIDES, SECONDS) == {0: 3}


def test_a_later_press_corrects() -> None:
    assert marks_of([Said(0, 8), Said(0, 15)], SLIDES, SECONDS) == {0: 15}


def test_after_the_end_only_a_last_slide_without_a_mark_waits_for_one() -> None:
    end = Said(SLIDES, 2)
    assert marks_of([end], SLIDES, SECONDS) == {SLIDES - 1: 22}
    assert counted({SLIDES - 1: 12.0}, end, SLIDES, SECONDS) is None
    assert counted({}, Said(SLIDES, 5), SLIDES, SECONDS) is None


@quick
@given(st.lists(times, max_size=60).map(sorted))
def test_whatever_is_pressed_a_mark_lies_where_its_slide_was_or_just_after(pressed: list[float]) -> None:
    marks = marks_of(map(said_at, pressed), SLIDES, SECONDS)
    assert set(marks) <= set(range(SLIDES))
    for index, used_s in marks.items():
        assert 0 <= used_s < SECONDS * (1 + GRACE_SHARE)
        assert any(abs(index * SECONDS + used_s - time) < 1e-3 for time in pressed)


@quick
@given(st.lists(st.integers(0, 249).map(lambda tenths: tenths / 10), min_size=SLIDES, max_size=SLIDES))
def test_who_presses_once_a_slide_is_always_understood(used_s: list[float]) -> None:
    # Words about a slide begin when those about the one before are over, and take longer than five seconds.
    used_s = [max(5.0, used) for used in used_s]
    pressed = [index * SECONDS + used for index, used in enumerate(used_s)]
    marks = marks_of(map(said_at, pressed), SLIDES, SECONDS)
    assert marks == pytest.approx(dict(enumerate(used_s)))


@pytest.mark.parametrize(
    ("used_s", "verdict"),
    [
        (None, Verdict.UNMARKED),
        (9.9, Verdict.SHORT),
        (10.0, Verdict.FITS),
        (18.0, Verdict.FITS),
        (18.1, Verdict.TIGHT),
        (20.0, Verdict.TIGHT),
        (20.1, Verdict.OVER),
    ],
)
def test_a_mark_in_one_word(used_s: float | None, verdict: Verdict) -> None:
    assert verdict_of(used_s, SECONDS) is verdict


def test_silence_is_what_is_left_after_marks() -> None:
    assert silence_s(a_take(15, None, 23, 18)) == 7


def test_words_begin_when_those_before_are_over() -> None:
    assert spoken_s(a_take(15, 23, 18, None, 12, 20)) == (15, 23, 15, None, None, 20)


def test_a_take_ends_with_the_last_slide_that_was_passed_or_marked() -> None:
    slides = [SnapshotSlide(number=number, picture=None, notes="ab cd") for number in (3, 5, 7)]

    def take(passed: int, *presses: Said) -> Take:
        return take_of(slides, presses, passed=passed, seconds=SECONDS, language="de", whole=True)

    broken_off = take(1, Said(0, 12))
    assert broken_off.slides == (Spoken(number=3, used_s=12, characters=4, syllables=2),)
    assert not broken_off.whole
    assert [each.number for each in take(1, Said(1, 12)).slides] == [3, 5]
    assert take(2, Said(2, 12)).whole
    assert take(3, Said(3, 1)).slides[-1].used_s == 21
    assert not take(3).marked


def test_bars_are_those_of_the_slides_passed() -> None:
    assert [(bar.number, bar.verdict) for bar in bars(a_take(12, 22, None))] == [
        (1, Verdict.FITS),
        (2, Verdict.OVER),
        (3, Verdict.UNMARKED),
    ]


def test_getting_better_is_told_by_whole_takes_with_marks() -> None:
    takes = [a_take(12, 22), a_take(12, whole=False), a_take(None, None), a_take(12, 20)]
    assert progress(takes) == (0.5, 1.0)
    assert in_time(takes[0]) == 1
