# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stage and console say to each other: one JSON object a line."""

from __future__ import annotations

import msgspec

from pechakucha.show.cues import Action, Cue
from pechakucha.show.journal import Press
from pechakucha.show.rules import Refusal
from pechakucha.show.snapshot import Snapshot


class Command(msgspec.Struct, frozen=True, tag_field="say", tag="command"):
    """The console ``source`` wants something; ``number`` comes back with the answer."""

    number: int
    action: Action
    source: str = ""


class Pressed(msgspec.Struct, frozen=True, kw_only=True, tag_field="say", tag="pressed"):
    """A press at the console that is no command; it is recorded, and counted where it was refused.

    Attributes:
        number: comes back when it is.
        at_ns: when it was, nanoseconds of the run's clock.
        what: the control's name, or what kind of key it was.
        refused: the refusal's code, "" where the console did what was wanted.
        source: which console it is.
    """

    number: int
    at_ns: int
    what: str
    refused: str = ""
    source: str = ""


class BringForward(msgspec.Struct, frozen=True, kw_only=True, tag_field="say", tag="bring-forward"):
    """The console ``source`` wants the audience's window in front of all others; ``Taken`` follows."""

    number: int = 0
    source: str = ""


class Place(msgspec.Struct, frozen=True, tag_field="say", tag="place"):
    """The console wants the audience's window full on a screen; ``Taken`` follows.

    Attributes:
        screen: counted from 1.
        name: the screen's, by which it is found where the screens are others by now; "" where not known.
        number: comes back when it is done.
        source: which console it is.
    """

    screen: int
    name: str = ""
    number: int = 0
    source: str = ""


class Status(msgspec.Struct, frozen=True, kw_only=True, tag_field="say", tag="status"):
    """How the stage is.

    Attributes:
        recording: whether the journal is complete on disk.
        awake: whether the machine is kept from falling asleep.
        refusals: presses refused so far, in the whole run.
        lateness_ns: of the slide shown last, None before the first.
        screen: name of the screen that the audience's window is on.
        width, height: of that window, physical pixels.
        full: whether it fills the screen.
        screens: names of all screens there are.
        beat: goes up each second, so that a stage that hangs is noticed.
        unexpected: at how many places an exception was caught by nobody; they are in the stage's log.
    """

    recording: bool = True
    awake: bool = True
    refusals: int = 0
    lateness_ns: int | None = None
    screen: str = ""
    width: int = 0
    height: int = 0
    full: bool = False
    screens: tuple[str, ...] = ()
    beat: int = 0
    unexpected: int = 0


class Greeting(msgspec.Struct, frozen=True, kw_only=True, tag_field="say", tag="greeting"):
    """The stage's first words to every listener: all that is needed to know the run.

    ``counted`` is how far the presses are counted that consoles have sent: the last of each kind.
    """

    version: str
    folder: str
    pid: int
    snapshot: Snapshot
    cues: tuple[Cue, ...]
    status: Status
    counted: tuple[Press, ...] = ()


class Cued(msgspec.Struct, frozen=True, tag_field="say", tag="cued"):
    """A cue was accepted; ``number`` is the command's, None where no hand asked for it."""

    cue: Cue
    number: int | None = None


class Refused(msgspec.Struct, frozen=True, tag_field="say", tag="refused"):
    """The command ``number`` was refused, and why; None for a press at the stage itself."""

    number: int | None
    refusal: Refusal


class Taken(msgspec.Struct, frozen=True, tag_field="say", tag="taken"):
    """The press ``number`` is counted, or what was wanted is done; the record of it follows, within a second
    where a hand hammers.
    """

    number: int


class ConsoleWanted(msgspec.Struct, frozen=True, tag_field="say", tag="console-wanted"):
    """Somebody at the stage asked for the console, which is behind it."""


class ClosingAsked(msgspec.Struct, frozen=True, tag_field="say", tag="closing-asked"):
    """Somebody tried to close the audience's window, which stays."""


ToStage = Command | Pressed | BringForward | Place
FromStage = Greeting | Cued | Refused | Taken | Status | ConsoleWanted | ClosingAsked

to_stage: msgspec.json.Decoder[ToStage] = msgspec.json.Decoder(ToStage)
from_stage: msgspec.json.Decoder[FromStage] = msgspec.json.Decoder(FromStage)


def line(message: ToStage | FromStage) -> bytes:
    """A message as it goes over the link."""
    return msgspec.json.encode(message) + b"\n"
