# SPDX-License-Identifier: AGPL-3.0-or-later
"""The person's settings, in a file that only they write: ``settings.toml`` in the settings folder.

libreoffice = "/opt/libreoffice/program/soffice"

[notes]
measure = "syllables"                # or "characters"
per_minute = 290                     # how many of them somebody speaks in a minute
"""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from pechakucha.files.locations import settings_folder
from pechakucha.show.checks import Standards
from pechakucha.show.pace import Pace
from pechakucha.show.problem import Problem

_log = logging.getLogger(__name__)


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a person may set.

    Attributes:
        libreoffice: the LibreOffice program to use, "" for the one that is found.
        notes: how fast notes are spoken.
    """

    libreoffice: str = ""
    notes: Pace = Pace()


def read_settings() -> Settings:
    """The settings, or the defaults where there is no file or it is wrong (see ``settings_problem``)."""
    try:
        return _read(settings_file())
    except Problem as problem:
        _log.warning("%s: %s", problem.code, problem.params)
        return Settings()


def read_standards() -> Standards:
    """What decks are judged by, with the person's own pace."""
    return Standards(pace=read_settings().notes)


def settings_problem() -> Problem | None:
    """Why the settings are not used, for somebody who can be told: ``settings-unreadable``."""
    try:
        _read(settings_file())
    except Problem as problem:
        return problem
    return None


def settings_file() -> Path:
    """Where the settings are; the file need not exist."""
    return settings_folder() / "settings.toml"


def _read(path: Path) -> Settings:
    try:
        return msgspec.toml.decode(path.read_text(encoding="utf-8-sig"), type=Settings)
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as error:
        raise Problem("settings-unreadable", path=str(path), reason="UTF-8") from error
    except OSError as error:
        raise Problem("settings-unreadable", path=str(path), reason=error.strerror or "") from error
    except msgspec.MsgspecError as error:
        raise Problem("settings-unreadable", path=str(path), reason=str(error)) from error
