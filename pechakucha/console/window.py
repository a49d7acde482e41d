# SPDX-License-Identifier: AGPL-3.0-or-later
"""The console's window: it shows what the session knows and sends what the moderator wants."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from pechakucha.console.code_view import CodeView
from pechakucha.console.command_bar import CommandBar
from pechakucha.console.dry_run_bar import DryRunBar, DryRunHint
from pechakucha.console.hands import Hands
from pechakucha.console.late_changes import LateChanges
from pechakucha.console.late_view import LateView
from pechakucha.console.line_sheet import LineSheet
from pechakucha.console.machine import Machine
from pechakucha.console.moderator_line import ModeratorLine
from pechakucha.console.next_view import NextView
from pechakucha.console.on_stage_view import OnStageView
from pechakucha.console.panels import CATCH_UP, STATUS, Panels
from pechakucha.console.rundown_view import RundownView
from pechakucha.console.session import Session
from pechakucha.console.strip import Strip
from pechakucha.console.strip_words import StripWords
from pechakucha.console.talk_actions import TalkActions
from pechakucha.console.top_bar import TopBar
from pechakucha.console.waiting_card import WaitingCard
from pechakucha.console.watch import Watch
from pechakucha.console.wording import as_set_now
from pechakucha.console.working_area import WorkingArea
from pechakucha.live.unexpected import go_on_after
from pechakucha.show.run import Run
from pechakucha.show.status import Stage, remarks_on
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import rule
from pechakucha.ui.pictures import Pictures

if TYPE_CHECKING:
    from pechakucha.console.deck_work import ImportShow

REFRESH_MS = 50
NARROWEST = 480
"""Logical pixels of width that the narrow form takes beside a conference."""

NARROW = 1100
"""Logical pixels of width below which there is room for the middle alone."""

_FRAME_MS = 500
"""Within this time a window manager has put its frame around a window."""

_RUNDOWN_WIDTH = 376
_LEAST_PANEL = 240
"""Logical pixels of height below which nothing can be read in a panel."""

_log = logging.getLogger(__name__)


class ConsoleWindow(QMainWindow):
    """The moderator's window for one run.

    Signals:
        close_asked(): the person wants to leave.
        presenter_asked(): the person wants the presenter's view, or wants it gone.
        dry_run_asked(): the person wants a dry run, or the end of this one.
        closed(): the window is closed.
    """

    close_asked = Signal()
    presenter_asked = Signal()
    dry_run_asked = Signal()
    closed = Signal()

    def __init__(
        self,
        session: Session,
        texts: Texts,
        importing: Callable[[], ImportShow] | None = None,
        *,
        machine: Machine | None = None,
    ) -> None:
        """``importing`` makes what imports a deck that comes late; without it none can come. ``machine``
        tells of battery and disk; the window closes it.
        """
        super().__init__()
        self._session, self._texts = session, texts
        self._may_close = False
        self.pictures = pictures = Pictures(session.folder, self)
        self._top = TopBar(texts)
        self._rundown = RundownView(pictures)
        self._rundown.setAccessibleName(texts("console.rundown"))
        self._actions = TalkActions(texts)
        self._code = CodeView(texts)
        self._middle = OnStageView(pictures, texts, self._code, with_keys=True)
        self._next = NextView(pictures, texts)
        self._area = WorkingArea(self._middle, self._next)
        self._dry_run = DryRunBar(texts)
        self._dry_run_hint = DryRunHint(texts)
        self.line = ModeratorLine(session, self)
        self._line = LineSheet(texts)
        self.presenter_is_seen: Callable[[], bool] = lambda: False
        self._edge = rule(vertical=True)
        self._strip = Strip()
        self._bar = CommandBar(texts)
        self._hands = Hands(session, self._bar, self._rundown, self._actions, self, code=self._code)
        self._watch = Watch(session, machine, self.screen_on)
        self._strip_words = StripWords(self._strip, session, self._hands, texts)
        self._late_view = LateView(texts)
        self.late = LateChanges(session, self._late_view, texts, self, importing=importing)
        self.late.listen_to(self._hands.late, self._rundown)
        self._left = self._build_left()
        self._everything, self._waiting = self._build(), WaitingCard(texts)
        self._pages = QStackedWidget()
        for page in (self._everything, self._waiting):
            self._pages.addWidget(page)
        self.setCentralWidget(self._pages)
        self._panels = Panels(self._everything, session, self._hands, texts)
        self._connect_hands()
        self.setMinimumSize(400, 560)
        self._narrow: bool | None = None
        session.changed.connect(self.refresh)
        session.wanted.connect(self.come_forward)
        session.stage_changed.connect(self._stage_changed)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def _connect_hands(self) -> None:
        hands = self._hands
        hands.presenter_asked.connect(self.presenter_asked)
        self._next.presenter_asked.connect(hands.ask_presenter)
        hands.line_asked.connect(self._line.open_sheet)
        self._line.open_asked.connect(self._line.open_sheet)
        self._line.said.connect(self.line.say)
        self.line.changed.connect(self.refresh)
        hands.dry_run_asked.connect(self.dry_run_asked)
        self._dry_run.end_asked.connect(hands.ask_dry_run)
        self._dry_run_hint.clicked.connect(lambda _checked=False: hands.ask_dry_run())
        self._top.status_asked.connect(lambda: self._panels.toggle(STATUS))
        self._top.catch_up_asked.connect(lambda: self._panels.toggle(CATCH_UP))

    def refresh(self) -> None:
        """Bring everything up to date with the clock."""
        run, state = self._session.run, self._session.state()
        now_ns = self._session.now_ns()
        if run is not None:
            run = as_set_now(run, now_ns, self._session.wall_ns())
        go_on_after(lambda: self._show_status(run, now_ns))
        if run is None or state is None:
            return
        self.setWindowTitle(self._texts("console.title", show=run.snapshot.title))
        go_on_after(
            lambda: self._top.show_state(run, now_ns, can_catch_up=bool(self._panels.proposals)),
            lambda: self._rundown.show_run(run, now_ns, self._texts),
            lambda: self._actions.show_state(
                run, self._rundown.selected_talk(), now_ns, self.late.history.next_undo
            ),
            lambda: self._dry_run.show_state(run),
            lambda: self._line.show_state(self.line.words, is_seen=self.presenter_is_seen()),
            lambda: self._dry_run_hint.show_state(run),
            lambda: self._code.show_state(run, now_ns, self._session.wall_ns()),
            lambda: self._middle.show_state(run, state, now_ns),
            lambda: self._next.show_state(run, state, now_ns),
            lambda: self._bar.show_state(run, now_ns, self._session.refusals),
            lambda: self._hands.notice(run, now_ns),
        )

    def _show_status(self, run: Run | None, now_ns: int) -> None:
        """How stage and machine are, wherever that is said."""
        readings = self._watch.look(run, now_ns)
        remarks = remarks_on(readings)
        on_its_way = readings.stage is Stage.STARTING and readings.problem is None
        self._pages.setCurrentWidget(self._waiting if on_its_way else self._everything)
        go_on_after(
            lambda: self._strip_words.show_state(run, readings, remarks),
            lambda: self._panels.show_state(run, now_ns, remarks),
            lambda: self._panels.place(self._room_for_panels(), narrow=bool(self._narrow)),
            lambda: self._top.status.show_remarks(
                remarks, self._panels.looked_at | self._strip_words.understood
            ),
        )

    def press_elsewhere(self, key: int) -> None:
        """A key was pressed in the presenter's window."""
        self._hands.key_elsewhere(key)

    def come_forward(self) -> None:
        """Be seen."""
        self.raise_()
        self.activateWindow()

    def offer_report(self, open_report: Callable[[], object], show_runs: Callable[[], object]) -> None:
        """The block is over and its report is written, from what could be recorded: offer to open it, and
        the runs of earlier days.
        """
        recorded = self._session.status.recording
        words = self._texts("console.report-ready" if recorded else "console.report-incomplete")
        self._strip.offer(words, self._texts("console.open-report"), open_report, keep=True, calm=recorded)
        self._strip.offer_also(self._texts("console.show-runs"), show_runs)

    def tell_once(self, code: str) -> None:
        """Show the sentence with this code until somebody has understood it."""
        self._strip_words.tell_once(code)

    def let_close(self) -> None:
        """From now on the window may be closed."""
        self._may_close = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Keys of this window come here first, whatever has the focus."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and isinstance(watched, QWidget)
            and watched.window() is self
        ):
            if self._line.takes_keys(watched):
                return False
            return self._hands.key(event)
        if event.type() == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            self._hands.release(event)
        if watched is self and event.type() == QEvent.Type.WindowActivate:
            self._hands.come_from_elsewhere()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Ask first while the block is not over; not at all while a talk is on stage."""
        if self._may_close:
            self._timer.stop()
            self._session.record("leave-console")
            self.late.close()
            self._session.close()
            self._watch.close()
            self.pictures.close()
            application = QApplication.instance()
            if application is not None:
                application.removeEventFilter(self)
            event.accept()
            self.closed.emit()
        elif self._holds_a_talk:
            event.ignore()
            self.late.say_locked(self._session.run)
        else:
            event.ignore()
            self.close_asked.emit()

    @property
    def _holds_a_talk(self) -> bool:
        """Whether a talk is on stage, and the stage is well: then nobody leaves."""
        run, session = self._session.run, self._session
        there = session.stage_is_there and not session.stage_is_silent
        return there and run is not None and run.on_stage is not None

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Choose the form that there is room for."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self._hands.forget_place()
            for part in (self._left, self._edge):
                part.setVisible(not narrow)
            self._place_late_view(narrow=narrow)
            for form in (
                self._top,
                self._area,
                self._dry_run,
                self._line,
                self._strip,
                self._bar,
                self._code,
            ):
                form.set_narrow(narrow=narrow)

    def _stage_changed(self, there: bool) -> None:  # a signal's argument
        if not there:
            _log.warning("the stage is started again")
        self.refresh()

    def take_room(self, room: QRect) -> None:
        """Fill a part of the screen (logical pixels), frame and all, also once the frame is known."""
        frame = self.frameGeometry().size() - self.size()
        self.resize(room.size() - frame)
        self.move(room.topLeft())
        if frame.isEmpty():
            QTimer.singleShot(_FRAME_MS, self, lambda: self._shrink_into(room))

    def _shrink_into(self, room: QRect) -> None:
        frame = self.frameGeometry().size() - self.size()
        if self.frameGeometry().height() > room.height():
            self.resize(self.width(), room.height() - frame.height())

    def screen_on(self) -> QScreen:
        """The screen that this window is on."""
        # Not ``self.screen()``: PySide makes the screen a child of the window, and deletes it with it.
        here = QGuiApplication.screenAt(self.frameGeometry().center())
        return here or QGuiApplication.primaryScreen()

    def _room_for_panels(self) -> QRect:
        """Below the top bar, above strip and commands, which stay in sight; in the narrow form below the
        figures as well, where that leaves enough.
        """
        room = self._area.geometry()
        below = self._middle.geometry().bottom() if self._narrow else 0
        if room.height() - below >= _LEAST_PANEL:
            room.setTop(room.top() + below)
        return room.adjusted(theme.GRID, theme.GRID, -theme.GRID, -theme.GRID)

    def _build_left(self) -> QWidget:
        left = QWidget()
        left.setFixedWidth(_RUNDOWN_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 2 * theme.GRID, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._rundown, 1)
        column.addWidget(self._late_view)
        column.addWidget(self._actions)
        column.addWidget(self._dry_run_hint)
        return left

    def _place_late_view(self, *, narrow: bool) -> None:
        """Below the rundown, or where that has no room above the strip."""
        shown = not self._late_view.isHidden()
        if narrow:
            self._column.insertWidget(self._column.indexOf(self._strip), self._late_view)
        else:
            layout = self._left.layout()
            assert isinstance(layout, QVBoxLayout)
            layout.insertWidget(layout.indexOf(self._actions), self._late_view)
        self._late_view.setVisible(shown)

    def _build(self) -> QWidget:
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self._left)
        body.addWidget(self._edge)
        body.addWidget(self._area, 1)
        everything = QWidget()
        self._column = column = QVBoxLayout(everything)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._dry_run)
        column.addWidget(rule())
        column.addLayout(body, 1)
        column.addWidget(self._strip)
        column.addWidget(self._line)
        column.addWidget(rule())
        column.addWidget(self._bar)
        # Last, for then Tab comes to it last: what is under Enter when the window opens is not in it.
        column.insertWidget(0, self._top)
        return everything
