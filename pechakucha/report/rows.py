# SPDX-License-Identifier: AGPL-3.0-or-later
"""The report's table: one row a talk, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import msgspec

from pechakucha.report.wording import cue_words
from pechakucha.show.figures import Report, RunCueFigures, TalkFigures
from pechakucha.show.selection import write_selection
from pechakucha.texts import Texts

_NO_INTERVENTIONS = frozenset({"start", "no-show", "cut", "end"})
"""A talk's start, and what its outcome says anyway."""

_GOES_ON = frozenset({"resume", "cut", "restart", "take-back"})


class TalkRow(msgspec.Struct, frozen=True, kw_only=True):
    """A talk; times are of the day, "" for none, and planned ones without seconds but in a dry run.

    Attributes:
        number: its place in the rundown, 0 for one that left it.
        delay: how much later or earlier it began than planned, ``+3`` or ``−2`` minutes, "" within one.
        outcome: its name, ``outcome_words`` what a person reads.
        unseen: the numbers of the slides that nobody saw, as a person writes them.
    """

    number: int
    city: str
    title: str
    presenters: str
    planned: str
    started: str
    delay: str
    ended: str
    outcome: str
    outcome_words: str
    interventions: tuple[str, ...]
    unseen: str


def talk_rows(report: Report, texts: Texts) -> list[TalkRow]:
    """Every talk of the rundown as it was at the end, then those that had left it."""
    rows = [_row(report, number, talk, texts) for number, talk in enumerate(report.talks, 1)]
    for left in report.withdrawn:
        row = TalkRow(
            number=0,
            city=left.city,
            title=left.title,
            presenters=", ".join(left.presenters),
            planned=time_of_day(left.planned_start, seconds=report.speed != 1),
            started="",
            delay="",
            ended="",
            outcome="withdrawn",
            outcome_words=texts("report.withdrawn"),
            interventions=(),
            unseen="",
        )
        rows.append(row)
    return rows


def _row(report: Report, number: int, talk: TalkFigures, texts: Texts) -> TalkRow:
    return TalkRow(
        number=number,
        city=talk.city,
        title=talk.title,
        presenters=", ".join(talk.presenters),
        planned=time_of_day(talk.planned_start, seconds=report.speed != 1),
        started=time_of_day(talk.started),
        delay=_delay(talk, report.speed),
        ended=time_of_day(talk.ended),
        outcome=talk.outcome,
        outcome_words=texts(f"outcome.{talk.outcome}"),
        interventions=tuple(interventions(report, talk.id, texts)),
        unseen=write_selection(talk.missed_numbers).replace("-", "–"),
    )


def _delay(talk: TalkFigures, speed: float) -> str:
    """In minutes of the run's own time, as the console has it beside a talk."""
    if talk.started is None or talk.planned_start is None:
        return ""
    started, planned = (dt.datetime.fromisoformat(each) for each in (talk.started, talk.planned_start))
    minutes = round((started - planned).total_seconds() * speed / 60)
    return f"+{minutes}" if minutes > 0 else f"−{-minutes}" if minutes < 0 else ""


def interventions(report: Report, talk: str, texts: Texts) -> Iterator[str]:
    """What was done to a talk beside its start and its end, in order; alike ones are counted."""
    counts: dict[str, int] = {}
    held: RunCueFigures | None = None
    for cue in report.cues:
        if cue.talk != talk:
            continue
        if held is not None and cue.cue in _GOES_ON:
            words = texts("report.held-for", span=_span(held.at, cue.at), how=cue_words(held, texts))
            counts[words] = counts.get(words, 0) + 1
            held = None
        if cue.cue == "hold":
            held = cue
        elif cue.cue not in _NO_INTERVENTIONS and not _is_second_half(cue):
            words = cue_words(cue, texts)
            counts[words] = counts.get(words, 0) + 1
    if held is not None:
        words = cue_words(held, texts)
        counts[words] = counts.get(words, 0) + 1
    for words, count in counts.items():
        yield f"{words} × {count}" if count > 1 else words


def _is_second_half(cue: RunCueFigures) -> bool:
    """Whether it only undoes what was told before."""
    return (cue.cue, cue.detail) in {("black", "off"), ("message", None)}


def _span(since: str, until: str) -> str:
    """Minutes and seconds between two times."""
    seconds = round((dt.datetime.fromisoformat(until) - dt.datetime.fromisoformat(since)).total_seconds())
    return f"{seconds // 60}:{seconds % 60:02}"


def time_of_day(iso: str | None, *, seconds: bool = True) -> str:
    """Hours, minutes and maybe seconds, "" for none."""
    return dt.datetime.fromisoformat(iso).strftime("%H:%M:%S" if seconds else "%H:%M") if iso else ""


def date_of(iso: str | None, texts: Texts) -> str:
    """The day in words, "" for none."""
    if iso is None:
        return ""
    date = dt.datetime.fromisoformat(iso).date()
    return texts("card.date", day=date.day, month=texts(f"month.{date.month}"), year=date.year)
