# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is left of a block when it is over: its report, which opens by itself once, and the runs before it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices

from pechakucha.console.session import Session
from pechakucha.console.window import ConsoleWindow
from pechakucha.files.locations import own_place
from pechakucha.report.writing import RUNS_REPORT, write_report
from pechakucha.texts import Texts
from pechakucha.ui.screens import has_screen
from pechakucha.ui.working_size import open_at_working_size

if TYPE_CHECKING:
    from pechakucha.console.runs_window import RunsWindow


class AfterBlock(QObject):
    """Writes the report and offers it; ``close`` takes the window of earlier runs with it."""

    def __init__(
        self,
        session: Session,
        console: ConsoleWindow,
        show: Path,
        texts: Texts,
        parent: QObject | None = None,
    ) -> None:
        """``show`` is the show file or pack, beside which the runs are."""
        super().__init__(parent)
        self._session, self._console, self._show, self._texts = session, console, show, texts
        self._written: Path | None = None
        self._runs: RunsWindow | None = None
        session.stage_left.connect(self._open_by_itself)

    def write(self, wanted: Path | None) -> None:
        """The block is over: write its report, and where it is wanted besides.

        Raises:
            Problem: what ``write_report`` raises.
        """
        target = self._session.folder / RUNS_REPORT
        write_report(self._session.folder, target, self._texts)
        self._written = target
        self._console.offer_report(self._open, self._show_runs)
        if wanted is not None:
            write_report(self._session.folder, wanted, self._texts)

    def close(self) -> None:
        """The block's windows close."""
        if self._runs is not None:
            self._runs.close()

    def _open(self) -> None:
        if self._written is not None:
            # A browser knows nothing of the folder that we are in.
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(own_place(self._written))))

    def _open_by_itself(self) -> None:
        """The stage has closed, so that no audience sees the report come up.

        A dry run has an end of its own, and where there is no screen there is nobody to see it.
        """
        self._session.stage_left.disconnect(self._open_by_itself)
        run = self._session.run
        if run is not None and run.snapshot.speed == 1 and has_screen():
            self._open()

    def _show_runs(self) -> None:
        """The runs of earlier days, this one among them."""
        run = self._session.run
        if self._runs is None and run is not None:
            from pechakucha.console.runs_window import RunsWindow  # noqa: PLC0415  # rarely needed

            self._runs = RunsWindow(self._show, run.snapshot.title, self._texts)
            self._runs.closed.connect(self._forget_runs)
            open_at_working_size(self._runs)
        if self._runs is not None:
            self._runs.raise_()
            self._runs.activateWindow()

    def _forget_runs(self) -> None:
        if self._runs is not None:
            self._runs.deleteLater()
            self._runs = None
