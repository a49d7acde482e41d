# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which folders are decks and which are full of them."""

from __future__ import annotations

from pathlib import Path

from pechakucha.decks.deck_folder import decks_in

from .conftest import coloured_pdf, picture


def test_a_folder_of_pictures_is_a_deck(tmp_path: Path) -> None:
    picture(tmp_path / "1.png", "#204060")
    (tmp_path / "notes.txt").write_text("hello")

    assert decks_in(tmp_path) == [tmp_path]


def test_a_folder_with_a_deck_in_it_stands_for_everything_in_it(tmp_path: Path) -> None:
    pictures = tmp_path / "bern"
    pictures.mkdir()
    picture(pictures / "1.png", "#204060")
    coloured_pdf(tmp_path / "aachen.pdf")
    (tmp_path / "chur.docx").write_text("hello")
    (tmp_path / ".hidden").write_text("hello")
    (tmp_path / "~$aachen.pptx").write_text("PowerPoint's lock")

    assert decks_in(tmp_path) == [tmp_path / name for name in ("aachen.pdf", "bern", "chur.docx")]


def test_what_is_no_folder_stands_for_itself(tmp_path: Path) -> None:
    assert decks_in(tmp_path / "absent") == [tmp_path / "absent"]
    assert decks_in(coloured_pdf(tmp_path / "a.pdf")) == [tmp_path / "a.pdf"]


def test_a_folder_with_a_show_stands_for_the_show(tmp_path: Path) -> None:
    coloured_pdf(tmp_path / "aachen.pdf")
    (tmp_path / "show.toml").write_text("")

    assert decks_in(tmp_path) == [tmp_path / "show.toml"]


def test_notes_kept_beside_a_deck_are_neither_a_show_nor_a_deck(tmp_path: Path) -> None:
    deck = coloured_pdf(tmp_path / "aachen.pdf")
    (tmp_path / "aachen.pdf.notes.toml").write_text("")
    (tmp_path / "aachen.pdf.notes.toml.unreadable").write_text("")

    assert decks_in(tmp_path) == [deck]
