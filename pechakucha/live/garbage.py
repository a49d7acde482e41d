# SPDX-License-Identifier: AGPL-3.0-or-later
"""When Python's garbage is collected: in the main thread, in small portions.

Left to itself the collector runs in whichever thread happens to allocate, and a QObject that is
destroyed in a thread other than its own can take the process with it.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 2000
_AGAIN_MS = 170
"""When to try again where it was no moment for it; not a divisor of what a run is timed by."""

_PATIENCE = 20
"""After so many tries in vain (some three seconds) it is collected all the same: in a dry run at a speed at
which a slide stays for less than a moment, there is never a better one."""


def collect_in_main_thread(parent: QObject, may_now: Callable[[], bool] = lambda: True) -> None:
    """From now on garbage is collected by a timer of the calling thread, as long as ``parent`` lives.

    Args:
        parent: what the timer belongs to.
        may_now: whether this is a moment for it; else it waits for a better one, but not for ever.
    """
    gc.disable()
    started, in_vain = False, 0

    def collect() -> None:
        nonlocal started, in_vain
        if not may_now() and in_vain < _PATIENCE:
            in_vain += 1
            timer.start(_AGAIN_MS)
            return
        in_vain = 0
        gc.collect()
        timer.start(_EVERY_MS)
        if not started:
            gc.freeze()  # what start-up has made stays, and need not be looked through again
            started = True

    timer = QTimer(parent)
    timer.timeout.connect(collect)
    timer.start(_EVERY_MS)
