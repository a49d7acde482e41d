# SPDX-License-Identifier: AGPL-3.0-or-later
"""The program as a person starts it: by its command line, in a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pymupdf
import pytest

COLOURS = (
    (0.9, 0.1, 0.1),
    (0.1, 0.8, 0.2),
    (0.1, 0.3, 0.9),
    (0.9, 0.8, 0.1),
    (0.6, 0.1, 0.8),
    (0.1, 0.8, 0.8),
)


class Program:
    """Starts ``pechakucha`` and, at the end of the test, ends whatever it left running."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = {
            **{
                name: value
                for name, value in os.environ.items()
                if name not in ("DISPLAY", "WAYLAND_DISPLAY")
            },
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_STATE_HOME": str(home / "state"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "QT_QPA_PLATFORM": "offscreen",
            "LANG": "C.UTF-8",
        }
        self._started: list[subprocess.Popen[str]] = []

    def run(self, *arguments: str, seconds: float = 120) -> subprocess.CompletedProcess[str]:
        """Run to the end."""
        return subprocess.run(
            [sys.executable, "-m", "pechakucha", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=seconds,
            check=False,
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start and leave running."""
        process = subprocess.Popen(
            [sys.executable, "-m", "pechakucha", *arguments],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._started.append(process)
        return process

    def stop(self) -> None:
        """End what is still running, stages that outlived their console included."""
        for process in self._started:
            process.kill()
            process.communicate()
        for each in psutil.process_iter(["cmdline"]):
            if str(self.home.parent) in " ".join(each.info["cmdline"] or []):
                each.kill()


@pytest.fixture
def program(tmp_path: Path) -> Iterator[Program]:
    """The program in a home of its own."""
    home = tmp_path / "home"
    home.mkdir()
    running = Program(home)
    yield running
    running.stop()


@pytest.fixture
def plain_show(tmp_path: Path) -> Path:
    """Two talks of six plain pages, 4 s each."""
    folder = tmp_path / "show"
    folder.mkdir()
    document = pymupdf.open()
    for colour in COLOURS:
        page = document.new_page(width=960, height=540)
        page.draw_rect(page.rect, color=None, fill=colour)
    document.save(folder / "plain.pdf")
    path = folder / "show.toml"
    path.write_text(
        'title = "Plain"\nformat = "6x4"\nchangeover = 4\n'
        '[[talk]]\nid = "a-aaaa"\ncity = "Aachen"\ndeck = "plain.pdf"\n'
        '[[talk]]\nid = "b-bbbb"\ncity = "Bonn"\ndeck = "plain.pdf"\n',
        encoding="utf-8",
    )
    return path
