# SPDX-License-Identifier: AGPL-3.0-or-later
"""One slide as two renderers draw it: what goes on stage on the left, the other on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pechakucha.console.deck_wording import drawn_by
from pechakucha.console.loaded_slide import LoadedSlide, crisp_size
from pechakucha.decks.library import Imported
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.cards import Card
from pechakucha.ui.controls import CommandButton, ElidedLabel, label
from pechakucha.ui.pictures import Pictures


class SideBySide(QWidget):
    """Both pictures of a slide, each with what drew it.

    Signals:
        taken(): the other one is to go on stage.
    """

    taken = Signal()

    def __init__(self, pictures: Pictures, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.ours, self.other = LoadedSlide(pictures), LoadedSlide(pictures)
        self._our_renderer, self._other_renderer = ElidedLabel(bold=True), ElidedLabel(bold=True)
        badge = label("badge")
        badge.setProperty("tone", "live")
        badge.setText(texts("decks.goes-on-stage"))
        self.take = CommandButton("T")
        self.take.setProperty("form", "small")
        self.take.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.take.setText(texts("decks.take-this"))
        self.take.clicked.connect(lambda _checked=False: self.taken.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * theme.GRID)
        for name, beside, slide in (
            (self._our_renderer, badge, self.ours),
            (self._other_renderer, self.take, self.other),
        ):
            head = QHBoxLayout()
            head.setSpacing(theme.GRID)
            head.addStrut(self.take.sizeHint().height())
            head.addWidget(name, 1)
            head.addWidget(beside, 0, Qt.AlignmentFlag.AlignVCenter)
            column = QVBoxLayout()
            column.setSpacing(theme.GRID)
            column.addLayout(head)
            column.addWidget(slide)
            column.addStretch(1)
            row.addLayout(column)
        row.addStretch(1)

    def fit(self, width: int, height: int) -> None:
        """Make both slides as large as this room (logical pixels) allows."""
        beside = (width - 2 * theme.GRID) // 2 * 9 // 16
        below = height - self.take.sizeHint().height() - theme.GRID
        size = crisp_size(min(beside, below))
        for slide in (self.ours, self.other):
            slide.setFixedSize(size)

    def show_slide(self, number: int, ours: Imported, other: Imported, card: Card) -> None:
        """Show the slide with this number in the file as both have drawn it."""
        for imported, slide, name in (
            (ours, self.ours, self._our_renderer),
            (other, self.other, self._other_renderer),
        ):
            words = drawn_by(imported.deck, self._texts)
            name.setText(words[:1].upper() + words[1:])
            name.setToolTip(words)
            slide.show_slide(imported, number, card)
            slide.setAccessibleName(words)
