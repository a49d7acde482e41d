# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the presenter sees: the slide, the next one, the notes and the seconds, to read from three metres."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from pechakucha.console.line_band import LineBand
from pechakucha.console.next_up import NextUp
from pechakucha.console.next_view import following_of, show_following
from pechakucha.console.on_stage_view import OnStageView
from pechakucha.show.run import Run
from pechakucha.show.scene import State
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import label
from pechakucha.ui.notes_view import NotesView
from pechakucha.ui.pictures import Pictures
from pechakucha.ui.slide_view import SlideView

_DRAWN_FOR = (1920, 1080)
"""The window (logical pixels) in which type is ``_ENLARGED`` times as large as in the console."""

_SMALLEST = QSize(640, 360)
_ENLARGED = 1.75
_NOTES = 52
"""The notes' type there, where they are short enough."""

_NEXT_SHARE = 0.3
"""Of the height, for the next slide."""

_HINT_SECONDS = 3
"""So long before a slide ends the figure hints at the next one."""


class PresenterView(QWidget):
    """The stage and its figures on the left, what comes next and what to say on the right; below both what
    the moderator has to say.
    """

    def __init__(self, pictures: Pictures, texts: Texts) -> None:
        super().__init__()
        self._pictures, self._texts = pictures, texts
        self._dry = label("badge")
        self._dry.setProperty("tone", "attention")
        self._dry.setProperty("form", "large")
        self._on_stage = OnStageView(pictures, texts)
        self._on_stage.hint_at_end(_HINT_SECONDS)
        self._slide = SlideView()
        self._next_up = NextUp(texts)
        self._notes = NotesView()
        self._line = LineBand()
        self._next_heading, self._notes_heading = label("heading"), label("heading")
        self._dry.setText(texts("stage.dry-run"))
        for heading in (self._next_heading, self._notes_heading):
            heading.setProperty("form", "large")
        self._next_heading.setText(texts("console.next-slide").upper())
        self._notes_heading.setText(texts("console.notes").upper())
        right = QVBoxLayout()
        right.setSpacing(theme.GRID)
        head = QHBoxLayout()
        head.addWidget(self._next_heading, 1)
        head.addWidget(self._dry)
        right.addLayout(head)
        right.addWidget(self._next_up)
        right.addWidget(self._slide)
        right.addSpacing(2 * theme.GRID)
        right.addWidget(self._notes_heading)
        right.addWidget(self._notes, 1)
        self._row = QHBoxLayout()
        self._row.addWidget(self._on_stage, 11)
        self._row.addLayout(right, 9)
        self._column = QVBoxLayout(self)
        self._column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._column.addLayout(self._row, 1)
        self._column.addWidget(self._line)
        pictures.loaded.connect(self._slide.update)

    def hasHeightForWidth(self) -> bool:  # noqa: N802  # Qt's name
        """It takes the room that there is."""
        return False

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Smaller it could not be read; what is in it becomes smaller with it."""
        return _SMALLEST

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The larger the window, the larger everything in it."""
        super().resizeEvent(event)
        share = min(self.width() / _DRAWN_FOR[0], self.height() / _DRAWN_FOR[1])
        margin = round(5 * theme.GRID * share)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(margin)
        self._row.setSpacing(margin)
        self._on_stage.enlarge(_ENLARGED * share)
        self._next_up.enlarge(_ENLARGED * share)
        self._notes.set_biggest(round(_NOTES * share))
        self._line.enlarge(share)
        height = round(self.height() * _NEXT_SHARE)
        self._slide.setFixedSize(height * 16 // 9, height)

    def show_state(self, run: Run, state: State, now_ns: int) -> None:
        """Bring everything up to date."""
        self._dry.setVisible(run.snapshot.is_dry_run)
        self._on_stage.show_state(run, state, now_ns)
        self._next_up.show_state(run, state, now_ns)
        following = following_of(run, state, now_ns, self._texts, announced=False)
        show_following(self._slide, following, run, self._pictures, now_ns)
        something = following.card is not None or following.picture is not None
        for part in (self._next_heading, self._slide):
            part.setVisible(something)
        self._notes.show_notes(following.notes)
        self._notes_heading.setVisible(bool(following.notes))

    def show_line(self, words: str) -> None:
        """What the moderator says, "" for nothing."""
        self._line.show_words(words)
