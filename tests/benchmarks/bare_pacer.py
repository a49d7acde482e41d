# SPDX-License-Identifier: AGPL-3.0-or-later
"""The least that could show slides on time: a window, a timer, the next picture decoded.

    python bare_pacer.py FOLDER START_NS PERIOD_NS X Y WIDTH HEIGHT

Shows the pictures of FOLDER, one every PERIOD_NS from START_NS (CLOCK_BOOTTIME) on, and leaves.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QApplication, QWidget


class Window(QWidget):
    """Paints one pixmap."""

    picture: QPixmap | None = None

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Paint it."""
        if self.picture is not None:
            QPainter(self).drawPixmap(self.rect(), self.picture)


def main() -> None:
    """Show them all."""
    folder, *numbers = sys.argv[1:]
    start_ns, period_ns, x, y, width, height = map(int, numbers)
    app = QApplication([])
    window = Window(None, Qt.WindowType.X11BypassWindowManagerHint)
    window.setGeometry(x, y, width, height)
    window.show()
    paths = sorted(Path(folder).glob("*.jpg"))
    timer = QTimer(singleShot=True, timerType=Qt.TimerType.PreciseTimer)
    shown = 0

    def decode_next() -> QPixmap:
        path = paths[min(shown, len(paths) - 1)]
        return QPixmap(str(path)).scaled(width, height)

    waiting = decode_next()

    def arm() -> None:
        left = start_ns + shown * period_ns - time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        timer.start(max(0, -(-left // 1_000_000)))

    def show_next() -> None:
        nonlocal shown, waiting
        if shown == len(paths):
            app.quit()
            return
        window.picture = waiting
        window.repaint()
        shown += 1
        waiting = decode_next()
        arm()

    timer.timeout.connect(show_next)
    arm()
    app.exec()


main()
