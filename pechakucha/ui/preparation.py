# SPDX-License-Identifier: AGPL-3.0-or-later
"""Importing decks beside the event loop."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSize, Qt, QThread, Signal
from PySide6.QtGui import QImage, QImageReader

from pechakucha.decks.importing import Cancelled
from pechakucha.decks.library import Imported
from pechakucha.files.locations import log_folder
from pechakucha.show.problem import Problem

Importing = Callable[[Callable[[str, int, int], None], Callable[[], bool]], object]
"""Does the import: takes what to tell about progress and what to ask whether to give up."""

THUMBNAIL = QSize(320, 180)
"""Physical pixels that a deck's first picture is fitted into: small, and sharp on dense screens."""

_log = logging.getLogger(__name__)


class Preparation(QThread):
    """An import in a thread of its own.

    Signals:
        progressed(str, int, int): which deck (a talk's id), slides done, slides in all.
        pictured(str, QImage): which deck, and how the first of its slides that was drawn looks.
        arrived(str, Imported): which deck, and the deck.
        prepared(object): what the import returned.
        failed(Problem): it can't be done.
        cancelled(): given up as asked.
    """

    progressed = Signal(str, int, int)
    pictured = Signal(str, QImage)
    arrived = Signal(str, object)
    prepared = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, importing: Importing, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._importing = importing
        self._give_up = threading.Event()
        self._pictured: set[str] = set()

    def cancel(self) -> None:
        """Give up soon."""
        self._give_up.set()

    def take_picture(self, deck: str, file: Path) -> None:
        """A slide has been drawn, told from any thread; the first of each deck is read, small."""
        if deck in self._pictured:
            return
        self._pictured.add(deck)
        image = _small(file)
        if not image.isNull():
            self.pictured.emit(deck, image)

    def take_imported(self, deck: str, imported: Imported) -> None:
        """A deck is there, told from any thread; one of the library has not shown a picture yet."""
        first = next((slide.picture for slide in imported.deck.slides if slide.picture), None)
        if first is not None:
            self.take_picture(deck, imported.folder / first)
        self.arrived.emit(deck, imported)

    def run(self) -> None:
        """The thread."""
        try:
            prepared = self._importing(self.progressed.emit, self._give_up.is_set)
            if self._give_up.is_set():
                self.cancelled.emit()
            else:
                self.prepared.emit(prepared)
        except Cancelled:
            self.cancelled.emit()
        except Problem as problem:
            self.failed.emit(problem)
        except Exception:  # a window that waits for ever would be worse
            _log.critical("unexpected", exc_info=True)
            self.failed.emit(Problem("unexpected", log=str(log_folder())))


def _small(file: Path) -> QImage:
    """A picture fitted into ``THUMBNAIL``; a null image where it can't be read."""
    reader = QImageReader(str(file), QByteArray(b"jpeg"))
    fitted = reader.size().scaled(THUMBNAIL, Qt.AspectRatioMode.KeepAspectRatio)
    if not fitted.isEmpty():
        reader.setScaledSize(fitted)
    return reader.read()
