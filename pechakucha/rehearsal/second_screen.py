# SPDX-License-Identifier: AGPL-3.0-or-later
"""The stage on another screen, painted as on the day, while this window is on its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from pechakucha.live.conductor import Conductor
from pechakucha.stage.pager import Pager
from pechakucha.stage.window import StageWindow
from pechakucha.texts import Texts
from pechakucha.ui.screens import stage_screen

_SETTLED_MS = 200
"""After a screen was plugged or pulled windows are moved about for a moment."""


class SecondScreen(QObject):
    """Opens the stage where there is a screen for it, and closes it where that is gone.

    Screens are told apart by their names: PySide's objects for them do not outlive what they stand for.

    Signals:
        changed(): the stage was opened or closed, or there is another screen now, or none any more.
    """

    changed = Signal()

    def __init__(self, window: QWidget, conductor: Conductor, folder: Path, texts: Texts) -> None:
        """
        Args:
            window: the presenter's, which the stage never covers.
            conductor: of the rehearsal.
            folder: where the slides' pictures are.
            texts: the language.
        """
        super().__init__(window)
        self._window, self._conductor, self._folder, self._texts = window, conductor, folder, texts
        self._stage: StageWindow | None = None
        self._pager: Pager | None = None
        self._fills = ""
        """Name of the screen that the stage fills, "" while it is closed."""
        self._unwanted = False
        """Somebody closed it: it does not open by itself any more."""
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._settle)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._wait)
            application.screenRemoved.connect(self._lose)

    @property
    def stage(self) -> bool | None:
        """Whether the stage is on another screen, None where there is no other screen."""
        if self._stage is not None:
            return True
        return None if self._free() is None else False

    def begin(self) -> None:
        """Open the stage where there is a screen for it."""
        self._settled.start(0)

    def toggle(self) -> None:
        """Open the stage, or close it."""
        if self._stage is not None:
            self.put_away()
        elif (free := self._free()) is not None:
            self._unwanted = False
            self._fill(free)

    def put_away(self) -> None:
        """Close the stage until somebody wants it again."""
        self._unwanted = True
        self._close()

    def swap(self) -> None:
        """The stage where this window is, and this window where the stage is."""
        filled = _named(self._fills)
        if filled is None:
            return
        own = self._own()
        self._move_window(filled)
        self._fill(own)

    def end(self) -> None:
        """The rehearsal is closed."""
        self._settled.stop()
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.disconnect(self._wait)
            application.screenRemoved.disconnect(self._lose)
        self._close()

    def _wait(self, _screen: QScreen) -> None:
        self._settled.start(_SETTLED_MS)

    def _lose(self, screen: QScreen) -> None:
        """Its screen was pulled, or another one: then this window may have had to move onto the stage's."""
        if screen.name() == self._fills:
            self._close()
        self._settled.start(_SETTLED_MS)

    def _settle(self) -> None:
        """Where the stage is or should be, now that everything stands still again."""
        free = self._free()
        if free is None:
            self._close()
        elif self._stage is None:
            if not self._unwanted:
                self._fill(free)
        elif _named(self._fills) is None or self._fills == self._own().name():
            self._fill(free)
        self.changed.emit()

    def _own(self) -> QScreen:
        # Not ``window.screen()``: PySide makes the screen a child of the window, and deletes it with it.
        middle: QPoint = self._window.frameGeometry().center()
        return QGuiApplication.screenAt(middle) or QGuiApplication.primaryScreen()

    def _free(self) -> QScreen | None:
        """A screen that shows something else than the one that this window is on."""
        own = self._own()
        place, full = stage_screen(QGuiApplication.screens(), own)
        return place if full else None

    def _fill(self, screen: QScreen) -> None:
        self._fills = screen.name()
        if self._stage is None:
            self._pager = Pager(self._folder, self)
            self._stage = StageWindow(self._conductor, self._pager, self._texts)
            self._stage.closing_asked.connect(self.put_away)
            self._stage.place(screen, full=True)
            self._stage.show_state(self._conductor.state())
        else:
            self._stage.place(screen, full=True)
        self._window.activateWindow()
        self.changed.emit()

    def _close(self) -> None:
        if self._stage is None or self._pager is None:
            return
        self._conductor.changed.disconnect(self._stage.show_state)
        self._stage.hide()
        self._stage.deleteLater()
        self._pager.close()
        self._pager.deleteLater()
        self._stage, self._pager, self._fills = None, None, ""
        self.changed.emit()

    def _move_window(self, screen: QScreen) -> None:
        window, room = self._window, screen.availableGeometry()
        was_maximised = window.isMaximized()
        if was_maximised:
            window.showNormal()
        frame = window.frameGeometry().size() - window.size()
        window.resize(window.size().boundedTo(room.size() - frame))
        place = window.frameGeometry()
        place.moveCenter(room.center())
        window.move(place.topLeft())
        if was_maximised:
            window.showMaximized()


def _named(name: str) -> QScreen | None:
    return next((each for each in QGuiApplication.screens() if each.name() == name), None)
