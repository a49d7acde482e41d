# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is inside a deck that is a ZIP archive (PPTX, ODP), looked at before anything unpacks it."""

from __future__ import annotations

import zipfile
from pathlib import Path

from pechakucha.decks.drawing import Refused, short_reason

_LARGEST_UNPACKED = 1 << 30
MOST_ENTRIES = 20_000
_ZIP = b"PK\x03\x04"


def is_package(path: Path) -> bool:
    """Whether the file begins as a ZIP archive does."""
    with path.open("rb") as file:
        return file.read(4) == _ZIP


def open_package(path: Path) -> zipfile.ZipFile:
    """Open an archive of a size that is safe to unpack.

    Raises:
        Refused: it is damaged, or too large.
    """
    try:
        archive = zipfile.ZipFile(path)
        entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Refused("damaged", reason=short_reason(error)) from error
    unpacked = sum(entry.file_size for entry in entries)
    if len(entries) > MOST_ENTRIES:
        raise Refused("too-many-parts", parts=len(entries), limit=MOST_ENTRIES)
    if unpacked > _LARGEST_UNPACKED:
        raise Refused("too-large", size_mb=unpacked >> 20, limit_mb=_LARGEST_UNPACKED >> 20)
    return archive
