# SPDX-License-Identifier: AGPL-3.0-or-later
"""Dry runs leave a show's plan and its runs as they were, and do not pile up."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from decks.conftest import picture
from show.builders import a_snapshot, a_talk

from pechakucha.files.dry_runs import dry_runs, make_dry_run
from pechakucha.files.locations import dry_runs_folder
from pechakucha.files.run_folder import begun_runs, journal_path, live_run, read_snapshot, unfinished_run
from pechakucha.show.dry_run import as_dry_run

from .builders import EVENING, FOUR, with_slides

BLOCK = a_snapshot(with_slides(a_talk("ulm")), format=FOUR)


@pytest.fixture
def show(tmp_path: Path) -> Path:
    path = tmp_path / "evening" / "Mashup.toml"
    path.parent.mkdir()
    path.write_text("a plan")
    return path


@pytest.fixture
def pictures(tmp_path: Path) -> dict[str, Path]:
    folder = tmp_path / "library"
    folder.mkdir()
    return {
        slide.picture: picture(folder / Path(slide.picture).name, "#204060", 16, 9)
        for slide in BLOCK.talks[0].slides
        if slide.picture
    }


def dead(_run: Path) -> bool:
    return False


def make(show: Path, pictures: dict[str, Path], now: dt.datetime = EVENING) -> Path:
    run = make_dry_run(show, BLOCK, pictures, now, dead)
    journal_path(run).write_bytes(b"")
    return run


def test_nothing_is_written_beside_the_show(show: Path, pictures: dict[str, Path]) -> None:
    run = make(show, pictures)
    assert [each.name for each in show.parent.iterdir()] == ["Mashup.toml"]
    assert show.read_text() == "a plan"
    assert read_snapshot(run) == as_dry_run(BLOCK)
    assert all((run / name).is_file() for name in pictures)


def test_nobody_who_looks_for_a_run_finds_one(show: Path, pictures: dict[str, Path]) -> None:
    make(show, pictures)
    assert begun_runs(show) == []
    assert unfinished_run(show, 1.0) is None
    assert unfinished_run(show, 10.0) is None
    assert live_run(show, lambda _run: True) is None


def test_a_picture_that_is_gone_does_not_keep_the_rest_from_being_tried(
    show: Path, pictures: dict[str, Path]
) -> None:
    first, *others = pictures
    pictures[first].unlink()
    run = make(show, pictures)
    assert not (run / first).exists()
    assert all((run / name).is_file() for name in others)


def test_of_each_show_the_last_one_is_kept(show: Path, tmp_path: Path, pictures: dict[str, Path]) -> None:
    other = tmp_path / "other" / "Mashup.toml"
    kept = make(other, pictures)
    make(show, pictures)
    last = make(show, pictures, EVENING + dt.timedelta(minutes=5))
    assert dry_runs(show) == [last]
    assert dry_runs(other) == [kept]


def test_what_is_older_than_a_week_goes_whatever_its_show(
    show: Path, tmp_path: Path, pictures: dict[str, Path]
) -> None:
    old = make(tmp_path / "old" / "Mashup.toml", pictures)
    then = (EVENING - dt.timedelta(days=8)).timestamp()
    os.utime(old, (then, then))
    last = make(show, pictures)
    assert list(dry_runs_folder().rglob("snapshot.json")) == [last / "snapshot.json"]
    assert not old.parent.exists()


def test_one_whose_stage_is_alive_is_left_alone(show: Path, pictures: dict[str, Path]) -> None:
    live = make(show, pictures)
    last = make_dry_run(show, BLOCK, pictures, EVENING + dt.timedelta(minutes=1), lambda run: run == live)
    assert dry_runs(show) == [live, last]
