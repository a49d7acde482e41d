# SPDX-License-Identifier: AGPL-3.0-or-later
"""The application with windows: the start window, a block, a rehearsal.

A block must be on the screen at once: what only the other windows need is imported when they open.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from pechakucha.block import Block
from pechakucha.console.run_options import RunOptions
from pechakucha.exit_codes import EXIT_ERRORS, EXIT_FINE, EXIT_INTERRUPTED, EXIT_UNEXPECTED
from pechakucha.files.example import copy_example
from pechakucha.files.locations import library_folder, log_folder
from pechakucha.files.logs import LOG
from pechakucha.files.recent import recent_shows, remember_show
from pechakucha.live.awake import kept_awake
from pechakucha.live.clock import SystemClock
from pechakucha.live.garbage import collect_in_main_thread
from pechakucha.live.on_time import on_time
from pechakucha.live.spare_memory import give_back
from pechakucha.live.unexpected import Unexpected
from pechakucha.show.format import PECHA_KUCHA, Format
from pechakucha.show.problem import Problem
from pechakucha.texts import Texts
from pechakucha.ui.fonts import load_typeface
from pechakucha.ui.qt_log import log_qt_messages
from pechakucha.ui.qt_words import let_qt_speak
from pechakucha.ui.style import dress
from pechakucha.ui.unexpected_bar import say_unexpected_everywhere
from pechakucha.ui.working_size import open_at_working_size

if TYPE_CHECKING:
    from pechakucha.console.decks_window import DecksWindow
    from pechakucha.console.runs_window import RunsWindow
    from pechakucha.console.start_window import StartWindow
    from pechakucha.decks.library import Imported
    from pechakucha.decks.show_source import ShowSource
    from pechakucha.decks.worker_process import Ahead
    from pechakucha.dry_run import TryOut
    from pechakucha.rehearsal.window import PreviewWindow

_SIGNALS_MS = 250
_AHEAD_MS = 300
_GONE_MS = 1000
"""After so long the windows of what is over have been deleted."""


def run_windows(path: Path, wanted: RunOptions, texts: Texts) -> int:
    """Run a show with console and stage; returns the exit code.

    Raises:
        Problem: the show can't be read.
    """
    app = make_application(texts)
    block = Block(path, wanted, texts)
    block.left.connect(app.exit)
    block.open()
    return app.exec()


def run_start(texts: Texts) -> int:
    """Open the start window; returns the exit code."""
    app = make_application(texts)
    start = Start(texts)
    start.open()
    try:
        return app.exec()
    finally:
        start.close()


def run_preview(
    path: Path, renderer: str, texts: Texts, selection: tuple[int, ...] | None, format: Format
) -> int:
    """Rehearse one deck; returns the exit code.

    Args:
        path: the deck.
        renderer: as for ``import_deck``.
        texts: the language.
        selection: slide numbers in order, None for every slide that is not hidden.
        format: of the block that the talk is for.
    """
    app = make_application(texts)
    window = open_preview(path, renderer, texts, selection=selection, format=format)
    with kept_awake(), on_time():
        code = app.exec()
    return code or (EXIT_ERRORS if window.rehearsed is False else EXIT_FINE)


def open_preview(
    path: Path,
    renderer: str,
    texts: Texts,
    ahead: Ahead | None = None,
    *,
    selection: tuple[int, ...] | None = None,
    format: Format = PECHA_KUCHA,
) -> PreviewWindow:
    """Open the rehearsal of one deck in the application that runs; see ``import_decks`` for ``ahead``."""
    from pechakucha.decks.importing import import_deck  # noqa: PLC0415
    from pechakucha.decks.library import Library  # noqa: PLC0415
    from pechakucha.rehearsal.window import PreviewWindow  # noqa: PLC0415

    library = Library(library_folder())

    def importing(tell: Callable[[str, int, int], None], give_up: Callable[[], bool]) -> Imported:
        return import_deck(
            path,
            library=library,
            renderer=renderer,
            on_progress=lambda done, total: tell(str(path), done, total),
            cancelled=give_up,
            ahead=ahead,
        )

    window = PreviewWindow(path, importing, SystemClock(), texts, selection, format=format)
    open_at_working_size(window)
    window.open()
    return window


def make_application(texts: Texts) -> QApplication:
    """The application, dressed, in which no exception ends the process."""
    log = str(log_folder() / LOG)
    log_qt_messages(lambda reason: _leave_without_windows(reason, log, texts))
    app = QApplication(sys.argv[:1])
    app.setApplicationName("pechakucha")
    load_typeface()
    dress(app)
    let_qt_speak(app, texts.language)
    unexpected = Unexpected(app)
    unexpected.happened.connect(lambda: say_unexpected_everywhere(texts, log))
    unexpected.watch()
    signal.signal(signal.SIGINT, lambda *_: app.exit(EXIT_INTERRUPTED))
    collect_in_main_thread(app)
    # Python sees a signal only when some Python runs.
    ticking = QTimer(app)
    ticking.timeout.connect(lambda: None)
    ticking.start(_SIGNALS_MS)
    return app


def _leave_without_windows(reason: str, log: str, texts: Texts) -> None:
    """Say why and end the process, before Qt aborts it without a word to the person."""
    sys.stderr.write(f"{texts.problem(Problem('no-windows', reason=reason, log=log))}\n")
    sys.stderr.flush()
    os._exit(EXIT_UNEXPECTED)


class Start(QObject):
    """The start window and what is opened from it."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._rehearsing = ExitStack()
        """What a rehearsal, after which the program ends, wants of the system."""
        self._window: StartWindow | None = None
        self._block: Block | None = None
        self._preview: PreviewWindow | None = None
        self._decks: DecksWindow | None = None
        self._runs: RunsWindow | None = None
        self._trying: TryOut | None = None
        self._ahead: Ahead | None = None

    def open(self) -> None:
        """Show the start window."""
        from pechakucha.console.start_window import StartWindow  # noqa: PLC0415

        window = StartWindow(recent_shows(), self._texts)
        window.show_chosen.connect(self._run)
        window.check_chosen.connect(self._check)
        window.runs_chosen.connect(self._show_runs)
        window.dry_run_chosen.connect(self._dry_run)
        window.deck_chosen.connect(self._rehearse)
        window.example_chosen.connect(self._run_example)
        window.show()
        self._window = window
        QTimer.singleShot(_AHEAD_MS, self, self._start_worker)

    def close(self) -> None:
        """The program ends."""
        self._rehearsing.close()

    def _start_worker(self) -> None:
        """While the person looks at the choices, so that the first deck does not wait for it."""
        from pechakucha.decks.worker_process import Ahead  # noqa: PLC0415

        if self._window is not None and self._ahead is None:
            self._ahead = Ahead()

    def _run(self, path: Path) -> None:
        self._open_block(lambda: Block(path, RunOptions(), self._texts, self._ahead))

    def _dry_run(self, path: Path) -> None:
        from pechakucha.dry_run import DryRun  # noqa: PLC0415

        self._open_block(lambda: DryRun(path, self._texts, self._ahead))

    def _open_block(self, make: Callable[[], Block]) -> None:
        try:
            block = make()
            block.left.connect(self._back)
            QApplication.setQuitOnLastWindowClosed(False)
            block.open()
            self._hide()
        except Problem as problem:
            self._back()
            self._say(self._texts.problem(problem))
            return
        self._block = block

    def _check(self, path: Path) -> None:
        from pechakucha.opening import open_decks, open_patiently  # noqa: PLC0415

        try:
            source = open_patiently(path)
        except Problem as problem:
            self._say(self._texts.problem(problem))
            return
        remember_show(path, source.show.title)
        self._decks = decks = open_decks(source, self._texts, self._ahead)
        decks.closed.connect(self._back)
        decks.dry_run_asked.connect(lambda: self._try_decks(source, decks))
        QApplication.setQuitOnLastWindowClosed(False)
        self._hide()

    def _show_runs(self, path: Path, title: str) -> None:
        from pechakucha.console.runs_window import RunsWindow  # noqa: PLC0415

        self._runs = runs = RunsWindow(path, title, self._texts)
        runs.closed.connect(self._back)
        QApplication.setQuitOnLastWindowClosed(False)
        open_at_working_size(runs)
        self._hide()

    def _try_decks(self, source: ShowSource, decks: DecksWindow) -> None:
        from pechakucha.dry_run import dry_run_of_decks, try_in_place_of  # noqa: PLC0415

        dry = dry_run_of_decks(source.path, decks.review, self._texts, RunOptions())
        self._trying = try_in_place_of(decks, dry)

    def _rehearse(self, path: Path) -> None:
        self._rehearsing.enter_context(kept_awake())
        self._rehearsing.enter_context(on_time())
        self._preview = open_preview(path, "auto", self._texts, self._ahead)
        self._hide()

    def _run_example(self) -> None:
        try:
            path = copy_example()
        except OSError as error:
            reason = error.strerror or ""
            self._say(self._texts("problem.example-not-copied", reason=reason))
            return
        self._run(path)

    def _hide(self) -> None:
        if self._window is not None:
            self._window.close()
            self._window.deleteLater()
            self._window = None

    def _say(self, words: str) -> None:
        if self._window is not None:
            self._window.say(words)

    def _back(self) -> None:
        QApplication.setQuitOnLastWindowClosed(True)
        for over in (self._block, self._decks, self._runs):
            if over is not None:
                over.deleteLater()
        self._block = self._decks = self._runs = None
        QTimer.singleShot(_GONE_MS, give_back)
        if self._ahead is not None:
            self._ahead.close()
            self._ahead = None
        if self._window is None:
            self.open()
