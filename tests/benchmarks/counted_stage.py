# SPDX-License-Identifier: AGPL-3.0-or-later
"""The stage's process, which counts its objects to a file in the folder SOAK_COUNTS."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject

from pechakucha.stage import main
from tests.benchmarks.live_objects import Counting

collect_in_main_thread = main.collect_in_main_thread


def collect_and_count(parent: QObject, may_now: Callable[[], bool]) -> None:
    """Begin to count where the stage has all it needs."""
    collect_in_main_thread(parent, may_now)
    Counting(Path(os.environ["SOAK_COUNTS"]) / "stage", parent)


main.collect_in_main_thread = collect_and_count
if __name__ == "__main__":
    os._exit(main.main())
