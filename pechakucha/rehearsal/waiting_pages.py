# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is seen while a deck is imported, and where it can't be rehearsed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QScrollArea, QVBoxLayout, QWidget

from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, ElidedLabel, label, scrolling

_WIDTH = 720
"""Logical pixels of the column in the middle; longer lines do not read well."""


class PreparingPage(QWidget):
    """One bar for the deck that is imported.

    Signals:
        cancel_asked(): the person does not want to wait.
    """

    cancel_asked = Signal()

    def __init__(self, name: str, path: str, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 1)
        self._bar.setAccessibleName(name)
        self._count = label("quiet")
        self._count.setText(texts("rehearsal.opening"))
        self._cancel = CommandButton("Esc")
        self._cancel.setText(texts("console.cancel"))
        self._cancel.clicked.connect(lambda _checked=False: self.cancel_asked.emit())
        column = _column_in_the_middle(self)
        column.addWidget(_heading(texts("rehearsal.preparing", deck=name)))
        column.addWidget(_path(path))
        column.addSpacing(2 * theme.GRID)
        column.addWidget(self._bar)
        column.addSpacing(theme.GRID)
        row = QHBoxLayout()
        row.addWidget(self._count, 1)
        row.addWidget(self._cancel)
        column.addLayout(row)

    def show_progress(self, _deck: str, done: int, total: int) -> None:
        """So many of so many slides are there."""
        self._bar.setRange(0, max(1, total))
        self._bar.setValue(done)
        self._count.setText(self._texts("console.slides-done", done=done, total=total))

    def show_cancelling(self) -> None:
        """It has been heard."""
        self._cancel.setEnabled(False)
        self._count.setText(self._texts("console.cancelling"))


class ProblemPage(QWidget):
    """Why this deck can't be rehearsed, and what can be done about it.

    Signals:
        retry_asked(), close_asked(): what the buttons say.
    """

    retry_asked = Signal()
    close_asked = Signal()

    def __init__(self, name: str, path: str, said: Sequence[tuple[str, str]], texts: Texts) -> None:
        """``said`` are messages with their remedies ("" where the message has it)."""
        super().__init__()
        column = _column_in_the_middle(self)
        column.addWidget(_heading(texts("rehearsal.impossible", deck=name)))
        column.addWidget(_path(path))
        column.addSpacing(2 * theme.GRID)
        column.addWidget(_sentences(said), 1)
        column.addSpacing(2 * theme.GRID)
        row = QHBoxLayout()
        row.setSpacing(2 * theme.GRID)
        for key, code, tone, signal in (
            (texts("console.key-enter"), "rehearsal.retry", "primary", self.retry_asked),
            ("Esc", "rehearsal.close", "", self.close_asked),
        ):
            button = CommandButton(key, tone)
            button.setText(texts(code))
            button.clicked.connect(lambda _checked=False, each=signal: each.emit())
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)


def _sentences(said: Sequence[tuple[str, str]]) -> QScrollArea:
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.GRID)
    for message, remedy in said:
        words = label(pixels=theme.LARGE, wraps=True)
        words.setText(message)
        column.addWidget(words)
        if remedy:
            advice = label("quiet", pixels=theme.LARGE, wraps=True)
            advice.setText(remedy)
            column.addWidget(advice)
        column.addSpacing(theme.GRID)
    column.addStretch(1)
    scroll = scrolling(inside)
    scroll.setMinimumHeight(160)
    return scroll


def _column_in_the_middle(page: QWidget) -> QVBoxLayout:
    inside = QWidget()
    inside.setMaximumWidth(_WIDTH)
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(theme.GRID)
    across = QHBoxLayout()
    across.addStretch(1)
    across.addWidget(inside, 100)
    across.addStretch(1)
    down = QVBoxLayout(page)
    down.setContentsMargins(4 * theme.GRID, 4 * theme.GRID, 4 * theme.GRID, 4 * theme.GRID)
    down.addStretch(2)
    down.addLayout(across)
    down.addStretch(3)
    return column


def _heading(words: str) -> QWidget:
    heading = label(pixels=32, bold=True, wraps=True)
    heading.setText(words)
    return heading


def _path(words: str) -> QWidget:
    path = ElidedLabel(role="quiet")
    path.setText(words)
    return path
