# SPDX-License-Identifier: AGPL-3.0-or-later
"""What fits into a slide's time, and where in the notes it is over."""

from __future__ import annotations

import re

import msgspec

from pechakucha.show.pace import Pace, per_minute, spoken

_WORD = re.compile(r"\S+")


class Advice(msgspec.Struct, frozen=True, kw_only=True):
    """About the notes of one slide.

    Attributes:
        needed_s: seconds that it takes to say them.
        fits: how many characters or syllables can be said in the slide's time.
        has: how many there are.
        over_at: index into the text of the first word that can't be finished in time, None where all can.
        words_over: how many words there are from there on.
    """

    needed_s: float
    fits: int
    has: int
    over_at: int | None = None
    words_over: int = 0


def advice(text: str, language: str | None, pace: Pace, seconds: float) -> Advice:
    """What to say to somebody with these notes.

    Args:
        text: the notes of a slide.
        language: they are spoken in; see ``seconds_to_speak``.
        pace: how fast.
        seconds: the slide has.
    """
    rate = per_minute(language, pace) / 60
    most = rate * seconds
    has, over_at, words_over = 0, None, 0
    for word in _WORD.finditer(text):
        has += spoken(word[0], language, pace.measure)
        if has > most:
            over_at = word.start() if over_at is None else over_at
            words_over += 1
    return Advice(needed_s=has / rate, fits=int(most), has=has, over_at=over_at, words_over=words_over)
