# SPDX-License-Identifier: AGPL-3.0-or-later
"""A whole block from welcome to the end, driven by Space, on the real stage and the real console."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QWindow

from pechakucha.files.run_folder import read_run
from pechakucha.show.cues import End, Start
from pechakucha.show.scene import Closing, Countdown, EndCard, OnSlide, StandingBy, Welcome

from .conftest import COUNTDOWN_S, TALK_S, THREE, Desk

SPACE, ENTER, E = Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_E


class Witness:
    """Somebody who shares the stage's window in a conference."""

    def __init__(self, desk: Desk) -> None:
        self._window = desk.running.window
        self._id, self._title = self._window.winId(), self._window.title()
        self.hidden: list[QWindow.Visibility] = []
        self.titles: list[str] = []
        self._window.visibilityChanged.connect(self._see)
        self._window.windowTitleChanged.connect(self.titles.append)

    def _see(self, visibility: QWindow.Visibility) -> None:
        if visibility in (QWindow.Visibility.Hidden, QWindow.Visibility.Minimized):
            self.hidden.append(visibility)

    def is_content(self) -> bool:
        """One window, one title, seen all the time."""
        return (
            self._window.isVisible()
            and self._window.winId() == self._id
            and self._window.title() == self._title
            and not self.hidden
            and not self.titles
        )


def give_talk(desk: Desk, city: str, witness: Witness) -> None:
    """Space, then nothing but time, until the talk has ended."""
    desk.press(SPACE)
    assert desk.scene == Countdown(city, 3, desk.clock.now_ns() + COUNTDOWN_S * 10**9)
    assert "COUNTDOWN" in desk.says()
    desk.pass_seconds(COUNTDOWN_S)
    for index in range(THREE.slides):
        assert isinstance(desk.scene, OnSlide)
        assert (desk.scene.talk, desk.scene.index) == (city, index)
        assert "ON STAGE" in desk.says()
        assert f"{city.capitalize()} sagt {index + 1}." in desk.says()
        assert witness.is_content()
        desk.pass_seconds(THREE.seconds)
    assert isinstance(desk.scene, EndCard)
    assert "THANK YOU" in desk.says()


def test_two_talks_by_hand(desk: Desk) -> None:
    witness = Witness(desk)
    assert isinstance(desk.scene, Welcome)
    assert "WELCOME" in desk.says()
    desk.pass_seconds(30)
    assert isinstance(desk.scene, StandingBy)
    give_talk(desk, "ulm", witness)
    assert desk.cities()[0].startswith("1, Ulm, done")
    desk.pass_seconds(10)
    assert isinstance(desk.scene, StandingBy)
    assert "UP NEXT" in desk.says()
    give_talk(desk, "bern", witness)
    desk.pass_seconds(10)
    assert isinstance(desk.scene, Closing)
    assert "FINISHED" in desk.says()
    assert witness.is_content()

    ended: list[bool] = []
    desk.session.ended.connect(lambda: ended.append(True))
    stage, desk.stage = desk.running, None  # it closes itself
    desk.press(E)
    assert "End the block now?" in desk.says()
    assert stage.conductor.run.ended_ns is None
    desk.press(ENTER)
    desk._qtbot.waitUntil(lambda: bool(ended))
    assert stage.conductor.run.ended_ns is not None
    assert witness.is_content()
    assert "BLOCK OVER" in desk.says()
    story = read_run(desk.folder).cues
    assert [type(cue.action) for cue in story] == [Start, Start, End]
    assert story[1].at_ns - story[0].at_ns >= (COUNTDOWN_S + TALK_S) * 10**9
    desk.stage = stage


def test_who_closes_the_console_can_be_read(desk: Desk) -> None:
    desk.window.let_close()
    desk.window.close()
    desk._qtbot.waitUntil(lambda: any(each.what == "leave-console" for each in read_run(desk.folder).presses))


def test_the_console_can_close_when_the_block_is_over(desk: Desk) -> None:
    asked: list[bool] = []
    desk.window.close_asked.connect(lambda: asked.append(True))
    desk.window.close()
    assert asked
    assert desk.window.isVisible()
    desk.window.let_close()
    desk.window.close()
    assert not desk.window.isVisible()
