# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a run leaves behind, as records; reading and writing them is in ``files.journal``."""

from __future__ import annotations

import msgspec

from pechakucha.show.cues import Action, By, Cue
from pechakucha.show.snapshot import Snapshot


class RunRecord(msgspec.Struct, frozen=True, tag_field="record", tag="run"):
    """The first record: what the run began with."""

    snapshot: Snapshot


class CueRecord(msgspec.Struct, frozen=True, tag_field="record", tag="cue"):
    """A cue, written before it takes effect."""

    at_ns: int
    by: By
    action: Action

    @property
    def cue(self) -> Cue:
        """The cue itself."""
        return Cue(self.at_ns, self.action, self.by)


class Shown(msgspec.Struct, frozen=True, tag_field="record", tag="shown"):
    """A slide whose paint was submitted at ``painted_ns``; ``index`` counts from 0."""

    talk: str
    index: int
    due_ns: int
    painted_ns: int


class Alive(msgspec.Struct, frozen=True, tag_field="record", tag="alive"):
    """The sign of life: run's clock and wall clock (Unix epoch), nanoseconds."""

    at_ns: int
    wall_ns: int


class StageBegun(msgspec.Struct, frozen=True, tag_field="record", tag="stage"):
    """A stage process took the run up at ``at_ns``, with this picture on stage ("" for none)."""

    at_ns: int
    picture: str = ""


class Press(msgspec.Struct, frozen=True, tag_field="record", tag="press"):
    """A press of a hand that became no cue. ``at_ns`` is the first of ``count`` equal ones.

    Attributes:
        what: the control's or action's name; of other keys only what kind they are.
        refused: the refusal's code, "" where it was carried out.
        detail: the screen on which the audience's window was put.
        source: which console it came from, "" for the stage itself.
        number: the console's own for it, of several the last one's; so none is counted twice that is sent
            again.
    """

    at_ns: int
    what: str
    refused: str = ""
    count: int = 1
    detail: str = ""
    source: str = ""
    number: int = 0


Record = RunRecord | CueRecord | Shown | Alive | StageBegun | Press


class Journal(msgspec.Struct, frozen=True):
    """A run's records sorted by kind, each in the order written."""

    snapshot: Snapshot
    cues: tuple[Cue, ...] = ()
    shown: tuple[Shown, ...] = ()
    alive: Alive | None = None
    """The last sign of life."""
    begun: tuple[StageBegun, ...] = ()
    """One for each stage process, the run's first one included."""
    presses: tuple[Press, ...] = ()


def last_sign_ns(journal: Journal) -> int:
    """The last moment of which the journal knows, nanoseconds of the run's clock."""
    times = [journal.snapshot.opened_ns]
    times += [cue.at_ns for cue in journal.cues[-1:]]
    times += [shown.painted_ns for shown in journal.shown[-1:]]
    times += [journal.alive.at_ns] if journal.alive else []
    return max(times)
