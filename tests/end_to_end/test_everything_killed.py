# SPDX-License-Identifier: AGPL-3.0-or-later
"""Stage and console are gone at once, or the machine was restarted: the next start knows the run."""

from __future__ import annotations

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from pechakucha.show.cues import Action, End, Reboot, Start
from pechakucha.show.journal import Alive, CueRecord, Shown
from tests.end_to_end.conftest import Program
from tests.end_to_end.hall import coloured_show
from tests.end_to_end.test_headless import wait_for_shown
from tests.end_to_end.test_processes import records, stage_of, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="kills with POSIX signals")]

SPEED = 4
SLIDES, SECONDS = 8, 8
"""Two real seconds a slide, sixteen a talk."""

CHANGEOVER = 16


class Block:
    """A run of two talks that start by themselves, begun as often as it takes."""

    def __init__(self, program: Program, folder: Path) -> None:
        self._program = program
        self.path = coloured_show(folder, slides=SLIDES, seconds=SECONDS, talks=2, changeover=CHANGEOVER)
        self._options = ("run", str(self.path), "--auto", "--speed", str(SPEED))
        self._console: subprocess.Popen[str] | None = None

    @property
    def journal(self) -> Path:
        """The only run's."""
        wait_until(lambda: bool([*self.path.parent.glob("show.runs/*/journal.jsonl")]))
        (journal,) = self.path.parent.glob("show.runs/*/journal.jsonl")
        return journal

    def start(self, *more: str) -> None:
        """Start console and stage."""
        self._console = self._program.start(*self._options, *more)

    def finish(self, *more: str) -> str:
        """Run to the end without windows; returns what was said."""
        done = self._program.run(*self._options, "--headless", *more)
        assert done.returncode == 0, done.stderr
        return done.stderr

    def kill(self) -> int:
        """Kill everything at once; returns when (nanoseconds of the system clock)."""
        stage = stage_of(self.journal)
        assert stage is not None
        assert self._console is not None
        self._console.kill()  # first, so that it starts no other stage
        stage.kill()
        self._console.wait()
        stage.wait()
        return now_ns()

    def cues(self) -> list[Action]:
        """All cues so far."""
        return [each.action for each in records(self.journal) if isinstance(each, CueRecord)]

    def shown(self) -> list[tuple[str, int]]:
        """All paints so far: talk, and number of the slide."""
        return [(each.talk, each.index + 1) for each in records(self.journal) if isinstance(each, Shown)]

    def seen_ns(self) -> int:
        """The last sign of life."""
        return max((each.at_ns for each in records(self.journal) if isinstance(each, Alive)), default=0)

    def is_back_since(self, moment_ns: int) -> bool:
        """Whether a stage has been alive since that moment."""
        return self.seen_ns() > moment_ns

    def report(self) -> dict[str, object]:
        """The report of the run."""
        return dict(json.loads(self._program.run("report", str(self.journal.parent)).stdout))


def now_ns() -> int:
    """The system clock."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME)


@pytest.fixture
def block(program: Program, tmp_path: Path) -> Block:
    """A block that has not begun."""
    return Block(program, tmp_path / "show")


def due_slide(block: Block) -> int:
    """The number of the slide that the schedule of the first talk has now."""
    start = next(each for each in records(block.journal) if isinstance(each, CueRecord))
    return int(((now_ns() - start.at_ns) / 1e9 * SPEED - 3) / SECONDS) + 1


def test_killed_at_every_kind_of_moment_and_resumed_the_block_is_complete(block: Block) -> None:
    """In the changeover, in the countdown, in a slide (twice), and in the next changeover."""
    block.start()
    wait_until(lambda: block.journal.stat().st_size > 0)
    for happened in (
        lambda: True,
        lambda: block.cues() == [Start("aachen")],
        lambda: ("aachen", 2) in block.shown(),
        lambda: any(number > 5 for talk, number in block.shown() if talk == "aachen"),
        lambda: now_ns() > _start_ns(block) + round((3 + SLIDES * SECONDS + 2) / SPEED * 1e9),
        lambda: ("bonn", 1) in block.shown(),
    ):
        wait_until(happened)
        killed_ns = block.kill()
        block.start("--resume")
        wait_until(lambda: block.is_back_since(killed_ns))  # noqa: B023
    wait_until((block.journal.parent / "report.html").exists)
    assert block.cues() == [Start("aachen"), Start("bonn"), End()]
    assert len(block.shown()) == len(set(block.shown())), "a paint was recorded twice"
    talks = block.report()["talks"]
    assert isinstance(talks, list)
    assert [talk["outcome"] for talk in talks] == ["completed", "completed"]
    for talk in talks:
        assert talk["missed"] == sum(slide["shown_s"] is None for slide in talk["slides"])
        assert talk["missed"] < SLIDES / 2
        due = [slide["due_s"] for slide in talk["slides"]]
        assert due == [SECONDS * index for index in range(SLIDES)], "the schedule was shifted"


def _start_ns(block: Block) -> int:
    return next(each.at_ns for each in records(block.journal) if isinstance(each, CueRecord))


def test_resumed_the_slide_that_is_due_comes_first(block: Block) -> None:
    block.start()
    wait_for_shown(block.path, 2)
    block.kill()
    shown = set(block.shown())
    wait_until(lambda: due_slide(block) >= 4)
    block.start("--resume")
    wait_until(lambda: set(block.shown()) > shown)
    first = block.shown()[len(shown)]
    assert first in {("aachen", due_slide(block) - 1), ("aachen", due_slide(block))}, block.shown()


def test_a_talk_that_is_over_by_then_is_done_and_the_next_begins_when_somebody_is_there(
    block: Block,
) -> None:
    block.start()
    wait_for_shown(block.path, 2)
    killed_ns = block.kill()
    shown = block.shown()
    # Until the talk and the changeover after it are over, and the next talk is in its third slide.
    late_s = (3 + SLIDES * SECONDS + CHANGEOVER + 2.5 * SECONDS) / SPEED
    wait_until(lambda: now_ns() > _start_ns(block) + round(late_s * 1e9))
    began_ns = now_ns()
    block.finish("--resume")
    assert block.cues() == [Start("aachen"), Start("bonn"), End()]
    starts = [each for each in records(block.journal) if isinstance(each, CueRecord)]
    assert starts[1].at_ns > began_ns, "it had begun while nobody was there"
    assert [each for each in block.shown() if each[0] == "aachen"] == shown
    aachen, bonn = block.report()["talks"]  # type: ignore[misc]
    assert (aachen["outcome"], aachen["missed"]) == ("completed", SLIDES - len(shown))
    assert (bonn["outcome"], bonn["missed"]) == ("completed", 0)
    assert killed_ns < began_ns


def test_after_a_reboot_the_wall_clock_tells_what_is_due_and_that_is_said(block: Block) -> None:
    block.start()
    wait_for_shown(block.path, 2)
    block.kill()
    _come_from_another_boot(block.journal)
    said = block.finish("--resume", "--language", "en")
    assert "The computer was restarted since this run broke off" in said
    cues = block.cues()
    assert [type(cue) for cue in cues] == [Start, Reboot, Start, End]
    talks = block.report()["talks"]
    assert isinstance(talks, list)
    assert [talk["outcome"] for talk in talks] == ["completed", "completed"]
    assert talks[0]["missed"] + sum(slide["shown_s"] is not None for slide in talks[0]["slides"]) > 0
    assert [slide["due_s"] for slide in talks[0]["slides"]] == [SECONDS * index for index in range(SLIDES)]
    assert talks[0]["slides"][-1]["shown_s"] is not None, "the talk was not gone on with"


def _come_from_another_boot(journal: Path) -> None:
    """The journal of a machine that was up for a day and has been restarted: its clock read otherwise."""
    moved_ns = 86_400_000_000_000
    lines = [json.loads(line) for line in journal.read_text("utf-8").splitlines()]
    snapshot = lines[0]["snapshot"]
    assert snapshot["boot"] != ""
    snapshot["boot"] = "another"
    snapshot["opened_ns"] += moved_ns
    for line in lines[1:]:
        for name in ("at_ns", "due_ns", "painted_ns"):
            if name in line:
                line[name] += moved_ns
    journal.write_text("".join(f"{json.dumps(line)}\n" for line in lines), encoding="utf-8")
