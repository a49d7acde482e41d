# SPDX-License-Identifier: AGPL-3.0-or-later
"""Handing in: a pack of one deck with the notes of its rehearsal, to be mailed to the moderator.

It holds what the presenter has seen and said, and nothing of how the rehearsals went.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from PIL import Image

from pechakucha.decks.kept_notes import with_kept_notes
from pechakucha.decks.library import Imported
from pechakucha.decks.packing import files_of_deck
from pechakucha.files.locations import own_place
from pechakucha.files.pack import is_pack
from pechakucha.files.pack_writing import TalkToPack, check_pack_target, write_pack
from pechakucha.files.show_file import new_talk_id, show_of
from pechakucha.show.deck import Deck
from pechakucha.show.plan import Talk
from pechakucha.show.problem import Finding, Problem, Severity
from pechakucha.show.selection import parse_selection

MAIL_BYTES = 10_000_000
"""What many mailboxes take at most."""

SMALL_BYTES = 7_000_000
"""What the smaller variant aims at: in a mail a file becomes a third larger."""


class Shrinking(NamedTuple):
    """How pictures are made smaller: to a width of so many pixels at most, JPEG of this quality."""

    width: int
    quality: int


SHRINKINGS = (Shrinking(1920, 85), Shrinking(1920, 75), Shrinking(1600, 75), Shrinking(1280, 70))
"""In the order in which they are tried; the last one is taken in any case."""


_OF_KEPT_NOTES = frozenset({"notes-of-earlier-file", "notes-file-unreadable"})
"""Findings of taking up the notes kept beside a deck."""


class About(msgspec.Struct, frozen=True, kw_only=True):
    """What the presenter says about the talk; ``slides`` as in a show file, "" for all."""

    city: str
    title: str = ""
    presenters: tuple[str, ...] = ()
    slides: str = ""


class Weight(NamedTuple):
    """Bytes of a deck's own files and of its finished pictures."""

    originals: int
    pictures: int

    @property
    def whole(self) -> int:
        """All of it, nearly as large as the pack."""
        return self.originals + self.pictures


class HandedIn(NamedTuple):
    """What was written.

    Attributes:
        size: of the pack, bytes.
        with_original: whether the deck's own file is in it.
        shrinking: how its pictures were made smaller, None where they are as they were seen.
    """

    size: int
    with_original: bool
    shrinking: Shrinking | None


def weigh(deck: Path, imported: Imported) -> Weight:
    """How large a deck is.

    Args:
        deck: its file or folder.
        imported: what was rehearsed.
    """
    return Weight(sum(map(_size, _originals(deck))), sum(map(_size, _pictures(imported))))


def hand_in(
    deck: Path, imported: Imported, about: About, target: Path, now: dt.datetime, *, small: bool = False
) -> HandedIn:
    """Write the pack; where nothing has to be smaller, its pictures are those seen, byte for byte.

    Args:
        deck: the deck's file or folder.
        imported: what was rehearsed; the notes kept beside the deck are those of now.
        about: what the presenter says about it.
        target: where the pack goes; another pack there is replaced.
        now: local time with its zone.
        small: leave out the deck's own file, and make the pictures smaller as far as needed.

    Raises:
        Problem: ``city-missing``, ``selection-invalid``, or what ``write_pack`` raises.
    """
    if not about.city.strip():
        raise Problem("city-missing")
    check_pack_target(target)
    imported = _with_notes_of_now(deck, imported)
    name = own_place(deck).name  # of "." too
    with tempfile.TemporaryDirectory(prefix="pechakucha-") as scratch:
        shrinking, pictures = None, imported.folder
        if small and weigh(deck, imported).pictures > SMALL_BYTES:
            try:
                shrinking, pictures = _shrunk(imported, Path(scratch))
            except OSError as error:
                raise Problem("pack-not-written", path=str(target), reason=error.strerror or "") from error
        originals = () if small else _originals(deck)
        talk = Talk(
            id=new_talk_id(about.city, name, set()),
            city=about.city.strip(),
            deck=f"decks/{name}",
            title=about.title.strip(),
            presenters=about.presenters,
            slides=parse_selection(about.slides) if about.slides.strip() else None,
        )
        told = _with_shrinking(imported.deck, shrinking)
        write_pack(target, show_of(talk), [TalkToPack(talk.id, told, pictures, originals)], now)
    return HandedIn(target.stat().st_size, bool(originals), shrinking)


def _with_notes_of_now(deck: Path, imported: Imported) -> Imported:
    """They may have been edited since the deck was imported."""
    findings = tuple(each for each in imported.deck.findings if each.code not in _OF_KEPT_NOTES)
    told = msgspec.structs.replace(imported.deck, findings=findings)
    return with_kept_notes(deck, Imported(told, imported.folder))


def _shrunk(imported: Imported, scratch: Path) -> tuple[Shrinking, Path]:
    """The first way that makes the pictures small enough, and the folder with them."""
    for shrinking in SHRINKINGS:
        folder = scratch / f"{shrinking.width}-{shrinking.quality}"
        folder.mkdir()
        for file in _pictures(imported):
            _shrink(file, folder / file.name, shrinking)
        if sum(map(_size, folder.iterdir())) <= SMALL_BYTES:
            break
    return shrinking, folder


def _shrink(file: Path, target: Path, shrinking: Shrinking) -> None:
    """One of our own pictures, never enlarged, nor made larger by being written anew."""
    with Image.open(file, formats=("JPEG",)) as picture:
        picture.draft("RGB", None)
        smaller = picture.convert("RGB")
    if smaller.width > shrinking.width:
        height = max(1, round(smaller.height * shrinking.width / smaller.width))
        smaller = smaller.resize((shrinking.width, height), Image.Resampling.LANCZOS)
    smaller.save(target, "JPEG", quality=shrinking.quality, optimize=True)


def _with_shrinking(deck: Deck, shrinking: Shrinking | None) -> Deck:
    """Whoever gets it is told that the pictures are not those that were seen."""
    if shrinking is None:
        return deck
    params = {"width": shrinking.width, "quality": shrinking.quality}
    told = Finding(code="pictures-shrunk", severity=Severity.NOTE, params={**params})
    return msgspec.structs.replace(deck, findings=(*deck.findings, told))


def _originals(deck: Path) -> Sequence[Path]:
    """The deck's own files; of one that was handed in itself only the finished pictures are known."""
    return () if is_pack(deck) else files_of_deck(deck)


def _pictures(imported: Imported) -> list[Path]:
    return [imported.folder / slide.picture for slide in imported.deck.slides if slide.picture is not None]


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
