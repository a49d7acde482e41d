# SPDX-License-Identifier: AGPL-3.0-or-later
"""A ZIP archive of pictures as a deck, for the worker.

Nothing is unpacked to disk, so no member's name leads anywhere; each is read into memory, with its
size known before.
"""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path, PurePosixPath

from pechakucha.decks.drawing import Refused
from pechakucha.decks.package import open_package
from pechakucha.decks.picture_folder import is_junk, natural_order, printable
from pechakucha.decks.picture_kinds import START_SIZE, TAKEN, kind_of_named
from pechakucha.decks.picture_source import Picture, Pictures, refuse_large_file

_ENCRYPTED, _UTF8 = 0x1, 0x800
"""Flags of a member."""
_LONGEST_SHOWN = 250
_HIGHEST_RATIO = 100
_ALWAYS_SAFE = 1 << 28
"""So many unpacked bytes may come from however few."""
_DECKS = {
    b"%PDF": frozenset({".pdf"}),
    b"PK\x03\x04": frozenset({".odp", ".otp", ".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".key"}),
    b"\xd0\xcf\x11\xe0": frozenset({".ppt", ".pps", ".pptx"}),
}
_READ_ERRORS = (
    zipfile.BadZipFile,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    zlib.error,
)


@contextlib.contextmanager
def pictures_in_archive(path: Path) -> Iterator[Pictures]:
    """The pictures in an archive, in natural order over folders and files.

    Raises:
        Refused: it is damaged, encrypted, too large, or packed so densely that it must be meant
            to do harm; or it holds a deck instead of pictures.
    """
    with open_package(path) as archive:
        entries = [entry for entry in archive.infolist() if _counts(entry)]
        _refuse_dangerous(entries, path.stat().st_size)
        found = [_picture(archive, entry) for entry in sorted(entries, key=_order)]
        slides = tuple(each for each in found if each.kind in TAKEN)
        if not slides:
            _refuse_packed_deck(archive, entries)
        yield Pictures(slides, tuple(each for each in found if each.kind and each.kind not in TAKEN))


def _counts(entry: zipfile.ZipInfo) -> bool:
    is_folder = entry.filename.endswith(("/", "\\"))
    return not is_folder and not any(map(is_junk, _parts(entry)))


def _refuse_dangerous(entries: Sequence[zipfile.ZipInfo], packed: int) -> None:
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        raise Refused("encrypted")
    unpacked, limit = sum(entry.file_size for entry in entries), max(_ALWAYS_SAFE, _HIGHEST_RATIO * packed)
    if unpacked > limit:
        raise Refused("too-large", size_mb=unpacked >> 20, limit_mb=limit >> 20)
    # Others may ask for as much memory as they like to unpack a few bytes.
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
        raise Refused("damaged", reason="an unusual compression")


def _picture(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Picture:
    name = printable("/".join(_parts(entry)))
    if len(name) > _LONGEST_SHOWN:
        name = "…" + name[1 - _LONGEST_SHOWN :]
    kind = kind_of_named(_parts(entry)[-1], _start_of(archive, entry))
    return Picture(name, kind, partial(_read, archive, entry, name))


def _start_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Nothing where the member is damaged: reading it whole will say so."""
    with contextlib.suppress(*_READ_ERRORS), archive.open(entry) as member:
        return member.read(START_SIZE)
    return b""


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> bytes:
    refuse_large_file(name, entry.file_size)
    try:
        return archive.read(entry)
    except _READ_ERRORS as error:
        raise ValueError("damaged inside the archive") from error


def _refuse_packed_deck(archive: zipfile.ZipFile, entries: Sequence[zipfile.ZipInfo]) -> None:
    decks = [entry for entry in entries if _is_deck(archive, entry)]
    if decks:
        raise Refused("packed-deck", count=len(decks), name=printable(_parts(decks[0])[-1])[:_LONGEST_SHOWN])


def _is_deck(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bool:
    endings = _DECKS.get(_start_of(archive, entry)[:4], frozenset())
    return PurePosixPath(_parts(entry)[-1]).suffix.lower() in endings


def _order(entry: zipfile.ZipInfo) -> list[tuple[list[tuple[int, int, str]], str]]:
    return [natural_order(part) for part in _parts(entry)]


def _parts(entry: zipfile.ZipInfo) -> tuple[str, ...]:
    parts = _name(entry).replace("\\", "/").split("/")
    return tuple(part for part in parts if part not in ("", ".", "..")) or ("",)


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as it was meant: macOS writes UTF-8 without saying so, which is read as CP437."""
    if not entry.flag_bits & _UTF8:
        with contextlib.suppress(UnicodeError):
            return entry.filename.encode("cp437").decode("utf-8")
    return entry.filename
