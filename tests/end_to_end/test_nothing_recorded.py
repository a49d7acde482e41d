# SPDX-License-Identifier: AGPL-3.0-or-later
"""The disk fills up or the run's folder goes while a block runs: the show goes on, the console is told,
and recording catches up.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import psutil
import pytest
from files.builders import a_run, with_slides
from PySide6.QtCore import QCoreApplication
from show.builders import a_snapshot, a_talk

from pechakucha.files.run_folder import journal_path, read_run
from pechakucha.live.link import Listener, link_name
from pechakucha.live.messages import Command, Cued, FromStage, Greeting, Status
from pechakucha.show.cues import Action, Black, By, Cue, End, Start
from pechakucha.show.format import Format
from pechakucha.show.journal import Journal, RunRecord
from pechakucha.show.snapshot import NS, Snapshot

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="limits another process's files (prlimit)"),
    pytest.mark.usefixtures("qapp"),
]

SLIDES, SLIDE_S = Format(6, 20), 2
"""Two real seconds a slide."""

BLOCK = a_snapshot(
    *(with_slides(a_talk(city, changeover=20), SLIDES) for city in ("ulm", "bern")),
    format=SLIDES,
    speed=10,
    auto=True,
)
DISK = "disk"
TALK_S = SLIDES.slides * SLIDE_S


class Console:
    """Whoever listens to a stage: what it says of recording, and its cues."""

    def __init__(self, run: Path) -> None:
        self.recording: list[bool] = []
        self.cues: list[Action] = []
        self._run = run
        self._listener = Listener()
        self._listener.heard.connect(self._hear)

    def attach(self) -> None:
        """Until the stage has greeted."""
        end = time.monotonic() + 30
        while not self.recording:
            assert time.monotonic() < end, "no stage"
            if not self._listener.connected:
                self._listener.connect_to(link_name(self._run))
            self.listen(0.1)

    def listen(self, seconds: float) -> None:
        """Hear what is said for so long."""
        self.wait_until(lambda: False, seconds, must=False)

    def wait_until(self, true: Callable[[], bool], seconds: float = 30, *, must: bool = True) -> None:
        """Listen until something has happened."""
        end = time.monotonic() + seconds
        while not true():
            if time.monotonic() > end:
                assert not must, "it did not happen in time"
                return
            QCoreApplication.processEvents()
            time.sleep(0.005)

    def send(self, action: Action) -> None:
        """A hand wants something."""
        assert self._listener.send(Command(1, action))

    def close(self) -> None:
        """Listen no more."""
        self._listener.close()

    def _hear(self, message: FromStage) -> None:
        match message:
            case Greeting(cues=cues, status=status):
                self.cues += [cue.action for cue in cues]
                self.recording.append(status.recording)
            case Status(recording=recording) if recording != self.recording[-1]:
                self.recording.append(recording)
            case Cued(Cue(action=action)):
                self.cues.append(action)
            case _:
                pass


@pytest.fixture
def run(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """The folder of a run that has not begun; with ``DISK`` on a disk of its own, where one can be made."""
    if getattr(request, "param", None) != DISK:
        yield a_run(tmp_path, BLOCK)
        return
    disk = tmp_path / "disk"
    disk.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    try:
        mounted = subprocess.run(words, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("may not mount anything here")
    try:
        yield a_run(disk, _nearly_a_page(BLOCK))
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def _nearly_a_page(snapshot: Snapshot) -> Snapshot:
    """The same with a first record that leaves little of a page, which a full disk would still take."""
    length = len(msgspec.json.encode(RunRecord(snapshot)))
    return msgspec.structs.replace(snapshot, title="x" * ((3000 - length) % 4096))


@pytest.fixture
def stage(run: Path) -> Iterator[psutil.Process]:
    """The run's stage in a process of its own."""
    process = subprocess.Popen(
        [sys.executable, "-m", "pechakucha.stage", str(run), "--stage", "window"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.DEVNULL,
    )
    yield psutil.Process(process.pid)
    process.kill()
    process.wait()


@pytest.fixture
def console(run: Path, stage: psutil.Process) -> Iterator[Console]:
    """A console that is attached, in the first talk's second slide."""
    console = Console(run)
    console.attach()
    console.wait_until(lambda: len(read_run(run).shown) >= 2 if journal_path(run).exists() else False)
    yield console
    console.close()


def fill_disk(stage: psutil.Process, run: Path, *, full: bool) -> None:
    """Fill the disk of the run's own, or make room on it.

    Where it has none, no file of the stage's may grow beyond what the journal is now.
    """
    disk = run.parent.parent
    if disk.is_mount():
        filler = disk / "filler"
        filler.unlink(missing_ok=True)
        with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
            while full:
                file.write(b"x" * 512)
        return
    _, hardest = stage.rlimit(psutil.RLIMIT_FSIZE)
    size = journal_path(run).stat().st_size if full else hardest
    stage.rlimit(psutil.RLIMIT_FSIZE, (size, hardest))


def is_complete(journal: Journal) -> bool:
    """Whether everything of the block is there, each once and in time."""
    paints = [(each.talk, each.index) for each in journal.shown]
    due = [(city, index) for city in ("ulm", "bern") for index in range(SLIDES.slides)]
    late = [(each.painted_ns - each.due_ns) / NS for each in journal.shown]
    return paints == due and max(late) < SLIDE_S / 2


@pytest.mark.parametrize("run", ["limit", DISK], indirect=True)
def test_a_full_disk_is_told_the_show_goes_on_and_recording_catches_up(
    run: Path, stage: psutil.Process, console: Console
) -> None:
    fill_disk(stage, run, full=True)
    console.wait_until(lambda: console.recording == [True, False], 10)
    before = read_run(run)
    console.listen(2 * SLIDE_S)
    assert read_run(run).shown == before.shown, "the disk was not full"
    assert console.recording == [True, False]
    assert stage.is_running()
    fill_disk(stage, run, full=False)
    console.wait_until(lambda: console.recording == [True, False, True], 5)
    assert len(read_run(run).shown) > len(before.shown)
    stage.wait(60)
    journal = read_run(run)
    assert [cue.action for cue in journal.cues] == [Start("ulm"), Start("bern"), End()]
    assert is_complete(journal)


def test_a_disk_that_is_full_to_the_end_costs_the_audience_nothing(
    run: Path, stage: psutil.Process, console: Console
) -> None:
    fill_disk(stage, run, full=True)
    console.wait_until(lambda: End() in console.cues, 60)
    assert console.cues == [Start("ulm"), Start("bern"), End()]
    assert console.recording == [True, False]
    assert stage.wait(30) in (0, None)


@pytest.mark.parametrize("comes_back", ["as it was", "empty"])
def test_a_folder_that_goes_and_comes_back(
    run: Path, stage: psutil.Process, console: Console, comes_back: str
) -> None:
    """As with a stick that is pulled out and put in again, or a folder that somebody tidies away.

    What is decoded by then is still shown; nothing is asked here about the slides after that.
    """
    before = len(read_run(run).shown)
    away = run.with_name("away")
    if comes_back == "empty":
        pictures = run.parent.parent / "pictures"
        shutil.copytree(run / "slides", pictures)
        shutil.rmtree(run)
    else:
        run.rename(away)
    console.wait_until(lambda: console.recording == [True, False], 5)
    console.listen(SLIDE_S)
    if comes_back == "empty":
        run.mkdir()
        shutil.copytree(pictures, run / "slides")
    else:
        away.rename(run)
    console.wait_until(lambda: console.recording == [True, False, True], 5)
    stage.wait(60)
    journal = read_run(run)
    assert [(cue.action, cue.by) for cue in journal.cues] == [
        (Start("ulm"), By.AUTO),
        (Start("bern"), By.AUTO),
        (End(), By.AUTO),
    ]
    paints = [(each.talk, each.index) for each in journal.shown]
    assert paints[: before + 1] == [("ulm", index) for index in range(before + 1)], "it was decoded already"
    assert [each for each in paints if each[0] == "bern"] == [("bern", index) for index in range(6)]
    starts = [cue.at_ns for cue in journal.cues]
    assert (starts[1] - starts[0]) / NS == pytest.approx(TALK_S + 2, abs=0.05), "the schedule was shifted"
    assert journal.alive is not None
    assert journal.alive.at_ns > starts[1]


def test_a_hand_is_obeyed_while_nothing_is_recorded(
    run: Path, stage: psutil.Process, console: Console
) -> None:
    fill_disk(stage, run, full=True)
    console.wait_until(lambda: console.recording == [True, False], 5)
    console.send(Black(on=True))
    console.wait_until(lambda: Black(on=True) in console.cues, 1)
    assert Black(on=True) not in [cue.action for cue in read_run(run).cues]
    fill_disk(stage, run, full=False)
    console.wait_until(lambda: Black(on=True) in [cue.action for cue in read_run(run).cues], 5)
