# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dry runs: apart from a show's runs, in the user's state folder, and not for long.

Nothing is gone on with there, nothing is attached to, and no real run is hidden by one: whoever looks for
a show's runs does not look here.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pechakucha.files.locations import dry_runs_folder
from pechakucha.files.run_folder import make_run_in, own_name
from pechakucha.show.dry_run import as_dry_run
from pechakucha.show.snapshot import Snapshot

_KEPT = dt.timedelta(days=7)
"""How long the last dry run of a show is kept, for its report."""

_log = logging.getLogger(__name__)


def make_dry_run(
    show: Path,
    snapshot: Snapshot,
    pictures: Mapping[str, Path],
    now: dt.datetime,
    is_alive: Callable[[Path], bool],
) -> Path:
    """Make the folder of a dry run; earlier ones of this show go, and old ones of every other.

    Args:
        show: the show file.
        snapshot: the block, at whatever speed.
        pictures: where each ``picture`` of the snapshot is now; one that is gone is seen to be gone.
        now: local time, which names the folder.
        is_alive: whether a run's stage answers; such a one stays.

    Raises:
        Problem: ``run-not-writable``.
    """
    _sweep(show, now, is_alive)
    there = {name: place for name, place in pictures.items() if place.is_file()}
    return make_run_in((_folder(show),), as_dry_run(snapshot), there, now)


def dry_runs(show: Path) -> list[Path]:
    """The dry runs of this show that are kept."""
    return sorted(_inside(_folder(show)))


def _folder(show: Path) -> Path:
    return dry_runs_folder() / own_name(show)


def _sweep(show: Path, now: dt.datetime, is_alive: Callable[[Path], bool]) -> None:
    oldest_s = (now - _KEPT).timestamp()
    for folder in _inside(dry_runs_folder()):
        for run in _inside(folder):
            if (folder == _folder(show) or _made_s(run) < oldest_s) and not is_alive(run):
                shutil.rmtree(run, ignore_errors=True)
        with contextlib.suppress(OSError):  # not empty: one is kept
            folder.rmdir()


def _made_s(run: Path) -> float:
    """When a folder was changed last, seconds since the Unix epoch."""
    try:
        return run.stat().st_mtime
    except OSError:
        return 0.0


def _inside(folder: Path) -> Iterator[Path]:
    """The folders in a folder, none where it can't be read."""
    try:
        yield from [each for each in folder.iterdir() if each.is_dir()]
    except FileNotFoundError:
        return
    except OSError as error:
        _log.warning("%s: %s", folder, error)
