# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a show file and its imported decks to a pack."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pechakucha.decks.library import Imported
from pechakucha.decks.picture_folder import pictures_in, pictures_not_taken
from pechakucha.files.pack import is_pack
from pechakucha.files.pack_writing import TalkToPack, check_pack_target, write_pack
from pechakucha.files.pins import read_pins
from pechakucha.files.show_file import read_show
from pechakucha.show.pin import Pin
from pechakucha.show.plan import Show
from pechakucha.show.problem import Problem


class ShowToPack(NamedTuple):
    """A show file as it is read for packing: what it says, and its bytes."""

    path: Path
    show: Show
    content: bytes


def read_show_to_pack(path: Path, target: Path) -> ShowToPack:
    """Read a show file, and see whether the pack can be written.

    Raises:
        Problem: ``pack-already`` where ``path`` is a pack itself, ``pack-target-taken`` or
            ``pack-not-written``, or what ``read_show`` raises.
    """
    if is_pack(path):
        raise Problem("pack-already", path=str(path))
    show = read_show(path)
    check_pack_target(target)
    try:
        return ShowToPack(path, show, path.read_bytes())
    except OSError as error:
        raise Problem("show-unreadable", path=str(path), reason=error.strerror or "") from error


def pack_show(to_pack: ShowToPack, imports: Mapping[str, Imported], target: Path, now: dt.datetime) -> None:
    """Write the pack.

    Args:
        to_pack: the show.
        imports: its imported decks by the talk's id.
        target: where the pack goes.
        now: local time with its zone.

    Raises:
        Problem: what ``write_pack`` raises.
    """
    write_pack(target, to_pack.content, _talks(to_pack, imports, read_pins(to_pack.path)), now)


def _talks(to_pack: ShowToPack, imports: Mapping[str, Imported], pins: Mapping[str, Pin]) -> list[TalkToPack]:
    base = to_pack.path.parent
    return [
        TalkToPack(
            id=talk.id,
            deck=imports[talk.id].deck,
            pictures=imports[talk.id].folder,
            originals=files_of_deck(base / talk.deck),
            pin=pins.get(talk.id),
        )
        for talk in to_pack.show.talks
    ]


def files_of_deck(deck: Path) -> Sequence[Path]:
    """The files of a deck that are there; what cannot be read has its finding already."""
    try:
        if not deck.is_dir():
            return [deck] if deck.is_file() else []
        return [*pictures_in(deck), *pictures_not_taken(deck)]
    except OSError:
        return []
