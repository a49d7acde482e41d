# SPDX-License-Identifier: AGPL-3.0-or-later
"""The nine-city example, on a copy that may be written to."""

from __future__ import annotations

import shutil
from pathlib import Path

from pechakucha.files.locations import demo_folder, examples_folder

_EXAMPLE = "mpsc-mashup"


def copy_example() -> Path:
    """Copy the example to the user's data; runs made there earlier stay. Returns its show file.

    Raises:
        OSError: it can't be written there.
    """
    folder = demo_folder()
    # Contents alone: where the package is read-only, the copy must not be.
    shutil.copytree(examples_folder() / _EXAMPLE, folder, dirs_exist_ok=True, copy_function=shutil.copyfile)
    return folder / "show.toml"
