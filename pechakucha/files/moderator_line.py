# SPDX-License-Identifier: AGPL-3.0-or-later
"""The moderator's line, kept in the run's folder so that it outlives the console."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

import msgspec

from pechakucha.files.atomic import write_atomic
from pechakucha.show.moderator_line import Line

_NAME = "moderator-line.json"

_log = logging.getLogger(__name__)


def read_line(run: Path) -> Line | None:
    """What was said last, None where nothing was or it can't be read."""
    try:
        return msgspec.json.decode((run / _NAME).read_bytes(), type=Line)
    except FileNotFoundError:
        return None
    except (OSError, msgspec.MsgspecError) as error:
        _log.warning("%s: %s", run / _NAME, error)
        return None


def keep_line(run: Path, line: Line) -> None:
    """Keep it; where that is impossible it is said all the same."""
    try:
        write_atomic(run / _NAME, msgspec.json.encode(line))
    except OSError as error:
        _log.warning("%s: %s", run / _NAME, error)


class KeptLine:
    """Keeps what was said last, in a thread: whoever says it must not wait for a disk that hangs."""

    def __init__(self, run: Path) -> None:
        """``run`` is the run's folder."""
        self._run = run
        self._lock = threading.Lock()
        self._next: Line | None = None
        self._is_writing = False

    def keep(self, line: Line) -> None:
        """Keep it as soon as the disk takes it, unless something else is said before."""
        with self._lock:
            self._next = line
            if self._is_writing:
                return
            self._is_writing = True
        threading.Thread(target=self._write, name="line", daemon=True).start()

    def _write(self) -> None:
        while True:
            with self._lock:
                line, self._next = self._next, None
                if line is None:
                    self._is_writing = False
                    return
            keep_line(self._run, line)
