# SPDX-License-Identifier: AGPL-3.0-or-later
"""``pechakucha run``: a new run or an unfinished one, with windows or headless."""

from __future__ import annotations

import os
from pathlib import Path

from pechakucha.console.run_options import RunOptions
from pechakucha.report.writing import check_target
from pechakucha.show.problem import Problem
from pechakucha.texts import Texts
from pechakucha.ui.screens import has_screen


def run_show(path: Path, wanted: RunOptions, texts: Texts) -> int:
    """Run a show; returns the exit code.

    Raises:
        Problem: the show can't be read, the run can't be written, or there is no screen.
    """
    if wanted.report is not None:
        check_target(wanted.report)
    if not wanted.headless:
        return _with_windows(path, wanted, texts)
    from pechakucha.cli.headless import run_without_windows  # noqa: PLC0415  # the stage, and importing

    return run_without_windows(path, wanted, texts)


def open_start(texts: Texts) -> int:
    """Open the start window; returns the exit code.

    Raises:
        Problem: there is no screen.
    """
    _need_a_screen(Problem("no-screen-start"))
    from pechakucha.app import run_start  # noqa: PLC0415  # widgets are heavy and need a screen

    return run_start(texts)


def _with_windows(path: Path, wanted: RunOptions, texts: Texts) -> int:
    if not path.exists():
        raise Problem("show-not-found", path=str(path))
    _need_a_screen(Problem("no-screen"))
    from pechakucha.app import run_windows  # noqa: PLC0415  # widgets are heavy and need a screen

    return run_windows(path, wanted, texts)


def _need_a_screen(otherwise: Problem) -> None:
    # Who names a platform for Qt (offscreen, vnc …) knows what for.
    if not has_screen() and "QT_QPA_PLATFORM" not in os.environ:
        raise otherwise
