# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening a pack, seen from the program's side: a worker looks into it, we keep what it took out.

The library keeps a note of each pack that was found good, by the hash of its file, so that the next
time neither a worker nor any decoding is needed.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from pechakucha import __version__
from pechakucha.decks.library import Imported, Library
from pechakucha.decks.worker_messages import OpenPack, PackOpened, PackRefused, Progress
from pechakucha.decks.worker_process import WORKER, Died, TimedOut, TooMuchMemory, WorkerProcess
from pechakucha.files.atomic import write_atomic
from pechakucha.files.pack import Pack
from pechakucha.show.plan import Show
from pechakucha.show.problem import Problem

_log = logging.getLogger(__name__)

LOOK_LIMIT_S = 20.0
LIMIT_S = 60.0
"""For the pictures; a second for each is added, but no more than 240."""
_PICTURE_LIMIT_S = 10.0
"""For each of them: the stage, which decodes it again, has 20 s."""

Tell = Callable[[str, int, int], None]


class PackedShow(NamedTuple):
    """What is in a pack, and the hash of its file."""

    digest: str
    show: Show
    record: Pack


def look_into_pack(path: Path, library: Library, *, worker: Sequence[str] = WORKER) -> PackedShow:
    """See what is in a pack, its pictures not decoded yet; blocks, mostly for a fraction of a second.

    Args:
        path: the pack.
        library: knows the packs that were opened before.
        worker: the command that starts a worker.

    Raises:
        Problem: ``show-not-found``, ``show-unreadable``, ``pack-damaged``, ``pack-newer``,
            ``pack-not-opened`` or ``pack-not-stored``.
    """
    digest = _digest(path)
    opened = _noted(library, digest)
    if opened is None:
        with _workspace(library, path) as folder:
            opened = _ask(path, folder, worker=worker, limit_s=LOOK_LIMIT_S)
    return PackedShow(digest, opened.show, opened.record)


def unpack_decks(
    path: Path,
    packed: PackedShow,
    library: Library,
    *,
    on_progress: Tell = lambda _talk, _done, _total: None,
    look: Callable[[], None] = lambda: None,
    worker: Sequence[str] = WORKER,
    limit_s: float = LIMIT_S,
) -> dict[str, Imported]:
    """The deck of each talk as it is in the pack, by the talk's id; all of them or none.

    Args:
        path: the pack.
        packed: what was found in it.
        library: where its decks are kept.
        on_progress: told a talk's id and how many of how many of its pictures are there.
        look: called several times a second; may raise to give up.
        worker: the command that starts a worker.
        limit_s: seconds that the worker may take, see ``LIMIT_S``.

    Raises:
        Problem: see ``look_into_pack``.
    """
    imports = _found(packed.record, library)
    if imports is None:
        with _workspace(library, path) as folder:
            told = _progress_by_talk(packed.record, on_progress)
            opened = _ask(path, folder, worker=worker, limit_s=limit_s, look=look, on_progress=told)
            same = opened == PackOpened(packed.show, packed.record)
            if not same or not _is_complete(packed.record, folder):
                raise _problem(path, PackRefused("archive"))  # changed in between, or a worker that lies
            imports = _store(path, packed.record, folder, library)
    _note(library, packed)
    for talk in packed.record.talks:
        on_progress(talk.id, len(talk.pictures), len(talk.pictures))
    return imports


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise Problem("show-not-found", path=str(path)) from error
    except OSError as error:
        raise Problem("show-unreadable", path=str(path), reason=error.strerror or "") from error


def _ask(
    path: Path,
    folder: Path,
    *,
    worker: Sequence[str],
    limit_s: float,
    look: Callable[[], None] = lambda: None,
    on_progress: Callable[[int], None] | None = None,
) -> PackOpened:
    """Let a worker open it; the pictures are taken out into ``folder`` if their progress is wanted."""
    task = OpenPack(pack=os.fsencode(path), target=str(folder), pictures=on_progress is not None)
    log = folder / "worker.log"
    try:
        with WorkerProcess(worker, task, log, limit_s, slide_limit_s=_PICTURE_LIMIT_S) as process:
            answer = _last_answer(process, look, on_progress or (lambda _done: None))
    except Died:
        reason = "import-died"
    except TimedOut:
        reason = "import-timeout"
    except TooMuchMemory:
        reason = "import-memory"
    else:
        if isinstance(answer, PackOpened):
            return answer
        raise _problem(path, answer)
    _log.warning("%s: %s: %s", path, reason, log.read_text("utf-8", "replace")[-4000:])
    raise Problem("pack-not-opened", path=str(path), reason=reason)


def _last_answer(
    process: WorkerProcess, look: Callable[[], None], on_progress: Callable[[int], None]
) -> PackOpened | PackRefused:
    for answer in process.answers(look):
        match answer:
            case PackOpened() | PackRefused():
                return answer
            case Progress(done=done):
                on_progress(done)
            case _:
                break
    raise Died


def _problem(path: Path, refused: PackRefused) -> Problem:
    match refused.why:
        case "newer":
            return Problem("pack-newer", path=str(path))
        case "disk":
            return Problem("pack-not-stored", path=str(path), reason=refused.about)
        case _:
            return Problem("pack-damaged", case=refused.why, path=str(path), name=refused.about)


def _is_complete(record: Pack, folder: Path) -> bool:
    """Whether what the worker says it wrote is there."""
    return all(
        Library.is_complete(talk.deck, folder / talk.folder)
        and all((folder / talk.folder / each.name).stat().st_size == each.size for each in talk.pictures)
        for talk in record.talks
    )


def _progress_by_talk(record: Pack, tell: Tell) -> Callable[[int], None]:
    """Turns the number of pictures done into the progress of the talk that the latest belongs to."""
    places = [
        (talk.id, done, len(talk.pictures))
        for talk in record.talks
        for done in range(1, len(talk.pictures) + 1)
    ]

    def told(done: int) -> None:
        if 0 < done <= len(places):
            tell(*places[done - 1])

    return told


def _found(record: Pack, library: Library) -> dict[str, Imported] | None:
    """The decks in the library, None where one is missing."""
    found = {talk.id: library.find(talk.key) for talk in record.talks}
    there = {talk: imported for talk, imported in found.items() if imported is not None}
    return there if len(there) == len(found) else None


def _store(path: Path, record: Pack, folder: Path, library: Library) -> dict[str, Imported]:
    try:
        return {talk.id: library.store(talk.key, talk.deck, folder / talk.folder) for talk in record.talks}
    except OSError as error:
        raise _not_stored(path, error) from error


@contextlib.contextmanager
def _workspace(library: Library, path: Path) -> Iterator[Path]:
    with contextlib.ExitStack() as stack:
        try:
            folder = stack.enter_context(library.workspace())
        except OSError as error:
            raise _not_stored(path, error) from error
        yield folder


def _not_stored(path: Path, error: OSError) -> Problem:
    return Problem("pack-not-stored", path=str(path), reason=os.strerror(error.errno or 0))


def _note_of(library: Library, digest: str) -> Path:
    """Where the note of a pack is; another version of the program looks for itself."""
    name = hashlib.sha256(f"{__version__} {digest}".encode()).hexdigest()[:40]
    return library.folder / f"pack-{name}.json"


def _noted(library: Library, digest: str) -> PackOpened | None:
    try:
        return msgspec.json.decode(_note_of(library, digest).read_bytes(), type=PackOpened)
    except (OSError, msgspec.MsgspecError):
        return None


def _note(library: Library, packed: PackedShow) -> None:
    note = _note_of(library, packed.digest)
    if note.exists():
        return
    try:
        write_atomic(note, msgspec.json.encode(PackOpened(packed.show, packed.record)))
    except OSError as error:
        _log.warning("%s: %s", note, error)
