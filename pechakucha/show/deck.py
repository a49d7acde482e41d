# SPDX-License-Identifier: AGPL-3.0-or-later
"""A deck as imported: its slides, notes and what was noticed about it."""

from __future__ import annotations

import msgspec

from pechakucha.show.problem import Finding


class Slide(msgspec.Struct, frozen=True, kw_only=True):
    """One slide of a deck.

    ``number`` is its place in the file, counted from 1 with hidden slides included.
    ``picture`` names a file inside the imported deck's folder, None where there is none
    (a hidden slide, or one that could not be drawn).
    """

    number: int
    picture: str | None = None
    notes: str = ""
    hidden: bool = False


class Deck(msgspec.Struct, frozen=True, kw_only=True):
    """A file or folder as imported.

    ``kind`` is ``pptx``, ``pdf`` or ``pictures`` (or the ending of what could not be read),
    ``renderer`` names what drew the pictures, ``digest`` the content (hex SHA-256).
    """

    kind: str
    renderer: str
    digest: str
    slides: tuple[Slide, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def visible(self) -> tuple[Slide, ...]:
        """The slides that their author did not hide, in order."""
        return tuple(slide for slide in self.slides if not slide.hidden)

    def slide(self, number: int) -> Slide | None:
        """The slide with this number, or None."""
        return next((slide for slide in self.slides if slide.number == number), None)
