# SPDX-License-Identifier: AGPL-3.0-or-later
"""A folder of pictures as a deck: which files count, and in which order."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

_TAKEN = frozenset({".jpg", ".jpeg", ".png", ".webp"})
_NOT_TAKEN = frozenset({".avif", ".bmp", ".gif", ".heic", ".heif", ".svg", ".tif", ".tiff"})
_JUNK = frozenset({"thumbs.db", "desktop.ini", "icon\r"})


def pictures_in(folder: Path) -> tuple[Path, ...]:
    """The pictures directly in ``folder`` in natural order (2 before 10).

    A file counts where its content or its ending is JPEG, PNG or WebP: one that is called
    a picture but is none has to be reported, not passed over.

    Raises:
        OSError: the folder or a file in it cannot be read.
    """
    return tuple(each for each in _files_in(folder) if _is_picture(each))


def pictures_not_taken(folder: Path) -> tuple[Path, ...]:
    """Pictures directly in ``folder`` of kinds that are not taken, such as HEIC.

    Raises:
        OSError: the folder or a file in it cannot be read.
    """
    others = (each for each in _files_in(folder) if each.suffix.lower() in _NOT_TAKEN)
    return tuple(each for each in others if not _is_picture(each))


def shown_name(path: Path) -> str:
    """The file's name as it can be written anywhere: bytes that are no UTF-8 become marks."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def _files_in(folder: Path) -> list[Path]:
    entries = [each for each in folder.iterdir() if not _is_junk(each.name) and each.is_file()]
    return sorted(entries, key=_natural)


def _is_junk(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower() in _JUNK


def _natural(path: Path) -> tuple[list[tuple[int, int, str]], str]:
    name = unicodedata.normalize("NFC", path.stem).casefold()
    parts = re.split(r"([0-9]+)", name)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part], path.name


def _is_picture(path: Path) -> bool:
    if path.suffix.lower() in _TAKEN:
        return True
    with path.open("rb") as file:
        start = file.read(12)
    is_webp = start[:4] == b"RIFF" and start[8:12] == b"WEBP"
    return is_webp or start.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
