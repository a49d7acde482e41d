# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shows opened lately, kept in the user's settings."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from pechakucha.files.atomic import write_atomic
from pechakucha.files.locations import settings_folder

_MOST = 8

_log = logging.getLogger(__name__)


class RecentShow(msgspec.Struct, frozen=True):
    """A show file with the title it had."""

    path: str
    title: str


def recent_shows() -> tuple[RecentShow, ...]:
    """The shows opened lately that are still there, the latest first."""
    try:
        shows = msgspec.json.decode(_file().read_bytes(), type=tuple[RecentShow, ...])
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.MsgspecError) as error:
        _log.warning("the list of recent shows can't be read: %s", error)
        return ()
    return tuple(show for show in shows if Path(show.path).is_file())


def remember_show(path: Path, title: str) -> None:
    """Put a show on top of the list; a list that can't be written is no reason to stop."""
    latest = RecentShow(str(path.resolve()), title)
    others = [show for show in recent_shows() if show.path != latest.path]
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        write_atomic(_file(), msgspec.json.encode([latest, *others][:_MOST]))
    except OSError as error:
        _log.warning("the list of recent shows can't be written: %s", error)


def _file() -> Path:
    return settings_folder() / "recent.json"
