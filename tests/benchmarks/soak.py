# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whether a long block, and many blocks after each other, leave anything behind in memory.

    python -m tests.benchmarks.soak [--talks 900] [--speed 400] [--only one,many]

Real windows on a virtual X server, talks that start by themselves. ``one``: one show of all the talks, so
that both processes live long. ``many``: shows of nine talks, opened from the start window of one console
after each other; every block has a stage of its own. Memory (USS), open files and threads are read from
outside; timers and objects are counted inside (``live_objects.py``); lateness is the report's.

A table by tenths of the time. Needs Xvfb, xrandr and openbox, and the extra ``benchmarks``.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import psutil
from rich.console import Console
from rich.table import Table

from pechakucha.live.link import stage_pid
from pechakucha.report.writing import report_of
from pechakucha.show.figures import Report
from tests.benchmarks.stage_under_watch import (
    PALETTE,
    draw_plain_deck,
    leaving_nothing,
    own_environment,
    require_tools,
    screens,
)

STAGE = (1920, 1080)
SLIDES, SECONDS, CHANGEOVER_S, NINE = 20, 20, 45, 9
LOOK_S = 2.0
MEMORY_BAR = 0.05
LATER_BAR_MS = 1.0
"""By how much the lateness of half of the slides may grow."""
INSIDE = ("timers", "qobjects", "objects")
OUTSIDE = ("uss", "files", "threads")
MUST_NOT_GROW = ("files", "threads", "timers", "qobjects")
WHO = ("console", "stage")

Row = dict[str, float]


class Soaked(NamedTuple):
    """Samples of each process (``at`` in seconds), and how late each slide was (ms, None: nobody saw it)."""

    samples: Mapping[str, list[Row]]
    late_ms: list[float | None]
    exit_code: int


def main() -> None:
    """Run and print the tables."""
    # On a person's machine modules are compiled once and not at every start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--talks", type=int, default=900)
    parser.add_argument("--speed", type=float, default=400)
    parser.add_argument("--only", default="one,many")
    given = parser.parse_args()
    require_tools("Xvfb", "xrandr", "openbox")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # so that everything started is ended too
    for words, wanted in (("one", "One block of"), ("many", "Blocks of nine, together")):
        if words in given.only.split(","):
            with tempfile.TemporaryDirectory(prefix="soak-") as folder:
                soaked = _soak(words, given.talks, given.speed, Path(folder))
            title = f"{wanted} {given.talks} talks at speed {given.speed:g}; {os.cpu_count()} cores"
            _print(title, soaked)


def _soak(mode: str, talks: int, speed: float, folder: Path) -> Soaked:
    environment = own_environment(folder) | {"SOAK_COUNTS": str(folder), "LANG": "C.UTF-8"}
    show = _write_show(folder, talks if mode == "one" else NINE)
    report = folder / "report.json"
    command = [sys.executable, "-m", "tests.benchmarks.counted_console"]
    if mode == "one":
        options = ["--auto", "--speed", f"{speed:g}", "--report", str(report)]
        command += ["run", str(show), *options]
    else:
        command += [str(max(1, talks // NINE)), f"{speed:g}", str(show)]
    with leaving_nothing(folder), screens(environment, STAGE) as display:
        console = subprocess.Popen(command, env=environment | {"DISPLAY": display})
        longest_s = 120 + 3 * talks * (SLIDES * SECONDS + CHANGEOVER_S) / speed
        samples = _sample(console, lambda: report.exists() or console.poll() is not None, longest_s)
        code = console.poll() or 0
    for who in WHO:
        _add_counts(samples[who], folder / who)
    runs = sorted((folder / "show.runs").iterdir(), key=lambda run: (run / "journal.jsonl").stat().st_mtime)
    late_ms = [each for run in runs for each in _lateness_ms(report_of(run))]
    return Soaked(samples, late_ms, code)


def _write_show(folder: Path, talks: int) -> Path:
    for number in range(NINE):
        colours = [PALETTE[(number + slide) % len(PALETTE)] for slide in range(SLIDES)]
        draw_plain_deck(folder / f"{number}.pdf", colours)
    lines = [f'title = "Soak"\nformat = "{SLIDES}x{SECONDS}"\nchangeover = {CHANGEOVER_S}']
    lines += [
        f'[[talk]]\nid = "t-{number:04}"\ncity = "City {number + 1}"\ndeck = "{number % NINE}.pdf"'
        for number in range(talks)
    ]
    show = folder / "show.toml"
    show.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return show


def _sample(
    console: subprocess.Popen[bytes], is_over: Callable[[], bool], longest_s: float
) -> dict[str, list[Row]]:
    samples: dict[str, list[Row]] = {who: [] for who in WHO}
    end_s = time.monotonic() + longest_s
    watched = psutil.Process(console.pid)
    stage: psutil.Process | None = None
    while not is_over():
        if time.monotonic() > end_s:
            raise SystemExit("the blocks did not come to their end")
        if stage is None or not stage.is_running():
            stage = _stage(Path(watched.environ()["SOAK_COUNTS"]))
        if stage is not None:
            for who, process in zip(WHO, (watched, stage), strict=True):
                with contextlib.suppress(psutil.Error):
                    samples[who].append(_look(process))
        time.sleep(LOOK_S)
    return samples


def _look(process: psutil.Process) -> Row:
    return {
        "at": time.monotonic(),
        "uss": process.memory_full_info().uss / 2**20,
        "files": process.num_fds(),
        "threads": process.num_threads(),
    }


def _stage(folder: Path) -> psutil.Process | None:
    """The stage of the block that began last."""
    begun = sorted(folder.glob("show.runs/*/journal.jsonl"), key=lambda journal: journal.stat().st_mtime)
    with contextlib.suppress(psutil.Error):
        pid = stage_pid(begun[-1].parent) if begun else None
        return psutil.Process(pid) if pid else None
    return None


def _add_counts(samples: list[Row], counted: Path) -> None:
    if counted.exists():
        samples += [json.loads(line) for line in counted.read_text("ascii").splitlines()]


def _lateness_ms(report: Report) -> list[float | None]:
    return [
        None if slide.shown_s is None else (slide.shown_s - slide.due_s) * 1000 / report.speed
        for talk in report.talks
        for slide in talk.slides
    ]


def _tenths(samples: Sequence[Row]) -> list[Row]:
    """The mean of each figure in each tenth of the time."""
    first, last = min(row["at"] for row in samples), max(row["at"] for row in samples)
    tenths: list[Row] = []
    for number in range(10):
        low, high = (first + (last - first) * share / 10 for share in (number, number + 1))
        inside = [row for row in samples if low <= row["at"] <= high]
        figures = {}
        for name in (*OUTSIDE, *INSIDE):
            values = [row[name] for row in inside if name in row]
            figures[name] = sum(values) / len(values) if values else float("nan")
        tenths.append(figures)
    return tenths


def _late_tenths(late_ms: Sequence[float | None]) -> list[Row]:
    tenths: list[Row] = []
    for number in range(10):
        part = late_ms[len(late_ms) * number // 10 : len(late_ms) * (number + 1) // 10]
        seen = sorted(each for each in part if each is not None) or [float("nan")]
        p50, p99 = (seen[min(len(seen) - 1, int(len(seen) * share))] for share in (0.5, 0.99))
        tenths.append({"p50": p50, "p99": p99, "max": seen[-1], "unseen": sum(each is None for each in part)})
    return tenths


def _print(title: str, soaked: Soaked) -> None:
    by_tenth = {who: _tenths(soaked.samples[who]) for who in WHO}
    late = _late_tenths(soaked.late_ms)
    table = Table(title=title)
    table.add_column("tenth", justify="right")
    names = {"uss": "USS MiB", "files": "files", "threads": "threads"}
    for who in WHO:
        for name in (*OUTSIDE, *INSIDE):
            table.add_column(f"{who} {names.get(name, name)}", justify="right")
    for name in ("p50", "p99", "max", "unseen"):
        table.add_column("nobody saw" if name == "unseen" else f"late {name} ms", justify="right")
    for number in range(10):
        cells = [f"{by_tenth[who][number][name]:.1f}" for who in WHO for name in (*OUTSIDE, *INSIDE)]
        cells += [f"{late[number][name]:.1f}" for name in ("p50", "p99", "max")]
        table.add_row(str(number + 1), *cells, f"{late[number]['unseen']:.0f}")
    console = Console(width=190)
    console.print(table)
    for words, met in _bars(by_tenth, late):
        console.print(f"{'[green]✓[/]' if met else '[red]✗[/]'} {words}", highlight=False)
    if soaked.exit_code:
        console.print(f"[red]✗[/] the console ended with {soaked.exit_code}")


def _bars(by_tenth: Mapping[str, Sequence[Row]], late: Sequence[Row]) -> list[tuple[str, bool]]:
    """The last tenth beside the second one."""
    bars = []
    for who in WHO:
        second, last = by_tenth[who][1], by_tenth[who][9]
        more = last["uss"] / second["uss"] - 1
        words = f"{who}: memory {more:+.1%} (bar ±{MEMORY_BAR:.0%})"
        bars.append((words, abs(more) <= MEMORY_BAR))
        for name in MUST_NOT_GROW:
            words = f"{who}: {name} {second[name]:.1f} → {last[name]:.1f} (bar: no growth)"
            bars.append((words, last[name] <= second[name] + 0.5))
    later = late[9]["p50"] - late[1]["p50"]
    bars.append((f"lateness p50 {later:+.1f} ms (bar ≤ {LATER_BAR_MS:g})", later <= LATER_BAR_MS))
    return bars


if __name__ == "__main__":
    main()
