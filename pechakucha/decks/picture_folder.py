# SPDX-License-Identifier: AGPL-3.0-or-later
"""A folder of pictures as a deck: which files count, and in which order."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from pechakucha.decks.picture_kinds import START_SIZE, TAKEN, kind_of_named

_JUNK = frozenset({"thumbs.db", "desktop.ini", "icon\r", "__macosx"})
_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})
_LONGEST_SORTED = 255
"""No file system has longer names; an archive may."""


def pictures_in(folder: Path) -> tuple[Path, ...]:
    """The pictures directly in ``folder`` in natural order (2 before 10).

    Raises:
        OSError: the folder or a file in it cannot be read.
    """
    return tuple(file for file, kind in _pictures(folder) if kind in TAKEN)


def pictures_not_taken(folder: Path) -> tuple[Path, ...]:
    """Pictures directly in ``folder`` of kinds that are not taken, such as GIF.

    Raises:
        OSError: the folder or a file in it cannot be read.
    """
    return tuple(file for file, kind in _pictures(folder) if kind not in TAKEN)


def start_of(file: Path) -> bytes:
    """As much of a file as tells what kind of picture it is.

    Raises:
        OSError: it cannot be read.
    """
    with file.open("rb") as opened:
        return opened.read(START_SIZE)


def shown_name(path: Path) -> str:
    """The file's name as it can be written anywhere: bytes that are no UTF-8 become marks."""
    return printable(os.fsencode(path.name).decode("utf-8", "replace"))


def printable(text: str) -> str:
    """With marks for what a terminal or a line of text would not take for letters."""
    return "".join("\ufffd" if unicodedata.category(each) in _UNPRINTABLE else each for each in text)


def is_junk(name: str) -> bool:
    """Whether a file or folder is one that systems leave about."""
    return name.startswith((".", "~$")) or name.lower() in _JUNK


def natural_order(name: str) -> tuple[list[tuple[int, int, str]], str]:
    """A key that sorts file names as people count."""
    stem = unicodedata.normalize("NFC", Path(name).stem[:_LONGEST_SORTED]).casefold()
    parts = re.split(r"([0-9]+)", stem)
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part) for part in parts if part], name


def _pictures(folder: Path) -> Iterator[tuple[Path, str]]:
    entries = [each for each in folder.iterdir() if not is_junk(each.name) and each.is_file()]
    for file in sorted(entries, key=lambda each: natural_order(each.name)):
        if kind := kind_of_named(file.name, start_of(file)):
            yield file, kind
