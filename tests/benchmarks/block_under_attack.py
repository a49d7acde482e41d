# SPDX-License-Identifier: AGPL-3.0-or-later
"""A block with real windows whose stage or console is killed while its pixels are watched."""

from __future__ import annotations

import contextlib
import enum
import itertools
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
import psutil
from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from Xlib import X
from Xlib.display import Display
from Xlib.error import XError

from pechakucha.files.run_folder import read_run
from pechakucha.live.link import stage_pid
from pechakucha.show.format import Format
from pechakucha.show.scene import OnSlide
from pechakucha.show.snapshot import Snapshot, SnapshotTalk
from pechakucha.ui.fonts import load_typeface
from tests.benchmarks.due_pixels import Looks, Watched, predict, sights
from tests.benchmarks.pacing_figures import WATCHER_LATE_NS
from tests.benchmarks.stage_under_watch import (
    CONSOLE_PART,
    NS,
    draw_plain_deck,
    leaving_nothing,
    own_environment,
    read_flips,
    screens,
    watcher,
)

STAGE = (1920, 1080)
SPEED, SLIDES, SECONDS = 10, 20, 20
CHANGEOVER_S, PAUSE_S = 60, 40
CITIES = ("Aachen", "Bonn", "Celle", "Dresden", "Essen", "Fulda", "Gera", "Hamm", "Ilmenau")
LEVELS = (0x10, 0x3E, 0x6C, 0x9A, 0xC8, 0xF0)
GAP_S, SHARE_S = 5.1, 6.5
"""Least and mean seconds between two moments: no three deaths within ten seconds."""
LONGEST_S = 3.0
"""After which right pixels are taken never to come back."""
GOES_NS = NS // 10
"""After which the window of a stage that was killed is gone from the screen."""
PATIENCE_S = 30.0
TITLE = "Attacked"

Found = TypeVar("Found")


class Attack(enum.StrEnum):
    """Whom it hits."""

    NONE = "nobody"
    STAGE = "stage"
    CONSOLE = "console"


class Outcome(msgspec.Struct):
    """What a block showed; milliseconds, None where it never came."""

    back_ms: list[float | None] = []
    scenes: list[str] = []
    attached_ms: dict[str, list[float | None]] = {}
    let_go: int = 0
    late_ms: list[float] = []
    turns: int = 0
    missing: int = 0
    flickers: int = 0
    left_out: int = 0
    cues_wanted: int = 0
    cues_kept: int = 0
    cues_strange: int = 0
    talks: int = 0
    talks_done: int = 0
    unseen: list[tuple[str, int]] = []
    told_unseen: list[tuple[str, int]] = []

    @property
    def summary(self) -> str:
        """In one line, while one waits for the rest."""
        times = [*self.back_ms, *itertools.chain(*self.attached_ms.values())]
        shown = " ".join("never" if each is None else f"{each:.0f}" for each in times)
        return f"{self.turns} page turns, {self.missing} missing, {self.flickers} flickers; {shown}"


class Block(NamedTuple):
    """What is the same whoever is attacked."""

    folder: Path
    environment: dict[str, str]

    @property
    def show(self) -> Path:
        """The show file."""
        return self.folder / "show.toml"

    @property
    def report(self) -> Path:
        """Written by the console at the end."""
        return self.folder / "report.json"

    def start_console(self) -> subprocess.Popen[bytes]:
        """The program as a person starts it."""
        options = ["--auto", "--speed", str(SPEED), "--report", str(self.report)]
        command = [sys.executable, "-m", "pechakucha", "run", str(self.show), *options]
        # Where it is made to crash it says so at length.
        with (self.folder / "console.log").open("ab") as log:
            return subprocess.Popen(command, env=self.environment, stderr=log)

    def run(self) -> Path:
        """The run's folder, once its journal has begun."""
        return _wait_for(lambda: next(self._begun(), None), "no run was begun")

    def _begun(self) -> Iterator[Path]:
        for journal in self.folder.glob("show.runs/*/journal.jsonl"):
            if journal.stat().st_size:
                yield journal.parent


def now_ns() -> int:
    """The stage's clock."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME)


def attack_block(attack: Attack, times: int, dice: random.Random, folder: Path) -> Outcome:
    """One block of as many talks as give room for so many moments."""
    talks = min(len(CITIES), max(2, round(times * SHARE_S / _talk_s()) + 1))
    block = Block(folder, own_environment(folder) | {"LANG": "C.UTF-8"})
    colours = _write_show(block, talks)
    with leaving_nothing(folder):
        looks = _looks(talks, colours)
        with screens(block.environment, STAGE) as display:
            block.environment["DISPLAY"] = display
            places = [(CONSOLE_PART[0] + x, y) for x, y in looks.places]
            with watcher(display, folder / "flips", *places):
                hits = Hits(block, display, block.start_console())
                try:
                    snapshot = read_run(block.run()).snapshot
                    cues, spans = predict(snapshot)
                    end_ns = spans[-1].until_ns
                    moments = _moments(snapshot.opened_ns, end_ns - NS, times, dice)
                    hits.land(attack, moments, dice)
                    _wait_for(block.report.exists, "the block did not come to its end", end_ns)
                finally:
                    hits.close()
        watched = Watched(spans, looks, sights(read_flips(folder / "flips")))
        outcome = Outcome(attached_ms=hits.attached_ms, let_go=hits.let_go)
        _judge_kills(outcome, watched, hits.stage_killed_ns)
        _judge_turns(outcome, watched, looks)
        _judge_journal(outcome, block, cues)
    return outcome


def _judge_kills(outcome: Outcome, watched: Watched, killed_ns: Sequence[int]) -> None:
    longest_ns = round(LONGEST_S * NS)
    for at_ns in killed_ns:
        outcome.scenes.append(type(watched.span_at(at_ns).state.scene).__name__)
        outcome.back_ms.append(_back_ms(watched, at_ns, at_ns + longest_ns))


def _back_ms(watched: Watched, at_ns: int, until_ns: int) -> float | None:
    """Milliseconds until the right pixels are there to stay."""
    again = None
    from_ns, looked_until_ns = at_ns, until_ns
    while wrong := watched.first(right=False, from_ns=from_ns, until_ns=looked_until_ns):
        again = watched.first(right=True, from_ns=wrong.at_ns, until_ns=until_ns)
        if again is None:
            return None
        # What was painted just before the end may still come, before the window goes.
        from_ns, looked_until_ns = again.at_ns, at_ns + GOES_NS
    return None if again is None else (again.at_ns - at_ns) / 1e6


def _judge_turns(outcome: Outcome, watched: Watched, looks: Looks) -> None:
    """Lateness of each page turn and of each change of cards, and what was wrong in between.

    The welcome is no page turn: it is due when the stage begins to open its window.
    """
    before = looks.due(watched.spans[0].state)
    for span in watched.spans[1:]:
        look = looks.due(span.state)
        if look == before:
            continue
        before = look
        outcome.turns += 1
        until_ns = span.until_ns - 1
        right = watched.first(right=True, from_ns=span.from_ns, until_ns=until_ns)
        if right is None:
            outcome.missing += 1
            if isinstance(span.state.scene, OnSlide):
                outcome.unseen.append((span.state.scene.talk, span.state.scene.index + 1))
            continue
        if watched.first(right=False, from_ns=right.at_ns, until_ns=until_ns) is not None:
            outcome.flickers += 1
        if right.since_ns > WATCHER_LATE_NS:
            outcome.left_out += 1
        else:
            outcome.late_ms.append((right.at_ns - span.from_ns) / 1e6)


def _judge_journal(outcome: Outcome, block: Block, cues: Sequence[object]) -> None:
    """The finished journal beside what could be told in advance, and what the console's report says."""
    kept = read_run(block.run()).cues
    outcome.cues_wanted = len(cues)
    outcome.cues_kept = sum(cue in kept for cue in cues)
    outcome.cues_strange = len(kept) - outcome.cues_kept
    for talk in json.loads(block.report.read_text("utf-8"))["talks"]:
        outcome.talks += 1
        outcome.talks_done += (
            talk["outcome"] == "completed" and None not in (talk["started"], talk["ended"])
        ) and len(talk["slides"]) == SLIDES
        unseen = [(talk["id"], each["index"]) for each in talk["slides"] if each["shown_s"] is None]
        if len(unseen) != talk["missed"]:
            raise SystemExit("the report counts its missed slides wrongly")
        outcome.told_unseen += unseen


class Hits:
    """Kills, at given moments, and starts consoles again."""

    def __init__(self, block: Block, display: str, console: subprocess.Popen[bytes]) -> None:
        self._block, self._console = block, console
        self._display = Display(display)
        self.stage_killed_ns: list[int] = []
        self.attached_ms: dict[str, list[float | None]] = {}
        self.let_go = 0

    def land(self, attack: Attack, moments: Sequence[int], dice: random.Random) -> None:
        """Do it at all moments (nanoseconds of the stage's clock)."""
        ways = [self._kill, self._freeze_and_kill, self._crash, self._freeze_and_let_go]
        for number, at_ns in enumerate(moments):
            if attack is Attack.STAGE:
                _sleep_until(at_ns - NS)  # the one before is dead by then, the next alive
                pid = _wait_for(self._stage, "the stage is gone")
                _sleep_until(at_ns)
                self.stage_killed_ns.append(now_ns())
                os.kill(pid, signal.SIGKILL)
            elif attack is Attack.CONSOLE:
                _sleep_until(at_ns)
                ways[number % len(ways)](dice.uniform(1, 3))

    def close(self) -> None:
        """End the console."""
        with contextlib.suppress(ProcessLookupError):
            self._console.send_signal(signal.SIGKILL)
        self._console.wait()

    def _stage(self) -> int | None:
        pid = stage_pid(self._block.run())
        return pid if pid and psutil.pid_exists(pid) else None

    def _kill(self, _seconds: float) -> None:
        self._end(signal.SIGKILL)
        self._start_again("killed")

    def _crash(self, _seconds: float) -> None:
        self._end(signal.SIGSEGV)
        self._start_again("crashed")

    def _freeze_and_kill(self, seconds: float) -> None:
        self._console.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self._end(signal.SIGKILL)
        self._start_again("frozen, then killed")

    def _freeze_and_let_go(self, seconds: float) -> None:
        self._console.send_signal(signal.SIGSTOP)
        time.sleep(seconds)
        self._console.send_signal(signal.SIGCONT)
        self.let_go += 1

    def _end(self, by: signal.Signals) -> None:
        self._console.send_signal(by)
        self._console.wait()
        if self._console.returncode != -by:
            said = (self._block.folder / "console.log").read_text("utf-8", "replace")[-2000:]
            raise SystemExit(f"{said}\nthe console had ended before: {self._console.returncode}")

    def _start_again(self, way: str) -> None:
        started_ns = now_ns()
        self._console = self._block.start_console()
        attached = self.attached_ms.setdefault(way, [])
        while not self._is_attached(self._console.pid):
            if now_ns() - started_ns > LONGEST_S * NS:
                attached.append(None)
                return
            time.sleep(0.003)
        attached.append((now_ns() - started_ns) / 1e6)

    def _is_attached(self, pid: int) -> bool:
        """Whether a window of this process has a title, which names the show; only a greeting tells it."""
        root = self._display.screen().root
        listed = root.get_full_property(self._atom("_NET_CLIENT_LIST"), X.AnyPropertyType)
        for number in listed.value if listed else ():
            window = self._display.create_resource_object("window", number)
            try:
                owner = window.get_full_property(self._atom("_NET_WM_PID"), X.AnyPropertyType)
                title = window.get_full_property(self._atom("_NET_WM_NAME"), X.AnyPropertyType)
            except XError:
                continue  # it has just gone
            if owner and title and owner.value[0] == pid and TITLE.encode() in bytes(title.value):
                return True
        return False

    def _atom(self, name: str) -> int:
        return int(self._display.intern_atom(name))


def _write_show(block: Block, talks: int) -> dict[tuple[str, int], str]:
    """Decks of colours that all differ, and a show of them; the colours by talk and 0-based index."""
    every = ["".join(f"{level:02x}" for level in colour) for colour in itertools.product(LEVELS, repeat=3)]
    random.Random(20).shuffle(every)
    lines = [
        f'title = "{TITLE}"\nlanguage = "en"\nformat = "{SLIDES}x{SECONDS}"\nchangeover = {CHANGEOVER_S}',
    ]
    colours = {}
    for number, city in enumerate(CITIES[:talks]):
        own = every[number * SLIDES : (number + 1) * SLIDES]
        draw_plain_deck(block.folder / f"{city}.pdf", own)
        lines.append(f'[[talk]]\nid = "{_id(city)}"\ncity = "{city}"\ndeck = "{city}.pdf"')
        if number == 1:
            lines.append(f"pause = {PAUSE_S}")
        colours |= {(_id(city), index): colour for index, colour in enumerate(own)}
    block.show.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return colours


def _looks(talks: int, colours: dict[tuple[str, int], str]) -> Looks:
    """What every state of the show just written looks like."""
    snapshot = Snapshot(
        title=TITLE,
        format=Format(SLIDES, SECONDS),
        talks=tuple(
            SnapshotTalk(
                id=_id(city), city=city, changeover=CHANGEOVER_S, pause=PAUSE_S if number == 1 else 0
            )
            for number, city in enumerate(CITIES[:talks])
        ),
        opened_ns=0,
        opened_wall_ns=0,
        boot="",
        version="",
        speed=SPEED,
        auto=True,
    )
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QGuiApplication.instance() or QGuiApplication([])
    if not application.property("dressed"):
        load_typeface()
        application.setProperty("dressed", True)
    _, spans = predict(snapshot)
    return Looks(spans, colours, QSize(*STAGE))


def _id(city: str) -> str:
    return f"{city.lower()}-aaaa"


def _talk_s() -> float:
    return (SLIDES * SECONDS + CHANGEOVER_S) / SPEED


def _moments(from_ns: int, until_ns: int, times: int, dice: random.Random) -> list[int]:
    """Spread evenly, but for a least distance."""
    gap_ns = round(GAP_S * NS)
    free_ns = until_ns - from_ns - gap_ns * times
    if free_ns < 0:
        raise SystemExit("too many moments for this block")
    return [
        from_ns + at + number * gap_ns for number, at in enumerate(sorted(dice.sample(range(free_ns), times)))
    ]


def _sleep_until(at_ns: int) -> None:
    time.sleep(max(0, at_ns - now_ns()) / NS)


def _wait_for(look: Callable[[], Found | None], otherwise: str, from_ns: int = 0) -> Found:
    """What ``look`` finds, once it finds anything; waits until ``PATIENCE_S`` after ``from_ns``."""
    end_ns = max(from_ns, now_ns()) + PATIENCE_S * NS
    while not (found := look()):
        if now_ns() > end_ns:
            raise SystemExit(otherwise)
        time.sleep(0.05)
    return found
