# SPDX-License-Identifier: AGPL-3.0-or-later
"""The middle of the console: what is on stage, and one number to read from two metres."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pechakucha.console.wording import Centre, centre
from pechakucha.show.run import Run
from pechakucha.show.scene import OnSlide, State
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.cards import card
from pechakucha.ui.controls import ElidedLabel, label, set_tone
from pechakucha.ui.pictures import Pictures
from pechakucha.ui.slide_view import SlideView
from pechakucha.ui.talk_bar import TalkBar

_SMALLEST_FIGURE, _BIGGEST_FIGURE = 96, 264
_LEAST_FIGURES = 128
_NARROW = 560
"""Logical pixels of width below which place and rest do not fit side by side."""

_FIGURES_SHARE = 0.26


class OnStageView(QWidget):
    """Badge, name, the stage's picture, the talk's bars and the figures."""

    def __init__(self, pictures: Pictures, texts: Texts) -> None:
        super().__init__()
        self._pictures, self._texts = pictures, texts
        self._badge = label("badge")
        self._badge.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._city = ElidedLabel(pixels=theme.TITLE, bold=True)
        self._title = ElidedLabel(pixels=theme.LARGE, role="quiet")
        self._slide = SlideView()
        self._bar = TalkBar()
        self.figures = FiguresView()
        head = QHBoxLayout()
        head.setSpacing(2 * theme.GRID)
        head.addWidget(self._badge)
        head.addWidget(self._city)
        head.addWidget(self._title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GRID)
        column.addLayout(head)
        column.addWidget(self._slide)
        column.addWidget(self._bar)
        column.addWidget(self.figures, 1)
        pictures.loaded.connect(self._slide.update)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The slide takes the width, as long as that leaves the figures their height."""
        super().resizeEvent(event)
        figures = max(_LEAST_FIGURES, round(self.height() * _FIGURES_SHARE))
        room = self.height() - self._badge.sizeHint().height() - self._bar.height() - 6 * theme.GRID
        self._slide.setFixedHeight(max(90, min(self.width() * 9 // 16, room - figures)))

    def show_state(self, run: Run, state: State, now_ns: int) -> None:
        """Bring everything up to date."""
        words = centre(run, state, now_ns, self._texts)
        self._badge.setText(words.badge)
        set_tone(self._badge, words.tone)
        self._city.setText(words.city)
        self._title.setText(words.title)
        self._show_slide(run, state, now_ns)
        self.figures.show_words(words, attention=state.held_ns is not None)
        done = 0.0
        if isinstance(state.scene, OnSlide):
            at_ns = now_ns if state.held_ns is None else state.held_ns
            span_ns = run.snapshot.span_ns(run.snapshot.format.seconds)
            left = (state.scene.until_ns - at_ns) / span_ns
            done = state.scene.index + min(1.0, max(0.0, 1 - left))
        self._bar.show_progress(run.snapshot.format.slides, done)

    def _show_slide(self, run: Run, state: State, now_ns: int) -> None:
        scene = state.scene
        if isinstance(scene, OnSlide) and state.message is None:
            turn = run.turn(scene.talk)
            name = turn.talk.slides[scene.index].picture if turn else None
            picture = self._pictures.get(name, self._slide.pixels())
            if picture is not None or name is not None:
                self._slide.show_picture(picture, dimmed=state.black)
                return
        if state.black:
            self._slide.show_picture(None)
            return
        self._slide.show_card(card(run, state, self._texts), now_ns - now_ns % (NS // 5))


class FiguresView(QWidget):
    """The big figure with its unit, where the talk is, and how long it goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(112)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._words = Centre("", "", "", "", "", "", "", "", "", "")
        self._attention = False
        self._face = theme.font(_SMALLEST_FIGURE, theme.BOLD)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As high as the middle of the type sizes."""
        return QSize(320, 176)

    def show_words(self, words: Centre, *, attention: bool = False) -> None:
        """Show other figures, in the attention colour while time stands still."""
        if (words, attention) != (self._words, self._attention):
            self._words, self._attention = words, attention
            self.setAccessibleName(
                " ".join(p for p in (words.figure, words.unit, words.place, words.of) if p)
            )
            self.update()

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The figure is as big as the room allows."""
        pixels = min(self.height() * 1.1, self.width() * 0.3)
        self._face = theme.font(min(_BIGGEST_FIGURE, max(_SMALLEST_FIGURE, pixels)), theme.BOLD)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The figure on the left, everything else on its baseline."""
        painter = QPainter(self)
        metrics = QFontMetrics(self._face)
        baseline = metrics.capHeight() + 8
        words = self._words
        painter.setFont(self._face)
        painter.setPen(theme.ATTENTION if self._attention else theme.TEXT)
        painter.drawText(-metrics.leftBearing(words.figure[:1] or "0"), baseline, words.figure)
        # Room for two figures, so that the words beside them do not move at "9".
        room = metrics.horizontalAdvance("00" if len(words.figure) <= 2 else words.figure)
        left = room + 24 if words.figure else 0
        if self.width() < _NARROW:
            self._paint_beside(painter, left, baseline, words)
        else:
            self._paint_place(painter, left, baseline, words)
            self._paint_rest(painter, baseline, words)

    def _paint_place(self, painter: QPainter, left: int, baseline: int, words: Centre) -> None:
        _say(painter, left, baseline - (40 if words.place else 0), (words.unit, theme.LARGE, False))
        after = _say(painter, left, baseline, (words.place + " ", 32, True))
        _say(painter, after, baseline, (words.of, 32, False))

    def _paint_rest(self, painter: QPainter, baseline: int, words: Centre) -> None:
        face = theme.font(56, theme.BOLD)
        width = QFontMetrics(face).horizontalAdvance(words.rest)
        _say(painter, self.width() - width, baseline, (words.rest, 56, True))
        painter.setFont(theme.font(theme.LARGE))
        painter.setPen(theme.QUIET)
        top = baseline - QFontMetrics(face).capHeight() - 40
        painter.drawText(0, top, self.width(), 28, Qt.AlignmentFlag.AlignRight, words.rest_label)

    def _paint_beside(self, painter: QPainter, left: int, baseline: int, words: Centre) -> None:
        """The narrow form: place and rest below each other."""
        if not words.place:
            place = QRect(left, 0, self.width() - left, baseline + 6)
            painter.setFont(theme.font(theme.BODY))
            painter.setPen(theme.QUIET)
            flags = Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap
            painter.drawText(place, int(flags), words.unit)
            return
        after = _say(painter, left, baseline - 44, (words.place + " ", theme.TITLE, True))
        _say(painter, after, baseline - 44, (words.of, theme.TITLE, False))
        after = _say(painter, left, baseline, (words.rest_label + "  ", theme.BODY, False))
        _say(painter, after, baseline, (words.rest, 32, True))


def _say(painter: QPainter, left: int, baseline: int, said: tuple[str, int, bool]) -> int:
    """Write words of a size, strong or quiet; returns where they end."""
    words, pixels, strong = said
    face = theme.font(pixels, theme.BOLD if strong else theme.NORMAL)
    painter.setFont(face)
    painter.setPen(theme.TEXT if strong else theme.QUIET)
    painter.drawText(left, baseline, words)
    return left + QFontMetrics(face).horizontalAdvance(words)
