# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whatever is pressed at the audience's window: nothing changes, all is counted, and the console can come."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest

from pechakucha.files.run_folder import read_run
from pechakucha.show.cues import Start
from pechakucha.show.hand import REST_SECONDS
from pechakucha.show.scene import EndCard, OnSlide
from pechakucha.ui.keys import MODIFIERS

from .conftest import Evening

Open = Callable[..., Evening]
EVERY_KEY = tuple(key for key in Qt.Key if key is not Qt.Key.Key_unknown)
ESC, ENTER = Qt.Key.Key_Escape, Qt.Key.Key_Return
PLACES = {"window": (False, True), "full beside a console": (True, False), "full and alone": (True, True)}


class Audience:
    """A stage in a talk, and somebody's fingers on it."""

    def __init__(self, evening: Evening, *, full: bool, alone: bool) -> None:
        self.evening, self.stage = evening, evening.stage
        self.called = 0
        self.stage.window.place(QGuiApplication.primaryScreen(), full=full, alone=alone)
        self.stage.window.console_wanted.connect(self._count)
        evening.do(Start("ulm"))
        evening.pass_seconds(3 + 5)

    def tap(self, key: int, *, repeats: bool = False, pause: float = 0.01) -> None:
        """A key, and a pause of so many seconds."""
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "", repeats)
            QGuiApplication.sendEvent(self.stage.window, event)
        self.evening.clock.pass_seconds(pause)
        self.stage.conductor.look()

    def _count(self) -> None:
        self.called += 1


@pytest.fixture(params=PLACES)
def audience(request: pytest.FixtureRequest, open_stage: Open) -> Audience:
    """On each place where the window can be."""
    full, alone = PLACES[request.param]
    return Audience(open_stage(), full=full, alone=alone)


def test_every_key_in_any_order_for_two_slides_changes_nothing(audience: Audience, folder: Path) -> None:
    conductor, shuffled = audience.stage.conductor, random.Random(1)
    start = audience.evening.clock.now_ns() - 5 * 10**9
    pressed = 0
    while (run_s := (audience.evening.clock.now_ns() - start) / 1e9) < 80:
        scene = conductor.state().scene
        assert isinstance(scene, OnSlide)
        assert scene.index == run_s // 20
        for key in shuffled.sample(EVERY_KEY, 20):
            audience.tap(key, pause=0.05)
            pressed += key not in MODIFIERS
        audience.evening.decoded()
    assert isinstance(conductor.state().scene, EndCard)
    assert len(audience.stage._cues) == 1
    assert audience.called == 0
    audience.evening.close()
    journal = read_run(folder)
    assert [each.index for each in journal.shown] == [0, 1, 2, 3]
    assert sum(press.count for press in journal.presses) == pressed
    assert sum(press.count for press in journal.presses if press.refused) == conductor.refusals


@pytest.mark.parametrize("key", [Qt.Key.Key_PageDown, Qt.Key.Key_Space, ENTER, Qt.Key.Key_B, Qt.Key.Key_F5])
def test_each_press_of_a_burst_is_counted_and_few_are_recorded(
    audience: Audience, folder: Path, key: Qt.Key
) -> None:
    for _ in range(100):
        audience.tap(key)
    assert audience.stage.conductor.refusals == 100
    audience.evening.close()
    told = read_run(folder).presses
    assert [press.count for press in told] == [1, 99]
    assert {(press.what, press.refused) for press in told} == {("clicker", "no-use")}


def test_a_key_that_is_held_down_is_one_press(audience: Audience) -> None:
    audience.tap(Qt.Key.Key_PageDown)
    for _ in range(50):
        audience.tap(Qt.Key.Key_PageDown, repeats=True)
    assert audience.stage.conductor.refusals == 1


def test_modifiers_alone_are_no_press(audience: Audience) -> None:
    for key in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_CapsLock):
        audience.tap(key)
    assert audience.stage.conductor.refusals == 0


def test_a_click_does_nothing_and_is_counted(audience: Audience) -> None:
    for _ in range(3):
        QTest.mouseClick(audience.stage.window, Qt.MouseButton.LeftButton)
    assert audience.stage.conductor.refusals == 3
    assert len(audience.stage._cues) == 1


def test_what_is_typed_into_the_stage_is_not_recorded(audience: Audience, folder: Path) -> None:
    for letter in "GEHEIM":
        audience.tap(Qt.Key[f"Key_{letter}"])
    audience.evening.close()
    assert {press.what for press in read_run(folder).presses} == {"key"}


# The way to the console


@pytest.fixture
def alone(open_stage: Open) -> Audience:
    """The stage covers the only screen."""
    return Audience(open_stage(), full=True, alone=True)


def test_esc_then_enter_bring_the_console_and_are_recorded(alone: Audience, folder: Path) -> None:
    alone.tap(ESC, pause=REST_SECONDS)
    alone.tap(ENTER)
    assert alone.called == 1
    alone.evening.close()
    assert [(press.what, press.refused) for press in read_run(folder).presses] == [
        ("console-hint", ""),
        ("console-forward", ""),
    ]


def test_enter_right_after_esc_does_not(alone: Audience) -> None:
    alone.tap(ESC)
    for _ in range(100):
        alone.tap(ENTER)
    assert alone.called == 0
    assert alone.stage.conductor.refusals == 100


def test_esc_and_enter_in_turns_do_not(alone: Audience) -> None:
    for _ in range(100):
        alone.tap(ESC)
        alone.tap(ENTER)
    assert alone.called == 0


def test_closing_the_window_is_counted_as_a_press_that_was_refused(alone: Audience, folder: Path) -> None:
    alone.stage.window.close()
    alone.evening.close()
    assert [(press.what, press.refused) for press in read_run(folder).presses] == [
        ("close-stage", "stage-stays")
    ]
