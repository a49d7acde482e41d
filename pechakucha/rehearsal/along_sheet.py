# SPDX-License-Identifier: AGPL-3.0-or-later
"""How this view gets in step with a stage elsewhere: by a code, or by hand at the 3 of its countdown."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pechakucha.rehearsal.along import along_by_code, along_by_hand
from pechakucha.rehearsal.rehearsal import Rehearsal
from pechakucha.show.format import Format
from pechakucha.show.problem import Problem
from pechakucha.show.run_along import LENGTH, Over, RunAlong, decode, position, seconds_along
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.cards import minutes
from pechakucha.ui.controls import CommandButton, label, rule
from pechakucha.ui.key_hint import KeyHint
from pechakucha.ui.keys import ENTER

WIDTH = 640
"""Logical pixels; narrower where the window is."""

_MOST_TYPED = 64
"""Room for a code with the words around it, so that what was pasted can be seen and mended."""

_FIELD_WIDTH = 224
_DIMMED = 0.6


class CodeField(QLineEdit):
    """For a code, in which Space means nothing.

    Signals:
        space_pressed(): while nothing is written.
    """

    space_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Space starts by hand as long as there is no code; Enter is not for the window as well."""
        if event.key() == Qt.Key.Key_Space:
            if not self.text() and not event.isAutoRepeat():
                self.space_pressed.emit()
        elif event.key() not in ENTER:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            self.returnPressed.emit()


class AlongSheet(QWidget):
    """Lies over the page and dims it; what runs below it runs on until something is decided here.

    Signals:
        left(): it is closed.
    """

    left = Signal()

    def __init__(self, rehearsal: Rehearsal, texts: Texts, below: QWidget) -> None:
        """``below`` is what it lies over."""
        super().__init__(below)
        self._rehearsal, self._texts, self._below = rehearsal, texts, below
        self._sheet = QFrame(self)
        self._sheet.setObjectName("sheet")
        self._sheet.setStyleSheet(
            f"#sheet {{ background: {theme.SURFACE.name()}; border: 1px solid {theme.LINE.name()};"
            " border-radius: 12px; }"
        )
        self.field = CodeField()
        self.field.setMaxLength(_MOST_TYPED)
        self.field.setFont(theme.font(theme.LARGE, theme.SEMIBOLD))
        self.field.setFixedWidth(_FIELD_WIDTH)
        self.field.setPlaceholderText(texts("rehearsal.code-example"))
        self.field.setAccessibleName(texts("rehearsal.code"))
        self.field.textEdited.connect(lambda _text: self._say(""))
        self.field.returnPressed.connect(self._join)
        self.field.space_pressed.connect(self._start)
        self.join = _button(texts("console.key-enter"), texts("rehearsal.join"), "primary")
        self.join.clicked.connect(lambda _checked=False: self._join())
        self.start = _button(texts("console.key-space"), texts("rehearsal.start-at-3"), "")
        self.start.clicked.connect(lambda _checked=False: self._start())
        self._problem = label("danger", wraps=True)
        self._problem.hide()
        self._back = KeyHint("Esc")
        self._back.setText(texts("rehearsal.back"))
        self._back.clicked.connect(lambda _checked=False: self.leave())
        self.setAccessibleName(texts("rehearsal.along-heading"))
        self._build()
        self.hide()
        below.installEventFilter(self)

    def open(self) -> None:
        """Show it, with the code that was copied where one was."""
        self._say("")
        copied = QGuiApplication.clipboard().text()
        self.field.setText(copied.strip() if self._is_code(copied) else "")
        self.field.selectAll()
        self.fit()
        self.show()
        self.raise_()
        self.field.setFocus()

    def leave(self) -> None:
        """Close it; what runs below it runs on."""
        self.hide()
        self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  # Qt's name
        """Follow the size of what it lies over."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.fit()
        return super().eventFilter(watched, event)

    def press(self, key: Qt.Key) -> bool:
        """A key that the field did not want; returns whether it means something here."""
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif key == Qt.Key.Key_Space and not self.field.hasFocus():
            self._start()
        else:
            return False
        return True

    def fit(self) -> None:
        """Stand in the middle of what it lies over, near its top, as high as its words need."""
        self.resize(self._below.size())
        width = min(WIDTH, self.width() - 4 * theme.GRID)
        self._sheet.setFixedWidth(width)
        self._column.activate()
        self._sheet.setFixedHeight(self._column.totalHeightForWidth(width))
        self._sheet.move((self.width() - width) // 2, 3 * theme.GRID)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """What is below can still be seen."""
        shade = QColor(theme.BACKGROUND)
        shade.setAlphaF(_DIMMED)
        QPainter(self).fillRect(self.rect(), shade)

    @property
    def problem(self) -> str:
        """What is said about the code."""
        return self._problem.text()

    def _start(self) -> None:
        rehearsal = self._rehearsal
        rehearsal.run_along(along_by_hand(rehearsal.now_ns(), rehearsal.seconds))
        self.leave()

    def _join(self) -> None:
        """In step with the code, or what is wrong with it; what was written stays."""
        now_ns, wall_ns = self._rehearsal.now_ns(), self._rehearsal.wall_ns()
        try:
            told, seconds = self._decode(self.field.text(), wall_ns)
        except Problem as problem:
            self._say(self._texts.problem(problem))
            self.join.flash()
            self.field.setFocus()
            self.field.selectAll()
            return
        self._rehearsal.run_along(along_by_code(told, seconds, now_ns, wall_ns))
        self.leave()

    def _decode(self, written: str, wall_ns: int) -> tuple[RunAlong, int]:
        """What a code tells, and the seconds of a slide."""
        if not written.strip():
            raise Problem("code-missing", length=LENGTH)
        told = decode(written, wall_ns)
        seconds = seconds_along(written, told, self._rehearsal.seconds)
        now = position(told.start_wall_ns, wall_ns, Format(len(self._rehearsal.slides), seconds))
        if isinstance(now, Over):
            raise Problem("code-over", given=written.strip(), time=minutes(now.since_ns / NS))
        return told, seconds

    def _is_code(self, copied: str) -> bool:
        try:
            self._decode(copied[:_MOST_TYPED], self._rehearsal.wall_ns())
        except Problem:
            return False
        return True

    def _say(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        self.field.setAccessibleDescription(words)
        if self.isVisible():
            self.fit()

    def _build(self) -> None:
        self._column = column = QVBoxLayout(self._sheet)
        column.setContentsMargins(3 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID, 2 * theme.GRID)
        column.setSpacing(2 * theme.GRID)
        heading = label(pixels=theme.TITLE, bold=True)
        heading.setText(self._texts("rehearsal.along-heading"))
        column.addWidget(heading)
        column.addWidget(self._sentence("rehearsal.along-what"))
        column.addWidget(rule())
        column.addWidget(self._sentence("rehearsal.along-code"))
        entry = QHBoxLayout()
        entry.setSpacing(2 * theme.GRID)
        entry.addWidget(self.field)
        entry.addWidget(self.join)
        entry.addStretch(1)
        column.addLayout(entry)
        column.addWidget(self._problem)
        column.addWidget(rule())
        column.addWidget(self._sentence("rehearsal.along-hand"))
        foot = QGridLayout()
        foot.setColumnStretch(1, 1)
        foot.addWidget(self.start, 0, 0)
        foot.addWidget(self._back, 0, 2)
        column.addLayout(foot)

    def _sentence(self, code: str) -> QWidget:
        words = label("quiet", wraps=True)
        words.setText(self._texts(code))
        return words


def _button(key: str, words: str, tone: str) -> CommandButton:
    button = CommandButton(key, tone)
    button.setText(words)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
