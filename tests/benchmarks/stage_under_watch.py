# SPDX-License-Identifier: AGPL-3.0-or-later
"""A virtual X server with two screens, a deck of plain colours, and somebody who writes down pixels.

What the benchmarks share that judge the stage by what is to be seen of it. Needs Xvfb, xrandr and openbox,
and the extra ``benchmarks``.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import psutil
import pymupdf

NS = 1_000_000_000
HERE = Path(__file__).parent
PALETTE = ("e01010", "10c020", "2040e0", "e0c010", "9010c0", "10c0c0", "f08010")
NEAR = 10
"""What JPEG may do to a channel of a plain colour."""
CONSOLE_PART = (1920, 1080)
WHOLE = (9600, 2160)
"""Room for the console, a 4K stage and a prototype beside it as large as that."""
_SHARED_MEMORY = Path("/dev/shm")
"""No disk may slow the screen down."""
_XVFB = ("Xvfb", "-noreset", "+extension", "GLX")


class Flip(NamedTuple):
    """A change of a pixel: when it was seen and how long ago the look before was, nanoseconds."""

    at_ns: int
    colour: str
    since_ns: int


def require_tools(*tools: str) -> None:
    """Leave with a message where a tool is not installed."""
    missing = [tool for tool in tools if shutil.which(tool) is None]
    if missing:
        raise SystemExit(f"not installed: {', '.join(missing)}")


def is_near(colour: str, wanted: str) -> bool:
    """Whether a colour is the wanted one but for what JPEG does to it."""
    pairs = zip(bytes.fromhex(colour), bytes.fromhex(wanted), strict=True)
    return all(abs(one - other) <= NEAR for one, other in pairs)


def draw_plain_deck(path: Path, colours: Sequence[str], pictures: Path | None = None) -> None:
    """A PDF with a page of each colour and, where a folder is given, the same as JPEG pictures of 1920 px."""
    with pymupdf.open() as document:
        for number, colour in enumerate(colours):
            page = document.new_page(width=960, height=540)
            red, green, blue = (value / 255 for value in bytes.fromhex(colour))
            page.draw_rect(page.rect, color=None, fill=(red, green, blue))
            if pictures is not None:
                pixmap = page.get_pixmap(matrix=pymupdf.Matrix(2, 2))
                pixmap.save(pictures / f"{number:03}.jpg", jpg_quality=92)
        document.save(path)


def own_environment(folder: Path) -> dict[str, str]:
    """The environment of a program at home in ``folder``, on an X server."""
    homes = {f"XDG_{kind}_HOME": str(folder / kind.lower()) for kind in ("DATA", "STATE", "CONFIG", "CACHE")}
    return {**os.environ, **homes, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(HERE.parents[1])}


@contextlib.contextmanager
def leaving_nothing(folder: Path) -> Iterator[None]:
    """In the end nothing runs any more that was started at home in ``folder``, whoever started it."""
    try:
        yield
    finally:
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.environ().get("XDG_DATA_HOME", "").startswith(str(folder)):
                    process.kill()


@contextlib.contextmanager
def screens(environment: dict[str, str], stage: tuple[int, int]) -> Iterator[str]:
    """An X server with the console's screen and the stage's beside it, and a window manager."""
    chosen, writing = os.pipe()
    size = f"{WHOLE[0]}x{WHOLE[1]}x24"
    mapped = tempfile.mkdtemp(dir=_SHARED_MEMORY)
    with contextlib.ExitStack() as running:
        server = [*_XVFB, "-displayfd", str(writing), "-screen", "0", size, "-fbdir", mapped]
        _start(running, server, (writing,))
        os.close(writing)
        with os.fdopen(chosen) as told:
            number = told.readline().strip()
        if not number:
            raise SystemExit("Xvfb did not start")
        display = f":{number}"
        shutil.rmtree(_mapped(display), ignore_errors=True)  # of a server that was killed
        Path(mapped).rename(_mapped(display))
        running.callback(shutil.rmtree, _mapped(display), ignore_errors=True)
        on_it = {**environment, "DISPLAY": display}
        (width, height), (left, _) = stage, CONSOLE_PART
        for name, place, output in (
            ("laptop", f"{left}/300x{CONSOLE_PART[1]}/200+0+0", "screen"),
            ("beamer", f"{width}/300x{height}/200+{left}+0", "none"),
        ):
            command = ["xrandr", "--setmonitor", name, place, output]
            subprocess.run(command, env=on_it, check=True, stdout=subprocess.DEVNULL)
        _start(running, ["openbox"], environment=on_it)
        yield display


def _mapped(display: str) -> Path:
    """The folder into which the server of a display maps what it shows."""
    return _SHARED_MEMORY / f"pechakucha-screens{display}"


def _start(
    running: contextlib.ExitStack,
    command: Sequence[str],
    inherited: Sequence[int] = (),
    environment: dict[str, str] | None = None,
) -> None:
    """Start something that ends with ``running``."""
    process = subprocess.Popen(
        command,
        pass_fds=inherited,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    running.callback(process.wait)
    running.callback(process.terminate)


@contextlib.contextmanager
def watcher(display: str, out: Path, *pixels: tuple[int, int]) -> Iterator[None]:
    """Writes down when pixels change; to be read from ``out`` by ``read_flips`` afterwards."""
    framebuffer = _mapped(display) / "Xvfb_screen0"
    places = [f"{x},{y}" for x, y in pixels]
    process = subprocess.Popen(
        [sys.executable, str(HERE / "pixel_watch.py"), str(framebuffer), str(out), *places],
        stdin=subprocess.PIPE,
    )
    try:
        yield
    finally:
        process.communicate()


def read_flips(path: Path) -> list[list[Flip]]:
    """What a watcher wrote down, one list a pixel, in their order."""
    lines = [line.split() for line in path.read_text("ascii").splitlines() if not line.startswith("#")]
    flips: list[list[Flip]] = [[] for _ in range(1 + max((int(which) for which, *_ in lines), default=-1))]
    for which, at, colour, since in lines:
        flips[int(which)].append(Flip(int(at), colour, int(since)))
    return flips


def read_cost(path: Path) -> tuple[str, float]:
    """How a watcher was scheduled, and its share of a core."""
    _, scheduled, share = path.read_text("ascii").splitlines()[-1].split()
    return scheduled, float(share)
