# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the audience's window is, whatever becomes of the screens meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication, QScreen

from pechakucha.stage.window import StageWindow
from pechakucha.ui.screens import ScreenMarks, found_again, marks_of, stage_screen


class Placement(QObject):
    """Puts the window on a screen and keeps it fitting there.

    Screens are known again by their marks: PySide's objects for them do not outlive what they stand for.

    Signals:
        changed(): there is another screen, one less, or one of another size or scale.
    """

    changed = Signal()

    def __init__(self, window: StageWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._filled: ScreenMarks | None = None
        """The screen that the window fills, None while it is a window."""
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self._lose)
            application.screenAdded.connect(self._gain)
        for screen in QGuiApplication.screens():
            self._watch(screen)

    def begin(self, *, full: bool | None = None, screen: int | None = None) -> None:
        """Open the window.

        Args:
            full: fill the screen or be a window; None leaves it to the screens there are.
            screen: the screen wanted, counted from 1.
        """
        primary = QGuiApplication.primaryScreen()
        place, fills = stage_screen(QGuiApplication.screens(), primary, screen)
        self._put(place, full=fills if full is None else full, alone=place is primary)

    def fill(self, number: int, name: str = "") -> str | None:
        """Fill a screen; returns its name, None where there is none such.

        Args:
            number: counted from 1.
            name: the screen's, which goes before its number; "" where that is not known.
        """
        screens = QGuiApplication.screens()
        numbered = screens[number - 1 : number] if number >= 1 else []
        wanted = [each for each in (*numbered, *screens) if each.name() == name] if name else numbered
        if not wanted:
            return None
        self._put(wanted[0], full=True)
        return wanted[0].name()

    def _put(self, screen: QScreen, *, full: bool, alone: bool = False) -> None:
        self._filled = marks_of(screen) if full else None
        self._window.place(screen, full=full, alone=alone)
        self.changed.emit()

    def _watch(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self._fit)
        screen.availableGeometryChanged.connect(self._fit)

    def _gain(self, screen: QScreen) -> None:
        """It is offered to the moderator; by itself the window does not jump about."""
        self._watch(screen)
        self.changed.emit()

    def _lose(self, screen: QScreen) -> None:
        """Where its screen is pulled it becomes a window behind the console; time runs on."""
        left = QGuiApplication.primaryScreen()
        if left is not None:
            if self._filled is not None and self._is_pulled(screen, self._filled):
                self._put(left, full=False)
                self._window.lower()
            else:
                self._fit()
        self.changed.emit()

    def _is_pulled(self, screen: QScreen, filled: ScreenMarks) -> bool:
        """Whether the screen that goes is the filled one, and not only gets another name."""
        goes = found_again(filled, [screen], by_place=False) is not None
        return goes and found_again(filled, QGuiApplication.screens(), by_place=False) is None

    def _fit(self) -> None:
        """A screen has another size, scale, place or name."""
        if self._filled is not None:
            filled = found_again(self._filled, QGuiApplication.screens())
            filled = filled or QGuiApplication.screenAt(self._window.geometry().center())
            if filled is not None:
                self._filled = marks_of(filled)
                if self._window.geometry() != filled.geometry():
                    self._window.place(filled, full=True)
        else:
            self._window.come_inside()
        self.changed.emit()
