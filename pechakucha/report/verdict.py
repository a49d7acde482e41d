# SPDX-License-Identifier: AGPL-3.0-or-later
"""What became of a run, in one sentence and its parts."""

from __future__ import annotations

import math

from pechakucha.show.figures import Report
from pechakucha.texts import Texts

_ON_TIME_S = 60
"""Less than a minute earlier or later is as planned, as in the console."""

_LONG_MINUTES = 120
_FAR_MS = 100
"""From here on nobody would speak of on time."""


def verdict(report: Report, texts: Texts) -> str:
    """The run in one sentence."""
    parts = [took_place(report, texts)]
    if report.ended is None:
        parts.insert(0, texts("verdict.broken-off"))
    parts += [words for words in (exactness(report, texts), missed(report, texts)) if words]
    if report.behind_s is not None:
        parts.append(behind(report.behind_s, texts))
    said = "; ".join(parts)
    return f"{said[:1].upper()}{said[1:]}."


def spoken(report: Report) -> int:
    """How many talks took place, cut short or not."""
    return sum(talk.outcome in ("completed", "cut") for talk in report.talks)


def took_place(report: Report, texts: Texts) -> str:
    """How many of the talks took place, and what became of the others."""
    outcomes = [talk.outcome for talk in report.talks]
    cut, absent = outcomes.count("cut"), outcomes.count("no-show")
    words = [texts("verdict.talks", done=spoken(report), count=len(outcomes))]
    if cut:
        words.append(texts("verdict.cut", cut=cut))
    if absent:
        words.append(texts("verdict.no-shows", count=absent))
    return ", ".join(words)


def exactness(report: Report, texts: Texts) -> str:
    """How late the latest slide was, "" where none was shown."""
    latest_ms = report.lateness_ms.max
    if latest_ms is None:
        return ""
    if latest_ms >= _FAR_MS:
        return texts("verdict.late", seconds=f"{latest_ms / 1000:.1f}")
    return texts("verdict.on-time", ms=max(1, math.ceil(latest_ms)))


def missed(report: Report, texts: Texts) -> str:
    """How many slides nobody saw, "" for none."""
    count = sum(talk.missed for talk in report.talks)
    return texts("verdict.missed", count=count) if count else ""


def behind(seconds: float, texts: Texts) -> str:
    """How much later or earlier than planned (seconds of the run's own time)."""
    if abs(seconds) < _ON_TIME_S:
        return texts("verdict.as-planned")
    minutes = round(abs(seconds) / 60)
    span = texts("verdict.minutes", minutes=minutes)
    if minutes >= _LONG_MINUTES:
        span = texts("verdict.hours", hours=minutes // 60, minutes=minutes % 60)
    return texts("verdict.behind", case="later" if seconds > 0 else "earlier", span=span)
