# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures decoded and scaled ahead of time, so that a page turn only paints."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QImageReader

_log = logging.getLogger(__name__)

Key = tuple[str, int, int]

_THREADS = 2


class Pager(QObject):
    """Holds the few pictures that are on stage or will be soon.

    Two threads decode, so that one picture on a disk that hangs does not keep back the others; they
    are daemons, so that it does not keep the process either.

    Signals:
        ready(str): the picture of this name can be painted now, or is known to be broken.
    """

    ready = Signal(str)
    _decoded = Signal(object, object)

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        """``folder`` is the run's, in which the pictures are."""
        super().__init__(parent)
        self._folder = folder
        self._pictures: dict[Key, QImage | None] = {}
        self._waiting: list[Key] = []
        self._decoding: set[Key] = set()
        self._changed = threading.Condition()
        self._closed = False
        self._decoded.connect(self._keep)
        for _ in range(_THREADS):
            threading.Thread(target=self._decode_all, name="pager", daemon=True).start()

    def want(self, names: Iterable[str], size: QSize) -> None:
        """Have these pictures ready, the most urgent first, fitted into ``size`` (pixels); drop others."""
        wanted: list[Key] = [(name, size.width(), size.height()) for name in dict.fromkeys(names)]
        self._pictures = {key: self._pictures[key] for key in wanted if key in self._pictures}
        with self._changed:
            self._waiting = [key for key in wanted if key not in self._pictures and key not in self._decoding]
            self._changed.notify_all()

    def picture(self, name: str, size: QSize) -> QImage | None:
        """The picture fitted into ``size``, None where it is not ready or broken."""
        return self._pictures.get((name, size.width(), size.height()))

    def knows(self, name: str, size: QSize) -> bool:
        """Whether decoding is over, well or badly."""
        return (name, size.width(), size.height()) in self._pictures

    def close(self) -> None:
        """Decode no more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _decode_all(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._closed)
                if self._closed:
                    return
                key = self._waiting.pop(0)
                self._decoding.add(key)
            image = decode(self._folder / key[0], QSize(key[1], key[2]))
            with self._changed:
                if self._closed:
                    return
                self._decoded.emit(key, image)

    @Slot(object, object)
    def _keep(self, key: Key, image: QImage | None) -> None:
        self._decoding.discard(key)
        self._pictures[key] = image
        self.ready.emit(key[0])


def decode(path: Path, size: QSize) -> QImage | None:
    """A picture fitted into ``size`` without distortion, None where it is missing or broken."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull():
        _log.error("%s: %s", path, reader.errorString())
        return None
    fitted = image.size().scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
    if fitted != image.size():
        image = image.scaled(
            fitted, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
    return image.convertToFormat(QImage.Format.Format_RGB32)
