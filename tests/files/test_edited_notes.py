# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes written in the rehearsal: kept beside the deck, whoever else writes there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pechakucha.files import edited_notes
from pechakucha.files.edited_notes import change_notes, is_notes_file, read_notes, written
from pechakucha.show.edited_notes import EditedNotes
from pechakucha.show.problem import Problem

DIGEST, LATER = "1" * 64, "2" * 64


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """A deck in a folder of its own."""
    folder = tmp_path / "decks"
    folder.mkdir()
    (folder / "ulm.pptx").write_bytes(b"PK")
    return folder / "ulm.pptx"


@pytest.fixture
def read_only(deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing can be written beside the deck (for root as well, who may write everywhere)."""
    write = edited_notes.write_atomic

    def refuse(path: Path, content: bytes) -> None:
        if path.parent == deck.parent:
            raise PermissionError(13, "Permission denied")
        write(path, content)

    monkeypatch.setattr(edited_notes, "write_atomic", refuse)


def test_without_a_file_there_are_none(deck: Path) -> None:
    assert read_notes(deck) == EditedNotes()
    assert read_notes(deck / "not" / "there.pptx") == EditedNotes()


def test_notes_lie_beside_the_deck_under_its_whole_name(deck: Path) -> None:
    saved = change_notes(deck, DIGEST, {4: "In Ulm steht ein Raum."}, heading="Notizen zur Probe")
    assert saved == (deck.with_name("ulm.pptx.notes.toml"), False, None)
    assert saved.path.read_text("utf-8").startswith("# Notizen zur Probe\n")
    assert read_notes(deck) == EditedNotes(DIGEST, {4: "In Ulm steht ein Raum."})
    assert deck.read_bytes() == b"PK"


def test_a_folder_of_pictures_has_them_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ulm").mkdir()
    monkeypatch.chdir(tmp_path / "ulm")
    assert change_notes(Path(), DIGEST, {1: "Eins"}).path == tmp_path / "ulm.notes.toml"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.integers(1, 9999), st.text(), max_size=4), st.text(max_size=40))
def test_what_is_written_is_read(tmp_path: Path, notes: dict[int, str], name: str) -> None:
    deck = tmp_path / (written(name).replace("/", "").replace("\n", "")[:20] + ".pdf")
    (tmp_path / f"{deck.name}.notes.toml").unlink(missing_ok=True)
    change_notes(deck, DIGEST, notes, heading=name)
    assert dict(read_notes(deck).notes) == {number: written(words) for number, words in notes.items()}


def test_comments_and_other_notes_stay(deck: Path) -> None:
    path = deck.with_name("ulm.pptx.notes.toml")
    path.write_text("# meine\n[notes]\n# zur dritten\n3 = 'Drei'\n4 = 'Vier'\n", "utf-8")
    change_notes(deck, LATER, {4: None, 5: "Fünf\nmit Umbruch"})
    assert read_notes(deck) == EditedNotes(LATER, {3: "Drei", 5: "Fünf\nmit Umbruch"})
    text = path.read_text("utf-8")
    assert "# meine" in text
    assert "# zur dritten" in text


@pytest.mark.parametrize(
    "before",
    [
        "notes = {3 = 'Drei'}\n",
        "notes.3 = 'Drei'\n",
        "notes.3 = 'Drei'\ndeck = 'x'\nnotes.4 = 'Alt'\n",
        "deck = 'x'\n",
    ],
)
def test_however_a_person_wrote_it(deck: Path, before: str) -> None:
    deck.with_name("ulm.pptx.notes.toml").write_text(before, "utf-8")
    change_notes(deck, DIGEST, {4: "Vier"})
    assert read_notes(deck).notes[4] == "Vier"
    assert read_notes(deck).notes.get(3, "Drei") == "Drei"


def test_notes_with_other_keys_between_them_can_all_go(deck: Path) -> None:
    path = deck.with_name("ulm.pptx.notes.toml")
    path.write_text("# meine\nnotes.3 = 'Drei'\ndeck = 'x'\nnotes.4 = 'Vier'\n", "utf-8")
    change_notes(deck, DIGEST, {3: None, 4: None})
    assert read_notes(deck) == EditedNotes(DIGEST, {})
    assert path.read_text("utf-8").startswith("# meine\n")


BROKEN = [
    b"[notes\n4 = 'x'",
    b"\xff\xfe",
    b"digest = 'short'",
    b"[notes]\n0 = 'x'",
    b"[notes]\nvier = 'x'",
    b"[notes]\n4 = 4",
    b"room = 1",
    b"x = " + b"[" * 5000,
    b"#" * (5 << 20),
]


@pytest.mark.parametrize("content", BROKEN, ids=range(len(BROKEN)))
def test_a_file_that_was_tampered_with_is_a_message_and_is_not_lost(deck: Path, content: bytes) -> None:
    path = deck.with_name("ulm.pptx.notes.toml")
    path.write_bytes(content)
    with pytest.raises(Problem) as raised:
        read_notes(deck)
    assert raised.value.code == "notes-file-unreadable"
    assert raised.value.params["path"] == str(path)
    saved = change_notes(deck, DIGEST, {4: "Vier"})
    assert saved.aside is not None
    assert saved.aside.read_bytes() == content
    assert is_notes_file(saved.aside)
    assert read_notes(deck) == EditedNotes(DIGEST, {4: "Vier"})
    path.write_bytes(content)
    assert change_notes(deck, DIGEST, {4: "Vier"}).aside not in (None, saved.aside)


def test_a_folder_in_its_place_is_a_message(deck: Path) -> None:
    deck.with_name("ulm.pptx.notes.toml").mkdir()
    with pytest.raises(Problem, match="notes-file-unreadable"):
        read_notes(deck)
    assert change_notes(deck, DIGEST, {4: "Vier"}).aside is not None


@pytest.mark.usefixtures("read_only")
def test_where_nothing_can_be_written_they_are_kept_elsewhere_and_it_is_said(
    deck: Path, user_folders: Path
) -> None:
    deck.with_name("ulm.pptx.notes.toml").write_text("[notes]\n3 = 'Drei'\n", "utf-8")
    saved = change_notes(deck, DIGEST, {4: "Vier"})
    assert saved.elsewhere
    assert saved.path.is_relative_to(user_folders / "state")
    assert read_notes(deck) == EditedNotes(DIGEST, {3: "Drei", 4: "Vier"})
    assert read_notes(deck.with_name("bonn.pptx")) == EditedNotes()


def test_as_soon_as_it_can_be_written_they_are_beside_it_again(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, content: bytes) -> None:
        raise PermissionError(13, "Permission denied")

    change_notes(deck, DIGEST, {3: "Drei"})
    with monkeypatch.context() as patch:
        patch.setattr(edited_notes, "write_atomic", refuse)
        with pytest.raises(Problem) as raised:
            change_notes(deck, DIGEST, {4: "Vier"})
    assert raised.value.code == "notes-not-writable"
    assert read_notes(deck).notes == {3: "Drei"}
    assert not change_notes(deck, DIGEST, {4: "Vier"}).elsewhere
    assert read_notes(deck).notes == {3: "Drei", 4: "Vier"}


def test_what_was_broken_elsewhere_costs_nothing_that_is_beside_the_deck(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_notes(deck, DIGEST, {3: "Drei"})
    write = edited_notes.write_atomic

    def refuse(path: Path, content: bytes) -> None:
        if path.parent == deck.parent:
            raise PermissionError(13, "Permission denied")
        write(path, content)

    with monkeypatch.context() as patch:
        patch.setattr(edited_notes, "write_atomic", refuse)
        elsewhere = change_notes(deck, DIGEST, {4: "Vier"}).path
    elsewhere.write_bytes(b"[notes")
    saved = change_notes(deck, DIGEST, {5: "Fünf"})
    assert saved.aside is not None
    assert saved.aside.read_bytes() == b"[notes"
    assert read_notes(deck).notes == {3: "Drei", 5: "Fünf"}


def test_a_name_that_leaves_no_room_beside_it_is_kept_elsewhere(deck: Path) -> None:
    long = deck.with_name("ü" * 110 + ".pptx")
    assert change_notes(long, DIGEST, {4: "Vier"}).elsewhere
    assert read_notes(long).notes == {4: "Vier"}


def test_what_nobody_types_is_left_out() -> None:
    assert written("a\r\nb\rc\u2029d\te\x00\x1b\ud800f") == "a\nb\nc\nd\tef"
    assert written("Zeile\x0bnoch eine\u2028und eine") == "Zeile\nnoch eine\nund eine"


def test_no_folder_is_made_where_the_deck_was(tmp_path: Path) -> None:
    saved = change_notes(tmp_path / "gone" / "ulm.pptx", DIGEST, {4: "Vier"})
    assert saved.elsewhere
    assert not (tmp_path / "gone").exists()
