# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was chosen in a rehearsal is there in the next, and nothing depends on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pechakucha.files import rehearsal_choices
from pechakucha.files.rehearsal_choices import keep_pace, kept_pace
from pechakucha.show.pace import PaceChoice


def test_the_last_choice_counts() -> None:
    assert kept_pace() is None
    keep_pace(PaceChoice.CALM)
    keep_pace(PaceChoice.READERS)
    assert kept_pace() is PaceChoice.READERS


@pytest.mark.parametrize("content", [b"", b"{}", b'{"pace": "fast"}', b"[" * 5000, b"\xff"])
def test_a_file_that_was_tampered_with_is_as_none(user_folders: Path, content: bytes) -> None:
    keep_pace(PaceChoice.CALM)
    (file,) = (user_folders / "config").rglob("*.json")
    file.write_bytes(content)
    assert kept_pace() is None
    keep_pace(PaceChoice.CALM)
    assert kept_pace() is PaceChoice.CALM


def test_where_it_cannot_be_kept_nothing_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, content: bytes) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(rehearsal_choices, "write_atomic", refuse)
    keep_pace(PaceChoice.CALM)
    assert kept_pace() is None
