# SPDX-License-Identifier: AGPL-3.0-or-later
"""Starting the stage process, which outlives this one, and another that stands by for its death."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import NamedTuple

import psutil
from PySide6.QtCore import QObject, QProcess, QTimer

from pechakucha.live.link import stage_pid
from pechakucha.live.standby import STANDBY, Caller

_STAGE_MODULE = "pechakucha.stage"
_OUTPUT = "stage-output.log"

_STAND_BY_AFTER_MS = 1500
"""How long a stage has been there before another process is loaded beside it."""

_BEGINS_WITHIN_MS = 2000
"""A process that stood by begins within a tenth of that, or it hangs."""

_log = logging.getLogger(__name__)


class StageOptions(NamedTuple):
    """How the stage is to be shown: ``place`` is ``auto``, ``full`` or ``window``."""

    place: str = "auto"
    screen: int | None = None
    language: str = "en"
    unattended: bool = False


def stage_arguments(run: Path, options: StageOptions, go_on: str = "schedule") -> list[str]:
    """What the stage's program takes for the run in this folder."""
    arguments = [str(run.resolve()), "--stage", options.place, "--go-on", go_on]
    arguments += ["--language", options.language]
    if options.screen is not None:
        arguments += ["--screen", str(options.screen)]
    if options.unattended:
        arguments.append("--unattended")
    return arguments


def python_without_console(executable: str = sys.executable, platform: str = sys.platform) -> str:
    """The interpreter to start the stage with: on Windows the one that opens no console window."""
    windowless = Path(executable).with_name("pythonw.exe")
    return str(windowless) if platform == "win32" and windowless.exists() else executable


def start_stage(run: Path, arguments: list[str]) -> bool:
    """Start a stage that goes on when this process ends; False where it can't be started.

    Args:
        run: the run's folder, which gets what the process writes to the terminal.
        arguments: see ``stage_arguments``.
    """
    process = QProcess()
    process.setProgram(python_without_console())
    # -P: a show's folder may come by mail, and modules in it must not be taken for ours.
    process.setArguments(["-P", "-m", _STAGE_MODULE, *arguments])
    process.setStandardOutputFile(str(run / _OUTPUT), QProcess.OpenModeFlag.Append)
    process.setStandardErrorFile(str(run / _OUTPUT), QProcess.OpenModeFlag.Append)
    started = process.startDetached()
    return started[0] if isinstance(started, tuple) else bool(started)


class Stages(QObject):
    """Starts the stages of one run: the first one cold, each later one from a process that stands by."""

    def __init__(self, run: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = run
        self._caller: Caller | None = None
        self._preparing = QTimer(self)
        self._preparing.setSingleShot(True)
        self._preparing.setInterval(_STAND_BY_AFTER_MS)
        self._preparing.timeout.connect(self._prepare)
        self._called: list[str] = []
        """What the process that stood by was called with."""
        self._beginning = QTimer(self)
        self._beginning.setSingleShot(True)
        self._beginning.setInterval(_BEGINS_WITHIN_MS)
        self._beginning.timeout.connect(self._begin_cold)

    def start(self, arguments: list[str]) -> bool:
        """Start a stage, see ``stage_arguments``; False where it can't be started."""
        caller, self._caller = self._caller, None
        if caller is not None and caller.call(arguments):
            self._called = arguments
            self._beginning.start()
            return True
        return start_stage(self._run, arguments)

    def stage_changed(self, is_there: bool) -> None:  # a signal's argument
        """While a stage is there another one is loaded, a little later so as not to slow that one's start."""
        if is_there:
            self._beginning.stop()
            self._preparing.start()
        else:
            self._preparing.stop()

    def close(self) -> None:
        """No other stage will be needed."""
        self._preparing.stop()
        self._beginning.stop()
        caller, self._caller = self._caller, None
        if caller is not None:
            caller.close()

    def _begin_cold(self) -> None:
        """The process that was called has not begun; where it only takes its time, of two stages one goes."""
        _log.warning("the process that stood by has not begun")
        start_stage(self._run, self._called)

    def _prepare(self) -> None:
        if self._caller is None or not self._caller.is_answered:
            self.close()
            self._caller = Caller(self)
            start_stage(self._run, [STANDBY, self._caller.name])


def end_stage(run: Path, pid: int = 0) -> None:
    """End a stage that hangs, or that nobody needs; ``pid`` is its process where it has said so."""
    try:
        psutil.Process(pid or stage_pid(run) or 0).kill()
    except (psutil.Error, ValueError):
        _log.exception("the stage can't be ended")
