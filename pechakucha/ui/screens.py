# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which screen the audience's window goes to, and how big it is there."""

from __future__ import annotations

import os
import sys
from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen

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
    others = [screen for screen in screens if screen is not primary and not shows_the_same(screen, primary)]
    return (others[0], True) if others else (primary, False)


def offered_screen(screens: Sequence[str], now: str, before: str, taken: Container[str]) -> str | None:
    """The screen (its name) that the stage could fill while it is a window, None where there is none.

    Args:
        screens: all there are.
        now: the one that the window is on.
        before: the one that the stage filled last.
        taken: those on which the console is.
    """
    free = [name for name in screens if name not in taken]
    return min(free, key=lambda name: (name != before, name == now), default=None)


def presenter_screen(screens: Sequence[QScreen], console: QScreen, stage: str) -> QScreen | None:
    """The screen for the presenter's view: one that is neither the console's nor the stage's.

    None too where the stage fills no screen of its own: then the free one may be meant for the audience.

    Args:
        screens: all there are.
        console: the one that the console is on.
        stage: name of the one that the stage fills.
    """
    filled = next((each for each in screens if each.name() == stage), None)
    if filled is None or shows_the_same(filled, console):
        return None
    free = (each for each in screens if not (shows_the_same(each, console) or shows_the_same(each, filled)))
    return next(free, None)


class ScreenMarks(NamedTuple):
    """By what a screen is known again: its name alone is not enough, for Windows and newer versions of Qt
    give it another when a cable is pulled and plugged in.

    ``serial`` is maker, model and serial number, "" where the screen does not tell; ``geometry`` is its
    place among the others, logical pixels.
    """

    name: str
    serial: str
    geometry: QRect


def marks_of(screen: QScreen) -> ScreenMarks:
    """By what this screen is known again."""
    serial = screen.serialNumber()
    whole = f"{screen.manufacturer()} {screen.model()} {serial}" if serial else ""
    return ScreenMarks(screen.name(), whole, screen.geometry())


def found_again(known: ScreenMarks, screens: Sequence[QScreen], *, by_place: bool = True) -> QScreen | None:
    """The screen that is meant, None where it is gone.

    Args:
        known: its marks as they were.
        screens: all there are.
        by_place: whether one that stands where it stood is it, where nothing else tells; not after a screen
            was pulled, for then another may have moved there.
    """
    marks = [(each, marks_of(each)) for each in screens]
    by_serial = [each for each, mark in marks if known.serial and mark.serial == known.serial]
    by_name = [each for each, mark in marks if mark.name == known.name]
    there = [each for each, mark in marks if by_place and mark.geometry == known.geometry]
    return next((found[0] for found in (by_serial, by_name, there) if len(found) == 1), None)


def screens_showing(screen: QScreen) -> set[str]:
    """The names of a screen and of all that show the same."""
    return {each.name() for each in QGuiApplication.screens() if shows_the_same(each, screen)}


def is_beyond_full_hd(screen: QScreen) -> bool:
    """Whether a picture of 1920 × 1080 would have to be enlarged to fill this screen."""
    pixels = screen.geometry().size() * screen.devicePixelRatio()
    return pixels.width() > WINDOW_SIZES[0].width() or pixels.height() > WINDOW_SIZES[0].height()


def window_geometry(screen: QScreen, margins: QMargins | None = None) -> QRect:
    """Where the audience's window goes as a window: logical pixels, 16:9, at the right edge.

    Args:
        screen: the one that it goes to.
        margins: thickness of the frame that the system puts around it, as far as that is known; where there
            is no room for one of the sizes, frame and all must be on the screen.

    Returns:
        The window's size, at the place of its frame's corner.
    """
    ratio = screen.devicePixelRatio()
    room, frame = screen.availableGeometry(), margins or QMargins()
    sizes = [QSize(round(size.width() / ratio), round(size.height() / ratio)) for size in WINDOW_SIZES]
    fitting = [
        size
        for size in sizes
        if size.width() + _ROOM_BESIDE <= room.width() and size.height() <= room.height()
    ]
    size = fitting[0] if fitting else sizes[-1]
    if size.width() > room.width() or size.height() > room.height():
        size = size.scaled(room.marginsRemoved(frame).size(), Qt.AspectRatioMode.KeepAspectRatio)
    left = room.right() + 1 - size.width() - frame.left() - frame.right()
    return QRect(QPoint(max(room.left(), left), room.top()), size)


def geometry_inside(screen: QScreen, frame: QRect, margins: QMargins, pixels: QSize) -> QRect | None:
    """Where a window goes, logical pixels, so that it is all on this screen; None where it is too big.

    Args:
        screen: the one that it is on.
        frame: where it is now, with what the system put around it.
        margins: that frame's thickness.
        pixels: the size that it is to have, physical pixels.
    """
    ratio = screen.devicePixelRatio()
    size = QSize(round(pixels.width() / ratio), round(pixels.height() / ratio))
    room = screen.availableGeometry().marginsRemoved(margins)
    if size.width() > room.width() or size.height() > room.height():
        return None
    inside = QRect(frame.topLeft() + QPoint(margins.left(), margins.top()), size)
    right, bottom = room.right() + 1 - size.width(), room.bottom() + 1 - size.height()
    inside.moveTo(
        max(room.left(), min(inside.left(), right)),
        max(room.top(), min(inside.top(), bottom)),
    )
    return inside


def shows_the_same(screen: QScreen, other: QScreen) -> bool:
    """Whether one of two screens is the other's mirror, or the same."""
    return screen.geometry().intersects(other.geometry())
