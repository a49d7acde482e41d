# SPDX-License-Identifier: AGPL-3.0-or-later
"""Imported decks on disk, so that a deck is drawn once and not at every start.

A deck is a folder named by what its pictures depend on, with ``deck.json`` and the pictures.
It is made beside and renamed into place, so it is there whole or not at all.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from pechakucha.decks.drawing import JPEG_END, JPEG_START, Size
from pechakucha.decks.renderers import Choice
from pechakucha.show.deck import Deck

_RULES = 3
"""Raise it whenever the same file, drawn by the same renderer, gives another deck than before."""

_RECORD = "deck.json"
_WORKSPACE = ".import-"
_LEFTOVER_S = 24 * 60 * 60
_KEY = re.compile(r"[0-9a-f]{40}")
_PICTURE = re.compile(r"slide-\d{3,4}\.jpg")


class Imported(msgspec.Struct, frozen=True):
    """A deck and the folder its slides' pictures are in."""

    deck: Deck
    folder: Path


class _Record(msgspec.Struct, frozen=True):
    deck: Deck
    sizes: dict[str, int]


class Library:
    """The imported decks in one folder; any number of processes may use it at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find(self, key: str) -> Imported | None:
        """The deck stored under ``key``, or None where there is none or it is damaged."""
        if not _KEY.fullmatch(key):
            return None
        place = self.folder / key
        try:
            record = msgspec.json.decode((place / _RECORD).read_bytes(), type=_Record)
        except (OSError, ValueError, RecursionError):
            return None
        sizes = all(_has_size(place / name, size) for name, size in record.sizes.items())
        return Imported(record.deck, place) if sizes and self.is_complete(record.deck, place) else None

    @staticmethod
    def is_complete(deck: Deck, pictures: Path) -> bool:
        """Whether all of a deck's pictures are in the folder, and each looks whole."""
        return all(Library.is_picture(pictures, name) for name in _names(deck))

    @staticmethod
    def is_picture(folder: Path, name: str) -> bool:
        """Whether the name leads out of no folder, to a plain file that looks like a whole JPEG."""
        return bool(_PICTURE.fullmatch(name)) and _is_whole_jpeg(folder / name)

    def store(self, key: str, deck: Deck, pictures: Path) -> Imported:
        """Keep ``deck`` and the folder with its pictures, which is moved, under ``key``.

        Where somebody else was faster with the same deck, theirs stays.

        Raises:
            OSError: the disk is full or the folder is not writable.
        """
        sizes = {name: (pictures / name).stat().st_size for name in _names(deck)}
        with (pictures / _RECORD).open("xb") as file:
            file.write(msgspec.json.encode(_Record(deck, sizes)))
            file.flush()
            os.fsync(file.fileno())
        place = self.folder / key
        for _ in range(3):
            with contextlib.suppress(OSError):
                pictures.rename(place)
                return Imported(deck, place)
            if theirs := self.find(key):
                return theirs
            self._remove(place)
        pictures.rename(place)
        return Imported(deck, place)

    @contextlib.contextmanager
    def workspace(self) -> Iterator[Path]:
        """A temporary folder on the library's disk, removed afterwards.

        Raises:
            OSError: the disk is full or the folder is not writable.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        self._remove_leftovers()
        folder = Path(tempfile.mkdtemp(prefix=_WORKSPACE, dir=self.folder))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _remove_leftovers(self) -> None:
        """Remove what imports left behind that were killed more than a day ago."""
        for folder in self.folder.glob(f"{_WORKSPACE}*"):
            with contextlib.suppress(OSError):
                if time.time() - folder.stat().st_mtime > _LEFTOVER_S:
                    shutil.rmtree(folder, ignore_errors=True)

    def _remove(self, place: Path) -> None:
        """Out of the way at one stroke first, so that nobody finds half of it."""
        with self.workspace() as folder, contextlib.suppress(OSError):
            place.rename(folder / "damaged")


def library_key(digest: str, tried: Sequence[Choice], stage: Size) -> str:
    """The name for a deck: its content, the renderers tried (the last one drew it), and its size."""
    parts = [str(_RULES), digest, f"{stage.width}x{stage.height}"]
    parts += [f"{choice.name} {choice.version}" for choice in tried]
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:40]


def _names(deck: Deck) -> set[str]:
    return {slide.picture for slide in deck.slides if slide.picture is not None}


def _has_size(picture: Path, size: int) -> bool:
    try:
        return picture.stat().st_size == size
    except OSError:
        return False


def _is_whole_jpeg(picture: Path) -> bool:
    """Whether it is a plain file (no link out of the folder) that begins and ends like a JPEG."""
    try:
        if not stat.S_ISREG(picture.lstat().st_mode):
            return False
        with picture.open("rb") as file:
            start = file.read(2)
            file.seek(-2, os.SEEK_END)
            return start == JPEG_START and file.read(2) == JPEG_END
    except OSError:
        return False
