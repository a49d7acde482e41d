# SPDX-License-Identifier: AGPL-3.0-or-later
"""``pechakucha run``: a new run or an unfinished one, with windows or headless."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

from rich.console import Console

from pechakucha.cli.bars import import_bars
from pechakucha.cli.headless import run_headless
from pechakucha.cli.interrupt import interruptible
from pechakucha.console.run_options import RunOptions
from pechakucha.decks.library import Library
from pechakucha.decks.show_source import bring_decks, open_show
from pechakucha.files.locations import library_folder
from pechakucha.files.new_run import new_run
from pechakucha.files.run_folder import read_snapshot, resumable, unfinished_run
from pechakucha.report.writing import check_target, write_report
from pechakucha.show.problem import Problem
from pechakucha.texts import Texts
from pechakucha.ui.screens import has_screen


def run_show(path: Path, wanted: RunOptions, texts: Texts) -> int:
    """Run a show; returns the exit code.

    Raises:
        Problem: the show can't be read, the run can't be written, or there is no screen.
    """
    if wanted.report is not None:
        check_target(wanted.report)
    if not wanted.headless:
        return _with_windows(path, wanted, texts)
    console = Console(stderr=True, soft_wrap=True)
    if not wanted.auto:
        console.print(texts("headless.by-hand", show=str(path)), markup=False, highlight=False)
    folder = _folder(path, wanted, texts, console)
    code = run_headless(folder, Texts(read_snapshot(folder).language), texts, console)
    console.print(texts("headless.run-folder", path=str(folder)), markup=False, highlight=False)
    if wanted.report is not None:
        write_report(folder, wanted.report, texts)
    return code


def open_start(texts: Texts) -> int:
    """Open the start window; returns the exit code.

    Raises:
        Problem: there is no screen.
    """
    _need_a_screen(Problem("no-screen-start"))
    from pechakucha.app import run_start  # noqa: PLC0415  # widgets are heavy and need a screen

    return run_start(texts)


def _with_windows(path: Path, wanted: RunOptions, texts: Texts) -> int:
    if not path.exists():
        raise Problem("show-not-found", path=str(path))
    _need_a_screen(Problem("no-screen"))
    from pechakucha.app import run_windows  # noqa: PLC0415  # widgets are heavy and need a screen

    return run_windows(path, wanted, texts)


def _need_a_screen(otherwise: Problem) -> None:
    # Who names a platform for Qt (offscreen, vnc …) knows what for.
    if not has_screen() and "QT_QPA_PLATFORM" not in os.environ:
        raise otherwise


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
        console.print(texts("headless.unfinished", path=str(unfinished[0])), markup=False, highlight=False)
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
            console.print(words, style="yellow", markup=False, highlight=False)
    return folder
