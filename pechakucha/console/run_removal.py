# SPDX-License-Identifier: AGPL-3.0-or-later
"""Deleting a run with everything in it, unless a stage has it."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QFile

from pechakucha.live.link import stage_answers, stage_lock
from pechakucha.show.problem import Problem


def remove_run(run: Path) -> None:
    """Put the run's folder into the trash; where there is none it is gone. Blocks for a moment.

    Nothing is lost by halves: a folder in which something is still open stays as it is.

    Raises:
        Problem: ``run-on-stage`` or ``run-not-removed``.
    """
    lock = stage_lock(run)
    if stage_answers(run) or not lock.tryLock(0):
        raise Problem("run-on-stage", path=str(run))
    try:
        if not run.is_symlink() and QFile.moveToTrash(str(run)):
            return
        _delete(run)
    except OSError as error:
        raise Problem("run-not-removed", path=str(run), reason=error.strerror or str(error)) from error
    finally:
        lock.unlock()


def _delete(run: Path) -> None:
    if run.is_symlink():
        run.unlink()
        return
    doomed = run.with_name(f".{run.name}.deleted")
    run.rename(doomed)  # refused by Windows while a file of it is open
    shutil.rmtree(doomed)
