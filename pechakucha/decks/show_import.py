# SPDX-License-Identifier: AGPL-3.0-or-later
"""All decks of a show, imported side by side."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from pechakucha.decks.drawing import STAGE, Size
from pechakucha.decks.importing import Listeners, Wanted, import_decks
from pechakucha.decks.library import Imported, Library
from pechakucha.decks.worker_process import Ahead
from pechakucha.show.pin import Pin
from pechakucha.show.plan import Show


def import_show(
    show: Show,
    base: Path,
    *,
    library: Library,
    pins: Mapping[str, Pin],
    renderer: str = "auto",
    stage: Size = STAGE,
    on_progress: Callable[[str, int, int], None] = lambda _talk, _done, _total: None,
    on_picture: Callable[[str, Path], None] = lambda _talk, _file: None,
    on_imported: Callable[[str, Imported], None] = lambda _talk, _imported: None,
    cancelled: Callable[[], bool] = lambda: False,
    ahead: Ahead | None = None,
) -> dict[str, Imported]:
    """The imported deck of each talk, by the talk's id; blocks until all are there.

    Args:
        show: the plan.
        base: the show file's folder, from which relative paths count.
        library: where imported decks are kept.
        pins: the rendering chosen for a talk's deck, by the talk's id.
        renderer: see ``Wanted``; one that is named goes before the pins.
        stage: the largest size of the pictures in pixels.
        on_progress: told a talk's id and how many of how many of its slides are drawn, from
            several threads; (id, n, n) when a deck is there.
        on_picture: told a talk's id and a picture of a slide of it; the file moves later.
        on_imported: told a talk's id and its deck.
        cancelled: asked several times a second whether to give up.
        ahead: a worker that is there already.

    Raises:
        Cancelled: ``cancelled`` said so.
        Problem: ``renderer-not-available``.
    """
    talks = [talk.id for talk in show.talks]

    def finish(which: int, imported: Imported) -> None:
        slides = len(imported.deck.slides)
        on_progress(talks[which], slides, slides)
        on_imported(talks[which], imported)

    listeners = Listeners(
        on_progress=lambda which, done, total: on_progress(talks[which], done, total),
        on_picture=lambda which, file: on_picture(talks[which], file),
        on_imported=finish,
        cancelled=cancelled,
    )
    chosen = pins if renderer == "auto" else {}
    wanted = [Wanted(base / talk.deck, renderer, chosen.get(talk.id)) for talk in show.talks]
    imports = import_decks(wanted, library=library, listeners=listeners, stage=stage, ahead=ahead)
    return dict(zip(talks, imports, strict=True))
