# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a presenter said about a talk when handing it in, so that nobody has to say it twice."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from pechakucha.files.atomic import write_atomic
from pechakucha.files.locations import place_digest, told_folder

_LARGEST = 64 << 10
"""Bytes that are read."""

_log = logging.getLogger(__name__)


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """As it was filled in."""

    city: str = ""
    title: str = ""
    presenters: str = ""


def read_told(deck: Path) -> Told:
    """What was said about the deck at this place; nothing where that is not known."""
    try:
        with _file(deck).open("rb") as file:
            return msgspec.json.decode(file.read(_LARGEST), type=Told)
    except FileNotFoundError:
        return Told()
    except (OSError, ValueError, RecursionError):
        _log.warning("what was said about a talk is unreadable", exc_info=True)
        return Told()


def keep_told(deck: Path, told: Told) -> None:
    """Keep it for the next time; where that can't be, it is said anew."""
    try:
        _file(deck).parent.mkdir(parents=True, exist_ok=True)
        write_atomic(_file(deck), msgspec.json.encode(told))
    except OSError:
        _log.warning("what was said about a talk is not kept", exc_info=True)


def _file(deck: Path) -> Path:
    return told_folder() / f"{place_digest(deck)}.json"
