# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a run lives, and which one is unfinished."""

from __future__ import annotations

import datetime as dt
import errno
import os
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from decks.conftest import picture
from show.builders import a_snapshot, a_talk, after

from pechakucha.files import run_folder
from pechakucha.files.journal import JournalWriter
from pechakucha.files.locations import state_folder
from pechakucha.files.run_folder import (
    begun_runs,
    journal_path,
    live_run,
    make_run,
    read_run,
    read_snapshot,
    runs_folders,
    unfinished_run,
)
from pechakucha.show.cues import By, End, Start
from pechakucha.show.journal import CueRecord, RunRecord
from pechakucha.show.problem import Problem
from pechakucha.show.snapshot import Snapshot

from .builders import EVENING, picture_of, with_slides

SNAPSHOT = a_snapshot(with_slides(a_talk("ulm")))
LATER = EVENING + dt.timedelta(hours=1)


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A show file beside which runs can be written."""
    (tmp_path / "block").mkdir()
    return tmp_path / "block" / "Mashup.toml"


@pytest.fixture
def pictures(tmp_path: Path) -> dict[str, Path]:
    """The pictures of the snapshot, somewhere else."""
    (tmp_path / "library").mkdir()
    return {
        picture_of("ulm", number): picture(tmp_path / "library" / f"{number}.jpg", "#c02020")
        for number in (1, 2, 3, 4)
    }


@pytest.fixture
def read_only(show: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be written beside the show (as root everything could)."""
    mkdir = Path.mkdir

    def refuse(path: Path, *args: object, **options: object) -> None:
        if path.is_relative_to(show.parent):
            raise OSError(errno.EROFS, "Read-only file system")
        mkdir(path, *args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Path, "mkdir", refuse)


def play(run: Path, *, end: bool, snapshot: Snapshot = SNAPSHOT) -> None:
    """The run's stage was there, and perhaps to the end."""
    journal = JournalWriter(journal_path(run))
    journal.write(RunRecord(snapshot))
    journal.write(CueRecord(after(1), By.HAND, Start("ulm")))
    if end:
        journal.write(CueRecord(after(900), By.HAND, End()))
    journal.close()


# Making


def test_a_run_lies_beside_its_show_named_by_its_time(show: Path, pictures: dict[str, Path]) -> None:
    run = make_run(show, SNAPSHOT, pictures, EVENING)
    assert run == show.parent / "Mashup.runs" / "2026-05-04T19-30-00"
    assert read_snapshot(run) == SNAPSHOT
    assert not journal_path(run).exists()
    for name, source in pictures.items():
        assert (run / name).read_bytes() == source.read_bytes()


@pytest.mark.parametrize("links", [True, False])
def test_nothing_can_take_its_pictures_away(
    show: Path, pictures: dict[str, Path], monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:

        def refuse(*_: object) -> None:
            raise OSError(errno.EXDEV, "Invalid cross-device link")

        monkeypatch.setattr(os, "link", refuse)
    content = {name: source.read_bytes() for name, source in pictures.items()}
    run = make_run(show, SNAPSHOT, pictures, EVENING)
    for source in pictures.values():
        source.unlink()
    assert {name: (run / name).read_bytes() for name in pictures} == content


def test_where_there_are_links_no_room_is_taken(show: Path, pictures: dict[str, Path]) -> None:
    run = make_run(show, SNAPSHOT, pictures, EVENING)
    for name, source in pictures.items():
        assert (run / name).samefile(source)


def test_two_runs_in_one_second_are_two(show: Path) -> None:
    runs = [make_run(show, SNAPSHOT, {}, EVENING) for _ in range(3)]
    assert len(set(runs)) == 3
    assert all(read_snapshot(run) == SNAPSHOT for run in runs)


@pytest.mark.usefixtures("read_only")
def test_beside_a_read_only_show_runs_go_to_the_persons_own_folder(
    show: Path, pictures: dict[str, Path], user_folders: Path
) -> None:
    run = make_run(show, SNAPSHOT, pictures, EVENING)
    assert run.is_relative_to(user_folders)
    assert run.is_relative_to(state_folder())
    assert all((run / name).is_file() for name in pictures)
    assert unfinished_run(show, 1.0) is None
    play(run, end=False)
    found = unfinished_run(show, 1.0)
    assert found is not None
    assert found[0] == run


def test_shows_of_one_name_do_not_share_their_runs(tmp_path: Path) -> None:
    one, other = tmp_path / "a" / "show.toml", tmp_path / "b" / "show.toml"
    assert not set(runs_folders(one)) & set(runs_folders(other))


def test_a_show_has_the_same_folders_however_it_is_written(
    show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(show.parent)
    assert runs_folders(Path("Mashup.toml"))[1] == runs_folders(show)[1]


def test_where_nothing_can_be_written_that_is_the_problem(
    show: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(run_folder, "write_atomic", refuse)
    with pytest.raises(Problem) as caught:
        make_run(show, SNAPSHOT, {}, EVENING)
    assert caught.value.code == "run-not-writable"
    assert caught.value.params["reason"] == "No space left on device"
    assert not any((show.parent / "Mashup.runs").iterdir())  # no half of a run stays behind


# Reading


@pytest.mark.parametrize("content", [None, b"", b"hello", b"{}"])
def test_a_folder_that_is_no_run(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "snapshot.json").write_bytes(content)
    with pytest.raises(Problem) as caught:
        read_snapshot(tmp_path)
    assert caught.value.code == "run-unreadable"


def test_a_run_that_is_not_there_and_one_that_never_began(tmp_path: Path) -> None:
    codes = []
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(Problem) as caught:
            read_run(folder)
        codes.append(caught.value.code)
    assert codes == ["run-not-found", "journal-missing"]


# Which is unfinished


def test_without_runs_none_is_unfinished(show: Path) -> None:
    assert unfinished_run(show, 1.0) is None


def test_a_run_that_never_began_is_not_unfinished(show: Path) -> None:
    make_run(show, SNAPSHOT, {}, EVENING)
    assert unfinished_run(show, 1.0) is None


def test_the_newest_run_is_the_one_that_counts(show: Path) -> None:
    old, new = make_run(show, SNAPSHOT, {}, EVENING), make_run(show, SNAPSHOT, {}, LATER)
    play(old, end=False)
    play(new, end=False)
    found = unfinished_run(show, 1.0)
    assert found is not None
    folder, journal = found
    assert folder == new
    assert [cue.action for cue in journal.cues] == [Start("ulm")]


def test_what_is_on_stage_goes_before_what_was_begun_later_and_broke_off(show: Path) -> None:
    live, later = make_run(show, SNAPSHOT, {}, EVENING), make_run(show, SNAPSHOT, {}, LATER)
    play(live, end=False)
    play(later, end=False)
    found = live_run(show, lambda run: run == live)
    assert found is not None
    assert found[0] == live
    assert live_run(show, lambda run: False) is None


def test_a_stage_that_is_about_to_leave_is_not_gone_on_with(show: Path) -> None:
    play(ended := make_run(show, SNAPSHOT, {}, EVENING), end=True)
    assert live_run(show, lambda run: run == ended) is None


def test_when_the_newest_has_ended_an_older_one_is_history(show: Path) -> None:
    play(make_run(show, SNAPSHOT, {}, EVENING), end=False)
    play(make_run(show, SNAPSHOT, {}, LATER), end=True)
    assert unfinished_run(show, 1.0) is None


def test_one_that_was_only_prepared_does_not_hide_the_one_that_broke_off(show: Path) -> None:
    broken = make_run(show, SNAPSHOT, {}, EVENING)
    play(broken, end=False)
    make_run(show, SNAPSHOT, {}, LATER)
    found = unfinished_run(show, 1.0)
    assert found is not None
    assert found[0] == broken


@pytest.mark.parametrize("content", [b"", b"hello\n"])
def test_a_run_whose_journal_is_broken_cannot_be_gone_on_with(show: Path, content: bytes) -> None:
    journal_path(make_run(show, SNAPSHOT, {}, EVENING)).write_bytes(content)
    assert unfinished_run(show, 1.0) is None


def test_a_file_among_the_runs_does_no_harm(show: Path) -> None:
    run = make_run(show, SNAPSHOT, {}, EVENING)
    play(run, end=False)
    (run.parent / "zzz notes.txt").write_text("mine")
    found = unfinished_run(show, 1.0)
    assert found is not None
    assert found[0] == run


def test_a_dry_run_that_broke_off_is_no_block_to_go_on_with_and_hides_none(show: Path) -> None:
    block = make_run(show, SNAPSHOT, {}, EVENING)
    play(block, end=False)
    fast = msgspec.structs.replace(SNAPSHOT, speed=10.0)
    dry = make_run(show, fast, {}, LATER)
    play(dry, end=False, snapshot=fast)
    for speed, run in ((1.0, block), (10.0, dry)):
        found = unfinished_run(show, speed)
        assert found is not None
        assert found[0] == run
    assert unfinished_run(show, 20.0) is None


def test_many_dry_runs_of_the_day_do_not_hide_the_block_that_broke_off(show: Path) -> None:
    block = make_run(show, SNAPSHOT, {}, EVENING)
    play(block, end=False)
    fast = msgspec.structs.replace(SNAPSHOT, speed=10.0)
    for minute in range(1, 26):
        play(make_run(show, fast, {}, EVENING + dt.timedelta(minutes=minute)), end=True, snapshot=fast)
    found = unfinished_run(show, 1.0)
    assert found is not None
    assert found[0] == block


def test_a_block_on_stage_goes_before_a_dry_run_on_stage(show: Path) -> None:
    play(block := make_run(show, SNAPSHOT, {}, EVENING), end=False)
    fast = msgspec.structs.replace(SNAPSHOT, speed=10.0)
    play(dry := make_run(show, fast, {}, LATER), end=False, snapshot=fast)
    for speed, run in ((1.0, block), (10.0, dry)):
        found = live_run(show, lambda _run: True, speed)
        assert found is not None
        assert found[0] == run


def test_where_nobody_may_look_there_are_no_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The start window looks beside every show that was opened once, and must open all the same."""
    show = tmp_path / "abend.toml"
    (tmp_path / "abend.runs").mkdir()

    def refuse(folder: Path) -> Iterator[Path]:
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert begun_runs(show) == []
    assert live_run(show, lambda _run: True) is None
    assert "Permission denied" in caplog.text
    assert begun_runs(tmp_path / f"{'x' * 300}.toml") == []
