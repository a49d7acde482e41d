# SPDX-License-Identifier: AGPL-3.0-or-later
"""One show with console and stage: which run it is, its console, and what is left at the end."""

from __future__ import annotations

import datetime as dt
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSize, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMainWindow, QMessageBox, QPushButton

from pechakucha.console.deck_review import review_of
from pechakucha.console.deck_wording import short_facts
from pechakucha.console.deck_work import DeckWork, ImportShow, import_of
from pechakucha.console.preparing import Preparation, PreparingView
from pechakucha.console.presenter_window import PresenterWindow
from pechakucha.console.resume_question import NEW, ResumeQuestion
from pechakucha.console.run_options import RunOptions
from pechakucha.console.session import Session
from pechakucha.console.stage_process import StageOptions, start_stage
from pechakucha.console.window import NARROWEST, ConsoleWindow
from pechakucha.decks.drawing import STAGE, STAGE_4K, Size
from pechakucha.decks.library import Imported, Library
from pechakucha.decks.show_source import ShowSource
from pechakucha.decks.worker_process import Ahead
from pechakucha.files.locations import library_folder
from pechakucha.files.logs import STAGE_LOG
from pechakucha.files.new_run import new_run
from pechakucha.files.recent import remember_show
from pechakucha.files.run_folder import live_run, resumable, unfinished_run
from pechakucha.live.boot import this_machine
from pechakucha.live.clock import SystemClock
from pechakucha.live.link import stage_answers
from pechakucha.live.on_time import on_time
from pechakucha.report.writing import write_report
from pechakucha.show.cues import End
from pechakucha.show.journal import Journal
from pechakucha.show.problem import Problem
from pechakucha.show.taking_up import broken_off
from pechakucha.texts import Texts
from pechakucha.ui.screens import is_beyond_full_hd, stage_screen
from pechakucha.ui.unexpected_bar import say_unexpected
from pechakucha.ui.working_size import open_at_working_size

if TYPE_CHECKING:
    from pechakucha.console.decks_window import DecksWindow
    from pechakucha.dry_run import TryOut

EXIT_FINE, EXIT_ERRORS = 0, 1


class Block(QObject):
    """One show from the question which run to the report at its end.

    Signals:
        left(int): this block's windows are closed; the exit code.
    """

    left = Signal(int)

    def __init__(
        self, source: ShowSource, wanted: RunOptions, texts: Texts, ahead: Ahead | None = None
    ) -> None:
        """``ahead`` is a worker for the imports that is there already."""
        super().__init__()
        self._ahead = ahead
        self._exit_code = EXIT_FINE
        self._source, self._path, self._show = source, source.path, source.show
        self._wanted, self._texts = wanted, texts
        self._session: Session | None = None
        self._console: ConsoleWindow | None = None
        self._presenter: PresenterWindow | None = None
        self._waiting: WaitingWindow | None = None
        self._view: PreparingView | None = None
        self._preparation: Preparation | None = None
        self._review = review_of(source, wanted.renderer)
        self._decks: DecksWindow | None = None
        self._trying: TryOut | None = None
        """The dry run that has the screens now."""
        self._on_time = ExitStack()

    def open(self) -> None:
        """Attach to a running stage, go on with an unfinished run, or begin a new one."""
        remember_show(self._path, self._show.title)
        if live := live_run(self._path, stage_answers):
            folder, journal = live
            self._run(folder, journal.snapshot.language, "schedule")
            return
        unfinished = unfinished_run(self._path, self._wanted.speed)
        if unfinished is None:
            self._prepare()
            return
        folder, journal = unfinished
        if self._wanted.resume:
            if resumable(journal, speed=self._wanted.speed, auto=self._wanted.auto):
                rebooted = broken_off(journal, this_machine()).reboot is not None
                self._run(folder, journal.snapshot.language, "schedule")
                if rebooted and self._console is not None:
                    self._console.tell_once("console.rebooted")
            else:
                self._prepare()
        else:
            self._ask(folder, journal)

    def _ask(self, folder: Path, journal: Journal) -> None:
        question = ResumeQuestion(lambda: broken_off(journal, this_machine()), self._texts)
        go_on = question.ask()
        if go_on is None:
            QTimer.singleShot(0, self._leave)
        elif go_on == NEW:
            self._prepare()
        else:
            self._run(folder, journal.snapshot.language, go_on)

    def _prepare(self) -> None:
        """Import or unpack what is not in the library yet, then begin a new run."""
        importing, review = self._importing(), self._review
        preparation = Preparation(
            lambda tell, give_up: importing(
                review.show,
                pins=review.pins,
                renderer=self._wanted.renderer,
                on_progress=tell,
                on_picture=preparation.take_picture,
                on_imported=preparation.take_imported,
                cancelled=give_up,
            ),
            self,
        )
        self._view = view = PreparingView(self._show, self._path, self._texts)
        preparation.progressed.connect(view.show_progress)
        preparation.pictured.connect(view.show_picture)
        preparation.arrived.connect(self._take)
        preparation.prepared.connect(self._look_or_begin)
        preparation.failed.connect(self._fail)
        preparation.cancelled.connect(self._leave)
        view.cancel_asked.connect(view.show_cancelling)
        view.cancel_asked.connect(preparation.cancel)
        window = WaitingWindow(view)
        window.setWindowTitle(self._texts("console.title", show=self._show.title))
        open_at_working_size(window)
        self._waiting, self._preparation = window, preparation
        preparation.start()

    def _importing(self) -> ImportShow:
        return import_of(self._source, Library(library_folder()), picture_size(self._wanted), self._ahead)

    def _take(self, talk: str, imported: Imported) -> None:
        """A deck is there."""
        self._review.take(talk, imported)
        checked = self._review.checked(talk)
        facts = short_facts(imported.deck, checked, self._texts) if checked else ""
        if self._view is not None:
            self._view.show_deck(talk, self._review.state(talk), facts)

    def _look_or_begin(self, imports: dict[str, Imported]) -> None:
        """Whoever runs a block by hand sees first which deck can't go on stage as it was meant to."""
        by_hand = not (self._wanted.auto or self._wanted.resume)
        if not (by_hand and self._review.needs_the_moderator):
            self._begin(imports)
            return
        from pechakucha.console.decks_window import DecksWindow  # noqa: PLC0415  # rarely needed

        work = DeckWork(self._review, self._importing(), self._wanted.renderer, self)
        self._decks = decks = DecksWindow(
            self._review, work, self._texts, goes_on=True, library=Library(library_folder())
        )
        decks.show_first_in_need()
        decks.went_on.connect(self._go_on)
        decks.dry_run_asked.connect(self._try_decks)
        decks.closed.connect(self._leave_decks)
        open_at_working_size(decks)
        if self._waiting is not None:
            self._waiting.go()

    def _go_on(self) -> None:
        """From the decks to the console, with what was decided about them."""
        self._show = self._review.show
        self._begin(self._review.imports)

    def _leave_decks(self) -> None:
        if self._decks is not None:
            self._leave()

    def _begin(self, imports: dict[str, Imported]) -> None:
        try:
            folder = new_run(
                self._path,
                self._show,
                {talk: (imported.deck, imported.folder) for talk, imported in imports.items()},
                language=self._texts.language,
                speed=self._wanted.speed,
                auto=self._wanted.auto,
                now=dt.datetime.now().astimezone(),
            )
        except Problem as problem:
            self._fail(problem)
            return
        self._run(folder, self._show.language or self._texts.language, "schedule")

    def _run(self, folder: Path, language: str, go_on: str) -> None:
        options = StageOptions(
            place=self._wanted.stage or "auto",
            screen=self._wanted.screen,
            language=language,
            unattended=self._wanted.resume,
        )
        self._on_time.enter_context(on_time())
        self._session = session = Session(folder, SystemClock(), lambda: self._start(options, go_on), self)
        session.ended.connect(self._report)
        session.stage_changed.connect(self._sit_beside)
        session.stumbled.connect(self._say_stage_stumbled)
        self._console = console = ConsoleWindow(session, self._texts)
        console.close_asked.connect(self._ask_to_leave)
        self._presenter = presenter = PresenterWindow(session, console.screen_on, self._texts, console.line)
        console.presenter_is_seen = presenter.isVisible
        console.presenter_asked.connect(presenter.toggle)
        presenter.pressed.connect(console.press_elsewhere)
        console.dry_run_asked.connect(self._try_out)
        console.closed.connect(presenter.end)
        console.closed.connect(self._leave)
        open_at_working_size(console)
        session.open()
        if self._waiting is not None:
            self._waiting.go()
            self._waiting = None
        self._close_decks()

    def _try_decks(self) -> None:
        """A dry run of the decks as they are judged so far."""
        from pechakucha.dry_run import dry_run_of_decks, try_in_place_of  # noqa: PLC0415  # it is a block

        assert self._decks is not None
        dry = dry_run_of_decks(self._source, self._review, self._texts, self._wanted)
        self._trying = try_in_place_of(self._decks, dry)

    def _try_out(self) -> None:
        """A dry run before the first talk, and in a dry run its end."""
        from pechakucha.dry_run import dry_run_of_block, end_or_ask, try_in_place_of  # noqa: PLC0415

        session, console = self._session, self._console
        assert session is not None
        assert console is not None
        if end_or_ask(session, console, self._texts):
            dry = dry_run_of_block(self._source, session, self._texts, self._wanted)
            self._trying = try_in_place_of(console, dry, self._presenter)

    def _close_decks(self) -> None:
        decks, self._decks = self._decks, None
        if decks is not None:
            decks.close()

    def _start(self, options: StageOptions, go_on: str) -> bool:
        """Start the stage: as the person wants to go on until one has answered, later by the schedule
        and where the last one was.
        """
        assert self._session is not None
        session = self._session
        if session.run is None:
            return start_stage(session.folder, options, go_on)
        return start_stage(session.folder, session.as_placed(options))

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
        self._console.let_close()
        run = self._session.run
        if run is not None and run.lacks_a_talk:
            self._exit_code = EXIT_ERRORS
        targets = [self._session.folder / "report.html"]
        targets += [self._wanted.report] if self._wanted.report else []
        try:
            for target in targets:
                write_report(self._session.folder, target, self._texts)
        except Problem as problem:
            self._say(problem)
            return
        self._console.offer_report(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(targets[0]))))

    def _ask_to_leave(self) -> None:
        """The stage goes on without the console; only a block that is over ends with it."""
        assert self._session is not None
        assert self._console is not None
        run = self._session.run
        box = QMessageBox(self._console)
        box.setWindowTitle(self._show.title)
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

    def _fail(self, problem: Problem) -> None:
        self._exit_code = EXIT_ERRORS
        self._say(problem)
        self._leave()

    def _say(self, problem: Problem) -> None:
        box = QMessageBox(self._console or self._decks or self._waiting)
        box.setWindowTitle(self._show.title)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(self._texts.problem(problem))
        box.exec()

    def _leave(self) -> None:
        if self._preparation is not None:
            self._preparation.wait()
        if self._waiting is not None:
            self._waiting.go()
        self._close_decks()
        self._on_time.close()
        self._let_go_of_windows()
        self.left.emit(self._exit_code)

    def _let_go_of_windows(self) -> None:
        """What is connected would keep them, and all that they have shown."""
        for each in (self._console, self._presenter, self._session):
            if each is not None:
                each.deleteLater()


def picture_size(wanted: RunOptions) -> Size:
    """As large as the stage will be, so that nothing is enlarged on a 4K screen."""
    primary = QGuiApplication.primaryScreen()
    screen, fills = stage_screen(QGuiApplication.screens(), primary, wanted.screen)
    fills = {"full": True, "window": False}.get(wanted.stage or "", fills)
    return STAGE_4K if fills and is_beyond_full_hd(screen) else STAGE


class WaitingWindow(QMainWindow):
    """The window of the preparation; to close it is to cancel."""

    def __init__(self, view: PreparingView) -> None:
        super().__init__()
        self._view = view
        self._goes = False
        self.setCentralWidget(view)

    def go(self) -> None:
        """Close without asking for anything."""
        self._goes = True
        self.close()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Cancel; the window goes when that is done."""
        if self._goes:
            event.accept()
        else:
            event.ignore()
            self._view.cancel_asked.emit()
