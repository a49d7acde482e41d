# SPDX-License-Identifier: AGPL-3.0-or-later
"""The journal: complete again whatever the disk does, and never in the show's way."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from conftest import ErrorLog
from pytestqt.qtbot import QtBot
from show.builders import a_snapshot, after

from pechakucha.files.journal import JournalWriter, read_journal
from pechakucha.show.cues import Action, By, Cut, Hold, NoShow, Start, name_of
from pechakucha.show.journal import Alive, CueRecord, Journal, Press, Record, RunRecord, Shown, StageBegun
from pechakucha.show.problem import Problem

from .builders import LIFE, every_record

RUN = RunRecord(a_snapshot("ulm", "bern"))
START = CueRecord(after(1), By.HAND, Start("ulm"))
HOLD = CueRecord(after(2), By.AUTO, Hold("gap"))
CUT = CueRecord(after(3), By.HAND, Cut("ulm"))

Open = Callable[..., JournalWriter]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "run").mkdir()
    return tmp_path / "run" / "journal.jsonl"


@pytest.fixture
def open_journal(path: Path) -> Iterator[Open]:
    """Opens journals at ``path``, forced to no disk unless the test wants it, and closes them in the end."""
    opened: list[JournalWriter] = []

    def make(**calls: object) -> JournalWriter:
        opened.append(JournalWriter(path, **{"sync": lambda _: None, **calls}))  # type: ignore[arg-type]
        return opened[-1]

    yield make
    for journal in opened:
        journal.close()


class Disk:
    """A disk in whose place the real one writes; what goes wrong is up to the test."""

    def __init__(self) -> None:
        self.room: int | None = None
        """How many bytes it still takes, None for as many as come."""
        self.hangs = threading.Event()
        self.answers = threading.Event()
        self.syncs_fail = False
        self.forced = 0

    def write(self, descriptor: int, content: bytes) -> int:
        """``os.write``."""
        if self.hangs.is_set():
            self.answers.wait()
        if self.room is None:
            return os.write(descriptor, content)
        if self.room == 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        count = os.write(descriptor, content[: self.room])
        self.room -= count
        return count

    def sync(self, descriptor: int) -> None:
        """``os.fsync``."""
        if self.syncs_fail:
            raise OSError(errno.EIO, "Input/output error")
        self.forced += 1


@pytest.fixture
def disk() -> Iterator[Disk]:
    disk = Disk()
    yield disk
    disk.answers.set()


def records(path: Path) -> list[Record]:
    """Every line on disk, each of which must be whole."""
    return [msgspec.json.decode(line, type=Record) for line in path.read_bytes().splitlines()]


def write(journal: JournalWriter, *given: Record) -> None:
    """Append records now."""
    for record in given:
        journal.write(record)


# Everything comes back


def test_every_kind_of_record_comes_back(open_journal: Open, path: Path) -> None:
    written = every_record()
    journal = open_journal()
    for record in written:
        (journal.write if isinstance(record, RunRecord | CueRecord) else journal.note)(record)
    journal.close()
    assert records(path) == written
    first, last = written[0], written[-1]
    assert isinstance(first, RunRecord)
    assert isinstance(last, Alive)
    assert read_journal(path) == Journal(
        snapshot=first.snapshot,
        cues=tuple(record.cue for record in written if isinstance(record, CueRecord)),
        shown=tuple(record for record in written if isinstance(record, Shown)),
        alive=last,
        begun=tuple(record for record in written if isinstance(record, StageBegun)),
        presses=tuple(record for record in written if isinstance(record, Press)),
    )


def test_every_cue_there_is_is_among_them() -> None:
    assert {name_of(each) for each in LIFE} == {str(each.__struct_config__.tag) for each in get_args(Action)}


def test_a_written_record_is_there_when_write_returns(open_journal: Open, path: Path) -> None:
    journal = open_journal()
    given: list[Record] = [RUN, START, HOLD]
    for count, record in enumerate(given, start=1):
        journal.write(record)
        assert len(records(path)) == count


def test_a_noted_record_comes_soon(open_journal: Open, path: Path, qtbot: QtBot) -> None:
    journal = open_journal()
    journal.note(Alive(1, 2))
    qtbot.waitUntil(lambda: records(path) == [Alive(1, 2)])


def test_what_was_noted_last_is_there_after_the_end(path: Path) -> None:
    for number in range(50):
        journal = JournalWriter(path)
        write(journal, RUN)
        journal.note(Alive(number, 0))
        journal.close()
        assert read_journal(path).alive == Alive(number, 0)


def test_cues_are_forced_to_disk(open_journal: Open, disk: Disk, qtbot: QtBot) -> None:
    journal = open_journal(write=disk.write, sync=disk.sync)
    write(journal, RUN)
    qtbot.waitUntil(lambda: disk.forced > 0)


def test_the_end_forces_everything_to_disk(path: Path) -> None:
    forced_bytes: list[int] = []

    def sync(descriptor: int) -> None:
        forced_bytes.append(os.fstat(descriptor).st_size)

    journal = JournalWriter(path, sync=sync)
    write(journal, RUN, START)
    journal.note(Alive(1, 1))
    journal.close()
    assert forced_bytes[-1] == path.stat().st_size


def test_closing_twice_does_no_harm(open_journal: Open) -> None:
    journal = open_journal()
    journal.close()
    journal.close()


# Reading what a crash left


@pytest.mark.parametrize("cut", range(1, 40, 7))
def test_a_torn_last_line_is_left_out_with_a_warning(
    open_journal: Open, path: Path, caplog: pytest.LogCaptureFixture, cut: int
) -> None:
    journal = open_journal()
    write(journal, RUN, START, HOLD)
    journal.close()
    os.truncate(path, path.stat().st_size - cut)
    assert [cue.action for cue in read_journal(path).cues] == [Start("ulm")]
    assert "torn" in caplog.text


@pytest.mark.parametrize("cut", [1, 10])
def test_the_next_stage_goes_on_after_the_last_whole_line(open_journal: Open, path: Path, cut: int) -> None:
    """A line without its end (cut by 1) counts for neither reader nor writer."""
    first = open_journal()
    write(first, RUN, START, HOLD)
    first.close()
    os.truncate(path, path.stat().st_size - cut)
    kept = read_journal(path).cues
    write(open_journal(), CUT)
    assert records(path) == [RUN, START, CUT]
    assert read_journal(path).cues == (*kept, CUT.cue)


@pytest.mark.parametrize(
    "garbage",
    [b"\n", b"hello\n", b"\x00\x00\x00\n", b"\xff\xfe\n", b"wi\rnd\n", b'{"record":"weather"}\n', b"[1]\n"],
)
def test_garbage_in_the_middle_costs_only_itself(open_journal: Open, path: Path, garbage: bytes) -> None:
    first = open_journal()
    write(first, RUN, START)
    first.close()
    path.write_bytes(path.read_bytes() + garbage)
    write(open_journal(), HOLD)
    assert [cue.action for cue in read_journal(path).cues] == [Start("ulm"), Hold("gap")]
    assert garbage in path.read_bytes()


def test_a_cue_that_cannot_have_happened_is_left_out(
    open_journal: Open, path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    journal = open_journal()
    write(journal, RUN, HOLD, CueRecord(after(2), By.HAND, NoShow("rome")), START)
    journal.close()
    assert [cue.action for cue in read_journal(path).cues] == [Start("ulm")]
    assert caplog.text.count("left out") == 2


@pytest.mark.parametrize("content", [b"", b"hello\n", b'{"record":"alive","at_ns":1,"wall_ns":2}\n'])
def test_where_there_is_no_run_there_is_nothing_to_tell(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(Problem) as caught:
        read_journal(path)
    assert caught.value.code == "journal-unreadable"


def test_a_journal_that_is_not_there_says_why(path: Path) -> None:
    with pytest.raises(Problem) as caught:
        read_journal(path)
    assert caught.value.code == "journal-missing"
    assert caught.value.params["reason"] == os.strerror(errno.ENOENT)


def test_a_place_that_cannot_be_written_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="journal"):
        JournalWriter(tmp_path / "nowhere" / "journal.jsonl")


# A disk that is full


def test_a_full_disk_stops_the_recording_and_room_completes_it(
    open_journal: Open, path: Path, disk: Disk, qtbot: QtBot, error_log: ErrorLog
) -> None:
    error_log.expect("No space left on device")
    journal = open_journal(write=disk.write)
    write(journal, RUN)
    assert journal.recording
    disk.room = 0
    write(journal, START)
    journal.note(Alive(5, 5))
    assert not journal.recording
    assert records(path) == [RUN]
    disk.room = None
    qtbot.waitUntil(lambda: journal.recording)
    assert records(path) == [RUN, START, Alive(5, 5)]


@pytest.fixture
def full_disk_is_logged(error_log: ErrorLog) -> None:
    """Fails where nobody complains about the disk."""
    error_log.expect("No space left on device")


@pytest.mark.usefixtures("full_disk_is_logged")
@pytest.mark.parametrize("room", [1, 20, 60])
def test_a_line_of_which_only_a_part_fitted_is_completed(
    open_journal: Open, path: Path, disk: Disk, qtbot: QtBot, room: int
) -> None:
    journal = open_journal(write=disk.write)
    write(journal, RUN)
    size = path.stat().st_size
    disk.room = room
    write(journal, START)
    assert path.stat().st_size == size + room
    write(journal, HOLD)
    disk.room = None
    qtbot.waitUntil(lambda: journal.recording)
    assert records(path) == [RUN, START, HOLD]


def test_writes_that_take_a_byte_at_a_time_make_whole_lines(open_journal: Open, path: Path) -> None:
    journal = open_journal(write=lambda descriptor, content: os.write(descriptor, content[:7]))
    write(journal, RUN, START)
    journal.close()
    assert records(path) == [RUN, START]


def test_a_full_disk_is_logged_once(
    open_journal: Open, disk: Disk, error_log: ErrorLog, qtbot: QtBot
) -> None:
    error_log.expect("No space left on device")
    journal = open_journal(write=disk.write)
    disk.room = 0
    for number in range(30):
        journal.write(CueRecord(number, By.HAND, Hold()))
    disk.room = None
    qtbot.waitUntil(lambda: journal.recording)
    assert len(error_log.records) == 1


def test_where_nothing_can_be_forced_to_disk_nothing_is_recorded(
    open_journal: Open, path: Path, disk: Disk, qtbot: QtBot, error_log: ErrorLog
) -> None:
    error_log.expect("Input/output error")
    journal = open_journal(sync=disk.sync)
    disk.syncs_fail = True
    write(journal, RUN)
    qtbot.waitUntil(lambda: not journal.recording)
    disk.syncs_fail = False
    write(journal, START)
    qtbot.waitUntil(lambda: journal.recording)
    assert records(path) == [RUN, START]


def test_the_end_on_a_full_disk_raises_nothing(
    open_journal: Open, path: Path, disk: Disk, error_log: ErrorLog
) -> None:
    error_log.expect("No space left on device")
    journal = open_journal(write=disk.write)
    write(journal, RUN)
    disk.room = 3
    write(journal, START)
    journal.close()
    assert read_journal(path).cues == ()


# A disk that hangs


def test_the_show_does_not_wait_for_a_disk_that_hangs(
    open_journal: Open, path: Path, disk: Disk, qtbot: QtBot
) -> None:
    journal = open_journal(write=disk.write)
    write(journal, RUN)
    disk.hangs.set()
    write(journal, START, HOLD, CUT)  # returns, although no write does
    journal.note(Alive(4, 4))
    assert not journal.recording
    assert records(path) == [RUN]
    disk.hangs.clear()
    disk.answers.set()
    qtbot.waitUntil(lambda: journal.recording)
    assert records(path) == [RUN, START, HOLD, CUT, Alive(4, 4)]


def test_forcing_to_disk_may_hang_while_records_go_on(open_journal: Open, path: Path, disk: Disk) -> None:
    hanging = threading.Event()

    def sync(descriptor: int) -> None:
        hanging.set()
        disk.answers.wait()

    journal = open_journal(sync=sync)
    write(journal, RUN)
    assert hanging.wait(5)
    write(journal, START, HOLD)
    assert journal.recording
    assert records(path) == [RUN, START, HOLD]
    disk.answers.set()


# A folder that goes


def test_a_folder_that_is_gone_and_comes_back_empty_gets_the_whole_run(
    open_journal: Open, path: Path, qtbot: QtBot, error_log: ErrorLog
) -> None:
    error_log.expect("the journal can't be written")
    journal = open_journal()
    write(journal, RUN, START)
    path.unlink()
    path.parent.rmdir()
    write(journal, HOLD)
    journal.note(Alive(3, 3))
    qtbot.waitUntil(lambda: not journal.recording)
    path.parent.mkdir()
    qtbot.waitUntil(lambda: journal.recording)
    assert records(path) == [RUN, START, HOLD, Alive(3, 3)]


def test_while_the_folder_is_gone_nothing_counts_as_recorded(
    open_journal: Open, path: Path, qtbot: QtBot, error_log: ErrorLog
) -> None:
    """What is still open takes writes, but nobody will find them."""
    error_log.expect("the journal can't be written")
    journal = open_journal()
    write(journal, RUN)
    path.unlink()
    path.parent.rmdir()
    for record in (START, HOLD, CUT):
        journal.write(record)
        qtbot.waitUntil(lambda: not journal.recording)
    assert len(error_log.records) == 1


def test_what_somebody_put_in_the_journals_place_is_never_emptied(open_journal: Open, path: Path) -> None:
    journal = open_journal()
    write(journal, RUN, START)
    backup = path.read_bytes()
    path.unlink()
    path.write_bytes(backup)
    write(journal, HOLD)
    journal.close()
    assert path.read_bytes().startswith(backup)
