# SPDX-License-Identifier: AGPL-3.0-or-later
"""When a block is over: the report is written, opens by itself once, and stays on offer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from show.builders import a_snapshot, a_talk

from pechakucha.console.after_block import AfterBlock
from pechakucha.console.runs_window import RunsWindow
from pechakucha.show.cues import End
from pechakucha.show.format import Format
from pechakucha.show.problem import Problem
from pechakucha.show.snapshot import Snapshot

from .conftest import BLOCK, Desk, told

DRY = a_snapshot(told(a_talk("ulm")), format=Format(3, 20), speed=10.0)

Evening = Callable[..., tuple[Desk, AfterBlock]]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was opened in the browser."""
    pages: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: pages.append(Path(url.toLocalFile())))
    return pages


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sees the windows."""
    monkeypatch.setattr("pechakucha.console.after_block.has_screen", lambda: True)


@pytest.fixture
def evening(make_desk: Callable[..., Desk], tmp_path: Path) -> Evening:
    """A block with what is left of it; its report is written when it is over."""

    def make(block: Snapshot = BLOCK, wanted: Path | None = None) -> tuple[Desk, AfterBlock]:
        desk = make_desk(block)
        after = AfterBlock(desk.session, desk.window, tmp_path / "show.toml", desk.texts, desk.session)
        desk.session.ended.connect(lambda: after.write(wanted))
        return desk, after

    return make


def end(desk: Desk) -> None:
    """The block is ended by hand."""
    desk.send(End())


def close_stage(desk: Desk, qtbot: QtBot) -> None:
    """The stage of a run that is over closes."""
    desk.stop_stage()
    qtbot.waitUntil(lambda: not desk.session.stage_is_there)


@pytest.mark.usefixtures("screen")
def test_the_report_opens_by_itself_once_the_stage_has_closed(
    evening: Evening, opened: list[Path], qtbot: QtBot
) -> None:
    desk, _ = evening()
    end(desk)
    report = desk.folder / "report.html"
    assert report.is_file()
    assert opened == []  # the audience still sees the stage
    close_stage(desk, qtbot)
    assert opened == [report]
    desk.window.refresh()
    desk.button("Open report").click()
    assert opened == [report, report]


@pytest.mark.usefixtures("screen")
def test_a_stage_that_dies_before_the_end_opens_nothing(
    evening: Evening, opened: list[Path], qtbot: QtBot
) -> None:
    desk, _ = evening()
    desk.stop_stage()
    qtbot.waitUntil(lambda: desk.session.restarts == 1)
    assert opened == []


@pytest.mark.usefixtures("screen")
def test_after_a_dry_run_nothing_opens_by_itself(evening: Evening, opened: list[Path], qtbot: QtBot) -> None:
    desk, _ = evening(DRY)
    end(desk)
    close_stage(desk, qtbot)
    assert opened == []
    assert "Open report" in desk.buttons()


def test_without_a_screen_nothing_opens_by_itself(evening: Evening, opened: list[Path], qtbot: QtBot) -> None:
    desk, _ = evening()
    end(desk)
    close_stage(desk, qtbot)
    assert opened == []


def test_a_report_that_is_wanted_elsewhere_is_written_besides(evening: Evening, tmp_path: Path) -> None:
    desk, _ = evening(wanted=tmp_path / "wanted.json")
    end(desk)
    assert (tmp_path / "wanted.json").is_file()
    assert (desk.folder / "report.html").is_file()


def test_one_that_cannot_be_written_there_leaves_the_other_on_offer(evening: Evening, tmp_path: Path) -> None:
    desk, after = evening()
    end(desk)
    with pytest.raises(Problem):
        after.write(tmp_path / "gone" / "wanted.json")
    assert "Open report" in desk.buttons()


def runs_windows() -> list[RunsWindow]:
    """The windows of earlier runs that are seen."""
    windows = (each for each in QApplication.topLevelWidgets() if isinstance(each, RunsWindow))
    return [each for each in windows if each.isVisible()]


def test_the_runs_of_earlier_days_are_a_button_away_and_close_with_the_block(
    evening: Evening, qtbot: QtBot
) -> None:
    desk, after = evening()
    end(desk)
    desk.button("Earlier runs").click()
    (window,) = runs_windows()
    qtbot.waitUntil(lambda: len(window.runs.rows) == 1)
    desk.button("Earlier runs").click()
    assert runs_windows() == [window]
    after.close()
    assert runs_windows() == []
    desk.button("Earlier runs").click()
    assert len(runs_windows()) == 1
    after.close()


@pytest.mark.parametrize("words", ["Open report", "Earlier runs"])
def test_the_buttons_at_the_end_react_to_enter(
    evening: Evening, opened: list[Path], words: str, qtbot: QtBot
) -> None:
    desk, after = evening()
    end(desk)
    close_stage(desk, qtbot)
    desk.clock.pass_seconds(1)
    desk.button(words).setFocus()
    QTest.keyClick(desk.window.windowHandle(), Qt.Key.Key_Return)
    assert (len(opened), len(runs_windows())) == ((1, 0) if words == "Open report" else (0, 1))
    after.close()
