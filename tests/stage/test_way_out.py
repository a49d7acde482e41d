# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the console comes back is told for a while, and again to whoever looks for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from .conftest import Evening

Open = Callable[..., Evening]


class Lost:
    """Somebody before a stage that covers the only screen, or that does not."""

    def __init__(self, evening: Evening, *, full: bool, alone: bool) -> None:
        self.evening, self.window = evening, evening.stage.window
        self.window.place(QGuiApplication.primaryScreen(), full=full, alone=alone)
        evening.stage.conductor.begin()

    def move_mouse(self) -> None:
        """The mouse moves over the stage."""
        none = (Qt.MouseButton.NoButton, Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier)
        place = QPointF(QPoint(300, 200))
        QGuiApplication.sendEvent(
            self.window, QMouseEvent(QEvent.Type.MouseMove, place, place, none[0], none[1], none[2])
        )

    def press(self, key: Qt.Key, *, repeats: bool = False) -> None:
        """A key."""
        event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", repeats)
        QGuiApplication.sendEvent(self.window, event)

    def told(self) -> str | None:
        """The code of what is to be read."""
        return self.window._way_out.code

    def wait_until_gone(self) -> None:
        """Until nothing is told any more, without the seconds that it takes."""
        self.window._way_out._hinting.stop()
        self.window._way_out._end_hint()
        assert self.told() is None


@pytest.fixture
def lost(open_stage: Open) -> Lost:
    """The stage covers the only screen, and the hint of its beginning is gone."""
    lost = Lost(open_stage(begin=False), full=True, alone=True)
    assert lost.told() == "stage.console-way"
    lost.wait_until_gone()
    return lost


def look_for_it(lost: Lost, way: str) -> None:
    """Do what somebody does who does not know how to get out."""
    match way:
        case "mouse":
            lost.move_mouse()
        case "click":
            QTest.mouseClick(lost.window, Qt.MouseButton.LeftButton)
        case key:
            lost.press(Qt.Key[key])


@pytest.mark.parametrize("way", ["mouse", "click", "Key_Space", "Key_F11", "Key_Q"])
def test_whoever_looks_for_the_way_out_is_told_again(lost: Lost, way: str) -> None:
    look_for_it(lost, way)
    assert lost.told() == "stage.console-way"
    lost.wait_until_gone()
    look_for_it(lost, way)
    assert lost.told() == "stage.console-way"


def test_what_is_told_can_be_read_at_once_and_goes_again(lost: Lost, qtbot: QtBot) -> None:
    qtbot.waitUntil(lost.window.isExposed)
    before = lost.evening.sees()
    lost.move_mouse()
    assert lost.evening.sees() != before
    lost.wait_until_gone()
    assert lost.evening.sees() == before


@pytest.mark.parametrize(("full", "alone"), [(True, False), (False, True)])
def test_where_the_console_is_not_covered_nothing_is_told(open_stage: Open, full: bool, alone: bool) -> None:
    lost = Lost(open_stage(begin=False), full=full, alone=alone)
    for way in ("mouse", "click", "Key_Space"):
        look_for_it(lost, way)
    assert lost.told() is None


def test_a_mouse_that_moves_puts_nothing_off_once_esc_is_pressed(lost: Lost) -> None:
    lost.press(Qt.Key.Key_Escape)
    left = lost.window._way_out._hinting.remainingTime()
    QTest.qWait(5)
    lost.move_mouse()
    assert lost.told() == "stage.console-hint"
    assert lost.window._way_out._hinting.remainingTime() <= left


def test_a_key_that_is_held_down_and_the_console_that_comes_tell_nothing(lost: Lost) -> None:
    lost.press(Qt.Key.Key_Space, repeats=True)
    lost.press(Qt.Key.Key_Shift)
    assert lost.told() is None
    lost.press(Qt.Key.Key_Escape)
    lost.evening.clock.pass_seconds(1)
    lost.press(Qt.Key.Key_Return)
    assert lost.told() is None
