# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ctrl-C while decks are imported: their workers are ended first, which a plain exception would wait for."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Callable, Iterator

from pechakucha.decks.importing import Cancelled


@contextlib.contextmanager
def interruptible() -> Iterator[Callable[[], bool]]:
    """Yields what tells whether Ctrl-C was pressed; a second one is as hard as ever.

    Raises:
        KeyboardInterrupt: it was, and what went on has given up or come to its end.
    """
    asked = threading.Event()
    before = signal.getsignal(signal.SIGINT)

    def ask(*_: object) -> None:
        signal.signal(signal.SIGINT, before)
        asked.set()

    signal.signal(signal.SIGINT, ask)
    try:
        yield asked.is_set
    except Cancelled as cancelled:
        raise KeyboardInterrupt from cancelled
    finally:
        signal.signal(signal.SIGINT, before)
    if asked.is_set():
        raise KeyboardInterrupt
