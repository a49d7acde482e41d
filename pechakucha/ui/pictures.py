# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small pictures of slides for widgets, loaded beside the event loop and kept while there is room."""

from __future__ import annotations

import logging
from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QSize, Qt, QThreadPool, Signal, Slot
from PySide6.QtGui import QImage, QImageReader, QPixmap

_MOST_KEPT = 96

_log = logging.getLogger(__name__)

Key = tuple[str, int, int]


class Pictures(QObject):
    """Slides' pictures at the sizes at which they are shown.

    Signals:
        loaded(): a picture asked for has come.
    """

    loaded = Signal()
    _read = Signal(object, object)

    def __init__(self, folder: Path, parent: QObject | None = None, most: int = _MOST_KEPT) -> None:
        """``folder`` is the one that names count from; ``most`` are kept."""
        super().__init__(parent)
        self._folder, self._most = folder, most
        self._kept: OrderedDict[Key, QPixmap] = OrderedDict()
        self._coming: set[Key] = set()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._read.connect(self._keep)

    def get(self, name: str | None, size: QSize) -> QPixmap | None:
        """The picture fitted into ``size`` (physical pixels); None until it has come, or if it is broken."""
        if name is None or size.isEmpty():
            return None
        key = (name, size.width(), size.height())
        if key in self._kept:
            self._kept.move_to_end(key)
            found = self._kept[key]
            return None if found.isNull() else found
        if key not in self._coming:
            self._coming.add(key)
            self._pool.start(_Reading(self._folder / name, key, self))
        return None

    def is_broken(self, name: str, size: QSize) -> bool:
        """Whether the picture was read at this size and can't be shown."""
        found = self._kept.get((name, size.width(), size.height()))
        return found is not None and found.isNull()

    @property
    def pending(self) -> bool:
        """Whether pictures asked for have not come yet."""
        return bool(self._coming)

    def close(self) -> None:
        """Read no more; waits for the picture being read."""
        self._pool.clear()
        self._pool.waitForDone()

    @Slot(object, object)
    def _keep(self, key: Key, image: QImage) -> None:
        self._coming.discard(key)
        self._kept[key] = QPixmap.fromImage(image) if not image.isNull() else QPixmap()
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        self.loaded.emit()


class _Reading(QRunnable):
    def __init__(self, path: Path, key: Key, pictures: Pictures) -> None:
        super().__init__()
        self._path, self._key, self._pictures = path, key, pictures

    def run(self) -> None:
        _, width, height = self._key
        reader = QImageReader(str(self._path))
        fitted = reader.size().scaled(QSize(width, height), Qt.AspectRatioMode.KeepAspectRatio)
        if not fitted.isEmpty():
            # Twice the size wanted, then smoothly down: JPEG's own scaling alone is coarse.
            reader.setScaledSize((fitted * 2).boundedTo(reader.size()))
        image = reader.read()
        if image.isNull():
            _log.warning("%s: %s", self._path, reader.errorString())
        else:
            smooth = Qt.TransformationMode.SmoothTransformation
            image = image.scaled(fitted, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        self._pictures._read.emit(self._key, image)
