# SPDX-License-Identifier: AGPL-3.0-or-later
"""The question how a run goes on that broke off: what was on stage, and what each answer would do now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QLabel, QVBoxLayout

from pechakucha.console.wording import seconds_left
from pechakucha.live.clock import Clock
from pechakucha.show.hand import Hand
from pechakucha.show.problem import Parameter
from pechakucha.show.run import Run
from pechakucha.show.scene import Closing, Countdown, OnSlide, State
from pechakucha.show.snapshot import NS
from pechakucha.show.taking_up import BrokenOff, Continue
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.cards import date_words
from pechakucha.ui.controls import CommandButton, label

NEW = "new"
"""The answer that begins a new run."""

_ANSWERS = "answers"
"""All that can be pressed here, as one thing: none of it takes what was meant for the window before."""

_REFRESH_MS = 200
_WIDTH = 640


class Words(msgspec.Struct, frozen=True):
    """A sentence: its code and what it is about."""

    code: str
    params: dict[str, Parameter] = {}


class Answer(msgspec.Struct, frozen=True):
    """One way on: ``Continue`` or ``NEW``, the words of its button, and what it would do now."""

    way: str
    words: Words
    outcome: Words


def what_was(broken: BrokenOff, today: dt.date, texts: Texts) -> str:
    """What was on stage, and when."""
    run, state = broken.run, broken.before
    seen = dt.datetime.fromtimestamp(broken.seen_wall_ns / NS).astimezone()
    clock = seen.strftime("%H:%M:%S")
    when = texts("resume.at", time=clock)
    if seen.date() != today:
        when = texts("resume.on", date=date_words(seen.date().isoformat(), texts), time=clock)
    turn = run.on_stage or run.standing_by
    if turn is None:
        return texts("resume.was-over", when=when)
    city = turn.talk.city
    if isinstance(state.scene, OnSlide):
        code = "resume.was-slide" if state.held_ns is None else "resume.was-held"
        number, count = state.scene.index + 1, run.snapshot.format.slides
        return texts(code, city=city, number=number, count=count, when=when)
    counted = isinstance(state.scene, Countdown)
    return texts("resume.was-countdown" if counted else "resume.was-next", city=city, when=when)


def answers(broken: BrokenOff) -> tuple[Answer, ...]:
    """What makes sense, the one that keeps to the schedule first."""
    run, state = broken.run, broken.before
    new = Answer(NEW, Words("resume.new"), Words("resume.new-more"))
    if run.on_stage is None:
        return (Answer(Continue.SCHEDULE, Words("resume.go-on"), _due(run, broken.by_schedule)), new)
    city: dict[str, Parameter] = {"city": run.on_stage.talk.city}
    restart = Answer(Continue.RESTART, Words("resume.restart", city), Words("resume.restart-more"))
    return (_first(broken, city), _rest(run, state, broken.seen_ns), restart, new)


def _first(broken: BrokenOff, city: dict[str, Parameter]) -> Answer:
    """A talk that was held stays held; one whose time is over by now is done."""
    due = broken.by_schedule
    if due.held_ns is not None:
        return Answer(Continue.SCHEDULE, Words("resume.go-on-held"), Words("resume.held-more", city))
    if isinstance(due.scene, OnSlide | Countdown):
        return Answer(Continue.SCHEDULE, Words("resume.in-time"), _due(broken.run, due))
    following = broken.run.upcoming
    if following is None:
        return Answer(Continue.SCHEDULE, Words("resume.go-on"), Words("resume.done-last", city))
    done = Words("resume.done", {**city, "next": following.talk.city})
    return Answer(Continue.SCHEDULE, Words("resume.next-city", {"city": following.talk.city}), done)


def _rest(run: Run, state: State, seen_ns: int) -> Answer:
    scene = state.scene
    if not isinstance(scene, OnSlide):
        return Answer(Continue.REST, Words("resume.rest-countdown"), Words("resume.rest-countdown-more"))
    left: dict[str, Parameter] = {"seconds": seconds_left(run, state, seen_ns, scene.until_ns)}
    return Answer(
        Continue.REST, Words("resume.rest", {"number": scene.index + 1}), Words("resume.rest-more", left)
    )


def _due(run: Run, state: State) -> Words:
    """What is due by the schedule."""
    scene = state.scene
    if isinstance(scene, OnSlide):
        return Words("resume.due-slide", {"number": scene.index + 1, "count": run.snapshot.format.slides})
    if isinstance(scene, Countdown):
        return Words("resume.due-countdown")
    following = run.upcoming
    if following is None or isinstance(scene, Closing):
        return Words("resume.due-over")
    code = "resume.due-auto" if run.snapshot.auto else "resume.due-next"
    return Words(code, {"city": following.talk.city})


class ResumeQuestion(QDialog):
    """Asks how an unfinished run goes on; what is due by now is brought up to date while it asks.

    A second click never answers what the first one has opened, nor an answer that has just become another.
    """

    def __init__(self, look: Callable[[], BrokenOff], texts: Texts, clock: Clock) -> None:
        """
        Args:
            look: tells the run that broke off as it stands now.
            texts: in the person's language.
            clock: this machine's, by which a hand has to rest.
        """
        super().__init__()
        self._look, self._texts, self._clock = look, texts, clock
        self._hand = Hand()
        self._way: str | None = None
        self._asked: tuple[str, ...] = ()
        """The ways that are offered."""
        broken = look()
        self.setWindowTitle(broken.run.snapshot.title)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(4 * theme.GRID, 4 * theme.GRID, 4 * theme.GRID, 3 * theme.GRID)
        column.setSpacing(theme.GRID)
        heading = label(pixels=theme.TITLE, bold=True, wraps=True)
        heading.setText(texts("resume.found", show=broken.run.snapshot.title))
        column.addWidget(heading)
        column.addSpacing(theme.GRID)
        self._was = label(pixels=theme.LARGE, wraps=True)
        column.addWidget(self._was)
        no_stage = label("quiet", wraps=True)
        no_stage.setText(texts("resume.no-stage"))
        column.addWidget(no_stage)
        if broken.reboot is not None:
            rebooted = label("attention", wraps=True)
            rebooted.setText(texts("resume.rebooted"))
            column.addWidget(rebooted)
        self._buttons: list[CommandButton] = []
        self._outcomes = [self._add_answer(place) for place, _ in enumerate(answers(broken))]
        self._leave = leave = CommandButton()
        leave.setText(texts("resume.leave"))
        leave.clicked.connect(lambda _checked=False: self._go())
        column.addSpacing(3 * theme.GRID)
        column.addWidget(leave, alignment=Qt.AlignmentFlag.AlignRight)
        self._refresh()
        self._buttons[0].setFocus()
        timer = QTimer(self)
        timer.timeout.connect(self._refresh)
        timer.start(_REFRESH_MS)

    def ask(self) -> str | None:
        """A way to go on, ``NEW``, or None to leave."""
        room = QGuiApplication.primaryScreen().availableGeometry()
        self.move(room.center() - self.rect().center())
        self.exec()
        return self._way

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802  # Qt's name
        """What has just appeared takes nothing yet."""
        self._hand.change(_ANSWERS, self._clock.now_ns())
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        """Whoever comes back from another window comes with a click."""
        if event.type() == QEvent.Type.WindowActivate:
            self._hand.disturb(self._clock.now_ns())
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Esc leaves, unless it is held down; arrows go up and down; every other key is the buttons'."""
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self._go()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()

    def _add_answer(self, place: int) -> QLabel:
        """A button with a line below it that says what it would do."""
        button = CommandButton(tone="" if place else "primary")
        button.setProperty("place", place)
        button.clicked.connect(self._choose)
        outcome = label("quiet", wraps=True)
        self._column.addSpacing(2 * theme.GRID)
        self._column.addWidget(button)
        self._column.addWidget(outcome)
        self._buttons.append(button)
        return outcome

    def _choose(self) -> None:
        button = self.sender()
        if isinstance(button, CommandButton) and self._is_decided():
            self._way = self._asked[int(button.property("place"))]
            self.accept()

    def _go(self) -> None:
        if self._is_decided():
            self.reject()

    def _is_decided(self) -> bool:
        """Whether a press is a decision; one that is not is seen to do nothing."""
        now_ns = self._clock.now_ns()
        if self._hand.objection(_ANSWERS, now_ns=now_ns, decides=True) is None:
            return True
        self._hand.refuse(_ANSWERS, now_ns)
        for button in (*self._buttons, self._leave):
            button.flash()
        return False

    def _refresh(self) -> None:
        broken, texts = self._look(), self._texts
        self._was.setText(what_was(broken, dt.datetime.now().astimezone().date(), texts))
        offered = answers(broken)
        self._asked = tuple(answer.way for answer in offered)
        self._hand.notice(_ANSWERS, tuple(answer.words for answer in offered), self._clock.now_ns())
        for answer, button, outcome in zip(offered, self._buttons, self._outcomes, strict=True):
            button.setText(texts(answer.words.code, **answer.words.params).replace("&", "&&"))
            outcome.setText(texts(answer.outcome.code, **answer.outcome.params))
        self.setFixedSize(_WIDTH, self._column.totalHeightForWidth(_WIDTH))
