# SPDX-License-Identifier: AGPL-3.0-or-later
"""Before a block: its decks are brought, looked at where one needs it, and a new run begins.

Apart from ``block``, since a console that comes back to a running stage needs nothing of this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox

from pechakucha.console.deck_review import review_of
from pechakucha.console.deck_wording import short_facts
from pechakucha.console.deck_work import DeckWork, ImportShow, import_of
from pechakucha.console.late_decks import late_import_of
from pechakucha.console.preparing import Preparation, PreparingView
from pechakucha.console.run_options import RunOptions
from pechakucha.decks.drawing import STAGE, STAGE_4K, Size
from pechakucha.decks.library import Imported, Library
from pechakucha.decks.show_source import ShowSource, open_show
from pechakucha.decks.worker_process import Ahead
from pechakucha.files.locations import library_folder
from pechakucha.files.recent import remember_show
from pechakucha.show.deck import Deck
from pechakucha.show.plan import Show
from pechakucha.show.problem import Problem
from pechakucha.texts import Texts
from pechakucha.ui.screens import is_beyond_full_hd, stage_screen
from pechakucha.ui.working_size import open_at_working_size

if TYPE_CHECKING:
    from pechakucha.console.decks_window import DecksWindow
    from pechakucha.dry_run import TryOut


MakeRun = Callable[[Show, Mapping[str, tuple[Deck, Path]]], Path]
"""Makes the folder of a new run from the show and each talk's deck, with the folder of its pictures."""


class Opening(QObject):
    """From a show to a run that may begin.

    Signals:
        begun(Path, str): the run's folder, and the language of its stage.
        failed(): it can't be done, and that was said.
        cancelled(): the person does not want to.
    """

    begun = Signal(object, str)
    failed = Signal()
    cancelled = Signal()

    def __init__(
        self,
        source: ShowSource,
        wanted: RunOptions,
        texts: Texts,
        make_run: MakeRun,
        *,
        ahead: Ahead | None = None,
        parent: QObject | None = None,
    ) -> None:
        """
        Args:
            source: the show.
            wanted: how the block is to be run.
            texts: the language.
            make_run: makes the folder of the new run.
            ahead: a worker for the imports that is there already.
            parent: whose this is.
        """
        super().__init__(parent)
        self._source, self._show = source, source.show
        self._wanted, self._texts, self._ahead = wanted, texts, ahead
        self._make_run = make_run
        self._trying: TryOut | None = None
        self._review = review_of(source, wanted.renderer)
        self._waiting: WaitingWindow | None = None
        self._view: PreparingView | None = None
        self._preparation: Preparation | None = None
        self._decks: DecksWindow | None = None

    def open(self) -> None:
        """Import or unpack what is not in the library yet, then begin a new run."""
        remember_show(self._source.path, self._show.title)
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
        self._view = view = PreparingView(self._show, self._source.path, self._texts)
        preparation.progressed.connect(view.show_progress)
        preparation.pictured.connect(view.show_picture)
        preparation.arrived.connect(self._take)
        preparation.prepared.connect(self._look_or_begin)
        preparation.failed.connect(self._fail)
        preparation.cancelled.connect(self.cancelled)
        view.cancel_asked.connect(view.show_cancelling)
        view.cancel_asked.connect(preparation.cancel)
        window = WaitingWindow(view)
        window.setWindowTitle(self._texts("console.title", show=self._show.title))
        open_at_working_size(window)
        self._waiting, self._preparation = window, preparation
        preparation.start()

    def close(self) -> None:
        """Its windows go; the import, which is over or given up, is waited for."""
        if self._preparation is not None:
            self._preparation.wait()
        self._close_waiting()
        decks, self._decks = self._decks, None
        if decks is not None:
            decks.close()
            decks.deleteLater()

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
        self._close_waiting()

    def _try_decks(self) -> None:
        """A dry run of the decks as they are judged so far."""
        from pechakucha.dry_run import dry_run_of_decks, try_in_place_of  # noqa: PLC0415  # it is a block

        assert self._decks is not None
        dry = dry_run_of_decks(self._source.path, self._review, self._texts, self._wanted)
        self._trying = try_in_place_of(self._decks, dry)

    def _go_on(self) -> None:
        """From the decks to the console, with what was decided about them."""
        self._show = self._review.show
        self._begin(self._review.imports)

    def _leave_decks(self) -> None:
        if self._decks is not None:
            self.cancelled.emit()

    def _begin(self, imports: dict[str, Imported]) -> None:
        try:
            decks = {talk: (imported.deck, imported.folder) for talk, imported in imports.items()}
            folder = self._make_run(self._show, decks)
        except Problem as problem:
            self._fail(problem)
            return
        self.begun.emit(folder, self._show.language or self._texts.language)

    def _close_waiting(self) -> None:
        waiting, self._waiting, self._view = self._waiting, None, None
        if waiting is not None:
            waiting.go()
            waiting.deleteLater()

    def _fail(self, problem: Problem) -> None:
        box = QMessageBox(self._decks or self._waiting)
        box.setWindowTitle(self._show.title)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(self._texts.problem(problem))
        box.exec()
        self.failed.emit()


def open_patiently(path: Path) -> ShowSource:
    """Open a show; a large pack may take a second or two.

    Raises:
        Problem: the show can't be read.
    """
    QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
    try:
        return open_show(path, Library(library_folder()))
    finally:
        QApplication.restoreOverrideCursor()


def open_decks(source: ShowSource, texts: Texts, ahead: Ahead | None = None) -> DecksWindow:
    """Open the review of a show's decks in the application that runs; see ``import_decks`` for ``ahead``."""
    from pechakucha.console.decks_window import DecksWindow  # noqa: PLC0415  # not before every block

    review = review_of(source)
    library = Library(library_folder())
    work = DeckWork(review, import_of(source, library, picture_size(RunOptions()), ahead))
    window = DecksWindow(review, work, texts, library=library)
    work.setParent(window)
    open_at_working_size(window)
    work.open()
    return window


def late_importing(path: Path, wanted: RunOptions) -> ImportShow:
    """What imports a deck while a block runs.

    Args:
        path: the block's show file or pack.
        wanted: how it runs.
    """
    return late_import_of(path, Library(library_folder()), picture_size(wanted))


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
