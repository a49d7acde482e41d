# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a stage does differently because those before it died."""

from __future__ import annotations

import pytest

from pechakucha.show.deaths import DEATHS_SECONDS, Precautions, precautions
from pechakucha.show.journal import StageBegun

from .builders import after

A, B = "a.jpg", "b.jpg"


def begun(*stages: tuple[float, str]) -> list[StageBegun]:
    """The run's first stage, long ago, and those that followed: seconds and the picture on stage."""
    return [StageBegun(after(-600)), *(StageBegun(after(at), picture) for at, picture in stages)]


@pytest.mark.parametrize(
    ("stages", "left_out"),
    [
        ([], set()),
        ([(1, A), (2, A)], set()),
        ([(1, A), (2, A), (3, A)], {A}),
        ([(1, A), (2, A), (3, B)], set()),
        ([(1, A), (6, A), (1 + DEATHS_SECONDS - 0.001, A)], {A}),
        ([(1, A), (6, A), (1 + DEATHS_SECONDS, A)], set()),
        ([(1, ""), (2, ""), (3, "")], set()),
        ([(1, A), (2, A), (3, A), (20, B), (21, B), (22, B)], {A, B}),
    ],
)
def test_three_deaths_within_ten_seconds_at_one_picture_leave_it_out(
    stages: list[tuple[float, str]], left_out: set[str]
) -> None:
    assert precautions(begun(*stages)).left_out == left_out


def test_a_picture_once_left_out_stays_out() -> None:
    assert precautions(begun((1, A), (2, A), (3, A), (300, A))).left_out == {A}


@pytest.mark.parametrize(
    ("stages", "ahead"),
    [([], True), ([(1, A)], True), ([(1, A), (2, B)], False), ([(1, A), (2 + DEATHS_SECONDS, A)], True)],
)
def test_after_two_deaths_in_a_row_nothing_is_decoded_ahead(
    stages: list[tuple[float, str]], ahead: bool
) -> None:
    assert precautions(begun(*stages)).ahead is ahead


def test_a_run_that_begins_takes_no_precautions() -> None:
    assert precautions([StageBegun(after(0))]) == Precautions()
