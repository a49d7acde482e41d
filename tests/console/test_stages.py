# SPDX-License-Identifier: AGPL-3.0-or-later
"""The stages of a run: whatever becomes of the process that stands by, the audience gets the next one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from pechakucha.console.stage_process import Stages
from pechakucha.live.standby import STANDBY

Started = list[list[str]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Started:
    """What processes were started with, none of which is there."""
    seen: Started = []

    def start(_run: Path, arguments: list[str]) -> bool:
        seen.append(arguments)
        return True

    monkeypatch.setattr("pechakucha.console.stage_process.start_stage", start)
    return seen


@pytest.fixture
def stand_by(
    started: Started, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, tmp_path: Path
) -> Callable[[], tuple[Stages, QLocalSocket]]:
    """Stages with a stage there, and something that stands by and never begins."""
    monkeypatch.setattr("pechakucha.console.stage_process._STAND_BY_AFTER_MS", 1)
    monkeypatch.setattr("pechakucha.console.stage_process._BEGINS_WITHIN_MS", 100)

    def make() -> tuple[Stages, QLocalSocket]:
        stages = Stages(tmp_path)
        stages.stage_changed(True)
        qtbot.waitUntil(lambda: bool(started))
        (standby, name) = started.pop()
        assert standby == STANDBY
        waiting = QLocalSocket()
        waiting.connectToServer(name)
        assert stages._caller is not None
        qtbot.waitUntil(lambda: stages._caller is not None and stages._caller.is_answered)
        return stages, waiting

    return make


def test_a_process_that_was_called_and_hangs_is_not_waited_for(
    stand_by: Callable[[], tuple[Stages, QLocalSocket]], started: Started, qtbot: QtBot
) -> None:
    stages, _waiting = stand_by()
    stages.stage_changed(False)
    assert stages.start(["/block"])
    assert not started
    qtbot.waitUntil(lambda: started == [["/block"]], timeout=2000)


def test_one_that_begins_is_the_only_one(
    stand_by: Callable[[], tuple[Stages, QLocalSocket]], started: Started, qtbot: QtBot
) -> None:
    stages, _waiting = stand_by()
    stages.stage_changed(False)
    stages.start(["/block"])
    stages.stage_changed(True)
    qtbot.wait(200)
    assert [each for each in started if each[0] != STANDBY] == []


def test_one_that_has_just_died_is_not_waited_for(
    stand_by: Callable[[], tuple[Stages, QLocalSocket]], started: Started
) -> None:
    stages, waiting = stand_by()
    waiting.abort()  # killed with the stage
    stages.stage_changed(False)
    stages.start(["/block"])
    assert started == [["/block"]]
