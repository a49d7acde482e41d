# SPDX-License-Identifier: AGPL-3.0-or-later
"""How strict the stage is, measured by its pixels from another process, whatever else the machine does.

    python -m tests.benchmarks.pacing [--talks 9] [--conditions idle,…] [--peers impressive,…|none] [--real]

Runs the real windows on a virtual X server: talks of 20 plain colours at ``--speed 20``, a slide a second,
with their changeovers (with ``--real`` one talk at 20 s a slide). On the same server, half a period later, a
bare prototype shows the same pictures (``bare_pacer.py``). Programs of the same kind (``peers.py``), where
they are installed, have their turn afterwards, alone and under the same load. ``pixel_watch.py`` writes
down when pixels change. Needs Xvfb, xrandr, openbox and xdotool, and the extra ``benchmarks``.

Due times of ours count from each talk's start as the report has it; "block" trusts no report: it is how
much longer or shorter the whole block was, by its first and its last slide's pixels, than talks and
changeovers add up to. The prototype's due times are handed to it; peers count from their own first page.
``pacing_figures.py`` says what the figures mean. Where a bar is missed or a run is void, the exit code is 1.
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
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from pechakucha.files.journal import read_journal
from pechakucha.show.problem import Problem
from tests.benchmarks.loads import CORES, load
from tests.benchmarks.pacing_figures import (
    FRAME_BARS,
    Figures,
    Slide,
    figures_of,
    find_slides,
    follow_slides,
    missed_bars,
)
from tests.benchmarks.peers import PEERS, START_S, Peer, draw_timed_deck, running
from tests.benchmarks.stage_under_watch import (
    CONSOLE_PART,
    HERE,
    NS,
    PALETTE,
    draw_plain_deck,
    own_environment,
    read_cost,
    read_flips,
    require_tools,
    screens,
    watcher,
)

TALK_SLIDES = 20
CHANGEOVER_S = 60
PEERS_LOSE = 1.05
"""A peer that takes longer than this many times its due time is not waited for."""


class Condition(NamedTuple):
    """What else happens; ``stage`` is the size of its screen in pixels."""

    name: str
    words: str
    stage: tuple[int, int] = (1920, 1080)
    frame_bars: tuple[float, float] = FRAME_BARS
    with_peers: bool = True


class Timing(NamedTuple):
    """How many slides, and how fast."""

    talks: int
    speed: float

    @property
    def slides(self) -> int:
        """In the whole block."""
        return self.talks * TALK_SLIDES

    @property
    def period_ns(self) -> int:
        """From a slide to the next, real nanoseconds."""
        return round(20 * NS / self.speed)

    @property
    def changeover_ns(self) -> int:
        """From a talk's end to the next one's first slide, real nanoseconds."""
        return round(CHANGEOVER_S * NS / self.speed)


class Row(NamedTuple):
    """A line of the table."""

    who: str
    figures: Figures
    block: float | None = None
    watched: tuple[str, float] = ("", 0.0)


CONDITIONS = (
    Condition("idle", "idle"),
    Condition("busy", f"{CORES} cores busy"),
    Condition("importing", "nine decks importing"),
    Condition("disk", "disk busy writing"),
    Condition("hands", "console dragged, resized, scrolled", with_peers=False),
    Condition("moderator", "the moderator changes the rundown", with_peers=False),
    Condition("blocked", "console blocked 300 ms at a time", with_peers=False),
    Condition("4k", "4K stage", (3840, 2160), frame_bars=(float("inf"), float("inf")), with_peers=False),
)


def main() -> int:
    """Measure, print the table and what is missed; returns the exit code."""
    # On a person's machine modules are compiled once and not at every start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that no load outlives a run that is ended
    given = _parser().parse_args()
    timing = Timing(1, 1.0) if given.real else Timing(given.talks, 20.0)
    chosen = [each for each in CONDITIONS if each.name in given.conditions.split(",")]
    wanted = [each for each in PEERS if each.name in given.peers.split(",")]
    peers = [each for each in wanted if each.installed]
    table = _table(timing)
    missed, costs = [], set()
    for condition in chosen:
        rows = measure(condition, timing)
        rows += [measure_peer(peer, condition, timing) for peer in peers if condition.with_peers]
        drifts = [abs(row.figures.drift) for row in rows[2:] if not row.figures.never_seen]
        ours, bare = rows[0].figures, rows[1].figures
        best = min(drifts, default=None)
        misses = missed_bars(ours, bare, best, condition.frame_bars, rows[0].block)
        missed += [f"{condition.words}: {each}" for each in misses]
        for row in rows:
            _add(table, condition.words if row is rows[0] else "", row, misses if row is rows[0] else None)
            costs.add(row.watched)
        Console(stderr=True).print(f"{condition.name}: {rows}", highlight=False)
    console = Console(width=150)
    console.print(table)
    for peer in wanted:
        if peer not in peers:
            console.print(f"{peer.name} is not installed and left out")
    scheduled, share = max(costs, key=lambda cost: cost[1])
    console.print(f"watcher: {scheduled}, at most {share:.1%} of a core")
    for each in missed:
        console.print(f"missed: {each}", style="red")
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--talks", type=int, default=9, help=f"of {TALK_SLIDES} slides each")
    parser.add_argument("--conditions", default=",".join(each.name for each in CONDITIONS))
    parser.add_argument("--peers", default=",".join(each.name for each in PEERS), help="or none")
    parser.add_argument("--real", action="store_true", help="one talk at 20 s a slide")
    return parser


def _table(timing: Timing) -> Table:
    title = f"{timing.slides} slides in {timing.talks} talks, {timing.period_ns / NS:g} s each; {CORES} cores"
    table = Table(title=f"Lateness, ms: {title}")
    for heading in ("condition", "who"):
        table.add_column(heading)
    numbers = ("p50", "p99", "max", "max of first slides", "drift", "block", "report off p50", "max")
    for heading in (*numbers, "left out", ""):
        table.add_column(heading, justify="right")
    return table


def _add(table: Table, condition: str, row: Row, misses: Sequence[str] | None) -> None:
    figures = row.figures
    mark = {True: "[green]✓[/]", False: "[red]✗[/]", None: ""}[None if misses is None else not misses]
    opening = None if figures.worst_opening != figures.worst_opening else figures.worst_opening
    numbers = (figures.p50, figures.p99, figures.worst, opening, figures.drift, row.block)
    off = figures.off or (None, None)
    left_out = f"{figures.left_out}/{figures.slides}"
    if figures.left_out:
        left_out += f" ≤ {figures.left_out_worst:.1f}"
    if figures.never_seen or figures.strays:
        left_out += f", {figures.never_seen} unseen, {figures.strays} stray"
    words = ("" if each is None else f"{each:.1f}" for each in (*numbers, *off))
    table.add_row(condition, row.who, *words, left_out, "void" if figures.void else mark)


def measure(condition: Condition, timing: Timing) -> list[Row]:
    """One run of ours and the prototype under a condition."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        show = _plain_show(folder, timing.talks)
        environment = own_environment(folder)
        left, (width, height) = CONSOLE_PART[0], condition.stage
        places = [_watched(left, condition.stage), _watched(left + width, condition.stage)]
        with screens(environment, condition.stage) as display:
            environment["DISPLAY"] = display
            with _block(condition.name, show, timing.speed, environment) as process:
                begins_ns = _wait_for_opening(process, show) + timing.changeover_ns
                start_ns = begins_ns + timing.period_ns // 2 + _bare_waits_ns(timing)
                with (
                    watcher(display, folder / "flips", *places),
                    load(condition.name, folder, environment),
                ):
                    place = (left + width, 0, width, height)
                    bare = _start_bare(folder / "pictures", start_ns, timing.period_ns, place, environment)
                    bare.wait()
                    _wait_for(folder / "report.json", timing)
        flips, cost = read_flips(folder / "flips"), read_cost(folder / "flips")
        slides = _slides(json.loads((folder / "report.json").read_text("utf-8")), timing)
    period_ns = timing.period_ns
    seen = find_slides(flips[0], slides, period_ns)
    ours = figures_of(flips[0], slides, seen, period_ns)
    own = [Slide(number, start_ns + number * period_ns) for number in range(timing.slides)]
    bare_figures = figures_of(flips[1], own, find_slides(flips[1], own, period_ns), period_ns)
    block = None
    if timing.talks > 1 and {0, len(slides) - 1} <= seen.keys():
        planned_ns = (timing.slides - 1) * period_ns + (timing.talks - 1) * (timing.changeover_ns)
        # The talk's last slide has its time before the changeover begins.
        block = (seen[len(slides) - 1].at_ns - seen[0].at_ns - planned_ns) / 1e6
    return [Row("stage", ours, block, cost), Row("bare prototype", bare_figures, None, cost)]


def _bare_waits_ns(timing: Timing) -> int:
    """So that it has started before its first slide, also on a busy machine."""
    return -(-5 * NS // timing.period_ns) * timing.period_ns if timing.speed > 1 else 0


def _watched(left: int, size: tuple[int, int]) -> tuple[int, int]:
    """A pixel near the end of a picture, painted when nearly all of it is."""
    return left + size[0] - 40, size[1] * 9 // 10


def _slides(report: dict[str, list[dict]], timing: Timing) -> list[Slide]:  # type: ignore[type-arg]
    return [
        Slide(
            number=place * TALK_SLIDES + index,
            due_ns=talk["started_clock_ns"] + index * timing.period_ns,
            opens_talk=index == 0,
            shown_ns=None
            if slide["shown_s"] is None
            else talk["started_clock_ns"] + round(slide["shown_s"] * NS / timing.speed),
        )
        for place, talk in enumerate(report["talks"])
        for index, slide in enumerate(talk["slides"])
    ]


def measure_peer(peer: Peer, condition: Condition, timing: Timing) -> Row:
    """One run of a peer under a condition."""
    seconds = timing.period_ns / NS
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as temporary:
        folder = Path(temporary)
        deck = folder / "timed.pdf"
        draw_timed_deck(deck, [PALETTE[number % len(PALETTE)] for number in range(timing.slides)], seconds)
        environment = own_environment(folder)
        environment["HOME"] = str(folder)
        (folder / "config").mkdir()
        with screens(environment, condition.stage) as display:
            environment["DISPLAY"] = display
            place = _watched(0, CONSOLE_PART)
            with (
                watcher(display, folder / "flips", place),
                running(peer, deck, seconds, environment) as process,
                load(condition.name, folder, environment),
                contextlib.suppress(subprocess.TimeoutExpired),
            ):
                process.wait(timeout=2 * START_S + (timing.slides + 2) * seconds * PEERS_LOSE)
        flips, cost = read_flips(folder / "flips"), read_cost(folder / "flips")
    slides, seen = follow_slides(flips[0], timing.slides, timing.period_ns)
    return Row(peer.name, figures_of(flips[0], slides, seen, timing.period_ns), None, cost)


def _plain_show(folder: Path, talks: int) -> Path:
    """A show of plain colours, and the same as pictures for the prototype."""
    (folder / "pictures").mkdir()
    colours = [PALETTE[number % len(PALETTE)] for number in range(talks * TALK_SLIDES)]
    draw_plain_deck(folder / "all.pdf", colours, folder / "pictures")
    lines = [f'title = "Pacing"\nformat = "{TALK_SLIDES}x20"\nchangeover = {CHANGEOVER_S}\n']
    for talk in range(talks):
        deck = f"talk-{talk + 1}.pdf"
        draw_plain_deck(folder / deck, colours[talk * TALK_SLIDES : (talk + 1) * TALK_SLIDES])
        lines.append(f'[[talk]]\nid = "t-{talk:04}"\ncity = "City {talk + 1}"\ndeck = "{deck}"\n')
    show = folder / "show.toml"
    show.write_text("".join(lines), encoding="utf-8")
    return show


@contextlib.contextmanager
def _block(
    condition: str, show: Path, speed: float, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    program = [str(HERE / "blocked_console.py")] if condition == "blocked" else ["-m", "pechakucha"]
    options = ["--auto", "--speed", f"{speed:g}", "--report", str(show.with_name("report.json"))]
    process = subprocess.Popen([sys.executable, *program, "run", str(show), *options], env=environment)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _wait_for_opening(process: subprocess.Popen[bytes], show: Path, seconds: float = 180) -> int:
    """When the block was opened: its decks are imported and its stage is there."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        for journal in show.parent.glob("*.runs/*/journal.jsonl"):
            with contextlib.suppress(Problem):
                return read_journal(journal).snapshot.opened_ns
        time.sleep(0.05)
    raise SystemExit("the block did not open")


def _wait_for(report: Path, timing: Timing) -> None:
    """The report is written when the block is over."""
    whole_ns = timing.slides * timing.period_ns + (timing.talks + 2) * timing.changeover_ns
    end = time.monotonic() + whole_ns / NS + 60
    while not report.exists():
        if time.monotonic() > end:
            raise SystemExit("the block did not come to its end")
        time.sleep(0.5)


def _start_bare(
    pictures: Path,
    start_ns: int,
    period_ns: int,
    place: tuple[int, int, int, int],
    environment: dict[str, str],
) -> subprocess.Popen[bytes]:
    numbers = map(str, (start_ns, period_ns, *place))
    return subprocess.Popen(
        [sys.executable, str(HERE / "bare_pacer.py"), str(pictures), *numbers], env=environment
    )


if __name__ == "__main__":
    require_tools("Xvfb", "xrandr", "openbox", "xdotool")
    sys.exit(main())
