# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a format is written and what it means."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.format import IGNITE, PECHA_KUCHA, Format, parse_format
from pechakucha.show.problem import Problem

from .strategies import quick


def test_a_pecha_kucha_has_twenty_slides_of_twenty_seconds() -> None:
    assert (PECHA_KUCHA.slides, PECHA_KUCHA.seconds) == (20, 20)
    assert PECHA_KUCHA.talk_seconds == 6 * 60 + 40


def test_an_ignite_talk_takes_five_minutes() -> None:
    assert (IGNITE.slides, IGNITE.seconds) == (20, 15)
    assert IGNITE.talk_seconds == 5 * 60


@pytest.mark.parametrize("text", ["20x15", "20 x 15", " 20X15 ", "20×15", "0020x15"])
def test_slides_come_first_then_seconds(text: str) -> None:
    assert parse_format(text) == IGNITE


@pytest.mark.parametrize(
    "text",
    ["", "20", "x20", "20x", "20x20x20", "20-20", "20 20", "-20x20", "20.5x20", "20x20s", "a20x20", "²x20"],
)
def test_what_is_not_two_numbers_is_refused(text: str) -> None:
    with pytest.raises(Problem) as refused:
        parse_format(text)
    assert refused.value.code == "format-invalid"
    assert refused.value.params == {"given": text}


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("1x1", True),
        ("200x600", True),
        ("0x20", False),
        ("20x0", False),
        ("201x20", False),
        ("20x601", False),
        ("99999x1", False),
    ],
)
def test_a_format_stays_within_reason(text: str, fine: bool) -> None:
    if fine:
        assert str(parse_format(text)) == text
    else:
        with pytest.raises(Problem):
            parse_format(text)


@quick
@given(st.integers(1, 200), st.integers(1, 600))
def test_a_format_can_be_read_as_it_is_written(slides: int, seconds: int) -> None:
    assert parse_format(str(Format(slides, seconds))) == Format(slides, seconds)


@quick
@given(st.text(max_size=12))
def test_no_text_breaks_the_reader(text: str) -> None:
    with contextlib.suppress(Problem):
        assert parse_format(text).talk_seconds >= 1
