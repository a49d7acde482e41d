# SPDX-License-Identifier: AGPL-3.0-or-later
"""Room on the disk of a run."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from pechakucha.files.free_space import free_mb


def test_what_is_free_in_megabytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disks = {tmp_path: SimpleNamespace(total=0, used=0, free=1_234_567_890)}
    monkeypatch.setattr(shutil, "disk_usage", disks.__getitem__)
    assert free_mb(tmp_path) == 1234


def test_a_folder_that_is_there_has_some_room(tmp_path: Path) -> None:
    assert (free_mb(tmp_path) or 0) > 0


def test_a_folder_that_is_gone_has_none(tmp_path: Path) -> None:
    assert free_mb(tmp_path / "gone") is None
