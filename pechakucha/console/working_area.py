# SPDX-License-Identifier: AGPL-3.0-or-later
"""The room between top and bottom: what is on stage and what comes next, in the form that fits."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from pechakucha.console.next_view import NextView
from pechakucha.console.on_stage_view import OnStageView
from pechakucha.ui import theme

_NEXT_WIDTH = 320
_UNBOUNDED = 16_777_215
"""Qt's QWIDGETSIZE_MAX."""

_BARE, _WITH_SLIDE = 200, 344
"""Logical pixels that the stage's part is high in the narrow form."""

_LEAST_NOTES, _LEAST_AFTER, _NOTES_BESIDE_SLIDE = 56, 152, 168
"""Logical pixels of height: for notes at all, for the city after them, for notes below a slide."""


class WorkingArea(QWidget):
    """Side by side; in the narrow form below each other, where the slide is the first to give way.

    It never asks for more height than there is: the commands below it must stay whole.
    """

    def __init__(self, on_stage: OnStageView, following: NextView) -> None:
        super().__init__()
        self._on_stage, self._following = on_stage, following
        self._narrow = False
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.addWidget(on_stage, 1)
        self._row.addWidget(following)
        self.set_narrow(narrow=False)

    def hasHeightForWidth(self) -> bool:  # noqa: N802  # Qt's name
        """It takes the height that is left."""
        return False

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As little as the narrow form can do with."""
        return QSize(_NEXT_WIDTH, _BARE)

    def set_narrow(self, *, narrow: bool) -> None:
        """Choose the form."""
        self._narrow = narrow
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if narrow else across)
        self._row.setSpacing((2 if narrow else 4) * theme.GRID)
        self._row.setStretch(1, int(narrow))
        margin = (2 if narrow else 3) * theme.GRID
        self._row.setContentsMargins(margin, margin, margin, 2 * theme.GRID)
        self._following.setMinimumWidth(0 if narrow else _NEXT_WIDTH)
        self._following.setMaximumWidth(_UNBOUNDED if narrow else _NEXT_WIDTH)
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """Share the height anew."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        if not self._narrow:
            self._on_stage.set_narrow(None, with_slide=True)
            self._following.set_narrow(narrow=False, with_after=True)
            self._following.show()
            return
        room = self.height() - 6 * theme.GRID
        with_slide = room >= _WITH_SLIDE + _NOTES_BESIDE_SLIDE
        height = _WITH_SLIDE if with_slide else _BARE
        with_notes = room - height >= _LEAST_NOTES
        self._on_stage.set_narrow(height if with_notes else max(_BARE, room), with_slide=with_slide)
        self._following.set_narrow(narrow=True, with_after=room - height >= _LEAST_AFTER)
        self._following.setVisible(with_notes)
