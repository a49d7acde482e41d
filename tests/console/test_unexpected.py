# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever fails inside the console: it is logged and said calmly, and the block goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from conftest import ErrorLog
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pechakucha.console.command_bar import KEYS, CommandBar
from pechakucha.console.hands import Hands
from pechakucha.console.next_view import NextView
from pechakucha.console.on_stage_view import OnStageView
from pechakucha.console.questions import Control
from pechakucha.console.rundown_view import RundownView
from pechakucha.console.session import Session
from pechakucha.console.talk_actions import TalkAction, TalkActions
from pechakucha.console.top_bar import TopBar
from pechakucha.live.messages import Status
from pechakucha.live.unexpected import Unexpected, go_on_after
from pechakucha.show.scene import Countdown, OnSlide
from pechakucha.texts import Texts
from pechakucha.ui.controls import CommandButton
from pechakucha.ui.unexpected_bar import UnexpectedBar, say_unexpected_everywhere

from .conftest import COUNTDOWN_S, Desk

pytestmark = pytest.mark.qt_no_exception_capture

SAID = "nobody foresaw"


def broken() -> Exception:
    """What is injected: each of a kind of its own, so that each is news."""
    return type("Broken", (Exception,), {})()


@pytest.fixture
def unexpected(monkeypatch: pytest.MonkeyPatch, english: Texts, qapp: object) -> Iterator[Unexpected]:
    """The hooks of the application."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    made = Unexpected()
    made.happened.connect(lambda: say_unexpected_everywhere(english, "the.log"))
    made.watch()
    yield made
    made.happened.disconnect()


@pytest.fixture
def breaks(
    unexpected: Unexpected, error_log: ErrorLog
) -> Iterator[Callable[[type, str], Callable[[], None]]]:
    """Makes a method raise, until what is returned is called."""

    patches: list[pytest.MonkeyPatch] = []

    def break_(owner: type, name: str) -> Callable[[], None]:
        error_log.expect("unexpected")
        kind = type(broken())

        def fail(*_: object, **__: object) -> None:
            raise kind

        patched = pytest.MonkeyPatch()
        patches.append(patched)
        patched.setattr(owner, name, fail)
        return patched.undo

    yield break_
    for patched in patches:
        patched.undo()


Break = Callable[[type, str], Callable[[], None]]


def out_of_the_loop(qtbot: QtBot, act: Callable[[], object]) -> None:
    """Do something as the event loop does it: nobody who calls is there to catch anything."""
    done: list[bool] = []

    def do() -> None:
        done.append(True)
        act()

    QTimer.singleShot(0, do)
    qtbot.waitUntil(lambda: bool(done))


def press(desk: Desk, qtbot: QtBot, key: Qt.Key) -> None:
    """A key that fails, posted as the system does it: QTest would be a caller to catch what is raised."""
    window = desk.window.windowHandle()
    text = " " if key == Qt.Key.Key_Space else ""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.postEvent(window, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
    out_of_the_loop(qtbot, lambda: None)


def said(desk: Desk) -> bool:
    """Whether the calm bar is seen."""
    bar = desk.window.findChild(UnexpectedBar)
    return bar is not None and bar.isVisible() and SAID in bar.findChild(QLabel).text()


def dismiss(desk: Desk, qtbot: QtBot) -> None:
    """Take the bar away."""
    qtbot.waitUntil(lambda: "Understood" in desk.buttons())
    desk.click("Understood")
    qtbot.waitUntil(lambda: desk.window.findChild(UnexpectedBar) is None)


KEYED = [control for control in Control if control in KEYS]


@pytest.mark.parametrize("control", KEYED)
@pytest.mark.parametrize(("owner", "name"), [(Hands, "_press_one_of"), (Hands, "key")])
def test_a_key_whose_action_fails_is_said_and_the_next_press_works(
    desk: Desk, breaks: Break, control: Control, owner: type, name: str, qtbot: QtBot
) -> None:
    mend = breaks(owner, name)
    press(desk, qtbot, Qt.Key[f"Key_{KEYS[control]}"])
    qtbot.waitUntil(lambda: said(desk))
    mend()
    desk.press(Qt.Key.Key_Space)
    assert isinstance(desk.scene, Countdown)


@pytest.mark.parametrize("name", ["send", "now_ns", "state"])
def test_a_session_that_fails_for_a_moment_ends_nothing(
    desk: Desk, breaks: Break, name: str, qtbot: QtBot
) -> None:
    desk.pass_seconds(1)  # a hand rests
    mend = breaks(Session, name)
    press(desk, qtbot, Qt.Key.Key_Space)
    out_of_the_loop(qtbot, desk.window.refresh)
    qtbot.waitUntil(lambda: said(desk))
    mend()
    desk.press(Qt.Key.Key_Space)
    assert isinstance(desk.scene, Countdown)


def test_every_button_of_the_bar_whose_action_fails_is_said(desk: Desk, breaks: Break, qtbot: QtBot) -> None:
    tried = [button for button in desk.window._bar.findChildren(CommandButton) if button.isVisible()]
    for button in tried:
        for _ in range(2):  # the bar has gone, the layout is another, and then the hand rests
            qtbot.wait(20)
            desk.pass_seconds(1)
        mends = [breaks(Session, "send"), breaks(CommandBar, "ask")]
        out_of_the_loop(qtbot, button.click)
        qtbot.waitUntil(lambda: said(desk))
        for mend in mends:
            mend()
        desk.press(Qt.Key.Key_Escape)
        dismiss(desk, qtbot)
    assert len(tried) >= 4


@pytest.mark.parametrize("wanted", list(TalkAction))
def test_an_action_on_a_talk_that_fails_is_said(
    desk: Desk, breaks: Break, wanted: TalkAction, qtbot: QtBot
) -> None:
    desk.pass_seconds(1)  # a hand rests
    mend = breaks(RundownView, "selected_talk")
    out_of_the_loop(qtbot, lambda: desk.window._actions.pressed.emit(wanted))
    qtbot.waitUntil(lambda: said(desk))
    mend()
    desk.press(Qt.Key.Key_Space)
    assert isinstance(desk.scene, Countdown)


PARTS = [TopBar, TalkActions, OnStageView, NextView, CommandBar]


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_can_not_be_drawn_keeps_back_no_other(
    desk: Desk, breaks: Break, part: type, qtbot: QtBot
) -> None:
    desk.press(Qt.Key.Key_Space)
    mend = breaks(part, "show_state")
    desk.pass_seconds(COUNTDOWN_S + 1)
    qtbot.waitUntil(lambda: said(desk))
    assert isinstance(desk.scene, OnSlide)
    if part is not OnStageView:
        assert "ON STAGE" in desk.says()
    if part is not NextView:
        assert "Ulm sagt 1." in desk.says()
    assert any("on stage" in row.lower() for row in desk.cities())
    mend()
    dismiss(desk, qtbot)
    desk.window.refresh()
    assert not said(desk)


def test_what_fails_again_and_again_is_said_once_and_does_not_fill_the_log(
    desk: Desk, breaks: Break, qtbot: QtBot, error_log: ErrorLog
) -> None:
    mend = breaks(TopBar, "show_state")
    for _ in range(50):
        desk.window.refresh()
    assert len(error_log.records) == 2, "the first and the tenth"
    dismiss(desk, qtbot)
    desk.window.refresh()
    assert not said(desk)
    mend()


def test_an_exception_in_a_thread_is_said_too(
    desk: Desk, unexpected: Unexpected, error_log: ErrorLog, qtbot: QtBot
) -> None:
    error_log.expect("unexpected")

    def fail() -> None:
        raise broken()

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: said(desk))


def test_an_exception_in_the_stage_is_told_by_its_status(desk: Desk, qtbot: QtBot) -> None:
    told: list[bool] = []
    desk.session.stumbled.connect(lambda: told.append(True))
    desk.session.hear(Status(unexpected=1))
    desk.session.hear(Status(unexpected=1))
    assert told == [True]


def test_one_part_that_fails_does_not_keep_back_the_next(unexpected: Unexpected, error_log: ErrorLog) -> None:
    error_log.expect("unexpected")
    done: list[str] = []
    go_on_after(lambda: done.append("a"), lambda: 1 / 0, lambda: done.append("b"))
    assert done == ["a", "b"]
    assert unexpected.places == 1
