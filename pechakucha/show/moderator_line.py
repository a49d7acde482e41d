# SPDX-License-Identifier: AGPL-3.0-or-later
"""One line from the moderator to whoever presents: for this talk, and gone with it.

It is no cue: nothing on stage follows from it, and a fold that knows nothing of it is as right as before.
"""

from __future__ import annotations

import msgspec

from pechakucha.show.run import Run

LONGEST = 80
"""Characters; more can't be read beside one's own notes."""


class Line(msgspec.Struct, frozen=True):
    """A few words, and the talk (its id) to which they were said, "" where none is left."""

    words: str
    talk: str = ""


def line_for(run: Run, words: str) -> Line:
    """These words to the talk on stage, or to the one that comes next."""
    return Line(" ".join(words.split())[:LONGEST], _addressed(run))


def words_now(line: Line | None, run: Run) -> str:
    """What stands there now: nothing any more when another talk has its turn."""
    return line.words if line is not None and line.talk == _addressed(run) else ""


def _addressed(run: Run) -> str:
    turn = run.on_stage or run.upcoming
    return turn.talk.id if turn is not None else ""
