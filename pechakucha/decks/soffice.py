# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where LibreOffice is on this machine, and which one it is."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePath

from pechakucha.files.settings import read_settings

_log = logging.getLogger(__name__)


def find_soffice(
    platform: str = sys.platform,
    environment: Mapping[str, str] = os.environ,
    which: Callable[[str], str | None] = shutil.which,
    exists: Callable[[str], bool] = os.path.exists,
    chosen: Callable[[], str] = lambda: read_settings().libreoffice,
) -> str | None:
    """The LibreOffice program, or None where it is not installed.

    What the person's settings name goes first. On Windows and macOS its installer does not put it
    in the search path, so the usual folders are looked through as well.

    Args:
        platform, environment, which, exists: of the system.
        chosen: tells the program that the settings name, "" for none.
    """
    if program := chosen():
        program = _runnable(program, platform)
        if exists(program):
            return program
        _log.warning("the settings name a LibreOffice that is not there: %s", program)
    # On Windows, soffice.com waits for the end of the conversion and soffice.exe does not.
    names = ("soffice.com", "soffice") if platform == "win32" else ("soffice", "libreoffice")
    found = next((path for name in names if (path := which(name))), None)
    return found or next(filter(exists, _usual_places(platform, environment)), None)


def soffice_fingerprint(program: str) -> str:
    """Changes whenever another LibreOffice is installed; asking it for its version takes too long.

    Raises:
        OSError: it has gone.
    """
    real = Path(program).resolve()
    status = real.stat()
    return f"{real}:{status.st_size}:{status.st_mtime_ns}"


def _runnable(program: str, platform: str) -> str:
    """What to start where a person names what they double-click."""
    if platform == "win32" and program.lower().endswith(".exe"):
        return f"{program[:-4]}.com"
    if platform == "darwin" and program.rstrip("/").endswith(".app"):
        return f"{program.rstrip('/')}/Contents/MacOS/soffice"
    return program


def _usual_places(platform: str, environment: Mapping[str, str]) -> Iterator[str]:
    if platform == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMW6432", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            if base := environment.get(variable):
                middle = "Programs\\" if variable == "LOCALAPPDATA" else ""
                yield f"{base}\\{middle}LibreOffice\\program\\soffice.com"
    elif platform == "darwin":
        home = environment.get("HOME", "")
        for base in ("/Applications", str(PurePath(home, "Applications"))):
            yield f"{base}/LibreOffice.app/Contents/MacOS/soffice"
    else:
        yield "/usr/lib/libreoffice/program/soffice"
        yield "/opt/libreoffice/program/soffice"
