# SPDX-License-Identifier: AGPL-3.0-or-later
"""A pack: one file with a show, its decks and their slides as drawn, to carry to another machine.

A ZIP archive with these members and no others:

    mimetype                      first and stored, so that the kind can be told from the first bytes
    show.toml                     the show file, byte for byte
    decks/FOLDER/NAME             the deck's file, or those of a folder of pictures; missing where it was
    slides/FOLDER/slide-001.jpg   the pictures, stored as they are
    pack.json                     ``Pack``: everything that is known about them

Only ``decks/pack_task.py`` opens one, in a worker. The writer keeps to what it demands.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import msgspec

from pechakucha.show.deck import MOST_SLIDES, Deck
from pechakucha.show.pin import Pin

ENDING = ".pechakucha"
MIMETYPE = b"application/vnd.pechakucha.pack+zip"
FORMAT = 1
"""Raise it whenever a program of before would misunderstand what is written."""

MIMETYPE_MEMBER, RECORD_MEMBER, SHOW_MEMBER = "mimetype", "pack.json", "show.toml"

MOST_TALKS = 200
"""As many as fill a day and a night."""
MOST_MEMBERS = 20_000
LARGEST_RECORD = 8 << 20
"""Bytes; what a worker says may have twice as many."""
LARGEST_SHOW = 1 << 20
LARGEST_PICTURE = 32 << 20
"""Bytes; noise in 4K has less than 20 million at our quality."""
MOST_PICTURE_BYTES = 2 << 30

_DIGEST = re.compile(r"\A(?:[0-9a-f]{64})?\Z")
_RENDERER = re.compile(r"\A[a-z0-9-]{0,32}\Z")
_CODE = re.compile(r"\A[a-z0-9-]{1,64}\Z")
_PARAMETER = re.compile(r"\A(?!self\Z|code\Z)[a-z_]{1,64}\Z")
_KEY = re.compile(r"\A[0-9a-f]{1,64}\Z")

_Sha256 = Annotated[str, msgspec.Meta(pattern=r"\A[0-9a-f]{64}\Z")]
_PictureName = Annotated[str, msgspec.Meta(pattern=r"\Aslide-[0-9]{3,4}\.jpg\Z")]
_PictureSize = Annotated[int, msgspec.Meta(ge=4, le=LARGEST_PICTURE)]
_Folder = Annotated[str, msgspec.Meta(pattern=r"\A[a-z0-9][a-z0-9_-]{0,63}\Z")]
_OriginalName = Annotated[str, msgspec.Meta(pattern=r"\A(?!\.\.?\Z)[^\x00-\x1f\x7f-\x9f/\\:]{1,255}\Z")]
_Id = Annotated[str, msgspec.Meta(min_length=1)]


class PackedPicture(msgspec.Struct, frozen=True):
    """A slide's picture: its name among those of its deck, the hash and size (bytes) of its file."""

    name: _PictureName
    sha256: _Sha256
    size: _PictureSize


class PackedTalk(msgspec.Struct, frozen=True, kw_only=True):
    """A talk's deck as it was imported.

    Attributes:
        id: the talk's in the show file.
        folder: of its members, below ``decks`` and ``slides``.
        pictures: one for each slide that has one.
        originals: the names of the deck's files; none where it was not there.
        pin: the rendering that had been chosen for it.
    """

    id: _Id
    folder: _Folder
    deck: Deck
    pictures: tuple[PackedPicture, ...]
    originals: tuple[_OriginalName, ...] = ()
    pin: Pin | None = None

    def __post_init__(self) -> None:
        """Refuse what was not written by us: nothing in here may lead out of a folder.

        Raises:
            ValueError: a digest, renderer or key, which become part of a path, is none, a finding
                cannot be put into words, or the slides, their numbers and the pictures do not belong
                together.
        """
        if not (_DIGEST.match(self.deck.digest) and _RENDERER.match(self.deck.renderer)):
            raise ValueError(f"digest or renderer of {self.folder}")
        for finding in self.deck.findings:
            if not (_CODE.match(finding.code) and all(map(_PARAMETER.match, finding.params))):
                raise ValueError(f"findings of {self.folder}")
        if self.pin is not None and not _KEY.match(self.pin.key):
            raise ValueError(f"key of {self.folder}")
        numbers = [slide.number for slide in self.deck.slides]
        if len(numbers) > MOST_SLIDES or numbers != [*range(1, len(numbers) + 1)]:
            raise ValueError(f"slide numbers of {self.folder}")
        named = [slide.picture for slide in self.deck.slides if slide.picture is not None]
        if len(set(named)) != len(named) or sorted(named) != sorted(each.name for each in self.pictures):
            raise ValueError(f"pictures of {self.folder}")

    @property
    def key(self) -> str:
        """A name for the deck that depends on every byte of its pictures and its record."""
        content = msgspec.json.encode((FORMAT, self.deck, self.pictures))
        return hashlib.sha256(content).hexdigest()[:40]

    def picture_member(self, picture: PackedPicture) -> str:
        """The name of a picture's member."""
        return f"slides/{self.folder}/{picture.name}"

    def original_members(self) -> tuple[str, ...]:
        """The names of the deck's own members."""
        return tuple(f"decks/{self.folder}/{name}" for name in self.originals)


class Pack(msgspec.Struct, frozen=True, kw_only=True):
    """What ``pack.json`` says.

    Attributes:
        format: the version of this format.
        program: the version of the program that wrote it.
        packed: when.
        talks: in the show's order.
    """

    format: int
    program: str
    packed: dt.datetime
    talks: Annotated[tuple[PackedTalk, ...], msgspec.Meta(min_length=1)]

    def __post_init__(self) -> None:
        """Refuse what was not written by us.

        Raises:
            ValueError: two talks or two members have the same name on some system, or they are more
                or larger than is safe.
        """
        names = self.members
        if not fits(self.talks):
            raise ValueError("too large")
        if len({as_any_system_sees(name) for name in names}) != len(names):
            raise ValueError("two members of one name")
        if len({talk.id for talk in self.talks}) != len(self.talks):
            raise ValueError("two talks of one id")

    @property
    def members(self) -> list[str]:
        """The names of everything in the archive."""
        pictures = [talk.picture_member(each) for talk in self.talks for each in talk.pictures]
        originals = [name for talk in self.talks for name in talk.original_members()]
        return [MIMETYPE_MEMBER, SHOW_MEMBER, RECORD_MEMBER, *pictures, *originals]


def fits(talks: Sequence[PackedTalk]) -> bool:
    """Whether so many and so large talks may be in one pack."""
    members = sum(len(talk.pictures) + len(talk.originals) for talk in talks)
    size = sum(each.size for talk in talks for each in talk.pictures)
    return len(talks) <= MOST_TALKS and members <= MOST_MEMBERS and size <= MOST_PICTURE_BYTES


def is_pack(path: Path) -> bool:
    """Whether a file is a pack: by its first bytes, or, where those are damaged, by its name."""
    if path.suffix.lower() == ENDING:
        return True
    try:
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return begins_as_pack(file.read(128))
    except (OSError, ValueError):
        return False


def begins_as_pack(start: bytes) -> bool:
    """Whether a file with this start (at least 80 bytes) is meant to be a pack."""
    place = 30  # the length of a member's head in a ZIP archive
    name = MIMETYPE_MEMBER.encode()
    return start.startswith(b"PK\x03\x04") and start[place:].startswith(name + MIMETYPE)


def as_any_system_sees(name: str) -> str:
    """Equal for names that are one file on some system: macOS and Windows do not tell case apart."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
