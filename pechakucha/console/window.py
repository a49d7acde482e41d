# SPDX-License-Identifier: AGPL-3.0-or-later
"""The console's window: it shows what the session knows and sends what the moderator wants."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QKeyEvent, QResizeEvent, QScreen
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from pechakucha.console.code_view import CodeView
from pechakucha.console.command_bar import CommandBar
from pechakucha.console.dry_run_bar import DryRunBar, DryRunHint
from pechakucha.console.hands import Hands
from pechakucha.console.line_sheet import LineSheet
from pechakucha.console.moderator_line import ModeratorLine
from pechakucha.console.next_view import NextView
from pechakucha.console.on_stage_view import OnStageView
from pechakucha.console.rundown_view import RundownView
from pechakucha.console.session import Session
from pechakucha.console.talk_actions import TalkActions
from pechakucha.console.top_bar import TopBar
from pechakucha.console.wording import as_set_now
from pechakucha.console.working_area import WorkingArea
from pechakucha.live.unexpected import go_on_after
from pechakucha.show.run import Run
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, label, let_go, rule, set_tone
from pechakucha.ui.pictures import Pictures
from pechakucha.ui.screens import offered_screen, screens_showing

REFRESH_MS = 50
NARROWEST = 480
"""Logical pixels of width that the narrow form takes beside a conference."""

NARROW = 1100
"""Logical pixels of width below which there is room for the middle alone."""

_FRAME_MS = 500
"""Within this time a window manager has put its frame around a window."""

_RUNDOWN_WIDTH = 376
_NOTE_NS = 12 * NS
"""How long it is said that the audience's window can't be closed."""

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

    def __init__(self, session: Session, texts: Texts) -> None:
        super().__init__()
        self._session, self._texts = session, texts
        self._closing_asked_ns: int | None = None
        self._filled = ""
        """Name of the screen that the stage filled last."""
        self._may_close = False
        self._notices: list[str] = []
        self._understood: set[str] = set()
        self.pictures = pictures = Pictures(session.folder, self)
        self._top = TopBar(texts)
        self._rundown = RundownView(pictures)
        self._rundown.setAccessibleName(texts("console.rundown"))
        self._actions = TalkActions(texts)
        self._code = CodeView(texts)
        self._middle = OnStageView(pictures, texts, self._code)
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
        self._hands.presenter_asked.connect(self.presenter_asked)
        self._hands.line_asked.connect(self._line.open_sheet)
        self._line.open_asked.connect(self._line.open_sheet)
        self._line.said.connect(self.line.say)
        self.line.changed.connect(self.refresh)
        self._hands.dry_run_asked.connect(self.dry_run_asked)
        self._next.presenter_asked.connect(self._hands.ask_presenter)
        self._dry_run.end_asked.connect(self._hands.ask_dry_run)
        self._dry_run_hint.clicked.connect(lambda _checked=False: self._hands.ask_dry_run())
        self._left = self._build_left()
        self.setCentralWidget(self._build())
        self.setMinimumSize(400, 560)
        self._narrow: bool | None = None
        session.changed.connect(self.refresh)
        session.wanted.connect(self.come_forward)
        session.closing_asked.connect(self._note_closing)
        session.stage_changed.connect(self._stage_changed)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def refresh(self) -> None:
        """Bring everything up to date with the clock."""
        run, state = self._session.run, self._session.state()
        if run is None or state is None:
            self._say_why_nothing_is_known()
            return
        now_ns = self._session.now_ns()
        run = as_set_now(run, now_ns, self._session.wall_ns())
        self.setWindowTitle(self._texts("console.title", show=run.snapshot.title))
        go_on_after(
            lambda: self._top.show_state(self._session, run, now_ns),
            lambda: self._rundown.show_run(run, now_ns, self._texts),
            lambda: self._actions.show_state(run, self._rundown.selected_talk(), now_ns),
            lambda: self._dry_run.show_state(run),
            lambda: self._line.show_state(self.line.words, is_seen=self.presenter_is_seen()),
            lambda: self._dry_run_hint.show_state(run),
            lambda: self._code.show_state(run, now_ns, self._session.wall_ns()),
            lambda: self._middle.show_state(run, state, now_ns),
            lambda: self._next.show_state(run, state, now_ns),
            lambda: self._bar.show_state(run, now_ns, self._session.refusals),
            lambda: self._hands.notice(run, now_ns),
            lambda: self._show_strip(run),
        )

    def press_elsewhere(self, key: int) -> None:
        """A key was pressed in the presenter's window."""
        self._hands.key_elsewhere(key)

    def come_forward(self) -> None:
        """Be seen."""
        self.raise_()
        self.activateWindow()

    def offer_report(self, open_report: Callable[[], object]) -> None:
        """The block is over and its report is written, from what could be recorded: offer to open it."""
        recorded = self._session.status.recording
        words = self._texts("console.report-ready" if recorded else "console.report-incomplete")
        self._strip.offer(words, self._texts("console.open-report"), open_report, keep=True)

    def tell_once(self, code: str) -> None:
        """Show the sentence with this code until somebody has understood it."""
        self._notices.append(code)

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
        """Ask first while the block is not over."""
        if self._may_close:
            self._timer.stop()
            self._session.record("leave-console")
            self._session.close()
            self.pictures.close()
            application = QApplication.instance()
            if application is not None:
                application.removeEventFilter(self)
            event.accept()
            self.closed.emit()
        else:
            event.ignore()
            self.close_asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Choose the form that there is room for."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            self._hands.forget_place()
            for part in (self._left, self._edge):
                part.setVisible(not narrow)
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

    def _say_why_nothing_is_known(self) -> None:
        """No stage has greeted yet: it is on its way, can't begin, or hangs."""
        problem = self._session.problem()
        if problem is None and self._session.stage_is_silent:
            self._offer_to_end_stage()
        else:
            starting = self._texts("console.stage-starting")
            self._strip.say(self._texts.problem(problem) if problem else starting)

    def _offer_to_end_stage(self) -> None:
        words, button = self._texts("console.stage-silent"), self._texts("console.end-stage")
        self._strip.offer(*self._hands.offer(words, button, "end-stage", self._session.end_stage))

    def _show_strip(self, run: Run) -> None:
        """What is wrong, or the screen that the stage could be on."""
        status = self._session.status
        if self._session.stage_is_silent and run.ended_ns is None:
            self._offer_to_end_stage()
            return
        if status.full:
            self._filled = status.screen
        said = self._trouble(run) or self._closing_note(run)
        lost = bool(self._filled) and self._filled not in status.screens
        other = offered_screen(status.screens, status.screen, self._filled, screens_showing(self.screen_on()))
        if said or status.full or not self._session.stage_is_there or (other is None and not lost):
            self._say_or_notify(said, run)
            return
        if other is None:
            self._hands.offer_nothing()
            self._strip.say(self._texts("console.screen-lost", screen=self._filled))
            return
        number = status.screens.index(other) + 1
        words, button = self._texts("console.screen-there", screen=other), self._texts("console.use-screen")
        place = functools.partial(self._session.place_stage, number)
        self._strip.offer(*self._hands.offer(words, button, "place", place))

    def _say_or_notify(self, said: str, run: Run) -> None:
        """What is wrong, or what has only to be known once."""
        notice = self._notice(run)
        self._hands.offer_nothing()
        if notice and not said:
            understood = self._texts("console.understood")
            self._strip.offer(self._texts(notice), understood, self._understand, calm=True)
        else:
            self._strip.say(said)

    def _notice(self, run: Run) -> str:
        """The code of what has to be known once, "" for none; other stages do not say it again."""
        if run.ended_ns is not None:
            return ""
        notices = self._notices if self._session.status.awake else ["console.may-sleep", *self._notices]
        return next((code for code in notices if code not in self._understood), "")

    def _understand(self) -> None:
        run = self._session.run
        if run is not None:
            self._understood.add(self._notice(run))
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

    def _note_closing(self) -> None:
        self._closing_asked_ns = self._session.now_ns()

    def _closing_note(self, run: Run) -> str:
        """For a while after somebody tried to close the audience's window: how the block is ended."""
        asked_ns = self._closing_asked_ns
        if asked_ns is None or run.ended_ns is not None or self._session.now_ns() - asked_ns > _NOTE_NS:
            return ""
        return self._texts(
            "console.closing-asked" if run.on_stage is None else "console.closing-asked-in-talk"
        )

    def _trouble(self, run: Run) -> str:
        if not self._session.stage_is_there and run.ended_ns is None:
            problem = self._session.problem()
            return self._texts.problem(problem) if problem else self._texts("console.stage-restarting")
        if run.ended_ns is None and not self._session.status.recording:
            return self._texts("console.not-recording")
        return ""

    def _build_left(self) -> QWidget:
        left = QWidget()
        left.setFixedWidth(_RUNDOWN_WIDTH)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 2 * theme.GRID, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._rundown, 1)
        column.addWidget(self._actions)
        column.addWidget(self._dry_run_hint)
        return left

    def _build(self) -> QWidget:
        body = QHBoxLayout()
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(self._left)
        body.addWidget(self._edge)
        body.addWidget(self._area, 1)
        everything = QWidget()
        column = QVBoxLayout(everything)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top)
        column.addWidget(self._dry_run)
        column.addWidget(rule())
        column.addLayout(body, 1)
        column.addWidget(self._strip)
        column.addWidget(self._line)
        column.addWidget(rule())
        column.addWidget(self._bar)
        return everything


class Strip(QFrame):
    """One line about what is wrong or what is ready; gone while there is nothing to say."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "strip")
        self._words = label("attention", wraps=True)
        self._button = CommandButton()
        self._button.setProperty("form", "small")
        self._button.hide()
        self._button.clicked.connect(lambda _checked=False: self._action())
        self._action: Callable[[], object] = lambda: None
        self._keeps = False
        self._row = row = QHBoxLayout(self)
        row.setSpacing(2 * theme.GRID)
        row.addWidget(self._words, 1)
        row.addWidget(self._button)
        self.set_narrow(narrow=False)
        self.hide()

    def set_narrow(self, *, narrow: bool) -> None:
        """Choose the form."""
        margin = (2 if narrow else 3) * theme.GRID
        self._row.setContentsMargins(margin, theme.GRID, margin, theme.GRID)

    def say(self, words: str) -> None:
        """Say this, or nothing; a report that is offered stays."""
        if self._keeps:
            return
        self._set_words(words)
        let_go(self._button)
        self._button.hide()
        self.setVisible(bool(words))

    def offer(
        self,
        words: str,
        button: str,
        action: Callable[[], object],
        *,
        keep: bool = False,
        calm: bool = False,
    ) -> None:
        """Say this beside a button; with ``keep`` nothing takes it away any more, ``calm`` is for what
        is no trouble.
        """
        if self._keeps:
            return
        self._keeps = keep
        self._action = action
        self._set_words(words, calm=calm)
        self._button.setText(button)
        self._button.show()
        self.show()

    def _set_words(self, words: str, *, calm: bool = False) -> None:
        self._words.setText(words)
        for part in (self, self._words):
            set_tone(part, "calm" if calm else "")
