# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures that come into a run's folder while the stage shows others from it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from show.builders import a_deck

from pechakucha.files.late_pictures import add_pictures
from pechakucha.show.opening import run_picture
from pechakucha.show.problem import Problem


@pytest.fixture
def drawn(tmp_path: Path) -> Path:
    """The pictures of a deck of three slides, as they were imported."""
    folder = tmp_path / "imported"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"{number}.png").write_bytes(b"new %d" % number)
    return folder


def test_all_pictures_come_and_what_is_there_is_not_touched(tmp_path: Path, drawn: Path) -> None:
    deck, run = a_deck(3), tmp_path / "run"
    name = run_picture(deck, deck.slides[0])
    assert name is not None
    (run / name).parent.mkdir(parents=True)
    (run / name).write_bytes(b"on stage")
    add_pictures(run, deck, drawn)
    assert (run / name).read_bytes() == b"on stage"
    for slide in deck.slides[1:]:
        assert (run / (run_picture(deck, slide) or "")).read_bytes() == b"new %d" % slide.number


def test_where_nothing_can_be_linked_it_is_copied(
    tmp_path: Path, drawn: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_source: Path, _target: Path) -> None:
        raise OSError("another disk")

    on_disk: list[int] = []
    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(os, "fsync", on_disk.append)
    add_pictures(tmp_path / "run", a_deck(3), drawn)
    assert len(on_disk) == 3  # before they get their names: a power cut leaves no half of one
    brought = sorted((tmp_path / "run" / "slides").rglob("*"))
    assert [each.name for each in brought if each.is_file()] == ["1.png", "2.png", "3.png"]


def test_a_picture_that_cannot_be_brought_is_told(tmp_path: Path, drawn: Path) -> None:
    (drawn / "2.png").unlink()
    with pytest.raises(Problem) as caught:
        add_pictures(tmp_path / "run", a_deck(3), drawn)
    assert caught.value.code == "late-pictures-not-kept"
