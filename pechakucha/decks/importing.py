# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a path to an imported deck, the dangerous part of it in a worker process."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pechakucha.decks import content, kinds
from pechakucha.decks.drawing import STAGE, Size
from pechakucha.decks.library import Imported, Library, library_key
from pechakucha.decks.picture_folder import shown_name
from pechakucha.decks.renderers import Choice, choose_renderers
from pechakucha.decks.worker_messages import Finished, Request
from pechakucha.decks.worker_process import WORKER, Died, TimedOut, TooMuchMemory, WorkerProcess
from pechakucha.show.deck import Deck
from pechakucha.show.problem import Finding, Parameter, Severity

_log = logging.getLogger(__name__)

_RENDERER_FAULTS = frozenset(
    {"renderer-failed", "pages-mismatch", "import-died", "import-timeout", "import-memory"}
)
"""Errors after which another renderer may do better; any other is the deck's own."""


class Cancelled(Exception):
    """The person does not want this import any more."""


def import_deck(
    path: Path,
    *,
    library: Library,
    renderer: str = "auto",
    on_progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    limit_s: float = 60.0,
    stage: Size = STAGE,
    worker: Sequence[str] = WORKER,
) -> Imported:
    """Import a deck, or find it in the library; blocks, and may be called from any thread.

    Whatever is wrong with the deck is a finding on it; a deck with an error among its findings
    is not kept, so that the next call tries again.

    Args:
        path: a PPTX or PDF file, or a folder with JPEG, PNG or WebP pictures.
        library: where imported decks are kept.
        renderer: ``auto`` (the best there is, the next one where it fails), ``embedded``,
            ``libreoffice`` or ``powerpoint``; matters for PPTX only.
        on_progress: told how many of how many slides are drawn, in the calling thread.
        cancelled: asked several times a second whether to give up.
        limit_s: seconds for one renderer's attempt; a second for each slide is added as soon as
            their number is known, but no more than 240.
        stage: the largest size of the pictures in pixels.
        worker: the command that starts a worker.

    Raises:
        Problem: ``renderer-not-available``.
        Cancelled: ``cancelled`` returned true.
    """
    kind, finding = kinds.look(path)
    choices = choose_renderers(kind, renderer)
    if finding is not None:
        return Imported(_unread(kind, finding), library.folder)
    try:
        digest = content.digest_of(path, kind)
    except OSError as error:
        unread = failed_deck(kind, "not-readable", name=shown_name(path), reason=_reason(error))
        return Imported(unread, library.folder)
    wanted = _Import(library, stage, worker, on_progress, cancelled, limit_s)
    try:
        return wanted.find(digest, choices) or wanted.draw(path, kind, choices)
    except OSError as error:
        failed = failed_deck(kind, "library-not-writable", reason=_reason(error))
        return Imported(failed, library.folder)


def failed_deck(kind: str, code: str, **params: Parameter) -> Deck:
    """A deck of which nothing is known but why."""
    return _unread(kind, Finding(code=code, severity=Severity.ERROR, params={**params}))


def first_error(deck: Deck) -> Finding | None:
    """The first error among a deck's findings, or None."""
    return next((each for each in deck.findings if each.severity is Severity.ERROR), None)


@dataclass(frozen=True)
class _Import:
    """How a deck is to be imported."""

    library: Library
    stage: Size
    worker: Sequence[str]
    on_progress: Callable[[int, int], None] | None
    cancelled: Callable[[], bool] | None
    limit_s: float

    def find(self, digest: str, choices: Sequence[Choice]) -> Imported | None:
        """The deck in the library, drawn by the best renderer that managed it."""
        keys = (library_key(digest, choices[:tried], self.stage) for tried in range(1, len(choices) + 1))
        return next(filter(None, map(self.library.find, keys)), None)

    def draw(self, path: Path, kind: str, choices: Sequence[Choice]) -> Imported:
        """Draw a copy of the deck, with one renderer after the other until one manages it."""
        fallen_back: list[Finding] = []
        with self.library.workspace() as workspace:
            source, digest = content.copy_content(path, kind, workspace)
            for tried, choice in enumerate(choices, start=1):
                folder = workspace / choice.name
                drawn = self._draw_with(choice, source, kind, folder)
                deck = msgspec.structs.replace(drawn, digest=digest, findings=(*drawn.findings, *fallen_back))
                error = first_error(deck)
                if error is None:
                    key = library_key(digest, choices[:tried], self.stage)
                    return self.library.store(key, deck, folder / "pictures")
                if error.code not in _RENDERER_FAULTS or tried == len(choices):
                    break
                fallen_back.append(_fell_back(choice, choices[tried], error))
        return Imported(deck, self.library.folder)

    def _draw_with(self, choice: Choice, source: Path, kind: str, folder: Path) -> Deck:
        pictures, scratch, log = folder / "pictures", folder / "scratch", folder / "worker.log"
        pictures.mkdir(parents=True)
        scratch.mkdir()
        request = Request(
            source=str(source),
            kind=kind,
            renderer=choice.name,
            width=self.stage.width,
            height=self.stage.height,
            pictures=str(pictures),
            scratch=str(scratch),
        )
        process = WorkerProcess(self.worker, request, log, self.limit_s)
        try:
            return self._ask(process, pictures)
        except Died:
            failed = failed_deck(kind, "import-died", renderer=choice.name)
        except TimedOut:
            seconds = round(process.limit_s)
            failed = failed_deck(kind, "import-timeout", renderer=choice.name, seconds=seconds)
        except TooMuchMemory:
            failed = failed_deck(kind, "import-memory", renderer=choice.name)
        _log.warning("%s: %s", failed.findings[0], log.read_text("utf-8", "replace")[-4000:])
        return failed

    def _ask(self, process: WorkerProcess, pictures: Path) -> Deck:
        with process:
            for answer in process.answers(self._stop_if_cancelled):
                if isinstance(answer, Finished):
                    if not Library.is_complete(answer.deck, pictures):
                        break
                    return answer.deck
                if self.on_progress:
                    self.on_progress(answer.done, answer.total)
        raise Died

    def _stop_if_cancelled(self) -> None:
        if self.cancelled and self.cancelled():
            raise Cancelled


def _unread(kind: str, finding: Finding) -> Deck:
    return Deck(kind=kind, renderer="", digest="", findings=(finding,))


def _fell_back(failed: Choice, instead: Choice, error: Finding) -> Finding:
    return Finding(
        code="renderer-fell-back",
        severity=Severity.WARNING,
        params={"failed": failed.name, "instead": instead.name, "reason": error.code},
    )


def _reason(error: OSError) -> str:
    return os.strerror(error.errno or 0)
