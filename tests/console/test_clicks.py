# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever a mouse does at the console: a click decides once, and not what the last one has changed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pechakucha.console.command_bar import QuestionView
from pechakucha.show.cues import Move, Start, TakeBack

from .conftest import Desk, picture
from .fingers import PLAIN, STATES, Fingers, focusable, is_asking, is_permitted, may_start, undo

ASKING = {"question", "how-to-go-on", "no-show-asked"}
"""States with a question that has been open for long."""


@pytest.fixture(params=STATES)
def reached(request: pytest.FixtureRequest, desk: Desk) -> tuple[str, Desk]:
    """The console in each of its states, with a hand that has rested."""
    STATES[request.param](desk)
    desk.rest()
    return request.param, desk


def test_clicks_on_any_button_decide_at_most_what_one_click_may(
    reached: tuple[str, Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A double click, and a hundred clicks on the same place, whatever comes there."""
    state, desk = reached
    monkeypatch.setattr(desk.session, "end_stage", lambda: None)  # that process is ours
    fingers = Fingers(desk)
    for words, button in [] if state in ASKING else list(desk.buttons().items()):
        for press in (lambda at: fingers.click(at, double=True), fingers.click_burst):
            if not button.isVisible():
                continue
            startable = may_start(desk)
            press(button.mapTo(desk.window, button.rect().center()))
            fingers.catch_up()
            done = fingers.cues()
            if words in ("↑", "↓"):
                assert all(isinstance(each, Move) for each in done)
            elif words == "↶":
                assert len(done) <= 1
                assert all(isinstance(each, Move) for each in done)  # what the buttons before it did
            elif words.startswith("Take back"):
                assert done in ([TakeBack("ulm")], [])
                return
            else:
                assert is_permitted(done, startable=startable), (words, done)
            undo(desk, done)
            fingers.cues()


@pytest.mark.parametrize("state", sorted(ASKING))
def test_clicks_on_an_answer_are_one_answer(desk: Desk, state: str) -> None:
    STATES[state](desk)
    desk.rest()
    asking = desk.window.findChild(QuestionView)
    assert isinstance(asking, QuestionView)
    answer = next(each for each in desk.buttons().values() if asking.isAncestorOf(each))
    fingers = Fingers(desk)
    fingers.click_burst(answer.mapTo(desk.window, answer.rect().center()))
    assert len(fingers.cues()) == 1
    assert not is_asking(desk)


@pytest.mark.parametrize("words", ["Hold …", "Cut short …", "From the start …", "One moment …"])
def test_a_double_click_asks_and_neither_answers_nor_goes_back(desk: Desk, words: str) -> None:
    STATES["talk"](desk)
    desk.rest()
    fingers = Fingers(desk)
    button = desk.button(words)
    fingers.click(button.mapTo(desk.window, button.rect().center()), double=True)
    fingers.catch_up()
    assert is_asking(desk)
    assert fingers.cues() == []


def test_a_double_click_starts_and_does_not_take_back(desk: Desk) -> None:
    desk.rest()
    fingers = Fingers(desk)
    start = desk.button("Start")
    fingers.click_burst(start.mapTo(desk.window, QPoint(start.x() + 10, start.height() // 2)))
    assert fingers.cues() == [Start("ulm")]
    assert fingers.refused() == 59


def test_a_click_on_a_button_that_cannot_be_pressed_is_seen_to_be_refused(desk: Desk) -> None:
    STATES["talk"](desk)
    desk.rest()
    fingers = Fingers(desk)
    calm = picture(desk.button("Start"))
    start = desk.button("Start")
    fingers.click(start.mapTo(desk.window, start.rect().center()))
    fingers.catch_up()
    assert picture(desk.button("Start")) != calm
    assert "1 press ignored." in desk.says()
    assert fingers.cues() == []


def test_wheel_and_drag_decide_nothing(reached: tuple[str, Desk]) -> None:
    _, desk = reached
    fingers = Fingers(desk)
    for each in [desk.rundown.viewport(), *focusable(desk)[1:]]:
        middle = each.rect().center()
        for turn in (120, -120) * 20:
            wheel = QWheelEvent(
                middle, each.mapToGlobal(middle), QPoint(), QPoint(0, turn), Qt.MouseButton.NoButton,
                PLAIN, Qt.ScrollPhase.NoScrollPhase, False,
            )  # fmt: skip
            QApplication.sendEvent(each, wheel)
        QTest.mousePress(each, Qt.MouseButton.LeftButton, pos=middle)
        QTest.mouseMove(each, middle + QPoint(0, 400))
        QTest.mouseRelease(each, Qt.MouseButton.LeftButton, pos=middle + QPoint(0, 400))
    fingers.catch_up()
    assert fingers.cues() == []
    assert fingers.refused() == 0
