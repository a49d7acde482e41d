# SPDX-License-Identifier: AGPL-3.0-or-later
"""The audience's window: one window from welcome to closing, painted directly, never hidden."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QMargins, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QBackingStore,
    QCursor,
    QExposeEvent,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QRegion,
    QResizeEvent,
    QScreen,
    QSurface,
    QWindow,
)

from pechakucha.live.conductor import Conductor
from pechakucha.show.pictures import (
    SOON,
    is_card_in_place_of_slide,
    picture_on_stage,
    pictures_coming,
    pictures_soon,
)
from pechakucha.show.run import Turn
from pechakucha.show.scene import OnSlide, State
from pechakucha.stage.pager import Pager, fitted
from pechakucha.stage.way_out import WayOut
from pechakucha.texts import Texts
from pechakucha.ui.card_painting import moving_part, paint_card, paint_moving_part
from pechakucha.ui.cards import Card, card
from pechakucha.ui.screens import WINDOW_SIZES, geometry_inside, window_geometry
from pechakucha.ui.slide_marks import line_height, paint_dry_run, paint_hint, paint_line, paint_number

_MOVING_MS = 100
_PATIENCE_MS = 300
"""How long a picture may take after its due time before the city's card is shown."""
_ANY_SIZE = QSize(16_777_215, 16_777_215)
"""Qt's QWINDOWSIZE_MAX."""


class StageWindow(QWindow):
    """Paints what the conductor says.

    It is a plain window with a backing store of its own, so that a paint happens when it is asked
    for and has happened when the call returns; no event loop turn lies between.

    Signals:
        moved(): screen or size have changed.
        closing_asked(): somebody tried to close the window; it stays.
        console_wanted(): somebody pressed Esc, then Enter, on a stage that covers the only screen.
        pressed(str, str): a key or the mouse was pressed: what, and why it was refused or "".
    """

    moved = Signal()
    closing_asked = Signal()
    console_wanted = Signal()
    pressed = Signal(str, str)

    def __init__(self, conductor: Conductor, pager: Pager, texts: Texts) -> None:
        super().__init__()
        self._conductor, self._pager, self._texts = conductor, pager, texts
        self._state: State | None = None
        self._card: Card | None = None
        self._ahead = SOON
        self._held_for: tuple[Turn, ...] = ()
        """The rundown for which pictures are held."""
        self.setSurfaceType(QSurface.SurfaceType.RasterSurface)
        self._store = QBackingStore(self)
        self._stored = QSize()
        """What the store was made for, physical pixels."""
        self._latest: QImage | None = None
        """The picture painted last, None where it was a card."""
        self._fixed = QSize()
        """The size as a window, physical pixels."""
        self._framed = QMargins()
        """The frame around it for which it was placed."""
        self.setTitle(texts("stage.title", show=conductor.run.snapshot.title))
        self.setCursor(QCursor(Qt.CursorShape.BlankCursor))
        self._way_out = WayOut(conductor.now_ns, self)
        self._way_out.pressed.connect(self.pressed)
        self._way_out.console_wanted.connect(self._bring_console)
        self._way_out.changed.connect(self._paint)
        self._covers_console = False
        """Whether it opened full on the console's own screen, so that keys reach it."""
        self._overdue: str | None = None
        """The picture that did not come in time, so that the city's card takes its place."""
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE_MS)
        self._patience.timeout.connect(self._give_up_waiting)
        self._placed = False
        self._moving = QTimer(self)
        self._moving.setInterval(_MOVING_MS)
        self._moving.timeout.connect(self._paint_moving_part)
        conductor.changed.connect(self.show_state)
        conductor.cued.connect(self._look_at_rundown)  # a function of no object would outlive the window
        pager.ready.connect(self._picture_ready)

    def place(self, screen: QScreen, *, full: bool, alone: bool = False) -> None:
        """Put the window on a screen: filling it, or 16:9 beside the console.

        Args:
            screen: where to.
            full: fill the screen.
            alone: the console is on this screen too; then keys can bring it back.
        """
        if not self._placed:
            # Before the first show only: changing it later could change the native window.
            self._covers_console = alone and full
            self.setFlag(Qt.WindowType.WindowDoesNotAcceptFocus, not self._covers_console)
            self._placed = True
        self.setScreen(screen)
        if full:
            self.setMinimumSize(QSize(0, 0))
            self.setMaximumSize(_ANY_SIZE)
            self.setGeometry(screen.geometry())
            self.showFullScreen()
            if alone:
                self._way_out.hint()
            return
        self.showNormal()  # out of full screen first
        self._framed = self.frameMargins()
        place = window_geometry(screen, self._framed)
        self._fixed = place.size() * screen.devicePixelRatio()
        self._stand(place)
        # The frame must not lie outside the screen: it is what one drags.
        self.setFramePosition(place.topLeft())
        if alone:
            self.lower()

    def come_inside(self) -> None:
        """As a window: have the same physical size whatever the scale, and be all on a screen."""
        # Not ``self.screen()``: PySide makes the screen a child of the window, and deletes it with it.
        screen = QGuiApplication.screenAt(self.geometry().center()) or QGuiApplication.primaryScreen()
        if screen is None or self._fixed.isEmpty() or self.full:
            return
        place = geometry_inside(screen, self.frameGeometry(), self.frameMargins(), self._fixed)
        if place is None or self._fixed not in WINDOW_SIZES:  # it was too big for a screen, or still is
            self.place(screen, full=False)
        elif place != self.geometry() or self.minimumSize() != place.size():
            self._stand(place)

    @property
    def full(self) -> bool:
        """Whether the window fills its screen."""
        return self.visibility() == QWindow.Visibility.FullScreen

    def pixels(self) -> QSize:
        """The size in physical pixels."""
        return self.size() * self.devicePixelRatio()

    def decode_ahead(self, pictures: int = SOON) -> None:
        """How many pictures are decoded before they are due."""
        self._ahead = pictures
        if self._state is not None:
            self._prepare(self._state)

    def _stand(self, place: QRect) -> None:
        """Be here, in a size that nobody can change: a conference scales a window whose size jumps, and
        window managers remember sizes of their own.
        """
        self.setMinimumSize(QSize(0, 0))
        self.setMaximumSize(_ANY_SIZE)
        self.setMinimumSize(place.size())
        self.setMaximumSize(place.size())
        self.setGeometry(place)

    def show_state(self, state: State) -> None:
        """Paint what is on stage from now on, then prepare what comes after it."""
        self._state = state
        self._overdue = None
        self._patience.stop()
        self._paint()
        self._prepare(state)

    def event(self, event: QEvent) -> bool:
        """Refuse to be closed or minimised; tell where the window went."""
        if event.type() == QEvent.Type.Close:
            event.ignore()
            self.pressed.emit("close-stage", "stage-stays")
            self.closing_asked.emit()
            return True
        if (
            event.type() == QEvent.Type.WindowStateChange
            and self.windowStates() & Qt.WindowState.WindowMinimized
        ):
            self.setWindowStates(self.windowStates() & ~Qt.WindowState.WindowMinimized)
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.come_inside()
            self._fit()
        return super().event(event)

    def exposeEvent(self, _event: QExposeEvent) -> None:  # noqa: N802  # Qt's name
        """Paint again what was uncovered."""
        if not self.isExposed():
            return
        if not self.full and self._framed != self.frameMargins():
            # How thick the frame is turns out only when it is there.
            self._framed = self.frameMargins()
            self.come_inside()
        self._paint()

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Fit everything anew."""
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Esc, then Enter, bring the console; any other key has that told where it covers the console."""
        if not self._way_out.key(event, covers=self.full):
            self._hint_way_out()

    def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """A click does nothing here either."""
        self._way_out.click()
        self._hint_way_out()

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:  # noqa: N802  # Qt's name
        """Whoever moves the mouse may be looking for a way out."""
        self._hint_way_out()

    def _hint_way_out(self) -> None:
        if self._covers_console and self.full:
            self._way_out.hint()

    def _bring_console(self) -> None:
        self.lower()
        self.console_wanted.emit()

    def _fit(self) -> None:
        """Another size in physical pixels: what is on stage in that size at once, and sharp once decoded."""
        if self._state is not None:
            self._prepare(self._state)
            if self.isExposed():
                if self._latest is not None:
                    self._draw(fitted(self._latest, self.pixels()))
                self._paint()
        self.moved.emit()

    def _prepare(self, state: State) -> None:
        run = self._conductor.run
        if not self.size().isEmpty():
            self._pager.want(pictures_soon(run, state, self._ahead), self.pixels())
        if run.turns is not self._held_for:
            self._held_for = run.turns
            self._pager.hold(pictures_coming(run))

    def _look_at_rundown(self, _cue: object) -> None:
        """Between talks: have the pictures of a rundown that was changed, and paint its card anew.

        During a talk the next slide is soon enough, and the calmer moment.
        """
        run = self._conductor.run
        if self._state is not None and run.on_stage is None and run.turns is not self._held_for:
            self.show_state(self._conductor.state())

    def _picture_ready(self, name: str) -> None:
        if self._state is not None and picture_on_stage(self._conductor.run, self._state) == name:
            self._paint()

    def _give_up_waiting(self) -> None:
        if self._state is not None:
            self._overdue = picture_on_stage(self._conductor.run, self._state)
            self._paint()

    def _paint(self) -> None:
        if self._state is None or self.size().isEmpty():
            return
        state, scene = self._state, self._state.scene
        covered = state.black or state.message is not None
        picture: QImage | None = None
        if isinstance(scene, OnSlide) and not covered:
            name = picture_on_stage(self._conductor.run, state)
            if name is not None:
                picture = self._pager.picture(name, self.pixels())
                if picture is None and not self._pager.knows(name, self.pixels()):
                    self._prepare(state)
                    if self._overdue != name:
                        # It is painted as soon as it is decoded; for a moment what was on stage stays.
                        if not self._patience.isActive():
                            self._patience.start()
                        return
        self._patience.stop()
        self._card = None
        if picture is None and not state.black:
            self._card = card(self._conductor.run, state, self._texts)
        self._draw(picture)
        filled = not covered and is_card_in_place_of_slide(self._conductor.run, state)
        if isinstance(scene, OnSlide) and (picture is not None or filled):
            self._conductor.painted(scene, self._conductor.now_ns())
        if self._card is None and not self._line_runs():
            self._moving.stop()
        elif not self._moving.isActive():
            self._moving.start()

    def _draw(self, picture: QImage | None) -> None:
        pixels = self.pixels()
        self._latest = picture
        with self._painting(QRect(0, 0, self.width(), self.height())) as painter:
            covers = picture is not None and picture.size() == pixels
            if self._card is not None:
                paint_card(painter, pixels, self._card, self._conductor.now_ns())
            elif not covers:  # the less is painted the sooner it is there
                painter.fillRect(0, 0, pixels.width(), pixels.height(), Qt.GlobalColor.black)
            if picture is not None:
                left = (pixels.width() - picture.width()) // 2
                painter.drawImage(left, (pixels.height() - picture.height()) // 2, picture)
                self._mark_slide(painter)
            if self._conductor.run.snapshot.is_dry_run:
                paint_dry_run(painter, pixels, self._texts("stage.dry-run"))
            code = self._way_out.code
            if code is not None:
                paint_hint(painter, pixels, self._texts(code))
        self._await_server()

    def _mark_slide(self, painter: QPainter) -> None:
        """The line and the number over a slide, where the show wants them."""
        state, snapshot = self._state, self._conductor.run.snapshot
        if state is None or not isinstance(state.scene, OnSlide):
            return
        if snapshot.number:
            number = f"{state.scene.index + 1} / {snapshot.format.slides}"
            paint_number(painter, self.pixels(), number)
        if snapshot.line:
            paint_line(painter, self.pixels(), self._share_run(state, state.scene))

    def _share_run(self, state: State, scene: OnSlide) -> float:
        """How much of the slide's time has run, from 0 to 1."""
        snapshot = self._conductor.run.snapshot
        now_ns = self._conductor.now_ns() if state.held_ns is None else state.held_ns
        return 1 - (scene.until_ns - now_ns) / snapshot.span_ns(snapshot.format.seconds)

    def _paint_moving_part(self) -> None:
        if not self.isExposed():
            return
        if not self._conductor.calm:
            self._await_server()
            return
        pixels = self.pixels()
        if self._card is None:
            self._paint_line()
            return
        part = moving_part(pixels)
        ratio = self.devicePixelRatio()
        area = QRect(0, int(part.top() / ratio), self.width(), self.height() - int(part.top() / ratio))
        with self._painting(area) as painter:
            paint_moving_part(painter, pixels, self._card, self._conductor.now_ns())

    def _line_runs(self) -> bool:
        state = self._state
        on_slide = state is not None and isinstance(state.scene, OnSlide) and not state.black
        return on_slide and self._conductor.run.snapshot.line

    def _paint_line(self) -> None:
        """The line alone, over the slide painted before."""
        state = self._state
        if state is None or not isinstance(state.scene, OnSlide) or not self._line_runs():
            return
        height = line_height(self.pixels()) / self.devicePixelRatio()
        top = int(self.height() - height - 1)
        with self._painting(QRect(0, top, self.width(), self.height() - top)) as painter:
            paint_line(painter, self.pixels(), self._share_run(state, state.scene))

    @contextmanager
    def _painting(self, area: QRect) -> Iterator[QPainter]:
        """A painter in physical pixels; when the block is left, the paint is submitted."""
        if self._stored != self.pixels():
            self._store.resize(self.size())
            self._stored = self.pixels()
        region = QRegion(area)
        self._store.beginPaint(region)
        painter = QPainter(self._store.paintDevice())
        ratio = self.devicePixelRatio()
        painter.scale(1 / ratio, 1 / ratio)
        try:
            yield painter
        finally:
            painter.end()
            self._store.endPaint()
            self._store.flush(region)

    def _await_server(self) -> None:
        """Where the pixels are put on the screen by another process, wait until they are there.

        So what is recorded as painted can be seen, and the next paint need not wait: Qt lets nobody paint
        over pixels that the X server may not have read yet, and asks it, at a price of up to 20 ms on a busy
        machine (``QXcbBackingStoreImage::preparePaint``). Now there is time for that.
        """
        if QGuiApplication.platformName() == "xcb":
            self._store.beginPaint(QRegion(QRect(QPoint(), self.size())))
            self._store.endPaint()
