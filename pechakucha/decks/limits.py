# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an import worker may use: memory, priority and, where the system allows it, no network.

One function a system. The limit in seconds is not here: the parent keeps it, because it has to
kill the worker's children as well.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
from collections.abc import Iterator

from pechakucha.decks.windows_job import WindowsJob

if sys.platform != "win32":
    import resource

WORKER_BYTES = 3 << 29
"""1.5 GiB: three times what the largest deck measured took."""
CONVERTER_BYTES = 4 << 30
"""LibreOffice maps much more than it uses; a start takes 0.5 GiB."""
NICENESS = 10
_jobs: list[WindowsJob] = []
"""This process's own, on Windows; it lives as long as the process."""
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000


def set_own_limits() -> None:
    """Limit this process and what it starts; must run before any thread is started."""
    if sys.platform == "win32":
        _set_limits_on_windows()
        return
    _limit_memory(WORKER_BYTES)
    os.nice(NICENESS)
    if sys.platform == "linux":
        leave_network_on_linux()


@contextlib.contextmanager
def limits_of_converter() -> Iterator[None]:
    """What is started in here gets the converter's memory limit instead of this process's own.

    On Windows the limit is the job's, so this has to last as long as the converter runs.
    """
    if sys.platform == "win32":
        (job,) = _jobs
        job.limit(CONVERTER_BYTES)
        try:
            yield
        finally:
            job.limit(WORKER_BYTES)
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    _limit_memory(CONVERTER_BYTES)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def _limit_memory(size: int) -> None:
    """Limit the address space (bytes); macOS takes the call and ignores it.

    There the parent's look at the resident memory is what remains.
    """
    if sys.platform != "win32":
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        soft = size if hard == resource.RLIM_INFINITY else min(size, hard)
        # Some systems refuse; a worker without this limit is better than none.
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _set_limits_on_windows() -> None:
    import psutil  # noqa: PLC0415 - needed here only
    import win32api  # noqa: PLC0415
    import win32job  # noqa: PLC0415

    psutil.Process().nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
    _jobs.append(WindowsJob(win32job, win32api.GetCurrentProcess(), WORKER_BYTES))


def leave_network_on_linux() -> bool:
    """Move into a network namespace of our own without any interface; whether that was allowed.

    Many systems allow it to everybody, by way of a user namespace; hardened ones do not.
    """
    user, group = os.getuid(), os.getgid()
    system = ctypes.CDLL(None, use_errno=True)
    if user == 0 and system.unshare(_CLONE_NEWNET) == 0:
        return True
    if system.unshare(_CLONE_NEWUSER | _CLONE_NEWNET) != 0:
        return False
    # Without a mapping we would be "nobody" to programs that ask who they run as.
    with contextlib.suppress(OSError):
        _write("/proc/self/setgroups", "deny")
        _write("/proc/self/uid_map", f"{user} {user} 1")
        _write("/proc/self/gid_map", f"{group} {group} 1")
    return True


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as file:  # noqa: PTH123 - no path arithmetic, one call
        file.write(text)
