# SPDX-License-Identifier: AGPL-3.0-or-later
"""The right of the console: the next slide, the notes, and who comes after this talk."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pechakucha.console.wording import seconds_left
from pechakucha.show.run import Outcome, Run, Turn, end_of_talk_ns
from pechakucha.show.scene import Countdown, EndCard, OnSlide, Scene, State
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.cards import card, minutes
from pechakucha.ui.controls import label, scrolling
from pechakucha.ui.key_hint import KeyHint
from pechakucha.ui.pictures import Pictures
from pechakucha.ui.slide_view import SlideView

PRESENTER_KEY = Qt.Key.Key_V
"""Opens and closes the presenter's view."""


class Following(msgspec.Struct, frozen=True):
    """What comes next: a picture, or the scene whose card comes in its place."""

    picture: str | None
    card: Scene | None
    heading: str
    notes: str
    after: str
    when: str


class NextView(QWidget):
    """Next slide, notes or announcement, and the city after this one.

    Signals:
        presenter_asked(): the presenter's view is wanted, or no longer.
    """

    presenter_asked = Signal()

    def __init__(self, pictures: Pictures, texts: Texts) -> None:
        super().__init__()
        self._pictures, self._texts = pictures, texts
        self._narrow, self._with_after = False, True
        self._following: Following | None = None
        self._slide = SlideView()
        self._heading = label("heading")
        self._notes = label(pixels=19, wraps=True)
        self._notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = scrolling(self._notes)
        scroll.setMinimumHeight(3 * theme.GRID)
        self._after_heading = label("heading")
        self._after = label(pixels=theme.LARGE, bold=True, wraps=True)
        self._when = label("quiet", wraps=True)
        self._next_heading = next_heading = label("heading")
        next_heading.setText(texts("console.next-slide").upper())
        self._presenter = KeyHint(PRESENTER_KEY.name.removeprefix("Key_"))
        self._presenter.setText(texts("presenter.name"))
        self._presenter.setToolTip(texts("presenter.tip"))
        self._presenter.clicked.connect(lambda _checked=False: self.presenter_asked.emit())
        head = QHBoxLayout()
        head.addWidget(next_heading, 1)
        head.addWidget(self._presenter)
        self._after_heading.setText(texts("console.after").upper())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addLayout(head)
        for widget, stretch in (
            (self._slide, 0),
            (self._heading, 0),
            (scroll, 1),
            (self._after_heading, 0),
            (self._after, 0),
            (self._when, 0),
        ):
            if widget is self._heading:  # below the notes there is mostly more room than this
                column.addSpacing(theme.GRID)
            column.addWidget(widget, stretch)
        pictures.loaded.connect(self._slide.update)

    def set_narrow(self, *, narrow: bool, with_after: bool) -> None:
        """In the narrow form there is room for words only, and not always for what comes after."""
        self._narrow, self._with_after = narrow, with_after
        self._slide.setVisible(not narrow)
        self._next_heading.setVisible(not narrow)
        self._presenter.setVisible(not narrow)
        self._after.setWordWrap(not narrow)
        self._show_after()

    def show_state(self, run: Run, state: State, now_ns: int) -> None:
        """Bring everything up to date."""
        following = following_of(run, state, now_ns, self._texts)
        show_following(self._slide, following, run, self._pictures, now_ns)
        something = following.card is not None or following.picture is not None
        for part in (self._slide, self._next_heading):
            part.setVisible(something and not self._narrow)
        self._heading.setText(following.heading.upper())
        self._notes.setText(following.notes)
        self._following = following
        self._show_after()

    def _show_after(self) -> None:
        """Who comes after this talk; on one line in the narrow form."""
        following = self._following
        words = following.after if following else ""
        if self._narrow:
            end = Qt.TextElideMode.ElideRight
            words = self._after.fontMetrics().elidedText(words, end, self.width())
        self._after.setText(words)
        self._when.setText(following.when if following else "")
        for part in (self._after_heading, self._after, self._when):
            part.setVisible(self._with_after and bool(words))


def show_following(slide: SlideView, following: Following, run: Run, pictures: Pictures, now_ns: int) -> None:
    """The next slide, or the card that comes in its place."""
    if following.card is not None:
        shown = card(run, State(scene=following.card), Texts(run.snapshot.language))
        slide.show_card(shown, now_ns - now_ns % (NS // 5))
    else:
        slide.show_picture(pictures.get(following.picture, slide.pixels()))


def following_of(run: Run, state: State, now_ns: int, texts: Texts, *, announced: bool = True) -> Following:
    """What comes after what is on stage now; the announcement, where ``announced``, is the moderator's."""
    scene = state.scene
    if isinstance(scene, OnSlide):
        turn = run.turn(scene.talk)
        after = _after(run, turn)
        return Following(
            picture=_picture(turn, scene.index + 1),
            card=_card_after(run, scene, turn),
            heading=texts("console.notes"),
            notes=_notes(turn, scene.index) or texts("console.no-notes"),
            after=_name(after),
            when=_when(run, state, now_ns, after, texts),
        )
    turn = run.turn(scene.talk) if isinstance(scene, Countdown) else run.upcoming
    after = _after(run, turn)
    announcement = turn.talk.announcement if turn and announced else ""
    return Following(
        picture=_picture(turn, 0),
        card=None,
        heading=texts("console.announcement" if announcement else "console.notes") if turn else "",
        notes=announcement or _notes(turn, 0),
        after=_name(after),
        when="",
    )


def _card_after(run: Run, scene: OnSlide, turn: Turn | None) -> Scene | None:
    following = scene.index + 1
    if following == run.snapshot.format.slides:
        return EndCard(scene.talk)
    if turn is None or following >= len(turn.talk.slides) or turn.talk.slides[following].picture:
        return None
    return msgspec.structs.replace(scene, index=following)


def _after(run: Run, turn: Turn | None) -> Turn | None:
    planned = (each for each in run.turns if each.outcome is Outcome.PLANNED and each != turn)
    return next(planned, None)


def _name(turn: Turn | None) -> str:
    if turn is None:
        return ""
    return f"{turn.talk.city} · {turn.talk.title}" if turn.talk.title else turn.talk.city


def _when(run: Run, state: State, now_ns: int, after: Turn | None, texts: Texts) -> str:
    end_ns = end_of_talk_ns(run)
    if after is None or end_ns is None:
        return ""
    left = minutes(seconds_left(run, state, now_ns, end_ns))
    return texts("console.then-changeover", left=left, seconds=after.talk.changeover)


def _picture(turn: Turn | None, index: int) -> str | None:
    if turn is None or index >= len(turn.talk.slides):
        return None
    return turn.talk.slides[index].picture


def _notes(turn: Turn | None, index: int) -> str:
    return turn.talk.slides[index].notes if turn and index < len(turn.talk.slides) else ""
