# SPDX-License-Identifier: AGPL-3.0-or-later
"""The runs of a show on earlier days: what came of each, side by side, and how to be rid of one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QMessageBox, QVBoxLayout, QWidget

from pechakucha.console.compared_view import ComparedView
from pechakucha.console.list_window import between_bars, list_beside_pane
from pechakucha.console.run_removal import remove_run
from pechakucha.console.runs_reading import RunsReading
from pechakucha.console.runs_view import RunsView, run_row, size_words, when
from pechakucha.console.strip import Strip
from pechakucha.files.locations import own_place
from pechakucha.files.run_folder import begun_runs
from pechakucha.report.comparison import compare
from pechakucha.report.earlier import EarlierRun
from pechakucha.report.writing import newest_report, write_comparison
from pechakucha.show.figures import Report
from pechakucha.show.problem import Problem
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, ElidedLabel, label

_LIST_WIDTH = 520


class RunsWindow(QMainWindow):
    """All runs on the left, those selected side by side on the right, what can be done below.

    Signals:
        closed(): the window is closed.
    """

    closed = Signal()

    def __init__(self, show: Path, title: str, texts: Texts) -> None:
        """
        Args:
            show: the show file or pack, beside which the runs are.
            title: the show's.
            texts: the language.
        """
        super().__init__()
        self._texts = texts
        self.setWindowTitle(texts("runs.title", show=title))
        self._title = ElidedLabel(pixels=theme.LARGE, bold=True)
        self._title.setText(title)
        self._count = label("quiet")
        self._strip = Strip()
        self.runs, self.compared = RunsView(), ComparedView()
        self.runs.setAccessibleName(texts("runs.list"))
        self.compared.setAccessibleName(texts("runs.compared"))
        self.open_report = CommandButton("O", "primary")
        self.open_page = CommandButton("P")
        self.delete = CommandButton("Del", "danger")
        self.leave = CommandButton("Esc")
        self.setCentralWidget(self._build())
        self.setMinimumSize(960, 560)
        folders = begun_runs(show)
        self._total = len(folders)
        self._reading = RunsReading(folders, self)
        self._reading.arrived.connect(self._take)
        self._connect()
        self._refresh()
        self.runs.setFocus()
        self._reading.start()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """What is still to be read is given up."""
        self._reading.blockSignals(True)
        self._reading.cancel()
        event.accept()
        self.closed.emit()

    def _take(self, run: EarlierRun) -> None:
        self.runs.add(run_row(run, self._texts))
        self._refresh()

    def _chosen(self) -> list[EarlierRun]:
        return [row.run for row in self.runs.selected()]

    def _figures(self) -> list[Report]:
        """Of the selected runs that can be read, the oldest first."""
        return [run.figures for run in reversed(self._chosen()) if run.figures is not None]

    def _refresh(self) -> None:
        texts, read, chosen, figures = self._texts, len(self.runs.rows), self._chosen(), self._figures()
        if not self._total:
            self._count.setText(texts("runs.none"))
        elif read < self._total and not self._reading.isFinished():
            self._count.setText(texts("runs.reading", done=read, total=self._total))
        else:
            self._count.setText(texts("runs.count", count=read))
        self.compared.setVisible(bool(figures))
        if figures:
            self.compared.show_compared(compare(figures, texts))
        self.open_report.setEnabled(len(chosen) == 1)
        self.open_page.setEnabled(len(figures) > 1)
        self.delete.setEnabled(len(chosen) == 1)

    def _select(self) -> None:
        self._strip.say("")
        self._refresh()

    # What is pressed

    def _open_report(self) -> None:
        (run,) = self._chosen()
        self._open(lambda: newest_report(run.folder, self._texts))

    def _open_page(self) -> None:
        runs = [run for run in reversed(self._chosen()) if run.figures is not None]
        figures = [run.figures for run in runs if run.figures is not None]
        self._open(lambda: write_comparison(runs[-1].folder.parent, figures, self._texts))

    def _open(self, make: Callable[[], Path]) -> None:
        """Open the page that is made, or say why it could not be."""
        self._strip.say("")
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            page = make()
        except Problem as problem:
            self._strip.say(self._texts.problem(problem))
            return
        finally:
            QApplication.restoreOverrideCursor()
        # A browser knows nothing of the folder that we are in.
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(own_place(page))))

    def _delete(self) -> None:
        (run,) = self._chosen()
        if not self._is_sure(run):
            return
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            remove_run(run.folder)
        except Problem as problem:
            self._strip.say(self._texts.problem(problem))
            return
        finally:
            QApplication.restoreOverrideCursor()
        self._total -= 1
        self.runs.remove(run.folder)
        self._select()

    def _is_sure(self, run: EarlierRun) -> bool:
        texts, box = self._texts, QMessageBox(self)
        box.setWindowTitle(self.windowTitle())
        box.setText(texts("runs.ask-delete", run=when(run, texts), size=size_words(run.bytes, texts)))
        box.setInformativeText(texts("runs.ask-delete-more", path=str(run.folder)))
        yes = box.addButton(texts("runs.delete"), QMessageBox.ButtonRole.DestructiveRole)
        back = box.addButton(texts("console.go-back"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(back)
        box.setEscapeButton(back)
        box.exec()
        return box.clickedButton() is yes

    # How it is put together

    def _connect(self) -> None:
        self.runs.selectionModel().selectionChanged.connect(self._select)
        self.runs.activated.connect(lambda _index: _press(self.open_report))
        self._reading.finished.connect(self._refresh)
        texts = self._texts
        for button, code, names, action in (
            (self.open_report, "console.open-report", ("O",), self._open_report),
            (self.open_page, "runs.open-page", ("P",), self._open_page),
            (self.delete, "runs.delete-short", ("Del", "Backspace"), self._delete),
            (self.leave, "rehearsal.close", ("Esc",), self.close),
        ):
            button.setText(texts(code))
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _checked=False, each=action: each())
            for name in names:
                shortcut = QShortcut(QKeySequence(name), self)
                shortcut.setAutoRepeat(False)
                shortcut.activated.connect(lambda each=button: _press(each))

    def _build(self) -> QWidget:
        top = QHBoxLayout()
        top.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 2 * theme.GRID)
        top.setSpacing(3 * theme.GRID)
        top.addWidget(self._title)
        top.addWidget(self._count, 1)
        right = QWidget()
        inside = QVBoxLayout(right)
        inside.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 0)
        inside.addWidget(self.compared)
        body = list_beside_pane(self.runs, _LIST_WIDTH, right)
        return between_bars(top, body, self._strip, self._build_bar())

    def _build_bar(self) -> QHBoxLayout:
        hint = ElidedLabel(role="quiet")
        hint.setText(self._texts("runs.keys"))
        hint.setAlignment(Qt.AlignmentFlag.AlignRight)
        bar = QHBoxLayout()
        bar.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 2 * theme.GRID)
        bar.setSpacing(2 * theme.GRID)
        for button in (self.open_report, self.open_page, self.delete):
            bar.addWidget(button)
        bar.addWidget(hint, 1)
        bar.addWidget(self.leave)
        return bar


def _press(button: CommandButton) -> None:
    """What its key does: seen to do nothing where it can't be pressed."""
    if button.isEnabled():
        button.click()
    else:
        button.flash()
