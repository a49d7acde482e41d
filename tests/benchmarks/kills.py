# SPDX-License-Identifier: AGPL-3.0-or-later
"""Stage and console killed at random moments of a block, judged by the stage's pixels.

    python -m tests.benchmarks.kills [--times 100] [--seed 1] [--only stage,console]

Real windows on a virtual X server with two screens. A block of talks of 20 slides, every slide a colour of
its own, starts them by itself at ``--speed 10`` (2 s a slide, with welcome, countdowns, thanks, changeovers
and a pause); ``pixel_watch.py`` writes down a few pixels of the stage. The moments are spread evenly over
the block, but for a least distance.

Stage: from kill -9 to the moment at which the pixels are those due *then*. The journal must have exactly the
cues that can be told from the snapshot in advance. A slide that nobody saw must be one in the report and
by the pixels.
Console: killed (-9), frozen for 1 to 3 s (then let go, or killed), or crashed (SIGSEGV). The stage's page
turns are compared with those of a block that nobody disturbs. A new console is attached when a window of
its process has the run's title, which only the stage's greeting tells it; counted from before its exec.

Rows in which the watcher was late itself (more than 4 ms since its look before) are left out and counted.
Needs Xvfb, xrandr and openbox, and the extra ``benchmarks``. The last second, that of the closing card, is
spared: nothing of a run that has ended is to be seen.
"""

from __future__ import annotations

import argparse
import collections
import os
import random
import signal
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from tests.benchmarks.block_under_attack import Attack, Outcome, attack_block
from tests.benchmarks.stage_under_watch import require_tools

STAGE_P50_BAR, STAGE_MAX_BAR = 500.0, 1000.0
ATTACH_BAR = 1000.0
P99_BAR, MAX_BAR = 17.0, 34.0
"""Milliseconds, as in ``pacing``."""
MOST_A_BLOCK = 50


class Bars(NamedTuple):
    """Milliseconds that a share of the times, and the worst, may reach."""

    share: float = 0.5
    at_share: float = float("inf")
    worst: float = float("inf")

    def __str__(self) -> str:
        parts = [
            f"{name} ≤ {bar:g}"
            for name, bar in ((f"p{self.share * 100:g}", self.at_share), ("max", self.worst))
            if bar < float("inf")
        ]
        return ", ".join(parts)

    def met_by(self, times: Sequence[float | None]) -> bool:
        """Whether they are; a time that is None never came."""
        whole = [each for each in times if each is not None]
        return (
            bool(whole)
            and len(whole) == len(times)
            and percentile(whole, self.share) <= self.at_share
            and max(whole) <= self.worst
        )


def percentile(values: Sequence[float], share: float) -> float:
    """Nearest rank."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(len(ranked) * share))]


def main() -> None:
    """Measure and print the tables."""
    # On a person's machine modules are compiled once and not at every start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="stage,console")
    given = parser.parse_args()
    require_tools("Xvfb", "xrandr", "openbox")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # so that everything started is ended too
    wanted = given.only.split(",")
    dice = random.Random(given.seed)
    times = Table(title=f"Killed at {given.times} random moments; ms; {os.cpu_count()} cores")
    for heading in ("what", "times", "p50", "p90", "p99", "max", "bar", ""):
        times.add_column(heading, justify="left" if heading in {"what", "bar"} else "right")
    counts = Table(title="Counted")
    for heading in ("what", "count", "bar", ""):
        counts.add_column(heading, justify="left" if heading in {"what", "bar"} else "right")
    if "stage" in wanted:
        _add_stage(times, counts, _attacked(Attack.STAGE, given.times, dice))
    if "console" in wanted:
        undisturbed = _attacked(Attack.NONE, min(given.times, MOST_A_BLOCK), dice)
        _add_console(times, counts, undisturbed, _attacked(Attack.CONSOLE, given.times, dice))
    Console(width=130).print(times)
    Console(width=130).print(counts)


def _attacked(attack: Attack, times: int, dice: random.Random) -> list[Outcome]:
    """As many blocks as it takes."""
    outcomes = []
    while times > 0:
        with tempfile.TemporaryDirectory(prefix="kills-") as folder:
            outcomes.append(attack_block(attack, min(times, MOST_A_BLOCK), dice, Path(folder)))
        times -= MOST_A_BLOCK
        Console(stderr=True).print(f"{attack}: {outcomes[-1].summary}", highlight=False)
    return outcomes


def _add_stage(times: Table, counts: Table, outcomes: Sequence[Outcome]) -> None:
    back = [each for outcome in outcomes for each in outcome.back_ms]
    _add_times(times, "stage killed: right pixels again", back, Bars(0.5, STAGE_P50_BAR, STAGE_MAX_BAR))
    _add_journal(counts, "stage killed", outcomes)
    unseen = [each for outcome in outcomes for each in outcome.unseen]
    told = [each for outcome in outcomes for each in outcome.told_unseen]
    counts.add_row("slides that nobody saw, by the pixels", str(len(unseen)), "", "")
    agree = sorted(unseen) == sorted(told)
    counts.add_row("slides that nobody saw, by the report", str(len(told)), "the same", _mark(agree))
    scenes = collections.Counter(each for outcome in outcomes for each in outcome.scenes)
    counts.add_row(f"moments: {', '.join(f'{n} {name}' for name, n in scenes.most_common())}", "", "", "")


def _add_console(
    times: Table, counts: Table, undisturbed: Sequence[Outcome], outcomes: Sequence[Outcome]
) -> None:
    for way in ("killed", "frozen, then killed", "crashed"):
        attached = [each for outcome in outcomes for each in outcome.attached_ms.get(way, ())]
        if attached:
            _add_times(times, f"console {way}: the next attached", attached, Bars(worst=ATTACH_BAR))
    before = [each for outcome in undisturbed for each in outcome.late_ms]
    late = [each for outcome in outcomes for each in outcome.late_ms]
    _add_times(times, "page turns, nobody disturbs: lateness", before, Bars(0.99, P99_BAR, MAX_BAR))
    at_most = min(P99_BAR, 2 * percentile(before, 0.99) + 3)
    _add_times(times, "page turns, the console dies: lateness", late, Bars(0.99, at_most, MAX_BAR))
    _add_journal(counts, "nobody disturbs", undisturbed)
    _add_journal(counts, "the console dies", outcomes)
    for words, those in (("nobody disturbs", undisturbed), ("the console dies", outcomes)):
        turns = sum(outcome.turns for outcome in those)
        missing = sum(outcome.missing for outcome in those)
        counts.add_row(
            f"{words}: page turns that never came, of {turns}", str(missing), "0", _mark(not missing)
        )
        wrong = sum(outcome.flickers for outcome in those)
        counts.add_row(f"{words}: wrong pixels between page turns", str(wrong), "0", _mark(not wrong))
        left_out = sum(outcome.left_out for outcome in those)
        few = left_out <= 0.05 * turns
        counts.add_row(f"{words}: left out, the watcher was late", str(left_out), "≤ 5 %", _mark(few))
    frozen = sum(outcome.let_go for outcome in outcomes)
    counts.add_row("consoles frozen and let go, which went on", str(frozen), "", "")


def _add_times(table: Table, what: str, values: Sequence[float | None], bars: Bars) -> None:
    whole = [each for each in values if each is not None]
    figures = ["–"] * 4
    if whole:
        figures = [
            f"{each:.1f}" for each in (*(percentile(whole, at) for at in (0.5, 0.9, 0.99)), max(whole))
        ]
    never = len(values) - len(whole)
    number = f"{len(values)} ({never} never)" if never else str(len(values))
    table.add_row(what, number, *figures, str(bars), _mark(bars.met_by(values)))


def _add_journal(table: Table, what: str, outcomes: Sequence[Outcome]) -> None:
    kept = sum(outcome.cues_kept for outcome in outcomes)
    wanted = sum(outcome.cues_wanted for outcome in outcomes)
    strange = sum(outcome.cues_strange for outcome in outcomes)
    whole = kept == wanted and not strange
    table.add_row(f"{what}: cues in the journals", f"{kept} and {strange} others", f"{wanted}", _mark(whole))
    done = sum(outcome.talks_done for outcome in outcomes)
    talks = sum(outcome.talks for outcome in outcomes)
    table.add_row(f"{what}: talks completed by the report", str(done), str(talks), _mark(done == talks))


def _mark(met: bool) -> str:
    return "[green]✓[/]" if met else "[red]✗[/]"


if __name__ == "__main__":
    main()
