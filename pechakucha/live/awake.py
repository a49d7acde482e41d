# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping the machine and its screens awake while a block runs."""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_log = logging.getLogger(__name__)


@contextmanager
def kept_awake() -> Iterator[None]:
    """Ask the system not to sleep nor to dim. Never fails and never makes anybody wait.

    The asking happens in a thread of its own: on Linux it is a call over the session bus, which may
    be slow or not there.
    """
    over = threading.Event()
    thread = threading.Thread(target=_keep, args=(over,), name="awake", daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=1)


def _keep(over: threading.Event) -> None:
    with warnings.catch_warnings():
        # Without a session bus wakepy warns; that is a log entry, not something to print.
        warnings.simplefilter("ignore")
        from wakepy import keep  # noqa: PLC0415  # 40 ms that nobody has to wait for

        with keep.presenting(on_fail="pass") as mode:
            if not mode.active:
                _log.warning("the machine may fall asleep: the system gives no way to prevent it")
            over.wait()
