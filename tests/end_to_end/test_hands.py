# SPDX-License-Identifier: AGPL-3.0-or-later
"""Real keys, a hundred a second, at the real windows: on a virtual X server with a window manager."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from pechakucha.show.journal import CueRecord, Press, Shown
from tests.end_to_end.conftest import Program
from tests.end_to_end.test_processes import records, wait_until

TOOLS = ("Xvfb", "openbox", "xdotool")
REFUSED = ("space", "Next", "Prior", "Right", "Left", "F5", "period", "shift+F5", "ctrl+Next", "space")
"""What does nothing in a talk, nor right after it, nor while a question is open."""

WILD = (
    *REFUSED,
    "p",
    "Return",
    "x",
    "Return",
    "r",
    "Tab",
    "Return",
    "m",
    "Escape",
    "e",
    "n",
    "Return",
    "alt+Up",
)
"""What asks and what answers too."""

LATE_S = 0.25
"""How late a slide may come here: the machine may be busy; a frame is measured elsewhere."""


class Desktop:
    """One screen with a window manager, and fingers on its keyboard."""

    def __init__(self, display: str) -> None:
        self.display = display
        self._environment = {**os.environ, "DISPLAY": display}

    def do(self, *arguments: str) -> str:
        """Call xdotool."""
        done = subprocess.run(
            ["xdotool", *arguments], env=self._environment, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def press(self, keys: Sequence[str]) -> int:
        """Press these keys, one every 10 ms; returns how many."""
        self.do("key", "--delay", "10", *keys)
        return len(keys)

    def window(self, name: str) -> str:
        """The native id of the window with this in its title, "" where there is none."""
        return self.do("search", "--onlyvisible", "--name", name).partition("\n")[0]

    def focus(self, name: str) -> None:
        """Give a window the keyboard."""
        wait_until(lambda: bool(self.window(name)))
        self.do("windowactivate", "--sync", self.window(name))
        self.do("windowfocus", "--sync", self.window(name))

    def focused(self) -> str:
        """The title of the window that has the keyboard."""
        return self.do("getwindowfocus", "getwindowname")


@pytest.fixture
def desktop(tmp_path: Path) -> Iterator[Desktop]:
    """A desktop; skips with a reason on a person's machine where a tool is missing."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing and "CI" not in os.environ:
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert not missing
    chosen, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1920x1080x24", "-noreset"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    with os.fdopen(chosen) as told:
        made = Desktop(f":{told.readline().strip()}")
    os.close(writing)
    manager = subprocess.Popen(
        ["openbox"], env={**os.environ, "DISPLAY": made.display}, stderr=subprocess.DEVNULL
    )
    yield made
    for process in (manager, server):
        process.terminate()
        process.wait()


class Block:
    """A block on that desktop, driven by hand."""

    def __init__(self, program: Program, show: Path, desktop: Desktop, stage: str) -> None:
        self.desktop = desktop
        program.environment.update(DISPLAY=desktop.display, QT_QPA_PLATFORM="xcb")
        program.start("run", str(show), "--stage", stage, "--speed", "2", "--language", "en")
        wait_until(lambda: bool([*show.parent.glob("show.runs/*/journal.jsonl")]))
        self.journal = next(show.parent.glob("show.runs/*/journal.jsonl"))
        desktop.focus("Console")
        time.sleep(1)  # a hand comes to rest

    def start_talk(self) -> None:
        """Space, and the first slide."""
        before = len(self.shown())
        self.desktop.press(["space"])
        wait_until(lambda: len(self.shown()) > before, seconds=10)

    def shown(self) -> list[Shown]:
        """The slides shown so far."""
        return [each for each in records(self.journal) if isinstance(each, Shown)]

    def cues(self) -> list[str]:
        """What has happened so far."""
        return [type(each.action).__name__ for each in records(self.journal) if isinstance(each, CueRecord)]

    def refused(self) -> int:
        """How many presses are recorded as refused."""
        return sum(each.count for each in records(self.journal) if isinstance(each, Press) and each.refused)

    def hammer_across_the_end(self) -> int:
        """Refused keys from within the last slide until the lock is over by a second; returns how many."""
        wait_until(lambda: len(self.shown()) % 6 == 0, seconds=30)
        end = time.monotonic() + 2 + 4
        count = 0
        while time.monotonic() < end:
            count += self.desktop.press(REFUSED * 10)
        return count


@pytest.mark.slow
def test_keys_at_the_console_across_a_talks_end(program: Program, plain_show: Path, desktop: Desktop) -> None:
    block = Block(program, plain_show, desktop, "window")
    block.start_talk()
    while len(block.shown()) < 3:
        desktop.press(WILD * 5)
    assert block.cues() == ["Start"]
    time.sleep(1)
    desktop.press(["Escape"])  # where a question is open
    time.sleep(1.5)
    before = block.refused()
    count = block.hammer_across_the_end()
    wait_until(lambda: block.refused() >= before + count, seconds=10)
    time.sleep(1)
    assert block.refused() == before + count
    assert block.cues() == ["Start"]
    block.start_talk()
    check_report(program, block, before + count)


@pytest.mark.slow
def test_keys_at_a_stage_that_covers_the_only_screen(
    program: Program, plain_show: Path, desktop: Desktop
) -> None:
    block = Block(program, plain_show, desktop, "full")
    block.start_talk()
    desktop.focus("Stage")
    assert "Stage" in desktop.focused()
    sent = desktop.press(("Return", "space", "b", "Next", "x", "p", "e", "period", "F5", "Tab") * 20)
    wait_until(lambda: block.refused() >= sent, seconds=10)
    assert block.refused() == sent
    sent += block.hammer_across_the_end()
    wait_until(lambda: block.refused() >= sent, seconds=10)
    assert block.refused() == sent
    assert block.cues() == ["Start"]
    assert "Stage" in desktop.focused()
    time.sleep(1)
    desktop.press(["Escape"])
    time.sleep(1)
    desktop.press(["Return"])
    wait_until(lambda: "Console" in desktop.focused(), seconds=10)
    time.sleep(1)
    block.start_talk()
    check_report(program, block, sent)


def check_report(program: Program, block: Block, refused: int) -> None:
    """The second talk is on stage; the report knows of two starts, of every slide, and every press."""
    assert block.cues() == ["Start", "Start"]
    report = json.loads(program.run("report", str(block.journal.parent)).stdout)
    first, second = report["talks"]
    assert first["outcome"] == "completed"
    assert first["missed"] == 0
    assert all(0 <= each["shown_s"] - each["due_s"] < 2 * LATE_S for each in first["slides"])
    assert [each["cue"] for each in first["cues"] + second["cues"]] == ["start", "start"]
    assert sum(each["count"] for each in report["presses"] if each["refused"]) == refused
    assert len(report["presses"]) < refused
    page = block.journal.parent / "report-test.html"
    program.run("report", str(block.journal.parent), "--output", str(page), "--language", "en")
    assert re.search("Presses that were refused", page.read_text("utf-8"))
