# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where PowerPoint is on this machine, and which one it is."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

_CLASS = "PowerPoint.Application"
_PROGRAM = "powerpnt.exe"


def read_class(key: str) -> str | None:
    """The default value of a key below Windows' ``HKEY_CLASSES_ROOT``, None where there is none."""
    if sys.platform == "win32":
        import winreg  # noqa: PLC0415 - only there

        # An Office of 32 bits stands in the other view of the registry.
        for view in (winreg.KEY_WOW64_64KEY, winreg.KEY_WOW64_32KEY):
            with (
                contextlib.suppress(OSError),
                winreg.OpenKey(winreg.HKEY_CLASSES_ROOT, key, 0, winreg.KEY_READ | view) as opened,
            ):
                return winreg.ExpandEnvironmentStrings(str(winreg.QueryValueEx(opened, "")[0]))
    return None


def find_powerpoint(
    read: Callable[[str], str | None] = read_class, exists: Callable[[str], bool] = os.path.isfile
) -> str | None:
    """The PowerPoint program that COM would start, or None where there is none.

    Args:
        read: see ``read_class``.
        exists: whether a file is there.
    """
    # The name without a version leads to the class by itself, or by way of the newest version's name.
    names = (_CLASS, read(rf"{_CLASS}\CurVer"))
    class_id = next(filter(None, (read(rf"{name}\CLSID") for name in names if name)), None)
    command = read(rf"CLSID\{class_id}\LocalServer32") if class_id else None
    # With arguments behind it, and in quotation marks or not.
    found = re.match(r'"?(.+?\.exe)', command or "", re.IGNORECASE)
    # Other office programs register themselves under PowerPoint's name.
    if found is None or PureWindowsPath(found[1]).name.lower() != _PROGRAM:
        return None
    return found[1] if exists(found[1]) else None


def powerpoint_fingerprint(program: str) -> str:
    """Changes whenever another PowerPoint is installed.

    Raises:
        OSError: it has gone.
    """
    status = Path(program).stat()
    return f"{program}:{status.st_size}:{status.st_mtime_ns}"
