# SPDX-License-Identifier: AGPL-3.0-or-later
"""How to run a show, as asked for on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple


class RunOptions(NamedTuple):
    """How to run, as asked for on the command line."""

    stage: str | None = None
    screen: int | None = None
    auto: bool = False
    speed: float = 1.0
    headless: bool = False
    resume: bool = False
    report: Path | None = None
    renderer: str = "auto"
