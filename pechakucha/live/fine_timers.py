# SPDX-License-Identifier: AGPL-3.0-or-later
"""Timers of a millisecond on Windows, also while the window is covered.

Qt's precise timers are multimedia timers (``timeSetEvent``), whose resolution is the process's. Windows 11
ignores what a process asked for (``timeBeginPeriod``) while its windows are covered or minimised, unless
the process opts out of that. Written from Microsoft's documentation of SetProcessInformation
(processthreadsapi.h; its example "always honor Timer Resolution Requests"), PROCESS_POWER_THROTTLING_STATE
and timeBeginPeriod (timeapi.h), never run on Windows:

- ``ControlMask`` names what the process decides itself, a 0 in ``StateMask`` that it is not throttled.
- IGNORE_TIMER_RESOLUTION is known from Windows 11 on; an older Windows refuses a mask with it and
  needs none, so each bit is asked for in a call of its own.
"""

from __future__ import annotations

import ctypes
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol

_PROCESS_POWER_THROTTLING = 4
"""``ProcessPowerThrottling`` of PROCESS_INFORMATION_CLASS (processthreadsapi.h)."""

_VERSION = 1
EXECUTION_SPEED, IGNORE_TIMER_RESOLUTION = 0x1, 0x4
PERIOD_MS = 1

_TIMERR_NOERROR = 0

_log = logging.getLogger(__name__)


class ThrottlingState(ctypes.Structure):
    """PROCESS_POWER_THROTTLING_STATE: three ULONGs, which have 32 bits."""

    _fields_ = (
        ("version", ctypes.c_uint32),
        ("control_mask", ctypes.c_uint32),
        ("state_mask", ctypes.c_uint32),
    )


class Windows(Protocol):
    """The three calls."""

    def set_throttling(self, state: ThrottlingState) -> bool:
        """SetProcessInformation of this process; whether it was accepted."""
        ...

    def begin_period(self, ms: int) -> int:
        """timeBeginPeriod; 0 where it was accepted."""
        ...

    def end_period(self, ms: int) -> int:
        """timeEndPeriod."""
        ...


@contextmanager
def fine_timers(platform: str, windows: Callable[[], Windows] | None = None) -> Iterator[None]:
    """Between entering and leaving timers are fine, on Windows; elsewhere they are anyway.

    Never fails; what can't be had is logged.

    Args:
        platform: a ``sys.platform``.
        windows: gives the system's calls; handed in by tests.
    """
    if platform != "win32":
        yield
        return
    try:
        system = (windows or _Kernel)()
        for bit in (EXECUTION_SPEED, IGNORE_TIMER_RESOLUTION):
            if not system.set_throttling(ThrottlingState(_VERSION, bit, 0)):
                _log.info("power throttling %#x can't be turned off: an older Windows knows none", bit)
        fine = system.begin_period(PERIOD_MS) == _TIMERR_NOERROR
    except (OSError, AttributeError):
        _log.warning("slides may change some milliseconds late", exc_info=True)
        yield
        return
    try:
        yield
    finally:
        if fine:
            system.end_period(PERIOD_MS)


class _Kernel:
    """The system's own calls."""

    _kernel: Any
    _multimedia: Any

    def __init__(self) -> None:
        if sys.platform != "win32":
            raise OSError("no Windows")
        self._kernel, self._multimedia = ctypes.WinDLL("kernel32"), ctypes.WinDLL("winmm")
        self._kernel.GetCurrentProcess.restype = ctypes.c_void_p
        arguments = [ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_uint32]
        self._kernel.SetProcessInformation.argtypes = arguments

    def set_throttling(self, state: ThrottlingState) -> bool:
        process = self._kernel.GetCurrentProcess()
        size = ctypes.sizeof(state)
        return bool(
            self._kernel.SetProcessInformation(process, _PROCESS_POWER_THROTTLING, ctypes.byref(state), size)
        )

    def begin_period(self, ms: int) -> int:
        return int(self._multimedia.timeBeginPeriod(ms))

    def end_period(self, ms: int) -> int:
        return int(self._multimedia.timeEndPeriod(ms))
