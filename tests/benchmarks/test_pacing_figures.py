# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the pacing benchmark makes of the changes of a pixel: the figures must not flatter."""

from __future__ import annotations

import math

import pytest

from tests.benchmarks.pacing_figures import (
    FRAME_BARS,
    Figures,
    Slide,
    figures_of,
    find_slides,
    follow_slides,
    missed_bars,
)
from tests.benchmarks.stage_under_watch import NS, PALETTE, Flip

PERIOD_NS = NS
MS = 1_000_000
START_NS = 100 * NS


def slides(count: int, *, shown_late_ms: float | None = None) -> list[Slide]:
    return [
        Slide(
            number,
            START_NS + number * PERIOD_NS,
            opens_talk=number == 0,
            shown_ns=None
            if shown_late_ms is None
            else START_NS + number * PERIOD_NS + round(shown_late_ms * MS),
        )
        for number in range(count)
    ]


def flips(late_ms: list[float], since_ms: float = 1) -> list[Flip]:
    return [
        Flip(
            START_NS + number * PERIOD_NS + round(late * MS),
            PALETTE[number % len(PALETTE)],
            round(since_ms * MS),
        )
        for number, late in enumerate(late_ms)
    ]


def judged(changes: list[Flip], wanted: list[Slide]) -> Figures:
    return figures_of(changes, wanted, find_slides(changes, wanted, PERIOD_NS), PERIOD_NS)


def test_lateness_is_counted_from_the_due_time() -> None:
    late = [float(number) for number in range(1, 101)]

    figures = judged(flips(late), slides(100))

    assert (figures.p50, figures.p99, figures.worst) == (50, 99, 100)
    assert figures.drift == 99
    assert figures.worst_opening == 1


def test_too_early_counts_like_too_late() -> None:
    assert judged(flips([1, -40, 2]), slides(3)).worst == 40


def test_rows_of_a_late_watcher_are_left_out_counted_and_bounded() -> None:
    changes = flips([2.0] * 100)
    changes[7] = Flip(changes[7].at_ns + 28 * MS, changes[7].colour, 5 * MS)

    figures = judged(changes, slides(100))

    assert (figures.left_out, figures.worst, figures.left_out_worst) == (1, 2, 30)
    assert not figures.void


def test_a_watcher_late_in_more_than_a_twentieth_makes_a_run_void() -> None:
    changes = flips([2.0] * 94) + [flip._replace(since_ns=5 * MS) for flip in flips([2.0] * 100)[94:]]

    figures = judged(changes, slides(100))

    assert figures.void
    assert any(
        "void" in each for each in missed_bars(figures, judged(flips([2.0]), slides(1)), None, FRAME_BARS)
    )


def test_nothing_but_late_looks_is_void_and_no_error() -> None:
    figures = judged(flips([2.0] * 3, since_ms=9), slides(3))

    assert figures.void
    assert math.isnan(figures.p50)


def test_a_slide_that_never_came_misses_a_bar() -> None:
    changes = flips([2.0] * 20)
    del changes[5]

    figures = judged(changes, slides(20, shown_late_ms=2))

    assert figures.never_seen == 1
    assert missed_bars(figures, figures, None, FRAME_BARS) == ["slides never seen 1.0 > 0.0"]


def test_a_flicker_within_a_slide_is_a_stray_change() -> None:
    changes = flips([2.0] * 20)
    black = Flip(changes[3].at_ns + 300 * MS, "000000", MS)
    back = Flip(changes[3].at_ns + 400 * MS, changes[3].colour, MS)

    figures = judged(sorted([*changes, black, back]), slides(20))

    assert figures.strays == 2


def test_a_card_after_the_talk_is_no_stray_change() -> None:
    card = Flip(START_NS + 20 * PERIOD_NS + 3 * MS, "102030", MS)

    assert judged([*flips([2.0] * 20), card], slides(20)).strays == 0


def test_the_report_is_compared_slide_by_slide() -> None:
    figures = judged(flips([2.0, 9.0, 2.5]), slides(3, shown_late_ms=1))

    assert figures.off == pytest.approx((1.5, 8))


def test_a_peer_is_followed_however_late_it_is() -> None:
    changes = flips([600.0 * number for number in range(20)])

    own, seen = follow_slides([Flip(0, "ffffff", MS), *changes], 20, PERIOD_NS)

    assert figures_of(changes, own, seen, PERIOD_NS).drift == 600 * 19


@pytest.mark.parametrize(
    ("late", "bare_late", "peers_drift", "missed"),
    [
        ([2.0] * 20, [2.0] * 20, 100.0, []),
        ([18.0] * 20, [18.0] * 20, None, ["p99 18.0 > 17.0"]),
        ([2.0] * 19 + [13.0], [13.0] * 20, None, ["drift 11.0 > 10.0"]),
        (
            [2.0] * 19 + [9.0],
            [2.0] * 20,
            60.0,
            ["p99 beside the prototype's 9.0 > 7.0", "drift beside the best peer's 7.0 > 6.0"],
        ),
    ],
)
def test_bars(
    late: list[float], bare_late: list[float], peers_drift: float | None, missed: list[str]
) -> None:
    ours = judged(flips(late), slides(20))._replace(off=(1.0, 1.0))
    bare = judged(flips(bare_late), slides(20))

    assert missed_bars(ours, bare, peers_drift, FRAME_BARS) == missed


def test_talks_that_shift_the_block_are_missed_although_each_is_true_to_itself() -> None:
    figures = judged(flips([2.0] * 20), slides(20))._replace(off=(1.0, 1.0))

    assert missed_bars(figures, figures, None, FRAME_BARS, 9.9) == []
    assert missed_bars(figures, figures, None, FRAME_BARS, -50.0) == ["the whole block's drift 50.0 > 10.0"]
