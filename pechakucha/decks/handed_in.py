# SPDX-License-Identifier: AGPL-3.0-or-later
"""Taking up a deck that was handed in: a pack of one talk, seen as a deck like any other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pechakucha.decks import kinds
from pechakucha.decks.drawing_process import unread_deck
from pechakucha.decks.library import Imported, Library
from pechakucha.decks.picture_folder import shown_name
from pechakucha.decks.unpacking import look_into_pack, unpack_decks
from pechakucha.show.plan import Talk
from pechakucha.show.problem import Finding, Problem, Severity


def talk_in(path: Path, library: Library) -> Talk:
    """The talk that was handed in, with its city, title and presenters; blocks for a fraction of a second.

    Raises:
        Problem: ``pack-of-several`` where it is a whole show, or what ``look_into_pack`` raises.
    """
    packed = look_into_pack(path, library)
    if len(packed.show.talks) != 1:
        raise Problem("pack-of-several", path=str(path), talks=len(packed.show.talks))
    return packed.show.talks[0]


def unpack_deck(
    path: Path,
    library: Library,
    *,
    worker: Sequence[str],
    look: Callable[[], None],
    on_progress: Callable[[int, int], None],
) -> Imported:
    """The deck that was handed in, its pictures as they were seen; what is wrong is a finding on it.

    Args:
        path: the pack.
        library: where its deck is kept.
        worker: the command that starts a worker.
        look: called several times a second; may raise to give up.
        on_progress: told how many of how many pictures are there.
    """
    try:
        packed = look_into_pack(path, library, worker=worker)
        if len(packed.show.talks) != 1:
            return _unread(library, "pack-of-several", talks=len(packed.show.talks))
        (imported,) = unpack_decks(
            path,
            packed,
            library,
            on_progress=lambda _talk, done, total: on_progress(done, total),
            look=look,
            worker=worker,
        ).values()
    except Problem as problem:
        return _refused(path, library, problem)
    return imported


def _refused(path: Path, library: Library, problem: Problem) -> Imported:
    match problem.code:
        case "pack-newer":
            return _unread(library, "pack-newer")
        case "pack-not-stored":
            return _unread(library, "library-not-writable", reason=str(problem.params["reason"]))
        case "show-not-found":
            return _unread(library, "not-found", name=shown_name(path))
        case "show-unreadable":
            return _unread(
                library, "not-readable", name=shown_name(path), reason=str(problem.params["reason"])
            )
        case "pack-not-opened":
            return _unread(library, "pack-not-opened", reason=str(problem.params["reason"]))
    return _unread(library, "pack-damaged")


def _unread(library: Library, code: str, **params: str | int) -> Imported:
    finding = Finding(code=code, severity=Severity.ERROR, params={**params})
    return Imported(unread_deck(kinds.PACK, finding), library.folder)
