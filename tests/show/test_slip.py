# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said to a presenter towards the end of a slide, and who is behind."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.slip import HINT_SECONDS, Coming, coming, first_words, is_behind
from pechakucha.show.snapshot import NS, SnapshotSlide

SLIDES = tuple(
    SnapshotSlide(number=number, picture=None, notes=notes)
    for number, notes in enumerate(("Eins.", "Zwei,\n\n  drei.", ""), 1)
)


@pytest.mark.parametrize(
    ("left_ns", "seconds"), [(10 * NS, 10), (10 * NS - 1, 10), (7 * NS, 7), (1, 1), (0, 0)]
)
def test_the_next_slide_is_announced_in_the_last_seconds(left_ns: int, seconds: int) -> None:
    assert coming(SLIDES, 0, left_ns) == Coming(seconds=seconds, words="Zwei, drei.")


def test_earlier_nothing_is_said() -> None:
    assert coming(SLIDES, 0, HINT_SECONDS * NS + 1) is None


def test_a_slide_without_notes_has_no_words() -> None:
    assert coming(SLIDES, 1, NS) == Coming(seconds=1)


def test_after_the_last_slide_it_is_over() -> None:
    assert coming(SLIDES, 2, NS, behind=True) == Coming(seconds=1, end=True, behind=True)


@given(st.text())
def test_first_words_are_one_line_and_begin_the_notes(notes: str) -> None:
    words = first_words(notes)
    assert words == " ".join(words.split())
    assert " ".join(notes.split()).startswith(words.removesuffix(" …"))


def test_long_notes_end_with_a_whole_word() -> None:
    assert first_words("Wort " * 100).endswith("Wort Wort …")


@pytest.mark.parametrize(
    ("marks", "index", "behind"),
    [
        ({}, 0, False),
        ({}, 1, True),
        ({0: 17.0}, 1, False),
        ({0: 22.5}, 1, True),
        ({0: 22.5, 1: 12.0}, 1, False),
        ({0: 17.0}, 2, True),
        ({1: 20.0}, 2, False),
    ],
)
def test_behind_is_who_had_not_said_the_slide_before_in_its_time(
    marks: dict[int, float], index: int, behind: bool
) -> None:
    assert is_behind(marks, index, 20, marking=True) is behind


@given(st.dictionaries(st.integers(0, 19), st.floats(0, 30)), st.integers(0, 19))
def test_who_never_marks_is_never_said_to_be_behind(marks: dict[int, float], index: int) -> None:
    assert not is_behind(marks, index, 20, marking=False)
