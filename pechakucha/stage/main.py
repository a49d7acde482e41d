# SPDX-License-Identifier: AGPL-3.0-or-later
"""The stage process: ``python -m pechakucha.stage RUN``, started by the console.

With ``--standby NAME`` it waits, everything loaded, until the console calls (``live.standby``).
"""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from pechakucha.files.logs import STAGE_LOG, start_log
from pechakucha.files.run_folder import note_problem
from pechakucha.live.awake import kept_awake
from pechakucha.live.clock import SystemClock
from pechakucha.live.garbage import collect_in_main_thread
from pechakucha.live.on_time import on_time
from pechakucha.live.standby import STANDBY, await_call
from pechakucha.live.unexpected import Unexpected
from pechakucha.show.problem import Problem
from pechakucha.show.taking_up import Continue
from pechakucha.stage.stage import Stage
from pechakucha.texts import Texts
from pechakucha.ui.fonts import load_typeface
from pechakucha.ui.qt_log import log_qt_messages

EXIT_PROBLEM = 1

_log = logging.getLogger(__name__)


def main(arguments: list[str] | None = None) -> int:
    """Run the stage until the run ends; returns the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == [STANDBY]:
        called = await_call(given[1])
        if called is None:
            return 0
        given = called
    wanted = _parser().parse_args(given)
    finish_log = start_log(wanted.run / STAGE_LOG)
    try:
        return _run(wanted)
    finally:
        finish_log()


def _run(wanted: argparse.Namespace) -> int:
    unexpected = Unexpected()
    unexpected.watch()
    log_qt_messages()
    app = QGuiApplication(sys.argv[:1])
    app.setApplicationName("pechakucha")
    app.setQuitOnLastWindowClosed(False)
    load_typeface()
    try:
        stage = Stage(
            wanted.run,
            SystemClock(),
            Texts(wanted.language),
            attended=not wanted.unattended,
            go_on=Continue(wanted.go_on),
            unexpected=unexpected,
        )
    except Problem as problem:
        _log.error("the stage can't begin: %s", problem)
        note_problem(wanted.run, problem)
        return EXIT_PROBLEM
    note_problem(wanted.run, None)
    # Not quit(), which asks the windows first, and the audience's refuses to be closed.
    stage.finished.connect(lambda: app.exit(0))
    full = {"full": True, "window": False}.get(wanted.stage)
    collect_in_main_thread(app, lambda: stage.conductor.calm)
    with on_time(), kept_awake() as awake:
        stage.begin(full=full, screen=wanted.screen, awake=awake)
        return app.exec()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m pechakucha.stage", description=__doc__)
    parser.add_argument("run", type=Path, help="the run's folder")
    parser.add_argument("--stage", choices=("auto", "full", "window"), default="auto")
    parser.add_argument("--screen", type=int)
    parser.add_argument("--go-on", choices=tuple(Continue), default=Continue.SCHEDULE)
    parser.add_argument("--unattended", action="store_true", help="after a gap nobody is asked")
    parser.add_argument("--language", default="en")
    return parser
