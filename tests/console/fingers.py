# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keys and clicks as fast as hands and clickers send them, on a clock that only the tests move."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from pechakucha.show.cues import Action, Black, Start, TakeBack
from pechakucha.show.rules import refusal

from .conftest import COUNTDOWN_S, TALK_S, THREE, Desk

PLAIN = Qt.KeyboardModifier.NoModifier
ALT, CTRL, SHIFT = (
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
BURST_S = 0.01
"""A hundred presses a second."""

SPACE, ENTER, ESC, TAB = Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab

EVERY_KEY = tuple(key for key in Qt.Key if key is not Qt.Key.Key_unknown)

_MODIFIERS = (SHIFT, CTRL, ALT, CTRL | ALT, CTRL | SHIFT, ALT | SHIFT, Qt.KeyboardModifier.MetaModifier)
_COMBINED = "Space Return Escape Tab F4 F5 B C E P X Left Right Up PageUp PageDown"

COMBINED = tuple((Qt.Key[f"Key_{name}"], modifiers) for modifiers in _MODIFIERS for name in _COMBINED.split())
"""With modifiers; Alt and an arrow, which move a talk, are among them."""

CLICKER = (
    *((key, PLAIN) for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp, Qt.Key.Key_Right, Qt.Key.Key_Left)),
    *((key, PLAIN) for key in (Qt.Key.Key_F5, Qt.Key.Key_Period, Qt.Key.Key_VolumeUp, Qt.Key.Key_Forward)),
    (Qt.Key.Key_F5, SHIFT),
)
"""What clickers send, but for the keys that the console knows: Space, Enter, Esc, B and Tab."""


class Fingers:
    """Presses at the console and remembers what became of it."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._before = len(desk.running._cues)
        self._refused = desk.session.refusals

    def tap(self, key: int, modifiers: Qt.KeyboardModifier = PLAIN, *, repeats: bool = False) -> None:
        """Press and release a key where the focus is; a hundredth of a second passes."""
        target = QApplication.focusWidget() or self.desk.window
        text = " " if key == SPACE else ""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(target, QKeyEvent(kind, key, modifiers, text, repeats))
        self._pass()

    def burst(self, key: int, modifiers: Qt.KeyboardModifier = PLAIN, times: int = 100) -> None:
        """A hundred presses in a second."""
        for number in range(times):
            self.tap(key, modifiers)
            if number % 25 == 24:
                self.catch_up()
        self.catch_up()

    def roll(self, keys: Iterable[tuple[int, Qt.KeyboardModifier]]) -> None:
        """One key after the other, a hundred a second."""
        for number, (key, modifiers) in enumerate(keys):
            self.tap(key, modifiers)
            if number % 50 == 49:
                self.catch_up()
        self.catch_up()

    def hold_down(self, key: int, modifiers: Qt.KeyboardModifier = PLAIN, times: int = 30) -> None:
        """One press and what a system sends until the key is let go."""
        self.tap(key, modifiers)
        for _ in range(times):
            self.tap(key, modifiers, repeats=True)
        self.catch_up()

    def click(self, place: QPoint, *, double: bool = False) -> None:
        """Click on whatever is at this place of the window."""
        widget = self.desk.window.childAt(place)
        assert widget is not None
        at = widget.mapFrom(self.desk.window, place)
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=at)
        self._pass()
        if double:
            widget = self.desk.window.childAt(place)
            assert widget is not None
            at = widget.mapFrom(self.desk.window, place)
            QTest.mouseDClick(widget, Qt.MouseButton.LeftButton, pos=at)
            QTest.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=at)
            self._pass()

    def click_burst(self, place: QPoint, times: int = 60) -> None:
        """So many hundredths of a second long a click each on one place, whatever comes there."""
        for number in range(times):
            self.click(place)
            if number % 20 == 19:
                self.catch_up()
        self.catch_up()

    def catch_up(self) -> None:
        """Stage and console hear of each other."""
        self.desk.running.conductor.look()
        self.desk._deliver()

    def cues(self) -> list[Action]:
        """What has happened since this was asked last."""
        told = [cue.action for cue in self.desk.running._cues[self._before :]]
        self._before += len(told)
        return told

    def refused(self) -> int:
        """How many presses were refused since this was asked last."""
        count = self.desk.session.refusals - self._refused
        self._refused += count
        return count

    def _pass(self) -> None:
        self.desk.clock.pass_seconds(BURST_S)


def focusable(desk: Desk) -> list[QWidget]:
    """Everything in the console that Tab reaches."""
    return [
        each
        for each in desk.window.findChildren(QWidget)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def _talk(desk: Desk) -> None:
    desk.press(SPACE)
    desk.pass_seconds(COUNTDOWN_S + THREE.seconds + 2)


def _end(desk: Desk) -> None:
    _talk(desk)
    desk.pass_seconds(TALK_S - THREE.seconds - 2)


def _last_talk(desk: Desk) -> None:
    _end(desk)
    desk.pass_seconds(10)
    _talk(desk)


def _then(before: Callable[[Desk], None], *keys: Qt.Key) -> Callable[[Desk], None]:
    def reach(desk: Desk) -> None:
        before(desk)
        desk.press(*keys)

    return reach


def _countdown(desk: Desk) -> None:
    desk.press(SPACE)
    desk.pass_seconds(1)


def _changeover(desk: Desk) -> None:
    _end(desk)
    desk.pass_seconds(10)


def _closing(desk: Desk) -> None:
    _last_talk(desk)
    desk.pass_seconds(TALK_S)


KEY = Qt.Key
STATES: dict[str, Callable[[Desk], None]] = {
    "welcome": lambda desk: None,
    "countdown": _countdown,
    "talk": _talk,
    "question": _then(_talk, KEY.Key_X),
    "held": _then(_talk, KEY.Key_P, ENTER),
    "how-to-go-on": _then(_talk, KEY.Key_P, ENTER, KEY.Key_P),
    "black": _then(_talk, KEY.Key_B),
    "message": _then(_talk, KEY.Key_M, ENTER),
    "thanks": _end,
    "changeover": _changeover,
    "no-show-asked": _then(_changeover, KEY.Key_N),
    "last-talk": _last_talk,
    "closing": _closing,
}
"""Ways to every state of the console."""


def may_start(desk: Desk) -> bool:
    """Whether a start would be accepted now."""
    run = desk.running.conductor.run
    upcoming, now_ns = run.upcoming, desk.clock.now_ns()
    return upcoming is not None and refusal(run, Start(upcoming.talk.id), now_ns) is None


def undo(desk: Desk, done: list[Action], *, asks: bool = False) -> None:
    """Bring things back to where they were; ``asks``: a question may be open."""
    run = desk.running.conductor.run
    if any(isinstance(each, Start) for each in done) and run.on_stage is not None:
        desk.send(TakeBack(run.on_stage.talk.id))
    if sum(isinstance(each, Black) for each in done) % 2:
        desk.send(Black(on=not run.black))
    if not asks and is_asking(desk):
        desk.press(ESC)
    leave_small_windows(desk)
    desk.rest()


def leave_small_windows(desk: Desk) -> None:
    """Close what asks for more, and come back to the console."""
    opened = [each for each in desk.window.findChildren(QDialog) if each.isVisible()]
    for each in opened:
        each.reject()
    if opened:
        desk.window.activateWindow()
        desk._qtbot.waitUntil(desk.window.isActiveWindow)


def is_asking(desk: Desk) -> bool:
    """Whether a question is open."""
    return "Back" in desk.buttons()


def is_permitted(done: list[Action], *, startable: bool) -> bool:
    """Whether one press may have done this: black, or a start where one is possible."""
    starts = sum(isinstance(each, Start) for each in done)
    blacks = sum(isinstance(each, Black) for each in done)
    return starts + blacks == len(done) and blacks <= 1 and starts <= startable


def words_of(desk: Desk, widget: QWidget) -> str:
    """The words of a button, "" for the list."""
    return next((words for words, each in desk.buttons().items() if each is widget), "")
