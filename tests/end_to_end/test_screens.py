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
from PySide6.QtCore import QCoreApplication

from pechakucha.live.link import Listener, link_name
from pechakucha.live.messages import Place
from tests.end_to_end.conftest import Program
from tests.end_to_end.hall import HEIGHT, WIDTH, Hall, coloured_show, hall
from tests.end_to_end.test_headless import wait_for_shown
from tests.end_to_end.test_processes import stage_of, wait_until

__all__ = ["hall"]

TOOLS = ("Xvfb", "xrandr", "xwininfo", "openbox", "wmctrl", "xdotool")

Geometry = tuple[int, int, int, int]


class TwoScreens:
    """``laptop`` on the left, ``beamer`` beside it, room for a ``third``; all but the first can be pulled."""

    def __init__(self, display: str) -> None:
        self.display = display
        self.environment = {**os.environ, "DISPLAY": display}

    def plug(self, name: str = "beamer", place: int = 1) -> None:
        self.xrandr("--setmonitor", name, f"{WIDTH}/300x{HEIGHT}/200+{place * WIDTH}+0", "none")

    def pull(self, name: str = "beamer") -> None:
        self.xrandr("--delmonitor", name)

    def run(self, *command: str) -> None:
        subprocess.run(command, env=self.environment, check=True, capture_output=True)

    def xrandr(self, *arguments: str) -> None:
        subprocess.run(["xrandr", *arguments], env=self.environment, check=True, capture_output=True)

    def told(self, *of: str) -> str:
        """What xwininfo says, "" where a window goes while it reads, time and again."""
        words = ["xwininfo", *of]
        for _ in range(10):
            done = subprocess.run(words, env=self.environment, capture_output=True, text=True, check=False)
            if done.returncode == 0:
                return done.stdout
        return ""

    def window(self, name: str) -> tuple[str, Geometry] | None:
        """Native id and place (x, y, width, height) of the window with this in its title."""
        for line in self.told("-root", "-tree").splitlines():
            found = re.search(r"(0x[0-9a-f]+) \".*" + name + r".*?(\d+)x(\d+)\S+\s+\+(-?\d+)\+(-?\d+)", line)
            if found:
                width, height, x, y = map(int, found.groups()[1:])
                return found[1], (x, y, width, height)
        return None


@pytest.fixture
def server() -> Iterator[TwoScreens]:
    """One screen and a window manager; skips with a reason on a person's machine where a tool is missing."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing and "CI" not in os.environ:
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert not missing
    chosen, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{3 * WIDTH}x{HEIGHT}x24", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    with os.fdopen(chosen) as told:
        two = TwoScreens(f":{told.readline().strip()}")
    os.close(writing)
    manager = subprocess.Popen(["openbox"], env=two.environment, stderr=subprocess.DEVNULL)
    yield two
    for process in (manager, server):
        process.terminate()
        process.wait()


@pytest.fixture
def screens(server: TwoScreens) -> TwoScreens:
    """Two of them."""
    server.xrandr("--setmonitor", "laptop", f"{WIDTH}/300x{HEIGHT}/200+0+0", "screen")
    server.plug()
    return server


@pytest.mark.slow
def test_a_beamer_pulled_and_plugged_never_costs_the_audience_its_window(
    program: Program, plain_show: Path, screens: TwoScreens
) -> None:
    _run_block(program, plain_show, screens)
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


@pytest.mark.slow
def test_a_third_screen_shows_the_presenters_view(
    program: Program, plain_show: Path, screens: TwoScreens
) -> None:
    screens.plug("third", 2)
    _run_block(program, plain_show, screens)
    wait_until(lambda: place_of(screens, VIEW) == (2 * WIDTH, 0, WIDTH, HEIGHT))
    assert place_of(screens, "Stage") == (WIDTH, 0, WIDTH, HEIGHT)

    screens.pull("third")
    wait_until(lambda: not is_seen(screens, VIEW))
    assert place_of(screens, "Stage") == (WIDTH, 0, WIDTH, HEIGHT)

    screens.plug("third", 2)
    wait_until(lambda: is_seen(screens, VIEW) and place_of(screens, VIEW) == (2 * WIDTH, 0, WIDTH, HEIGHT))


@pytest.mark.slow
def test_a_stage_that_the_window_manager_closes_stays_and_one_that_is_killed_comes_back(
    program: Program, plain_show: Path, screens: TwoScreens
) -> None:
    journal = _run_block(program, plain_show, screens)
    native, _ = screens.window("Stage") or ("", None)
    screens.run("wmctrl", "-i", "-c", native)
    wait_until(lambda: b'"close-stage"' in journal.read_bytes())
    assert (screens.window("Stage") or ("",))[0] == native

    killed = stage_of(journal)
    assert killed is not None
    screens.run("xdotool", "windowkill", native)
    wait_until(lambda: (again := stage_of(journal)) is not None and again != killed)
    wait_until(lambda: place_of(screens, "Stage") == (WIDTH, 0, WIDTH, HEIGHT))


@pytest.mark.slow
@pytest.mark.parametrize("form", ["window", "full"])
def test_a_screen_of_another_size_finds_the_stage_fitting_it(
    program: Program, plain_show: Path, server: TwoScreens, form: str
) -> None:
    """One real output, whose mode is set as by somebody who changes the resolution during a talk."""
    big, small = (2 * WIDTH, HEIGHT), (WIDTH, 600)
    for name, (width, height) in (("big", big), ("small", small)):
        timings = (width, width + 64, width + 192, width + 384, height, height + 3, height + 8, height + 28)
        server.xrandr("--newmode", name, "74.5", *map(str, timings))
        server.xrandr("--addmode", "screen", name)
    server.xrandr("--output", "screen", "--mode", "big")
    _run_block(program, plain_show, server, "--stage", form)
    native, first = server.window("Stage") or ("", (0, 0, 0, 0))
    assert first[2:] == (big if form == "full" else (1280, 720))

    server.xrandr("--output", "screen", "--mode", "small")
    wait_until(lambda: _is_all_on(server, small, filling=form == "full"))

    server.xrandr("--output", "screen", "--mode", "big")
    wait_until(lambda: (place_of(server, "Stage") or first)[2:] == first[2:])
    assert (server.window("Stage") or ("",))[0] == native


@pytest.mark.slow
@pytest.mark.usefixtures("qapp")
def test_moved_to_a_screen_of_another_scale_the_slide_fills_all_its_pixels(
    program: Program, tmp_path: Path, hall: Hall
) -> None:
    show = coloured_show(tmp_path / "show", slides=3, seconds=20)
    program.environment.update(
        DISPLAY=hall.display, QT_QPA_PLATFORM="xcb", QT_SCREEN_SCALE_FACTORS="laptop=1;beamer=2"
    )
    program.start("run", str(show), "--auto", "--speed", "1")
    journal = wait_for_shown(show, 1)
    stage = Listener()
    stage.connect_to(link_name(journal.parent))
    wait_until(lambda: _is_connected(stage))
    for number, left in ((2, WIDTH), (1, 0), (2, WIDTH)):
        assert stage.send(Place(number))
        corners = [(left + x, y) for x in (2, WIDTH - 3) for y in (2, HEIGHT - 3)]
        wait_until(lambda: all(hall.slide(*corner) is not None for corner in corners), 10)  # noqa: B023
        wait_until(lambda: (hall.slide() is None) == (left == 0), 10)  # noqa: B023  # nothing is left behind
    stage.close()


def _is_connected(stage: Listener) -> bool:
    QCoreApplication.processEvents()
    return stage.connected


def _is_all_on(screens: TwoScreens, size: tuple[int, int], *, filling: bool) -> bool:
    """Whether the whole stage is on a screen of this size and as large as it can be there."""
    left, top, width, height = place_of(screens, "Stage") or (0, 0, 0, 0)
    inside = left >= 0 and top >= 0 and left + width <= size[0] and top + height <= size[1]
    frame = 0 if filling else 40
    return (
        inside and height >= size[1] - frame and (filling or width == pytest.approx(height * 16 / 9, abs=2))
    )


VIEW = "Presenter's view"


def _run_block(program: Program, show: Path, screens: TwoScreens, *options: str) -> Path:
    """Start a block on these screens; returns its journal once a slide is on stage."""
    program.environment.update(DISPLAY=screens.display, QT_QPA_PLATFORM="xcb")
    program.start("run", str(show), "--auto", "--speed", "0.5", "--language", "en", *options)
    return wait_for_shown(show, 1)


def place_of(screens: TwoScreens, name: str) -> Geometry | None:
    window = screens.window(name)
    return window[1] if window is not None else None


def is_seen(screens: TwoScreens, name: str) -> bool:
    window = screens.window(name)
    return window is not None and "IsViewable" in screens.told("-id", window[0])
