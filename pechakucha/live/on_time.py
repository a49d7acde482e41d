# SPDX-License-Identifier: AGPL-3.0-or-later
"""A process whose timers the system does not save energy on."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pechakucha.live.app_nap import no_app_nap
from pechakucha.live.fine_timers import fine_timers


@contextmanager
def on_time(platform: str = sys.platform) -> Iterator[None]:
    """Between entering and leaving timers fire when they are due, whoever sees the window."""
    with no_app_nap(platform), fine_timers(platform):
        yield
