# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counts from inside a process what it keeps: one line of JSON every few seconds.

``at`` is the monotonic clock in seconds; ``timers`` are the QTimers known to Python, ``qobjects`` all that
Qt's objects have in Python, ``objects`` all that Python's collector looks after.
"""

from __future__ import annotations

import gc
import json
import time
from pathlib import Path

import shiboken6
from PySide6.QtCore import QObject, QTimer

EVERY_MS = 5000


class Counting(QObject):
    """Appends counts to a file as long as ``parent`` lives."""

    def __init__(self, out: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._out = out
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._count)
        self._timer.start(EVERY_MS)

    def _count(self) -> None:
        known = [each for each in shiboken6.getAllValidWrappers() if isinstance(each, QObject)]
        counts = {
            "at": time.monotonic(),
            "timers": sum(isinstance(each, QTimer) for each in known),
            "qobjects": len(known),
            "objects": len(gc.get_objects()) + gc.get_freeze_count(),
        }
        with self._out.open("a", encoding="ascii") as file:
            file.write(json.dumps(counts) + "\n")
