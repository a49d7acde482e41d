# SPDX-License-Identifier: AGPL-3.0-or-later
"""The application with windows: which run it is about, its console, and what is left at the end."""

from __future__ import annotations

import datetime as dt
import logging
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QPushButton

from pechakucha.console.preparing import Preparation, PreparingView
from pechakucha.console.run_options import RunOptions
from pechakucha.console.session import Session
from pechakucha.console.stage_process import StageOptions, start_stage
from pechakucha.console.start_window import StartWindow
from pechakucha.console.window import ConsoleWindow
from pechakucha.decks.importing import import_deck
from pechakucha.decks.library import Imported, Library
from pechakucha.decks.show_import import import_show
from pechakucha.files.example import copy_example
from pechakucha.files.locations import library_folder
from pechakucha.files.new_run import new_run
from pechakucha.files.recent import recent_shows, remember_show
from pechakucha.files.run_folder import read_snapshot, unfinished_run
from pechakucha.files.show_file import read_show
from pechakucha.live.awake import kept_awake
from pechakucha.live.clock import SystemClock
from pechakucha.live.link import stage_answers
from pechakucha.rehearsal.window import PreviewWindow
from pechakucha.report.writing import write_report
from pechakucha.show.cues import End
from pechakucha.show.journal import Journal
from pechakucha.show.plan import Show
from pechakucha.show.problem import Problem
from pechakucha.show.run import Run, fold
from pechakucha.texts import Texts
from pechakucha.ui.fonts import load_typeface
from pechakucha.ui.qt_log import log_qt_messages
from pechakucha.ui.style import dress

EXIT_FINE, EXIT_ERRORS = 0, 1

_log = logging.getLogger(__name__)


def run_windows(path: Path, wanted: RunOptions, texts: Texts) -> int:
    """Run a show with console and stage; returns the exit code.

    Raises:
        Problem: the show can't be read.
    """
    app = make_application()
    block = Block(path, read_show(path), wanted, texts)
    block.left.connect(app.exit)
    block.open()
    return app.exec()


def run_start(texts: Texts) -> int:
    """Open the start window; returns the exit code."""
    app = make_application()
    start = Start(texts)
    start.open()
    return app.exec()


def run_preview(path: Path, renderer: str, texts: Texts) -> int:
    """Rehearse one deck; returns the exit code.

    Args:
        path: the deck.
        renderer: as for ``import_deck``.
        texts: the language.
    """
    app = make_application()
    library = Library(library_folder())

    def importing(tell: Callable[[str, int, int], None], give_up: Callable[[], bool]) -> Imported:
        return import_deck(
            path,
            library=library,
            renderer=renderer,
            on_progress=lambda done, total: tell(str(path), done, total),
            cancelled=give_up,
        )

    window = PreviewWindow(path, importing, SystemClock(), texts)
    window.resize(1440, 900)
    window.show()
    window.open()
    with kept_awake():
        app.exec()
    return EXIT_ERRORS if window.rehearsed is False else EXIT_FINE


def make_application() -> QApplication:
    """The application, dressed, in which no exception ends the process."""
    log_qt_messages()
    app = QApplication(sys.argv[:1])
    app.setApplicationName("pechakucha")
    load_typeface()
    dress(app)
    sys.excepthook = lambda kind, error, trace: _log.critical("unexpected", exc_info=(kind, error, trace))
    return app


class Start(QObject):
    """The start window and what is opened from it."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._window: StartWindow | None = None
        self._block: Block | None = None

    def open(self) -> None:
        """Show the start window."""
        window = StartWindow(recent_shows(), self._texts)
        window.show_chosen.connect(self._run)
        window.example_chosen.connect(self._run_example)
        window.show()
        self._window = window

    def _run(self, path: Path) -> None:
        assert self._window is not None
        try:
            self._block = Block(path, read_show(path), RunOptions(), self._texts)
        except Problem as problem:
            self._window.say(self._texts.problem(problem))
            return
        self._block.left.connect(self._back)
        QApplication.setQuitOnLastWindowClosed(False)
        self._window.close()
        self._block.open()

    def _run_example(self) -> None:
        self._run(copy_example())

    def _back(self) -> None:
        QApplication.setQuitOnLastWindowClosed(True)
        self.open()


class Block(QObject):
    """One show from the question which run to the report at its end.

    Signals:
        left(int): this block's windows are closed; the exit code.
    """

    left = Signal(int)

    def __init__(self, path: Path, show: Show, wanted: RunOptions, texts: Texts) -> None:
        super().__init__()
        self._exit_code = EXIT_FINE
        self._path, self._show, self._wanted, self._texts = path, show, wanted, texts
        self._session: Session | None = None
        self._console: ConsoleWindow | None = None
        self._waiting: QMainWindow | None = None
        self._preparation: Preparation | None = None

    def open(self) -> None:
        """Attach to a running stage, go on with an unfinished run, or begin a new one."""
        remember_show(self._path, self._show.title)
        unfinished = unfinished_run(self._path)
        if unfinished is None:
            self._prepare()
            return
        folder, journal = unfinished
        if self._wanted.resume or stage_answers(folder):
            self._run(folder, "schedule")
            return
        go_on = ask_how_to_go_on(fold(journal.snapshot, journal.cues), journal, self._texts)
        if go_on is None:
            QTimer.singleShot(0, self._leave)
        elif go_on == "new":
            self._prepare()
        else:
            self._run(folder, go_on)

    def _prepare(self) -> None:
        """Import what is not in the library yet, then begin a new run."""
        library, base = Library(library_folder()), self._path.parent
        preparation = Preparation(
            lambda tell, give_up: import_show(
                self._show,
                base,
                library=library,
                renderer=self._wanted.renderer,
                on_progress=tell,
                cancelled=give_up,
            ),
            self,
        )
        view = PreparingView(self._show, self._path, self._texts)
        preparation.progressed.connect(view.show_progress)
        preparation.prepared.connect(self._begin)
        preparation.failed.connect(self._fail)
        preparation.cancelled.connect(self._leave)
        view.cancel_asked.connect(view.show_cancelling)
        view.cancel_asked.connect(preparation.cancel)
        window = QMainWindow()
        window.setWindowTitle(self._texts("console.title", show=self._show.title))
        window.setCentralWidget(view)
        window.resize(1440, 900)
        window.show()
        self._waiting, self._preparation = window, preparation
        preparation.start()

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
        self._run(folder, "schedule")

    def _run(self, folder: Path, go_on: str) -> None:
        options = StageOptions(
            place=self._wanted.stage or "auto",
            screen=self._wanted.screen,
            language=read_snapshot(folder).language,
            unattended=self._wanted.resume,
        )
        self._session = Session(folder, SystemClock(), _starts(folder, options, go_on), self)
        self._session.ended.connect(self._report)
        self._console = ConsoleWindow(self._session, self._texts)
        self._console.close_asked.connect(self._ask_to_leave)
        self._console.closed.connect(self._leave)
        self._console.resize(1440, 900)
        self._console.show()
        self._session.open()
        if self._waiting is not None:
            self._waiting.close()
            self._waiting = None

    def _report(self) -> None:
        """The block is over: write the report, and let the window be closed."""
        assert self._session is not None
        assert self._console is not None
        self._console.let_close()
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
        box.setText(self._texts("console.ask-leave"))
        box.setInformativeText(self._texts("console.ask-leave-more"))
        leave = box.addButton(self._texts("console.leave"), QMessageBox.ButtonRole.AcceptRole)
        end: QPushButton | None = None
        if run is not None and run.on_stage is None:
            end = box.addButton(self._texts("console.end-and-leave"), QMessageBox.ButtonRole.DestructiveRole)
        back = box.addButton(self._texts("console.go-back"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(back)
        box.setEscapeButton(back)
        box.exec()
        if end is not None and box.clickedButton() is end:
            self._session.ended.connect(self._console.close)
            self._session.send(End())
        elif box.clickedButton() is leave:
            self._console.let_close()
            self._console.close()

    def _fail(self, problem: Problem) -> None:
        self._exit_code = EXIT_ERRORS
        self._say(problem)
        self._leave()

    def _say(self, problem: Problem) -> None:
        box = QMessageBox(self._console or self._waiting)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(self._texts.problem(problem))
        box.exec()

    def _leave(self) -> None:
        if self._preparation is not None:
            self._preparation.wait()
        if self._waiting is not None:
            self._waiting.close()
        self.left.emit(self._exit_code)


def _starts(folder: Path, options: StageOptions, go_on: str) -> Callable[[], bool]:
    """Starts the stage: the first time as the person wants to go on, later where the schedule is."""
    first = [go_on]

    def start() -> bool:
        return start_stage(folder, options, first.pop() if first else "schedule")

    return start


def ask_how_to_go_on(run: Run, journal: Journal, texts: Texts) -> str | None:
    """Ask what to do with an unfinished run: a way to go on, ``new``, or None to leave."""
    turn = run.on_stage
    box = QMessageBox()
    box.setWindowTitle(run.snapshot.title)
    when = dt.datetime.fromtimestamp((journal.alive.wall_ns if journal.alive else 0) / 1e9).astimezone()
    box.setText(texts("resume.found", show=run.snapshot.title, time=when.strftime("%d.%m.%Y %H:%M")))
    ways = {"schedule": texts("resume.go-on")}
    if turn is not None:
        city = turn.talk.city
        box.setInformativeText(texts("resume.on-stage", city=city))
        ways = {way: texts(f"resume.{way}", city=city) for way in ("schedule", "rest", "restart")}
    ways["new"] = texts("resume.new")
    buttons = {box.addButton(words, QMessageBox.ButtonRole.ActionRole): way for way, words in ways.items()}
    box.setEscapeButton(box.addButton(texts("resume.leave"), QMessageBox.ButtonRole.RejectRole))
    box.adjustSize()
    box.move(QGuiApplication.primaryScreen().availableGeometry().center() - box.rect().center())
    box.exec()
    return next((way for button, way in buttons.items() if button is box.clickedButton()), None)
