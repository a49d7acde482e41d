# SPDX-License-Identifier: AGPL-3.0-or-later
"""Memory that was freed but is still kept by the C library is given back to the system.

Pictures are decoded in threads, and each thread's heap keeps what it once had: measured on Linux, a console
had twice the memory after a hundred blocks, with nothing in it. Calls: ``malloc_trim`` (glibc),
``malloc_zone_pressure_relief`` (macOS), ``HeapCompact`` (Windows).
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable


def give_back(
    platform: str = sys.platform, library: Callable[[str | None], ctypes.CDLL] | None = None
) -> bool:
    """Give it back; False where the system has no such call.

    Takes some milliseconds, in which other threads may have to wait for memory: not during a talk.

    Args:
        platform: as ``sys.platform``.
        library: loads a library by its name, None being the program itself.
    """
    try:
        if platform == "win32":
            kernel = (library or ctypes.CDLL)("kernel32")
            kernel.GetProcessHeap.restype = ctypes.c_void_p
            kernel.HeapCompact(ctypes.c_void_p(kernel.GetProcessHeap()), 0)
        elif platform == "darwin":
            (library or ctypes.CDLL)(None).malloc_zone_pressure_relief(None, 0)
        else:
            (library or ctypes.CDLL)(None).malloc_trim(0)
    except (AttributeError, OSError):  # another C library
        return False
    return True
