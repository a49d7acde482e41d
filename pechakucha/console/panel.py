# SPDX-License-Identifier: AGPL-3.0-or-later
"""A panel over a part of the console: opened to look something up, closed again by the same key or Esc.

It is no window of its own, so that every key is still the console's.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, label, let_go, rule, scrolling
from pechakucha.ui.key_hint import KeyHint

_WIDTH = 368
"""Logical pixels, where there is room for them: it covers what comes next, not what is on stage."""

_SCROLL_BAR, _RULE, _EDGES = 8, 1, 2


class Panel(QFrame):
    """A heading with the way out, and what a subclass puts below it.

    Signals:
        close_asked(): the way out was clicked.
    """

    close_asked = Signal()

    def __init__(self, parent: QWidget, name: str, leave: str) -> None:
        """``name`` is its heading, ``leave`` are the words of the way out."""
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAccessibleName(name)
        self.setAutoFillBackground(True)
        heading = label(pixels=theme.LARGE, bold=True)
        heading.setText(name)
        way_out = KeyHint("Esc")
        way_out.setText(leave)
        way_out.clicked.connect(lambda _checked=False: self.close_asked.emit())
        self._head = QHBoxLayout()
        self._head.addWidget(heading, 1)
        self._head.addWidget(way_out)
        self._inside = QWidget()
        self.rows = QVBoxLayout(self._inside)
        self.rows.setContentsMargins(2 * theme.GRID, 2 * theme.GRID, 2 * theme.GRID, 2 * theme.GRID)
        self.rows.setSpacing(theme.GRID)
        self._head.setContentsMargins(2 * theme.GRID, theme.GRID, theme.GRID, theme.GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(rule())
        column.addWidget(scrolling(self._inside), 1)
        self.hide()

    def place(self, room: QRect, *, narrow: bool) -> None:
        """Stand at the upper right of this part of the parent, no higher than what there is to read; in the
        narrow form as wide as it.
        """
        width = room.width() if narrow else min(_WIDTH, room.width())
        place = QRect(room.right() + 1 - width, room.top(), width, min(room.height(), self.needs(width)))
        if place != self.geometry():
            self.setGeometry(place)

    def needs(self, width: int) -> int:
        """How high it is, logical pixels, where everything is to be seen at this width."""
        inner = self.rows.totalHeightForWidth(width - _EDGES - _SCROLL_BAR)
        inner = max(inner, self.rows.totalMinimumSize().height())
        return self._head.sizeHint().height() + _RULE + inner + _EDGES

    def close_panel(self) -> None:
        """Go, and keep nothing under Enter."""
        for button in self.findChildren(CommandButton):
            let_go(button)
        self.hide()

    def add(self, widget: QWidget) -> None:
        """One more row; shown now, since a row that Qt shows later has no height yet."""
        self.rows.addWidget(widget)
        widget.show()

    def clear(self) -> None:
        """Take everything away that is below the heading."""
        while (item := self.rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is None:
                continue
            for button in (widget, *widget.findChildren(CommandButton)):
                if isinstance(button, CommandButton):
                    let_go(button)
            widget.hide()
            widget.deleteLater()
