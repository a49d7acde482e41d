# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes written in the rehearsal, taken up wherever their deck is imported."""

from __future__ import annotations

from pathlib import Path

import msgspec

from pechakucha.decks.library import Imported
from pechakucha.files.edited_notes import read_notes
from pechakucha.show.edited_notes import with_edited_notes
from pechakucha.show.problem import Finding, Problem, Severity


def with_kept_notes(path: Path, imported: Imported) -> Imported:
    """The deck with the notes kept beside it; where these can't be read, with its own and a warning.

    Args:
        path: the deck's file or folder.
        imported: the deck as it is in there.
    """
    deck = imported.deck
    if not deck.slides:
        return imported
    try:
        deck = with_edited_notes(deck, read_notes(path))
    except Problem as problem:
        unread = Finding(code="notes-file-unreadable", severity=Severity.WARNING, params=problem.params)
        deck = msgspec.structs.replace(deck, findings=(*deck.findings, unread))
    return Imported(deck, imported.folder)
