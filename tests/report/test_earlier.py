# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs of earlier days are read one by one, and a broken one hides none."""

from __future__ import annotations

from pathlib import Path

import pytest
from files.builders import a_run
from show.builders import a_snapshot, after

from pechakucha.files.journal import JournalWriter
from pechakucha.files.run_folder import begun_runs, journal_path, size_of_run
from pechakucha.report.earlier import read_earlier
from pechakucha.show.cues import By, End
from pechakucha.show.journal import CueRecord, RunRecord


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A finished run."""
    snapshot = a_snapshot("ulm")
    folder = a_run(tmp_path, snapshot)
    journal = JournalWriter(journal_path(folder), sync=lambda _: None)
    journal.note(RunRecord(snapshot))
    journal.note(CueRecord(after(9), By.HAND, End()))
    journal.close()
    return folder


def test_a_run_is_told_with_its_size(run: Path) -> None:
    (run / "slides").mkdir()
    (run / "slides" / "1.jpg").write_bytes(bytes(1000))
    read = read_earlier(run)
    assert read.figures is not None
    assert (read.figures.show, read.problem, read.is_live) == ("Mashup", None, False)
    small = sum(each.stat().st_size for each in run.iterdir() if each.is_file())
    assert read.bytes == size_of_run(run) == 1000 + small


@pytest.mark.parametrize("content", [b"", b"nonsense\n", b'{"record":"cue"}\n', b"\x00\xff\n"])
def test_a_journal_that_tells_nothing_is_a_problem(run: Path, content: bytes) -> None:
    journal_path(run).write_bytes(content)
    read = read_earlier(run)
    assert read.figures is None
    assert read.problem is not None
    assert read.problem.code == "journal-unreadable"
    assert begun_runs(run.parent.parent / "show.toml") == [run]


def test_a_journal_whose_times_cannot_be_is_a_problem_too(run: Path) -> None:
    place = journal_path(run)
    place.write_bytes(
        place.read_bytes().replace(b'"opened_wall_ns":1616658000', b'"opened_wall_ns":9' + b"9" * 21)
    )
    read = read_earlier(run)
    assert read.figures is None
    assert read.problem is not None


def test_a_run_that_has_gone_meanwhile_is_a_problem(tmp_path: Path) -> None:
    read = read_earlier(tmp_path / "gone")
    assert (read.bytes, read.figures) == (0, None)
    assert read.problem is not None
    assert read.problem.code == "run-not-found"
