# SPDX-License-Identifier: AGPL-3.0-or-later
"""A dry run of a whole block: ten times faster, by itself, and then what was seen of each talk.

It is a block in everything, except that it leaves plan and runs as they were and ends in a list.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from pechakucha.block import Block
from pechakucha.console.deck_review import Review
from pechakucha.console.dry_run_bar import end_dry_run
from pechakucha.console.dry_run_result import DryRunResult
from pechakucha.console.presenter_window import PresenterWindow
from pechakucha.console.run_options import RunOptions
from pechakucha.console.session import Session
from pechakucha.console.stage_process import end_stage
from pechakucha.decks.worker_process import Ahead
from pechakucha.files.dry_runs import dry_runs, make_dry_run
from pechakucha.files.new_run import new_dry_run
from pechakucha.files.run_folder import read_run, read_snapshot
from pechakucha.live.link import stage_answers
from pechakucha.show.deck import Deck
from pechakucha.show.dry_run import SPEED, can_be_tried, expected_seconds, seen_in, still_planned
from pechakucha.show.plan import Show
from pechakucha.show.problem import Problem
from pechakucha.show.run import Outcome
from pechakucha.texts import Texts
from pechakucha.ui.working_size import open_at_working_size

_FORWARD_MS = 500
"""Within this time the stage's process has brought its window forward."""

Make = Callable[[], Path]
"""Makes the folder of one more dry run."""


class DryRun(Block):
    """From the start of a dry run, or of several, to what was seen in it."""

    def __init__(
        self,
        path: Path,
        texts: Texts,
        ahead: Ahead | None = None,
        *,
        wanted: RunOptions | None = None,
        make: Make | None = None,
    ) -> None:
        """
        Args:
            path: the show.
            texts: the language.
            ahead: see ``Block``.
            wanted: how the block itself is run: where the stage goes.
            make: makes its folder, where the slides are there already; else they are imported first.
        """
        options = (wanted or RunOptions())._replace(speed=SPEED, auto=True, resume=False, report=None)
        super().__init__(path, options, texts, ahead)
        self._make = make
        self._result: DryRunResult | None = None
        self._forward = QTimer(self)
        self._forward.setSingleShot(True)
        self._forward.setInterval(_FORWARD_MS)
        self._forward.timeout.connect(self._bring_console_forward)

    def open(self) -> None:
        """Begin; a dry run of this show that somebody left on stage ends."""
        for folder in dry_runs(self._path):
            if stage_answers(folder):
                end_stage(folder)
        if self._make is not None:
            self._begin_anew()
            return
        self._prepare()

    def _make_run(self, show: Show, decks: Mapping[str, tuple[Deck, Path]]) -> Path:
        self._make = lambda: _new(self._path, show, decks, self._texts)
        return self._make()

    def _begin_anew(self) -> None:
        assert self._make is not None
        try:
            folder = self._make()
        except Problem as problem:
            self._say(problem)
            self._fail()
            return
        snapshot = read_snapshot(folder)
        self._title = snapshot.title
        self._run(folder, snapshot.language)

    def _run(self, folder: Path, language: str, go_on: str = "schedule") -> None:
        super()._run(folder, language, go_on)
        assert self._session is not None
        self._session.stage_changed.connect(self._bring_stage_forward)

    def _bring_stage_forward(self, there: bool) -> None:
        """Where the block's own stage is a window on the only screen, this one must not lie behind it;
        and neither may cover the console.
        """
        session, console = self._session, self._console
        if there and session is not None and console is not None and not session.status.full:
            session.bring_stage_forward()
            self._forward.start()

    def _bring_console_forward(self) -> None:
        if self._console is not None and self._result is None:
            self._console.come_forward()

    def _report(self) -> None:
        """It is over: the console goes, and what was seen comes."""
        # Not within the signal of the session, which goes too.
        QTimer.singleShot(0, self, self._show_result)

    def _ask_to_leave(self) -> None:
        """Nothing is lost by ending it: nobody is asked."""
        assert self._session is not None
        assert self._console is not None
        if not end_dry_run(self._session):
            self._console.let_close()
            self._console.close()

    def _show_result(self) -> None:
        session, console = self._session, self._console
        if session is None or console is None:
            return
        console.closed.disconnect(self._leave)
        self._forward.stop()
        run = session.run
        begun = run is not None and any(turn.outcome is not Outcome.PLANNED for turn in run.turns)
        try:
            talks = seen_in(read_run(session.folder))
        except Problem as problem:
            talks = ()
            self._say(problem)
        if begun and talks:
            self._result = result = DryRunResult(self._title, talks, self._texts)
            result.went_back.connect(self._leave)
            result.again_asked.connect(self._again)
            open_at_working_size(result)
            result.activateWindow()
        console.let_close()
        console.close()
        if self._result is None:
            self._leave()

    def _again(self) -> None:
        self._let_go_of_windows()
        self._begin_anew()
        self._close_result()

    def _close_result(self) -> None:
        result, self._result = self._result, None
        if result is not None:
            result.close()
            result.deleteLater()

    def _leave(self) -> None:
        self._forward.stop()
        session = self._session
        over = session is None or (session.run is not None and session.run.ended_ns is not None)
        if session is not None and not over and stage_answers(session.folder):
            end_stage(session.folder, session.stage_pid)
        super()._leave()
        self._close_result()


def dry_run_of_decks(path: Path, review: Review, texts: Texts, wanted: RunOptions) -> DryRun:
    """Of the decks as they have been judged so far."""

    def make() -> Path:
        decks = {talk: (imported.deck, imported.folder) for talk, imported in review.imports.items()}
        return _new(path, review.show, decks, texts)

    return DryRun(path, texts, wanted=wanted, make=make)


def _new(path: Path, show: Show, decks: Mapping[str, tuple[Deck, Path]], texts: Texts) -> Path:
    now = dt.datetime.now().astimezone()
    return new_dry_run(path, show, decks, language=texts.language, now=now, is_alive=stage_answers)


def dry_run_of_block(path: Path, session: Session, texts: Texts, wanted: RunOptions) -> DryRun:
    """Of a block that has not begun, as its rundown stands now."""

    def make() -> Path:
        assert session.run is not None
        snapshot = still_planned(session.run)
        pictures = {slide.picture for talk in snapshot.talks for slide in talk.slides if slide.picture}
        return make_dry_run(
            path,
            snapshot,
            {name: session.folder / name for name in pictures},
            dt.datetime.now().astimezone(),
            stage_answers,
        )

    return DryRun(path, texts, wanted=wanted, make=make)


class TryOut(QObject):
    """A dry run in the place of another window, which comes back after it."""

    def __init__(self, window: QWidget, dry: DryRun, presenter: PresenterWindow | None) -> None:
        super().__init__()
        self._window, self._presenter, self.dry = window, presenter, dry
        # With that window hidden, the last one that is seen may be closed without the program's end.
        self._quits = QApplication.quitOnLastWindowClosed()
        QApplication.setQuitOnLastWindowClosed(False)
        dry.left.connect(self._come_back)
        window.hide()
        if presenter is not None:
            presenter.stand_aside(aside=True)
        try:
            dry.open()
        except Exception:
            self._come_back()  # whatever it was, nobody may be left without a console
            raise

    def _come_back(self) -> None:
        self._window.show()
        self._window.activateWindow()
        if self._presenter is not None:
            self._presenter.stand_aside(aside=False)
        QApplication.setQuitOnLastWindowClosed(self._quits)


def try_in_place_of(window: QWidget, dry: DryRun, presenter: PresenterWindow | None = None) -> TryOut:
    """Begin a dry run; ``window`` and the presenter's view make room until it is over."""
    return TryOut(window, dry, presenter)


def end_or_ask(session: Session, console: QWidget, texts: Texts) -> bool:
    """End the dry run that this is; in a block ask whether there is to be one. True where it begins.

    Not where the first talk has been started while it was asked, by another console.
    """
    run = session.run
    if run is None:
        return False
    if run.snapshot.is_dry_run:
        end_dry_run(session)
        return False
    box = QMessageBox(console)
    box.setWindowTitle(run.snapshot.title)
    box.setText(texts("dry-run.ask"))
    minutes_long = max(1, math.ceil(expected_seconds(still_planned(run)) / 60))
    box.setInformativeText(texts("dry-run.ask-more", count=minutes_long))
    begin = box.addButton(texts("dry-run.begin"), QMessageBox.ButtonRole.AcceptRole)
    back = box.addButton(texts("console.go-back"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(begin)
    box.setEscapeButton(back)
    box.exec()
    now = session.run
    return box.clickedButton() is begin and now is not None and can_be_tried(now)
