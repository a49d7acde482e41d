# SPDX-License-Identifier: AGPL-3.0-or-later
"""A window and nothing else; prints when it was there (Unix time), and its memory twice (MiB)."""

from __future__ import annotations

import time

import psutil
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow


def main() -> None:
    """Show it, and leave."""
    app = QApplication([])
    window = QMainWindow()
    window.show()
    QTimer.singleShot(0, app.quit)
    app.exec()
    shown = time.time()
    used = psutil.Process().memory_info().rss / 2**20
    print(shown, used, used)


main()
