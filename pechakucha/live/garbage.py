# SPDX-License-Identifier: AGPL-3.0-or-later
"""When Python's garbage is collected: in the main thread, in small portions.

Left to itself the collector runs in whichever thread happens to allocate, and a QObject that is
destroyed in a thread other than its own can take the process with it.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 2000


def _collect() -> None:
    gc.collect()


def collect_in_main_thread(parent: QObject) -> None:
    """From now on garbage is collected by a timer of the calling thread, as long as ``parent`` lives."""
    gc.collect()
    gc.freeze()  # what start-up has made stays, and need not be looked through again
    gc.disable()
    timer = QTimer(parent)
    timer.timeout.connect(_collect)
    timer.start(_EVERY_MS)
