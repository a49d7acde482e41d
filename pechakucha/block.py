# SPDX-License-Identifier: AGPL-3.0-or-later
"""One show with console and stage: which run it is, its console, and what is left at the end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QPushButton

from pechakucha.console.after_block import AfterBlock
from pechakucha.console.machine import Machine
from pechakucha.console.resume_question import NEW, ResumeQuestion
from pechakucha.console.run_options import RunOptions
from pechakucha.console.session import Session
from pechakucha.console.stage_process import StageOptions, Stages, stage_arguments
from pechakucha.console.window import NARROWEST, ConsoleWindow
from pechakucha.exit_codes import EXIT_ERRORS, EXIT_FINE
from pechakucha.files.logs import STAGE_LOG
from pechakucha.files.recent import remember_show
from pechakucha.files.run_folder import live_run, resumable, unfinished_run
from pechakucha.live.boot import this_machine
from pechakucha.live.clock import SystemClock
from pechakucha.live.link import stage_answers
from pechakucha.live.on_time import on_time
from pechakucha.show.cues import End
from pechakucha.show.journal import Journal
from pechakucha.show.problem import Problem
from pechakucha.show.taking_up import broken_off
from pechakucha.texts import Texts
from pechakucha.ui.unexpected_bar import say_unexpected
from pechakucha.ui.working_size import open_at_working_size

if TYPE_CHECKING:
    from pechakucha.console.deck_work import ImportShow
    from pechakucha.console.presenter_window import PresenterWindow
    from pechakucha.decks.worker_process import Ahead
    from pechakucha.dry_run import TryOut
    from pechakucha.opening import Opening
    from pechakucha.show.deck import Deck
    from pechakucha.show.plan import Show


class Block(QObject):
    """One show from the question which run to the report at its end.

    Signals:
        left(int): this block's windows are closed; the exit code.
    """

    left = Signal(int)

    def __init__(self, path: Path, wanted: RunOptions, texts: Texts, ahead: Ahead | None = None) -> None:
        """
        Args:
            path: a show file or a pack.
            wanted: how it is to be run.
            texts: the language.
            ahead: a worker for the imports that is there already.
        """
        super().__init__()
        self._path, self._wanted, self._texts, self._ahead = path, wanted, texts, ahead
        self._title = ""
        self._exit_code = EXIT_FINE
        self._opening: Opening | None = None
        self._session: Session | None = None
        self._stages: Stages | None = None
        self._console: ConsoleWindow | None = None
        self._after: AfterBlock | None = None
        self._presenter: PresenterWindow | None = None
        self._trying: TryOut | None = None
        """The dry run that has the screens now."""
        self._on_time = ExitStack()

    def open(self) -> None:
        """Attach to a running stage, go on with an unfinished run, or begin a new one.

        Only for a new one is the show read.

        Raises:
            Problem: the show can't be read.
        """
        if live := live_run(self._path, stage_answers):
            self._take_up(*live)
            return
        unfinished = unfinished_run(self._path, self._wanted.speed)
        if unfinished is None:
            self._prepare()
            return
        folder, journal = unfinished
        if self._wanted.resume:
            if resumable(journal, speed=self._wanted.speed, auto=self._wanted.auto):
                rebooted = broken_off(journal, this_machine()).reboot is not None
                self._take_up(folder, journal)
                if rebooted and self._console is not None:
                    self._console.tell_once("console.rebooted")
            else:
                self._prepare()
        else:
            self._ask(folder, journal)

    def _ask(self, folder: Path, journal: Journal) -> None:
        question = ResumeQuestion(lambda: broken_off(journal, this_machine()), self._texts, SystemClock())
        go_on = question.ask()
        if go_on is None:
            QTimer.singleShot(0, self._leave)
        elif go_on == NEW:
            self._prepare()
        else:
            self._take_up(folder, journal, go_on)

    def _take_up(self, folder: Path, journal: Journal, go_on: str = "schedule") -> None:
        self._title = journal.snapshot.title
        remember_show(self._path, self._title)
        self._run(folder, journal.snapshot.language, go_on)

    def _prepare(self) -> None:
        from pechakucha.opening import Opening, open_patiently  # noqa: PLC0415  # to attach must be quick

        source = open_patiently(self._path)
        self._title = source.show.title
        self._opening = opening = Opening(
            source, self._wanted, self._texts, self._make_run, ahead=self._ahead, parent=self
        )
        opening.begun.connect(self._run)
        opening.cancelled.connect(self._leave)
        opening.failed.connect(self._fail)
        opening.open()

    def _make_run(self, show: Show, decks: Mapping[str, tuple[Deck, Path]]) -> Path:
        """A folder for a new run of the show, see ``new_run``."""
        from pechakucha.files.new_run import new_run  # noqa: PLC0415  # to attach must be quick

        return new_run(
            self._path,
            show,
            decks,
            language=self._texts.language,
            speed=self._wanted.speed,
            auto=self._wanted.auto,
            now=dt.datetime.now().astimezone(),
        )

    def _fail(self) -> None:
        self._exit_code = EXIT_ERRORS
        self._leave()

    def _run(self, folder: Path, language: str, go_on: str = "schedule") -> None:
        options = StageOptions(
            place=self._wanted.stage or "auto",
            screen=self._wanted.screen,
            language=language,
            unattended=self._wanted.resume,
        )
        self._on_time.enter_context(on_time())
        self._stages = stages = Stages(folder, self)
        self._session = session = Session(folder, SystemClock(), lambda: self._start(options, go_on), self)
        session.stage_changed.connect(stages.stage_changed)
        session.ended.connect(stages.close)
        session.ended.connect(self._report)
        session.stage_changed.connect(self._sit_beside)
        session.stumbled.connect(self._say_stage_stumbled)
        machine = Machine(folder, SystemClock())
        self._console = console = ConsoleWindow(session, self._texts, self._importing_late, machine=machine)
        console.setWindowTitle(self._texts("console.title", show=self._title))
        self._after = after = AfterBlock(session, console, self._path, self._texts, self)
        console.closed.connect(after.close)
        console.close_asked.connect(self._ask_to_leave)
        console.presenter_asked.connect(self._toggle_presenter)
        console.dry_run_asked.connect(self._try_out)
        console.closed.connect(self._leave)
        session.stage_changed.connect(self._make_presenter_soon)
        open_at_working_size(console)
        session.open()
        self._close_opening()

    def _make_presenter_soon(self, is_there: bool) -> None:
        """When the console is there, which must not wait for it."""
        if is_there:
            QTimer.singleShot(0, self, self._make_presenter)

    def _toggle_presenter(self) -> None:
        self._make_presenter()
        if self._presenter is not None:
            self._presenter.toggle()

    def _make_presenter(self) -> None:
        from pechakucha.console.presenter_window import PresenterWindow  # noqa: PLC0415

        session, console = self._session, self._console
        if self._presenter is not None or session is None or console is None:
            return
        self._presenter = presenter = PresenterWindow(session, console.screen_on, self._texts, console.line)
        console.presenter_is_seen = presenter.isVisible
        presenter.pressed.connect(console.press_elsewhere)
        console.closed.connect(presenter.end)

    def _importing_late(self) -> ImportShow:
        """What imports a deck that comes while the block runs."""
        from pechakucha.opening import late_importing  # noqa: PLC0415  # to attach must be quick

        return late_importing(self._path, self._wanted)

    def _close_opening(self) -> None:
        opening, self._opening = self._opening, None
        if opening is not None:
            opening.close()
            opening.deleteLater()

    def _try_out(self) -> None:
        """A dry run before the first talk, and in a dry run its end."""
        from pechakucha.dry_run import dry_run_of_block, end_or_ask, try_in_place_of  # noqa: PLC0415

        session, console = self._session, self._console
        assert session is not None
        assert console is not None
        if end_or_ask(session, console, self._texts):
            dry = dry_run_of_block(self._path, session, self._texts, self._wanted)
            self._trying = try_in_place_of(console, dry, self._presenter)

    def _start(self, options: StageOptions, go_on: str) -> bool:
        """Start the stage: as the person wants to go on until one has answered, later by the schedule
        and where the last one was.
        """
        assert self._session is not None
        assert self._stages is not None
        session = self._session
        if session.run is None:
            return self._stages.start(stage_arguments(session.folder, options, go_on))
        return self._stages.start(stage_arguments(session.folder, session.as_placed(options)))

    def _sit_beside(self, stage_is_there: bool) -> None:
        """With one screen and the stage as a window on it, the console takes the room beside it, once."""
        if not stage_is_there or self._session is None or self._console is None:
            return
        self._session.stage_changed.disconnect(self._sit_beside)
        status = self._session.status
        screen = QGuiApplication.primaryScreen()
        if status.full or status.screen != screen.name():
            return
        room, ratio = screen.availableGeometry(), screen.devicePixelRatio()
        beside = room.width() - round(status.width / ratio)
        width = min(room.width(), max(beside, NARROWEST))
        self._console.take_room(QRect(room.topLeft(), QSize(width, room.height())))
        self._console.come_forward()

    def _say_stage_stumbled(self) -> None:
        if self._session is not None and self._console is not None:
            say_unexpected(self._console, self._texts, str(self._session.folder / STAGE_LOG))

    def _report(self) -> None:
        """The block is over: write the report, and let the window be closed."""
        assert self._session is not None
        assert self._console is not None
        assert self._after is not None
        self._console.let_close()
        run = self._session.run
        if run is not None and run.lacks_a_talk:
            self._exit_code = EXIT_ERRORS
        try:
            self._after.write(self._wanted.report)
        except Problem as problem:
            self._say(problem)

    def _ask_to_leave(self) -> None:
        """The stage goes on without the console; only a block that is over ends with it."""
        assert self._session is not None
        assert self._console is not None
        run = self._session.run
        box = QMessageBox(self._console)
        box.setWindowTitle(self._title)
        box.setText(self._texts("console.ask-leave"))
        box.setInformativeText(self._texts("console.ask-leave-more"))
        leave = box.addButton(self._texts("console.leave"), QMessageBox.ButtonRole.AcceptRole)
        end: QPushButton | None = None
        if run is not None and run.on_stage is None and self._session.stage_is_there:
            end = box.addButton(self._texts("console.end-and-leave"), QMessageBox.ButtonRole.DestructiveRole)
        back = box.addButton(self._texts("console.go-back"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(back)
        box.setEscapeButton(back)
        box.exec()
        if end is not None and box.clickedButton() is end:
            self._session.send(End())
        elif box.clickedButton() is leave:
            self._console.let_close()
            self._console.close()

    def _say(self, problem: Problem) -> None:
        box = QMessageBox(self._console)
        box.setWindowTitle(self._title)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(self._texts.problem(problem))
        box.exec()

    def _leave(self) -> None:
        self._close_opening()
        self._on_time.close()
        self._let_go_of_windows()
        self.left.emit(self._exit_code)

    def _let_go_of_windows(self) -> None:
        """What is connected would keep them, and all that they have shown."""
        if self._stages is not None:
            self._stages.close()
        for each in (self._console, self._presenter, self._session):
            if each is not None:
                each.deleteLater()
        self._presenter = None
