# SPDX-License-Identifier: AGPL-3.0-or-later
"""That this is a dry run, and its end, as long as it lasts."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout

from pechakucha.console.dry_run_result import DRY_RUN_KEY
from pechakucha.console.session import Session
from pechakucha.show.cues import Cut, End
from pechakucha.show.dry_run import can_be_tried
from pechakucha.show.run import Run
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, label, let_go
from pechakucha.ui.key_hint import KeyHint


class DryRunBar(QFrame):
    """Below the top of the console; gone in a block, and in a dry run whose talks a hand starts.

    Signals:
        end_asked(): the dry run is to end.
    """

    end_asked = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._narrow = False
        self.setProperty("role", "strip")
        self._words = label("attention", wraps=True)
        self._end = CommandButton(DRY_RUN_KEY.name.removeprefix("Key_"))
        self._end.setText(texts("dry-run.end"))
        self._end.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it would be the first under Enter
        self._end.clicked.connect(lambda _checked=False: self.end_asked.emit())
        self._row = row = QHBoxLayout(self)
        row.setSpacing(2 * theme.GRID)
        row.addWidget(self._words, 1)
        row.addWidget(self._end)
        self.set_narrow(narrow=False)
        self.hide()

    def set_narrow(self, *, narrow: bool) -> None:
        """Choose the form."""
        margin = (2 if narrow else 3) * theme.GRID
        self._row.setContentsMargins(margin, theme.GRID, margin, theme.GRID)
        self._narrow = narrow

    def show_state(self, run: Run) -> None:
        """Be there as long as the dry run lasts."""
        words = self._texts("dry-run.runs", speed=f"{run.snapshot.speed:g}")
        self._words.setText(self._texts("dry-run.runs-short") if self._narrow else words)
        self.setVisible(can_be_ended(run))


class DryRunHint(KeyHint):
    """Below the rundown, as long as a dry run disturbs nobody; then the nine cities need its place."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(DRY_RUN_KEY.name.removeprefix("Key_"))
        self.setText(texts("dry-run.begin"))
        self.setToolTip(texts("dry-run.tip"))
        self.hide()

    def show_state(self, run: Run) -> None:
        """Be there before the first talk of a block."""
        possible = can_be_begun(run)
        if not possible:
            let_go(self)
        self.setVisible(possible)


def can_be_begun(run: Run) -> bool:
    """Whether this is a block that may be tried out now."""
    return can_be_tried(run) and not run.snapshot.is_dry_run


def can_be_ended(run: Run) -> bool:
    """Whether this is a dry run that goes by itself and is not over."""
    return run.snapshot.is_dry_run and run.snapshot.auto and run.ended_ns is None


def end_dry_run(session: Session) -> bool:
    """End it at once, in a talk too; False where no stage hears it."""
    run = session.run
    if run is None:
        return False
    if run.on_stage is not None:
        session.send(Cut(run.on_stage.talk.id))
    return session.send(End())
