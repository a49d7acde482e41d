# SPDX-License-Identifier: AGPL-3.0-or-later
"""A folder full of decks, as opposed to one whose pictures are a deck."""

from __future__ import annotations

from pathlib import Path

from pechakucha.decks import kinds
from pechakucha.files.edited_notes import is_notes_file
from pechakucha.files.show_file import SHOW_ENDING

_FILES = frozenset({kinds.PPTX, kinds.ODP, kinds.PPT, kinds.PDF, kinds.ZIP, kinds.PACK})


def decks_in(path: Path) -> list[Path]:
    """What a folder stands for: its show files; else, with a deck file in it, everything in it in
    alphabetical order (what is no deck as well: somebody sent it as one); else itself.
    """
    try:
        entries = sorted(
            each
            for each in path.iterdir()
            if not each.name.startswith((".", "~$")) and not is_notes_file(each)
        )
    except OSError:
        return [path]
    if shows := [each for each in entries if each.suffix.lower() == SHOW_ENDING]:
        return shows
    found = [kinds.look(each) for each in entries]
    return entries if any(look.finding is None and look.kind in _FILES for look in found) else [path]
