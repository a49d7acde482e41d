# SPDX-License-Identifier: AGPL-3.0-or-later
"""The console's process, which counts its objects to a file in the folder SOAK_COUNTS, as does its stage.

    python -m tests.benchmarks.counted_console run SHOW …       as ``pechakucha run``
    python -m tests.benchmarks.counted_console BLOCKS SPEED SHOW

The second opens the show from the start window again and again, each block when the one before it is over
and its console has been closed, and leaves after so many.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from pechakucha import app, cli
from pechakucha.console import stage_process
from pechakucha.console.run_options import RunOptions
from pechakucha.console.start_window import StartWindow
from pechakucha.console.window import ConsoleWindow
from pechakucha.texts import Texts
from tests.benchmarks.live_objects import Counting

LOOK_MS = 100

make_application = app.make_application
stage_process._STAGE_MODULE = "tests.benchmarks.counted_stage"


def make_counted_application(texts: Texts) -> QApplication:
    """The application, counted."""
    made = make_application(texts)
    Counting(Path(os.environ["SOAK_COUNTS"]) / "console", made)
    return made


app.make_application = make_counted_application


class Again(QObject):
    """Opens a show whenever the start window is there, and closes consoles whose block is over."""

    def __init__(self, show: Path, blocks: int, parent: QObject) -> None:
        super().__init__(parent)
        self._show, self._left = show, blocks
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._look)
        self._timer.start(LOOK_MS)

    def _look(self) -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, StartWindow) and window.isVisible():
                self._open(window)
            elif isinstance(window, ConsoleWindow) and window.isVisible() and window._may_close:
                window.close()

    def _open(self, window: StartWindow) -> None:
        if not self._left:
            QApplication.exit(0)
            return
        self._left -= 1
        window.show_chosen.emit(self._show)


def main() -> None:
    """Open the start window and let it begin."""
    blocks, speed, show = sys.argv[1:]
    app.RunOptions = lambda: RunOptions(auto=True, speed=float(speed))
    make = app.make_application

    def make_repeating(texts: Texts) -> QApplication:
        made = make(texts)
        Again(Path(show), int(blocks), made)
        return made

    app.make_application = make_repeating
    sys.exit(app.run_start(Texts("en")))


if __name__ == "__main__":
    sys.exit(cli.main()) if sys.argv[1] == "run" else main()
