# SPDX-License-Identifier: AGPL-3.0-or-later
"""The audience's window among screens that come, go and change, with stand-ins for screens and window."""

from __future__ import annotations

from typing import ClassVar, cast

import pytest
from PySide6.QtCore import QObject, QPoint, QRect, Signal

from pechakucha.stage.placement import Placement
from pechakucha.stage.window import StageWindow

LAPTOP_PLACE, BEAMER_PLACE = QRect(0, 0, 1366, 768), QRect(1366, 0, 1920, 1080)


class FakeScreen(QObject):
    """A screen as Qt tells of it."""

    geometryChanged = Signal()  # noqa: N815  # Qt's name
    availableGeometryChanged = Signal()  # noqa: N815

    def __init__(self, name: str, place: QRect, serial: str = "") -> None:
        super().__init__()
        self.marks = [name, serial]
        self.place = place

    def name(self) -> str:
        """What the system calls it."""
        return self.marks[0]

    def manufacturer(self) -> str:
        """Who made it."""
        return "maker"

    def model(self) -> str:
        """What it is."""
        return "model"

    def serialNumber(self) -> str:  # noqa: N802  # Qt's name
        """Which of them it is, "" where it does not tell."""
        return self.marks[1]

    def geometry(self) -> QRect:
        """Where it is."""
        return self.place


class FakeApplication(QObject):
    """The screens there are."""

    screenAdded, screenRemoved = Signal(object), Signal(object)  # noqa: N815  # Qt's names
    there: ClassVar[list[FakeScreen]] = []
    only: ClassVar[list[FakeApplication]] = []

    @classmethod
    def instance(cls) -> FakeApplication:
        """The only one."""
        return cls.only[0]

    @classmethod
    def screens(cls) -> list[FakeScreen]:
        """All of them."""
        return cls.there

    @classmethod
    def primaryScreen(cls) -> FakeScreen:  # noqa: N802  # Qt's name
        """The console's."""
        return cls.there[0]

    @classmethod
    def screenAt(cls, point: QPoint) -> FakeScreen | None:  # noqa: N802  # Qt's name
        """The one under this point."""
        return next((each for each in cls.there if each.place.contains(point)), None)

    def pull(self, screen: FakeScreen) -> None:
        """A screen goes."""
        self.there.remove(screen)
        self.screenRemoved.emit(screen)

    def plug(self, screen: FakeScreen) -> None:
        """A screen comes."""
        self.there.append(screen)
        self.screenAdded.emit(screen)


class FakeWindow:
    """Remembers where it was put last."""

    def __init__(self) -> None:
        self.on, self.full, self.puts = "", False, 0
        self.place_now = QRect()

    def place(self, screen: FakeScreen, *, full: bool, alone: bool = False) -> None:
        """Be there."""
        self.on, self.full, self.puts = screen.name(), full, self.puts + 1
        self.place_now = screen.geometry() if full else QRect(0, 0, 640, 360)

    def geometry(self) -> QRect:
        """Where it is."""
        return self.place_now

    def lower(self) -> None:
        """Behind the console."""

    def come_inside(self) -> None:
        """As a window."""


class Hall:
    """A laptop and a beamer, which the audience's window fills."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, serial: str = "") -> None:
        self.application = FakeApplication()
        self.laptop = FakeScreen("laptop", LAPTOP_PLACE)
        self.beamer = FakeScreen("DISPLAY2", BEAMER_PLACE, serial)
        FakeApplication.only[:] = [self.application]
        FakeApplication.there[:] = [self.laptop, self.beamer]
        monkeypatch.setattr("pechakucha.stage.placement.QGuiApplication", FakeApplication)
        self.window = FakeWindow()
        self.placement = Placement(cast(StageWindow, self.window))
        assert self.placement.fill(2, "DISPLAY2") == "DISPLAY2"


@pytest.fixture
def hall(monkeypatch: pytest.MonkeyPatch) -> Hall:
    return Hall(monkeypatch)


def test_a_screen_that_gets_another_name_and_size_is_still_filled(hall: Hall) -> None:
    hall.beamer.marks[0] = "EPSON PJ"
    hall.beamer.geometryChanged.emit()
    hall.beamer.place = QRect(1366, 0, 1280, 720)
    hall.beamer.geometryChanged.emit()
    assert (hall.window.on, hall.window.full) == ("EPSON PJ", True)
    assert hall.window.place_now == hall.beamer.place


def test_one_that_gets_name_and_size_at_once_is_known_by_its_serial_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hall = Hall(monkeypatch, serial="X1")
    hall.beamer.marks[0], hall.beamer.place = "EPSON PJ", QRect(1400, 0, 1280, 720)
    hall.beamer.geometryChanged.emit()
    assert (hall.window.on, hall.window.full) == ("EPSON PJ", True)


def test_without_a_serial_number_it_is_where_the_window_is(hall: Hall) -> None:
    hall.beamer.marks[0], hall.beamer.place = "EPSON PJ", QRect(1400, 0, 1920, 1080)
    hall.beamer.geometryChanged.emit()
    assert (hall.window.on, hall.window.full) == ("EPSON PJ", True)


def test_a_screen_that_comes_under_another_name_before_the_old_one_goes_is_no_loss(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hall = Hall(monkeypatch, serial="X1")
    hall.application.plug(FakeScreen("DISPLAY5", BEAMER_PLACE.translated(10, 0), "X1"))
    hall.application.pull(hall.beamer)
    assert (hall.window.on, hall.window.full) == ("DISPLAY5", True)


def test_a_screen_that_is_pulled_is_not_looked_for_in_a_mirror_of_it(hall: Hall) -> None:
    hall.application.plug(FakeScreen("mirror", BEAMER_PLACE))
    hall.application.pull(hall.beamer)
    assert (hall.window.on, hall.window.full) == ("laptop", False)


def test_another_screen_that_is_pulled_changes_nothing(hall: Hall) -> None:
    third = FakeScreen("DISPLAY3", QRect(4000, 0, 800, 600))
    hall.application.plug(third)
    puts = hall.window.puts
    hall.beamer.marks[0] = "EPSON PJ"
    hall.application.pull(third)
    assert hall.window.puts == puts


def test_a_screen_is_found_by_its_name_where_the_numbers_are_others_by_now(hall: Hall) -> None:
    hall.application.there.reverse()
    assert hall.placement.fill(2, "DISPLAY2") == "DISPLAY2"
    assert hall.window.on == "DISPLAY2"
