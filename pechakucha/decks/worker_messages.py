# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the program and its workers tell each other, one JSON object a line."""

from __future__ import annotations

from typing import Literal

import msgspec

from pechakucha.files.pack import Pack
from pechakucha.show.deck import Deck
from pechakucha.show.plan import Show


class Draw(msgspec.Struct, frozen=True, kw_only=True, tag="draw"):
    """To a worker: draw ``source`` (our copy) into the folder ``pictures``; sizes in pixels.

    ``converted`` is a PDF of it for a renderer that draws from one, ``facts`` the file to read
    notes and the like from where it is not ``source`` itself.
    """

    source: str
    kind: str
    renderer: str
    width: int
    height: int
    pictures: str
    scratch: str
    converted: str | None = None
    facts: str | None = None


class Convert(msgspec.Struct, frozen=True, kw_only=True, tag="convert"):
    """To a worker: let LibreOffice convert ``sources`` into the folder ``target``, as ``pdf`` or ``pptx``."""

    sources: tuple[str, ...]
    target: str
    scratch: str
    format: str = "pdf"


class OpenPack(msgspec.Struct, frozen=True, kw_only=True, tag="open-pack"):
    """To a worker: look whether ``pack`` (a path as the system's bytes) is one, and what is in it.

    With ``pictures``, decode them all and write them below the empty folder ``target``, one folder
    a talk.
    """

    pack: bytes
    target: str
    pictures: bool


Task = Draw | Convert | OpenPack


class Progress(msgspec.Struct, frozen=True, tag="progress", omit_defaults=True):
    """From a drawing worker: ``done`` of ``total`` slides are drawn, ``picture`` is the latest."""

    done: int
    total: int
    picture: str | None = None


class Finished(msgspec.Struct, frozen=True, tag="finished"):
    """From a drawing worker, last: the deck, with an error among its findings where it failed."""

    deck: Deck


class Looking(msgspec.Struct, frozen=True, tag="looking"):
    """From a converting worker: it looks at the source with this place now; None: at none any more."""

    index: int | None


class Converted(msgspec.Struct, frozen=True, tag="converted"):
    """From a converting worker: the source with this place in the task is done, or why it is not."""

    index: int
    reason: str = ""


class Crashed(msgspec.Struct, frozen=True, tag="crashed"):
    """From a converting worker, last: the converter ended before it had come to all sources."""


class Done(msgspec.Struct, frozen=True, tag="done"):
    """From a converting worker, last: every source was answered for."""


class Foreign(msgspec.Struct, frozen=True, tag="foreign"):
    """From a worker: a process that works for it and is not its child, to be ended with it."""

    process: int


class PackOpened(msgspec.Struct, frozen=True, tag="pack-opened"):
    """From a worker that opens a pack, last: the show, and what the pack says about its decks."""

    show: Show
    record: Pack


PackTrouble = Literal["archive", "content", "picture", "size", "newer", "disk"]


class PackRefused(msgspec.Struct, frozen=True, tag="pack-refused"):
    """From a worker that opens a pack, last: why it does not, and which member or error it is about."""

    why: PackTrouble
    about: str = ""


class Released(msgspec.Struct, frozen=True, tag="released"):
    """From a worker: this foreign process belongs to the person now and is not to be ended."""

    process: int


Answer = (
    Progress | Finished | Looking | Converted | Crashed | Done | Foreign | Released | PackOpened | PackRefused
)
