# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which slides go on stage, as a person writes it."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.problem import Problem
from pechakucha.show.selection import parse_selection, write_selection

from .strategies import quick


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("7", (7,)),
        ("1-3", (1, 2, 3)),
        ("1-9, 11-21", (*range(1, 10), *range(11, 22))),
        ("5,3,4", (5, 3, 4)),
        ("9-7", (9, 8, 7)),
        ("4-4", (4,)),
        ("1–3", (1, 2, 3)),
        (" 1 - 3 , 5 ", (1, 2, 3, 5)),
        ("2, 2", (2, 2)),
        ("9999", (9999,)),
    ],
)
def test_numbers_and_ranges_in_the_order_written(text: str, numbers: tuple[int, ...]) -> None:
    assert parse_selection(text) == numbers


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("", ""),
        ("1-9,", ""),
        ("1-9, x", "x"),
        ("0", "0"),
        ("0-3", "0-3"),
        ("3-0", "3-0"),
        ("1-", "1-"),
        ("-3", "-3"),
        ("1-2-3", "1-2-3"),
        ("1 2", "1 2"),
        ("10000", "10000"),
        ("5, 1.5", "1.5"),
    ],
)
def test_what_cannot_be_read_is_named(text: str, part: str) -> None:
    with pytest.raises(Problem) as refused:
        parse_selection(text)
    assert refused.value.code == "selection-invalid"
    assert refused.value.params == {"given": text, "part": part}


@quick
@given(st.lists(st.integers(1, 9999), min_size=1, max_size=30))
def test_a_list_of_numbers_is_read_as_written(numbers: list[int]) -> None:
    assert parse_selection(", ".join(map(str, numbers))) == tuple(numbers)


@quick
@given(st.integers(1, 9999), st.integers(1, 9999))
def test_a_range_has_both_its_ends_and_every_number_between_once(first: int, last: int) -> None:
    numbers = parse_selection(f"{first}-{last}")
    assert (numbers[0], numbers[-1]) == (first, last)
    assert sorted(numbers) == list(range(min(first, last), max(first, last) + 1))
    assert parse_selection(f"{last}-{first}") == numbers[::-1]


@quick
@given(st.text(alphabet="0123456789-–, x", max_size=12))
def test_no_text_breaks_the_reader(text: str) -> None:
    with contextlib.suppress(Problem):
        numbers = parse_selection(text)
        assert numbers
        assert all(1 <= each <= 9999 for each in numbers)


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([], ""), ([3], "3"), ([1, 2, 3], "1-3"), ([1, 2, 4, 9, 10], "1-2, 4, 9-10"), ([3, 2], "3, 2")],
)
def test_numbers_are_written_as_they_are_read(numbers: list[int], words: str) -> None:
    assert write_selection(numbers) == words
