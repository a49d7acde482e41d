# SPDX-License-Identifier: AGPL-3.0-or-later
"""How stage and machine are: a line that is silent while all is well, and everything sorted by its grade."""

from __future__ import annotations

from collections.abc import Container, Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pechakucha.console.panel import Panel
from pechakucha.console.status_wording import advice, told
from pechakucha.show.status import Grade, Remark, What
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import label, let_go
from pechakucha.ui.key_hint import KeyHint

STATUS_KEY = Qt.Key.Key_I

_SHADES = {Grade.STOPS: theme.DANGER, Grade.LOOK: theme.ATTENTION, Grade.KNOW: theme.QUIET}
_MARK = 24
"""Logical pixels that a grade's shape takes."""

_MARGIN = theme.GRID
_WHERE = (What.STAGE_AT, What.STAGE_STARTING)
"""What is said while nothing calls."""


class StatusLine(KeyHint):
    """Where the stage is, quietly; in trouble the gravest remark, and how many more there are."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(STATUS_KEY.name.removeprefix("Key_"))
        self._texts = texts
        self._narrow = False
        self._grade = Grade.KNOW
        self._shown: tuple[bool, str, str, Grade] | None = None
        self.hide()

    @property
    def grade(self) -> Grade:
        """How grave what it says is."""
        return self._grade

    def set_narrow(self, *, narrow: bool) -> None:
        """In the narrow form it is a shape and a number, and nothing while all is well."""
        self._narrow = narrow

    def show_remarks(self, remarks: Sequence[Remark], looked_at: Container[What]) -> None:
        """Bring it up to date; what has been looked at in the panel calls nobody any more."""
        troubles = [each for each in remarks if each.grade is not Grade.KNOW]
        calls = [each for each in troubles if each.what not in looked_at]
        known = next((each for each in remarks if each.what in _WHERE), None)
        first = calls[0] if calls else known
        said = first is not None and (not self._narrow or bool(calls))
        words = told(first, self._texts) if first else ""
        more = len(calls) - 1 if calls else len(troubles)
        short = f"{words}  +{more}" if more > 0 else words
        whole = f"{words} {self._texts('status.more', count=more)}" if more > 0 else words
        text = str(len(calls)) if self._narrow else short
        shown = (said, text, whole, first.grade if first else Grade.KNOW)
        if shown != self._shown:
            self._shown = shown
            self._show(*shown)

    def _show(self, said: bool, text: str, whole: str, grade: Grade) -> None:
        """Only where something is another: twenty times a second would be many layouts."""
        self._grade = grade
        self.setText(text)
        self.setToolTip(self._texts("status.tip", words=whole))
        self.setAccessibleName(f"{self._texts('status.name')}: {whole}")
        if not said:
            let_go(self)
        self.setVisible(said)
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Its end gives way to an ellipsis."""
        hint = self.sizeHint()
        return hint if self._narrow else QSize(min(hint.width(), 15 * theme.GRID), hint.height())

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Key, shape, words."""
        hint = super().sizeHint()
        return QSize(hint.width() + (_MARK if self._grade is not Grade.KNOW else 0), hint.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The key in its frame, the grade's shape, as many of the words as there is room for."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = self._shade_now()
        if self.hasFocus():
            painter.setPen(theme.NEXT)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 6, 6)
        left = _MARGIN + self._key_width() - 4
        if self._grade is not Grade.KNOW:
            paint_grade(painter, QPointF(left + 8, self.height() / 2), self._grade)
            left += _MARK
        painter.setPen(shade)
        painter.setFont(self._face)
        place = self.rect().adjusted(left, 0, -2, 0)
        end = Qt.TextElideMode.ElideRight
        words = QFontMetrics(self._face).elidedText(self.text(), end, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        self._paint_key(painter, _MARGIN, QColor(theme.QUIET))

    def _shade_now(self) -> QColor:
        if self.property("flash") == "true" or self._grade is Grade.KNOW:
            return super()._shade_now()
        return QColor(_SHADES[self._grade])


class StatusPanel(Panel):
    """Every remark in its section, each with what to do about it."""

    def __init__(self, parent: QWidget, texts: Texts) -> None:
        super().__init__(parent, texts("status.name"), texts("status.close"))
        self._texts = texts
        self._remarks: tuple[Remark, ...] | None = None

    def show_remarks(self, remarks: tuple[Remark, ...]) -> None:
        """Show these."""
        if remarks == self._remarks:
            return
        self._remarks = remarks
        self.clear()
        if all(each.grade is Grade.KNOW for each in remarks):
            well = label(pixels=theme.BODY, bold=True)
            well.setText(self._texts("status.all-well"))
            self.add(well)
        for grade in Grade:
            found = [each for each in remarks if each.grade is grade]
            if found:
                self._add_section(grade, found)
        self.rows.addStretch(1)

    def _add_section(self, grade: Grade, remarks: Sequence[Remark]) -> None:
        if self.rows.count():
            self.rows.addSpacing(theme.GRID)
        heading = label("heading")
        heading.setText(self._texts(f"status.grade-{grade}").upper())
        self.add(heading)
        for remark in remarks:
            self.add(_row(remark, self._texts))


def _row(remark: Remark, texts: Texts) -> QWidget:
    """What is so, and below it what to do."""
    row = QWidget()
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme.GRID)
    line.addWidget(GradeMark(remark.grade), 0, Qt.AlignmentFlag.AlignTop)
    words = QVBoxLayout()
    words.setSpacing(0)
    known = remark.grade is Grade.KNOW
    title = label("quiet" if known else "", bold=not known, wraps=True)
    title.setText(told(remark, texts))
    words.addWidget(title)
    if to_do := advice(remark, texts):
        what = label("quiet", wraps=True)
        what.setText(to_do)
        words.addWidget(what)
    line.addLayout(words, 1)
    return row


class GradeMark(QWidget):
    """The shape of a grade."""

    def __init__(self, grade: Grade) -> None:
        super().__init__()
        self._grade = grade
        self.setFixedSize(_MARK, _MARK)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """In the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_grade(painter, QPointF(_MARK / 2 - 2, _MARK / 2), self._grade)


def paint_grade(painter: QPainter, middle: QPointF, grade: Grade) -> None:
    """A disc with a bar for what stops the show, a triangle for what is to be looked at, else a dot."""
    x, y = middle.x(), middle.y()
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_SHADES[grade])
    if grade is Grade.STOPS:
        painter.drawEllipse(middle, 8, 8)
        painter.setBrush(theme.BACKGROUND)
        painter.drawRoundedRect(QRectF(x - 5, y - 1.5, 10, 3), 1, 1)
    elif grade is Grade.LOOK:
        painter.drawPolygon(QPolygonF([QPointF(x, y - 7), QPointF(x + 8, y + 6), QPointF(x - 8, y + 6)]))
        painter.setBrush(theme.BACKGROUND)
        painter.drawRoundedRect(QRectF(x - 1, y - 3, 2, 5), 1, 1)
        painter.drawEllipse(QPointF(x, y + 4), 1, 1)
    else:
        painter.drawEllipse(middle, 3, 3)
    painter.restore()
