# SPDX-License-Identifier: AGPL-3.0-or-later
"""``pechakucha``, with its main thread blocked for 300 ms again and again; the stage is not touched."""

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from pechakucha import app, cli
from pechakucha.texts import Texts

BLOCKED_S, EVERY_MS = 0.3, 500

make_application = app.make_application


def make_blocked_application(texts: Texts) -> QApplication:
    """The application with a timer that does nothing, slowly."""
    made = make_application(texts)
    blocking = QTimer(made)
    blocking.timeout.connect(lambda: time.sleep(BLOCKED_S))
    blocking.start(EVERY_MS)
    return made


app.make_application = make_blocked_application
sys.exit(cli.main())
