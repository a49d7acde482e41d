# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the program and its import worker tell each other, one JSON object a line."""

from __future__ import annotations

import msgspec

from pechakucha.show.deck import Deck


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """To the worker: draw ``source`` (our copy) into ``pictures``; sizes in pixels."""

    source: str
    kind: str
    renderer: str
    width: int
    height: int
    pictures: str
    scratch: str


class Progress(msgspec.Struct, frozen=True, tag="progress"):
    """From the worker: ``done`` of ``total`` slides are drawn."""

    done: int
    total: int


class Finished(msgspec.Struct, frozen=True, tag="finished"):
    """From the worker, last: the deck, with an error among its findings where it failed."""

    deck: Deck


Answer = Progress | Finished
