# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures held and decoded ahead of time, so that a page turn only paints."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Set
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage, QImageReader

_log = logging.getLogger(__name__)

Key = tuple[str, int, int]

_THREADS = 2
"""So many decode at a time."""

_MOST_THREADS = 6
"""So many there are at the most, those included that wait for a disk."""

_PATIENCE_MS = 1000
"""A picture that has not come after this to twice this waits for a disk: decoding takes 50 ms at most."""

MOST_HELD = 256 * 1024 * 1024
"""Bytes of files held at the most; nine talks of full-HD slides are about 40 MB."""


class Pager(QObject):
    """Holds the files of what will be on stage, and decoded the few pictures that are or will be soon.

    What is held can be shown when its file is gone or can't be read any more: the run's folder may lie on a
    stick that somebody pulls, or on a network that goes away.

    A thread of its own reads the files; two decode. For one that waits for a disk which does not even answer
    another takes its place, up to a bound; then what is held is decoded without asking the disk, and of the
    rest the card is shown until it answers. The last thread is for what is held. All are daemons, so that
    they do not keep the process either.

    Signals:
        ready(str): the picture of this name can be painted now, or is known to be broken.
    """

    ready = Signal(str)
    _decoded = Signal(object, object)

    def __init__(
        self,
        folder: Path,
        parent: QObject | None = None,
        *,
        left_out: Set[str] = frozenset(),
        patience_ms: int = _PATIENCE_MS,
    ) -> None:
        """
        Args:
            folder: the run's, in which the pictures are.
            left_out: names of pictures that must not be opened, and count as broken.
            patience_ms: after this to twice this a picture that has not come waits for a disk.
        """
        super().__init__(parent)
        self._folder, self._left_out = folder, left_out
        self._pictures: dict[Key, QImage | None] = {}
        self._waiting: list[Key] = []
        self._decoding: set[Key] = set()
        self._threads = 0
        self._at_work: dict[int, Key] = {}
        """What each thread (its identity) decodes."""
        self._hanging: dict[int, Key] = {}
        """Those of them that wait for a disk."""
        self._seen_at_work: dict[int, Key] = {}
        """What they decoded when it was looked last."""
        self._files: dict[str, bytes] = {}
        self._to_read: list[str] = []
        self._changed = threading.Condition()
        self._closed = False
        self._decoded.connect(self._keep)
        for _ in range(_THREADS):
            self._add_thread()
        self._watching = QTimer(self)
        self._watching.setInterval(patience_ms)
        self._watching.timeout.connect(self._notice_hanging)
        threading.Thread(target=self._read_all, name="pager-disk", daemon=True).start()

    def want(self, names: Iterable[str], size: QSize) -> None:
        """Have these pictures ready, the most urgent first, fitted into ``size`` (pixels); drop others."""
        wanted: list[Key] = [(name, size.width(), size.height()) for name in dict.fromkeys(names)]
        self._pictures = {key: self._pictures[key] for key in wanted if key in self._pictures}
        self._pictures.update((key, None) for key in wanted if key[0] in self._left_out)
        with self._changed:
            self._waiting = [key for key in wanted if key not in self._pictures and self._may_come(key)]
            if self._waiting and not self._watching.isActive():
                self._watching.start()
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
        self._watching.stop()
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _add_thread(self) -> None:
        self._threads += 1
        threading.Thread(target=self._decode_all, name="pager", daemon=True).start()

    def _may_come(self, key: Key) -> bool:
        """Whether it is not being decoded; what a disk keeps back comes from memory if at all."""
        hangs = key in self._hanging.values()
        return key not in self._decoding and (not hangs or key[0] in self._files)

    def _next(self) -> Key | None:
        """The most urgent that this thread may take."""
        last = self._threads == _MOST_THREADS and len(self._at_work) == _MOST_THREADS - 1
        return next((key for key in self._waiting if not last or key[0] in self._files), None)

    def _decode_all(self) -> None:
        me = threading.get_ident()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._next() or self._closed)
                key = self._next()
                if self._closed or key is None:
                    return
                self._waiting.remove(key)
                self._decoding.add(key)
                self._at_work[me] = key
                self._changed.notify_all()  # the reader waits until nothing is waiting here
                held = self._files.get(key[0])
                hangs = bool(self._hanging)
            try:
                size = QSize(key[1], key[2])
                if held is not None and hangs:
                    image = decode_held(held, size, key[0])
                else:
                    image = decode(self._folder / key[0], size, held)
            except Exception:  # of one picture; the others must still come
                _log.exception("%s can't be decoded", key[0])
                image = None
            with self._changed:
                if self._closed:
                    return
                self._decoded.emit(key, image)
                del self._at_work[me]
                self._hanging.pop(me, None)
                if self._threads - len(self._hanging) > _THREADS:
                    self._threads -= 1  # another has taken this one's place while it hung
                    return

    def _notice_hanging(self) -> None:
        """What has been decoded for too long waits for a disk: let another thread go on with the rest."""
        with self._changed:
            at_work = {thread: key for thread, key in self._at_work.items() if thread not in self._hanging}
            for thread, key in at_work.items():
                if self._seen_at_work.get(thread) == key:
                    self._let_hang(thread, key)
            self._seen_at_work = at_work
            self._changed.notify_all()
            if not (at_work or self._waiting):
                self._watching.stop()

    def _let_hang(self, thread: int, key: Key) -> None:
        _log.warning("%s: the disk does not answer", key[0])
        self._hanging[thread] = key
        self._decoding.discard(key)
        if key[0] in self._files:
            self._waiting.insert(0, key)
        if self._threads < _MOST_THREADS:
            self._add_thread()

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
        if self._pictures.get(key) is None:  # else it came from memory before the disk answered
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
    return _ready_to_paint(image, size, f"{path}: {reader.errorString()}")


def decode_held(content: bytes, size: QSize, name: str) -> QImage | None:
    """The picture ``name`` from the file's bytes alone, without asking a disk; None where it is broken."""
    return _ready_to_paint(QImage.fromData(content), size, f"{name} can't be decoded from memory")


def _ready_to_paint(image: QImage, size: QSize, complaint: str) -> QImage | None:
    if image.isNull():
        _log.error("%s", complaint)
        return None
    return fitted(image, size, smooth=True).convertToFormat(QImage.Format.Format_RGB32)


def fitted(image: QImage, size: QSize, *, smooth: bool = False) -> QImage:
    """An image scaled into ``size`` without distortion; ``smooth`` takes its time."""
    inside = image.size().scaled(size, Qt.AspectRatioMode.KeepAspectRatio)
    if inside == image.size():
        return image
    mode = Qt.TransformationMode.SmoothTransformation if smooth else Qt.TransformationMode.FastTransformation
    return image.scaled(inside, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
