# SPDX-License-Identifier: AGPL-3.0-or-later
"""A show from wherever it comes: a show file with decks beside it, or a pack with them inside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from pechakucha.decks.drawing import STAGE, Size
from pechakucha.decks.importing import Cancelled
from pechakucha.decks.library import Imported, Library
from pechakucha.decks.show_import import import_show
from pechakucha.decks.unpacking import PackedShow, look_into_pack, unpack_decks
from pechakucha.decks.worker_process import WORKER, Ahead
from pechakucha.files.pack import is_pack
from pechakucha.files.pins import read_pins
from pechakucha.files.show_file import read_show
from pechakucha.show.pin import Pin
from pechakucha.show.plan import Show


class ShowSource(NamedTuple):
    """A show and where it comes from; ``packed`` is None where ``path`` is a show file."""

    path: Path
    show: Show
    packed: PackedShow | None = None

    def path_of(self, deck: str) -> str:
        """Where a deck is, for people; of what is in a pack, the name alone is known here."""
        return str(self.path.parent / deck if self.packed is None else self.path / Path(deck).name)


def open_show(path: Path, library: Library, *, worker: Sequence[str] = WORKER) -> ShowSource:
    """Read a show file, or look into a pack; which of them it is, the content says.

    Args:
        path: either.
        library: knows the packs that were opened before.
        worker: the command that starts a worker.

    Raises:
        Problem: what ``read_show`` or ``look_into_pack`` raises.
    """
    if not is_pack(path):
        return ShowSource(path, read_show(path))
    packed = look_into_pack(path, library, worker=worker)
    return ShowSource(path, packed.show, packed)


def bring_decks(
    source: ShowSource,
    library: Library,
    show: Show | None = None,
    *,
    pins: Mapping[str, Pin] | None = None,
    renderer: str = "auto",
    stage: Size = STAGE,
    on_progress: Callable[[str, int, int], None] = lambda _talk, _done, _total: None,
    on_picture: Callable[[str, Path], None] = lambda _talk, _file: None,
    on_imported: Callable[[str, Imported], None] = lambda _talk, _imported: None,
    cancelled: Callable[[], bool] = lambda: False,
    ahead: Ahead | None = None,
) -> dict[str, Imported]:
    """The deck of each talk by the talk's id: imported, or as they are in the pack.

    Args:
        source: where the show comes from.
        library: where decks are kept.
        show: what is wanted of it, None for all; a pack gives all in any case.
        pins: the renderings chosen, None for those kept beside the show.
        renderer, stage, on_picture, ahead: see ``import_show``; a pack's pictures stay as they
            were drawn.
        on_progress: told a talk's id and how many of how many of its slides are there.
        on_imported: told a talk's id and its deck.
        cancelled: asked several times a second whether to give up.

    Raises:
        Cancelled: ``cancelled`` said so.
        Problem: what ``import_show`` or ``unpack_decks`` raises.
    """
    if source.packed is None:
        return import_show(
            show or source.show,
            source.path.parent,
            library=library,
            pins=read_pins(source.path) if pins is None else pins,
            renderer=renderer,
            stage=stage,
            on_progress=on_progress,
            on_picture=on_picture,
            on_imported=on_imported,
            cancelled=cancelled,
            ahead=ahead,
        )

    def look() -> None:
        if cancelled():
            raise Cancelled

    decks = unpack_decks(source.path, source.packed, library, on_progress=on_progress, look=look)
    for talk, imported in decks.items():
        on_imported(talk, imported)
    return decks
