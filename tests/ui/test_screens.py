# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the audience's window goes, with stand-ins for screens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QMargins, QRect, QSize
from PySide6.QtGui import QScreen

import pechakucha
from pechakucha.ui.screens import (
    geometry_inside,
    has_screen,
    is_beyond_full_hd,
    offered_screen,
    presenter_screen,
    stage_screen,
    window_geometry,
)


class FakeScreen:
    """A screen as Qt tells of it: logical pixels and how many physical ones each has."""

    def __init__(self, place: QRect, ratio: float, bar: int, name: str) -> None:
        self._place, self._ratio, self._bar, self._name = place, ratio, bar, name

    def name(self) -> str:
        """What the system calls it."""
        return self._name

    def geometry(self) -> QRect:
        """All of it."""
        return self._place

    def availableGeometry(self) -> QRect:  # noqa: N802  # Qt's name
        """Without the system's bar at the top."""
        return self._place.adjusted(0, self._bar, 0, 0)

    def devicePixelRatio(self) -> float:  # noqa: N802  # Qt's name
        """Physical pixels a logical one."""
        return self._ratio


def screen(
    left: int, top: int, width: int, height: int, ratio: float = 1.0, bar: int = 0, name: str = ""
) -> QScreen:
    """A stand-in for a screen."""
    return cast(QScreen, FakeScreen(QRect(left, top, width, height), ratio, bar, name))


LAPTOP = screen(0, 0, 1366, 768, name="laptop")
BEAMER = screen(1366, 0, 1920, 1080, name="beamer")
OTHER = screen(3286, 0, 1280, 1024, name="other")
MIRROR = screen(0, 0, 1366, 768, name="mirror")
FRAME = QMargins(2, 24, 2, 2)
BEAMERS_MIRROR = screen(1366, 0, 1280, 720, name="beamer's mirror")


def test_a_second_screen_is_the_stage() -> None:
    assert stage_screen([LAPTOP, BEAMER], LAPTOP) == (BEAMER, True)
    assert stage_screen([BEAMER, LAPTOP], LAPTOP) == (BEAMER, True)


def test_on_a_single_screen_the_stage_is_a_window() -> None:
    assert stage_screen([LAPTOP], LAPTOP) == (LAPTOP, False)


def test_a_screen_that_shows_the_same_is_no_second_one() -> None:
    assert stage_screen([LAPTOP, MIRROR], LAPTOP) == (LAPTOP, False)
    assert stage_screen([LAPTOP, MIRROR, BEAMER], LAPTOP) == (BEAMER, True)


@pytest.mark.parametrize(("wanted", "chosen"), [(1, LAPTOP), (2, BEAMER), (3, OTHER)])
def test_a_persons_choice_goes_first(wanted: int, chosen: QScreen) -> None:
    assert stage_screen([LAPTOP, BEAMER, OTHER], LAPTOP, wanted) == (chosen, True)


@pytest.mark.parametrize("wanted", [0, 4, -1, 99])
def test_a_choice_that_is_none_is_left_to_us(wanted: int) -> None:
    assert stage_screen([LAPTOP, BEAMER, OTHER], LAPTOP, wanted) == (BEAMER, True)


@pytest.mark.parametrize(
    ("given", "pixels"),
    [
        (screen(0, 0, 1366, 768), QSize(1280, 720)),
        (screen(0, 0, 1920, 1080), QSize(1280, 720)),
        (screen(0, 0, 2560, 1440), QSize(1920, 1080)),
        (screen(0, 0, 1920, 1200, ratio=2.0), QSize(1920, 1080)),  # 3840 × 2400
        (screen(0, 0, 1440, 900, ratio=2.0, bar=25), QSize(1920, 1080)),  # a Mac's
        (screen(0, 0, 1707, 960, ratio=1.5), QSize(1280, 720)),
    ],
)
def test_a_window_has_one_of_two_sizes_in_physical_pixels(given: QScreen, pixels: QSize) -> None:
    place = window_geometry(given)
    ratio = given.devicePixelRatio()
    real = (place.width() * ratio, place.height() * ratio)
    assert real == pytest.approx((pixels.width(), pixels.height()), abs=1)


@pytest.mark.parametrize(
    "given",
    [
        screen(0, 0, 1366, 768),
        screen(1366, 0, 1920, 1080, bar=30),
        screen(-2560, -200, 2560, 1440),
        screen(0, 0, 1440, 900, ratio=2.0, bar=25),
    ],
)
def test_the_window_stands_at_the_right_edge_below_the_systems_bar(given: QScreen) -> None:
    room, place = given.availableGeometry(), window_geometry(given)
    assert (place.right(), place.top()) == (room.right(), room.top())
    assert place.left() >= room.left()


def test_where_it_does_not_fit_the_frame_is_on_the_screen_too() -> None:
    place = window_geometry(screen(0, 0, 1280, 600), FRAME)
    assert place.height() == 600 - 26
    assert place.width() == pytest.approx(place.height() * 16 / 9, abs=1)
    assert place.left() + place.width() + 4 == 1280
    assert place.top() == 0


def test_where_there_is_no_room_the_windows_left_edge_is_on_the_screen() -> None:
    assert window_geometry(screen(100, 0, 800, 600)).topLeft().toTuple() == (100, 0)


@pytest.mark.parametrize(
    ("screens", "now", "before", "taken", "offered"),
    [
        (["laptop"], "laptop", "beamer", {"laptop"}, None),
        (["laptop", "beamer"], "laptop", "beamer", {"laptop"}, "beamer"),
        (["laptop", "other", "beamer"], "laptop", "beamer", {"laptop"}, "beamer"),
        (["laptop", "other", "beamer"], "beamer", "", {"laptop"}, "other"),
        (["laptop", "other", "beamer"], "laptop", "gone", {"laptop"}, "other"),
        (["laptop", "mirror"], "laptop", "mirror", {"laptop", "mirror"}, None),
    ],
)
def test_the_stage_is_offered_the_screen_it_had_and_never_the_consoles(
    screens: list[str], now: str, before: str, taken: set[str], offered: str | None
) -> None:
    assert offered_screen(screens, now, before, taken) == offered


@pytest.mark.parametrize(
    ("screens", "stage", "free"),
    [
        ([LAPTOP, BEAMER, OTHER], "beamer", OTHER),
        ([LAPTOP, BEAMER, OTHER], "other", BEAMER),
        ([OTHER, BEAMER, LAPTOP], "beamer", OTHER),
        ([LAPTOP, BEAMER], "beamer", None),
        ([LAPTOP, BEAMER, BEAMERS_MIRROR], "beamer", None),
        ([LAPTOP, MIRROR, BEAMER], "beamer", None),
        ([LAPTOP, BEAMER, OTHER], "", None),
        ([LAPTOP, BEAMER, OTHER], "laptop", None),
        ([LAPTOP, MIRROR, OTHER], "mirror", None),
    ],
)
def test_the_presenters_view_takes_only_a_screen_that_nobody_else_could_want(
    screens: list[QScreen], stage: str, free: QScreen | None
) -> None:
    assert presenter_screen(screens, LAPTOP, stage) is free


@pytest.mark.parametrize(
    ("given", "frame", "pixels", "inside"),
    [
        # Where it is, it stays.
        (screen(0, 0, 1920, 1080), QRect(100, 50, 1284, 746), QSize(1280, 720), QRect(102, 74, 1280, 720)),
        # Beyond the right and the lower edge it comes back as far as it must.
        (screen(0, 0, 1920, 1080), QRect(900, 600, 1284, 746), QSize(1280, 720), QRect(638, 358, 1280, 720)),
        # A bar at the top came, on a screen that does not begin at 0.
        (
            screen(-1920, 0, 1920, 1080, bar=30),
            QRect(-2000, 0, 1284, 746),
            QSize(1280, 720),
            QRect(-1918, 54, 1280, 720),
        ),
        # Twice the scale: the same physical size is half as many logical pixels.
        (screen(0, 0, 1440, 900, 2.0), QRect(0, 0, 1284, 746), QSize(1920, 1080), QRect(2, 24, 960, 540)),
        # No room: somebody else decides how big it is now.
        (screen(0, 0, 1024, 768), QRect(0, 0, 1284, 746), QSize(1280, 720), None),
        (screen(0, 0, 1280, 720), QRect(0, 0, 1280, 720), QSize(1280, 720), None),
    ],
)
def test_a_window_stays_as_it_is_and_all_on_its_screen(
    given: QScreen, frame: QRect, pixels: QSize, inside: QRect | None
) -> None:
    assert geometry_inside(given, frame, FRAME, pixels) == inside


@pytest.mark.parametrize(
    ("platform", "environment", "there"),
    [
        ("win32", {}, True),
        ("darwin", {}, True),
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ""}, False),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ("win32", {"QT_QPA_PLATFORM": "minimal"}, False),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}, True),
    ],
)
def test_whether_anybody_could_see_a_window(platform: str, environment: dict[str, str], there: bool) -> None:
    assert has_screen(platform, environment) is there


@pytest.mark.parametrize(
    ("given", "beyond"),
    [
        (screen(0, 0, 1920, 1080), False),
        (screen(0, 0, 1280, 720, 1.5), False),
        (screen(0, 0, 3840, 2160), True),
        (screen(0, 0, 1920, 1080, 2.0), True),
        (screen(0, 0, 1920, 1200), True),
    ],
)
def test_a_screen_on_which_full_hd_would_be_enlarged_is_known(given: QScreen, beyond: bool) -> None:
    assert is_beyond_full_hd(given) is beyond


def test_nobody_asks_a_window_for_its_screen() -> None:
    """PySide makes the screen a child of the window, and deletes it with the window."""
    package = Path(pechakucha.__file__).parent
    asked = re.compile(r"(?<!QGuiApplication)\.screen\(\)")
    assert [path.name for path in package.rglob("*.py") if asked.search(_without_comments(path))] == []


def _without_comments(path: Path) -> str:
    return re.sub(r"#.*", "", path.read_text(encoding="utf-8"))
