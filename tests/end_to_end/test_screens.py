# SPDX-License-Identifier: AGPL-3.0-or-later
"""Real screens, pulled and plugged: two monitors on a virtual X server, with a window manager."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.conftest import Program
from tests.end_to_end.test_headless import wait_for_shown
from tests.end_to_end.test_processes import wait_until

TOOLS = ("Xvfb", "xrandr", "xwininfo", "openbox")
WIDTH, HEIGHT = 1280, 720

Geometry = tuple[int, int, int, int]


class TwoScreens:
    """``laptop`` on the left, ``beamer`` on the right, the second of which can be pulled."""

    def __init__(self, display: str) -> None:
        self.display = display
        self.environment = {**os.environ, "DISPLAY": display}

    def plug(self) -> None:
        self.xrandr("--setmonitor", "beamer", f"{WIDTH}/300x{HEIGHT}/200+{WIDTH}+0", "none")

    def pull(self) -> None:
        self.xrandr("--delmonitor", "beamer")

    def xrandr(self, *arguments: str) -> None:
        subprocess.run(["xrandr", *arguments], env=self.environment, check=True, capture_output=True)

    def window(self, name: str) -> tuple[str, Geometry] | None:
        """Native id and place (x, y, width, height) of the window with this in its title."""
        listed = subprocess.run(
            ["xwininfo", "-root", "-tree"], env=self.environment, capture_output=True, text=True, check=True
        ).stdout
        for line in listed.splitlines():
            found = re.search(r"(0x[0-9a-f]+) \".*" + name + r".*?(\d+)x(\d+)\S+\s+\+(-?\d+)\+(-?\d+)", line)
            if found:
                width, height, x, y = map(int, found.groups()[1:])
                return found[1], (x, y, width, height)
        return None


@pytest.fixture
def screens(tmp_path: Path) -> Iterator[TwoScreens]:
    """Two screens; skips with a reason on a person's machine where a tool is missing."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing and "CI" not in os.environ:
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert not missing
    chosen, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{2 * WIDTH}x{HEIGHT}x24", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    with os.fdopen(chosen) as told:
        two = TwoScreens(f":{told.readline().strip()}")
    os.close(writing)
    two.xrandr("--setmonitor", "laptop", f"{WIDTH}/300x{HEIGHT}/200+0+0", "screen")
    two.plug()
    manager = subprocess.Popen(["openbox"], env=two.environment, stderr=subprocess.DEVNULL)
    yield two
    for process in (manager, server):
        process.terminate()
        process.wait()


@pytest.mark.slow
def test_a_beamer_pulled_and_plugged_never_costs_the_audience_its_window(
    program: Program, plain_show: Path, screens: TwoScreens
) -> None:
    program.environment.update(DISPLAY=screens.display, QT_QPA_PLATFORM="xcb")
    program.start("run", str(plain_show), "--auto", "--speed", "0.5", "--language", "en")
    wait_for_shown(plain_show, 1)
    on_beamer = screens.window("Stage")
    assert on_beamer is not None
    assert on_beamer[1] == (WIDTH, 0, WIDTH, HEIGHT)

    screens.pull()
    wait_until(lambda: _left_edge(screens) < WIDTH)
    native, (x, _, width, height) = screens.window("Stage") or ("", (0, 0, 0, 0))
    assert native == on_beamer[0]
    assert (width, height) == (1280, 720)
    assert x < WIDTH

    screens.plug()
    end = time.monotonic() + 1
    while time.monotonic() < end:  # it does not jump about by itself: that is offered
        assert _left_edge(screens) < WIDTH
    journal = wait_for_shown(plain_show, 1)
    assert b'"cue":"hold"' not in journal.read_bytes()


def _left_edge(screens: TwoScreens) -> int:
    window = screens.window("Stage")
    assert window is not None, "the audience's window is gone"
    return window[1][0]
