# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is rehearsed, as the same snapshot that a block has: one talk, and no plan around it.

Beginning at slide k is a talk whose slides are k and those after it. So a rehearsal, too, is a
function of its snapshot, its cues and the time now.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from pechakucha import __version__
from pechakucha.decks.picture_folder import shown_name
from pechakucha.live.clock import Clock
from pechakucha.show.cues import Cue, Restart, Start
from pechakucha.show.deck import Slide
from pechakucha.show.format import PECHA_KUCHA, Format
from pechakucha.show.journal import CueRecord, Record
from pechakucha.show.snapshot import Snapshot, SnapshotSlide, SnapshotTalk

TALK = "rehearsal"
"""The id of the only talk."""


def deck_name(path: Path) -> str:
    """What a deck is called: its file's name without the ending, as a name is written."""
    name = shown_name(path.resolve())
    if not path.is_dir():
        name = name.removesuffix(path.suffix)
    name = name.replace("_", " ").strip()
    return name[:1].upper() + name[1:]


def rehearsed_slides(chosen: Sequence[Slide]) -> tuple[SnapshotSlide, ...]:
    """These slides as they are rehearsed; none where there is no picture at all."""
    if not any(slide.picture for slide in chosen):
        return ()
    return tuple(
        SnapshotSlide(number=slide.number, picture=slide.picture, notes=slide.notes) for slide in chosen
    )


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """What is rehearsed.

    Attributes:
        name: the deck's, written on its card.
        title: of the whole, written small on the card.
        slides: at least one.
        language: of the cards, ``de`` or ``en``.
        seconds: that each slide has.
    """

    name: str
    title: str
    slides: tuple[SnapshotSlide, ...]
    language: str
    seconds: int = PECHA_KUCHA.seconds


def rehearsal_snapshot(material: Material, first: int, clock: Clock) -> Snapshot:
    """The snapshot of a rehearsal that is about to begin.

    Args:
        material: what is rehearsed.
        first: 0-based index of the slide to begin with.
        clock: read once, for when it was opened.
    """
    rest = material.slides[first:]
    return Snapshot(
        title=material.title,
        format=Format(slides=len(rest), seconds=material.seconds),
        talks=(SnapshotTalk(id=TALK, city=material.name, slides=rest, changeover=0),),
        opened_ns=clock.now_ns(),
        opened_wall_ns=clock.wall_ns(),
        boot="",
        version=__version__,
        language=material.language,
    )


class MemoryRecorder:
    """Keeps what happened while the window is open; nothing of a rehearsal is written anywhere.

    Attributes:
        cues: of the run that is conducted now.
        takes: how often the talk was begun, in all runs.
    """

    def __init__(self) -> None:
        self.cues: list[Cue] = []
        self.takes = 0
        self._take = True

    def begin(self, *, take: bool) -> None:
        """Another run is conducted from now on; ``take`` says whether its starts are takes."""
        self.cues, self._take = [], take

    def write(self, record: Record) -> None:
        """Keep a cue."""
        if isinstance(record, CueRecord):
            self.cues.append(record.cue)
            self.takes += self._take and isinstance(record.action, Start | Restart)

    def note(self, record: Record) -> None:
        """Signs of life are for a run that somebody may have to take up again."""


class NumberEntry(msgspec.Struct, frozen=True):
    """A slide's number while it is typed; forgotten when nothing follows for a while.

    Attributes:
        value: as far as it is typed, 0 for nothing.
        typed_ns: when the last figure was typed, nanoseconds of the system clock.
    """

    value: int = 0
    typed_ns: int = 0

    def type(self, figure: int, most: int, now_ns: int) -> NumberEntry:
        """One more figure. Where the number would be above ``most``, it begins anew with it."""
        longer = self.at(now_ns).value * 10 + figure
        value = longer if longer <= most else figure
        return NumberEntry(value, now_ns) if 1 <= value <= most else NumberEntry()

    def at(self, now_ns: int) -> NumberEntry:
        """What is left of it at this time."""
        return self if now_ns - self.typed_ns < _ENTRY_NS else NumberEntry()


_ENTRY_NS = 5_000_000_000
