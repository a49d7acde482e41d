# SPDX-License-Identifier: AGPL-3.0-or-later
"""The preview itself: the slide, the seconds left, what comes next, the notes."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pechakucha.rehearsal.action_row import ActionRow
from pechakucha.rehearsal.coming_view import ComingView
from pechakucha.rehearsal.place_view import PlaceView
from pechakucha.rehearsal.practising import Practising
from pechakucha.rehearsal.rehearsal import Mode, Phase, Rehearsal
from pechakucha.rehearsal.wording import View, card_of, end_card, slide_card, view_of
from pechakucha.show.scene import State
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.cards import Card
from pechakucha.ui.controls import keep_place, label
from pechakucha.ui.pictures import Pictures
from pechakucha.ui.ring import Ring
from pechakucha.ui.slide_view import SlideView
from pechakucha.ui.talk_bar import TalkBar

_SLIDE_SHARE = 0.66
"""Of the width, for the slide."""

_LEAST_LEFT = 480
"""Logical pixels for the words below the slide, however small that is."""

_LOW = 500
"""Logical pixels of height, within the margins: below it the words are kept together."""

_PICTURES_AHEAD = 2
_SETTLED_MS = 150
"""While the window is being resized the pictures there are are stretched; then better ones come."""

_SHADES = {"count-in": theme.NEXT, "close": theme.ATTENTION, "held": theme.ATTENTION}
"""The ring's colour by the view's tone; the figure in it and the line beside it say the same."""


class RehearsalPage(QWidget):
    """Slide on the left, everything about the time and the words on the right."""

    def __init__(self, rehearsal: Rehearsal, practising: Practising, folder: Path, texts: Texts) -> None:
        """``folder`` is where the slides' pictures are."""
        super().__init__()
        self._rehearsal, self._practising, self._texts = rehearsal, practising, texts
        self.pictures = Pictures(folder, self)
        self.pictures.loaded.connect(self.refresh)
        self.slide, self.next_slide = SlideView(), SlideView()
        self.ring, self.place, self.notes = Ring(), PlaceView(), practising.pane.notes
        self.coming = ComingView(texts)
        self.action_row = ActionRow(texts)
        self._bar = TalkBar()
        self._next_heading = label("heading")
        self._next_heading.setText(texts("console.next-slide").upper())
        self._cards: dict[SlideView, tuple[Card, int]] = {}
        self._sizes: dict[SlideView, QSize] = {}
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._take_sizes)
        self._build()

    def refresh(self) -> None:
        """Bring everything up to date with the clock."""
        rehearsal = self._rehearsal
        now_ns, state = rehearsal.now_ns(), rehearsal.state()
        view = view_of(rehearsal, state, now_ns, self._texts)
        if rehearsal.phase(state) is Phase.OVER:
            self.ring.show_done()
        else:
            self.ring.show_left(view.figure, view.share, _SHADES.get(view.tone, theme.LIVE))
        self.ring.setAccessibleName(f"{view.figure} {view.place} {view.of} {view.line}".strip())
        self.place.show_place(view.place, view.of, view.line, attention=view.tone == "held")
        self._bar.show_progress(len(rehearsal.slides), view.done, since=rehearsal.first)
        self._show_slide(rehearsal, state, now_ns, view)
        self._show_next(rehearsal, state, now_ns, view)
        self._practising.show_notes(state, rehearsal.phase(state))
        self.coming.setVisible(rehearsal.phase(state) is not Phase.OVER)
        self.coming.show_coming(view.coming)

    def close_pictures(self) -> None:
        """Read no more, and ask for nothing either."""
        self.pictures.loaded.disconnect(self.refresh)
        self._settled.stop()
        self.pictures.close()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The slide is as big as width and height allow; type and ring follow."""
        super().resizeEvent(event)
        room = self._body.contentsMargins()
        width = self.width() - room.left() - room.right() - self._body.spacing()
        height = self.height() - room.top() - room.bottom()
        below = self.action_row.height() + self._bar.sizeHint().height() + 2 * self._left.spacing()
        slide = round(min(width * _SLIDE_SHARE, (height - below) * 16 / 9))
        self.slide.setFixedSize(slide, slide * 9 // 16)
        left = max(slide, min(_LEAST_LEFT, width // 2))
        self._left_side.setFixedWidth(left)
        beside = width - left
        ring = round(min(288, beside * 0.42, height * 0.32))
        self.ring.setFixedSize(ring, ring)
        thumb = min(beside - ring - self._head.spacing(), round((height * 0.24) * 16 / 9))
        self.next_slide.setFixedSize(thumb, thumb * 9 // 16)
        self.place.set_size(round(max(24, min(44, beside * 0.066))))
        self.notes.set_biggest(2 * round(max(20, min(40, self.window().height() / 30)) / 2))
        self.coming.set_low(height < _LOW)
        self.column.activate()
        if self._sizes:
            self._settled.start()
        else:
            self._take_sizes()

    def _take_sizes(self) -> None:
        """From now on pictures are asked for at these sizes (physical pixels)."""
        self._sizes = {view: view.pixels() for view in (self.slide, self.next_slide)}
        self.refresh()

    def _show_slide(self, rehearsal: Rehearsal, state: State, now_ns: int, view: View) -> None:
        if rehearsal.phase(state) in {Phase.ON_SLIDE, Phase.READY}:
            self._show(self.slide, view.index, now_ns, dimmed=view.dimmed)
        else:
            self._show_card(self.slide, card_of(rehearsal, state, self._texts), now_ns)
        for index in range(view.index, view.index + 1 + _PICTURES_AHEAD):
            for place in (self.slide, self.next_slide):
                self._picture(place, index)

    def _show_next(self, rehearsal: Rehearsal, state: State, now_ns: int, view: View) -> None:
        """Nothing where the talk is over, or the next slide is the same again."""
        phase = rehearsal.phase(state)
        comes = phase is not Phase.OVER and rehearsal.mode is not Mode.DRILL
        for widget in (self.next_slide, self._next_heading):
            keep_place(widget, kept=phase is not Phase.OVER)
            widget.setVisible(comes)
        following = view.index if phase is Phase.COUNT_IN else view.index + 1
        if following < len(rehearsal.slides):
            self._show(self.next_slide, following, now_ns)
        elif comes:
            self._show_card(self.next_slide, end_card(rehearsal, self._texts), now_ns)

    def _show(self, place: SlideView, index: int, now_ns: int, *, dimmed: bool = False) -> None:
        """A slide, or the card where it has no picture; what was shown stays until it is read."""
        name, size = self._rehearsal.slides[index].picture, self._sizes.get(place)
        picture = self._picture(place, index)
        if picture is not None:
            self._cards.pop(place, None)
            place.show_picture(picture, dimmed=dimmed)
        elif name is None or (size is not None and self.pictures.is_broken(name, size)):
            self._show_card(place, slide_card(self._rehearsal, self._texts), now_ns)

    def _show_card(self, place: SlideView, card: Card, now_ns: int) -> None:
        shown = (card, now_ns - now_ns % (NS // 5))
        if self._cards.get(place) != shown:
            self._cards[place] = shown
            place.show_card(*shown)

    def _picture(self, place: SlideView, index: int) -> QPixmap | None:
        """A slide's picture at the size of a view, asked for if it is not there."""
        slides, size = self._rehearsal.slides, self._sizes.get(place)
        if size is None or not 0 <= index < len(slides):
            return None
        return self.pictures.get(slides[index].picture, size)

    def _build(self) -> None:
        self._left_side = QWidget()
        self._left = QVBoxLayout(self._left_side)
        self._left.setContentsMargins(0, 0, 0, 0)
        self._left.setSpacing(2 * theme.GRID)
        for widget in (self.slide, self._bar, self.action_row):
            self._left.addWidget(widget)
        self._left.addStretch(1)
        beside = QVBoxLayout()
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(theme.GRID)
        beside.addWidget(self.place)
        beside.addStretch(1)
        beside.addWidget(self._next_heading)
        beside.addWidget(self.next_slide)
        self._head = QHBoxLayout()
        self._head.setSpacing(3 * theme.GRID)
        self._head.addWidget(self.ring, 0, Qt.AlignmentFlag.AlignTop)
        self._head.addLayout(beside, 1)
        right = QVBoxLayout()
        right.setSpacing(4 * theme.GRID)
        right.addLayout(self._head)
        right.addWidget(self._practising.pane, 1)
        right.addSpacing(-2 * theme.GRID)
        right.addWidget(self.coming)
        self._body = QHBoxLayout()
        self._body.setContentsMargins(3 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID)
        self._body.setSpacing(3 * theme.GRID)
        self._body.addWidget(self._left_side)
        self._body.addLayout(right, 1)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addLayout(self._body, 1)
