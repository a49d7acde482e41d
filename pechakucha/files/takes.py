# SPDX-License-Identifier: AGPL-3.0-or-later
"""The earlier takes of a deck, on this machine only: a file a deck in the user's data folder, a line a take.

A deck is known by where it lies and what it is called, since its author goes on changing what is in it;
to another place its takes go with it. No notes are kept with a take, only how long they were.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from pathlib import Path
from typing import NamedTuple

import msgspec

from pechakucha.files.atomic import write_atomic
from pechakucha.files.locations import own_place, place_digest, takes_folder
from pechakucha.show.marks import Take
from pechakucha.show.problem import Problem

MOST_TAKES = 300
"""The oldest go first. One slide drilled again and again is a take each time."""

_LARGEST = 8 << 20
"""Bytes that are read, from the end of a file."""


class KeptTake(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A take that is kept.

    Attributes:
        at: when it ended, local time with its zone.
        digest: of the deck as it was then.
        take: the take.
        place: where the deck was then, "" where that is not known.
    """

    at: dt.datetime
    digest: str
    take: Take
    place: str = ""


class EarlierTakes(NamedTuple):
    """The takes of a deck, oldest first, and how many lines could not be understood."""

    takes: tuple[KeptTake, ...] = ()
    damaged: int = 0


def read_takes(deck: Path, digest: str = "") -> EarlierTakes:
    """What is kept of a deck's takes; a line that can't be understood is left out and counted.

    Args:
        deck: where it is.
        digest: of what is in it: takes of the same deck that is no longer where it was are its own now.

    Raises:
        Problem: ``takes-unreadable``.
    """
    takes: list[KeptTake] = []
    lines = _lines(takes_file(deck)) or _taken_along(deck, digest)
    for line in lines:
        try:
            takes.append(msgspec.json.decode(line, type=KeptTake))
        except (ValueError, RecursionError):
            continue
    return EarlierTakes(tuple(takes), len(lines) - len(takes))


def keep_take(deck: Path, take: KeptTake) -> None:
    """Add a take; lines that can't be understood stay as they are.

    Raises:
        Problem: ``takes-unreadable`` or ``takes-not-kept``; those kept before are untouched.
    """
    path = takes_file(deck)
    lines = [*_lines(path), msgspec.json.encode(take)][-MOST_TAKES:]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, b"".join(line + b"\n" for line in lines))
    except OSError as error:
        raise Problem("takes-not-kept", path=str(path), reason=error.strerror or str(error)) from error


def delete_takes(deck: Path) -> None:
    """Delete all that is kept of a deck's takes.

    Raises:
        Problem: ``takes-not-deleted``.
    """
    path = takes_file(deck)
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise Problem("takes-not-deleted", path=str(path), reason=error.strerror or str(error)) from error


def takes_file(deck: Path) -> Path:
    """Where the takes of a deck are kept; it need not exist."""
    name = re.sub(r"[^\w-]+", "-", own_place(deck).stem.encode("ascii", "ignore").decode())[:40]
    return takes_folder() / f"{name}-{place_digest(deck)}.jsonl"


def _taken_along(deck: Path, digest: str) -> list[bytes]:
    """The lines of a deck that has been moved or renamed; from now on they are kept for its new place."""
    for path in sorted(takes_folder().glob("*.jsonl")) if digest else ():
        try:
            lines = _lines(path)
            last = msgspec.json.decode(lines[-1], type=KeptTake)
            if last.digest == digest and last.place and not Path(last.place).exists():
                path.replace(takes_file(deck))
                return lines
        except (OSError, Problem, ValueError, RecursionError, IndexError):
            continue  # whose they are can't be told
    return []


def _lines(path: Path) -> list[bytes]:
    try:
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - _LARGEST))
            content = file.read()
    except FileNotFoundError:
        return []
    except OSError as error:
        raise Problem("takes-unreadable", path=str(path), reason=error.strerror or str(error)) from error
    return [line for line in content.split(b"\n") if line.strip()]
