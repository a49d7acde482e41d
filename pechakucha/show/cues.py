# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the moderator or the schedule makes happen.

An ``Action`` is what is wanted (it is also the command that the console sends); a ``Cue`` is an
action that was accepted, with its time. Slides are no cues: they follow from the start.
"""

from __future__ import annotations

import enum
from typing import Literal

import msgspec

from pechakucha.show.snapshot import SnapshotTalk


class GoOn(enum.StrEnum):
    """How a held talk goes on."""

    SCHEDULE = "schedule"
    """Where the schedule would be had nobody held."""
    REST = "rest"
    """With what the held slide had left."""


class _Action(msgspec.Struct, frozen=True, tag_field="cue"):
    pass


class Start(_Action, frozen=True, tag="start"):
    """Count down 3-2-1 and begin the talk that stands by."""

    talk: str


class TakeBack(_Action, frozen=True, tag="take-back"):
    """Undo a start: the talk stands by again."""

    talk: str


class Hold(_Action, frozen=True, tag="hold"):
    """Time stands still, because something is broken, or because the machine slept."""

    reason: Literal["hand", "gap"] = "hand"


class Resume(_Action, frozen=True, tag="resume"):
    """A held talk goes on."""

    mode: GoOn = GoOn.REST


class Restart(_Action, frozen=True, tag="restart"):
    """The talk on stage begins again, with its countdown."""

    talk: str


class Cut(_Action, frozen=True, tag="cut"):
    """The talk on stage is over now."""

    talk: str


class NoShow(_Action, frozen=True, tag="no-show"):
    """A talk that does not take place.

    With ``keep`` its slot is kept: the next one comes as late as if this one had taken place.
    """

    talk: str
    keep: bool = False


class PutBack(_Action, frozen=True, tag="put-back"):
    """A talk that was over or a no-show is planned again."""

    talk: str


class Move(_Action, frozen=True, tag="move"):
    """A talk takes its turn before another one, or last (``before`` None)."""

    talk: str
    before: str | None = None


class Replace(_Action, frozen=True, tag="replace"):
    """A talk gets other slides or words; its id stays."""

    talk: SnapshotTalk


class Add(_Action, frozen=True, tag="add"):
    """One more talk, before another one or last (``before`` None)."""

    talk: SnapshotTalk
    before: str | None = None


class Withdraw(_Action, frozen=True, tag="withdraw"):
    """A talk leaves the rundown."""

    talk: str


class Black(_Action, frozen=True, tag="black"):
    """The stage goes black or comes back; time runs on."""

    on: bool


class Message(_Action, frozen=True, tag="message"):
    """A card with a few words covers the stage; "" is "one moment please", None takes it away."""

    text: str | None = None


class End(_Action, frozen=True, tag="end"):
    """The run is over."""


class Reboot(_Action, frozen=True, tag="reboot"):
    """The machine was restarted: ``offset_ns`` added to its new clock gives the run's time."""

    boot: str
    offset_ns: int


Action = (
    Start
    | TakeBack
    | Hold
    | Resume
    | Restart
    | Cut
    | NoShow
    | PutBack
    | Move
    | Replace
    | Add
    | Withdraw
    | Black
    | Message
    | End
    | Reboot
)


class By(enum.StrEnum):
    """Who decided a cue."""

    HAND = "hand"
    AUTO = "auto"


class Cue(msgspec.Struct, frozen=True):
    """An accepted action. ``at_ns`` is when it was decided, nanoseconds of the run's clock."""

    at_ns: int
    action: Action
    by: By = By.HAND


def name_of(action: Action) -> str:
    """The cue's word as written in journal and report, for example ``take-back``."""
    tag = type(action).__struct_config__.tag
    assert isinstance(tag, str)
    return tag
