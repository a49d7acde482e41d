# SPDX-License-Identifier: AGPL-3.0-or-later
"""The language of notes is told from their little words, or left open."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.notes_language import notes_language

GERMAN = [
    "Das ist unser Raum in Ulm. Hier treffen sich die Leute.",
    "Wir haben ihn mit der Stadt und dem Verein gebaut.",
]
ENGLISH = [
    "This is the room that we built in Ulm. In it was nothing.",
    "People meet here to talk, and they bring what they have.",
]


def test_two_sentences_give_it_away() -> None:
    assert notes_language(GERMAN) == "de"
    assert notes_language(ENGLISH) == "en"


@pytest.mark.parametrize("otherwise", [None, "de", "en"])
def test_what_is_not_clear_is_what_is_assumed(otherwise: str | None) -> None:
    for notes in (
        [],
        [""],
        ["Ulm", "2021"],
        ["The Making of"],
        ["C’est la vie à Bruxelles."],
        GERMAN + ENGLISH,
    ):
        assert notes_language(notes, otherwise) == otherwise


def test_english_words_in_german_notes_change_nothing() -> None:
    assert notes_language([*GERMAN, "„The Making of“ heißt der Film.", "Open Space"], "en") == "de"


@given(st.lists(st.text()), st.sampled_from([None, "de", "en"]))
def test_whatever_is_written_there_is_an_answer(notes: list[str], otherwise: str | None) -> None:
    assert notes_language(notes, otherwise) in (None, "de", "en")
    assert notes_language(reversed(notes), otherwise) == notes_language(notes, otherwise)
