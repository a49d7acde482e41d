# SPDX-License-Identifier: AGPL-3.0-or-later
"""Importing decks beside the event loop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QThread, Signal

from pechakucha.decks.importing import Cancelled
from pechakucha.files.locations import log_folder
from pechakucha.show.problem import Problem

Importing = Callable[[Callable[[str, int, int], None], Callable[[], bool]], object]
"""Does the import: takes what to tell about progress and what to ask whether to give up."""

_log = logging.getLogger(__name__)


class Preparation(QThread):
    """An import in a thread of its own.

    Signals:
        progressed(str, int, int): which deck (a talk's id), slides done, slides in all.
        prepared(object): what the import returned.
        failed(Problem): it can't be done.
        cancelled(): given up as asked.
    """

    progressed = Signal(str, int, int)
    prepared = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, importing: Importing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._importing = importing
        self._give_up = threading.Event()

    def cancel(self) -> None:
        """Give up soon."""
        self._give_up.set()

    def run(self) -> None:
        """The thread."""
        try:
            self.prepared.emit(self._importing(self.progressed.emit, self._give_up.is_set))
        except Cancelled:
            self.cancelled.emit()
        except Problem as problem:
            self.failed.emit(problem)
        except Exception:  # a window that waits for ever would be worse
            _log.critical("unexpected", exc_info=True)
            self.failed.emit(Problem("unexpected", log=str(log_folder())))
