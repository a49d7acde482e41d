# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes written in the rehearsal, kept beside the deck and never in it: ``ulm.pptx.notes.toml``.

deck = "ulm.pptx"
digest = "9f86d0…"                   # of the deck they were written for

[notes]
4 = "In Ulm steht ein Raum, …"       # by the slide's number

A person may write it as well; comments stay. In a folder that can't be written it is in the user's state
folder instead, which is only as long as the other place can't be written and goes before it.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, NamedTuple

import msgspec
import tomlkit
from tomlkit.items import InlineTable, Table

from pechakucha.files.atomic import write_atomic
from pechakucha.files.locations import notes_folder, own_place, place_digest
from pechakucha.show.edited_notes import EditedNotes
from pechakucha.show.problem import Problem

NOTES_ENDING = ".notes.toml"
LONGEST_NOTES = 20_000
"""Characters of one slide's notes: twenty minutes of talk."""

_LARGEST = 4 << 20
"""Bytes."""
_LONGEST_NAME = 200
"""Bytes; file systems stop at 255, and something comes before and after it."""
_ASIDE = ".unreadable"

_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
"""Whatever programs write for it; PowerPoint's within a paragraph is a vertical tab."""

_NOT_WRITTEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Nothing that anybody types, and not all of it can be written in TOML."""

_Number = Annotated[str, msgspec.Meta(pattern=r"\A[1-9][0-9]{0,3}\Z")]
_Notes = Annotated[str, msgspec.Meta(max_length=LONGEST_NOTES)]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    deck: str = ""
    digest: Annotated[str, msgspec.Meta(pattern=r"\A(?:[0-9a-f]{64})?\Z")] = ""
    notes: dict[_Number, _Notes] = {}


class SavedNotes(NamedTuple):
    """Where notes are now.

    Attributes:
        path: the file.
        elsewhere: whether it is not beside the deck, because nothing can be written there.
        aside: what was there before and could not be understood, under its new name.
    """

    path: Path
    elsewhere: bool = False
    aside: Path | None = None


def read_notes(deck: Path) -> EditedNotes:
    """The notes kept for a deck; none where there is no such file.

    Args:
        deck: the deck's file or folder.

    Raises:
        Problem: ``notes-file-unreadable``.
    """
    return _understood(*_read(_kept(deck)))


def change_notes(
    deck: Path, digest: str, changes: Mapping[int, str | None], *, heading: str = ""
) -> SavedNotes:
    """Keep the notes of some slides; everything else in the file stays as it is.

    A file that can't be understood is not written over but put aside.

    Args:
        deck: the deck's file or folder.
        digest: of the deck as it is now.
        changes: notes by the slide's number; None for those that are in the deck itself.
        heading: a comment that a new file begins with.

    Raises:
        Problem: ``notes-not-writable``; what was kept before is untouched.
    """
    text, aside = _to_change(deck)
    content = tomlkit.dumps(_changed(text, deck, digest, changes, heading)).encode()
    reason = ""
    for place in _places(deck):
        try:
            if place == _instead(deck):
                place.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(place, content)
            if place == _beside(deck):
                _instead(deck).unlink(missing_ok=True)  # while it is there it goes before
        except OSError as error:
            reason = reason or error.strerror or str(error)
            continue
        return SavedNotes(place, place != _beside(deck), aside)
    raise Problem("notes-not-writable", path=str(_beside(deck) or _instead(deck)), reason=reason)


def is_notes_file(path: Path) -> bool:
    """Whether a file is named as one of these, or as what was put aside in its place."""
    return path.suffixes[-2:] == [".notes", ".toml"] or f"{NOTES_ENDING}{_ASIDE}" in path.name


def written(text: str) -> str:
    """Notes as they are kept: with plain line ends, without what can't be written, and not endless."""
    plain = _LINE_END.sub("\n", text)
    return _NOT_WRITTEN.sub("", plain)[:LONGEST_NOTES]


def _changed(
    text: str, deck: Path, digest: str, changes: Mapping[int, str | None], heading: str
) -> tomlkit.TOMLDocument:
    document = tomlkit.parse(text)
    if not text and heading:
        document.add(tomlkit.comment(written(heading)))
    document["deck"] = written(own_place(deck).name)
    document["digest"] = digest
    notes = _table_of_notes(document)
    for number, words in changes.items():
        if words is None:
            notes.pop(str(number), None)
        else:
            plain = written(words)
            notes[str(number)] = tomlkit.string(plain, multiline="\n" in plain)
    return document


def _table_of_notes(document: tomlkit.TOMLDocument) -> Table | InlineTable:
    """The table of the notes; dotted keys with others between them are gathered in one first."""
    scattered: dict[str, str] = {}
    if "notes" in document:
        notes = document["notes"]
        if isinstance(notes, Table | InlineTable):
            return notes
        scattered = dict(document.unwrap()["notes"])
        del document["notes"]
    document.add(tomlkit.nl())
    table = tomlkit.table()
    table.update(scattered)
    document["notes"] = table
    return table


def _to_change(deck: Path) -> tuple[str, Path | None]:
    """The text to change, "" for none; and what could not be understood before it, under its new name."""
    aside = None
    for path in (_instead(deck), _beside(deck)):
        if path is None:
            continue
        try:
            text = _read(path)[1]
            _understood(path, text)
        except Problem:
            aside = _put_aside(path) or aside
            continue
        if text:
            return text, aside
    return "", aside


def _read(path: Path) -> tuple[Path, str]:
    """A file and its text, "" where it is not there."""
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        return path, ""
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from error
    if len(content) > _LARGEST:
        raise _unreadable(path, os.strerror(errno.EFBIG))
    try:
        return path, content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unreadable(path, "UTF-8") from error


def _understood(path: Path, text: str) -> EditedNotes:
    try:
        file = msgspec.convert(tomllib.loads(text), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise _unreadable(path, str(error)) from error
    return EditedNotes(file.digest, {int(number): notes for number, notes in file.notes.items()})


def _unreadable(path: Path, reason: str) -> Problem:
    return Problem("notes-file-unreadable", path=str(path), reason=reason)


def _put_aside(path: Path) -> Path | None:
    """Give a file another name; None where it can't have one, and then nothing can be written there."""
    names = (f"{path.name}{_ASIDE}{f'-{number}' if number > 1 else ''}" for number in itertools.count(1))
    aside = next(free for name in names if not (free := path.with_name(name)).exists())
    with contextlib.suppress(OSError):
        return path.rename(aside)
    return None


def _kept(deck: Path) -> Path:
    """Where the notes of a deck are, or would be looked for first."""
    instead, beside = _instead(deck), _beside(deck)
    return instead if beside is None or instead.exists() else beside


def _places(deck: Path) -> tuple[Path, ...]:
    beside = _beside(deck)
    return (_instead(deck),) if beside is None else (beside, _instead(deck))


def _beside(deck: Path) -> Path | None:
    """None where the name would become too long."""
    place = own_place(deck)
    name = f"{place.name}{NOTES_ENDING}"
    return place.with_name(name) if place.name and len(os.fsencode(name)) <= _LONGEST_NAME else None


def _instead(deck: Path) -> Path:
    return notes_folder() / f"{own_place(deck).stem[:40]}-{place_digest(deck)}{NOTES_ENDING}"
