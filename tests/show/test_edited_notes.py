# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes written in the rehearsal take the place of those in the file."""

from __future__ import annotations

from pechakucha.show.deck import Deck, Slide
from pechakucha.show.edited_notes import EditedNotes, with_edited_notes

DECK = Deck(
    kind="pptx",
    renderer="embedded",
    digest="1" * 64,
    slides=tuple(Slide(number=number, notes=f"Zu {number}") for number in (1, 2, 3)),
)


def notes_of(deck: Deck) -> list[str]:
    """The notes in order."""
    return [slide.notes for slide in deck.slides]


def test_only_the_slides_named_have_others() -> None:
    deck = with_edited_notes(DECK, EditedNotes(DECK.digest, {2: "Neu", 3: "", 9: "Zu keiner"}))
    assert notes_of(deck) == ["Zu 1", "Neu", ""]
    assert deck.findings == ()


def test_notes_for_an_earlier_version_are_taken_with_a_warning() -> None:
    deck = with_edited_notes(DECK, EditedNotes("2" * 64, {2: "Neu"}))
    assert notes_of(deck) == ["Zu 1", "Neu", "Zu 3"]
    assert [each.code for each in deck.findings] == ["notes-of-earlier-file"]


def test_nobody_is_warned_of_what_is_not_there_or_was_written_for_any() -> None:
    assert with_edited_notes(DECK, EditedNotes("2" * 64)) is DECK
    assert with_edited_notes(DECK, EditedNotes("", {1: "Neu"})).findings == ()
