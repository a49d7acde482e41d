# SPDX-License-Identifier: AGPL-3.0-or-later
"""Console and stage as two processes: either may die, the schedule goes on."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import psutil
import pytest

from pechakucha.live.link import stage_pid
from pechakucha.live.standby import STANDBY
from pechakucha.show.journal import Record, Shown
from tests.end_to_end.conftest import Program
from tests.end_to_end.test_headless import wait_for_shown

pytestmark = pytest.mark.skipif(os.name == "nt", reason="kills with POSIX signals")

KILLS = 3


def stage_of(journal: Path) -> psutil.Process | None:
    """The stage process of the run that this journal belongs to."""
    pid = stage_pid(journal.parent)
    with contextlib.suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid) if pid else None
        if process and process.status() != psutil.STATUS_ZOMBIE:
            return process
    return None


def records(journal: Path) -> list[Record]:
    """The whole lines of a journal that is being written."""
    decoder: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)
    return [
        decoder.decode(line)
        for line in journal.read_bytes().splitlines(keepends=True)
        if line.endswith(b"\n")
    ]


def wait_until(true: Callable[[], bool], seconds: float = 60) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.005)


@pytest.mark.slow
def test_a_killed_stage_is_back_within_a_second_and_the_report_says_what_was_missed(
    program: Program, plain_show: Path
) -> None:
    program.start("run", str(plain_show), "--auto", "--speed", "4")
    journal = wait_for_shown(plain_show, 1)
    away: list[float] = []
    for _ in range(KILLS):
        seen = len([each for each in records(journal) if isinstance(each, Shown)])
        wait_until(lambda: len([r for r in records(journal) if isinstance(r, Shown)]) > seen)  # noqa: B023
        stage = stage_of(journal)
        assert stage is not None
        stage.send_signal(signal.SIGKILL)
        killed_ns = time.clock_gettime_ns(time.CLOCK_BOOTTIME)
        wait_until(lambda: any(_after(each, killed_ns) for each in records(journal)))  # noqa: B023
        back_ns = min(_time(each) for each in records(journal) if _after(each, killed_ns))
        away.append((back_ns - killed_ns) / 1e9)
    wait_until((journal.parent / "report.html").exists)
    # A second on a machine that has time; on a busy one as many bare starts as fit into a second there.
    assert statistics.median(away) < max(1.0, 4 * bare_start_s(program)), away
    done = program.run("report", str(journal.parent))
    report = json.loads(done.stdout)
    assert [talk["outcome"] for talk in report["talks"]] == ["completed", "completed"]
    for talk in report["talks"]:
        assert talk["missed"] == sum(slide["shown_s"] is None for slide in talk["slides"])


@pytest.mark.slow
def test_a_new_console_attaches_to_the_running_stage(program: Program, plain_show: Path) -> None:
    console = program.start("run", str(plain_show), "--auto", "--speed", "4")
    journal = wait_for_shown(plain_show, 1)
    stage = stage_of(journal)
    assert stage is not None
    console.kill()
    console.wait()
    program.start("run", str(plain_show), "--auto", "--speed", "4")
    wait_until((journal.parent / "report.html").exists)
    assert [*plain_show.parent.glob("show.runs/*")] == [journal.parent]
    report = json.loads(program.run("report", str(journal.parent)).stdout)
    assert [talk["missed"] for talk in report["talks"]] == [0, 0]
    wait_until(lambda: not is_alive(stage))


@pytest.mark.slow
def test_a_stage_that_dies_is_followed_by_one_that_stood_by_and_none_is_left_over(
    program: Program, plain_show: Path
) -> None:
    console = program.start("run", str(plain_show), "--auto", "--speed", "4")
    journal = wait_for_shown(plain_show, 1)
    stage = stage_of(journal)
    assert stage is not None
    wait_until(lambda: bool(_standing_by(program, stage)))
    (waits,) = _standing_by(program, stage)
    loaded = len(records(journal)) + 5  # a sign of life each second: by then it has been taken in
    wait_until(lambda: len(records(journal)) > loaded)
    stage.send_signal(signal.SIGKILL)
    wait_until(lambda: stage_of(journal) == waits)
    wait_until(lambda: bool(_standing_by(program, waits)))
    (next_one,) = _standing_by(program, waits)
    console.kill()
    console.wait()
    wait_until(lambda: not is_alive(next_one))
    assert is_alive(waits)


def _standing_by(program: Program, stage: psutil.Process) -> list[psutil.Process]:
    """This program's processes that were started to stand by, without the one that is the stage now."""
    found = []
    for process in psutil.process_iter(["cmdline"]):
        with contextlib.suppress(psutil.Error):
            ours = process.environ().get("XDG_STATE_HOME") == program.environment["XDG_STATE_HOME"]
            if ours and STANDBY in (process.info["cmdline"] or []) and process != stage:
                found.append(process)
    return found


def bare_start_s(program: Program) -> float:
    """How long it takes here and now to start Python and import what the stage imports, seconds."""
    begun = time.monotonic()
    subprocess.run(
        [sys.executable, "-c", "import pechakucha.stage.main"], env=program.environment, check=True
    )
    return time.monotonic() - begun


def is_alive(process: psutil.Process) -> bool:
    """Whether a process still does anything (nobody may be there to collect a dead one)."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _time(record: Record) -> int:
    return record.painted_ns if isinstance(record, Shown) else getattr(record, "at_ns", 0)


def _after(record: Record, moment_ns: int) -> bool:
    return _time(record) > moment_ns
