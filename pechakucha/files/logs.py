# SPDX-License-Identifier: AGPL-3.0-or-later
"""The log, written by a thread of its own: a disk that hangs must not hang who logs."""

from __future__ import annotations

import atexit
import logging
import logging.handlers
import queue
import time
from pathlib import Path

_SIZE, _KEPT = 1_000_000, 3
_LAST_WAIT_S = 0.5


def start_log(path: Path) -> None:
    """Send all log records of this process to ``path``; a program without a log is better than none."""
    logging.raiseExceptions = False  # no traceback of logging itself on a person's terminal
    logging.getLogger("wakepy").setLevel(logging.WARNING)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = logging.handlers.RotatingFileHandler(
            path, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        return
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    records: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    logging.handlers.QueueListener(records, file).start()
    logging.basicConfig(level=logging.INFO, handlers=[logging.handlers.QueueHandler(records)])
    atexit.register(_let_it_finish, records)


def _let_it_finish(records: queue.SimpleQueue[logging.LogRecord]) -> None:
    end = time.monotonic() + _LAST_WAIT_S
    while not records.empty() and time.monotonic() < end:
        time.sleep(0.01)
