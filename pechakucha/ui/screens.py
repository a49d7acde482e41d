# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which screen the audience's window goes to, and how big it is there."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QScreen

WINDOW_SIZES = (QSize(1920, 1080), QSize(1280, 720))
"""Of the audience's window where it is not full screen, physical pixels, 16:9."""

_ROOM_BESIDE = 480
"""Logical pixels that the console needs beside it, at the least."""


def has_screen(platform: str = sys.platform, environment: Mapping[str, str] = os.environ) -> bool:
    """Whether there is a screen on which windows would be seen."""
    if environment.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    if platform in {"win32", "darwin"}:
        return True
    return bool(environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"))


def stage_screen(
    screens: Sequence[QScreen], primary: QScreen, wanted: int | None = None
) -> tuple[QScreen, bool]:
    """The screen for the stage and whether it is full screen there.

    Args:
        screens: all screens, in the system's order.
        primary: the one that the console is on.
        wanted: a person's choice, counted from 1; ignored where there is no such screen.
    """
    if wanted is not None and 1 <= wanted <= len(screens):
        return screens[wanted - 1], True
    others = [screen for screen in screens if screen is not primary and not _mirrors(screen, primary)]
    return (others[0], True) if others else (primary, False)


def is_beyond_full_hd(screen: QScreen) -> bool:
    """Whether a picture of 1920 × 1080 would have to be enlarged to fill this screen."""
    pixels = screen.geometry().size() * screen.devicePixelRatio()
    return pixels.width() > WINDOW_SIZES[0].width() or pixels.height() > WINDOW_SIZES[0].height()


def window_geometry(screen: QScreen) -> QRect:
    """Where the audience's window goes as a window: logical pixels, 16:9, at the right edge."""
    ratio = screen.devicePixelRatio()
    room = screen.availableGeometry()
    sizes = [QSize(round(size.width() / ratio), round(size.height() / ratio)) for size in WINDOW_SIZES]
    fitting = [
        size
        for size in sizes
        if size.width() + _ROOM_BESIDE <= room.width() and size.height() <= room.height()
    ]
    size = fitting[0] if fitting else sizes[-1]
    corner = QPoint(max(room.left(), room.right() + 1 - size.width()), room.top())
    return QRect(corner, size)


def _mirrors(screen: QScreen, other: QScreen) -> bool:
    return screen.geometry().topLeft() == other.geometry().topLeft()
