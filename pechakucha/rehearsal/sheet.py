# SPDX-License-Identifier: AGPL-3.0-or-later
"""A take as a sheet to keep or to send: what is on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import msgspec

from pechakucha.rehearsal.practice import Practice
from pechakucha.rehearsal.take_words import (
    bar_words,
    fits_words,
    length_words,
    pace_words,
    progress_words,
    summary,
    work_words,
)
from pechakucha.show.marks import Take, bars, progress
from pechakucha.show.snapshot import SnapshotSlide
from pechakucha.texts import Texts
from pechakucha.ui.cards import date_words


class SheetSlide(msgspec.Struct, frozen=True):
    """A slide in words: how the take was, how long its notes are, the notes; ``why`` where it needs work."""

    number: int
    words: str
    length: str
    notes: str
    why: str = ""


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is on it.

    Attributes:
        title: what was rehearsed, ``when`` in words.
        summary: the take in one line; ``pace`` and ``fits`` say what notes are measured by.
        take: the take itself.
        work: the slides that need work.
        slides: all of the take.
        shares: of slides in time (0 to 1) in all whole takes, ``progress`` says it in words.
    """

    title: str
    when: str
    summary: str
    pace: str
    fits: str
    take: Take
    work: tuple[SheetSlide, ...]
    slides: tuple[SheetSlide, ...]
    shares: tuple[float, ...]
    progress: str


def sheet_of(
    practice: Practice,
    take: Take,
    slides: Sequence[SnapshotSlide],
    *,
    title: str,
    now: dt.datetime,
    texts: Texts,
) -> Sheet:
    """The sheet of a take.

    Args:
        practice: whose paces and earlier takes count.
        take: the one.
        slides: of the deck, with their notes as they are now.
        title: what was rehearsed.
        now: local time.
        texts: the language.
    """
    notes = {slide.number: slide.notes.strip() for slide in slides}
    why = {work.number: work_words(work, texts) for work in practice.work()}
    pace = practice.pace()
    rows = {
        bar.number: SheetSlide(
            number=bar.number,
            words=bar_words(bar, take.seconds, texts),
            length=length_words(practice.advice(notes.get(bar.number, "")), pace, take.seconds, texts),
            notes=notes.get(bar.number, ""),
            why=why.get(bar.number, ""),
        )
        for bar in bars(take)
    }
    return Sheet(
        title=title,
        when=f"{date_words(now.date().isoformat(), texts)}, {now:%H:%M}",
        summary=summary(take, texts),
        pace=pace_words(practice.choice, pace, texts),
        fits=fits_words(practice.advice(""), pace, take.seconds, texts),
        take=take,
        work=tuple(rows[number] for number in why if number in rows),
        slides=tuple(rows.values()),
        shares=progress(practice.takes),
        progress=progress_words(practice.takes, texts),
    )
