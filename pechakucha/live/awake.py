# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping the machine and its screens awake while a block runs."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from wakepy import keep

_log = logging.getLogger(__name__)


@contextmanager
def kept_awake() -> Iterator[bool]:
    """Ask the system not to sleep nor dim; yields whether it agreed. Never fails."""
    with warnings.catch_warnings():
        # Without a session bus wakepy warns; that is a log entry, not something to print.
        warnings.simplefilter("ignore")
        mode = keep.presenting(on_fail="pass")
        with mode:
            if not mode.active:
                _log.warning("the machine may fall asleep: the system gives no way to prevent it")
            yield bool(mode.active)
