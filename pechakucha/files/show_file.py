# SPDX-License-Identifier: AGPL-3.0-or-later
"""The show file: TOML that a person may write by hand and whose comments stay."""

from __future__ import annotations

import base64
import codecs
import datetime as dt
import difflib
import hashlib
import re
import tomllib
import unicodedata
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec
import tomlkit
from tomlkit.items import AoT, InlineTable, Table

from pechakucha.files.atomic import write_atomic
from pechakucha.show.format import PECHA_KUCHA, Format, parse_format
from pechakucha.show.plan import DEFAULT_CHANGEOVER_SECONDS, Show, Talk
from pechakucha.show.problem import Problem
from pechakucha.show.selection import parse_selection, write_selection

SHOW_ENDING = ".toml"

_FIRST_YEAR, _LAST_YEAR = 1980, 2200
"""Years that every system's clock functions know."""

_Entry = TypeVar("_Entry", Table, InlineTable)
_Seconds = Annotated[int, msgspec.Meta(ge=0, le=86_400)]
_Filled = Annotated[str, msgspec.Meta(min_length=1, pattern="^[^\\x00]*$")]
"""Something, and without the character that no file name can have."""


class _TalkEntry(msgspec.Struct, forbid_unknown_fields=True):
    city: _Filled
    deck: _Filled
    id: _Filled | None = None
    title: str = ""
    presenters: tuple[str, ...] = ()
    slides: str | None = None
    fill: bool = False
    changeover: _Seconds | None = None
    pause: _Seconds = 0
    pause_title: str = ""
    announcement: str = ""


class _Entries(msgspec.Struct, forbid_unknown_fields=True):
    title: _Filled
    date: dt.date | None = None
    start: dt.time | None = None
    changeover: _Seconds = DEFAULT_CHANGEOVER_SECONDS
    language: Literal["de", "en"] | None = None
    format: str = str(PECHA_KUCHA)
    line: bool = False
    number: bool = False
    talk: list[_TalkEntry] = []


def read_show(path: Path) -> Show:
    """Read a show file; ids that a person left out are added to it.

    Raises:
        Problem: ``show-not-found``, ``show-unreadable``, ``show-not-toml``, ``show-invalid``,
            ``show-empty``, ``id-twice``, ``show-format-invalid`` or ``talk-selection-invalid``.
    """
    text = _read_text(path)
    try:
        table = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise Problem("show-not-toml", path=str(path), reason=str(error)) from error
    try:
        entries = msgspec.convert(table, _Entries)
    except msgspec.ValidationError as error:
        raise _invalid(path, str(error)) from error
    if entries.date is not None and not _FIRST_YEAR <= entries.date.year <= _LAST_YEAR:
        raise Problem(
            "show-invalid",
            case="value-show",
            path=str(path),
            field="date",
            talk=0,
            reason=str(entries.date),
            meant="",
        )
    if not entries.talk:
        raise Problem("show-empty", path=str(path))
    _give_ids(path, text, entries.talk)
    return Show(
        title=entries.title,
        date=entries.date,
        start=entries.start,
        changeover=entries.changeover,
        language=entries.language,
        format=_format(path, entries.format),
        line=entries.line,
        number=entries.number,
        talks=tuple(_talk(path, entry) for entry in entries.talk),
    )


def _format(path: Path, given: str) -> Format:
    try:
        return parse_format(given)
    except Problem as problem:
        raise Problem("show-format-invalid", path=str(path), **problem.params) from problem


def change_talk(path: Path, talk: str, *, fill: bool | None = None, slides: str | None = None) -> Show:
    """Change what a show file says about one talk; everything else stays as it was written.

    Args:
        path: the show file.
        talk: the talk's id.
        fill: whether the city's card takes the place of missing slides; None leaves it as it is.
        slides: the slides that go on stage, "" for all that are not hidden; None leaves it as it is.

    Returns:
        The show as the file has it now.

    Raises:
        Problem: ``talk-not-found``, ``selection-invalid``, ``show-not-writable``, or what ``read_show``
            raises; the file is as it was.
    """
    if slides:
        parse_selection(slides)
    ids = [each.id for each in read_show(path).talks]
    if talk not in ids:
        raise Problem("talk-not-found", path=str(path), id=talk)
    document = tomlkit.parse(_read_text(path))
    entry = document["talk"][ids.index(talk)]
    if fill is not None:
        _put(entry, "fill", fill or None)
    if slides is not None:
        _put(entry, "slides", slides or None)
    return _write_changed(path, document)


def take_up_talk(path: Path, new: Talk) -> Show:
    """Let a talk that was handed in take the place of the one with its id, or be the last.

    City, title, presenters, deck and slides become those of the new one, as far as it names them;
    everything else stays as it was written.

    Args:
        path: the show file.
        new: the talk.

    Returns:
        The show as the file has it now.

    Raises:
        Problem: ``show-not-writable``, or what ``read_show`` raises; the file is as it was.
    """
    ids = [each.id for each in read_show(path).talks]
    document = tomlkit.parse(_read_text(path))
    if new.id not in ids:
        _append_talk(document, new)
        return _write_changed(path, document)
    entry = document["talk"][ids.index(new.id)]
    for key, value in _named(new).items():
        _put(entry, key, value)
    # Numbers of another file's slides mean nothing in this one.
    _put(entry, "slides", _slides_of(new))
    return _write_changed(path, document)


def show_of(talk: Talk) -> bytes:
    """A show file with one talk and nothing else."""
    document = tomlkit.document()
    document["title"] = f"{talk.city}: {talk.title}" if talk.title else talk.city
    document.add(tomlkit.nl())
    talks = tomlkit.aot()
    talks.append(_filled(tomlkit.table(), talk))
    document["talk"] = talks
    return tomlkit.dumps(document).encode()


def _append_talk(document: tomlkit.TOMLDocument, new: Talk) -> None:
    talks = document["talk"]
    if not isinstance(talks, AoT):
        talks.append(_filled(tomlkit.inline_table(), new))
        return
    last = talks[-1].value.body
    if not last or last[-1][0] is not None:
        talks[-1].add(tomlkit.nl())
    talks.append(_filled(tomlkit.table(), new))


def _filled(table: _Entry, talk: Talk) -> _Entry:
    table["id"] = talk.id
    for key, value in _named(talk).items():
        table[key] = value
    if slides := _slides_of(talk):
        table["slides"] = slides
    return table


def _named(talk: Talk) -> dict[str, object]:
    """What a talk that is handed in says about itself."""
    words: dict[str, object] = {
        "city": talk.city,
        "title": talk.title,
        "presenters": list(talk.presenters),
        "deck": talk.deck,
    }
    return {key: value for key, value in words.items() if value}


def _slides_of(talk: Talk) -> str | None:
    return None if talk.slides is None else write_selection(talk.slides)


def _write_changed(path: Path, document: tomlkit.TOMLDocument) -> Show:
    try:
        write_atomic(path, _like(path.read_bytes(), tomlkit.dumps(document)))
    except OSError as error:
        raise Problem("show-not-writable", path=str(path), reason=error.strerror or "") from error
    return read_show(path)


def _put(entry: Table | InlineTable, key: str, value: object) -> None:
    """Set a key of a talk, or take it out (None); a new one comes after the last there is."""
    if value is None:
        entry.pop(key, None)
        return
    # Blank lines and comments before the next talk belong to that one.
    body = entry.value.body if isinstance(entry, Table) and key not in entry else []
    end = len(body)
    while end and body[end - 1][0] is None:
        end -= 1
    after = body[end:]
    del body[end:]
    entry[key] = value
    body.extend(after)


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise Problem("show-not-found", path=str(path)) from error
    except UnicodeDecodeError as error:
        raise Problem("show-not-toml", path=str(path), reason="UTF-8") from error
    except OSError as error:
        raise Problem("show-unreadable", path=str(path), reason=error.strerror or "") from error


def _talk(path: Path, entry: _TalkEntry) -> Talk:
    try:
        slides = None if entry.slides is None else parse_selection(entry.slides)
    except Problem as problem:
        raise Problem(
            "talk-selection-invalid", path=str(path), city=entry.city, **problem.params
        ) from problem
    return Talk(
        id=entry.id or "",
        city=entry.city,
        deck=entry.deck,
        title=entry.title,
        presenters=entry.presenters,
        slides=slides,
        fill=entry.fill,
        changeover=entry.changeover,
        pause=entry.pause,
        pause_title=entry.pause_title,
        announcement=entry.announcement,
    )


def _invalid(path: Path, message: str) -> Problem:
    """What a person can read out of a validation message such as
    "Object missing required field `city` - at `$.talk[2]`".
    """
    reason, _, place = message.partition(" - at ")
    entry = re.search(r"\$\.talk\[(\d+)\](?:\.(\w+))?", place) or re.search(r"\$()(?:\.(\w+))?", place)
    number = int(entry[1]) + 1 if entry and entry[1] else 0
    named = re.search(r"field `([^`]+)`", reason)
    field = named[1] if named else (entry[2] if entry and entry[2] else "")
    case = "unknown" if "unknown field" in reason else "missing" if "missing" in reason else "value"
    where = "talk" if number else "show"
    known = (_TalkEntry if number else _Entries).__struct_fields__
    meant = difflib.get_close_matches(field, known, n=1)
    if case == "unknown" and meant:
        case = "misspelt"
    return Problem(
        "show-invalid",
        case=f"{case}-{where}",
        path=str(path),
        field=field,
        talk=number,
        reason=reason,
        meant=meant[0] if meant else "",
    )


def _give_ids(path: Path, text: str, talks: list[_TalkEntry]) -> None:
    taken: set[str] = set()
    for talk in talks:
        if talk.id in taken:
            raise Problem("id-twice", path=str(path), id=talk.id or "")
        if talk.id:
            taken.add(talk.id)
    nameless = [index for index, talk in enumerate(talks) if talk.id is None]
    if not nameless:
        return
    document = tomlkit.parse(text)
    for index in nameless:
        given = new_talk_id(talks[index].city, talks[index].deck, taken)
        taken.add(given)
        talks[index].id = given
        _put(document["talk"][index], "id", given)
    try:
        write_atomic(path, _like(path.read_bytes(), tomlkit.dumps(document)))
    except OSError:
        return  # a read-only show gets the same ids at each reading


def _like(before: bytes, text: str) -> bytes:
    """The text with the line ends and the byte order mark that the file had."""
    content = text.encode()
    if b"\r\n" in before:
        content = content.replace(b"\n", b"\r\n")
    return codecs.BOM_UTF8 + content if before.startswith(codecs.BOM_UTF8) else content


def new_talk_id(city: str, deck: str, taken: set[str]) -> str:
    """An id that nothing in ``taken`` has: the city and four characters, ``ulm-4k7q``."""
    plain = city.lower().replace("ß", "ss").translate({0xE4: "ae", 0xF6: "oe", 0xFC: "ue"})
    plain = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:24] or "talk"
    for attempt in range(1000):
        digest = hashlib.sha256(f"{city}\0{deck}\0{attempt}".encode()).digest()
        given = f"{slug}-{base64.b32encode(digest)[:4].decode().lower()}"
        if given not in taken:
            return given
    raise AssertionError(city)
