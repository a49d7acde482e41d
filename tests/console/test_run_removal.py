# SPDX-License-Identifier: AGPL-3.0-or-later
"""A run is deleted with everything in it, unless a stage has it, and never by halves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from files.builders import a_run
from PySide6.QtCore import QFile
from PySide6.QtNetwork import QLocalServer
from show.builders import a_snapshot

from pechakucha.console.run_removal import remove_run
from pechakucha.live.link import link_name, stage_lock
from pechakucha.show.problem import Problem


@pytest.fixture
def trashed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Path]:
    """What has been put into the trash."""
    gone: list[Path] = []

    def move(name: str) -> bool:
        gone.append(Path(name))
        shutil.move(name, tmp_path / "trash" / Path(name).name)
        return True

    (tmp_path / "trash").mkdir()
    monkeypatch.setattr(QFile, "moveToTrash", staticmethod(move))
    return gone


@pytest.fixture
def no_trash(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system, or a disk, without one."""
    monkeypatch.setattr(QFile, "moveToTrash", staticmethod(lambda _name: False))


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run with pictures."""
    folder = a_run(tmp_path, a_snapshot("ulm"))
    (folder / "slides").mkdir(exist_ok=True)
    (folder / "slides" / "1.jpg").write_bytes(bytes(10))
    return folder


@pytest.fixture
def stage(run: Path) -> Iterator[QLocalServer]:
    """A stage of this run that answers."""
    server = QLocalServer()
    assert server.listen(link_name(run))
    yield server
    server.close()


def test_it_goes_to_the_trash(run: Path, trashed: list[Path], tmp_path: Path) -> None:
    remove_run(run)
    assert trashed == [run]
    assert not run.exists()
    assert (tmp_path / "trash" / run.name / "slides" / "1.jpg").is_file()


@pytest.mark.usefixtures("no_trash")
def test_without_a_trash_it_is_gone(run: Path) -> None:
    remove_run(run)
    assert not run.exists()
    assert list(run.parent.iterdir()) == []


@pytest.mark.usefixtures("stage")
def test_a_run_on_stage_stays(run: Path, trashed: list[Path]) -> None:
    with pytest.raises(Problem) as caught:
        remove_run(run)
    assert caught.value.code == "run-on-stage"
    assert (run / "slides" / "1.jpg").is_file()
    assert trashed == []


def test_a_run_that_a_frozen_stage_still_holds_stays(run: Path, trashed: list[Path]) -> None:
    lock = stage_lock(run)
    assert lock.tryLock(0)
    with pytest.raises(Problem) as caught:
        remove_run(run)
    assert caught.value.code == "run-on-stage"
    assert trashed == []
    lock.unlock()
    remove_run(run)
    assert trashed == [run]


@pytest.mark.usefixtures("no_trash")
def test_what_cannot_be_moved_away_stays_whole(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(Problem) as caught:
        remove_run(run)
    assert (caught.value.code, caught.value.params["reason"]) == ("run-not-removed", "in use")
    assert (run / "slides" / "1.jpg").is_file()
    assert stage_lock(run).tryLock(0)  # and a stage may have it again


@pytest.mark.usefixtures("no_trash")
def test_of_a_link_only_the_link_goes(run: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    try:
        link.symlink_to(run, target_is_directory=True)
    except OSError:
        pytest.skip("this system makes no links")
    remove_run(link)
    assert not link.is_symlink()
    assert (run / "slides" / "1.jpg").is_file()
