# SPDX-License-Identifier: AGPL-3.0-or-later
"""The preview on two real screens: the stage on one, the presenter's window on the other."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Program
from tests.end_to_end.test_processes import wait_until
from tests.end_to_end.test_screens import HEIGHT, WIDTH, TwoScreens, is_seen, place_of, screens, server

__all__ = ["screens", "server"]

STAGE, WINDOW = "Stage", 'Plain"'
LAPTOP, BEAMER = (0, 0, WIDTH, HEIGHT), (WIDTH, 0, WIDTH, HEIGHT)


def left_edge(two: TwoScreens) -> int:
    """Where the presenter's window begins."""
    place = place_of(two, WINDOW)
    return -1 if place is None else place[0]


def stage_is_gone(two: TwoScreens) -> bool:
    """Whether nobody sees a stage."""
    return two.window(STAGE) is None or not is_seen(two, STAGE)


def press(two: TwoScreens, key: str) -> None:
    """A key for the presenter's window."""
    native, _ = two.window(WINDOW) or ("", None)
    two.run("wmctrl", "-i", "-a", native)
    two.run("xdotool", "key", key)


@pytest.mark.slow
def test_the_stage_is_on_the_other_screen_and_goes_with_it(
    program: Program, plain_show: Path, screens: TwoScreens
) -> None:
    program.environment.update(DISPLAY=screens.display, QT_QPA_PLATFORM="xcb")
    preview: subprocess.Popen[str] = program.start(
        "preview", str(plain_show.parent / "plain.pdf"), "--language", "en"
    )
    wait_until(lambda: place_of(screens, STAGE) == BEAMER and is_seen(screens, STAGE))
    assert 0 <= left_edge(screens) < WIDTH

    press(screens, "d")
    wait_until(lambda: place_of(screens, STAGE) == LAPTOP and left_edge(screens) >= WIDTH)
    press(screens, "d")
    wait_until(lambda: place_of(screens, STAGE) == BEAMER and 0 <= left_edge(screens) < WIDTH)

    screens.pull()
    wait_until(lambda: stage_is_gone(screens))
    assert 0 <= left_edge(screens) < WIDTH
    assert is_seen(screens, WINDOW)

    screens.plug()
    wait_until(lambda: place_of(screens, STAGE) == BEAMER and is_seen(screens, STAGE))

    press(screens, "v")
    wait_until(lambda: stage_is_gone(screens))
    press(screens, "v")
    wait_until(lambda: is_seen(screens, STAGE))

    press(screens, "Escape")
    assert preview.wait(10) == 0
