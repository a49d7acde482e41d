# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where things are kept on each system, and where our own assets are."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import platformdirs

_APP = "pechakucha"
_PACKAGE = Path(__file__).resolve().parent.parent


def library_folder() -> Path:
    """Imported decks."""
    return Path(platformdirs.user_data_path(_APP, appauthor=False)) / "decks"


def demo_folder() -> Path:
    """The copy of the example that ``pechakucha demo`` runs."""
    return Path(platformdirs.user_data_path(_APP, appauthor=False)) / "demo"


def settings_folder() -> Path:
    """Settings."""
    return Path(platformdirs.user_config_path(_APP, appauthor=False))


def state_folder() -> Path:
    """Runs of shows that lie in a read-only folder."""
    return Path(platformdirs.user_state_path(_APP, appauthor=False)) / "runs"


def dry_runs_folder() -> Path:
    """Dry runs, of which nothing lies beside their shows."""
    return Path(platformdirs.user_state_path(_APP, appauthor=False)) / "dry-runs"


def notes_folder() -> Path:
    """Notes written for decks that lie in a read-only folder."""
    return Path(platformdirs.user_state_path(_APP, appauthor=False)) / "notes"


def takes_folder() -> Path:
    """The takes of decks that were rehearsed here."""
    return Path(platformdirs.user_data_path(_APP, appauthor=False)) / "takes"


def told_folder() -> Path:
    """What was said about talks when they were handed in."""
    return Path(platformdirs.user_state_path(_APP, appauthor=False)) / "handed-in"


def own_place(path: Path) -> Path:
    """Where something is, whole; a link is a place of its own."""
    return Path(os.path.abspath(path))  # noqa: PTH100  # resolve would go to where it leads


def place_digest(path: Path) -> str:
    """Sixteen characters that stand for a place, the same however it is written on this system."""
    return hashlib.sha256(os.fsencode(os.path.normcase(own_place(path)))).hexdigest()[:16]


def log_folder() -> Path:
    """Log files."""
    return Path(platformdirs.user_log_path(_APP, appauthor=False))


def assets_folder() -> Path:
    """Translations, page templates, icon: inside the wheel, or beside the package in a checkout."""
    return _beside_or_inside("assets")


def examples_folder() -> Path:
    """The example show."""
    return _beside_or_inside("examples")


def _beside_or_inside(name: str) -> Path:
    inside = _PACKAGE / name
    return inside if inside.is_dir() else _PACKAGE.parent / name
