# SPDX-License-Identifier: AGPL-3.0-or-later
"""What kind of file something is, told from its content and not from its name.

``look`` compares bytes only and may run anywhere; ``look_into_zip`` reads the directory
of a ZIP archive and belongs in the worker.
"""

from __future__ import annotations

import mmap
import os
import stat
import zipfile
from pathlib import Path
from typing import NamedTuple

from pechakucha.decks.drawing import Refused
from pechakucha.decks.package import open_package
from pechakucha.decks.picture_folder import shown_name
from pechakucha.show.problem import Finding

PPTX = "pptx"
ODP = "odp"
PPT = "ppt"
PDF = "pdf"
PICTURES = "pictures"
"""A folder of pictures."""
ZIP = "zip"
"""An archive of pictures."""

_LARGEST_FILE = 1 << 30
_EXPECTED_ENDINGS = frozenset({"pptx", "pptm", "ppsx", "potx", "pdf"})
_ZIP = b"PK\x03\x04"
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Look(NamedTuple):
    """A kind, or the file's ending with the finding that says why it is not taken."""

    kind: str
    finding: Finding | None = None


def look(path: Path) -> Look:
    """Tell the kind of a file or folder; anything that starts as a ZIP counts as ``pptx`` here."""
    ending = path.suffix.lower().removeprefix(".")
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
        names = set(archive.namelist())
        if "ppt/presentation.xml" not in names:
            raise Refused("kind-unsupported", kind=_kind_of_zip(names, _mimetype(archive)))


def _kind(path: Path, ending: str) -> str:
    name = shown_name(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return PICTURES
        if not stat.S_ISREG(status.st_mode):
            raise Refused("kind-unsupported", kind="")
        if not status.st_size:
            raise Refused("empty", name=name)
        if status.st_size > _LARGEST_FILE:
            raise Refused("too-large", size_mb=status.st_size >> 20, limit_mb=_LARGEST_FILE >> 20)
        return _kind_by_bytes(path, ending)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Refused("not-found", name=name) from error
    except OSError as error:
        raise Refused("not-readable", name=name, reason=os.strerror(error.errno or 0)) from error


def _kind_by_bytes(path: Path, ending: str) -> str:
    with path.open("rb") as file:
        start = file.read(1024)
        if start.startswith(_ZIP):
            return PPTX
        if b"%PDF" in start:
            return PDF
        if start.startswith(_COMPOUND_FILE):
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
                raise _refused_compound_file(content)
    if ending in _EXPECTED_ENDINGS:
        raise Refused("damaged", reason=f"not a {ending.upper()} file inside")
    raise Refused("kind-unsupported", kind=ending)


def _refused_compound_file(content: mmap.mmap) -> Refused:
    """Old Office files and the wrapping of encrypted new ones share a container.

    Its directory holds the streams' names in UTF-16, which is all that is looked for.
    """
    if _has_stream(content, "EncryptedPackage") or _has_stream(content, "EncryptedSummary"):
        return Refused("encrypted")
    if _has_stream(content, "PowerPoint Document"):
        return Refused("kind-unsupported", kind="ppt")
    return Refused("kind-unsupported", kind="ole")


def _has_stream(content: mmap.mmap, name: str) -> bool:
    return content.find(name.encode("utf-16-le")) >= 0


def _mimetype(archive: zipfile.ZipFile) -> str:
    try:
        entry = archive.getinfo("mimetype")
    except KeyError:
        return ""
    return archive.read(entry).decode("ascii", "replace") if entry.file_size <= 200 else ""


def _kind_of_zip(names: set[str], mimetype: str) -> str:
    if mimetype.startswith("application/vnd.oasis.opendocument.presentation"):
        return "odp"
    if "Index/Document.iwa" in names:
        return "key"
    known = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
    return next((kind for name, kind in known.items() if name in names), "zip")
