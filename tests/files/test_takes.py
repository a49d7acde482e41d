# SPDX-License-Identifier: AGPL-3.0-or-later
"""The earlier takes of a deck are kept on this machine, whatever becomes of the file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import pytest

from pechakucha.files import takes
from pechakucha.files.takes import (
    EarlierTakes,
    KeptTake,
    delete_takes,
    keep_take,
    read_takes,
    takes_file,
)
from pechakucha.show.marks import Spoken, Take
from pechakucha.show.problem import Problem

DECK = Path("/decks/Ulm im März.pptx")


def a_take(used_s: float | None) -> KeptTake:
    """A take of one slide."""
    slides = (Spoken(number=1, used_s=used_s, characters=80, syllables=27),)
    at = dt.datetime(2021, 3, 24, 18, 30, tzinfo=dt.UTC)
    return KeptTake(at=at, digest="1" * 64, take=Take(seconds=20, slides=slides, whole=True))


def test_takes_come_back_in_their_order(user_folders: Path) -> None:
    assert read_takes(DECK) == EarlierTakes()
    keep_take(DECK, a_take(12.5))
    keep_take(DECK, a_take(None))
    assert read_takes(DECK) == EarlierTakes((a_take(12.5), a_take(None)))
    assert takes_file(DECK).is_relative_to(user_folders / "data")


def test_a_deck_is_known_by_place_and_name() -> None:
    keep_take(DECK, a_take(12.5))
    assert read_takes(DECK.with_name("Ulm im Mai.pptx")) == EarlierTakes()
    assert read_takes(Path("/elsewhere") / DECK.name) == EarlierTakes()


def test_a_deck_that_was_moved_takes_its_takes_along(tmp_path: Path) -> None:
    before, after = tmp_path / "Ulm.pptx", tmp_path / "mail" / "Ulm (2).pptx"
    kept = msgspec.structs.replace(a_take(12.5), place=str(before))
    before.touch()
    keep_take(before, kept)
    assert read_takes(after, kept.digest) == EarlierTakes(), "a copy has none of its own"
    before.unlink()
    assert read_takes(after, "2" * 64) == EarlierTakes(), "another deck"
    assert read_takes(after, kept.digest) == EarlierTakes((kept,))
    assert not takes_file(before).exists()
    delete_takes(after)
    assert read_takes(after, kept.digest) == EarlierTakes()


def test_the_oldest_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takes, "MOST_TAKES", 5)
    for number in range(8):
        keep_take(DECK, a_take(float(number)))
    assert [each.take.slides[0].used_s for each in read_takes(DECK).takes] == [3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    "line",
    [
        b"nonsense",
        b"{}",
        b"[" * 5000,
        b'{"at":"2021-03-24T18:30:00Z","digest":"","take":{"seconds":0,"slides":[]}}',
        b'{"at":"2021-03-24T18:30:00Z","digest":"","take":{"seconds":20,"slides":[{"number":1,"used_s":-3}]}}',
        b'{"at":"2021-03-24T18:30:00Z","digest":"","take":{"seconds":20,"slides":[{"number":"1"}]}}',
        b"\xff\xfe\x00",
    ],
)
def test_a_line_that_was_tampered_with_is_counted_and_left_where_it_is(line: bytes) -> None:
    keep_take(DECK, a_take(12.5))
    with takes_file(DECK).open("ab") as file:
        file.write(line)
    assert read_takes(DECK) == EarlierTakes((a_take(12.5),), 1)
    keep_take(DECK, a_take(9.0))
    assert read_takes(DECK) == EarlierTakes((a_take(12.5), a_take(9.0)), 1)
    assert line in takes_file(DECK).read_bytes()


def test_a_folder_in_its_place_is_a_message() -> None:
    takes_file(DECK).mkdir(parents=True)
    with pytest.raises(Problem, match="takes-unreadable"):
        read_takes(DECK)
    with pytest.raises(Problem, match="takes-unreadable"):
        keep_take(DECK, a_take(12.5))
    with pytest.raises(Problem, match="takes-not-deleted"):
        delete_takes(DECK)


def test_a_full_disk_costs_nothing_kept_before(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    keep_take(DECK, a_take(12.5))
    monkeypatch.setattr(takes, "write_atomic", refuse)
    with pytest.raises(Problem) as raised:
        keep_take(DECK, a_take(9.0))
    assert raised.value.code == "takes-not-kept"
    assert raised.value.params["reason"] == "No space left on device"
    assert read_takes(DECK) == EarlierTakes((a_take(12.5),))


def test_deleted_is_deleted() -> None:
    keep_take(DECK, a_take(12.5))
    delete_takes(DECK)
    delete_takes(DECK)
    assert read_takes(DECK) == EarlierTakes()
    assert not takes_file(DECK).exists()
