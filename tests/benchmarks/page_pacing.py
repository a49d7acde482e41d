# SPDX-License-Identifier: AGPL-3.0-or-later
"""How exactly the rehearsal page turns its slides: one whole talk, 400 s of real time, in headless Chromium.

Needs chromium and chromium-driver.

    python -m tests.benchmarks.page_pacing [--page FILE.html] [--load N]

A slide's lateness is counted from its due time, which is the take's start and its place in it, until the
slide is in the document, and until the frame with it has been handed to the compositor. Both are read
from the browser's own clock; light on a screen is not measured. The drift is the last slide's lateness
less the first one's. Without ``--page`` the slides are pure grain of 1600 x 900 pixels, which takes
longer to decode than any photo. ``--load`` keeps as many processes busy beside it.
"""

from __future__ import annotations

import argparse
import io
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import msgspec
from PIL import Image
from rich.console import Console
from rich.table import Table

from pechakucha.rehearsal.portable.page import page_of
from pechakucha.rehearsal.portable.pictures import PortablePicture
from pechakucha.texts import Texts
from tests.rehearsal.portable.browser import Keys
from tests.rehearsal.portable.builders import a_talk
from tests.rehearsal.portable.chromium import missing_for_chromium, started_chromium

SIZE = (1600, 900)
LIMIT_MS = 50.0
LOOK_S = 5.0
NO_CLOCK_OF_OURS = ""

WATCH = """
window.turns = [];
const painted = new MessageChannel();
let waiting = [];
painted.port1.onmessage = () => {
  for (const turn of waiting) turn.painted = performance.now();
  waiting = [];
};
new MutationObserver(() => {
  const { phase, slide } = document.body.dataset;
  const last = window.turns.at(-1);
  if (phase !== "slide" || (last && last.slide === slide)) return;
  const turn = { slide, there: performance.now(), due: session.take.t0 + (slide - 1) * 20000, painted: null };
  window.turns.push(turn);
  waiting.push(turn);
  requestAnimationFrame(() => painted.port2.postMessage(""));
}).observe(document.body, { attributes: true, attributeFilter: ["data-phase", "data-slide"] });
"""


class Turn(NamedTuple):
    """A slide's lateness in milliseconds: in the document, and in the compositor's hands."""

    there: float
    painted: float


def main() -> int:
    """Run it; returns 1 where the drift is 50 ms or more, or a slide was not seen."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--page", type=Path, help="a page that rehearse-page wrote, of 20 slides")
    parser.add_argument("--load", type=int, default=0, help="busy processes beside it")
    given = parser.parse_args()
    if missing := missing_for_chromium():
        print(f"not installed: {', '.join(missing)}")
        return 2
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(given.load)]
    try:
        with tempfile.TemporaryDirectory() as folder:
            turns = watch(given.page or grainy_page(Path(folder) / "page.html"))
    finally:
        for each in busy:
            each.kill()
    return tell(turns, given.load)


def grainy_page(path: Path) -> Path:
    """Twenty slides of pure grain."""
    chance = random.Random(12)
    slides = []
    for slide in a_talk().slides:
        written = io.BytesIO()
        grain = Image.frombytes("RGB", SIZE, chance.randbytes(SIZE[0] * SIZE[1] * 3))
        grain.save(written, "WEBP", quality=40)
        picture = PortablePicture(*SIZE, written.getvalue())
        slides.append(msgspec.structs.replace(slide, picture=picture))
    path.write_bytes(page_of(msgspec.structs.replace(a_talk(), slides=tuple(slides)), Texts("en")))
    return path


def watch(page: Path) -> list[Turn]:
    """One take, in real time."""
    with started_chromium() as browser:
        browser.open(page, clock=NO_CLOCK_OF_OURS)
        browser.run(WATCH)
        browser.press(Keys.SPACE)
        while browser.phase != "over":
            time.sleep(LOOK_S)
        turns = browser.run("return window.turns")
    return [Turn(each["there"] - each["due"], each["painted"] - each["due"]) for each in turns]


def tell(turns: list[Turn], load: int) -> int:
    """Print the table; returns the exit code."""
    table = Table(
        title=f"Slides of one talk in real time, {load} busy processes beside it; milliseconds late"
    )
    for heading in ("", "slides", "median", "most", "least", "drift"):
        table.add_column(heading, justify="left" if not heading else "right")
    worst = 0.0
    for name, late in (
        ("in the document", [each.there for each in turns]),
        ("in the compositor's hands", [each.painted for each in turns]),
    ):
        drift = late[-1] - late[0]
        worst = max(worst, abs(drift))
        figures = (statistics.median(late), max(late), min(late), drift)
        table.add_row(name, str(len(late)), *(f"{each:.1f}" for each in figures))
    Console().print(table)
    return int(len(turns) != 20 or worst >= LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
