# SPDX-License-Identifier: AGPL-3.0-or-later
"""The code for running along, at the console: when it is there, what it leads to, and how it is copied."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from show.builders import a_snapshot, a_talk

from pechakucha.console.code_view import CodeView
from pechakucha.files.run_folder import read_run
from pechakucha.show.cues import GoOn, Hold, Resume
from pechakucha.show.run_along import AtSlide, CountIn, Position, decode, position
from pechakucha.show.scene import OnSlide
from pechakucha.show.snapshot import NS

from .conftest import COUNTDOWN_S, TALK_S, THREE, Desk, told

SPACE, ENTER, ESC = Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape
C, P, R, X = (Qt.Key[f"Key_{letter}"] for letter in "CPRX")


@pytest.fixture(autouse=True)
def _empty_clipboard(qapp: QApplication) -> Iterator[None]:
    QGuiApplication.clipboard().clear()
    yield
    QGuiApplication.clipboard().clear()


def copied() -> str:
    """What would be pasted."""
    return QGuiApplication.clipboard().text()


def view(desk: Desk) -> CodeView:
    """The code in the console."""
    return desk.window.findChildren(CodeView)[0]


def shown(desk: Desk) -> str:
    """The code that is seen, "" where none is."""
    return view(desk).code if view(desk).isVisible() else ""


def followed(desk: Desk, code: str) -> Position:
    """What somebody elsewhere sees who has entered this code, on a clock that is right."""
    now_ns = desk.clock.wall_ns()
    return position(decode(code, now_ns).start_wall_ns, now_ns, THREE)


def follows_the_stage(desk: Desk, code: str) -> bool:
    """Whether somebody elsewhere sees what is on stage, to within 25 ms."""
    scene, due = desk.scene, followed(desk, code)
    if not isinstance(scene, OnSlide) or not isinstance(due, AtSlide):
        return False
    left_ns = scene.until_ns - desk.session.now_ns()
    return due.index == scene.index and abs(due.left_ns - left_ns) <= NS // 40


def test_a_talk_has_a_code_from_its_countdown_to_its_end(desk: Desk) -> None:
    assert shown(desk) == ""
    desk.press(SPACE)
    code = shown(desk)
    assert isinstance(followed(desk, code), CountIn)
    desk.pass_seconds(COUNTDOWN_S + 25)
    assert shown(desk) == code
    assert follows_the_stage(desk, code)
    assert decode(code, desk.clock.wall_ns()).talk == 1
    desk.pass_seconds(TALK_S)
    assert shown(desk) == ""
    desk.press(SPACE)
    assert decode(shown(desk), desk.clock.wall_ns()).talk == 2


@pytest.mark.parametrize("mode", GoOn)
def test_a_held_talk_has_none_and_afterwards_one_that_is_in_step_again(desk: Desk, mode: GoOn) -> None:
    desk.press(SPACE)
    desk.pass_seconds(COUNTDOWN_S + 12.3)
    before = shown(desk)
    desk.send(Hold())
    assert shown(desk) == ""
    desk.pass_seconds(9.1)
    desk.send(Resume(mode))
    assert (shown(desk) == before) is (mode is GoOn.SCHEDULE)
    desk.pass_seconds(14)
    assert follows_the_stage(desk, shown(desk))


def test_a_talk_begun_again_has_another_code(desk: Desk) -> None:
    desk.press(SPACE)
    desk.pass_seconds(COUNTDOWN_S + 5)
    before = shown(desk)
    desk.press(R, ENTER)
    assert shown(desk) not in ("", before)
    desk.pass_seconds(COUNTDOWN_S + 21)
    assert follows_the_stage(desk, shown(desk))


def test_a_wall_clock_that_is_slewed_changes_no_code_and_one_that_is_set_does(desk: Desk) -> None:
    desk.press(SPACE)
    code = shown(desk)
    desk.clock.set_wall(0.04)
    desk.pass_seconds(1)
    assert shown(desk) == code
    desk.clock.set_wall(60)
    desk.pass_seconds(COUNTDOWN_S + 1)
    assert shown(desk) != code
    assert follows_the_stage(desk, shown(desk))


def test_a_dry_run_has_no_code(make_desk: Callable[..., Desk]) -> None:
    dry = make_desk(a_snapshot(told(a_talk("ulm")), format=THREE, speed=2))
    dry.press(SPACE)
    assert shown(dry) == ""


def test_one_key_copies_it_and_a_click_does(desk: Desk) -> None:
    desk.press(SPACE, C)
    assert copied() == shown(desk) != ""
    assert view(desk).text() == "Code copied"
    desk.pass_seconds(2)
    assert view(desk).text() == f"Code {shown(desk)}"
    QGuiApplication.clipboard().clear()
    desk.click(f"Code {shown(desk)}")
    assert copied() == shown(desk)
    assert desk.session.refusals == 0


def test_copying_disturbs_no_question(desk: Desk) -> None:
    desk.press(SPACE)
    desk.pass_seconds(COUNTDOWN_S + 5)
    desk.press(X, C)
    assert "Back" in desk.buttons()
    assert copied() == shown(desk)
    desk.press(ESC)
    assert isinstance(desk.scene, OnSlide)


def test_where_there_is_no_code_the_key_is_refused_and_recorded(desk: Desk) -> None:
    desk.press(C)
    assert copied() == ""
    assert desk.session.refusals == 1
    desk.pass_seconds(1)
    desk.close()
    presses = read_run(desk.folder).presses
    assert [(each.what, each.refused) for each in presses] == [("copy-code", "nothing-to-do")]


def test_when_it_goes_nothing_else_gets_the_focus(desk: Desk) -> None:
    desk.press(SPACE)
    view(desk).setFocus()
    desk.pass_seconds(COUNTDOWN_S + TALK_S)
    assert shown(desk) == ""
    assert QApplication.focusWidget() is None


def test_the_narrow_form_has_room_for_a_word_and_the_tip_tells_the_code(desk: Desk) -> None:
    desk.press(SPACE)
    assert view(desk).text() == f"Code {shown(desk)}"
    desk.window.resize(480, 900)
    QApplication.processEvents()
    desk.window.refresh()
    assert view(desk).text() == "Code"
    assert shown(desk) in view(desk).toolTip()
