# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the audience's window goes, with stand-ins for screens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QScreen

import pechakucha
from pechakucha.ui.screens import has_screen, is_beyond_full_hd, stage_screen, window_geometry


class FakeScreen:
    """A screen as Qt tells of it: logical pixels and how many physical ones each has."""

    def __init__(self, place: QRect, ratio: float, bar: int) -> None:
        self._place, self._ratio, self._bar = place, ratio, bar

    def geometry(self) -> QRect:
        """All of it."""
        return self._place

    def availableGeometry(self) -> QRect:  # noqa: N802  # Qt's name
        """Without the system's bar at the top."""
        return self._place.adjusted(0, self._bar, 0, 0)

    def devicePixelRatio(self) -> float:  # noqa: N802  # Qt's name
        """Physical pixels a logical one."""
        return self._ratio


def screen(left: int, top: int, width: int, height: int, ratio: float = 1.0, bar: int = 0) -> QScreen:
    """A stand-in for a screen."""
    return cast(QScreen, FakeScreen(QRect(left, top, width, height), ratio, bar))


LAPTOP = screen(0, 0, 1366, 768)
BEAMER = screen(1366, 0, 1920, 1080)
OTHER = screen(3286, 0, 1280, 1024)
MIRROR = screen(0, 0, 1366, 768)


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


def test_where_there_is_no_room_the_windows_left_edge_is_on_the_screen() -> None:
    assert window_geometry(screen(100, 0, 800, 600)).topLeft().toTuple() == (100, 0)


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
