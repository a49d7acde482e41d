# SPDX-License-Identifier: AGPL-3.0-or-later
"""A file is the old one or the new one, never half of either."""

from __future__ import annotations

import errno
import os
import stat
import sys
from pathlib import Path

import pytest

from pechakucha.files.atomic import write_atomic


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "show.toml"
    file.write_bytes(b"old")
    return file


def names(folder: Path) -> list[str]:
    """What lies in the folder."""
    return sorted(each.name for each in folder.iterdir())


def test_the_new_content_takes_the_place_of_the_old(path: Path) -> None:
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
    assert names(path.parent) == ["show.toml"]


def test_a_file_that_was_not_there_is_there(tmp_path: Path) -> None:
    write_atomic(tmp_path / "new", b"")
    assert (tmp_path / "new").read_bytes() == b""


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_where_it_breaks_off_the_old_file_stays_alone(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OSError, match="No space left"):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(path.parent) == ["show.toml"]


def test_what_is_put_in_place_is_on_disk_already(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forced: list[bytes] = []

    def fsync(descriptor: int) -> None:
        forced.append(path.read_bytes())

    monkeypatch.setattr(os, "fsync", fsync)
    write_atomic(path, b"new")
    assert forced == [b"old"]


def test_a_stop_in_the_middle_leaves_the_old_file_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        write_atomic(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(path.parent) == ["show.toml"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such modes")
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_the_mode_stays(path: Path, mode: int) -> None:
    path.chmod(mode)
    write_atomic(path, b"new")
    assert stat.S_IMODE(path.stat().st_mode) == mode


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomic(tmp_path / "nowhere" / "file", b"new")


def test_a_long_name_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250)
    write_atomic(path, b"new")
    assert path.read_bytes() == b"new"
