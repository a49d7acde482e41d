# SPDX-License-Identifier: AGPL-3.0-or-later
"""A console and its stage over the real local socket, on a clock that only the tests move."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import msgspec
import pytest
import shiboken6
from files.builders import a_run, picture_of
from live.builders import FakeClock
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot
from show.builders import a_snapshot, a_talk

from pechakucha.console.deck_work import ImportShow
from pechakucha.console.session import Session
from pechakucha.console.window import ConsoleWindow
from pechakucha.show.cues import Action
from pechakucha.show.format import Format
from pechakucha.show.hand import REST_SECONDS
from pechakucha.show.run import settle
from pechakucha.show.scene import Scene
from pechakucha.show.snapshot import NS, Snapshot, SnapshotSlide, SnapshotTalk
from pechakucha.stage.stage import Stage
from pechakucha.texts import Texts
from pechakucha.ui.controls import CommandButton
from pechakucha.ui.fonts import load_typeface
from pechakucha.ui.style import dress

THREE = Format(slides=3, seconds=20)
"""A talk of a minute."""

TALK_S = THREE.talk_seconds
COUNTDOWN_S = 3


def told(talk: SnapshotTalk) -> SnapshotTalk:
    """The talk with three slides, each with a picture and a note of its own."""
    slides = tuple(
        SnapshotSlide(number=number, picture=picture_of(talk.id, number), notes=f"{talk.city} sagt {number}.")
        for number in range(1, THREE.slides + 1)
    )
    return msgspec.structs.replace(talk, slides=slides)


_TURNS = 20
"""Turns of the event loop within which a message is mostly there and answered."""

BLOCK = a_snapshot(told(a_talk("ulm")), told(a_talk("bern")), format=THREE)
"""Two talks of three slides."""


class Desk:
    """A moderator at the console: looks at the window, presses keys, clicks; time passes when told."""

    def __init__(
        self,
        folder: Path,
        clock: FakeClock,
        qtbot: QtBot,
        texts: Texts,
        importing: ImportShow | None = None,
    ) -> None:
        self.folder, self.clock, self.texts, self._qtbot = folder, clock, texts, qtbot
        self.stage: Stage | None = None
        self.starts = 0
        self.can_start = True
        self.left: list[Stage] = []
        self.session = Session(folder, clock, self.start_stage)
        self.window = ConsoleWindow(self.session, texts, (lambda: importing) if importing else None)
        self.window.resize(1440, 900)

    def open(self) -> None:
        """The console opens and starts its stage."""
        self.window.show()
        self.session.open()
        self._qtbot.waitUntil(lambda: self.session.stage_is_there)
        self.window.activateWindow()
        self._qtbot.waitUntil(self.window.isActiveWindow)
        self.settle()

    @property
    def running(self) -> Stage:
        """The stage that is alive."""
        assert self.stage is not None
        return self.stage

    @property
    def scene(self) -> Scene:
        """What the stage shows."""
        return self.running.conductor.state().scene

    def settle(self) -> None:
        """Until the console knows what the stage knows; then it shows it."""
        if self.stage is not None:
            for _ in range(_TURNS):
                if self._agree():
                    break
                QApplication.processEvents()
            self._qtbot.waitUntil(self._agree)  # which looks every 10 ms only
        self.window.refresh()

    def pass_seconds(self, seconds: float) -> None:
        """Time passes in steps that are no gap, and the stage looks at each."""
        until_ns = self.clock.now_ns() + round(seconds * NS)
        while (left_ns := until_ns - self.clock.now_ns()) > 0:
            self.clock.pass_seconds(min(1.0, left_ns / NS))
            if self.stage is not None:
                self.stage.conductor.look()
        self.settle()

    def sleep_seconds(self, seconds: float) -> None:
        """The machine sleeps."""
        self.clock.pass_seconds(seconds)
        self.running.conductor.look()
        self.settle()

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press and release keys where the focus is, with a hand that rests before each."""
        for key in keys:
            self.rest()
            QTest.keyClick(self.window.windowHandle(), key, modifiers)
            self._deliver()

    def rest(self) -> None:
        """The hand rests as long as it takes for its next press to be a decision."""
        self.pass_seconds(REST_SECONDS)

    def hold_down(self, key: Qt.Key, times: int = 5) -> None:
        """What a system sends while a key is held down, after its first press."""
        for _ in range(times):
            text = " " if key == Qt.Key.Key_Space else ""
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text, True)
                QApplication.sendEvent(QApplication.focusWidget() or self.window, event)
        self._deliver()

    def click(self, words: str) -> None:
        """Click on the button with these words, with a hand that has rested."""
        self.rest()
        QTest.mouseClick(self.button(words), Qt.MouseButton.LeftButton)
        self._deliver()

    def send(self, action: Action) -> None:
        """Another console, or a program, does something that must be accepted."""
        assert self.running.conductor.command(action) is None
        self.settle()

    def buttons(self) -> dict[str, CommandButton]:
        """The buttons that are seen, by their words."""
        found = self.window.findChildren(CommandButton)
        return {button.text(): button for button in found if button.isVisible()}

    def button(self, words: str) -> CommandButton:
        """The button with these words."""
        return self.buttons()[words]

    def says(self) -> str:
        """Every word of a label that is seen, line by line."""
        labels = self.window.findChildren(QLabel)
        return "\n".join(each.text() for each in labels if each.isVisible())

    @property
    def rundown(self) -> QListView:
        """The list of talks."""
        return cast(QListView, self.window.findChild(QListView))

    def select(self, row: int) -> None:
        """Click on a talk of the rundown."""
        place = self.rundown.visualRect(self.rundown.model().index(row, 0)).center()
        QTest.mouseClick(self.rundown.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.window.refresh()

    def cities(self) -> list[str]:
        """The rundown as a screen reader tells it."""
        model = self.rundown.model()
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]

    def stop_stage(self) -> None:
        """The stage's process ends."""
        stage, self.stage = self.running, None
        end_stage(stage)

    def close(self) -> None:
        """Everything ends, once."""
        if not shiboken6.isValid(self.window):
            return
        self.window.let_close()
        self.window.close()
        if self.stage is not None:
            self.stop_stage()
        # What is connected to a signal keeps them alive otherwise, and a thousand tests' windows with them.
        for each in (self.window, self.session):
            shiboken6.delete(each)

    def start_stage(self) -> bool:
        """What starts the stage's process."""
        self.starts += 1
        if not self.can_start:
            return False
        self.stage = Stage(self.folder, self.clock, self.texts)
        self.stage.begin(full=False)
        return True

    def _deliver(self) -> None:
        """What was pressed has reached the stage, and its answer the console."""
        QApplication.processEvents()
        self.settle()

    def _agree(self) -> bool:
        if self.stage is None or not self.session.stage_is_there or self.session.run is None:
            return False
        conductor = self.stage.conductor
        return (
            self.session.run == settle(conductor.run, conductor.now_ns())
            and self.session.is_heard
            and self.session.status.refusals == conductor.refusals
        )


def end_stage(stage: Stage) -> None:
    """What is left of a stage when its process ends: nothing."""
    stage.close()
    shiboken6.delete(stage.conductor)
    shiboken6.delete(stage.window)


def picture(widget: QWidget) -> QImage:
    """How a widget looks."""
    return widget.grab().toImage()


@pytest.fixture(scope="session", autouse=True)
def _dressed(qapp: QApplication) -> None:
    load_typeface()
    dress(qapp)


@pytest.fixture(autouse=True)
def _collected_in_this_thread() -> Iterator[None]:
    """Windows that nobody needs any more must not be torn down by a journal's or a pager's thread."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture
def clock() -> FakeClock:
    """The machine's."""
    return FakeClock()


@pytest.fixture
def english() -> Texts:
    return Texts("en")


@pytest.fixture
def make_desk(
    clock: FakeClock, tmp_path: Path, qtbot: QtBot, english: Texts
) -> Iterator[Callable[..., Desk]]:
    """Opens a console on a block; everything is closed in the end."""
    made: list[Desk] = []

    def make(
        snapshot: Snapshot = BLOCK, *, is_open: bool = True, importing: ImportShow | None = None
    ) -> Desk:
        desk = Desk(a_run(tmp_path, snapshot), clock, qtbot, english, importing)
        made.append(desk)
        if is_open:
            desk.open()
        return desk

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """The console of a block of two talks that has not begun."""
    return make_desk()
