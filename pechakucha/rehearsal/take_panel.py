# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lower third: the last take as bars, or the first as it grows; getting better; what to do with takes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QMessageBox, QSizePolicy, QVBoxLayout

from pechakucha.rehearsal.bars_view import BarsView
from pechakucha.rehearsal.practice import Practice
from pechakucha.rehearsal.progress_view import ProgressView
from pechakucha.rehearsal.take_words import pace_words, progress_words, summary
from pechakucha.show.marks import progress
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import ElidedLabel, label, rule
from pechakucha.ui.key_hint import KeyHint

_LOWEST, _HIGHEST = 148, 248
_SHARE = 0.24
"""Of the window's height."""
_WIDE_ENOUGH = 1180
"""Logical pixels of width, from which on the line has room beside the bars."""


class TakePanel(QFrame):
    """The last take; before there is one, the take that runs.

    Signals:
        chosen(int): the slide with this number in its file was clicked.
        export_asked(): the presenter wants a sheet of it.
    """

    chosen = Signal(int)
    export_asked = Signal()

    def __init__(self, practice: Practice, texts: Texts) -> None:
        super().__init__()
        self._practice, self._texts = practice, texts
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._title, self._line = label(bold=True), label("quiet")
        self._line.setText(texts("take.line", seconds=practice.seconds))
        self.summary = ElidedLabel(role="quiet")
        self.bars, self.progress = BarsView(texts), ProgressView()
        self.more = KeyHint("M")
        self.more.setText(texts("take.more"))
        self.more.clicked.connect(lambda _checked=False: self.open_menu())
        self.bars.chosen.connect(self.chosen.emit)
        self.menu = QMenu(self)
        self._build()
        practice.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Bring everything up to date with the takes."""
        practice = self._practice
        first = practice.last is None
        self._title.setText(self._texts("take.this" if first else "take.last"))
        self._show_bars()
        self.summary.setText(self._said())
        words = progress_words(practice.takes, self._texts)
        self.progress.show_progress(progress(practice.takes), words)
        self._fit(self.window().height(), self.width())

    def follow(self) -> None:
        """Let the bars of a first take grow; to be called whenever the view is brought up to date."""
        if self._practice.last is None:
            self._show_bars()

    def fit(self, window_height: int, width: int) -> None:
        """Take the part of the window that is ours."""
        self._fit(window_height, width)

    def open_menu(self) -> None:
        """What can be done with takes, above its button."""
        self._fill_menu()
        size = self.menu.sizeHint()
        corner = self.more.mapToGlobal(self.more.rect().topRight())
        self.menu.popup(corner - QPoint(size.width(), size.height()))

    def ask_to_delete(self) -> None:
        """Delete all takes of this deck, if that is meant."""
        texts = self._texts
        box = QMessageBox(self)
        box.setWindowTitle(self.window().windowTitle())
        box.setText(texts("take.ask-delete", count=len(self._practice.takes)))
        box.setInformativeText(texts("take.ask-delete-more"))
        delete = box.addButton(texts("take.delete"), QMessageBox.ButtonRole.DestructiveRole)
        back = box.addButton(texts("take.keep"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(back)
        box.setEscapeButton(back)
        box.exec()
        if box.clickedButton() is delete:
            self._practice.delete_takes()

    def _show_bars(self) -> None:
        practice = self._practice
        take = practice.so_far if practice.last is None else practice.last
        self.bars.show_take(take, practice.numbers, practice.seconds)

    def _said(self) -> str:
        practice, texts = self._practice, self._texts
        said = [texts("take.how") if practice.last is None else summary(practice.last, texts)]
        if practice.damaged:
            said.append(texts("take.damaged", count=practice.damaged))
        return " · ".join(said)

    def _fit(self, window_height: int, width: int) -> None:
        self.setFixedHeight(round(min(_HIGHEST, max(_LOWEST, window_height * _SHARE))))
        self.progress.setVisible(width >= _WIDE_ENOUGH and len(self.progress.shares) > 1)

    def _fill_menu(self) -> None:
        practice, texts = self._practice, self._texts
        self.menu.clear()
        group = QActionGroup(self.menu)
        for choice in practice.choices:
            words = pace_words(choice, practice.pace(choice), texts)
            action = self._add(words, partial(practice.choose_pace, choice))
            action.setCheckable(True)
            action.setChecked(choice is practice.choice)
            group.addAction(action)
        self.menu.addSeparator()
        self._add(texts("take.export"), self.export_asked.emit).setEnabled(practice.last is not None)
        self._add(texts("take.delete-all"), self.ask_to_delete).setEnabled(bool(practice.takes))

    def _add(self, words: str, does: Callable[[], None]) -> QAction:
        action = self.menu.addAction(words)
        action.triggered.connect(lambda _checked=False: does())
        return action

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(2 * theme.GRID)
        head.addWidget(self._title)
        head.addWidget(self.summary, 1)
        head.addWidget(self._line)
        head.addWidget(self.more)
        body = QHBoxLayout()
        body.setSpacing(3 * theme.GRID)
        body.addWidget(self.bars, 1)
        body.addWidget(self.progress)
        inside = QVBoxLayout()
        inside.setContentsMargins(3 * theme.GRID, theme.GRID, 3 * theme.GRID, theme.GRID)
        inside.setSpacing(0)
        inside.addLayout(head)
        inside.addLayout(body, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule())
        column.addLayout(inside, 1)
