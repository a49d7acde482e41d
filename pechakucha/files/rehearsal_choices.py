# SPDX-License-Identifier: AGPL-3.0-or-later
"""What somebody chose in a rehearsal, for the next one: ``rehearsal.json`` in the settings folder."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from pechakucha.files.atomic import write_atomic
from pechakucha.files.locations import settings_folder
from pechakucha.show.pace import PaceChoice

_log = logging.getLogger(__name__)


class _Choices(msgspec.Struct, frozen=True):
    pace: PaceChoice


def kept_pace() -> PaceChoice | None:
    """The pace that was chosen last, None where none was, or where that can't be read."""
    try:
        return msgspec.json.decode(_file().read_bytes(), type=_Choices).pace
    except FileNotFoundError:
        return None
    except (OSError, ValueError, RecursionError) as error:
        _log.warning("what was chosen in the rehearsal can't be read: %s", error)
        return None


def keep_pace(choice: PaceChoice) -> None:
    """Keep this for the next rehearsal; where it can't be written, it holds for this one."""
    try:
        _file().parent.mkdir(parents=True, exist_ok=True)
        write_atomic(_file(), msgspec.json.encode(_Choices(choice)))
    except OSError as error:
        _log.warning("what was chosen in the rehearsal can't be kept: %s", error)


def _file() -> Path:
    return settings_folder() / "rehearsal.json"
