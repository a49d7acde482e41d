# SPDX-License-Identifier: AGPL-3.0-or-later
"""The middle of the console: what is on stage, and one number to read from two metres."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pechakucha.console.wording import Centre, centre, seconds_left, way_back
from pechakucha.show.run import Run, Turn
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

_LEAST_TITLE = 64
"""Logical pixels of width below which a talk's title would be an ellipsis, and is left out."""

_FIGURES_SHARE = 0.26
_UNBOUNDED = 16_777_215
"""Qt's QWIDGETSIZE_MAX."""


class OnStageView(QWidget):
    """Badge, name, the stage's picture, the talk's bars and the figures."""

    def __init__(
        self, pictures: Pictures, texts: Texts, beside: QWidget | None = None, *, with_keys: bool = False
    ) -> None:
        """
        Args:
            pictures: the run's.
            texts: in the moderator's language.
            beside: what stands at the end of the line with the name.
            with_keys: the keys that take away what covers the stage work here.
        """
        super().__init__()
        self._pictures, self._texts, self._with_keys = pictures, texts, with_keys
        self._hint_s = 0
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
        self._beside = beside
        if beside is not None:
            # As high without it: what is below stays where it is when it comes and goes.
            head.addStrut(beside.sizeHint().height())
            head.addWidget(beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * theme.GRID)
        column.addLayout(head)
        column.addWidget(self._slide)
        column.addWidget(self._bar)
        column.addWidget(self.figures, 1)
        pictures.loaded.connect(self._slide.update)

    def enlarge(self, factor: float) -> None:
        """Type so many times as large as in the console."""
        self._badge.setProperty("form", "large")
        self._badge.style().polish(self._badge)
        self._city.setFont(theme.font(theme.TITLE * factor, theme.BOLD))
        self._title.setFont(theme.font(theme.LARGE * factor))
        self.figures.enlarge(factor)

    def hint_at_end(self, seconds: int) -> None:
        """Let the figure hint at the next slide in the last seconds of each."""
        self._hint_s = seconds

    def set_narrow(self, height: int | None, *, with_slide: bool) -> None:
        """The narrow form has a height of its own, which may be too little for the slide; None: wide."""
        self._slide.setVisible(with_slide)
        self.setMinimumHeight(height or 0)
        self.setMaximumHeight(height or _UNBOUNDED)

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
        self._title.setVisible(self._room_for_title() >= _LEAST_TITLE)
        self._show_slide(run, state, now_ns)
        self._slide.show_caption(way_back(state, self._texts) if self._with_keys else "")
        self.figures.show_words(
            words, attention=state.held_ns is not None, soon=self._ends_soon(run, state, now_ns)
        )
        done = 0.0
        if isinstance(state.scene, OnSlide):
            at_ns = now_ns if state.held_ns is None else state.held_ns
            span_ns = run.snapshot.span_ns(run.snapshot.format.seconds)
            left = (state.scene.until_ns - at_ns) / span_ns
            done = state.scene.index + min(1.0, max(0.0, 1 - left))
        self._bar.show_progress(run.snapshot.format.slides, done)

    def _ends_soon(self, run: Run, state: State, now_ns: int) -> bool:
        if not isinstance(state.scene, OnSlide) or state.held_ns is not None:
            return False
        return seconds_left(run, state, now_ns, state.scene.until_ns) <= self._hint_s

    def _room_for_title(self) -> int:
        others: list[QWidget] = [self._badge, self._city]
        if self._beside is not None and not self._beside.isHidden():
            others.append(self._beside)
        return self.width() - sum(each.sizeHint().width() + 2 * theme.GRID for each in others)

    def _show_slide(self, run: Run, state: State, now_ns: int) -> None:
        scene = state.scene
        if isinstance(scene, OnSlide) and state.message is None:
            turn = run.turn(scene.talk)
            name = turn.talk.slides[scene.index].picture if turn else None
            picture = self._pictures.get(name, self._slide.pixels())
            self._fetch_next(turn, scene.index + 1)
            if picture is not None or name is not None:
                self._slide.show_picture(picture, dimmed=state.black)
                return
        if state.black or state.ended:
            self._slide.show_picture(None)
            return
        self._slide.show_card(card(run, state, Texts(run.snapshot.language)), now_ns - now_ns % (NS // 5))

    def _fetch_next(self, turn: Turn | None, index: int) -> None:
        """Ask for the next picture now, so that it is there when its time comes."""
        if turn is not None and index < len(turn.talk.slides):
            self._pictures.get(turn.talk.slides[index].picture, self._slide.pixels())


class FiguresView(QWidget):
    """The big figure with its unit, where the talk is, and how long it goes on."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(112)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._words = Centre("", "", "", "", "", "", "", "", "", "")
        self._attention, self._soon = False, False
        self._factor = 1.0
        self._face = theme.font(_SMALLEST_FIGURE, theme.BOLD)

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """As high as the middle of the type sizes."""
        return QSize(320, 176)

    def enlarge(self, factor: float) -> None:
        """Everything so many times as large."""
        if factor != self._factor:
            self._factor = factor
            self._choose_face()
            self.update()

    def show_words(self, words: Centre, *, attention: bool = False, soon: bool = False) -> None:
        """Show other figures: in the attention colour while time stands still, in the next one's where
        another slide comes ``soon``.
        """
        if (words, attention, soon) != (self._words, self._attention, self._soon):
            self._words, self._attention, self._soon = words, attention, soon
            self.setAccessibleName(
                " ".join(p for p in (words.figure, words.unit, words.place, words.of) if p)
            )
            self.update()

    def resizeEvent(self, _event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The figure is as big as the room allows."""
        self._choose_face()

    def _choose_face(self) -> None:
        pixels = min(self.height() * 1.1, self.width() * 0.3)
        smallest, biggest = _SMALLEST_FIGURE * self._factor, _BIGGEST_FIGURE * self._factor
        self._face = theme.font(min(biggest, max(smallest, pixels)), theme.BOLD)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The figure on the left, everything else on its baseline."""
        painter = QPainter(self)
        for each in self.written():
            painter.setFont(each.face)
            painter.setPen(each.shade)
            painter.drawText(each.at, each.words)

    def written(self) -> list[Written]:
        """What is to be read and where."""
        metrics = QFontMetrics(self._face)
        baseline = metrics.capHeight() + self._px(8)
        words = self._words
        shade = theme.ATTENTION if self._attention else theme.NEXT if self._soon else theme.TEXT
        # Room for two figures, and the last one always at its end: nothing moves at "9" or "19".
        room = metrics.horizontalAdvance("00" if len(words.figure) <= 2 else words.figure)
        start = room - metrics.horizontalAdvance(words.figure) - metrics.leftBearing("0")
        left = room + self._px(24) if words.figure else 0
        figure = Written(words.figure, self._face, shade, QPoint(start, baseline))
        if self.width() < self._px(_NARROW):
            return [figure, *self._beside(left, baseline, words)]
        return [figure, *self._place(left, baseline, words), *self._rest(baseline, words)]

    def _px(self, pixels: int) -> int:
        """So many logical pixels of the console's, enlarged."""
        return round(pixels * self._factor)

    def _place(self, left: int, baseline: int, words: Centre) -> list[Written]:
        above = baseline - (self._px(40) if words.place else 0)
        unit = _quiet(words.unit, self._px(theme.LARGE), QPoint(left, above))
        if not words.place and unit.end.x() > self.width():
            return self._wrapped(left, baseline, words.unit)
        place = _strong(words.place + " ", self._px(32), QPoint(left, baseline))
        return [unit, place, _quiet(words.of, self._px(32), place.end)]

    def _rest(self, baseline: int, words: Centre) -> list[Written]:
        rest = _strong(words.rest, self._px(56), QPoint(0, baseline))
        above = baseline - QFontMetrics(rest.face).capHeight() - self._px(18)
        label = _quiet(words.rest_label, self._px(theme.LARGE), QPoint(0, above))
        return [each.moved_to_right(self.width()) for each in (label, rest)]

    def _beside(self, left: int, baseline: int, words: Centre) -> list[Written]:
        """The narrow form: place and rest below each other."""
        if not words.place:
            return self._wrapped(left, baseline, words.unit)
        place = _strong(words.place + " ", self._px(theme.TITLE), QPoint(left, baseline - self._px(44)))
        label = _quiet(words.rest_label + "  ", self._px(theme.BODY), QPoint(left, baseline))
        return [
            place,
            _quiet(words.of, self._px(theme.TITLE), place.end),
            label,
            _strong(words.rest, self._px(32), label.end),
        ]

    def _wrapped(self, left: int, baseline: int, words: str) -> list[Written]:
        """As many lines as it takes, the last one on the baseline."""
        face = theme.font(self._px(theme.BODY))
        metrics = QFontMetrics(face)
        lines: list[str] = []
        for word in words.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and metrics.horizontalAdvance(longer) <= self.width() - left:
                lines[-1] = longer
            else:
                lines.append(word)
        top = baseline - metrics.lineSpacing() * (len(lines) - 1)
        return [
            Written(line, face, theme.QUIET, QPoint(left, top + metrics.lineSpacing() * row))
            for row, line in enumerate(lines)
        ]


class Written(NamedTuple):
    """Words with their face and colour, and where their baseline begins."""

    words: str
    face: QFont
    shade: QColor
    at: QPoint

    @property
    def end(self) -> QPoint:
        """Where the next word begins."""
        return self.at + QPoint(QFontMetrics(self.face).horizontalAdvance(self.words), 0)

    def moved_to_right(self, edge: int) -> Written:
        """The same, ending at this edge."""
        metrics = QFontMetrics(self.face)
        # A letter's ink may reach beyond its advance.
        reach = max(metrics.horizontalAdvance(self.words), metrics.tightBoundingRect(self.words).right() + 1)
        return self._replace(at=QPoint(edge - reach, self.at.y()))

    def ink(self) -> QRect:
        """The area that its letters cover."""
        return QFontMetrics(self.face).tightBoundingRect(self.words).translated(self.at)


def _strong(words: str, pixels: int, at: QPoint) -> Written:
    return Written(words, theme.font(pixels, theme.BOLD), theme.TEXT, at)


def _quiet(words: str, pixels: int, at: QPoint) -> Written:
    return Written(words, theme.font(pixels), theme.QUIET, at)
