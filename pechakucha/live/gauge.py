# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading something of the machine again and again, in a thread of its own: it may hang."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from pechakucha.live.clock import Clock
from pechakucha.show.snapshot import NS

Reading = TypeVar("Reading")

_log = logging.getLogger(__name__)


class Gauge(Generic[Reading]):
    """Holds the last reading. Whoever looks at it never waits, whatever has become of what is read."""

    def __init__(self, read: Callable[[], Reading], every_s: float, clock: Clock, name: str) -> None:
        """
        Args:
            read: asks the system; what it raises is logged, and nothing is known then.
            every_s: real seconds between one reading and the next.
            clock: the machine's.
            name: the thread's.
        """
        self.latest: Reading | None = None
        """None before the first reading, and where one failed."""
        self._read, self._every_s, self._clock = read, every_s, clock
        self._asked_ns: int | None = None
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._go_on, name=name, daemon=True)

    def start(self) -> None:
        """Begin reading."""
        self._thread.start()

    def silent_s(self) -> float:
        """For how many seconds a reading has been waited for, 0 where none is."""
        asked_ns = self._asked_ns  # the thread may take it away meanwhile
        return 0.0 if asked_ns is None else (self._clock.now_ns() - asked_ns) / NS

    def close(self) -> None:
        """Read no more. What hangs is left alone: it ends with the process."""
        self._over.set()

    def _go_on(self) -> None:
        failed = False
        while not self._over.is_set():
            self._asked_ns = self._clock.now_ns()
            try:
                self.latest, failed = self._read(), False
            except Exception:
                # The systems' libraries fail in ways of their own, and nobody may be worse off for that.
                self.latest = None
                if not failed:
                    _log.warning("%s can't be read", self._thread.name, exc_info=True)
                failed = True
            self._asked_ns = None
            self._over.wait(self._every_s)
