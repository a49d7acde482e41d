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


def collect_in_main_thread(parent: QObject, may_now: Callable[[], bool] = lambda: True) -> None:
    """From now on garbage is collected by a timer of the calling thread, as long as ``parent`` lives.

    Args:
        parent: what the timer belongs to.
        may_now: whether this is a moment for it; else it waits for the timer's next turn.
    """
    gc.disable()
    started = False

    def collect() -> None:
        nonlocal started
        if not may_now():
            return
        gc.collect()
        if not started:
            gc.freeze()  # what start-up has made stays, and need not be looked through again
            started = True

    timer = QTimer(parent)
    timer.timeout.connect(collect)
    timer.start(_EVERY_MS)
