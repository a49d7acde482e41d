# SPDX-License-Identifier: AGPL-3.0-or-later
"""A hall with a laptop and a beamer, on a virtual X server whose pixels are read straight from its memory."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pymupdf
import pytest

TOOLS = ("Xvfb", "xrandr", "openbox", "xdotool")
WIDTH, HEIGHT = 1280, 720
_NEAR = 14
"""What JPEG may do to a channel of a plain colour."""

_LEVELS = (0x18, 0x68, 0xA8, 0xF0)
PALETTE = tuple(product(_LEVELS, repeat=3))[1:]
"""Slide k has the k-th colour (red, green, blue), counted from 1; none is a card's."""


class Hall:
    """The console's screen on the left, the beamer on the right."""

    def __init__(self, display: str, memory: Path) -> None:
        self.display = display
        self.environment = {**os.environ, "DISPLAY": display}
        self._memory = memory

    def pixel(self, x: int = WIDTH + WIDTH // 2, y: int = HEIGHT // 2) -> tuple[int, int, int]:
        """Red, green and blue at a place, the middle of the beamer's picture, as it is this moment."""
        with self._memory.open("rb") as screen:
            # An XWD file (X11/XWDFile.h): 25 numbers of four bytes, big-endian, then a colour map.
            header = struct.unpack(">25I", screen.read(100))
            start, little_endian, bytes_a_line, colours = header[0], header[7] == 0, header[12], header[19]
            screen.seek(start + 12 * colours + y * bytes_a_line + 4 * x)
            four = screen.read(4)
        blue, green, red = four[:3] if little_endian else four[:0:-1]
        return red, green, blue

    def slide(self, *place: int) -> int | None:
        """The number of the slide on the beamer, or at a place (x, y); None where a card or nothing is."""
        seen = self.pixel(*place)
        for number, colour in enumerate(PALETTE, 1):
            if all(abs(one - other) <= _NEAR for one, other in zip(seen, colour, strict=True)):
                return number
        return None

    def press_in_console(self, key: str) -> None:
        """Press a key in the console's window."""
        self.run("xdotool", "search", "--sync", "--name", "– Console", "windowactivate", "--sync", "key", key)

    def run(self, *words: str) -> None:
        """Run a tool of this display's."""
        subprocess.run(words, env=self.environment, check=True, capture_output=True, timeout=30)


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """Two screens and a window manager; skips with a reason on a person's machine where a tool is missing."""
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing and "CI" not in os.environ:
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert not missing
    memory = tmp_path / "screen"
    memory.mkdir()
    chosen, writing = os.pipe()
    size = f"{2 * WIDTH}x{HEIGHT}x24"
    words = ["Xvfb", "-displayfd", str(writing), "-screen", "0", size, "-noreset", "-fbdir", str(memory)]
    server = subprocess.Popen(words, pass_fds=[writing], stderr=subprocess.DEVNULL)
    with os.fdopen(chosen) as told:
        made = Hall(f":{told.readline().strip()}", memory / "Xvfb_screen0")
    os.close(writing)
    for name, left, output in (("laptop", 0, "screen"), ("beamer", WIDTH, "none")):
        made.run("xrandr", "--setmonitor", name, f"{WIDTH}/300x{HEIGHT}/200+{left}+0", output)
    manager = subprocess.Popen(["openbox"], env=made.environment, stderr=subprocess.DEVNULL)
    yield made
    for process in (manager, server):
        process.terminate()
        process.wait()


def coloured_show(folder: Path, *, slides: int, seconds: int, talks: int = 1, changeover: int = 4) -> Path:
    """A show whose slides are the colours of the palette; seconds are the run's own."""
    folder.mkdir()
    document = pymupdf.open()
    for colour in PALETTE[:slides]:
        page = document.new_page(width=960, height=540)
        page.draw_rect(page.rect, color=None, fill=[each / 255 for each in colour])
    document.save(folder / "colours.pdf")
    path = folder / "show.toml"
    cities = ("Aachen", "Bonn", "Celle")[:talks]
    path.write_text(
        f'title = "Colours"\nformat = "{slides}x{seconds}"\nchangeover = {changeover}\n'
        + "".join(
            f'[[talk]]\nid = "{city.lower()}"\ncity = "{city}"\ndeck = "colours.pdf"\n' for city in cities
        ),
        encoding="utf-8",
    )
    return path
