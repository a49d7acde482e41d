# SPDX-License-Identifier: AGPL-3.0-or-later
"""A run's folder: the pictures it needs, its snapshot and its journal.

NAME.runs/2026-05-04T19-30-00/snapshot.json   what the stage begins with
                              slides/…        the chosen pictures, so that nothing can evict them
                              journal.jsonl   what happened
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import logging
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from pechakucha.files.atomic import write_atomic
from pechakucha.files.journal import read_journal
from pechakucha.files.locations import state_folder
from pechakucha.show.cues import End
from pechakucha.show.journal import Journal
from pechakucha.show.problem import Problem
from pechakucha.show.snapshot import Snapshot

_SNAPSHOT = "snapshot.json"
_PROBLEM = "stage-problem.json"
_RUNS_ASKED = 20
"""Newest first; nobody has a show on stage beside more later runs than this."""

_log = logging.getLogger(__name__)


def journal_path(run: Path) -> Path:
    """The journal of a run's folder."""
    return run / "journal.jsonl"


def runs_folders(show: Path) -> tuple[Path, ...]:
    """Where a show's runs may be: beside it, or in the user's state folder."""
    return beside_or_state(show, "runs")


def beside_or_state(show: Path, ending: str) -> tuple[Path, Path]:
    """Where something of a show may be kept: NAME.ending beside it, or in the user's state folder."""
    return show.with_name(f"{show.stem}.{ending}"), state_folder() / f"{own_name(show)}.{ending}"


def own_name(show: Path) -> str:
    """A name for what is kept of a show elsewhere."""
    # Shows of one name in different folders must not find each other's runs.
    place = hashlib.sha256(str(show.resolve()).encode()).hexdigest()[:8]
    return f"{show.stem}-{place}"


def make_run(show: Path, snapshot: Snapshot, pictures: Mapping[str, Path], now: dt.datetime) -> Path:
    """Make the folder of a new run.

    Args:
        show: the show file, whose neighbour the runs are.
        snapshot: what the run begins with; its opening times are filled in by the stage.
        pictures: where each ``picture`` of the snapshot is now.
        now: local time, which names the folder.

    Raises:
        Problem: ``run-not-writable`` where neither place can be written.
    """
    return make_run_in(runs_folders(show), snapshot, pictures, now)


def make_run_in(
    folders: Sequence[Path], snapshot: Snapshot, pictures: Mapping[str, Path], now: dt.datetime
) -> Path:
    """The same in the first of these folders that can be written.

    Raises:
        Problem: ``run-not-writable`` where none can.
    """
    reason = ""
    for folder in folders:
        run: Path | None = None
        try:
            run = _new_folder(folder, now)
            _bring(run, pictures)
            write_atomic(run / _SNAPSHOT, msgspec.json.encode(snapshot))
            return run
        except OSError as error:
            reason = error.strerror or str(error)
            if run is not None:
                shutil.rmtree(run, ignore_errors=True)
    raise Problem("run-not-writable", path=str(folders[0]), reason=reason)


def read_snapshot(run: Path) -> Snapshot:
    """What the run in this folder begins with.

    Raises:
        Problem: ``run-unreadable`` where there is none.
    """
    try:
        return msgspec.json.decode((run / _SNAPSHOT).read_bytes(), type=Snapshot)
    except OSError as error:
        raise Problem("run-unreadable", path=str(run), reason=error.strerror or "") from error
    except msgspec.MsgspecError as error:
        raise Problem("run-unreadable", path=str(run), reason=str(error)) from error


def read_run(run: Path) -> Journal:
    """The journal of a run.

    Raises:
        Problem: ``run-not-found``, ``journal-missing`` or ``journal-unreadable``.
    """
    if not run.is_dir():
        raise Problem("run-not-found", path=str(run))
    return read_journal(journal_path(run))


def unfinished_run(show: Path, speed: float) -> tuple[Path, Journal] | None:
    """The newest run of this show at this speed, if it was begun and never ended: a dry run is no block."""
    alike = (run for run in begun_runs(show) if _may_be_at(run, speed))
    for run in itertools.islice(alike, _RUNS_ASKED):
        try:
            journal = read_run(run)
        except Problem:
            return None
        if journal.snapshot.speed == speed:
            return (run, journal) if _is_unfinished(journal) else None
    return None


def live_run(show: Path, is_alive: Callable[[Path], bool], speed: float = 1.0) -> tuple[Path, Journal] | None:
    """The newest unfinished run of this show whose stage is alive: it goes before any begun later.

    Args:
        show: the show file.
        is_alive: whether a run's stage answers.
        speed: one at this speed goes before the others.
    """
    alive = [run for run in begun_runs(show)[:_RUNS_ASKED] if is_alive(run)]
    for run in sorted(alive, key=lambda each: not _may_be_at(each, speed)):
        try:
            journal = read_run(run)
        except Problem:
            continue
        if _is_unfinished(journal):
            return run, journal
    return None


def _may_be_at(run: Path, speed: float) -> bool:
    """Whether a run goes at this speed, as far as can be told without its journal."""
    try:
        return read_snapshot(run).speed == speed
    except Problem:
        return True


def _is_unfinished(journal: Journal) -> bool:
    return not any(isinstance(cue.action, End) for cue in journal.cues)


def begun_runs(show: Path) -> list[Path]:
    """The runs of this show that a stage has begun, newest first; where nobody may look there are none."""
    begun: list[Path] = []
    for folder in runs_folders(show):
        try:
            begun += [run for run in folder.iterdir() if os.path.isfile(journal_path(run))]  # noqa: PTH113  # raises nothing
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as error:
            _log.warning("%s: %s", folder, error)
    return sorted(begun, key=lambda run: (run.name, str(run)), reverse=True)


def size_of_run(run: Path) -> int:
    """The bytes of everything in a run's folder; what can't be looked at counts nothing."""
    total = 0
    for folder, _, names in os.walk(run):
        for name in names:
            try:
                total += (Path(folder) / name).lstat().st_size
            except OSError:
                continue
    return total


def resumable(journal: Journal, *, speed: float, auto: bool) -> bool:
    """Whether an unfinished run is of the kind that is wanted: a dry run is no block."""
    return (journal.snapshot.speed, journal.snapshot.auto) == (speed, auto)


def note_problem(run: Path, problem: Problem | None) -> None:
    """Leave word why the stage can't begin, for whoever waits for it; None takes it away."""
    place = run / _PROBLEM
    try:
        if problem is None:
            place.unlink(missing_ok=True)
        else:
            write_atomic(place, msgspec.json.encode((problem.code, problem.params)))
    except OSError as error:
        _log.warning("%s: %s", place, error)


def noted_problem(run: Path) -> Problem | None:
    """Why the stage could not begin, None where nothing is known."""
    try:
        code, params = msgspec.json.decode(
            (run / _PROBLEM).read_bytes(), type=tuple[str, dict[str, str | int | float]]
        )
    except (OSError, msgspec.MsgspecError):
        return None
    return Problem(code, **params)


def _new_folder(folder: Path, now: dt.datetime) -> Path:
    name = now.strftime("%Y-%m-%dT%H-%M-%S")
    for suffix in ("", *(f"-{number}" for number in range(2, 100))):
        run = folder / f"{name}{suffix}"
        try:
            run.mkdir(parents=True)
        except FileExistsError:
            continue
        return run
    raise FileExistsError(str(folder / name))


def _bring(run: Path, pictures: Mapping[str, Path]) -> None:
    for name, source in pictures.items():
        target = run / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, target)
        except OSError:  # another disk, or one without links
            shutil.copyfile(source, target)
