# SPDX-License-Identifier: AGPL-3.0-or-later
"""From paths to imported decks, the dangerous part of it in worker processes.

What LibreOffice has to convert first goes to it in two calls side by side; as soon as the first
PDF is there it is drawn, while the next is converted.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import msgspec

from pechakucha.decks import content, kinds
from pechakucha.decks.conversion import Abandoned, Converter
from pechakucha.decks.drawing import STAGE, Size
from pechakucha.decks.drawing_process import draw_in_worker, failed_deck, unread_deck
from pechakucha.decks.handed_in import unpack_deck
from pechakucha.decks.kept_notes import with_kept_notes
from pechakucha.decks.library import Imported, Library, library_key
from pechakucha.decks.picture_folder import shown_name
from pechakucha.decks.renderers import LIBREOFFICE, POWERPOINT, Choice, choose_renderers
from pechakucha.decks.worker_messages import Draw
from pechakucha.decks.worker_process import WORKER, Ahead
from pechakucha.show.deck import Deck
from pechakucha.show.pin import Pin
from pechakucha.show.problem import Finding, Severity

LIMIT_S = 60.0
_DRAWN_AT_ONCE = max(2, min(4, os.cpu_count() or 2))
_THREADS = 16
"""Decks begun at a time; most of these threads wait, for their conversion or their turn to draw."""
_LOOK_EVERY_S = 0.1
_RENDERER_FAULTS = frozenset(
    {"renderer-failed", "pages-mismatch", "import-died", "import-timeout", "import-memory"}
)
"""Errors after which another renderer may do better; any other is the deck's own."""


class Cancelled(Exception):
    """The person does not want this import any more."""


class Wanted(NamedTuple):
    """A deck to import: a file, or a folder of pictures.

    ``renderer`` is ``auto`` (the best there is, the next one where it fails), ``embedded``,
    ``libreoffice`` or ``powerpoint``, and matters for office files only. ``pin`` is the rendering
    that was chosen for it.
    """

    path: Path
    renderer: str = "auto"
    pin: Pin | None = None


@dataclass(frozen=True)
class Listeners:
    """What an import tells while it goes on, from several threads; ``which`` is the deck's place.

    Attributes:
        on_progress: (which, done, total): so many of its slides are drawn.
        on_picture: (which, file): a slide's picture, as soon as it is there; it moves later.
        on_imported: (which, imported): the deck is there.
        cancelled: asked several times a second whether to give up.
    """

    on_progress: Callable[[int, int, int], None] = lambda _which, _done, _total: None
    on_picture: Callable[[int, Path], None] = lambda _which, _file: None
    on_imported: Callable[[int, Imported], None] = lambda _which, _imported: None
    cancelled: Callable[[], bool] = lambda: False


def import_deck(
    path: Path,
    *,
    library: Library,
    renderer: str = "auto",
    on_progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    limit_s: float = LIMIT_S,
    stage: Size = STAGE,
    worker: Sequence[str] = WORKER,
    ahead: Ahead | None = None,
) -> Imported:
    """Import one deck; see ``import_decks``.

    Args:
        path: the file or folder.
        library: where imported decks are kept.
        renderer: see ``Wanted``.
        on_progress: told how many of how many slides are drawn.
        cancelled: asked several times a second whether to give up.
        limit_s, stage, worker, ahead: see ``import_decks``.

    Raises:
        Problem: ``renderer-not-available``.
        Cancelled: ``cancelled`` returned true.
    """
    tell = on_progress or (lambda _done, _total: None)
    listeners = Listeners(
        on_progress=lambda _which, done, total: tell(done, total), cancelled=cancelled or (lambda: False)
    )
    wanted = [Wanted(path, renderer)]
    (imported,) = import_decks(
        wanted, library=library, listeners=listeners, limit_s=limit_s, stage=stage, worker=worker, ahead=ahead
    )
    return imported


def import_decks(
    wanted: Sequence[Wanted],
    *,
    library: Library,
    listeners: Listeners | None = None,
    limit_s: float = LIMIT_S,
    stage: Size = STAGE,
    worker: Sequence[str] = WORKER,
    ahead: Ahead | None = None,
) -> list[Imported]:
    """Import decks, or find them in the library; blocks, and may be called from any thread.

    Whatever is wrong with a deck is a finding on it; a deck with an error among its findings
    is not kept, so that the next call tries again.

    Args:
        wanted: the decks.
        library: where imported decks are kept.
        listeners: who is told what.
        limit_s: seconds for one renderer's attempt at a deck; a second for each slide is added
            as soon as their number is known, but no more than 240.
        stage: the largest size of the pictures in pixels.
        worker: the command that starts a worker.
        ahead: one that is there already.

    Raises:
        Problem: ``renderer-not-available``.
        Cancelled: the listeners said so.
    """
    return _Import(library, stage, worker, listeners or Listeners(), limit_s, ahead).run(wanted)


class _Place(NamedTuple):
    """A wanted deck with its place in the call, its kind and the renderers to try (of a pack none)."""

    which: int
    wanted: Wanted
    kind: str
    choices: tuple[Choice, ...]
    refusal: Finding | None


@dataclass
class _Import:
    """One call of ``import_decks``; each deck has a thread of its own, most of them waiting."""

    library: Library
    stage: Size
    worker: Sequence[str]
    listeners: Listeners
    limit_s: float
    ahead: Ahead | None
    _known_choices: dict[tuple[str, str], tuple[Choice, ...]] = field(default_factory=dict)
    _drawing: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(_DRAWN_AT_ONCE))
    _trouble: list[BaseException] = field(default_factory=list)
    """Why the import ends; the first of them is told."""
    _powerpoint: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(1))

    def run(self, wanted: Sequence[Wanted]) -> list[Imported]:
        places = [self._look(which, each) for which, each in enumerate(wanted)]
        with (
            contextlib.ExitStack() as folders,
            Converter(
                (place.which for place in places if _goes_to_libreoffice(place)),
                lambda: folders.enter_context(self.library.workspace()),
                worker=self.worker,
                limit_s=self.limit_s,
                look=self._stop_if_cancelled,
            ) as converter,
            ThreadPoolExecutor(_THREADS, thread_name_prefix="import") as pool,
        ):
            imports = [pool.submit(self._import_or_end_all, place, converter) for place in places]
            wait(imports)
            if self._trouble:
                raise self._trouble[0]
            return [each.result() for each in imports]

    def _look(self, which: int, wanted: Wanted) -> _Place:
        kind, refusal = kinds.look(wanted.path)
        if kind == kinds.PACK:
            return _Place(which, wanted, kind, (), refusal)
        key = (kind, wanted.renderer)
        if key not in self._known_choices:
            self._known_choices[key] = choose_renderers(kind, wanted.renderer)
        choices = self._known_choices[key]
        if not choices and refusal is None:
            refusal = Finding(code="needs-office", severity=Severity.ERROR, params={"kind": kind})
        if pin := wanted.pin:
            choices = tuple(sorted(choices, key=lambda choice: choice.name != pin.renderer))
        return _Place(which, wanted, kind, choices, refusal)

    def _import_or_end_all(self, place: _Place, converter: Converter) -> Imported:
        """What nobody foresaw ends the whole import at once, so that nobody waits for what won't come."""
        try:
            return self._import(place, converter)
        except BaseException as error:
            self._trouble.append(error)
            converter.abandon()
            raise

    def _import(self, place: _Place, converter: Converter) -> Imported:
        pin = place.wanted.pin
        try:
            self._stop_if_cancelled()
            imported = self._find_or_draw(place, converter)
        finally:
            converter.need_not(place.which)
        if pin and pin.ready and imported.deck.digest not in ("", pin.digest):
            changed = Finding(code="changed-since-ready", severity=Severity.WARNING)
            deck = msgspec.structs.replace(imported.deck, findings=(*imported.deck.findings, changed))
            imported = Imported(deck, imported.folder)
        imported = with_kept_notes(place.wanted.path, imported)
        self.listeners.on_imported(place.which, imported)
        return imported

    def _find_or_draw(self, place: _Place, converter: Converter) -> Imported:
        path, kind = place.wanted.path, place.kind
        if place.refusal:
            return Imported(unread_deck(kind, place.refusal), self.library.folder)
        if kind == kinds.PACK:
            return self._unpack(place)
        try:
            digest = content.digest_of(path, kind)
        except OSError as error:
            unread = failed_deck(kind, "not-readable", name=shown_name(path), reason=_reason(error))
            return Imported(unread, self.library.folder)
        try:
            return self._find(place, digest) or self._copy_and_draw(place, converter)
        except OSError as error:
            failed = failed_deck(kind, "library-not-writable", reason=_reason(error))
            return Imported(failed, self.library.folder)

    def _unpack(self, place: _Place) -> Imported:
        return unpack_deck(
            place.wanted.path,
            self.library,
            worker=self.worker,
            look=self._stop_if_cancelled,
            on_progress=lambda done, total: self.listeners.on_progress(place.which, done, total),
        )

    def _find(self, place: _Place, digest: str) -> Imported | None:
        """The deck in the library: the pinned one, else drawn by the best renderer that managed it."""
        pin = place.wanted.pin
        keys = [pin.key] if pin and pin.digest == digest else []
        keys += [
            library_key(digest, place.choices[:tried], self.stage)
            for tried in range(1, len(place.choices) + 1)
        ]
        return next(filter(None, map(self.library.find, keys)), None)

    def _copy_and_draw(self, place: _Place, converter: Converter) -> Imported:
        """Draw a copy of the deck, with one renderer after the other until one manages it."""
        fallen_back: list[Finding] = []
        choices = place.choices
        with self.library.workspace() as workspace:
            source, digest = content.copy_content(place.wanted.path, place.kind, workspace)
            for tried, choice in enumerate(choices, start=1):
                folder = workspace / choice.name
                drawn = self._attempt(place, choice, source, folder, converter)
                deck = msgspec.structs.replace(drawn, digest=digest, findings=(*drawn.findings, *fallen_back))
                error = deck.error
                if error is None:
                    key = library_key(digest, choices[:tried], self.stage)
                    return self.library.store(key, deck, folder / "pictures")
                if error.code not in _RENDERER_FAULTS or tried == len(choices):
                    break
                fallen_back.append(_fell_back(choice, choices[tried], error))
        return Imported(deck, self.library.folder)

    def _attempt(
        self, place: _Place, choice: Choice, source: Path, folder: Path, converter: Converter
    ) -> Deck:
        """One renderer's attempt, by way of a PDF where it wants one."""
        if choice.name != LIBREOFFICE:
            return self._draw(place, choice, source, folder)
        conversion = converter.convert(place.which, source)
        if conversion.failure is None:
            facts = None if place.kind == kinds.PPTX else converter.convert_to_pptx(source).file
            return self._draw(place, choice, source, folder, converted=conversion.file, facts=facts)
        # A look of ours may know better what is wrong with it.
        deck = self._draw(place, choice, source, folder)
        error = deck.error
        if error and error.code not in _RENDERER_FAULTS:
            return deck
        return msgspec.structs.replace(deck, findings=(conversion.failure,))

    def _draw(
        self,
        place: _Place,
        choice: Choice,
        source: Path,
        folder: Path,
        *,
        converted: Path | None = None,
        facts: Path | None = None,
    ) -> Deck:
        pictures, scratch = folder / "pictures", folder / "scratch"
        pictures.mkdir(parents=True)
        scratch.mkdir()
        task = Draw(
            source=str(source),
            kind=place.kind,
            renderer=choice.name,
            width=self.stage.width,
            height=self.stage.height,
            pictures=str(pictures),
            scratch=str(scratch),
            converted=str(converted) if converted else None,
            facts=str(facts) if facts else None,
        )
        with self._turn_to_draw(choice):
            return draw_in_worker(
                task,
                worker=self.worker,
                ahead=self.ahead,
                limit_s=self.limit_s,
                look=self._stop_if_cancelled,
                on_progress=lambda done, total: self.listeners.on_progress(place.which, done, total),
                on_picture=lambda file: self.listeners.on_picture(place.which, file),
            )

    @contextlib.contextmanager
    def _turn_to_draw(self, choice: Choice) -> Iterator[None]:
        # There is one PowerPoint on a machine, whoever asks for it.
        turn = self._powerpoint if choice.name == POWERPOINT else self._drawing
        while not turn.acquire(timeout=_LOOK_EVERY_S):
            self._stop_if_cancelled()
        try:
            yield
        finally:
            turn.release()

    def _stop_if_cancelled(self) -> None:
        if self._trouble:
            raise Abandoned
        if self.listeners.cancelled():
            raise Cancelled


def _goes_to_libreoffice(place: _Place) -> bool:
    return bool(place.choices) and not place.refusal and place.choices[0].name == LIBREOFFICE


def _fell_back(failed: Choice, instead: Choice, error: Finding) -> Finding:
    return Finding(
        code="renderer-fell-back",
        severity=Severity.WARNING,
        params={"failed": failed.name, "instead": instead.name, "reason": error.code},
    )


def _reason(error: OSError) -> str:
    return os.strerror(error.errno or 0)
