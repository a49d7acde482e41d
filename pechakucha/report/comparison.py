# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs side by side, in words: for the window and as a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from pechakucha.report.page import render_page
from pechakucha.report.rows import date_of, time_of_day
from pechakucha.report.verdict import behind, spoken
from pechakucha.show.comparison import compared_talks
from pechakucha.show.figures import Report, TalkFigures
from pechakucha.texts import Texts


class Column(msgspec.Struct, frozen=True):
    """A run: its day, when it began, and whether it was a dry run ("" where not)."""

    day: str
    time: str
    dry_run: str


class Cell(msgspec.Struct, frozen=True):
    """Words; ``warns`` where they are no good news."""

    words: str
    warns: bool = False


class Row(msgspec.Struct, frozen=True):
    """One figure, or one talk, in every run."""

    heading: str
    cells: tuple[Cell, ...]


class Comparison(msgspec.Struct, frozen=True):
    """The runs from left to right, what they came to, and each talk."""

    columns: tuple[Column, ...]
    figures: tuple[Row, ...]
    talks: tuple[Row, ...]


def compare(reports: Sequence[Report], texts: Texts) -> Comparison:
    """These runs side by side, in the order given."""
    return Comparison(
        tuple(_column(each, texts) for each in reports),
        tuple(_figures(reports, texts)),
        tuple(
            Row(
                talk.city,
                tuple(_turn(turn, report, texts) for turn, report in zip(talk.in_runs, reports, strict=True)),
            )
            for talk in compared_talks(reports)
        ),
    )


def comparison_page(reports: Sequence[Report], texts: Texts) -> bytes:
    """The same as a page that needs nothing else, UTF-8."""
    title = reports[0].show if reports else ""
    return render_page("comparison.html", texts, title=title, compared=compare(reports, texts))


def dry_run(report: Report, texts: Texts) -> str:
    """How a dry run is marked, "" for a block."""
    return "" if report.speed == 1 else texts("runs.dry-run", speed=f"{report.speed:g}")


def _column(report: Report, texts: Texts) -> Column:
    moment = report.started or report.plan_start
    return Column(date_of(moment, texts), time_of_day(moment, seconds=False), dry_run(report, texts))


def _figures(reports: Sequence[Report], texts: Texts) -> list[Row]:
    def row(heading: str, cell: Callable[[Report], Cell]) -> Row:
        return Row(heading, tuple(cell(each) for each in reports))

    def count(outcome: str) -> Callable[[Report], Cell]:
        return lambda report: _counted([talk.outcome for talk in report.talks].count(outcome))

    return [
        row(texts("runs.talks"), lambda report: _talks(report, texts)),
        row(texts("report.started"), lambda report: Cell(time_of_day(report.started) or "–")),
        row(texts("report.ended"), lambda report: _end(report, texts)),
        row(texts("runs.against-plan"), lambda report: _against_plan(report, texts)),
        row(texts("runs.no-shows"), count("no-show")),
        row(texts("runs.cut"), count("cut")),
        row(texts("report.missed"), lambda report: _counted(sum(talk.missed for talk in report.talks))),
        row(texts("runs.half"), lambda report: _ms(report.lateness_ms.p50, texts)),
        row(texts("runs.nearly-all"), lambda report: _ms(report.lateness_ms.p99, texts)),
        row(texts("runs.latest"), lambda report: _ms(report.lateness_ms.max, texts)),
    ]


def _talks(report: Report, texts: Texts) -> Cell:
    done, of = spoken(report), len(report.talks)
    return Cell(texts("runs.done", done=done, of=of), warns=done < of)


def _end(report: Report, texts: Texts) -> Cell:
    if report.ended is None:
        return Cell(texts("runs.unfinished"), warns=True)
    return Cell(time_of_day(report.last_ended) or "–")


def _against_plan(report: Report, texts: Texts) -> Cell:
    return Cell("–") if report.behind_s is None else Cell(behind(report.behind_s, texts))


def _counted(count: int) -> Cell:
    return Cell(str(count), warns=bool(count))


def _ms(value: float | None, texts: Texts) -> Cell:
    return Cell("–") if value is None else Cell(texts("runs.ms", ms=f"{value:.1f}"))


def _turn(talk: TalkFigures | None, report: Report, texts: Texts) -> Cell:
    """When a talk was on stage, or what became of it."""
    if talk is None:
        return Cell("–")
    outcome = texts(f"outcome.{talk.outcome}")
    if talk.started is None:
        return Cell(outcome, warns=talk.outcome == "no-show")
    seconds = report.speed != 1
    since, until = (time_of_day(each, seconds=seconds) for each in (talk.started, talk.ended))
    words = f"{since} – {until}".rstrip()
    return Cell(words if talk.outcome == "completed" else f"{words}, {outcome}", talk.outcome != "completed")
