# SPDX-License-Identifier: AGPL-3.0-or-later
"""``--headless``: the stage alone in this process, offscreen, with its progress in the terminal."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from pathlib import Path

from PySide6.QtGui import QGuiApplication
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pechakucha.cli.bars import import_bars
from pechakucha.cli.interrupt import interruptible
from pechakucha.cli.terminal import say
from pechakucha.console.run_options import RunOptions
from pechakucha.decks.library import Library
from pechakucha.decks.show_source import bring_decks, open_show
from pechakucha.exit_codes import EXIT_ERRORS, EXIT_FINE, EXIT_INTERRUPTED
from pechakucha.files.locations import library_folder, log_folder
from pechakucha.files.logs import LOG
from pechakucha.files.new_run import new_run
from pechakucha.files.run_folder import read_snapshot, resumable, unfinished_run
from pechakucha.live.awake import kept_awake
from pechakucha.live.clock import SystemClock
from pechakucha.live.garbage import collect_in_main_thread
from pechakucha.live.on_time import on_time
from pechakucha.live.unexpected import Unexpected
from pechakucha.report.writing import write_report
from pechakucha.show.cues import GoOn, Resume
from pechakucha.show.run import Run
from pechakucha.show.scene import Closing, Countdown, EndCard, OnSlide, State
from pechakucha.stage.stage import Stage
from pechakucha.texts import Texts
from pechakucha.ui.fonts import load_typeface
from pechakucha.ui.qt_log import log_qt_messages


def run_without_windows(path: Path, wanted: RunOptions, texts: Texts) -> int:
    """Run a show, decks and all, to its end; returns the exit code.

    Raises:
        Problem: the show can't be read, the run or its report can't be written.
    """
    console = Console(stderr=True, soft_wrap=True)
    if not wanted.auto:
        say(texts("headless.by-hand", show=str(path)))
    folder = _folder(path, wanted, texts, console)
    code = _run_stage(folder, Texts(read_snapshot(folder).language), texts, console)
    say(texts("headless.run-folder", path=str(folder)))
    if wanted.report is not None:
        write_report(folder, wanted.report, texts)
    return code


def _folder(path: Path, wanted: RunOptions, texts: Texts, console: Console) -> Path:
    """The folder of the run to go on with, or of a new one."""
    unfinished = unfinished_run(path, wanted.speed)
    if (
        unfinished is not None
        and wanted.resume
        and resumable(unfinished[1], speed=wanted.speed, auto=wanted.auto)
    ):
        return unfinished[0]
    if unfinished is not None:
        say(texts("headless.unfinished", path=str(unfinished[0])))
    library = Library(library_folder())
    source = open_show(path, library)
    names = {talk.id: talk.city for talk in source.show.talks}
    with interruptible() as cancelled, import_bars(console, texts, names) as tell:
        imports = bring_decks(
            source, library, renderer=wanted.renderer, on_progress=tell, cancelled=cancelled
        )
    folder = new_run(
        path,
        source.show,
        {talk: (imported.deck, imported.folder) for talk, imported in imports.items()},
        language=texts.language,
        speed=wanted.speed,
        auto=wanted.auto,
        now=dt.datetime.now().astimezone(),
    )
    for talk in read_snapshot(folder).talks:
        if talk.blocker is not None:
            reason = f"{texts.message(talk.blocker)} {texts.remedy(talk.blocker)}"
            words = texts("headless.not-ready", city=talk.city, deck=talk.deck, reason=reason)
            say(words, style="yellow")
    return folder


def _run_stage(folder: Path, cards: Texts, texts: Texts, console: Console) -> int:
    """Run the stage of the run in ``folder`` to its end; returns the exit code.

    Args:
        folder: the run's.
        cards: the language of the stage.
        texts: the language of the terminal.
        console: the terminal.

    Raises:
        Problem: the stage can't begin.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    log_qt_messages()
    app = QGuiApplication(sys.argv[:1])
    unexpected = Unexpected(app)
    log = str(log_folder() / LOG)
    unexpected.happened.connect(lambda: console.print(texts("unexpected.said", log=log)))
    unexpected.watch()
    load_typeface()
    stage = Stage(folder, SystemClock(), cards, attended=False, unexpected=unexpected)
    if stage.rebooted:
        console.print(texts("headless.rebooted"))
    # Not quit(), which asks the windows first, and the audience's refuses to be closed.
    stage.finished.connect(lambda: app.exit(0))
    # The heartbeat lets Python see the signal within a quarter of a second.
    signal.signal(signal.SIGINT, lambda *_: app.exit(EXIT_INTERRUPTED))
    collect_in_main_thread(app, lambda: stage.conductor.calm)
    with on_time(), kept_awake() as awake, _Terminal(stage, texts, console):
        stage.begin(full=False, awake=awake)
        if stage.conductor.state().held_ns is not None:
            # Nobody is here who could let it go on.
            stage.conductor.command(Resume(GoOn.SCHEDULE))
        code = app.exec()
    if code == EXIT_INTERRUPTED:
        stage.close()
        console.print(texts("headless.interrupted"))
        return code
    return EXIT_ERRORS if stage.conductor.run.lacks_a_talk else EXIT_FINE


class _Terminal:
    """One bar a talk."""

    def __init__(self, stage: Stage, texts: Texts, console: Console) -> None:
        self._stage, self._texts = stage, texts
        self._progress = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            disable=not console.is_terminal,
        )
        self._console = console
        self._talk: str | None = None
        self._task = self._progress.add_task("", total=stage.conductor.run.snapshot.format.slides)
        stage.conductor.changed.connect(self._show)

    def __enter__(self) -> None:
        self._progress.start()

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def _show(self, state: State) -> None:
        run = self._stage.conductor.run
        match state.scene:
            case OnSlide(talk, index):
                self._progress.update(self._task, completed=index + 1, description=self._city(run, talk))
            case Countdown(talk):
                self._progress.reset(self._task, description=self._city(run, talk))
                self._talk = talk
            case EndCard(talk) if talk == self._talk:
                self._talk = None
                self._console.print(self._texts("headless.done", city=self._city(run, talk)))
            case Closing() if self._talk is not None:
                self._console.print(self._texts("headless.done", city=self._city(run, self._talk)))
                self._talk = None

    @staticmethod
    def _city(run: Run, talk: str) -> str:
        turn = run.turn(talk)
        return turn.talk.city if turn else talk
