# SPDX-License-Identifier: AGPL-3.0-or-later
"""Stages on a clock that only the tests move."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from decks.conftest import is_near
from files.builders import FOUR, a_run, hue_of, with_slides
from live.builders import FakeClock
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot
from show.builders import a_snapshot, a_talk

from pechakucha.show.cues import Action
from pechakucha.show.scene import OnSlide
from pechakucha.show.snapshot import NS
from pechakucha.show.taking_up import Continue
from pechakucha.stage.stage import Stage
from pechakucha.texts import Texts
from pechakucha.ui.fonts import load_typeface

ENGLISH = Texts("en")

BLOCK = a_snapshot(with_slides(a_talk("ulm")), with_slides(a_talk("bern", pause=60)), format=FOUR)
"""Two talks of four slides, a break between them."""


class Evening:
    """A stage with its clock, and eyes on what its window shows."""

    def __init__(
        self, folder: Path, clock: FakeClock, qtbot: QtBot, *, attended: bool, go_on: Continue
    ) -> None:
        self.folder, self.clock, self._qtbot = folder, clock, qtbot
        self.stage = Stage(folder, clock, ENGLISH, attended=attended, go_on=go_on)
        self.finished = 0
        self.stage.finished.connect(self._count)

    def begin(self) -> None:
        """The window opens and time may pass."""
        self.stage.begin(full=False)
        self.decoded()

    def pass_seconds(self, seconds: float) -> None:
        """Time passes, the conductor looks often enough, and the pictures are there when they are due."""
        until_ns = self.clock.now_ns() + round(seconds * NS)
        while (left_ns := until_ns - self.clock.now_ns()) > 0:
            self.clock.pass_seconds(min(1.0, left_ns / NS))
            self.stage.conductor.look()
            self.decoded()

    def do(self, action: Action) -> None:
        """A hand does something that must be accepted."""
        assert self.stage.conductor.command(action) is None
        self.decoded()

    def decoded(self) -> None:
        """Wait for the picture that is on stage now."""
        scene = self.stage.conductor.state().scene
        turn = self.stage.conductor.run.turn(scene.talk) if isinstance(scene, OnSlide) else None
        name = turn.talk.slides[scene.index].picture if turn and isinstance(scene, OnSlide) else None
        if name is not None:
            size = self.stage.window.pixels()
            self._qtbot.waitUntil(lambda: self.stage.pager.knows(name, size))

    def sees(self) -> QImage:
        """What the audience sees, read back from the system."""
        # Not ``window.screen()``: PySide deletes that screen with the window.
        return QGuiApplication.primaryScreen().grabWindow(self.stage.window.winId()).toImage()

    def sees_slide(self, talk: str, number: int) -> bool:
        """Whether the audience sees this slide."""
        image = self.sees()
        return is_near(image.pixelColor(image.rect().center()), hue_of(talk, number))

    def close(self) -> None:
        """The process ends, with everything written."""
        self.stage.close()
        self.stage.window.destroy()

    def _count(self) -> None:
        self.finished += 1


@pytest.fixture(scope="session", autouse=True)
def _typeface(qapp: object) -> None:
    load_typeface()


@pytest.fixture
def clock() -> FakeClock:
    """The machine's."""
    return FakeClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a run that has not begun."""
    return a_run(tmp_path, BLOCK)


@pytest.fixture
def open_stage(clock: FakeClock, folder: Path, qtbot: QtBot) -> Iterator[Callable[..., Evening]]:
    """Opens stages, of ``folder`` unless another is given, and closes them in the end."""
    opened: list[Evening] = []

    def make(
        at: Path = folder, *, attended: bool = True, go_on: Continue = Continue.SCHEDULE, begin: bool = True
    ) -> Evening:
        evening = Evening(at, clock, qtbot, attended=attended, go_on=go_on)
        opened.append(evening)
        if begin:
            evening.begin()
        return evening

    yield make
    for evening in opened:
        evening.close()
