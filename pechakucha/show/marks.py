# SPDX-License-Identifier: AGPL-3.0-or-later
"""Marks: what a presenter's presses of Space say about a take.

A press means "I have said what I wanted to say here". Who is still speaking about a slide when the next
one is on stage presses all the same. So the rule, in a presenter's words:

    A press counts for the slide on stage; in its first five seconds it still counts for the slide
    before, unless that one is marked already.

The five seconds are a quarter of the slide's time. Pressing again corrects: of two presses that count
for the same slide the later one is right. That the rule never looks ahead is what allows to tell the
presenter at once which slide a press was counted for. It is wrong for one who forgot a mark and then
says all about the next slide within five seconds; the next press puts the second of them right.

A take is what is left of it: the slides whose time was over, each with its mark or none.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

import msgspec

from pechakucha.show.pace import Measure, spoken
from pechakucha.show.snapshot import SnapshotSlide

GRACE_SHARE = 0.25
"""Of a slide's time: for so long after it, a press still counts for it. 5 s of 20."""

TIGHT_SHARE = 0.9
"""Of a slide's time: who needs more than that has no breath left. 18 s of 20."""

SHORT_SHARE = 0.5
"""Of a slide's time: who needs less leaves the room waiting. 10 s of 20."""


class Said(msgspec.Struct, frozen=True):
    """Space was pressed.

    Attributes:
        index: of the slide on stage, 0-based within the take; the number of its slides once it is over.
        second: since that slide came on stage (or since the end), seconds of the talk.
    """

    index: int
    second: float


class Mark(msgspec.Struct, frozen=True):
    """What a press was counted for: the slide ``index`` had used ``used_s`` seconds by then."""

    index: int
    used_s: float


_Number = Annotated[int, msgspec.Meta(ge=0, le=100_000)]
_Seconds = Annotated[float, msgspec.Meta(ge=0, le=100_000)]


class Spoken(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A slide that a take has passed.

    Attributes:
        number: the slide's number in its file.
        used_s: seconds from when it came on stage until everything about it was said; None for no mark.
        characters, syllables: of its notes as they were then.
    """

    number: _Number
    used_s: _Seconds | None = None
    characters: _Number = 0
    syllables: _Number = 0


class Take(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One time that a talk was rehearsed, or a part of it.

    Attributes:
        seconds: that each slide had.
        slides: those it has passed, in the talk's order.
        whole: whether these are all of the talk's.
    """

    seconds: Annotated[int, msgspec.Meta(ge=1, le=3600)]
    slides: tuple[Spoken, ...]
    whole: bool = False

    @property
    def marked(self) -> bool:
        """Whether there is any mark in it; without one it says nothing."""
        return any(slide.used_s is not None for slide in self.slides)


class Verdict(enum.StrEnum):
    """What a mark says about a slide."""

    OVER = "over"
    TIGHT = "tight"
    FITS = "fits"
    SHORT = "short"
    UNMARKED = "unmarked"


class Bar(msgspec.Struct, frozen=True):
    """A slide of a take as it is drawn.

    Attributes:
        number: the slide's number in its file.
        used_s: as in ``Spoken``.
        verdict: in one word.
    """

    number: int
    used_s: float | None
    verdict: Verdict


def counted(marks: Mapping[int, float], press: Said, slides: int, seconds: int) -> Mark | None:
    """Which slide a press counts for.

    Args:
        marks: so far, seconds used by index.
        press: as it came.
        slides: of the take.
        seconds: that each slide has.

    Returns:
        The mark, or None for a press after the end that no slide waits for.
    """
    before = press.index - 1
    if 0 <= before < slides and before not in marks and press.second < GRACE_SHARE * seconds:
        return Mark(before, seconds + press.second)
    return Mark(press.index, press.second) if 0 <= press.index < slides else None


def marks_of(presses: Iterable[Said], slides: int, seconds: int) -> dict[int, float]:
    """Seconds used by the 0-based index of the slide, for all presses of a take in their order."""
    marks: dict[int, float] = {}
    for press in presses:
        mark = counted(marks, press, slides, seconds)
        if mark is not None:
            marks[mark.index] = mark.used_s
    return marks


def take_of(
    slides: Sequence[SnapshotSlide],
    presses: Iterable[Said],
    *,
    passed: int,
    seconds: int,
    language: str | None,
    whole: bool,
) -> Take:
    """What is left of a take that has ended, or was broken off.

    Args:
        slides: of the take, from its first on.
        presses: in their order.
        passed: how many slides' time was over. One more counts where it was marked before.
        seconds: that each slide had.
        language: the notes are in, where it is known.
        whole: whether the take began with the talk's first slide.
    """
    marks = marks_of(presses, len(slides), seconds)
    passed += passed in marks
    return Take(
        seconds=seconds,
        slides=tuple(
            Spoken(
                number=slide.number,
                used_s=marks.get(index),
                characters=spoken(slide.notes, language, Measure.CHARACTERS),
                syllables=spoken(slide.notes, language, Measure.SYLLABLES),
            )
            for index, slide in enumerate(slides[:passed])
        ),
        whole=whole and passed >= len(slides),
    )


def verdict_of(used_s: float | None, seconds: int) -> Verdict:
    """What a mark (or None) says about a slide that had this many seconds."""
    if used_s is None:
        return Verdict.UNMARKED
    if used_s > seconds:
        return Verdict.OVER
    if used_s > TIGHT_SHARE * seconds:
        return Verdict.TIGHT
    return Verdict.SHORT if used_s < SHORT_SHARE * seconds else Verdict.FITS


def bars(take: Take) -> tuple[Bar, ...]:
    """A bar for each slide of a take."""
    return tuple(Bar(each.number, each.used_s, verdict_of(each.used_s, take.seconds)) for each in take.slides)


def silence_s(take: Take) -> float:
    """Seconds between a mark and the next slide, together; slides without a mark are left out."""
    return sum(max(0.0, take.seconds - each.used_s) for each in take.slides if each.used_s is not None)


def spoken_s(take: Take) -> tuple[float | None, ...]:
    """How long each slide was spoken about, in seconds; None where that is not known.

    Not before the words about the slide before were over: where that has no mark, nobody knows when
    these began.
    """
    known: list[float | None] = []
    began_s: float | None = 0.0
    for each in take.slides:
        used_s = each.used_s
        known.append(None if used_s is None or began_s is None else max(0.0, used_s - began_s))
        began_s = None if used_s is None else max(0.0, used_s - take.seconds)
    return tuple(known)


def in_time(take: Take) -> int:
    """How many slides were marked before their time was over."""
    return sum(each.used_s is not None and each.used_s <= take.seconds for each in take.slides)


def progress(takes: Sequence[Take]) -> tuple[float, ...]:
    """The share (0 to 1) of slides in time in each take of the whole talk that has a mark, in order."""
    return tuple(in_time(take) / len(take.slides) for take in takes if take.whole and take.marked)
