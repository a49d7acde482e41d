# SPDX-License-Identifier: AGPL-3.0-or-later
"""After a dry run: one line a talk, ready or what was seen, and what to do about it."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from pechakucha.console.row_painting import paint_shape
from pechakucha.show.dry_run import Remark, TalkSeen, Verdict
from pechakucha.show.selection import write_selection
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, ElidedLabel, label, rule, scrolling

DRY_RUN_KEY = Qt.Key.Key_D
"""Begins a dry run, ends it, and begins the next one."""

_SHAPES = {
    Verdict.READY: ("done", theme.LIVE),
    Verdict.LOOK: ("blocked", theme.ATTENTION),
    Verdict.NOT_READY: ("no-show", theme.DANGER),
    Verdict.NOT_RUN: ("cut", theme.QUIET),
}
_WIDEST = 1200
"""Logical pixels of width beyond which lines of words get too long."""

_CITY_WIDTH, _VERDICT_WIDTH = 264, 168
_SMALLEST = QSize(800, 480)


class Said(NamedTuple):
    """What was seen, and what to do; "" where that is nothing."""

    seen: str
    to_do: str


def said_of(talk: TalkSeen, texts: Texts) -> list[Said]:
    """All that is said of a talk beside its verdict."""
    said = [_remark(each, texts) for each in talk.remarks]
    if talk.blocker is not None:
        said.append(Said(texts.message(talk.blocker), texts.remedy(talk.blocker)))
    return said


def _remark(remark: Remark, texts: Texts) -> Said:
    count = len(remark.slides) or remark.count
    slides = write_selection(remark.slides)
    seen = texts(f"seen.{remark.code}", count=count, slides=slides, ms=remark.count)
    return Said(seen, texts(f"to-do.{remark.code}"))


def summary(talks: tuple[TalkSeen, ...], texts: Texts) -> str:
    """All talks in one sentence."""
    ready = sum(talk.verdict is Verdict.READY for talk in talks)
    if ready == len(talks):
        return texts("dry-run.all-ready")
    words = texts("dry-run.some-ready", ready=ready, talks=len(talks))
    if any(talk.verdict is Verdict.NOT_RUN for talk in talks):
        return f"{words} {texts('dry-run.not-to-the-end')}"
    return words


class DryRunResult(QMainWindow):
    """Calm: nothing runs any more, and nothing is lost by leaving.

    Signals:
        went_back(): the person has read it.
        again_asked(): another dry run is wanted.
    """

    went_back = Signal()
    again_asked = Signal()

    def __init__(self, title: str, talks: tuple[TalkSeen, ...], texts: Texts) -> None:
        """
        Args:
            title: the show's.
            talks: what was seen of each, in running order.
            texts: the language.
        """
        super().__init__()
        self._texts = texts
        self._answered = False
        self.setWindowTitle(texts("dry-run.title", show=title))
        self.setMinimumSize(_SMALLEST)
        heading = ElidedLabel(pixels=32, bold=True)
        heading.setText(texts("dry-run.heading", show=title))
        in_short = label("quiet", pixels=theme.LARGE, wraps=True)
        in_short.setText(summary(talks, texts))
        everything = QWidget()
        column = QVBoxLayout(everything)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(6 * theme.GRID, 5 * theme.GRID, 6 * theme.GRID, 3 * theme.GRID)
        top.setSpacing(theme.GRID)
        top.addWidget(heading)
        top.addWidget(in_short)
        column.addLayout(top)
        column.addWidget(rule())
        column.addWidget(scrolling(self._build_rows(talks)), 1)
        column.addWidget(rule())
        column.addWidget(self._build_bar())
        self.setCentralWidget(everything)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Esc and Enter go back, D begins once more."""
        if event.isAutoRepeat():
            return
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        elif event.key() == DRY_RUN_KEY:
            self._again()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """To close it is to go back."""
        event.accept()
        if not self._answered:
            self._answered = True
            self.went_back.emit()

    def _again(self) -> None:
        if not self._answered:
            self._answered = True
            self.again_asked.emit()

    def _build_rows(self, talks: tuple[TalkSeen, ...]) -> QWidget:
        inside = QWidget()
        rows = QVBoxLayout()
        rows.setContentsMargins(6 * theme.GRID, 2 * theme.GRID, 6 * theme.GRID, 2 * theme.GRID)
        rows.setSpacing(0)
        for place, talk in enumerate(talks):
            if place:
                rows.addWidget(rule())
            rows.addWidget(self._build_row(talk))
        rows.addStretch(1)
        within = QWidget()
        within.setLayout(rows)
        within.setMaximumWidth(_WIDEST)
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(within, 1)
        row.addStretch(0)
        return inside

    def _build_row(self, talk: TalkSeen) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 2 * theme.GRID, 0, 2 * theme.GRID)
        row.setSpacing(2 * theme.GRID)
        shape, shade = _SHAPES[talk.verdict]
        row.addWidget(_Shape(shape, shade), alignment=Qt.AlignmentFlag.AlignTop)
        city = ElidedLabel(pixels=theme.LARGE, bold=True)
        city.setText(talk.city)
        city.setFixedWidth(_CITY_WIDTH)
        row.addWidget(city, alignment=Qt.AlignmentFlag.AlignTop)
        verdict = label(pixels=theme.LARGE, bold=talk.verdict is not Verdict.NOT_RUN)
        verdict.setText(self._texts(f"dry-run.verdict-{talk.verdict}"))
        verdict.setStyleSheet(f"color: {shade.name()};")
        verdict.setFixedWidth(_VERDICT_WIDTH)
        row.addWidget(verdict, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(4)
        said = said_of(talk, self._texts)
        for each in said:
            seen, to_do = label(wraps=True), label("quiet", wraps=True)
            seen.setText(each.seen)
            to_do.setText(each.to_do)
            column.addWidget(seen)
            column.addWidget(to_do)
            if each is not said[-1]:
                column.addSpacing(theme.GRID)
        column.addStretch(1)
        row.addLayout(column, 1)
        made.setAccessibleName(f"{talk.city}: {verdict.text()}")
        return made

    def _build_bar(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        row.setContentsMargins(6 * theme.GRID, 2 * theme.GRID, 6 * theme.GRID, 2 * theme.GRID)
        row.setSpacing(2 * theme.GRID)
        back = CommandButton("Esc", "primary")
        back.setText(self._texts("dry-run.back"))
        back.clicked.connect(lambda _checked=False: self.close())
        again = CommandButton(DRY_RUN_KEY.name.removeprefix("Key_"))
        again.setText(self._texts("dry-run.again"))
        again.clicked.connect(lambda _checked=False: self._again())
        row.addWidget(back)
        row.addWidget(again)
        row.addStretch(1)
        back.setFocus()
        return bar


class _Shape(QWidget):
    """A verdict's shape, so that its colour is never alone."""

    def __init__(self, shape: str, shade: QColor) -> None:
        super().__init__()
        self._shape, self._shade = shape, shade
        self.setFixedSize(3 * theme.GRID, 28)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """Level with the first line of words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_shape(painter, QPointF(theme.GRID, self.height() / 2), self._shape, self._shade)
