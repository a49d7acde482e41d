# SPDX-License-Identifier: AGPL-3.0-or-later
"""The window of the presenter's view: by itself on a screen that nobody else needs, else where it is put."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QScreen
from PySide6.QtWidgets import QMainWindow

from pechakucha.console.moderator_line import ModeratorLine
from pechakucha.console.presenter_view import PresenterView
from pechakucha.console.session import Session
from pechakucha.texts import Texts
from pechakucha.ui.pictures import Pictures
from pechakucha.ui.screens import presenter_screen, screens_showing

_REFRESH_MS = 50

FULL_SCREEN_KEY = Qt.Key.Key_F11
"""In this window; in the console the same key brings the stage, which has no keys of its own."""
_PICTURES = 8
"""A screen's pictures are large: those at hand are the slide on stage and the next one."""

_FRAME = 40
"""Logical pixels at the top of the screen for the bar by which a window is dragged."""

_SHARE = 0.7
"""Of the screen's width and height that it takes at most as an ordinary window."""


class PresenterWindow(QMainWindow):
    """Shows the run and takes no decision.

    Signals:
        pressed(int): a key (Qt.Key) was pressed in it; whoever holds the console decides what it does.
    """

    pressed = Signal(int)

    def __init__(
        self,
        session: Session,
        console_screen: Callable[[], QScreen],
        texts: Texts,
        line: ModeratorLine | None = None,
    ) -> None:
        """
        Args:
            session: what is known of the run.
            console_screen: tells which screen the console is on.
            texts: the language.
            line: the moderator's, None where nobody can write one.
        """
        super().__init__()
        self._session, self._console_screen, self._texts = session, console_screen, texts
        self._line = line
        self._fills = ""
        """Name of the screen that it fills, "" while it is closed or an ordinary window."""
        self._unwanted = False
        """Somebody closed it: it does not open by itself again until a screen is plugged in."""
        self._aside, self._was_seen = False, False
        """Whether another run has the screens, and whether this was seen before."""
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._pictures = Pictures(session.folder, self, _PICTURES)
        self._view = PresenterView(self._pictures, texts)
        self.setCentralWidget(self._view)
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)
        session.changed.connect(self._follow)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenAdded.connect(self._gain)
            application.screenRemoved.connect(self._lose)

    def toggle(self) -> None:
        """Open it, or close it."""
        if self.isVisible():
            self._unwanted = True
            self._leave()
            return
        free = self._free_screen()
        if free is not None:
            self._fill(free)
        else:
            self._stand_beside()

    def stand_aside(self, *, aside: bool) -> None:
        """Make room for another run's view, and come back after it."""
        self._aside = aside
        if aside:
            self._was_seen = self.isVisible()
            self._leave()
            return
        self._follow()
        if self._was_seen and not self.isVisible():
            self._stand_beside()

    def end(self) -> None:
        """The console is closed: nothing is shown any more."""
        self._session.changed.disconnect(self._follow)
        self._unwanted = True
        self._leave()
        self._pictures.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """F11 fills the screen and back; no other key does anything here, not Esc either: a clicker
        sends it.
        """
        if event.isAutoRepeat():
            return
        if event.key() == FULL_SCREEN_KEY and self._may_fill_here():
            self._fill_or_shrink()
        else:
            self.pressed.emit(event.key())

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """It may be closed at any time."""
        self._timer.stop()
        self._unwanted, self._fills = True, ""
        event.accept()

    def _follow(self) -> None:
        """Stand aside where the stage or the console is now, and take a screen that is free."""
        status = self._session.status
        if self._aside or not self._session.stage_is_there:
            return  # it will come back to where it was
        free = self._free_screen()
        if self.isVisible() and self._fills:
            console = self._console_screen()
            taken = {console.name(), status.screen if status.full else ""}
            if self._fills not in taken:
                return
            self._leave()
        if free is not None and not self.isVisible() and not self._unwanted:
            self._fill(free)

    def _may_fill_here(self) -> bool:
        """Never over the stage or the console, also not by hand."""
        there = screens_showing(self._screen())
        return not there & {self._session.status.screen, self._console_screen().name()}

    def _fill_or_shrink(self) -> None:
        screen = self._screen()
        if not self.isFullScreen():
            self._fill(screen)
            return
        self._fills = ""
        room = screen.availableGeometry()
        place = QRect(room.topLeft(), room.size() * _SHARE)
        place.moveCenter(room.center())
        self.showNormal()
        self.setGeometry(place)

    def _screen(self) -> QScreen:
        # Not ``self.screen()``: PySide makes the screen a child of the window, and deletes it with it.
        here = QGuiApplication.screenAt(self.frameGeometry().center())
        return here or QGuiApplication.primaryScreen()

    def _gain(self, _screen: QScreen) -> None:
        self._unwanted = False

    def _lose(self, screen: QScreen) -> None:
        if screen.name() == self._fills:
            self._leave()

    def _free_screen(self) -> QScreen | None:
        status = self._session.status
        stage = status.screen if status.full else ""
        return presenter_screen(QGuiApplication.screens(), self._console_screen(), stage)

    def _fill(self, screen: QScreen) -> None:
        self._fills = screen.name()
        self._refresh()
        self.setGeometry(screen.geometry())
        self.showFullScreen()
        self._timer.start()

    def _stand_beside(self) -> None:
        """An ordinary window: over the top of the console's screen, whose commands are at the bottom; where
        the audience's window is there too, small and at the bottom, so as to cover little of it.
        """
        self._refresh()
        room, status = (
            self._console_screen().availableGeometry().adjusted(0, _FRAME, 0, 0),
            self._session.status,
        )
        beside_stage = not status.full and status.screen == self._console_screen().name()
        place = QRect(room.topLeft(), self.minimumSizeHint() if beside_stage else room.size() * _SHARE)
        if beside_stage:
            place.moveBottom(room.bottom())
        place.moveRight(room.right())
        self.setGeometry(place)
        self.showNormal()
        self.raise_()
        self._timer.start()

    def _leave(self) -> None:
        self._timer.stop()
        self._fills = ""
        self.hide()

    def _refresh(self) -> None:
        run, state = self._session.run, self._session.state()
        if run is None or state is None:
            return
        self.setWindowTitle(self._texts("presenter.title", show=run.snapshot.title))
        self._view.show_state(run, state, self._session.now_ns())
        self._view.show_line(self._line.words if self._line is not None else "")
