# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writing a pack; what is in one, ``pack`` says."""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from pechakucha import __version__
from pechakucha.files.atomic import try_to_write, written_atomic
from pechakucha.files.pack import (
    FORMAT,
    LARGEST_RECORD,
    LARGEST_SHOW,
    MIMETYPE,
    MIMETYPE_MEMBER,
    RECORD_MEMBER,
    SHOW_MEMBER,
    Pack,
    PackedPicture,
    PackedTalk,
    as_any_system_sees,
    fits,
    is_pack,
)
from pechakucha.show.deck import Deck
from pechakucha.show.pin import Pin
from pechakucha.show.problem import Problem

_SAMPLE = 1 << 20
_WORTH_DEFLATING = 0.95
_LONGEST_STEM = 200
_UNIX = 3
_FIRST_DATE = (1980, 1, 1, 0, 0, 0)
"""ZIP knows none before."""

_PLAIN_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_UNFIT = re.compile(r'[\x00-\x1f\x7f-\x9f/\\:*?"<>|\ud800-\udfff]')


class TalkToPack(NamedTuple):
    """What goes into a pack for a talk: its deck, the folder of the pictures, the deck's files."""

    id: str
    deck: Deck
    pictures: Path
    originals: Sequence[Path]
    pin: Pin | None = None


def check_pack_target(target: Path) -> None:
    """See before the work whether a pack can be written there.

    Raises:
        Problem: ``pack-target-taken`` where something else has this name, or ``pack-not-written``.
    """
    if target.is_dir() or (target.exists() and not is_pack(target)):
        raise Problem("pack-target-taken", path=str(target))
    try:
        try_to_write(target)
    except OSError as error:
        raise Problem("pack-not-written", path=str(target), reason=error.strerror or "") from error


def write_pack(target: Path, show: bytes, talks: Sequence[TalkToPack], now: dt.datetime) -> None:
    """Write a pack; the same show and decks give the same bytes at the same time.

    Args:
        target: where; a pack that is there is replaced, whole or not at all.
        show: the show file's bytes.
        talks: in the show's order.
        now: local time with its zone.

    Raises:
        Problem: ``pack-target-taken``, ``pack-too-large`` or ``pack-not-written``.
    """
    check_pack_target(target)
    try:
        with written_atomic(target) as file, zipfile.ZipFile(file, "w") as archive:
            _Writer(archive, now).write(show, talks)
    except _TooLarge as error:
        raise Problem("pack-too-large", path=str(target)) from error
    except OSError as error:
        raise Problem("pack-not-written", path=str(target), reason=error.strerror or "") from error


class _TooLarge(Exception):
    """It would be refused when it is opened."""


class _Writer:
    """Fills an archive."""

    def __init__(self, archive: zipfile.ZipFile, now: dt.datetime) -> None:
        self._archive, self._now = archive, now

    def write(self, show: bytes, talks: Sequence[TalkToPack]) -> None:
        self._add(MIMETYPE_MEMBER, MIMETYPE, zipfile.ZIP_STORED)
        self._add(SHOW_MEMBER, show, zipfile.ZIP_DEFLATED)
        packed = [self._write_talk(talk, place) for place, talk in enumerate(talks, start=1)]
        if len(show) > LARGEST_SHOW or not fits(packed):
            raise _TooLarge
        pack = Pack(format=FORMAT, program=__version__, packed=self._now, talks=tuple(packed))
        record = msgspec.json.format(msgspec.json.encode(pack), indent=1)
        if len(record) > LARGEST_RECORD:
            raise _TooLarge
        self._add(RECORD_MEMBER, record, zipfile.ZIP_DEFLATED)

    def _write_talk(self, talk: TalkToPack, place: int) -> PackedTalk:
        folder = talk.id if _PLAIN_ID.fullmatch(talk.id) else f"talk_{place}"
        originals = [
            name
            for name, file in zip(_original_names(talk.originals), talk.originals, strict=True)
            if self._add_original(f"decks/{folder}/{name}", file)
        ]
        names = sorted(slide.picture for slide in talk.deck.slides if slide.picture is not None)
        return PackedTalk(
            id=talk.id,
            folder=folder,
            deck=talk.deck,
            pictures=tuple(self._add_picture(folder, talk.pictures / name) for name in names),
            originals=tuple(originals),
            pin=talk.pin,
        )

    def _add_picture(self, folder: str, file: Path) -> PackedPicture:
        content = file.read_bytes()
        self._add(f"slides/{folder}/{file.name}", content, zipfile.ZIP_STORED)
        return PackedPicture(file.name, hashlib.sha256(content).hexdigest(), len(content))

    def _add_original(self, name: str, file: Path) -> bool:
        """Whether it was there; one that was not has its finding."""
        try:
            source = file.open("rb")
        except OSError:
            return False
        with source:
            sample = source.read(_SAMPLE)
            source.seek(0)
            info = self._info(name, zipfile.ZIP_DEFLATED if _shrinks(sample) else zipfile.ZIP_STORED)
            info.file_size = os.fstat(source.fileno()).st_size
            with self._archive.open(info, "w") as member:
                shutil.copyfileobj(source, member, _SAMPLE)
        return True

    def _add(self, name: str, content: bytes, compression: int) -> None:
        self._archive.writestr(self._info(name, compression), content)

    def _info(self, name: str, compression: int) -> zipfile.ZipInfo:
        """The same on every system."""
        info = zipfile.ZipInfo(name, max(self._now.timetuple()[:6], _FIRST_DATE))
        info.create_system = _UNIX
        info.external_attr = (stat.S_IFREG | 0o644) << 16
        info.compress_type = compression
        return info


def _shrinks(sample: bytes) -> bool:
    """Whether it is worth the time: most decks are compressed already, at 20 MB a second in vain."""
    return len(zlib.compress(sample, 1)) < _WORTH_DEFLATING * len(sample)


def _original_names(files: Iterable[Path]) -> list[str]:
    """A name for each file that every system can have, and none twice on any."""
    taken: set[str] = set()
    names: list[str] = []
    for file in files:
        name = _UNFIT.sub("_", file.name).rstrip(". ") or "_"
        stem, dot, ending = name.rpartition(".") if "." in name[1:] else (name, "", "")
        number = 1
        while as_any_system_sees(name) in taken:
            number += 1
            name = f"{stem[:_LONGEST_STEM]} ({number}){dot}{ending}"
        taken.add(as_any_system_sees(name))
        names.append(name)
    return names
