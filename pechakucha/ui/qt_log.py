# SPDX-License-Identifier: AGPL-3.0-or-later
"""Qt's own messages go into our log, not to where a person's output is."""

from __future__ import annotations

import collections
import logging
from collections.abc import Callable

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_BEFORE_THE_END = 3
"""So many messages before a fatal one tell why: a library that is not there is only a warning."""

_log = logging.getLogger("qt")


def log_qt_messages(end: Callable[[str], None] = lambda _: None) -> None:
    """From now on Qt speaks through ``logging``.

    Args:
        end: called with the reason before Qt aborts the process, as where it can't open any window.
    """
    latest: collections.deque[str] = collections.deque(maxlen=_BEFORE_THE_END)

    def log(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
        _log.log(_LEVELS[kind], "%s", words)
        if kind is not QtMsgType.QtDebugMsg:
            latest.append(" ".join(words.split()))
        if kind is QtMsgType.QtFatalMsg:
            end(" ".join(latest))

    qInstallMessageHandler(log)
