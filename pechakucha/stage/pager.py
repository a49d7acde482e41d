# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures held and decoded ahead of time, so that a page turn only paints."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Set
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QImage, QImageReader

_log = logging.getLogger(__name__)

Key = tuple[str, int, int]

_THREADS = 2

MOST_HELD = 256 * 1024 * 1024
"""Bytes of files held at the most; nine talks of full-HD slides are about 40 MB."""


class Pager(QObject):
    """Holds the files of what will be on stage, and decoded the few pictures that are or will be soon.

    What is held can be shown when its file is gone or can't be read any more: the run's folder may lie on a
    stick that somebody pulls, or on a network that goes away. Where a disk does not even answer, the card is
    shown instead, and after two such pictures nothing is decoded until it answers.

    A thread of its own reads the files; two decode, so that one picture on a disk that hangs does not keep
    back the others. All are daemons, so that they do not keep the process either.

    Signals:
        ready(str): the picture of this name can be painted now, or is known to be broken.
    """

    ready = Signal(str)
    _decoded = Signal(object, object)

    def __init__(
        self, folder: Path, parent: QObject | None = None, *, left_out: Set[str] = frozenset()
    ) -> None:
        """
        Args:
            folder: the run's, in which the pictures are.
            left_out: names of pictures that must not be opened, and count as broken.
        """
        super().__init__(parent)
        self._folder, self._left_out = folder, left_out
        self._pictures: dict[Key, QImage | None] = {}
        self._waiting: list[Key] = []
        self._decoding: set[Key] = set()
        self._files: dict[str, bytes] = {}
        self._to_read: list[str] = []
        self._changed = threading.Condition()
        self._closed = False
        self._decoded.connect(self._keep)
        for _ in range(_THREADS):
            threading.Thread(target=self._decode_all, name="pager", daemon=True).start()
        threading.Thread(target=self._read_all, name="pager-disk", daemon=True).start()

    def want(self, names: Iterable[str], size: QSize) -> None:
        """Have these pictures ready, the most urgent first, fitted into ``size`` (pixels); drop others."""
        wanted: list[Key] = [(name, size.width(), size.height()) for name in dict.fromkeys(names)]
        self._pictures = {key: self._pictures[key] for key in wanted if key in self._pictures}
        self._pictures.update((key, None) for key in wanted if key[0] in self._left_out)
        with self._changed:
            self._waiting = [key for key in wanted if key not in self._pictures and key not in self._decoding]
            self._changed.notify_all()

    def hold(self, names: Iterable[str]) -> None:
        """Read the files of these pictures into memory, the most urgent first; let others go.

        Not more than ``MOST_HELD`` bytes; what does not fit is read when it is wanted.
        """
        kept = [name for name in dict.fromkeys(names) if name not in self._left_out]
        with self._changed:
            self._files = {name: self._files[name] for name in kept if name in self._files}
            self._to_read = [name for name in kept if name not in self._files]
            self._changed.notify_all()

    def holds(self, name: str) -> bool:
        """Whether the file of this picture is in memory."""
        return name in self._files

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
                self._changed.notify_all()  # the reader waits until nothing is waiting here
                held = self._files.get(key[0])
            try:
                image = decode(self._folder / key[0], QSize(key[1], key[2]), held)
            except Exception:  # of one picture; the others must still come
                _log.exception("%s can't be decoded", key[0])
                image = None
            with self._changed:
                if self._closed:
                    return
                self._decoded.emit(key, image)

    def _read_all(self) -> None:
        while True:
            with self._changed:
                # What is on stage is waited for; the rest of the rundown is not.
                self._changed.wait_for(lambda: (self._to_read and not self._waiting) or self._closed)
                if self._closed:
                    return
                name = self._to_read.pop(0)
                room = MOST_HELD - sum(map(len, self._files.values()))
            try:
                content = (self._folder / name).read_bytes()
            except OSError as error:
                _log.warning("%s can't be read ahead: %s", name, error)
                continue
            with self._changed:
                if len(content) > room:
                    self._to_read.clear()
                else:
                    self._files[name] = content

    @Slot(object, object)
    def _keep(self, key: Key, image: QImage | None) -> None:
        self._decoding.discard(key)
        self._pictures[key] = image
        self.ready.emit(key[0])


def decode(path: Path, size: QSize, content: bytes | None = None) -> QImage | None:
    """A picture fitted into ``size`` (pixels) without distortion, None where it is missing or broken.

    Args:
        path: where it is.
        size: of the stage.
        content: the file's bytes where they are in memory, for when the file is gone, unreadable or broken.
    """
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    image = reader.read()
    if image.isNull() and content is not None:
        # Not first and not through a QBuffer: this holds the interpreter's lock while it decodes, and Qt
        # asks for that lock at each read of a Python buffer, with its own lock on the plugins held, on
        # which another thread with the interpreter's lock may be waiting.
        image = QImage.fromData(content)
    if image.isNull():
        _log.error("%s: %s", path, reader.errorString())
        return None
    return fitted(image, size, smooth=True).convertToFormat(QImage.Format.Format_RGB32)


def fitted(image: QImage, size: QSize, *, smooth: bool = False) -> QImage:
    """An image scaled into ``size`` without distortion; ``smooth`` takes its time."""
    inside = image.size().scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
    if inside == image.size():
        return image
    mode = Qt.TransformationMode.SmoothTransformation if smooth else Qt.TransformationMode.FastTransformation
    return image.scaled(inside, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
