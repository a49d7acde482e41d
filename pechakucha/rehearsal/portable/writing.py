# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages on disk: one for a deck; for a show one for each city, and beside each the same zipped."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from pechakucha.decks.picture_folder import printable
from pechakucha.files.atomic import try_to_write, write_atomic
from pechakucha.files.pack import as_any_system_sees
from pechakucha.show.problem import Problem

ENDINGS = (".html", ".htm")
ZIP_ENDING = ".zip"
_LONGEST_NAME = 60
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\ud800-\udfff\ufffd]')
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)
"""Names that Windows keeps for itself, with whatever ending."""


def check_page_target(target: Path) -> None:
    """See before the work whether a page can be written there.

    Raises:
        Problem: ``page-ending`` or ``page-not-written``.
    """
    if target.suffix.lower() not in ENDINGS or target.is_dir():
        raise Problem("page-ending", path=str(target))
    try:
        try_to_write(target)
    except OSError as error:
        raise Problem("page-not-written", path=str(target), reason=error.strerror or "") from error


def open_page_folder(folder: Path) -> None:
    """Make the folder for a show's pages, and see whether they can be written there.

    Raises:
        Problem: ``page-folder-taken`` where a file has this name, or ``page-not-written``.
    """
    if folder.exists() and not folder.is_dir():
        raise Problem("page-folder-taken", path=str(folder))
    try:
        folder.mkdir(exist_ok=True)
        try_to_write(folder / "page")
    except OSError as error:
        raise Problem("page-not-written", path=str(folder), reason=error.strerror or "") from error


def write_page(target: Path, page: bytes) -> None:
    """Write a page, whole or not at all.

    Raises:
        Problem: ``page-not-written``.
    """
    _write(target, page)


def write_mailable(folder: Path, name: str, page: bytes) -> Path:
    """Write a page, and beside it the same zipped, since many mail systems keep back ``.html``.

    Returns:
        The page's path.

    Raises:
        Problem: ``page-not-written``.
    """
    target = folder / f"{name}.html"
    _write(target, page)
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(target.name, page)
    _write(folder / f"{name}{ZIP_ENDING}", zipped.getvalue())
    return target


def page_names(cities: Iterable[str]) -> list[str]:
    """A name for each city's page, without ending, that every system can have, and none twice on any."""
    taken: set[str] = set()
    names: list[str] = []
    for place, city in enumerate(cities, start=1):
        plain = _UNFIT.sub("-", printable(city)).strip(" .-")[:_LONGEST_NAME].strip(" .-")
        plain = plain or str(place)
        stem = f"{plain} {place}" if _DEVICE.match(plain) else plain
        name, number = stem, 1
        while as_any_system_sees(name) in taken:
            number += 1
            name = f"{stem} ({number})"
        taken.add(as_any_system_sees(name))
        names.append(name)
    return names


def _write(target: Path, content: bytes) -> None:
    try:
        write_atomic(target, content)
    except OSError as error:
        raise Problem("page-not-written", path=str(target), reason=error.strerror or "") from error
