# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files that are either there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO


def write_atomic(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` so that a crash leaves the old file or the new one.

    Raises:
        OSError: the folder is missing, full or not writable; the old file is untouched.
    """
    with written_atomic(path) as file:
        file.write(content)


@contextlib.contextmanager
def written_atomic(path: Path) -> Iterator[BinaryIO]:
    """A file to write to that takes the place of ``path`` when it is closed without an exception.

    Raises:
        OSError: as ``write_atomic``.
    """
    with temporary_beside(path) as temporary:
        with temporary.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            temporary.chmod(path.stat().st_mode & 0o777)
        temporary.replace(path)


def try_to_write(path: Path) -> None:
    """See whether a file could be written there; nothing is left behind.

    Raises:
        OSError: as ``write_atomic``.
    """
    with temporary_beside(path) as temporary:
        temporary.touch()


@contextlib.contextmanager
def temporary_beside(path: Path) -> Iterator[Path]:
    """The name of a new file in the same folder, which is gone afterwards unless it was renamed."""
    temporary = path.parent / f".{path.name[:40]}.{secrets.token_hex(6)}.tmp"
    try:
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)
