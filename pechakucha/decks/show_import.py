# SPDX-License-Identifier: AGPL-3.0-or-later
"""All decks of a show, imported side by side."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pechakucha.decks.drawing import STAGE, Size
from pechakucha.decks.importing import import_deck
from pechakucha.decks.library import Imported, Library
from pechakucha.show.plan import Show

_AT_ONCE = 2
"""Imports at a time: the smallest machines that we know have two cores."""


def import_show(
    show: Show,
    base: Path,
    *,
    library: Library,
    renderer: str = "auto",
    stage: Size = STAGE,
    on_progress: Callable[[str, int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Imported]:
    """The imported deck of each talk, by the talk's id; blocks until all are there.

    Args:
        show: the plan.
        base: the show file's folder, from which relative paths count.
        library: where imported decks are kept.
        renderer: as for ``import_deck``.
        stage: the largest size of the pictures in pixels.
        on_progress: told a talk's id and how many of how many of its slides are drawn, from
            several threads; (id, n, n) when a deck is there.
        cancelled: asked several times a second whether to give up.

    Raises:
        Cancelled: ``cancelled`` said so.
        Problem: what ``import_deck`` raises.
    """
    tell = on_progress or (lambda _talk, _done, _total: None)

    def one(talk_id: str, path: Path) -> Imported:
        imported = import_deck(
            path,
            library=library,
            renderer=renderer,
            stage=stage,
            on_progress=lambda done, total: tell(talk_id, done, total),
            cancelled=cancelled,
        )
        slides = len(imported.deck.slides)
        tell(talk_id, slides, slides)
        return imported

    with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="import") as pool:
        pending = {talk.id: pool.submit(one, talk.id, base / talk.deck) for talk in show.talks}
        return {talk_id: imported.result() for talk_id, imported in pending.items()}
