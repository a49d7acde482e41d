# SPDX-License-Identifier: AGPL-3.0-or-later
"""The stage beside the presenter's window. Real screens are in ``end_to_end/test_rehearsal_screens``."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QScreen
from pytestqt.qtbot import QtBot

from pechakucha.rehearsal import second_screen
from pechakucha.rehearsal.rehearsal import Phase
from pechakucha.stage.window import StageWindow

from .conftest import OpenPreview, Preview

Key = Qt.Key


@pytest.fixture
def other_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The only screen there is here passes for another one."""

    def always(_screens: list[QScreen], primary: QScreen, _wanted: int | None = None) -> tuple[QScreen, bool]:
        return primary, True

    monkeypatch.setattr(second_screen, "stage_screen", always)
    # It would be moved away from a screen that this window is on too.
    monkeypatch.setattr(second_screen.SecondScreen, "_settle", _open_once)


def _open_once(screens: second_screen.SecondScreen) -> None:
    if not screens.stage:
        screens.toggle()


def stages() -> list[StageWindow]:
    """The stages that can be seen."""
    windows = QGuiApplication.topLevelWindows()
    return [each for each in windows if isinstance(each, StageWindow) and each.isVisible()]


def opened(open_preview: OpenPreview, qtbot: QtBot) -> Preview:
    """A preview with its stage."""
    preview = open_preview(language="en")
    qtbot.waitUntil(lambda: len(stages()) == 1)
    return preview


def test_with_one_screen_nothing_changes(open_preview: OpenPreview, qtbot: QtBot) -> None:
    preview = open_preview()
    qtbot.wait(50)
    assert stages() == []
    assert not preview.view.top_bar.keys & {Key.Key_D, Key.Key_V}
    preview.press(Key.Key_D, Key.Key_V)
    assert stages() == []
    assert preview.phase is Phase.READY


@pytest.mark.usefixtures("other_screen")
def test_the_stage_shows_what_is_rehearsed(open_preview: OpenPreview, qtbot: QtBot) -> None:
    preview = opened(open_preview, qtbot)
    (stage,) = stages()
    assert stage.title() == "Rehearsal · Ulm – Stage"
    assert stage.full
    assert preview.view.top_bar.keys >= {Key.Key_D, Key.Key_V}
    for begin in (Key.Key_Space, Key.Key_R, Key.Key_T):
        preview.press(begin)
        preview.pass_seconds(3)
        assert stage._state == preview.view.rehearsal.state()


@pytest.mark.usefixtures("other_screen")
def test_the_stage_is_closed_and_shown_by_a_key(open_preview: OpenPreview, qtbot: QtBot) -> None:
    preview = opened(open_preview, qtbot)
    preview.press(Key.Key_V)
    assert stages() == []
    assert Key.Key_D not in preview.view.top_bar.keys
    preview.press(Key.Key_V)
    assert len(stages()) == 1


@pytest.mark.usefixtures("other_screen")
def test_a_stage_that_is_closed_by_the_system_stays_closed(open_preview: OpenPreview, qtbot: QtBot) -> None:
    preview = opened(open_preview, qtbot)
    stages()[0].close()
    assert stages() == []
    preview.press(Key.Key_Space)
    preview.pass_seconds(10)
    assert (preview.phase, stages()) == (Phase.ON_SLIDE, [])


@pytest.mark.usefixtures("other_screen")
def test_who_runs_along_needs_no_stage_here(open_preview: OpenPreview, qtbot: QtBot) -> None:
    preview = opened(open_preview, qtbot)
    preview.press(Key.Key_A)
    preview.view.sheet.start.click()
    assert stages() == []


@pytest.mark.usefixtures("other_screen")
def test_the_stage_goes_with_the_window(open_preview: OpenPreview, qtbot: QtBot) -> None:
    preview = opened(open_preview, qtbot)
    preview.press(Key.Key_Escape)
    assert not preview.window.isVisible()
    assert stages() == []
