# SPDX-License-Identifier: AGPL-3.0-or-later
"""A worker's task: look into a pack, and take out its pictures.

Nothing in the archive names a path on this machine: a member counts if its name is one of those that
``Pack`` allows, and pictures are written under names of ours, only after they were decoded.
"""

from __future__ import annotations

import hashlib
import os
import stat
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImageReader

from pechakucha.decks.drawing import JPEG_END, JPEG_START, STAGE_4K
from pechakucha.decks.picture_folder import printable
from pechakucha.decks.worker_messages import Answer, OpenPack, PackOpened, PackRefused, PackTrouble, Progress
from pechakucha.files import pack
from pechakucha.files.pack import Pack, PackedPicture
from pechakucha.files.show_file import read_show
from pechakucha.show.checks import check_show
from pechakucha.show.plan import Show
from pechakucha.show.problem import Problem

_ENCRYPTED = 1
"""A member's flag."""
_ALLOCATION_MB = 64
"""Twice what the largest picture takes."""
_LONGEST_SHOWN = 120


class _Version(msgspec.Struct, frozen=True):
    format: int


class _Refused(Exception):
    """This is no pack, or a damaged one."""

    def __init__(self, answer: PackRefused) -> None:
        super().__init__(answer)
        self.answer = answer


def open_pack(task: OpenPack, send: Callable[[Answer], None]) -> None:
    """Look into the pack; whatever is wrong with it becomes an answer."""
    try:
        send(_open(task, send))
    except _Refused as refused:
        send(refused.answer)
    except MemoryError:
        send(PackRefused("size"))
    except BrokenPipeError:
        raise
    except Exception:  # zipfile, zlib and the disk have errors of their own each
        traceback.print_exc()
        send(PackRefused("archive"))


def _open(task: OpenPack, send: Callable[[Answer], None]) -> PackOpened:
    target = Path(task.target)
    with Path(os.fsdecode(task.pack)).open("rb") as file:
        if not pack.begins_as_pack(file.read(128)):
            raise _refused("content" if zipfile.is_zipfile(file) else "archive", pack.MIMETYPE_MEMBER)
        with zipfile.ZipFile(file) as archive:
            record = _read_record(archive)
            _check_members(archive.infolist(), record)
            show = _read_show(archive, target, record)
            if task.pictures:
                _take_out_pictures(archive, record, target, send)
    return PackOpened(show, record)


def _read_record(archive: zipfile.ZipFile) -> Pack:
    content = _read(archive, pack.RECORD_MEMBER, pack.LARGEST_RECORD)
    try:
        if msgspec.json.decode(content, type=_Version).format > pack.FORMAT:
            raise _refused("newer")
        return msgspec.json.decode(content, type=Pack)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise _refused("content", pack.RECORD_MEMBER) from error


def _check_members(members: list[zipfile.ZipInfo], record: Pack) -> None:
    """Exactly those that there may be, each once, and each a plain file."""
    # The name as written: Windows' backslashes and what follows a zero are gone from the other one.
    names = Counter(member.orig_filename for member in members)
    odd = names - Counter(record.members) or Counter(record.members) - names
    if odd:
        raise _refused("content", next(iter(odd)))
    for member in members:
        plain = stat.S_IFMT(member.external_attr >> 16) in (0, stat.S_IFREG)
        known = member.compress_type in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
        if not plain or not known or member.flag_bits & _ENCRYPTED:
            raise _refused("content", member.orig_filename)


def _read_show(archive: zipfile.ZipFile, target: Path, record: Pack) -> Show:
    copy = target / pack.SHOW_MEMBER
    _write(copy, _read(archive, pack.SHOW_MEMBER, pack.LARGEST_SHOW))
    try:
        show = read_show(copy)
    except Problem as problem:
        raise _refused("content", pack.SHOW_MEMBER) from problem
    if [talk.id for talk in show.talks] != [talk.id for talk in record.talks]:
        raise _refused("content", pack.SHOW_MEMBER)
    # If it holds anything that the checks stumble over, they do so here and not in the program.
    check_show(show, {talk.id: talk.deck for talk in record.talks})
    return show


def _take_out_pictures(
    archive: zipfile.ZipFile, record: Pack, target: Path, send: Callable[[Answer], None]
) -> None:
    total = sum(len(talk.pictures) for talk in record.talks)
    done = 0
    send(Progress(done, total))
    for talk in record.talks:
        folder = target / talk.folder
        folder.mkdir()
        for picture in talk.pictures:
            member = talk.picture_member(picture)
            content = _read(archive, member, picture.size)
            if not _is_sound(content, picture):
                raise _refused("picture", member)
            _write(folder / picture.name, content)
            done += 1
            send(Progress(done, total))


def _is_sound(content: bytes, picture: PackedPicture) -> bool:
    """Whether it is what was packed, and a JPEG that the stage may decode."""
    if len(content) != picture.size or hashlib.sha256(content).hexdigest() != picture.sha256:
        return False
    if not (content.startswith(JPEG_START) and content.endswith(JPEG_END)):
        return False
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"jpeg"))
    reader.setAutoDetectImageFormat(False)
    reader.setAllocationLimit(_ALLOCATION_MB)
    size = reader.size()
    bounded = 0 < size.width() <= STAGE_4K.width and 0 < size.height() <= STAGE_4K.height
    return bounded and not reader.read().isNull()


def _read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A member, unpacked to no more than ``most`` bytes."""
    try:
        member = archive.getinfo(name)
    except KeyError as error:
        raise _refused("content", name) from error
    if member.file_size > most:
        raise _refused("size", name)
    # With a number of bytes: else all of a bomb would be unpacked before it is cut off.
    with archive.open(member) as file:
        return file.read(most + 1)


def _write(file: Path, content: bytes) -> None:
    try:
        file.write_bytes(content)
    except OSError as error:
        raise _refused("disk", os.strerror(error.errno or 0)) from error


def _refused(why: PackTrouble, about: str = "") -> _Refused:
    return _Refused(PackRefused(why, printable(about[:_LONGEST_SHOWN])))
