# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a take says, in words: for the chart, for those who do not see it, and for the exported sheet."""

from __future__ import annotations

from pechakucha.show.advice import Advice
from pechakucha.show.marks import Bar, Take, Verdict, bars, in_time, progress, silence_s
from pechakucha.show.pace import Pace
from pechakucha.show.work import Work
from pechakucha.texts import Texts

_MOST_NAMED = 6
"""More numbers in a row, nobody reads."""


def summary(take: Take, texts: Texts) -> str:
    """The take in one line: which slides were too long, which have no mark, how much silence there was."""
    if not take.marked:
        return texts("take.no-marks")
    said = [
        texts(code, count=len(numbers), numbers=_named(numbers))
        for code, numbers in (
            ("take.too-long", _with(take, Verdict.OVER)),
            ("take.unmarked", _with(take, Verdict.UNMARKED)),
        )
        if numbers
    ]
    silence = texts("take.silence", seconds=round(silence_s(take)))
    return " · ".join([*(said or [texts("take.all-in-time", count=len(take.slides))]), silence])


def bar_words(bar: Bar, seconds: int, texts: Texts) -> str:
    """One bar in words; ``seconds`` is what the slide had."""
    used_s = bar.used_s or 0.0
    rest = f"{abs(seconds - used_s):.1f}"
    return texts("take.bar", case=str(bar.verdict), number=bar.number, seconds=f"{used_s:.1f}", rest=rest)


def chart_words(take: Take, texts: Texts) -> str:
    """The whole chart in words, for those who do not see it."""
    lines = [summary(take, texts), *(bar_words(bar, take.seconds, texts) for bar in bars(take))]
    return "\n".join(lines)


def work_words(work: Work, texts: Texts) -> str:
    """Why a slide needs work."""
    return texts("take.work", case=str(work.reason), seconds=f"{work.seconds:.1f}")


def length_words(advice: Advice, pace: Pace, seconds: int, texts: Texts) -> str:
    """How long notes are, and how much of them is too much."""
    if not advice.has:
        return ""
    measured = texts(f"take.{pace.measure}", count=advice.has)
    needed = round(advice.needed_s)
    if advice.over_at is None:
        return texts("take.length", measured=measured, needed=needed)
    return texts(
        "take.length-over", count=advice.words_over, measured=measured, needed=max(needed, seconds + 1)
    )


def pace_words(choice: str, pace: Pace, texts: Texts) -> str:
    """A pace that can be chosen: where it is from, and how much of it fits into a minute."""
    rate = texts(f"take.{pace.measure}", count=round(pace.per_minute or 0))
    return texts("take.pace", case=choice, rate=rate)


def fits_words(advice: Advice, pace: Pace, seconds: int, texts: Texts) -> str:
    """How much can be said in a slide's time."""
    return texts("take.fits", measured=texts(f"take.{pace.measure}", count=advice.fits), seconds=seconds)


def progress_words(takes: list[Take], texts: Texts) -> str:
    """How the latest whole take compares with the one before; "" where there are not two."""
    if len(progress(takes)) < 2:
        return ""
    before, latest = [take for take in takes if take.whole and take.marked][-2:]
    return texts("take.progress", number=in_time(latest), slides=len(latest.slides), before=in_time(before))


def _with(take: Take, verdict: Verdict) -> list[int]:
    return [bar.number for bar in bars(take) if bar.verdict is verdict]


def _named(numbers: list[int]) -> str:
    shown = ", ".join(map(str, numbers[:_MOST_NAMED]))
    return f"{shown} …" if len(numbers) > _MOST_NAMED else shown
