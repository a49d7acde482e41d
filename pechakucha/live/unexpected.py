# SPDX-License-Identifier: AGPL-3.0-or-later
"""What nobody foresaw: exceptions at the top of a slot or of a thread. They are logged, and things go on."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections import Counter
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Signal

_log = logging.getLogger(__name__)


class Unexpected(QObject):
    """Hears of every exception that nobody caught, in whichever thread of this process.

    Signals:
        happened(): something went wrong at a place where nothing had before.
    """

    happened = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._times: Counter[tuple[object, ...]] = Counter()

    @property
    def places(self) -> int:
        """At how many places something has gone wrong so far."""
        return len(self._times)

    def watch(self) -> None:
        """Take over the hooks of Python; a crash of native code leaves its traceback in the output."""
        sys.excepthook = self.take
        threading.excepthook = lambda fell: self.take(
            fell.exc_type, fell.exc_value or fell.exc_type(), fell.exc_traceback
        )
        if sys.stderr is not None:  # there is none under pythonw
            faulthandler.enable()

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log an exception; one that comes again and again is logged ever more rarely."""
        place = (kind, *_where(trace))
        self._times[place] += 1
        times = self._times[place]
        if str(times).strip("0") == "1":  # 1, 10, 100 …: what fails at each refresh must not fill the disk
            _log.critical("unexpected, %d time(s) so far", times, exc_info=(kind, error, trace))
        if times == 1:
            self.happened.emit()


def go_on_after(*parts: Callable[[], object]) -> None:
    """Do one part after the other; one that fails is told to the hook and does not keep back the others."""
    for part in parts:
        try:
            part()
        except Exception as error:  # whatever it is, the rest must go on
            sys.excepthook(type(error), error, error.__traceback__)


def _where(trace: TracebackType | None) -> tuple[str, int]:
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return (trace.tb_frame.f_code.co_filename, trace.tb_lineno) if trace else ("", 0)
