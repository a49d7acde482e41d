# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures decoded and scaled ahead of time, so that a page turn only paints."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QSize, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage, QImageReader

_log = logging.getLogger(__name__)

Key = tuple[str, int, int]


class Pager(QObject):
    """Holds the few pictures that are on stage or will be soon.

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
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._decoded.connect(self._keep)

    def want(self, names: Iterable[str], size: QSize) -> None:
        """Have these pictures ready, the most urgent first, fitted into ``size`` (pixels); drop others."""
        wanted: list[Key] = [(name, size.width(), size.height()) for name in dict.fromkeys(names)]
        self._pictures = {key: self._pictures[key] for key in wanted if key in self._pictures}
        self._pool.clear()
        for key in wanted:
            if key not in self._pictures:
                self._pool.start(_Decoding(self._folder / key[0], key, self))

    def picture(self, name: str, size: QSize) -> QImage | None:
        """The picture fitted into ``size``, None where it is not ready or broken."""
        return self._pictures.get((name, size.width(), size.height()))

    def knows(self, name: str, size: QSize) -> bool:
        """Whether decoding is over, well or badly."""
        return (name, size.width(), size.height()) in self._pictures

    def close(self) -> None:
        """Wait for the picture being decoded."""
        self._pool.clear()
        self._pool.waitForDone()

    @Slot(object, object)
    def _keep(self, key: Key, image: QImage | None) -> None:
        self._pictures[key] = image
        self.ready.emit(key[0])


class _Decoding(QRunnable):
    def __init__(self, path: Path, key: Key, pager: Pager) -> None:
        super().__init__()
        self._path, self._key, self._pager = path, key, pager

    def run(self) -> None:
        self._pager._decoded.emit(self._key, decode(self._path, QSize(self._key[1], self._key[2])))


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
