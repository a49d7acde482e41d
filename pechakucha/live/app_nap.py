# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opting out of macOS App Nap, which delays the timers of a window that nobody sees by seconds.

Written from Apple's documentation (NSProcessInfo, beginActivityWithOptions:reason:; Energy Efficiency
Guide for Mac Apps, "Prioritize Work at the App Level"), never run on a Mac.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

_REASON = "Slides change to the second"

_log = logging.getLogger(__name__)


@contextmanager
def no_app_nap(platform: str, foundation: Callable[[], Any] | None = None) -> Iterator[None]:
    """Between entering and leaving this process is doing what a user waits for, to the millisecond.

    Never fails; where it can't be had that is logged.

    Args:
        platform: a ``sys.platform``; nothing happens elsewhere than on ``darwin``.
        foundation: imports the framework; handed in by tests.
    """
    if platform != "darwin":
        yield
        return
    try:
        framework = (foundation or _import_foundation)()
        process = framework.NSProcessInfo.processInfo()
        activity = process.beginActivityWithOptions_reason_(
            framework.NSActivityUserInitiated | framework.NSActivityLatencyCritical, _REASON
        )
    except Exception:
        _log.warning("App Nap may delay the slides", exc_info=True)
        yield
        return
    try:
        yield
    finally:
        process.endActivity_(activity)


def _import_foundation() -> Any:
    import Foundation  # noqa: PLC0415  # exists on macOS only

    return Foundation
