# SPDX-License-Identifier: AGPL-3.0-or-later
"""How strict the stage is, measured by its pixels from another process, whatever else the machine does.

    python -m tests.benchmarks.pacing [--slides 60] [--conditions idle,busy,…] [--real]

Runs the real windows on a virtual X server: a deck of plain colours at ``--speed 20``, a slide a second
(with ``--real`` one talk of 20 slides at 20 s). On the same server, half a period later, a bare prototype
shows the same pictures (``bare_pacer.py``). ``pixel_watch.py`` writes down when pixels change. Needs
Xvfb, xrandr, openbox and xdotool, and the extra ``benchmarks``.

Lateness is in milliseconds, from the due time to the first look that saw the new colour; drift is the
last slide's lateness less the first one's. Rows in which the watcher was late itself (more than 4 ms since
its look before) are left out and counted; more than 5 % of them make a run void.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from pechakucha.files.locations import examples_folder
from tests.benchmarks.stage_under_watch import (
    CONSOLE_PART,
    HERE,
    NS,
    PALETTE,
    Flip,
    draw_plain_deck,
    is_near,
    own_environment,
    read_flips,
    require_tools,
    screens,
    watcher,
)

WATCHER_LATE_NS = 4_000_000
VOID_SHARE = 0.05
CORES = os.cpu_count() or 1


class Condition(NamedTuple):
    """What else happens; ``stage`` is the size of its screen in pixels."""

    name: str
    stage: tuple[int, int] = (1920, 1080)
    p99_bar: float = 17
    max_bar: float = 34


class Figures(NamedTuple):
    """Milliseconds; ``left_out`` of ``slides`` rows were the watcher's own lateness."""

    p50: float
    p99: float
    worst: float
    drift: float
    slides: int
    left_out: int
    report_off: float = 0.0

    @property
    def void(self) -> bool:
        """Whether the watcher was late too often."""
        return self.left_out > VOID_SHARE * self.slides


CONDITIONS = (
    Condition("idle"),
    Condition("busy"),
    Condition("importing"),
    Condition("disk"),
    Condition("hands"),
    Condition("blocked"),
    Condition("4k", (3840, 2160), p99_bar=float("inf"), max_bar=float("inf")),
)
WORDS = {
    "idle": "idle",
    "busy": f"{CORES} cores busy",
    "importing": "nine decks importing",
    "disk": "disk busy writing",
    "hands": "console dragged, resized, scrolled",
    "blocked": "console blocked 300 ms at a time",
    "4k": "4K stage",
}


def main() -> None:
    """Measure and print the table."""
    # On a person's machine modules are compiled once and not at every start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--slides", type=int, default=60)
    parser.add_argument("--conditions", default=",".join(each.name for each in CONDITIONS))
    parser.add_argument("--real", action="store_true", help="one talk of 20 slides at 20 s")
    given = parser.parse_args()
    slides, speed = (20, 1.0) if given.real else (given.slides, 20.0)
    table = Table(title=f"Lateness of {slides} slides, {20 / speed:g} s each; ms; {CORES} cores")
    for heading in ("condition", "who", "p50", "p99", "max", "drift", "report off", "left out", ""):
        table.add_column(heading, justify="left" if heading in {"condition", "who"} else "right")
    for condition in CONDITIONS:
        if condition.name in given.conditions.split(","):
            ours, bare = measure(condition, slides, speed)
            _add(table, WORDS[condition.name], "stage", ours, _meets(condition, ours, bare))
            _add(table, "", "bare prototype", bare, True)
            Console(stderr=True).print(f"{condition.name}: {ours}\n  bare: {bare}", highlight=False)
    Console(width=150).print(table)


def _meets(condition: Condition, ours: Figures, bare: Figures) -> bool:
    return (
        not ours.void
        and ours.p99 <= min(condition.p99_bar, 2 * bare.p99 + 3)
        and ours.worst <= condition.max_bar
        and abs(ours.drift) <= 10
        and ours.report_off <= 10
    )


def _add(table: Table, condition: str, who: str, figures: Figures, met: bool) -> None:
    mark = "void" if figures.void else ("[green]✓[/]" if met else "[red]✗[/]")
    numbers = (figures.p50, figures.p99, figures.worst, figures.drift)
    off = f"{figures.report_off:.1f}" if who == "stage" else ""
    left_out = f"{figures.left_out}/{figures.slides}"
    table.add_row(condition, who, *(f"{each:.1f}" for each in numbers), off, left_out, mark)


def measure(condition: Condition, slides: int, speed: float) -> tuple[Figures, Figures]:
    """One run of both under a condition: the stage's figures and the prototype's."""
    period_ns = round(20 * NS / speed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        show = _plain_show(folder, slides)
        environment = own_environment(folder)
        middle = (CONSOLE_PART[0] + condition.stage[0] // 2, condition.stage[1] // 2)
        bare_middle = (CONSOLE_PART[0] + condition.stage[0] + 960, 540)
        with screens(environment, condition.stage) as display:
            environment["DISPLAY"] = display
            with (
                watcher(display, folder / "flips", middle, bare_middle),
                _load(condition.name, environment),
                _block(condition.name, show, speed, environment),
            ):
                start_ns = time.clock_gettime_ns(time.CLOCK_BOOTTIME) + 8 * NS + period_ns // 2
                bare = _start_bare(folder / "pictures", start_ns, period_ns, condition.stage, environment)
                bare.wait()
                _wait_for(folder / "report.json")
        flips = read_flips(folder / "flips")
        report = json.loads((folder / "report.json").read_text("utf-8"))
    (talk,) = report["talks"]
    due = [talk["started_clock_ns"] + number * period_ns for number in range(slides)]
    shown = [talk["started_clock_ns"] + round(each["shown_s"] * NS / speed) for each in talk["slides"]]
    ours = _figures(flips[0], due, shown)
    return ours, _figures(flips[1], [start_ns + number * period_ns for number in range(slides)], None)


def _figures(flips: Sequence[Flip], due: Sequence[int], shown: Sequence[int] | None) -> Figures:
    seen = _match(flips, due)
    kept = {number: flip for number, flip in seen.items() if flip.since_ns <= WATCHER_LATE_NS}
    late = {number: (flip.at_ns - due[number]) / 1e6 for number, flip in kept.items()}
    size = sorted(map(abs, late.values()))
    off = (
        max((abs(kept[number].at_ns - shown[number]) / 1e6 for number in kept), default=0.0) if shown else 0.0
    )
    return Figures(
        p50=size[len(size) // 2],
        p99=size[min(len(size) - 1, int(len(size) * 0.99))],
        worst=size[-1],
        drift=late[max(late)] - late[min(late)],
        slides=len(due),
        left_out=len(due) - len(kept),
        report_off=off,
    )


def _match(flips: Sequence[Flip], due: Sequence[int]) -> dict[int, Flip]:
    """The flip to each slide's colour nearest to its due time; a slide that never came raises."""
    found = {}
    for number, at_ns in enumerate(due):
        wanted = PALETTE[number % len(PALETTE)]
        fitting = [flip for flip in flips if is_near(flip.colour, wanted)]
        nearest = min(fitting, key=lambda flip, due_ns=at_ns: abs(flip.at_ns - due_ns), default=None)
        if nearest is None or abs(nearest.at_ns - at_ns) > (due[1] - due[0]) // 2:
            raise SystemExit(f"slide {number + 1} was never seen")
        found[number] = nearest
    return found


def _plain_show(folder: Path, slides: int) -> Path:
    """A show of one talk of plain colours, and the same as pictures for the prototype."""
    (folder / "pictures").mkdir()
    colours = [PALETTE[number % len(PALETTE)] for number in range(slides)]
    draw_plain_deck(folder / "plain.pdf", colours, folder / "pictures")
    show = folder / "show.toml"
    show.write_text(
        f'title = "Pacing"\nformat = "{slides}x20"\nchangeover = 60\n'
        '[[talk]]\nid = "a-aaaa"\ncity = "Aachen"\ndeck = "plain.pdf"\n',
        encoding="utf-8",
    )
    return show


@contextlib.contextmanager
def _block(condition: str, show: Path, speed: float, environment: dict[str, str]) -> Iterator[None]:
    program = [str(HERE / "blocked_console.py")] if condition == "blocked" else ["-m", "pechakucha"]
    options = ["--auto", "--speed", f"{speed:g}", "--report", str(show.with_name("report.json"))]
    process = subprocess.Popen([sys.executable, *program, "run", str(show), *options], env=environment)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _wait_for(report: Path, seconds: float = 120) -> None:
    """The report is written when the block is over."""
    end = time.monotonic() + seconds
    while not report.exists():
        if time.monotonic() > end:
            raise SystemExit("the block did not come to its end")
        time.sleep(0.5)


def _start_bare(
    pictures: Path, start_ns: int, period_ns: int, stage: tuple[int, int], environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    left = CONSOLE_PART[0] + stage[0]
    place = map(str, (start_ns, period_ns, left, 0, 1920, 1080))
    return subprocess.Popen(
        [sys.executable, str(HERE / "bare_pacer.py"), str(pictures), *place], env=environment
    )


@contextlib.contextmanager
def _load(condition: str, environment: dict[str, str]) -> Iterator[None]:
    """What else happens meanwhile."""
    python = sys.executable
    decks = sorted((examples_folder() / "mpsc-mashup" / "decks").glob("*.pptx"))
    importing = 'while D=$(mktemp -d); do XDG_DATA_HOME=$D "$@" >/dev/null 2>&1; rm -rf $D; done'
    writing = 'while dd if=/dev/zero of="$1" bs=1M count=256 conv=fsync 2>/dev/null; do :; done'
    commands: dict[str, list[list[str]]] = {
        "busy": [[python, "-c", "while True: pass"]] * CORES,
        "importing": [["bash", "-c", importing, "-", python, "-m", "pechakucha", "check", *map(str, decks)]],
        "disk": [["bash", "-c", writing, "-", str(Path(environment["XDG_DATA_HOME"]).parent / "junk")]],
        "hands": [["bash", str(HERE / "hands.sh")]],
    }
    running = [
        subprocess.Popen(command, env=environment, start_new_session=True)
        for command in commands.get(condition, [])
    ]
    try:
        yield
    finally:
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 9)
            process.wait()


if __name__ == "__main__":
    require_tools("Xvfb", "xrandr", "openbox", "xdotool")
    main()
