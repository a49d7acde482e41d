# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading the journals of earlier runs beside the event loop."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QThread, Signal

from pechakucha.live.link import stage_answers
from pechakucha.report.earlier import read_earlier


class RunsReading(QThread):
    """Reads runs in the order given.

    Signals:
        arrived(EarlierRun): the next one is read.
    """

    arrived = Signal(object)

    def __init__(self, folders: Sequence[Path], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folders = tuple(folders)
        self._give_up = threading.Event()

    def cancel(self) -> None:
        """Give up after the run that is being read; waits for that."""
        self._give_up.set()
        self.wait()

    def run(self) -> None:
        """The thread."""
        for folder in self._folders:
            if self._give_up.is_set():
                return
            run = read_earlier(folder)
            unfinished = run.figures is not None and run.figures.ended is None
            if unfinished and stage_answers(folder):
                run = msgspec.structs.replace(run, is_live=True)
            self.arrived.emit(run)
