# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs of earlier days, read one by one; one that can't be read is one with a problem."""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from pechakucha.files.run_folder import size_of_run
from pechakucha.report.writing import report_of
from pechakucha.show.figures import Report
from pechakucha.show.problem import Problem

_log = logging.getLogger(__name__)


class EarlierRun(msgspec.Struct, frozen=True, kw_only=True):
    """A run's folder, how large it is, and its report or why there is none.

    ``is_live`` is whether a stage of it is alive.
    """

    folder: Path
    bytes: int
    figures: Report | None = None
    problem: Problem | None = None
    is_live: bool = False


def read_earlier(folder: Path) -> EarlierRun:
    """What is known of a run; blocks for a moment, about 30 ms a megabyte of journal."""
    size = size_of_run(folder)
    try:
        return EarlierRun(folder=folder, bytes=size, figures=report_of(folder))
    except Problem as problem:
        return EarlierRun(folder=folder, bytes=size, problem=problem)
    except Exception:  # whatever a damaged journal does, the other runs are read
        _log.warning("%s has no report", folder, exc_info=True)
        nothing = Problem("journal-unreadable", path=str(folder))
        return EarlierRun(folder=folder, bytes=size, problem=nothing)
