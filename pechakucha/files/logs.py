# SPDX-License-Identifier: AGPL-3.0-or-later
"""The log, written by a thread of its own: a disk that hangs must not hang who logs."""

from __future__ import annotations

import atexit
import logging
import logging.handlers
import queue
import threading
from collections.abc import Callable
from pathlib import Path

LOG = "pechakucha.log"
"""The program's log, in the user's log folder."""

STAGE_LOG = "stage.log"
"""A stage's log, in its run's folder."""

_SIZE, _KEPT = 1_000_000, 3
_LAST_WAIT_S = 0.5


def start_log(path: Path) -> Callable[[], None]:
    """Send all log records of this process to ``path``; a program without a log is better than none.

    Returns what waits until everything is written, but not for long; at exit it is called anyway.
    """
    logging.raiseExceptions = False  # no traceback of logging itself on a person's terminal
    logging.getLogger("wakepy").setLevel(logging.WARNING)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = logging.handlers.RotatingFileHandler(
            path, maxBytes=_SIZE, backupCount=_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        return lambda: None
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    records: queue.SimpleQueue[logging.LogRecord] = queue.SimpleQueue()
    listener = logging.handlers.QueueListener(records, file)
    listener.start()
    logging.basicConfig(level=logging.INFO, handlers=[logging.handlers.QueueHandler(records)])

    over = threading.Event()

    def stop_when_over() -> None:
        over.wait()
        listener.stop()  # waits for the disk

    # Started now, since no thread can be started at exit.
    stopping = threading.Thread(target=stop_when_over, name="log-end", daemon=True)
    stopping.start()

    def finish() -> None:
        over.set()
        stopping.join(timeout=_LAST_WAIT_S)

    atexit.register(finish)
    return finish
