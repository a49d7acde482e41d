# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which boot of the machine this is. The system clock of another one means nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QSysInfo

from pechakucha.live.clock import Clock, SystemClock
from pechakucha.show.taking_up import Machine


def boot_identity(platform: str = sys.platform, windows_counter: Callable[[], int] | None = None) -> str:
    """A text that differs from boot to boot, "" where the system tells none.

    Qt knows it on Linux and macOS. Windows counts its boots in the registry (``BootId`` of the
    prefetcher), which Qt does not read.
    """
    if platform != "win32":
        return QSysInfo.bootUniqueId().toStdString()
    try:
        return str((windows_counter or _windows_boot_counter)())
    except OSError:
        return ""


def this_machine(clock: Clock | None = None) -> Machine:
    """This machine as it is now, by its own clocks or a test's."""
    clock = clock or SystemClock()
    return Machine(boot_identity(), clock.now_ns(), clock.wall_ns())


def _windows_boot_counter() -> int:
    if sys.platform != "win32":
        raise OSError("no registry")
    import winreg  # noqa: PLC0415  # exists on Windows only

    key = r"SYSTEM\CurrentControlSet\Control\Session Manager\Memory Management\PrefetchParameters"
    with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as parameters:
        return int(winreg.QueryValueEx(parameters, "BootId")[0])
