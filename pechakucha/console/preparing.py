# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is seen while the decks of a show are imported: a picture and a bar a deck, and a bar for all."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pechakucha.console.deck_review import DeckState
from pechakucha.console.row_painting import PICTURE, paint_thumbnail
from pechakucha.console.state_mark import StateMark
from pechakucha.show.plan import Show
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, ElidedLabel, label
from pechakucha.ui.preparation import Preparation

__all__ = ["Preparation", "PreparingView"]


class PreparingView(QWidget):
    """What is seen while decks are imported.

    Signals:
        cancel_asked(): the person does not want to wait.
    """

    cancel_asked = Signal()

    def __init__(self, show: Show, path: Path, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._bars: dict[str, QProgressBar] = {}
        self._states: dict[str, ElidedLabel] = {}
        self._pictures: dict[str, _Thumbnail] = {}
        self._marks: dict[str, StateMark] = {}
        self._total = QProgressBar()
        self._total.setRange(0, len(show.talks))
        self._total.setTextVisible(False)
        self._count = label("quiet")
        heading = ElidedLabel(pixels=32, bold=True)
        heading.setText(texts("console.preparing", show=show.title))
        where = ElidedLabel(role="quiet")
        where.setText(str(path))
        cancel = CommandButton("Esc")
        cancel.setText(texts("console.cancel"))
        cancel.clicked.connect(lambda _checked=False: self.cancel_asked.emit())
        QShortcut(Qt.Key.Key_Escape, self).activated.connect(cancel.click)
        self._cancel = cancel
        foot = QHBoxLayout()
        foot.addWidget(self._count, 1)
        foot.addWidget(cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(8 * theme.GRID, 6 * theme.GRID, 8 * theme.GRID, 4 * theme.GRID)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(heading)
        column.addWidget(where)
        column.addSpacing(2 * theme.GRID)
        column.addWidget(self._build_bars(show), 1)
        column.addWidget(self._total)
        column.addLayout(foot)
        self._finished: set[str] = set()
        self._say_count()

    def show_progress(self, talk: str, done: int, total: int) -> None:
        """A deck has come further."""
        bar = self._bars[talk]
        bar.setRange(0, max(1, total))
        bar.setValue(done if total else 1)
        self._states[talk].setText(self._texts("console.slides-done", done=done, total=total))
        if done == total:
            self._finished.add(talk)
            self._total.setValue(len(self._finished))
            self._say_count()

    def show_picture(self, talk: str, image: QImage) -> None:
        """How a deck looks, as soon as a slide of it is drawn."""
        self._pictures[talk].show_image(image)

    def show_deck(self, talk: str, state: DeckState, facts: str) -> None:
        """A deck is there: what it is like, and how many slides it has and what drew them."""
        self._marks[talk].show_state(state)
        self._states[talk].setText(facts)
        self._states[talk].setToolTip(facts)

    def show_cancelling(self) -> None:
        """It has been heard."""
        self._cancel.setEnabled(False)
        self._count.setText(self._texts("console.cancelling"))

    def _say_count(self) -> None:
        self._count.setText(
            self._texts("console.decks-done", done=len(self._finished), total=self._total.maximum())
        )

    def _build_bars(self, show: Show) -> QScrollArea:
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * theme.GRID)
        grid.setVerticalSpacing(theme.GRID)
        grid.setColumnStretch(2, 2)
        grid.setColumnStretch(3, 1)
        for row, talk in enumerate(show.talks):
            picture, city, bar = _Thumbnail(), ElidedLabel(bold=True), QProgressBar()
            state, mark = ElidedLabel(role="quiet"), StateMark(self._texts)
            city.setText(talk.city)
            city.setToolTip(talk.city)
            city.setMinimumWidth(96)
            bar.setTextVisible(False)
            bar.setRange(0, 1)
            bar.setAccessibleName(talk.city)
            state.setMinimumWidth(120)
            state.setText(self._texts("console.waits"))
            for column, widget in enumerate((picture, city, bar, state, mark)):
                grid.addWidget(widget, row, column)
            self._bars[talk.id], self._states[talk.id] = bar, state
            self._pictures[talk.id], self._marks[talk.id] = picture, mark
        grid.setColumnMinimumWidth(4, StateMark.widest(self._texts))
        grid.setRowStretch(len(show.talks), 1)
        scroll = QScrollArea()
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        return scroll


class _Thumbnail(QWidget):
    """A deck's first picture; an empty frame until it is there."""

    def __init__(self) -> None:
        super().__init__()
        self._picture: QPixmap | None = None
        self.setFixedSize(PICTURE)

    def show_image(self, image: QImage) -> None:
        self._picture = QPixmap.fromImage(image)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        paint_thumbnail(painter, self.rect(), self._picture)
