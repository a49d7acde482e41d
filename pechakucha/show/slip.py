# SPDX-License-Identifier: AGPL-3.0-or-later
"""What helps who is behind: not to chase, but to be there when the next slide comes.

Towards the end of a slide it is said when the next one comes and with which words. Somebody who is
behind is told so plainly; to all others it is a quiet line that is there each time, so that nobody has
to ask for it in the middle of a slip.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from pechakucha.show.snapshot import NS, SnapshotSlide

HINT_SECONDS = 10
"""So long before a slide comes it is announced."""

_MOST_CHARACTERS = 160
"""More words than fit on two lines anywhere."""


class Coming(msgspec.Struct, frozen=True, kw_only=True):
    """What comes next.

    Attributes:
        seconds: until then, rounded up.
        words: the first ones of its notes, "" where there are none.
        end: whether the talk is over then.
        behind: whether the presenter is behind.
    """

    seconds: int
    words: str = ""
    end: bool = False
    behind: bool = False


def coming(
    slides: Sequence[SnapshotSlide], index: int, left_ns: int, *, behind: bool = False
) -> Coming | None:
    """What to announce, None where it is too early for that.

    Args:
        slides: of the talk.
        index: 0-based, of the one on stage.
        left_ns: of its time, nanoseconds.
        behind: whether the presenter is behind.
    """
    seconds = max(0, -(-left_ns // NS))
    if seconds > HINT_SECONDS:
        return None
    if index + 1 >= len(slides):
        return Coming(seconds=seconds, end=True, behind=behind)
    return Coming(seconds=seconds, words=first_words(slides[index + 1].notes), behind=behind)


def first_words(notes: str) -> str:
    """What notes begin with, on one line."""
    words = " ".join(notes.split())
    if len(words) <= _MOST_CHARACTERS:
        return words
    return words[:_MOST_CHARACTERS].rsplit(" ", 1)[0] + " …"


def is_behind(marks: Mapping[int, float], index: int, seconds: int, *, marking: bool) -> bool:
    """Whether a presenter is behind on a slide.

    That is so where the slide before was not said to its end in its time, and this one is not yet either.

    Args:
        marks: seconds used by the 0-based index of the slide, so far.
        index: of the slide on stage.
        seconds: that each slide has.
        marking: whether this presenter marks at all; of another one nothing is known.
    """
    if not marking or index == 0 or index in marks:
        return False
    return marks.get(index - 1, float("inf")) > seconds
