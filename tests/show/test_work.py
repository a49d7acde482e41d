# SPDX-License-Identifier: AGPL-3.0-or-later
"""The three slides that need work most."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.marks import Verdict, bars
from pechakucha.show.work import MOST, Reason, Work, needs_work

from .strategies import quick
from .test_marks import a_take


def test_the_worst_comes_first() -> None:
    take = a_take(21, 15, 24, None, 6, 19.5)
    assert needs_work(take, {4: 27.0}) == (
        Work(3, Reason.OVER, 4),
        Work(1, Reason.OVER, 1),
        Work(4, Reason.NOTES, 27),
    )


def test_one_without_a_mark_comes_before_one_that_is_tight_or_short() -> None:
    assert needs_work(a_take(18.5, 4, None, 19, 15), {}) == (
        Work(3, Reason.UNMARKED, 0),
        Work(4, Reason.TIGHT, 1),
        Work(1, Reason.TIGHT, 1.5),
    )


def test_a_mark_is_worth_more_than_a_guess() -> None:
    assert needs_work(a_take(15), {1: 30.0}) == ()


def test_who_never_pressed_is_told_of_notes_only() -> None:
    assert needs_work(a_take(None, None), {2: 22.0}) == (Work(2, Reason.NOTES, 22),)


@quick
@given(st.lists(st.none() | st.floats(0, 25), max_size=20), st.floats(0, 40))
def test_never_more_than_three_and_never_one_that_fits(used_s: list[float | None], needed_s: float) -> None:
    take = a_take(*used_s)
    work = needs_work(take, dict.fromkeys(range(1, 21), needed_s))
    fitting = {bar.number for bar in bars(take) if bar.verdict is Verdict.FITS}
    assert len(work) <= MOST
    assert len({each.number for each in work}) == len(work)
    assert fitting.isdisjoint(each.number for each in work)
    over = sum(bar.verdict is Verdict.OVER for bar in bars(take))
    assert sum(each.reason is Reason.OVER for each in work) == min(over, MOST)
