# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping the machine and its screens awake while a block runs."""

from __future__ import annotations

import logging
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

FIRST_S = 1.0
"""Seconds before it asks, which takes the interpreter 40 ms and more: what is shown first goes first."""

_log = logging.getLogger(__name__)


class Awake:
    """Whether the machine is kept awake: yes until the system has said no."""

    def __init__(self) -> None:
        self._refused = False

    def __call__(self) -> bool:
        return not self._refused

    def refuse(self) -> None:
        """The system gives no way to keep the machine awake."""
        self._refused = True


@contextmanager
def kept_awake(after_s: float = FIRST_S) -> Iterator[Awake]:
    """Ask the system not to sleep nor to dim. Never fails and never makes anybody wait.

    The asking happens in a thread of its own: on Linux it is a call over the session bus, which may
    be slow or not there. What is yielded tells how it went.

    Args:
        after_s: seconds before it asks.
    """
    awake, over = Awake(), threading.Event()
    thread = threading.Thread(target=_keep, args=(awake, over, after_s), name="awake", daemon=True)
    thread.start()
    try:
        yield awake
    finally:
        over.set()
        thread.join(timeout=1)


def _keep(awake: Awake, over: threading.Event, after_s: float) -> None:
    if over.wait(after_s):
        return
    try:
        with warnings.catch_warnings():
            # Without a session bus wakepy warns; that is a log entry, not something to print.
            warnings.simplefilter("ignore")
            from wakepy import keep  # noqa: PLC0415  # see FIRST_S

            with keep.presenting(on_fail="pass") as mode:
                if not mode.active:
                    awake.refuse()
                    _log.warning("the machine may fall asleep: the system gives no way to prevent it")
                over.wait()
    except Exception:
        # A surprise of the system's must not end the thread unseen, nor anything else.
        awake.refuse()
        _log.warning("the machine may fall asleep", exc_info=True)
