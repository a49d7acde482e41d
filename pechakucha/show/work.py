# SPDX-License-Identifier: AGPL-3.0-or-later
"""The slides that need work most, after a take."""

from __future__ import annotations

import enum
from collections.abc import Mapping

import msgspec

from pechakucha.show.marks import Bar, Take, Verdict, bars

MOST = 3
"""More at a time, nobody works on."""


class Reason(enum.StrEnum):
    """Why a slide needs work; the worst first."""

    OVER = "over"
    NOTES = "notes"
    UNMARKED = "unmarked"
    TIGHT = "tight"
    SHORT = "short"


class Work(msgspec.Struct, frozen=True):
    """A slide that needs work.

    Attributes:
        number: the slide's number in its file.
        reason: the worst there is.
        seconds: too many (``over``), that its notes need (``notes``), that are left (``tight``) or silent
            (``short``); 0 for ``unmarked``.
    """

    number: int
    reason: Reason
    seconds: float


def needs_work(take: Take, needed_s: Mapping[int, float]) -> tuple[Work, ...]:
    """The slides that need work most, at most three, the worst first.

    A slide without a mark says something only where others have one: else nobody pressed at all.

    Args:
        take: that has just ended.
        needed_s: seconds that it takes to say a slide's notes, by the slide's number.
    """
    found = [
        work for bar in bars(take) if (work := _work(bar, take, needed_s.get(bar.number, 0.0))) is not None
    ]
    ranks = list(Reason)
    found.sort(key=lambda work: (ranks.index(work.reason), _mildness(work)))
    return tuple(found[:MOST])


def _work(bar: Bar, take: Take, needed_s: float) -> Work | None:
    if bar.used_s is None:
        if needed_s > take.seconds:
            return Work(bar.number, Reason.NOTES, needed_s)
        return Work(bar.number, Reason.UNMARKED, 0.0) if take.marked else None
    left_s = take.seconds - bar.used_s
    reasons = {Verdict.OVER: Reason.OVER, Verdict.TIGHT: Reason.TIGHT, Verdict.SHORT: Reason.SHORT}
    reason = reasons.get(bar.verdict)
    return None if reason is None else Work(bar.number, reason, abs(left_s))


def _mildness(work: Work) -> float:
    return work.seconds if work.reason is Reason.TIGHT else -work.seconds
