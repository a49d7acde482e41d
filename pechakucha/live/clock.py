# SPDX-License-Identifier: AGPL-3.0-or-later
"""The clock that every process of a run reads.

It goes on while the machine sleeps, never jumps, resolves well below a millisecond and is the same
in every process. Python has no single function for that:

- Linux: ``CLOCK_BOOTTIME`` (``CLOCK_MONOTONIC`` stops during suspend; clock_gettime(2)).
- macOS: ``CLOCK_MONOTONIC`` by ``clock_gettime`` goes on during sleep (clock_gettime(3));
  ``time.monotonic`` is ``mach_absolute_time``, which does not.
- Windows: ``QueryPerformanceCounter`` goes on during sleep; ``time.monotonic`` has steps of 15.6 ms
  before Python 3.13.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Protocol


class Clock(Protocol):
    """What tells the time of a run."""

    def now_ns(self) -> int:
        """The system clock: nanoseconds since some moment of this boot."""
        ...

    def wall_ns(self) -> int:
        """The wall clock: nanoseconds since the Unix epoch. It may jump."""
        ...


class SystemClock:
    """This machine's clocks."""

    def __init__(self, platform: str = sys.platform) -> None:
        self._read = system_clock(platform)

    def now_ns(self) -> int:
        """Nanoseconds of the system clock."""
        return self._read()

    def wall_ns(self) -> int:
        """Nanoseconds since the Unix epoch."""
        return time.time_ns()


def system_clock(platform: str) -> Callable[[], int]:
    """The function that reads the system clock of ``platform`` (a ``sys.platform``)."""
    if platform == "win32":
        return time.perf_counter_ns
    clock_id: int = time.CLOCK_MONOTONIC if platform == "darwin" else time.CLOCK_BOOTTIME
    return lambda: time.clock_gettime_ns(clock_id)
