# SPDX-License-Identifier: AGPL-3.0-or-later
"""Starting the stage process, which outlives this one."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import NamedTuple

import psutil
from PySide6.QtCore import QProcess

from pechakucha.live.link import stage_lock

_STAGE_MODULE = "pechakucha.stage"
_OUTPUT = "stage-output.log"

_log = logging.getLogger(__name__)


class StageOptions(NamedTuple):
    """How the stage is to be shown: ``place`` is ``auto``, ``full`` or ``window``."""

    place: str = "auto"
    screen: int | None = None
    language: str = "en"
    unattended: bool = False


def stage_arguments(run: Path, options: StageOptions, go_on: str = "schedule") -> list[str]:
    """The arguments of the stage's program for the run in this folder."""
    # -P: a show's folder may come by mail, and modules in it must not be taken for ours.
    arguments = ["-P", "-m", _STAGE_MODULE, str(run.resolve()), "--stage", options.place, "--go-on", go_on]
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


def start_stage(run: Path, options: StageOptions, go_on: str = "schedule") -> bool:
    """Start a stage that goes on when this process ends; False where it can't be started."""
    process = QProcess()
    process.setProgram(python_without_console())
    process.setArguments(stage_arguments(run, options, go_on))
    process.setStandardOutputFile(str(run / _OUTPUT), QProcess.OpenModeFlag.Append)
    process.setStandardErrorFile(str(run / _OUTPUT), QProcess.OpenModeFlag.Append)
    started = process.startDetached()
    return started[0] if isinstance(started, tuple) else bool(started)


def end_stage(run: Path, pid: int = 0) -> None:
    """End a stage that hangs, or that nobody needs; ``pid`` is its process where it has said so."""
    try:
        psutil.Process(pid or stage_lock(run).getLockInfo()[0]).kill()
    except (psutil.Error, ValueError):
        _log.exception("the stage can't be ended")
