# SPDX-License-Identifier: AGPL-3.0-or-later
"""How large a window to work in opens."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_WANTED = QSize(1440, 900)
_FRAME = QSize(16, 48)
"""What a window manager puts around it, logical pixels; no system tells before it has done so."""


def open_at_working_size(window: QWidget) -> None:
    """Show a window as large as it looks best, but no larger than its screen has room for."""
    # Not ``window.screen()``: PySide makes the screen a child of the window, and deletes it with it.
    room = QGuiApplication.primaryScreen().availableGeometry().size()
    window.resize(_WANTED.boundedTo(room - _FRAME))
    window.show()
