# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many slides a talk has and how many seconds each is on stage."""

from __future__ import annotations

import re

import msgspec

from pechakucha.show.problem import Problem

_LONGEST_SECONDS = 600
_MOST_SLIDES = 200


class Format(msgspec.Struct, frozen=True):
    """A talk's format: ``slides`` pictures of ``seconds`` seconds each."""

    slides: int
    seconds: int

    @property
    def talk_seconds(self) -> int:
        """The length of a talk in seconds."""
        return self.slides * self.seconds

    def __str__(self) -> str:
        return f"{self.slides}x{self.seconds}"


PECHA_KUCHA = Format(slides=20, seconds=20)
"""20 slides of 20 seconds, 6:40 in all (Klein Dytham architecture, Tokyo 2003)."""

IGNITE = Format(slides=20, seconds=15)
"""20 slides of 15 seconds, 5:00 in all."""


def parse_format(text: str) -> Format:
    """Read a format written as ``20x20``, slides first.

    Raises:
        Problem: ``format-invalid`` where it is not two numbers within reason.
    """
    match = re.fullmatch(r"\s*(\d{1,4})\s*[x×X]\s*(\d{1,4})\s*", text)
    if match:
        slides, seconds = int(match[1]), int(match[2])
        if 1 <= slides <= _MOST_SLIDES and 1 <= seconds <= _LONGEST_SECONDS:
            return Format(slides, seconds)
    raise Problem("format-invalid", given=text)
