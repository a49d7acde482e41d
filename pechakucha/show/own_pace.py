# SPDX-License-Identifier: AGPL-3.0-or-later
"""A presenter's own pace, learnt from marks."""

from __future__ import annotations

import statistics
from collections.abc import Iterable

from pechakucha.show.marks import Spoken, Take, spoken_s
from pechakucha.show.pace import Measure, Pace, per_minute

ENOUGH = 10
"""Slides. From one slide to the next, what somebody says in a minute strays by a quarter, since nobody
keeps to the notes word for word. The median of ten is then right within a tenth: 2 s of 20, which is as
much as a presenter can make up for."""

_LATEST = 60
"""Slides: three takes. A pace changes with practice."""

_FEWEST_CHARACTERS = 40
"""Of notes: below, pressing the key takes as long as a word, and notes are mere headings."""
_SHORTEST_S = 2.0

_SLOWEST_SHARE, _FASTEST_SHARE = 0.4, 1.5
"""Of what readers manage. Outside of that, the notes are not what was said: headings that were spoken
about freely, or a text that was cut short."""


def own_pace(takes: Iterable[Take], language: str | None, measure: Measure) -> Pace | None:
    """How fast this presenter speaks, or None while that is not known.

    The median over the latest slides that have both notes and a mark: one slide at which somebody
    forgot to press, or told a story, does not move it.

    Args:
        takes: of one presenter, the oldest first; of whichever talks.
        language: ``de`` or ``en``; any other, or None, counts as the slower of them.
        measure: what is counted.
    """
    rates = [
        60 * _count(slide, measure) / spoken
        for take in takes
        for slide, spoken in zip(take.slides, spoken_s(take), strict=True)
        if spoken is not None and spoken >= _SHORTEST_S and slide.characters >= _FEWEST_CHARACTERS
    ]
    if len(rates) < ENOUGH:
        return None
    median = statistics.median(rates[-_LATEST:])
    readers = per_minute(language, Pace(measure=measure))
    if not _SLOWEST_SHARE * readers <= median <= _FASTEST_SHARE * readers:
        return None
    return Pace(measure=measure, per_minute=median)


def _count(slide: Spoken, measure: Measure) -> int:
    return slide.characters if measure is Measure.CHARACTERS else slide.syllables
