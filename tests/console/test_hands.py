# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever hands and clickers send, alone, held down or a hundred times a second: only a start between
talks and black happen at one press, nothing else without a second decision, and no press is lost.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import msgspec
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from show.builders import a_talk

from pechakucha.console.line_sheet import LINE_KEY, LineSheet
from pechakucha.files.run_folder import read_run
from pechakucha.show.cues import Black, Move, Start, TakeBack
from pechakucha.show.format import Format
from pechakucha.show.hand import REST_SECONDS
from pechakucha.show.run import end_of_talk_ns
from pechakucha.show.scene import Closing, Countdown, EndCard, OnSlide
from pechakucha.show.snapshot import NS

from .conftest import BLOCK, COUNTDOWN_S, TALK_S, THREE, Desk, told
from .fingers import (
    ALT,
    BURST_S,
    CLICKER,
    COMBINED,
    ENTER,
    ESC,
    EVERY_KEY,
    PLAIN,
    SPACE,
    STATES,
    TAB,
    Fingers,
    focusable,
    is_asking,
    is_permitted,
    may_start,
    undo,
    words_of,
)

B, E, M, P, R, X = (Qt.Key[f"Key_{letter}"] for letter in "BEMPRX")

IN_A_TALK = {(key, PLAIN) for key in (M, P, R, X)}
"""What opens a question in a talk."""

ASKING = {"question", "how-to-go-on", "no-show-asked"}
"""States with a question that has been open for long."""


@pytest.fixture(params=STATES)
def reached(request: pytest.FixtureRequest, desk: Desk) -> tuple[str, Desk]:
    """The console in each of its states, with a hand that has rested."""
    STATES[request.param](desk)
    desk.rest()
    return request.param, desk


# Every key there is


def test_a_roll_over_every_key_decides_nothing(reached: tuple[str, Desk]) -> None:
    """What asks and what answers may come in every order: in each state in another one."""
    state, desk = reached
    fingers = Fingers(desk)
    keys = [*((key, PLAIN) for key in EVERY_KEY), *COMBINED, *([(ENTER, PLAIN), (P, PLAIN), (E, PLAIN)] * 20)]
    random.Random(state).shuffle(keys)
    startable = may_start(desk)
    fingers.roll(keys)
    assert is_permitted(fingers.cues(), startable=startable)


def is_writing(desk: Desk) -> bool:
    """Whether the moderator writes to whoever presents, where keys are letters."""
    return desk.window.findChild(LineSheet).is_open


def test_each_key_alone_does_what_it_is_for_and_nothing_else(make_desk: Callable[..., Desk]) -> None:
    """With all the rest a decision takes, in a talk whose slides are long enough for it."""
    desk = make_desk(msgspec.structs.replace(BLOCK, format=Format(slides=3, seconds=600)))
    desk.press(SPACE)
    desk.pass_seconds(COUNTDOWN_S + 60)
    fingers = Fingers(desk)
    for key, modifiers in [*((key, PLAIN) for key in EVERY_KEY), *COMBINED]:
        fingers.tap(key, modifiers)
        if is_writing(desk):
            assert (key, modifiers) == (LINE_KEY, PLAIN)
            fingers.tap(ESC)
        elif is_asking(desk):
            assert (key, modifiers) in IN_A_TALK, key
            fingers.tap(ESC)
        elif key is B and modifiers == PLAIN:
            fingers.catch_up()
            assert fingers.cues() == [Black(on=True)]
        desk.clock.pass_seconds(REST_SECONDS)
        desk.running.conductor.look()
    fingers.catch_up()
    assert fingers.cues() == []
    assert isinstance(desk.scene, OnSlide)
    assert desk.scene.index == 0


# At every control


def test_a_burst_at_any_control_decides_at_most_what_one_press_may(reached: tuple[str, Desk]) -> None:
    _, desk = reached
    fingers = Fingers(desk)
    for key, times in ((Qt.Key.Key_PageDown, 20), (SPACE, 100), (ENTER, 100)):
        place = 0
        while place < len(where := focusable(desk)):
            where[place].setFocus()
            assert where[place].hasFocus()
            words, startable, asked = words_of(desk, where[place]), may_start(desk), is_asking(desk)
            fingers.burst(key, times=times)
            done = fingers.cues()
            if key is not ENTER:
                assert is_permitted(done, startable=startable and key is SPACE), (words, done)
            elif asked and done:
                assert len(done) == 1  # that question was asked long before
                return
            elif words.startswith("Take back"):
                assert done == [TakeBack("ulm")]
                return
            elif words in ("↑", "↓"):
                assert all(isinstance(each, Move) for each in done)  # moved at one press, and back
            elif words == "↶":
                assert len(done) <= 1
                assert all(isinstance(each, Move) for each in done)  # what the buttons before it did
            else:
                assert is_permitted(done, startable=startable), (words, done)
            undo(desk, done, asks=asked)
            fingers.cues()
            place += 1
        assert place >= 3


def test_a_key_that_is_held_down_is_one_press(reached: tuple[str, Desk]) -> None:
    _, desk = reached
    fingers = Fingers(desk)
    for key in (SPACE, ENTER, B, P, X, E, Qt.Key.Key_Up, Qt.Key.Key_PageDown):
        startable, asked = may_start(desk), is_asking(desk)
        fingers.refused()
        fingers.hold_down(key)
        done = fingers.cues()
        assert len(done) <= 1
        assert is_permitted(done, startable=startable and key is SPACE) or (key is ENTER and asked)
        assert fingers.refused() <= 1
        undo(desk, done, asks=asked)
        fingers.cues()


def test_a_key_held_down_since_another_window_decides_nothing(desk: Desk) -> None:
    """The system repeats it here, and the first of these looks like a press of its own."""
    desk.rest()
    fingers = Fingers(desk)
    QApplication.sendEvent(desk.window, QEvent(QEvent.Type.WindowActivate))
    fingers.hold_down(SPACE, times=100)
    assert fingers.cues() == []
    assert fingers.refused() == 1


def test_no_press_of_a_clicker_is_lost(desk: Desk) -> None:
    STATES["talk"](desk)
    fingers = Fingers(desk)
    for each in (desk.rundown, desk.button("Black"), desk.button("Hold …")):
        each.setFocus()
        for key, modifiers in CLICKER:
            fingers.tap(key, modifiers)
            assert desk.button("Start").property("flash") == "true", "it is seen"
            fingers.burst(key, modifiers, times=19)
            assert fingers.refused() == 20
    assert fingers.cues() == []
    assert f"{3 * 20 * len(CLICKER)} presses ignored." in desk.says()


# Across a talk's end


@pytest.mark.parametrize(
    ("talk", "where", "key"),
    [
        ("talk", "rundown", SPACE),
        ("talk", "start", SPACE),
        ("talk", "start", ENTER),
        ("talk", "rundown", Qt.Key.Key_PageDown),
        ("last-talk", "rundown", SPACE),
    ],
    ids=str,
)
def test_a_burst_across_a_talks_end_starts_nothing_until_the_hand_has_rested(
    desk: Desk, talk: str, where: str, key: Qt.Key
) -> None:
    STATES[talk](desk)
    end_ns = end_of_talk_ns(desk.running.conductor.run)
    assert end_ns is not None
    desk.pass_seconds((end_ns - desk.clock.now_ns()) / NS - 1)
    fingers = Fingers(desk)
    seen = []
    while desk.clock.now_ns() < end_ns + 5 * NS:
        (desk.button("Start") if where == "start" else desk.rundown).setFocus()
        fingers.burst(key, times=10)
        seen.append(type(desk.scene))
    assert fingers.cues() == []
    assert seen[:9] == [OnSlide] * 9
    assert set(seen[11:]) <= {EndCard, Closing}
    assert fingers.refused() == 600
    desk.press(SPACE)
    assert fingers.cues() == ([Start("bern")] if talk == "talk" else [])


def test_a_burst_of_moves_across_a_talks_end_moves_one_place(make_desk: Callable[..., Desk]) -> None:
    talks = tuple(told(a_talk(city)) for city in ("ulm", "bern", "graz", "jena"))
    desk = make_desk(msgspec.structs.replace(BLOCK, talks=talks))
    STATES["talk"](desk)
    desk.select(3)
    desk.pass_seconds(TALK_S - THREE.seconds - 3)
    fingers = Fingers(desk)
    fingers.burst(Qt.Key.Key_Up, ALT, times=500)
    assert isinstance(desk.scene, EndCard)
    assert fingers.cues() == [Move("jena", "graz")]
    assert fingers.refused() == 499


@pytest.mark.parametrize("key", [P, X, R, M], ids=lambda key: key.name)
def test_a_question_that_a_burst_opened_is_not_answered_by_it_and_goes_with_its_talk(
    desk: Desk, key: Qt.Key
) -> None:
    STATES["talk"](desk)
    desk.pass_seconds(TALK_S - THREE.seconds - 3)
    fingers = Fingers(desk)
    for _ in range(30):
        fingers.roll([(key, PLAIN), (ENTER, PLAIN)] * 5)
    assert isinstance(desk.scene, EndCard)
    assert fingers.cues() == []


def test_every_slide_comes_when_it_is_due_under_the_worst_of_hands(make_desk: Callable[..., Desk]) -> None:
    short = Format(slides=3, seconds=5)
    desk = make_desk(msgspec.structs.replace(BLOCK, format=short))
    desk.press(SPACE)
    desk.pass_seconds(COUNTDOWN_S)
    start_ns, fingers, random_ = desk.clock.now_ns(), Fingers(desk), random.Random(3)
    keys = [key for key in EVERY_KEY if key is not B]
    while (run_ns := desk.clock.now_ns() - start_ns) < short.talk_seconds * NS:
        assert isinstance(desk.scene, OnSlide)
        assert desk.scene.index == run_ns // (short.seconds * NS)
        for key in random_.sample(keys, 10):
            fingers.tap(key)
        fingers.catch_up()
    assert isinstance(desk.scene, EndCard)
    assert fingers.cues() == []
    desk.stop_stage()
    shown = read_run(desk.folder).shown
    assert [(each.talk, each.index) for each in shown] == [("ulm", index) for index in range(3)]
    assert all(each.painted_ns - each.due_ns <= 10 * BURST_S * NS for each in shown)


# Two decisions


@pytest.mark.parametrize("key", [P, R, X, M], ids=lambda key: key.name)
def test_enter_right_after_the_key_that_asks_is_no_answer(desk: Desk, key: Qt.Key) -> None:
    STATES["talk"](desk)
    desk.rest()
    fingers = Fingers(desk)
    fingers.tap(key)
    fingers.burst(ENTER)
    assert is_asking(desk)
    assert fingers.cues() == []
    assert fingers.refused() == 100
    desk.rest()
    fingers.tap(ENTER)
    fingers.catch_up()
    assert len(fingers.cues()) == 1


def test_enter_twice_at_a_control_asks_and_does_not_answer(desk: Desk) -> None:
    STATES["talk"](desk)
    desk.button("Cut short …").setFocus()
    desk.rest()
    fingers = Fingers(desk)
    fingers.burst(ENTER, times=2)
    assert is_asking(desk)
    assert fingers.cues() == []


def test_black_does_not_flicker(desk: Desk) -> None:
    STATES["talk"](desk)
    desk.rest()
    fingers = Fingers(desk)
    fingers.burst(B)
    assert fingers.cues() == [Black(on=True)]
    assert fingers.refused() == 99
    desk.rest()
    fingers.tap(B)
    fingers.catch_up()
    assert fingers.cues() == [Black(on=False)]


def test_where_a_focused_button_goes_nothing_else_comes_under_enter(desk: Desk) -> None:
    desk.button("Start").setFocus()
    desk.press(ENTER)
    assert isinstance(desk.scene, Countdown)
    fingers = Fingers(desk)
    for _ in range(5):
        desk.press(ENTER)
    assert fingers.cues() == []
    assert fingers.refused() == 5


def test_a_question_that_is_answered_leaves_nothing_under_enter(desk: Desk) -> None:
    STATES["talk"](desk)
    desk.press(P, TAB, ENTER)
    assert not is_asking(desk)
    fingers = Fingers(desk)
    for _ in range(3):
        desk.press(ENTER)
    assert fingers.cues() == []


def test_the_narrow_form_leaves_nothing_under_enter(desk: Desk) -> None:
    desk.select(1)
    desk.button("↑").setFocus()
    desk.window.resize(480, 900)
    desk.window.refresh()
    fingers = Fingers(desk)
    for _ in range(3):
        desk.press(ENTER)
    assert fingers.cues() == []
    assert fingers.refused() == 3


# Windows


def test_no_control_is_a_window_of_its_own_for_a_moment(desk: Desk) -> None:
    """It would flash up on the desktop, and take the keyboard along."""
    shown: list[object] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
                shown.append(watched)
            return False

    watch = Watch()
    QApplication.instance().installEventFilter(watch)
    STATES["talk"](desk)
    desk.press(P, ENTER)
    STATES["closing"](desk)
    QApplication.instance().removeEventFilter(watch)
    assert shown == []
    assert desk.window.isActiveWindow()
