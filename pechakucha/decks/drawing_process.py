# SPDX-License-Identifier: AGPL-3.0-or-later
"""A deck drawn by a worker, seen from the program's side: whatever happens to it is a finding."""

from __future__ import annotations

import logging
import math
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from pechakucha.decks import kinds
from pechakucha.decks.library import Library
from pechakucha.decks.worker_messages import Draw, Finished, Progress
from pechakucha.decks.worker_process import (
    Ahead,
    Died,
    SlideTimedOut,
    TimedOut,
    TooMuchMemory,
    WorkerProcess,
)
from pechakucha.show.deck import Deck
from pechakucha.show.problem import Finding, Parameter, Severity

_log = logging.getLogger(__name__)

_PICTURE_LIMIT_S = 20.0


def draw_in_worker(
    task: Draw,
    *,
    worker: Sequence[str],
    ahead: Ahead | None,
    limit_s: float,
    look: Callable[[], None],
    on_progress: Callable[[int, int], None],
    on_picture: Callable[[Path], None],
) -> Deck:
    """The deck with its pictures in the task's folder, or with an error among its findings.

    Args:
        task: what to draw.
        worker: the command that starts a worker.
        ahead: one that is there already.
        limit_s: seconds, to which one for each slide is added; a deck of pictures has 20 s for
            each of them as well.
        look: called several times a second; may raise to stop.
        on_progress: told how many of how many slides are drawn.
        on_picture: told each picture as soon as it is there.
    """
    log = Path(task.scratch) / "worker.log"
    of_pictures = task.kind in (kinds.PICTURES, kinds.ZIP)
    process = WorkerProcess(
        worker,
        task,
        log,
        limit_s,
        slide_limit_s=_PICTURE_LIMIT_S if of_pictures else math.inf,
        ahead=ahead,
    )
    failed = failed_deck(task.kind, "import-died", renderer=task.renderer)
    drawn = 0
    try:
        with process:
            for answer in process.answers(look):
                match answer:
                    case Finished(deck):
                        # Pictures that it only claims are none.
                        if not Library.is_complete(deck, Path(task.pictures)):
                            return failed
                        # They become part of paths, and the worker has read a stranger's file.
                        renderer = task.renderer if deck.renderer else ""
                        return msgspec.structs.replace(deck, kind=task.kind, renderer=renderer)
                    case Progress(done, total, picture):
                        drawn = done
                        on_progress(done, total)
                        if picture and Library.is_picture(Path(task.pictures), picture):
                            on_picture(Path(task.pictures) / picture)
    except Died:
        pass
    except SlideTimedOut:
        seconds = round(_PICTURE_LIMIT_S)
        failed = failed_deck(task.kind, "picture-timeout", slide=drawn + 1, seconds=seconds)
    except TimedOut:
        seconds = round(process.limit_s)
        failed = failed_deck(task.kind, "import-timeout", renderer=task.renderer, seconds=seconds)
    except TooMuchMemory:
        failed = failed_deck(task.kind, "import-memory", renderer=task.renderer)
    _log.warning("%s: %s", failed.findings[0], log.read_text("utf-8", "replace")[-4000:])
    return failed


def failed_deck(kind: str, code: str, *, slide: int | None = None, **params: Parameter) -> Deck:
    """A deck of which nothing is known but why."""
    return unread_deck(kind, Finding(code=code, severity=Severity.ERROR, slide=slide, params={**params}))


def unread_deck(kind: str, finding: Finding) -> Deck:
    """A deck of which nothing is known but this."""
    return Deck(kind=kind, renderer="", digest="", findings=(finding,))
