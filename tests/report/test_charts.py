# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where everything stands in the report's drawings, worked out on paper.

A talk of 20 slides of 20 seconds takes 400 s.
"""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from show.strategies import Story, often, stories
from show.test_figures import full, journal_of, latenesses

from pechakucha.report.charts import FRAME_MS, LATENESS_HEIGHT, WIDTH, lateness_chart, plan_chart
from pechakucha.show.figures import WithdrawnFigures, report

from .builders import a_report, a_talk_told, moment


def test_the_plan_stands_above_what_happened() -> None:
    # From 08:45:00, Ulm's planned start, to 09:01:40, the end of Bern: 1000 s, a unit each.
    ulm = a_talk_told("ulm", planned="08:45:00", started="08:46:40", ended="08:53:20")
    bern = a_talk_told("bern", planned="08:52:30", started="08:55:00", ended="09:01:40")
    chart = plan_chart(a_report(ulm, bern))
    assert chart is not None
    assert [(bar.number, bar.city, bar.x, bar.width) for bar in chart.planned] == [
        (1, "Ulm", 0.0, 400.0),
        (2, "Bern", 450.0, 400.0),
    ]
    assert [(bar.number, bar.x, bar.width) for bar in chart.actual] == [(1, 100.0, 400.0), (2, 600.0, 400.0)]
    assert [(link.planned_x, link.actual_x) for link in chart.links] == [(0.0, 100.0), (450.0, 600.0)]
    # At most ten steps: two minutes. 08:46 is 60 s after the beginning.
    assert [(tick.x, tick.words) for tick in chart.ticks] == [
        (60.0, "08:46"),
        (180.0, "08:48"),
        (300.0, "08:50"),
        (420.0, "08:52"),
        (540.0, "08:54"),
        (660.0, "08:56"),
        (780.0, "08:58"),
        (900.0, "09:00"),
    ]


def test_who_was_not_there_stands_in_the_plan_alone_and_who_was_not_planned_below_alone() -> None:
    absent = a_talk_told("ulm", outcome="no-show", started=None, ended=None)
    added = a_talk_told("linz", planned=None, started="08:55:00", ended="08:56:40", outcome="cut")
    left = WithdrawnFigures(id="bern", city="Bern", title="", presenters=(), planned_start=moment("08:52:30"))
    chart = plan_chart(a_report(absent, added, withdrawn=(left,)))
    assert chart is not None
    # The plan's last talk would have ended at 08:59:10, 850 s after the beginning.
    scale = WIDTH / 850
    assert [(bar.number, bar.city, bar.outcome) for bar in chart.planned] == [
        (1, "Ulm", "no-show"),
        (0, "Bern", "withdrawn"),
    ]
    assert [(bar.number, bar.outcome, bar.x, bar.width) for bar in chart.actual] == [
        (2, "cut", round(600 * scale, 2), round(100 * scale, 2))
    ]
    assert chart.links == ()


def test_a_talk_that_never_ended_is_drawn_as_long_as_it_should_have_been() -> None:
    chart = plan_chart(a_report(a_talk_told("ulm", outcome="on-stage", ended=None)))
    assert chart is not None
    assert [(bar.outcome, bar.x, bar.width) for bar in chart.actual] == [("on-stage", 0.0, WIDTH)]


def test_a_dry_runs_talks_are_as_short_as_they_were() -> None:
    chart = plan_chart(a_report(a_talk_told("ulm", ended="08:45:40"), speed=10.0))
    assert chart is not None
    assert [bar.width for bar in (*chart.planned, *chart.actual)] == [WIDTH, WIDTH]
    assert [tick.words for tick in chart.ticks] == [
        f"08:45:{second:02}" for second in (0, 5, *range(10, 41, 5))
    ]


def test_where_nobody_spoke_nothing_is_drawn() -> None:
    nobody = a_report(a_talk_told("ulm", outcome="no-show", started=None, ended=None))
    assert plan_chart(nobody) is None
    assert lateness_chart(nobody) is None


def test_each_slide_stands_in_its_place() -> None:
    # Four slides of ten units of 250; the drawing reaches 25 ms, 6.4 units of height each.
    ulm = a_talk_told("ulm", late_ms=(5.0, 17.0))
    bern = a_talk_told("bern", started="09:00:00", late_ms=(17.1, None), missed=(2,))
    chart = lateness_chart(a_report(ulm, bern))
    assert chart is not None
    assert (chart.top_ms, chart.frame_y) == (25.0, round(LATENESS_HEIGHT * (1 - FRAME_MS / 25), 2))
    first, second = chart.sections
    assert [(each.number, each.x, each.width) for each in chart.sections] == [
        (1, 0.0, 500.0),
        (2, 500.0, 500.0),
    ]
    assert [(each.x, each.height, each.is_late) for each in first.strokes] == [
        (125.0, 32.0, False),
        (375.0, 108.8, False),
    ]
    assert [(each.x, each.is_late) for each in second.strokes] == [(625.0, True)]
    assert second.missed == (875.0,)


def test_talks_stand_in_the_order_in_which_they_spoke() -> None:
    late, early = a_talk_told("ulm", started="09:00:00"), a_talk_told("bern")
    chart = lateness_chart(a_report(late, early))
    assert chart is not None
    assert [(each.number, each.city) for each in chart.sections] == [(2, "Bern"), (1, "Ulm")]


def test_so_they_do_in_the_night_in_which_the_clocks_are_put_back() -> None:
    late, early = a_talk_told("late", late_ms=(4.0,)), a_talk_told("early", late_ms=(4.0,))
    late = msgspec.structs.replace(late, started="2021-10-31T02:10:00.000+01:00")
    early = msgspec.structs.replace(early, started="2021-10-31T02:50:00.000+02:00")
    chart = lateness_chart(a_report(late, early))
    assert chart is not None
    assert [section.city for section in chart.sections] == ["Early", "Late"]


def test_one_slide_far_out_does_not_press_the_others_down() -> None:
    late_ms = (*[4.0] * 39, 5500.0)
    chart = lateness_chart(a_report(a_talk_told("ulm", late_ms=late_ms)))
    assert chart is not None
    assert chart.top_ms == 25.0
    (section,) = chart.sections
    assert [each.beyond for each in section.strokes] == [False] * 39 + [True]
    assert section.strokes[-1].height == LATENESS_HEIGHT


def test_a_slide_that_was_wanted_late_leaves_a_gap() -> None:
    chart = lateness_chart(a_report(a_talk_told("ulm", late_ms=(4.0, None, 4.0))))
    assert chart is not None
    (section,) = chart.sections
    assert (len(section.strokes), section.missed) == (2, ())


@often
@given(stories(), latenesses)
def test_nothing_stands_outside_its_drawing(bare: Story, lateness: list[int | None]) -> None:
    figures = report(journal_of(full(bare), lateness), dt.UTC)
    plan, late = plan_chart(figures), lateness_chart(figures)
    if plan is not None:
        for bar in (*plan.planned, *plan.actual):
            assert 0 <= bar.x <= bar.x + bar.width <= WIDTH + 3.01
        assert all(0 <= tick.x <= WIDTH for tick in plan.ticks)
        assert len(plan.ticks) <= 11
        assert len({tick.words for tick in plan.ticks}) == len(plan.ticks)
    if late is not None:
        assert sum(section.width for section in late.sections) == pytest.approx(WIDTH, abs=1)
        for section in late.sections:
            assert all(0 < stroke.height <= LATENESS_HEIGHT for stroke in section.strokes)
            assert all(section.x <= each <= section.x + section.width for each in section.missed)


@given(st.integers(1, 48 * 3600))
def test_there_is_a_tick_or_the_span_is_shorter_than_a_second(seconds: int) -> None:
    ended = dt.datetime.fromisoformat(moment("08:45:00")) + dt.timedelta(seconds=seconds)
    talk = a_talk_told("ulm", planned=None)
    chart = plan_chart(a_report(msgspec.structs.replace(talk, ended=ended.isoformat())))
    assert chart is not None
    assert 1 <= len(chart.ticks) <= 11
