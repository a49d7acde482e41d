# SPDX-License-Identifier: AGPL-3.0-or-later
"""What kind of file something is, told from its content and not from its name.

``look`` compares bytes only and may run anywhere; ``look_into_zip`` and ``look_into_odp`` read
what is in a ZIP archive and belong in the worker.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from pechakucha.decks.drawing import Refused, short_reason
from pechakucha.decks.package import MOST_ENTRIES, open_package
from pechakucha.decks.picture_folder import shown_name
from pechakucha.files import pack
from pechakucha.show.deck import MOST_SLIDES
from pechakucha.show.problem import Finding

PPTX = "pptx"
ODP = "odp"
PPT = "ppt"
PDF = "pdf"
PICTURES = "pictures"
"""A folder of pictures."""
ZIP = "zip"
"""An archive of pictures."""
PACK = "pechakucha"
"""A deck that was handed in, drawn already."""

_LARGEST_FILE = 1 << 30
DECK_ENDINGS = ("pptx", "pptm", "ppsx", "ppsm", "potx", "potm", "ppt", "pps", "odp", "otp", "pdf")
"""How files of decks are usually called; what they are, their content says."""
_CHUNK = 1 << 20

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_ENTRY, _ENTRY_SIZE = b"PK\x01\x02", 46
_END, _END_SIZE, _LONGEST_COMMENT = b"PK\x05\x06", 22, 0xFFFF
_IN_ZIP64 = 0xFFFFFFFF
"""Stands where the directory's size would, in archives that count in 64 bits."""
_LARGEST_DIRECTORY = 1 << 24
_MOST_FILES = 2 * MOST_SLIDES
"""In a folder of pictures, which may hold others beside them."""

_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_POWERPOINT = "PowerPoint Document".encode("utf-16-le")
_ENCRYPTED = (
    "EncryptedPackage".encode("utf-16-le"),
    "EncryptedSummary".encode("utf-16-le"),
    # The size of an old PowerPoint file's "current user", and the mark of an encrypted one.
    b"\x14\x00\x00\x00\xdf\xc4\xd1\xf3",
)

_ODF = b"application/vnd.oasis.opendocument."
_MIMETYPES = {
    _ODF + b"presentation": ODP,
    _ODF + b"text": "odt",
    _ODF + b"spreadsheet": "ods",
    _ODF + b"graphics": "odg",
    b"application/epub+zip": "epub",
    pack.MIMETYPE: PACK,
}
"""What the member that comes first in some archives begins with; templates go on after it."""
_KEYNOTE = (b"Index/Document.iwa", b"Index.zip", b"index.apxl", b"index.apxl.gz")
_OTHER_PACKAGES = {
    b"word/document.xml": "docx",
    b"xl/workbook.xml": "xlsx",
    b"xl/workbook.bin": "xlsx",
    b"[Content_Types].xml": "zip",
    b"META-INF/MANIFEST.MF": "zip",
    b"META-INF/manifest.xml": "zip",
}
"""Archives that may well contain pictures and are none of pictures all the same."""


class Look(NamedTuple):
    """A kind, or the file's ending with the finding that says why it is not taken."""

    kind: str
    finding: Finding | None = None


def look(path: Path) -> Look:
    """Tell the kind of a file or folder. What is in it may still turn out to be damaged."""
    ending = Path(shown_name(path)).suffix.lower().removeprefix(".")
    try:
        return Look(_kind(path, ending))
    except Refused as refused:
        return Look(ending, refused.finding)


def look_into_zip(path: Path) -> None:
    """Make sure that a ZIP archive is a PPTX of a size that is safe to unpack.

    Raises:
        Refused: it is damaged, too large, or something else.
    """
    with open_package(path) as archive:
        if "ppt/presentation.xml" not in archive.namelist():
            raise Refused("kind-unsupported", kind="zip")


def look_into_odp(path: Path) -> None:
    """Make sure that an ODP is of a size that is safe to unpack, and not encrypted.

    Raises:
        Refused: it is damaged, too large, or encrypted.
    """
    with open_package(path) as archive:
        names = set(archive.namelist())
        try:
            manifest = archive.open("META-INF/manifest.xml").read(_LARGEST_DIRECTORY)
        except Exception as error:  # zlib and zipfile have errors of their own each
            raise Refused("damaged", reason=short_reason(error)) from error
        if b"encryption-data" in manifest or "encrypted-package" in names:
            raise Refused("encrypted")


def _kind(path: Path, ending: str) -> str:
    name = shown_name(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return _kind_of_folder(path, ending)
        if not stat.S_ISREG(status.st_mode):
            raise Refused("kind-unsupported", kind="")
        if not status.st_size:
            raise Refused("empty", name=name)
        if status.st_size > _LARGEST_FILE:
            raise Refused("too-large", size_mb=status.st_size >> 20, limit_mb=_LARGEST_FILE >> 20)
        with path.open("rb") as file:
            return _kind_of_file(file, status.st_size, ending)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:  # no name has a NUL in it
        raise Refused("not-found", name=name) from error
    except OSError as error:
        raise Refused("not-readable", name=name, reason=os.strerror(error.errno or 0)) from error


def _kind_of_folder(folder: Path, ending: str) -> str:
    """Pictures, unless it is what macOS shows as a Keynote file."""
    if ending == "key" and any((folder / os.fsdecode(name)).exists() for name in (*_KEYNOTE, b"Index")):
        raise Refused("keynote")
    _refuse_huge_folder(folder)
    return PICTURES


def _refuse_huge_folder(folder: Path) -> None:
    """Somebody's whole collection is no deck, and nobody wants to wait until it is copied."""
    files = size = 0
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_file():
                files, size = files + 1, size + entry.stat().st_size
    if files > _MOST_FILES:
        raise Refused("too-many-slides", slides=files, limit=MOST_SLIDES)
    if size > _LARGEST_FILE:
        raise Refused("too-large", size_mb=size >> 20, limit_mb=_LARGEST_FILE >> 20)


def _kind_of_file(file: BinaryIO, size: int, ending: str) -> str:
    start = file.read(1024)
    if start.startswith(_ZIP):
        return _kind_of_zip(start, _read_directory(file, size))
    if b"%PDF-" in start:
        return PDF
    if start.startswith(_COMPOUND_FILE):
        return _kind_of_compound_file(file)
    if ending in (*DECK_ENDINGS, PACK):
        raise Refused("damaged", reason="something else inside")
    raise Refused("kind-unsupported", kind=ending)


def _kind_of_zip(start: bytes, directory: bytes) -> str:
    kind = _kind_by_mimetype(start)
    if kind in (ODP, PACK):
        return kind
    if kind:
        raise Refused("kind-unsupported", kind=kind)
    members = set(_members(directory))
    if b"ppt/presentation.xml" in members:
        return PPTX
    # The Finder packs a Keynote file that is a folder together with the folder.
    inside = tuple(b".key/" + name for name in _KEYNOTE)
    if members.intersection(_KEYNOTE) or any(member.endswith(inside) for member in members):
        raise Refused("keynote")
    for name, other in _OTHER_PACKAGES.items():
        if name in members:
            raise Refused("kind-unsupported", kind=other)
    return ZIP


def _kind_by_mimetype(start: bytes) -> str:
    """By the member ``mimetype``, which the formats that have one store first and unpacked."""
    if start[30:38] != b"mimetype":
        return ""
    begin = 38 + int.from_bytes(start[28:30], "little")
    return next((kind for mimetype, kind in _MIMETYPES.items() if start.startswith(mimetype, begin)), "zip")


def _read_directory(file: BinaryIO, size: int) -> bytes:
    """The bytes of a ZIP archive's directory, which stands before its end.

    Raises:
        Refused: the end is missing, or the directory is larger than that of any deck.
    """
    file.seek(-min(size, _END_SIZE + _LONGEST_COMMENT), os.SEEK_END)
    tail = file.read()
    end = tail.rfind(_END, 0, len(tail) - _END_SIZE + len(_END))
    if end < 0:
        raise Refused("damaged", reason="the end is missing")
    length = int.from_bytes(tail[end + 12 : end + 16], "little")
    if _LARGEST_DIRECTORY < length < _IN_ZIP64:
        raise Refused("damaged", reason="the directory is too large")
    end += size - len(tail)
    begin = max(0, end - min(length, _LARGEST_DIRECTORY))
    file.seek(begin)
    return file.read(end - begin)


def _members(directory: bytes) -> Iterator[bytes]:
    """The names in a ZIP archive's directory, entry by entry, as far as it makes sense."""
    at = directory.find(_ENTRY)
    for _ in range(MOST_ENTRIES):
        if at < 0 or directory[at : at + len(_ENTRY)] != _ENTRY:
            return
        name, extra, comment = (
            int.from_bytes(directory[at + place : at + place + 2], "little") for place in (28, 30, 32)
        )
        yield directory[at + _ENTRY_SIZE : at + _ENTRY_SIZE + name]
        at += _ENTRY_SIZE + name + extra + comment


def _kind_of_compound_file(file: BinaryIO) -> str:
    """Old Office files and the wrapping of encrypted new ones share a container.

    Its directory holds the streams' names in UTF-16, which is all that is looked for.
    """
    found = _find(file, (_POWERPOINT, *_ENCRYPTED))
    if found.intersection(_ENCRYPTED):
        raise Refused("encrypted")
    if _POWERPOINT in found:
        return PPT
    raise Refused("kind-unsupported", kind="ole")


def _find(file: BinaryIO, wanted: tuple[bytes, ...]) -> set[bytes]:
    """Which of these are in a file; read in pieces, since a mapped file that shrinks ends the program."""
    file.seek(0)
    found: set[bytes] = set()
    overlap, before = max(map(len, wanted)), b""
    while chunk := file.read(_CHUNK):
        window = before + chunk
        found.update(each for each in wanted if each in window)
        before = window[-overlap:]
    return found
