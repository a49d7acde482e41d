# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a system keeps its fonts, and whether they have changed."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path


def font_folders(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> list[Path]:
    """The folders that may hold fonts, the user's own last; they need not exist."""
    home = Path(environment.get("USERPROFILE" if platform == "win32" else "HOME", "."))
    if platform == "win32":
        local = Path(environment.get("LOCALAPPDATA", home / "AppData" / "Local"))
        return [
            Path(environment.get("WINDIR", r"C:\Windows")) / "Fonts",
            local / "Microsoft" / "Windows" / "Fonts",
        ]
    if platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts"]
    data = environment.get("XDG_DATA_HOME") or home / ".local" / "share"
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path(data) / "fonts", home / ".fonts"]


def fonts_fingerprint(folders: list[Path] | None = None) -> str:
    """Changes whenever a font is installed or removed (hex, 16 digits).

    A folder's own time changes with every file that comes or goes, so no file is looked at.
    """
    digest = hashlib.sha256()
    for folder in font_folders() if folders is None else folders:
        for path in sorted(_folders_below(folder)):
            digest.update(f"{path}\0{Path(path).stat().st_mtime_ns}\n".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:16]


def _folders_below(folder: Path) -> Iterator[str]:
    for path, _, _ in os.walk(folder):
        yield path
