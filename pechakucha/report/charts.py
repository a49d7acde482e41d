# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where everything stands in the report's two drawings: plain figures, in units of the drawing.

Both are ``WIDTH`` wide; the page scales them.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator

import msgspec

from pechakucha.show.figures import Report, TalkFigures
from pechakucha.show.format import parse_format

WIDTH = 1000.0
FRAME_MS = 17.0
"""A frame of a screen with 60 Hz: nobody sees less."""

LATENESS_HEIGHT = 160.0

_STEPS_S = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 43200)
_MOST_TICKS = 10
_LEAST_MS, _MOST_MS = 25.0, 100.0
"""The highest value that the lateness drawing reaches: what is later is drawn at its upper edge."""

_USUAL = 0.97
"""So many of all slides decide it: a single one must not press the others down to a line."""

_NARROWEST = 3.0


class Bar(msgspec.Struct, frozen=True):
    """A talk from ``x`` on; ``number`` is its place in the rundown, 0 for one that left it.

    ``outcome`` is the talk's, or ``withdrawn``.
    """

    number: int
    city: str
    outcome: str
    x: float
    width: float
    start: str


class Tick(msgspec.Struct, frozen=True):
    """A time of day on the axis."""

    x: float
    words: str


class Link(msgspec.Struct, frozen=True):
    """From a talk's planned start to its actual one."""

    planned_x: float
    actual_x: float


class PlanChart(msgspec.Struct, frozen=True):
    """The plan above what happened."""

    planned: tuple[Bar, ...]
    actual: tuple[Bar, ...]
    links: tuple[Link, ...]
    ticks: tuple[Tick, ...]


class Stroke(msgspec.Struct, frozen=True):
    """A slide's lateness; ``beyond`` is whether it is later than the drawing reaches."""

    x: float
    height: float
    late_ms: float
    is_late: bool
    beyond: bool


class Section(msgspec.Struct, frozen=True):
    """A talk's slides, from ``x`` on; ``missed`` are where slides are that nobody saw."""

    number: int
    city: str
    x: float
    width: float
    strokes: tuple[Stroke, ...]
    missed: tuple[float, ...]


class LatenessChart(msgspec.Struct, frozen=True):
    """Each slide's lateness in the order in which they were shown."""

    sections: tuple[Section, ...]
    stroke_width: float
    frame_y: float
    top_ms: float


class _Span(msgspec.Struct, frozen=True):
    """A talk between two moments, seconds since the Unix epoch."""

    number: int
    city: str
    outcome: str
    start: str
    start_s: float
    end_s: float


def plan_chart(report: Report) -> PlanChart | None:
    """The plan and what happened, None where nobody spoke."""
    length_s = parse_format(report.format).talk_seconds / report.speed
    planned = [*_planned(report, length_s)]
    actual = [*_actual(report, length_s)]
    if not actual:
        return None
    begin_s = min(each.start_s for each in (*planned, *actual))
    end_s = max(each.end_s for each in (*planned, *actual))
    scale = WIDTH / (end_s - begin_s)

    def x(moment_s: float) -> float:
        return round((moment_s - begin_s) * scale, 2)

    def bars(spans: Iterable[_Span]) -> tuple[Bar, ...]:
        return tuple(
            Bar(
                each.number,
                each.city,
                each.outcome,
                x(each.start_s),
                max(_NARROWEST, round((each.end_s - each.start_s) * scale, 2)),
                each.start,
            )
            for each in spans
        )

    plan = {each.number: each for each in planned if each.number}
    links = tuple(
        Link(x(plan[each.number].start_s), x(each.start_s)) for each in actual if each.number in plan
    )
    zone = dt.datetime.fromisoformat(actual[0].start).tzinfo
    return PlanChart(bars(planned), bars(actual), links, tuple(_ticks(begin_s, end_s, zone)))


def _planned(report: Report, length_s: float) -> Iterator[_Span]:
    for number, talk in enumerate(report.talks, 1):
        if talk.planned_start is not None:
            yield _span(number, talk.city, talk.outcome, talk.planned_start, length_s)
    for left in report.withdrawn:
        if left.planned_start is not None:
            yield _span(0, left.city, "withdrawn", left.planned_start, length_s)


def _actual(report: Report, length_s: float) -> Iterator[_Span]:
    for number, talk in enumerate(report.talks, 1):
        if talk.started is not None:
            span = _span(number, talk.city, talk.outcome, talk.started, length_s)
            if talk.ended is not None:
                span = msgspec.structs.replace(span, end_s=_seconds(talk.ended))
            yield span


def _span(number: int, city: str, outcome: str, start: str, length_s: float) -> _Span:
    start_s = _seconds(start)
    return _Span(number, city, outcome, start, start_s, start_s + length_s)


def _seconds(iso: str) -> float:
    return dt.datetime.fromisoformat(iso).timestamp()


def _ticks(begin_s: float, end_s: float, zone: dt.tzinfo | None) -> Iterator[Tick]:
    """Round times of day, no more than there is room for."""
    span_s = end_s - begin_s
    step = next((each for each in _STEPS_S if span_s / each <= _MOST_TICKS), 24 * 3600)
    form = "%H:%M" if step >= 60 else "%H:%M:%S"
    offset = dt.datetime.fromtimestamp(begin_s, zone).utcoffset() or dt.timedelta()
    local_s = begin_s + offset.total_seconds()
    moment_s = begin_s + (-local_s) % step
    while moment_s <= end_s:
        words = dt.datetime.fromtimestamp(moment_s, zone).strftime(form)
        yield Tick(round((moment_s - begin_s) / span_s * WIDTH, 2), words)
        moment_s += step


def lateness_chart(report: Report) -> LatenessChart | None:
    """The lateness of every slide, None where none was shown."""
    spoken = [(number, talk) for number, talk in enumerate(report.talks, 1) if talk.slides]
    # Not by the words: where the clocks are put back 02:10 is later than 02:50.
    spoken.sort(key=lambda each: _seconds(each[1].started) if each[1].started else 0.0)
    latest = [slide.late_ms for _, talk in spoken for slide in talk.slides if slide.late_ms is not None]
    if not latest:
        return None
    usual_ms = sorted(latest)[math.floor(_USUAL * (len(latest) - 1))]
    top_ms = min(_MOST_MS, max(_LEAST_MS, usual_ms * 1.25))
    count = sum(len(talk.slides) for _, talk in spoken)
    step = WIDTH / count
    sections: list[Section] = []
    first = 0
    for number, talk in spoken:
        sections.append(_section(number, talk, first, step, top_ms))
        first += len(talk.slides)
    return LatenessChart(
        tuple(sections),
        round(min(8.0, step * 0.6), 2),
        round(LATENESS_HEIGHT * (1 - FRAME_MS / top_ms), 2),
        top_ms,
    )


def _section(number: int, talk: TalkFigures, first: int, step: float, top_ms: float) -> Section:
    strokes: list[Stroke] = []
    missed: list[float] = []
    for place, slide in enumerate(talk.slides, first):
        x = round((place + 0.5) * step, 2)
        if slide.late_ms is not None:
            height = LATENESS_HEIGHT * min(1.0, max(0.0, slide.late_ms) / top_ms)
            late, beyond = slide.late_ms > FRAME_MS, slide.late_ms > top_ms
            strokes.append(Stroke(x, round(max(1.0, height), 2), slide.late_ms, late, beyond))
        elif slide.shown_s is None and slide.number in talk.missed_numbers:
            missed.append(x)
    return Section(
        number,
        talk.city,
        round(first * step, 2),
        round(len(talk.slides) * step, 2),
        tuple(strokes),
        tuple(missed),
    )
