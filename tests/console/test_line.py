# SPDX-License-Identifier: AGPL-3.0-or-later
"""The moderator's line: written in the console, read in the presenter's view, never on stage."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pechakucha.console.line_band import LineBand
from pechakucha.console.line_sheet import LineSheet
from pechakucha.console.moderator_line import ModeratorLine
from pechakucha.console.presenter_window import PresenterWindow
from pechakucha.files.moderator_line import keep_line, read_line
from pechakucha.files.run_folder import read_run
from pechakucha.show.cues import Start
from pechakucha.show.moderator_line import Line

from .conftest import COUNTDOWN_S, TALK_S, Desk

L, ESC, ENTER, SPACE = Qt.Key.Key_L, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space


@pytest.fixture
def presenter(desk: Desk) -> Iterator[PresenterWindow]:
    """The presenter's view beside the console."""
    window = PresenterWindow(desk.session, desk.window.screen_on, desk.texts, desk.window.line)
    desk.window.presenter_is_seen = window.isVisible
    window.toggle()
    desk.window.activateWindow()
    desk._qtbot.waitUntil(desk.window.isActiveWindow)
    yield window
    window.end()
    window.deleteLater()


def band(presenter: PresenterWindow) -> LineBand:
    presenter._refresh()
    found = presenter.findChild(LineBand)
    assert isinstance(found, LineBand)
    return found


def read_there(presenter: PresenterWindow) -> str:
    """What the presenter can read of it."""
    shown = band(presenter)
    return shown.words if shown.isVisible() else ""


def write(desk: Desk, words: str, *, then: Qt.Key = ENTER) -> None:
    """Open the sheet, type, and end with a key."""
    desk.press(L)
    QTest.keyClicks(QApplication.focusWidget(), words)
    QTest.keyClick(QApplication.focusWidget(), then)
    desk.window.refresh()


def sheet(desk: Desk) -> LineSheet:
    found = desk.window.findChild(LineSheet)
    assert isinstance(found, LineSheet)
    return found


def test_a_disk_that_hangs_keeps_nobody_waiting(
    desk: Desk, presenter: PresenterWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, kept = threading.Event(), list[bytes]()

    def hang(_path: Path, content: bytes) -> None:
        answers.wait(5)
        kept.append(content)

    monkeypatch.setattr("pechakucha.files.moderator_line.write_atomic", hang)
    write(desk, "Louder please")
    assert read_there(presenter) == "Louder please"
    desk.rest()
    write(desk, "Slower please")
    assert read_there(presenter) == "Slower please"
    assert not kept
    answers.set()
    desk._qtbot.waitUntil(lambda: bool(kept) and b"Slower" in kept[-1])


def test_what_is_typed_appears_in_the_presenters_view_and_not_on_stage(
    desk: Desk, presenter: PresenterWindow
) -> None:
    seen = stage_picture(desk)
    write(desk, "Louder please")
    assert read_there(presenter) == "Louder please"
    assert stage_picture(desk) == seen
    assert read_run(desk.folder).cues == ()
    assert "In the presenter’s view: “Louder please”" in _stands(desk)
    assert not sheet(desk).is_open


def test_esc_leaves_what_stands_there(desk: Desk, presenter: PresenterWindow) -> None:
    write(desk, "One")
    write(desk, "Two", then=ESC)
    assert read_there(presenter) == "One"
    assert not sheet(desk).is_open


def test_the_next_one_replaces_it_and_an_empty_one_takes_it_away(
    desk: Desk, presenter: PresenterWindow
) -> None:
    write(desk, "One")
    desk.press(L)
    assert sheet(desk).field.text() == "One"
    QTest.keyClick(sheet(desk).field, ESC)
    write(desk, "Two")  # over what was there, which is selected
    assert read_there(presenter) == "Two"
    desk.press(L)
    QTest.keyClick(sheet(desk).field, Qt.Key.Key_Delete)
    QTest.keyClick(sheet(desk).field, ENTER)
    assert read_there(presenter) == ""
    desk.window.refresh()
    assert not sheet(desk).isVisible()


def test_it_can_be_picked_and_taken_away_by_mouse(desk: Desk, presenter: PresenterWindow) -> None:
    desk.press(L)
    desk.click("One more minute")
    assert read_there(presenter) == "One more minute"
    desk.click("Change")
    desk.click("Take away")
    assert read_there(presenter) == ""


def test_arrows_step_through_what_is_said_often(desk: Desk, presenter: PresenterWindow) -> None:
    desk.press(L)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up, ENTER):
        QTest.keyClick(sheet(desk).field, key)
    assert read_there(presenter) == "Louder, please"


def test_what_is_typed_starts_nothing(desk: Desk, presenter: PresenterWindow) -> None:
    write(desk, "b x m e d v l c p n")
    assert read_there(presenter) == "b x m e d v l c p n"
    assert desk.running.conductor.run.on_stage is None
    assert read_run(desk.folder).cues == ()
    assert desk.session.refusals == 0


@pytest.mark.parametrize("words", ["Show", "Back", "Slower, please"])
def test_no_key_on_a_button_of_the_sheet_reaches_the_console(desk: Desk, words: str) -> None:
    desk.press(L)
    button = desk.button(words)
    button.setFocus()
    for key in (SPACE, Qt.Key.Key_B, Qt.Key.Key_F11):
        QTest.keyClick(button, key)
    desk.settle()
    assert desk.running.conductor.run.on_stage is None
    assert not desk.running.conductor.run.black
    assert sheet(desk).is_open


def test_the_key_that_opens_it_writes_nothing_while_it_is_held(desk: Desk) -> None:
    desk.press(L)
    for _ in range(5):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, L, Qt.KeyboardModifier.NoModifier, "l", True)
            QApplication.sendEvent(QApplication.focusWidget(), event)
    assert sheet(desk).field.text() == ""


def test_space_starts_a_talk_again_once_it_is_left(desk: Desk) -> None:
    write(desk, "x", then=ESC)
    desk.press(SPACE)
    assert desk.running.conductor.run.on_stage is not None


def test_it_is_gone_with_its_talk(desk: Desk, presenter: PresenterWindow) -> None:
    desk.send(Start("ulm"))
    desk.pass_seconds(COUNTDOWN_S + 5)
    write(desk, "Louder")
    assert read_there(presenter) == "Louder"
    desk.pass_seconds(TALK_S)
    assert read_there(presenter) == ""
    assert not sheet(desk).isVisible()


def test_another_console_finds_it(desk: Desk) -> None:
    write(desk, "Louder")
    desk._qtbot.waitUntil(lambda: read_line(desk.folder) is not None)
    assert ModeratorLine(desk.session).words == "Louder"


def test_the_report_can_tell_that_something_was_said_but_not_what(desk: Desk) -> None:
    write(desk, "Schneller")
    desk._qtbot.waitUntil(lambda: any(each.what == "line" for each in read_run(desk.folder).presses))
    assert b"Schneller" not in (desk.folder / "journal.jsonl").read_bytes()


def test_where_nobody_can_read_it_that_is_said(desk: Desk, presenter: PresenterWindow) -> None:
    desk.press(L)
    desk.window.refresh()
    assert "never on stage" in desk.says()
    presenter.toggle()
    desk.window.refresh()
    assert "The presenter’s view is not open" in desk.says()


def test_the_longest_line_fits_and_a_short_one_is_big(desk: Desk, presenter: PresenterWindow) -> None:
    presenter.resize(1920, 1080)
    desk.window.line.say("Louder")
    short = band(presenter).face().pixelSize()
    desk.window.line.say("Mönchengladbach " * 5)
    long = band(presenter).face().pixelSize()
    assert short > long >= 32


# On disk


@pytest.mark.parametrize("content", [b"", b"{", b'{"words": 3}'])
def test_a_broken_file_is_no_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "moderator-line.json").write_bytes(content)
    assert read_line(tmp_path) is None


def test_where_it_can_not_be_kept_it_is_said_all_the_same(tmp_path: Path) -> None:
    keep_line(tmp_path / "gone", Line("Louder", "ulm"))
    assert read_line(tmp_path / "gone") is None
    keep_line(tmp_path, Line("Louder", "ulm"))
    assert read_line(tmp_path) == Line("Louder", "ulm")


def _stands(desk: Desk) -> str:
    desk.window.refresh()
    return desk.says()


def stage_picture(desk: Desk) -> QImage:
    """The upper part of what the audience sees, in which nothing moves."""
    window = desk.running.window
    screen = QApplication.primaryScreen()
    image = screen.grabWindow(window.winId()).toImage()
    return image.copy(0, 0, image.width(), image.height() * 3 // 4)
