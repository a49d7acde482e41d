# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is in the font files of a folder: families and styles, read from a few hundred bytes each.

A system may have a thousand of them, and every import looks at all; opening them with fontTools
would take seconds.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

_ENDINGS = (".ttf", ".otf", ".ttc", ".otc")
_COLLECTION = b"ttcf"
_FAMILY_ID = 1
_WINDOWS, _MACINTOSH, _ROMAN = 3, 1, 0
_STYLE_IN_OS2, _ITALIC, _BOLD = 62, 1 << 0, 1 << 5
_STYLE_IN_HEAD, _HEAD_BOLD, _HEAD_ITALIC = 44, 1 << 0, 1 << 1
_MOST_FACES, _MOST_TABLES, _LARGEST_NAMES = 100, 200, 1 << 20


class Face(NamedTuple):
    """One style of a family: the font file and the face's place in it."""

    bold: bool
    italic: bool
    path: Path
    number: int
    family: str = ""

    def content(self) -> bytes:
        """The font as a file of its own; a face of a collection is taken out of it."""
        if self.path.suffix.lower() not in (".ttc", ".otc"):
            return self.path.read_bytes()
        from fontTools.ttLib import TTFont  # noqa: PLC0415 - takes longer than all the rest

        taken = io.BytesIO()
        with TTFont(self.path, fontNumber=self.number) as font:
            font.save(taken)
        return taken.getvalue()


def faces_by_family(folders: Iterable[Path]) -> dict[str, list[Face]]:
    """Every face in ``folders`` by its family's name in small letters; unreadable ones left out.

    A family with names in several languages is there under each of them.
    """
    families: dict[str, list[Face]] = {}
    for folder in folders:
        for path in _font_files(folder):
            try:
                faces = list(_faces_in(path))
            # Fonts may be broken in any way, and none of them is worth a failed import.
            except (OSError, struct.error, UnicodeDecodeError, ValueError):
                continue
            for face in faces:
                families.setdefault(face.family.casefold(), []).append(face)
    return families


def _font_files(folder: Path) -> Iterator[Path]:
    for base, _, names in os.walk(folder):
        yield from (Path(base, name) for name in sorted(names) if name.lower().endswith(_ENDINGS))


def _faces_in(path: Path) -> Iterator[Face]:
    with path.open("rb") as file:
        if file.read(4) == _COLLECTION:
            _, count = struct.unpack(">II", file.read(8))
            count = min(count, _MOST_FACES)
            starts = struct.unpack(f">{count}I", file.read(4 * count))
        else:
            starts = (0,)
        for number, start in enumerate(starts):
            tables = dict(_tables(file, start))
            bold, italic = _style(file, tables)
            for family in _families(file, tables):
                yield Face(bold, italic, path, number, family)


def _tables(file: BinaryIO, start: int) -> Iterator[tuple[bytes, tuple[int, int]]]:
    """Place and length of each table."""
    file.seek(start + 4)
    count = min(struct.unpack(">H6x", file.read(8))[0], _MOST_TABLES)
    for tag, offset, length in struct.iter_unpack(">4s4xII", file.read(16 * count)):
        yield tag, (offset, length)


def _style(file: BinaryIO, tables: dict[bytes, tuple[int, int]]) -> tuple[bool, bool]:
    """Whether it is bold, and whether it is italic; old fonts of Apple's have no OS/2 table."""
    if b"OS/2" in tables:
        style = _number_at(file, tables[b"OS/2"][0] + _STYLE_IN_OS2)
        return bool(style & _BOLD), bool(style & _ITALIC)
    style = _number_at(file, tables[b"head"][0] + _STYLE_IN_HEAD) if b"head" in tables else 0
    return bool(style & _HEAD_BOLD), bool(style & _HEAD_ITALIC)


def _number_at(file: BinaryIO, place: int) -> int:
    file.seek(place)
    number: int = struct.unpack(">H", file.read(2))[0]
    return number


def _families(file: BinaryIO, tables: dict[bytes, tuple[int, int]]) -> list[str]:
    """The family's names in all languages; those for Macintosh only where there are no others."""
    if b"name" not in tables:
        return []
    offset, length = tables[b"name"]
    file.seek(offset)
    names = file.read(min(length, _LARGEST_NAMES))
    _, count, texts = struct.unpack_from(">HHH", names)
    found: dict[int, dict[str, None]] = {_WINDOWS: {}, _MACINTOSH: {}}
    for place in range(count):
        platform, encoding, _, kind, size, start = struct.unpack_from(">6H", names, 6 + 12 * place)
        text = names[texts + start : texts + start + size]
        if kind != _FAMILY_ID:
            continue
        if platform == _WINDOWS:
            found[_WINDOWS][text.decode("utf-16-be").strip("\0")] = None
        elif platform == _MACINTOSH and encoding == _ROMAN:
            found[_MACINTOSH][text.decode("mac-roman").strip("\0")] = None
    return [name for name in (found[_WINDOWS] or found[_MACINTOSH]) if name]
