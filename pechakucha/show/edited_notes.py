# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes that were written in the rehearsal; they take the place of those in the author's file."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from pechakucha.show.deck import Deck
from pechakucha.show.problem import Finding, Severity


class EditedNotes(msgspec.Struct, frozen=True):
    """Notes by the number of their slide, and the digest of the deck they were written for ("": any)."""

    digest: str = ""
    notes: Mapping[int, str] = {}


def with_edited_notes(deck: Deck, edited: EditedNotes) -> Deck:
    """The deck with these notes in place of its own.

    Where its author has changed the deck since, they are taken all the same, with the warning that they
    may be of another slide by now.
    """
    if not edited.notes or not deck.slides:
        return deck
    slides = tuple(
        msgspec.structs.replace(slide, notes=edited.notes.get(slide.number, slide.notes))
        for slide in deck.slides
    )
    findings = deck.findings
    if edited.digest not in ("", deck.digest):
        older = Finding(code="notes-of-earlier-file", severity=Severity.WARNING)
        findings = (*findings, older)
    return msgspec.structs.replace(deck, slides=slides, findings=findings)
