# SPDX-License-Identifier: AGPL-3.0-or-later
"""Other programs that turn pages by themselves, and how to have them do it.

- **impressive** ``--auto`` (Debian's ``impressive``; needs pygame, Pillow below 10 and OpenGL, for which
  Mesa's llvmpipe is enough);
- **pympress**, its automatic navigation (Debian's ``pympress``);
- **pdfpc**, which obeys the pages' ``/Dur`` (Debian's ``pdf-presenter-console``) once it has been started by
  a first page turn.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pymupdf

from tests.benchmarks.stage_under_watch import HERE

SYSTEM_PYTHON = "/usr/bin/python3"
"""Debian's, which has what Debian's programs need; one found first on the path may not."""
START_S = 6.0
"""Within this time after its start a peer has its window on the screen."""


class Peer(NamedTuple):
    """A program beside ours. ``needs`` are words that end with 0 where it is installed."""

    name: str
    needs: list[str]
    words: Callable[[Path, float], list[str]]
    """What to start, by the PDF and the seconds a page."""
    hand: tuple[str, ...] = ()
    """What xdotool does when its window is there."""

    @property
    def installed(self) -> bool:
        """Whether it can be started here."""
        if shutil.which(self.needs[0]) is None:
            return False
        return subprocess.run(self.needs, check=False, capture_output=True).returncode == 0


def _impressive(deck: Path, seconds: float) -> list[str]:
    plain = ["--nologo", "--transition", "None", "--transtime", "0", "--noclicks", "--cache", "memory"]
    place = ["--windowed", "--geometry", "1920x1080", "--auto", f"{seconds:g}", "--autoquit"]
    program = shutil.which("impressive") or "impressive"
    return [SYSTEM_PYTHON, program, *plain, *place, str(deck.with_name("pages"))]


PEERS = (
    Peer("impressive", [SYSTEM_PYTHON, shutil.which("impressive") or "", "--help"], _impressive),
    Peer(
        "pympress",
        [SYSTEM_PYTHON, "-c", "import pympress"],
        lambda deck, seconds: [SYSTEM_PYTHON, str(HERE / "auto_pympress.py"), str(deck), f"{seconds:g}"],
        (
            *("search", "--name", "Pympress Content", "windowactivate", "--sync"),
            *("windowmove", "0", "0", "windowsize", "1920", "1080"),
        ),
    ),
    Peer(
        "pdfpc",
        ["dpkg", "-s", "pdf-presenter-console"],
        lambda deck, _: ["pdfpc", "--single-screen", "--switch-screens", "--windowed=none", str(deck)],
        ("key", "Right"),
    ),
)


def draw_timed_deck(path: Path, colours: list[str], seconds: float) -> None:
    """A PDF whose pages last ``seconds`` by themselves, the first of them white, and the same as pictures
    in ``pages`` beside it.
    """
    pages = path.with_name("pages")
    pages.mkdir()
    with pymupdf.open() as document:
        for number, colour in enumerate(["ffffff", *colours]):
            page = document.new_page(width=960, height=540)
            red, green, blue = (value / 255 for value in bytes.fromhex(colour))
            page.draw_rect(page.rect, color=None, fill=(red, green, blue))
            document.xref_set_key(page.xref, "Dur", f"{seconds:g}")
            page.get_pixmap(matrix=pymupdf.Matrix(2, 2)).save(pages / f"{number:03}.jpg", jpg_quality=92)
        document.save(path)


@contextlib.contextmanager
def running(
    peer: Peer, deck: Path, seconds: float, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A peer at work, filling the first screen."""
    place = {"SDL_VIDEO_WINDOW_POS": "0,0", "LIBGL_ALWAYS_SOFTWARE": "1"}
    process = subprocess.Popen(
        peer.words(deck, seconds),
        env={**environment, **place},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(START_S)
        if peer.hand:
            subprocess.run(["xdotool", *peer.hand], env=environment, check=True)
        yield process
    finally:
        process.kill()
        process.wait()
