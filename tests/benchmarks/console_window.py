# SPDX-License-Identifier: AGPL-3.0-or-later
"""The console of a show: prints when its window was there (Unix time), its memory at that time and the
most it took before (MiB).
"""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import psutil
from PySide6.QtCore import QTimer

from pechakucha.app import make_application
from pechakucha.block import Block
from pechakucha.console.run_options import RunOptions
from pechakucha.console.window import ConsoleWindow
from pechakucha.show.cues import End
from pechakucha.texts import Texts


def main() -> None:
    """Open the show given as the only argument, wait for its console, and leave."""
    path = Path(sys.argv[1])
    app = make_application(Texts("en"))
    process, used = psutil.Process(), [0.0]

    def look() -> None:
        used.append(process.memory_info().rss / 2**20)
        console = next((each for each in app.topLevelWidgets() if isinstance(each, ConsoleWindow)), None)
        if console is not None and console.isVisible():
            ticking.stop()
            print(time.time(), used[1], max(used), flush=True)
            session.extend([block._session])  # the stage has to be ended again
            leave()

    def leave() -> None:
        (stage,) = session
        if stage is not None and stage.stage_is_there:
            stage.send(End())
            QTimer.singleShot(500, lambda: os._exit(0))
        else:
            QTimer.singleShot(20, leave)

    session: list[object] = []
    ticking = QTimer()
    ticking.timeout.connect(look)
    ticking.start(5)
    block = Block(path, RunOptions(), Texts("en"))
    block.open()
    app.exec()


main()
