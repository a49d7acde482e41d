# SPDX-License-Identifier: AGPL-3.0-or-later
"""A worker process seen from outside: its answers, its limits, its end."""

from __future__ import annotations

import contextlib
import math
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

import msgspec
import psutil

from pechakucha.decks.worker_messages import Answer, Converted, Foreign, Looking, Progress, Released, Task

WORKER = (sys.executable, "-P", "-m", "pechakucha.decks.worker")
LOADED = "loaded"
"""Tells a worker to load everything before it reads its task."""

_SECONDS_A_SLIDE = 1.0
_MOST_EXTRA_SECONDS = 240.0
_MOST_RESIDENT = 3 << 30
_LONGEST_ANSWER = 16 << 20
_MOST_WAITING_ANSWERS = 100
_LOOK_EVERY_S = 0.05
_COUNT_EVERY_S = 0.5
_ANSWER: msgspec.json.Decoder[Answer] = msgspec.json.Decoder(Answer)
_PACKAGE_PARENT = Path(__file__).resolve().parents[2]
_WINDOWS_FLAGS: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)


class Died(Exception):
    """The worker ended without its last answer."""


class TimedOut(Exception):
    """The worker took longer than its limit."""


class SlideTimedOut(TimedOut):
    """A single slide took longer than its limit."""


class TooMuchMemory(Exception):
    """The worker and its children took more memory than their limit."""


class Ahead:
    """A worker started before it is needed, with everything loaded, for the first deck of an import.

    Loading takes longer than drawing a slide. ``close`` ends it where nobody took it.
    """

    def __init__(self, command: Sequence[str] = (*WORKER, LOADED)) -> None:
        self._lock = threading.Lock()
        self._waiting: subprocess.Popen[bytes] | None = _start(command, subprocess.DEVNULL)

    def take(self) -> subprocess.Popen[bytes] | None:
        """The worker, the first time; None where it has gone."""
        with self._lock:
            taken, self._waiting = self._waiting, None
        return taken if taken is not None and taken.poll() is None else None

    def close(self) -> None:
        """End it."""
        if (left := self.take()) is not None:
            left.kill()
            left.communicate()


class WorkerProcess:
    """Starts a worker on entering, and leaves nothing of it running on leaving.

    ``limit_s`` is its time in seconds for a deck; it grows by a second a slide (240 at most) as
    soon as the worker has said how many slides there are, and begins anew with each deck that is
    converted. ``slide_limit_s`` is its time for a single slide, where there is one. ``log`` gets
    what it complains of, unless it was started ``ahead``.
    """

    def __init__(
        self,
        command: Sequence[str],
        task: Task,
        log: Path,
        limit_s: float,
        *,
        slide_limit_s: float = math.inf,
        ahead: Ahead | None = None,
    ) -> None:
        self._slide_limit_s = slide_limit_s
        self._ahead = ahead
        self.limit_s = limit_s
        self._command = command
        self._task = task
        self._log = log
        self._lines: queue.Queue[bytes] = queue.Queue(_MOST_WAITING_ANSWERS)
        self._family: set[psutil.Process] = set()
        self._counted_at = 0.0

    def __enter__(self) -> Self:
        with self._log.open("wb") as log:
            taken = self._ahead.take() if self._ahead else None
            self._process = taken or _start(self._command, log)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        # A worker that is dead already shows itself by having no answers. Its stdin stays open:
        # its end tells the worker that we are gone.
        with contextlib.suppress(OSError):
            self._process.stdin.write(msgspec.json.encode(self._task) + b"\n")
            self._process.stdin.flush()
        threading.Thread(target=self._read, args=(self._process.stdout,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._kill_all()
        self._process.wait()
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        # Lets the reading thread end, which may be waiting for room.
        with contextlib.suppress(queue.Empty):
            while self._lines.get(timeout=1):
                pass

    def answers(self, look: Callable[[], None]) -> Iterator[Answer]:
        """Its answers as they come; ends by an exception only, so stop at the last answer.

        Args:
            look: called several times a second; may raise to stop.

        Raises:
            Died: it ended, or answered something that is no answer.
            TimedOut: its time is over, or that of a slide (``SlideTimedOut``).
            TooMuchMemory: it took too much memory.
        """
        started = time.monotonic()
        slide_started = math.inf
        extra = 0.0
        while True:
            look()
            left = started + self.limit_s + extra - time.monotonic()
            if left <= 0:
                self.limit_s += extra
                raise TimedOut
            if time.monotonic() - slide_started > self._slide_limit_s:
                raise SlideTimedOut
            self._count_memory()
            with contextlib.suppress(queue.Empty):
                answer = _decoded(self._lines.get(timeout=min(left, _LOOK_EVERY_S)))
                match answer:
                    case Progress(total=total):
                        slide_started = time.monotonic()
                        extra = min(total * _SECONDS_A_SLIDE, _MOST_EXTRA_SECONDS)
                    case Converted() | Looking():
                        started = time.monotonic()
                    case Foreign(process=process):
                        self._add_foreign(process)
                    case Released(process=process):
                        self._family = {each for each in self._family if each.pid != process}
                yield answer

    def _read(self, answers: BinaryIO) -> None:
        with answers, contextlib.suppress(OSError, ValueError):
            while (line := answers.readline(_LONGEST_ANSWER)).endswith(b"\n"):
                self._lines.put(line)
        self._lines.put(b"")

    def _count_memory(self) -> None:
        """Add up worker and children, remembered: those of a dead process cannot be found any more."""
        if time.monotonic() - self._counted_at < _COUNT_EVERY_S:
            return
        self._counted_at = time.monotonic()
        self._find_family()
        resident = 0
        for process in self._family:
            with contextlib.suppress(psutil.Error):
                resident += process.memory_info().rss
        if resident > _MOST_RESIDENT:
            raise TooMuchMemory

    def _add_foreign(self, process: int) -> None:
        with contextlib.suppress(psutil.Error):
            self._family.add(psutil.Process(process))

    def _find_family(self) -> None:
        with contextlib.suppress(psutil.Error):
            self._family.update(psutil.Process(self._process.pid).children(recursive=True))
            self._family.add(psutil.Process(self._process.pid))

    def _kill_all(self) -> None:
        self._find_family()
        if sys.platform != "win32":
            # The group is still there when the worker is gone and something it started is not.
            with contextlib.suppress(OSError):
                os.killpg(self._process.pid, signal.SIGKILL)
        for process in self._family:
            with contextlib.suppress(psutil.Error):
                process.kill()


def _start(command: Sequence[str], log: BinaryIO | int) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        env=_environment(),
        start_new_session=True,
        creationflags=_WINDOWS_FLAGS,
    )


def _decoded(line: bytes) -> Answer:
    try:
        return _ANSWER.decode(line)
    except (ValueError, RecursionError) as error:
        raise Died from error


def _environment() -> dict[str, str]:
    """Ours, with the place of this very package, wherever the program was started."""
    paths = [str(_PACKAGE_PARENT), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
