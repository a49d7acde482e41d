# SPDX-License-Identifier: AGPL-3.0-or-later
"""How much room there is on the disk that a folder is on."""

from __future__ import annotations

import shutil
from pathlib import Path

_MB = 1_000_000


def free_mb(folder: Path) -> int | None:
    """Megabytes that are free for this user; None where the folder can't be reached.

    A disk that hangs hangs the caller: ask in a thread.
    """
    try:
        return shutil.disk_usage(folder).free // _MB
    except OSError:
        return None
