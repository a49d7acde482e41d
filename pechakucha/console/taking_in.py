# SPDX-License-Identifier: AGPL-3.0-or-later
"""A talk that was handed in, taken into the show: its file beside the others, its words into the plan."""

from __future__ import annotations

import filecmp
import shutil
from pathlib import Path
from typing import NamedTuple

import msgspec

from pechakucha.console.deck_review import Review
from pechakucha.decks.handed_in import talk_in
from pechakucha.decks.library import Library
from pechakucha.files.atomic import temporary_beside
from pechakucha.files.show_file import new_talk_id
from pechakucha.show.plan import Talk
from pechakucha.show.problem import Problem


class TakenIn(NamedTuple):
    """What became of it: the talk with its city, and the deck that it had before, "" for a new talk."""

    talk: str
    city: str
    before: str


def take_in(review: Review, pack: Path, library: Library) -> TakenIn:
    """Let the talk take the place of the one of its city, or be the last; blocks for a moment.

    Its file is copied beside the deck that it replaces, which stays where it is.

    Args:
        review: of the show.
        pack: what was handed in.
        library: knows the packs that were opened before.

    Raises:
        Problem: ``show-is-packed``, ``deck-not-copied``, or what ``talk_in`` and ``take_up_talk`` raise.
    """
    if review.packed:
        raise Problem("show-is-packed", path=str(review.path))
    told = talk_in(pack, library)
    there = next((talk for talk in review.show.talks if _same(talk.city, told.city)), None)
    deck = _beside_the_others(review, pack, there)
    taken = {talk.id for talk in review.show.talks}
    # The city stays as the show writes it.
    new = msgspec.structs.replace(
        told,
        id=there.id if there else new_talk_id(told.city, deck, taken),
        city=there.city if there else told.city,
        deck=deck,
    )
    review.take_in(new)
    return TakenIn(new.id, new.city, there.deck if there else "")


def _same(city: str, other: str) -> bool:
    return city.strip().casefold() == other.strip().casefold()


def _beside_the_others(review: Review, pack: Path, there: Talk | None) -> str:
    """The file's path as the show file names it; copied where it is not below the show's folder yet."""
    base = review.path.parent.resolve()
    if pack.resolve().is_relative_to(base):
        return pack.resolve().relative_to(base).as_posix()
    example = there or review.show.talks[0]
    folder = (base / example.deck).parent
    if not folder.is_relative_to(base) or not folder.is_dir():
        folder = base
    try:
        return _copied(pack, folder).relative_to(base).as_posix()
    except OSError as error:
        raise Problem("deck-not-copied", path=str(pack), reason=error.strerror or "") from error


def _copied(file: Path, folder: Path) -> Path:
    """The file in this folder; under another name where one of its name is something else."""
    number = 1
    target = folder / file.name
    while target.exists():
        if filecmp.cmp(target, file, shallow=False):
            return target
        number += 1
        target = folder / f"{file.stem} ({number}){file.suffix}"
    with temporary_beside(target) as temporary:
        shutil.copyfile(file, temporary)
        temporary.rename(target)
    return target
