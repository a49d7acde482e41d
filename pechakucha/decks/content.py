# SPDX-License-Identifier: AGPL-3.0-or-later
"""A deck's bytes: their hash, and a private copy that cannot change under the worker."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from pechakucha.decks import kinds
from pechakucha.decks.picture_folder import pictures_in, pictures_not_taken, start_of

_CHUNK = 1 << 20


def digest_of(path: Path, kind: str) -> str:
    """The hex SHA-256 of a file, or of the names and bytes of a folder's pictures in order.

    Raises:
        OSError: something cannot be read.
    """
    return _digest(path, kind, None)


def copy_content(path: Path, kind: str, folder: Path) -> tuple[Path, str]:
    """Copy a deck into ``folder``; returns the copy and the digest of exactly what was copied.

    The copy of a file is named after its real kind, since LibreOffice goes by the ending, and
    after ``folder``, since no two that it converts in one call may have the same name.

    Raises:
        OSError: something cannot be read, or the disk is full.
    """
    copy = folder / (kind if kind == kinds.PICTURES else f"deck{folder.name}.{kind}")
    if kind == kinds.PICTURES:
        copy.mkdir()
    return copy, _digest(path, kind, copy)


def _digest(path: Path, kind: str, copy: Path | None) -> str:
    if kind != kinds.PICTURES:
        return _hash_file(path, copy).hexdigest()
    whole = hashlib.sha256()
    for picture in pictures_in(path):
        whole.update(os.fsencode(picture.name) + b"\0")
        whole.update(_hash_file(picture, copy and copy / picture.name).digest())
    # What is left out leaves a finding with its name and kind, so these belong to the content too.
    for other in pictures_not_taken(path):
        start = start_of(other)
        whole.update(b"\0" + os.fsencode(other.name) + b"\0" + start)
        if copy:
            (copy / other.name).write_bytes(start)
    return whole.hexdigest()


def _hash_file(path: Path, copy: Path | None) -> hashlib._Hash:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        if copy is None:
            for chunk in _chunks(file):
                digest.update(chunk)
        else:
            with copy.open("xb") as target:
                for chunk in _chunks(file):
                    digest.update(chunk)
                    target.write(chunk)
    return digest


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    while chunk := file.read(_CHUNK):
        yield chunk
