# SPDX-License-Identifier: AGPL-3.0-or-later
"""Office files turned into PDFs by LibreOffice, many in one call, seen from the program's side."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from pechakucha.decks.renderers import LIBREOFFICE
from pechakucha.decks.worker_messages import Convert, Converted, Crashed, Done, Looking
from pechakucha.decks.worker_process import Died, TimedOut, TooMuchMemory, WorkerProcess
from pechakucha.show.problem import Finding, Parameter, Severity

_log = logging.getLogger(__name__)


_CALLS_AT_ONCE = 2
"""Measured: two calls for nine decks take two thirds of the time of one; more only take memory."""
_MOST_IN_A_CALL = 8


class Abandoned(Exception):
    """The import ends because of something else."""


class Conversion(NamedTuple):
    """A source's PDF (or PPTX), or why there is none."""

    source: Path
    file: Path | None
    failure: Finding | None = None


class Converter:
    """Gathers the decks that are to be converted, so that a few calls do for all of them.

    Args:
        expected: the decks that may ask, under any name; each asks, or is said not to need it.
        new_folder: makes a temporary folder that stays until the end of the import.
        worker: the command that starts a worker.
        limit_s: seconds for one deck.
        look: called several times a second; may raise to stop.
    """

    def __init__(
        self,
        expected: Iterable[int],
        new_folder: Callable[[], Path],
        *,
        worker: Sequence[str],
        limit_s: float,
        look: Callable[[], None],
    ) -> None:
        self._expected = set(expected)
        self._new_folder, self._worker, self._limit_s, self._look = new_folder, worker, limit_s, look
        self._enough = min(_MOST_IN_A_CALL, max(1, -(-len(self._expected) // _CALLS_AT_ONCE)))
        self._waiting: list[tuple[Path, Future[Conversion]]] = []
        self._abandoned = False
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(_CALLS_AT_ONCE, thread_name_prefix="convert")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.shutdown()

    def convert(self, which: int, source: Path) -> Conversion:
        """The PDF of a deck; blocks until it is there. File names of sources must differ.

        Raises:
            Abandoned: ``abandon`` was called.
            BaseException: what ``look`` or ``new_folder`` raised.
        """
        result = Future[Conversion]()
        with self._lock:
            if self._abandoned:
                raise Abandoned
            self._waiting.append((source, result))
            self._expected.discard(which)
            self._begin_if_enough()
        return result.result()

    def need_not(self, which: int) -> None:
        """This deck asks for nothing more, whether it has asked or not."""
        with self._lock:
            self._expected.discard(which)
            self._begin_if_enough()

    def abandon(self) -> None:
        """Nobody will have use for more: whoever waits hears of it at once."""
        with self._lock:
            self._abandoned = True
            for _, result in self._waiting:
                result.set_exception(Abandoned())
            self._waiting = []

    def convert_to_pptx(self, source: Path) -> Conversion:
        """The deck in the format that notes can be read from; blocks.

        Raises:
            BaseException: what ``look`` or ``new_folder`` raised.
        """
        return self._pool.submit(lambda: next(self._call([source], "pptx"))).result()

    def _begin_if_enough(self) -> None:
        if self._waiting and (not self._expected or len(self._waiting) >= self._enough):
            batch, self._waiting = self._waiting, []
            self._pool.submit(self._run, batch)

    def _run(self, batch: Sequence[tuple[Path, Future[Conversion]]]) -> None:
        results = dict(batch)
        try:
            for conversion in self._call(list(results), "pdf"):
                results.pop(conversion.source).set_result(conversion)
        except BaseException as error:  # whoever waits has to hear of it
            for result in results.values():
                result.set_exception(error)

    def _call(self, sources: Sequence[Path], format: str) -> Iterator[Conversion]:
        return convert(
            sources,
            self._new_folder(),
            worker=self._worker,
            limit_s=self._limit_s,
            look=self._look,
            format=format,
        )


def convert(
    sources: Sequence[Path],
    folder: Path,
    *,
    worker: Sequence[str],
    limit_s: float,
    look: Callable[[], None],
    format: str = "pdf",
) -> Iterator[Conversion]:
    """Convert ``sources``, each answered for as soon as it is done.

    LibreOffice works in their order. Where a call ends too early, the first source that was not
    answered for either stopped it or could not be loaded: it fails, and the rest gets a call anew.

    Args:
        sources: office files of different names.
        folder: for the results and everything temporary; must exist.
        worker, limit_s, look: see ``Converter``.
        format: ``pdf`` or ``pptx``.
    """
    waiting = list(sources)
    attempt = 0
    while waiting:
        attempt += 1
        scratch = folder / f"attempt-{attempt}"
        scratch.mkdir()
        log = scratch / "worker.log"
        task = Convert(
            sources=tuple(map(str, waiting)), target=str(folder), scratch=str(scratch), format=format
        )
        process = WorkerProcess(worker, task, log, limit_s)
        failure = _failed("import-died", renderer=LIBREOFFICE)
        looked_at: list[Path | None] = []
        try:
            for source, reason in _answers(process, tuple(waiting), look, looked_at):
                waiting.remove(source)
                file = folder / f"{source.stem}.{format}"
                if reason or not file.is_file():
                    failed = _failed("renderer-failed", renderer=LIBREOFFICE, reason=reason)
                    yield Conversion(source, None, failed)
                else:
                    yield Conversion(source, file)
        except Died:
            pass
        except TimedOut:
            failure = _failed("import-timeout", renderer=LIBREOFFICE, seconds=round(process.limit_s))
        except TooMuchMemory:
            failure = _failed("import-memory", renderer=LIBREOFFICE)
        if waiting:
            # A look of ours comes before LibreOffice's, and stops at the one that it is at.
            stopped = looked_at[-1] if looked_at and looked_at[-1] in waiting else waiting[0]
            waiting.remove(stopped)
            _log.warning("%s: %s", failure, log.read_text("utf-8", "replace")[-4000:])
            yield Conversion(stopped, None, failure)


def _answers(
    process: WorkerProcess,
    asked: Sequence[Path],
    look: Callable[[], None],
    looked_at: list[Path | None],
) -> Iterator[tuple[Path, str]]:
    """Each source that was answered for, with why it failed; ends where the worker says so.

    ``looked_at`` gets what the worker looks at itself, and None when it is through.
    """
    left = set(asked)
    with process:
        for answer in process.answers(look):
            match answer:
                case Converted(index=index, reason=reason) if (
                    0 <= index < len(asked) and asked[index] in left
                ):
                    left.discard(asked[index])
                    yield asked[index], reason
                case Looking(index=None):
                    looked_at.append(None)
                case Looking(index=index) if index is not None and 0 <= index < len(asked):
                    looked_at.append(asked[index])
                case Crashed() | Done():
                    return
                case _:
                    raise Died


def _failed(code: str, **params: Parameter) -> Finding:
    return Finding(code=code, severity=Severity.ERROR, params={**params})
