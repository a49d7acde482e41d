# SPDX-License-Identifier: AGPL-3.0-or-later
"""A deck as imported: its slides, notes and what was noticed about it."""

from __future__ import annotations

import msgspec

from pechakucha.show.problem import Finding, Severity

MOST_SLIDES = 1_000
"""Of a deck; nothing with more is opened."""
STANDARD_HEIGHT_PT = 540.0
"""7.5 inches: sizes of text are told as on a slide of this height, whatever its own is."""


class PlacedPicture(msgspec.Struct, frozen=True):
    """A picture on a slide: its size in pixels, and the parts (0 to 1) of the slide's width and
    height that it takes.
    """

    width: int
    height: int
    part_of_width: float
    part_of_height: float


class Slide(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One slide of a deck, with what its file says about it that matters to the checks.

    Attributes:
        number: its place in the file, counted from 1 with hidden slides included; 0 is no slide
            of a file but the city's card in its place.
        picture: a file inside the imported deck's folder, None where there is none (a hidden
            slide, or one that could not be drawn).
        look: equal for slides that look the same to the pixel (hex digest); "" where unknown.
        videos, sounds: how many are placed on it.
        animated: whether anything on it moves, comes or goes.
        transition: whether the change to it is more than a cut.
        advances_s: seconds after which its file would go on by itself, None where it would not.
        links: pictures and media that are not in the file but somewhere else.
        fonts: families that its text asks for.
        drawn_fonts: families that its renderer used; empty where that is unknown.
        smallest_pt: its smallest text in points, on a slide as high as 7.5 inches (540 points).
        pictures: the pictures placed on it.
    """

    number: int
    picture: str | None = None
    notes: str = ""
    hidden: bool = False
    look: str = ""
    videos: int = 0
    sounds: int = 0
    animated: bool = False
    transition: bool = False
    advances_s: float | None = None
    links: tuple[str, ...] = ()
    fonts: tuple[str, ...] = ()
    drawn_fonts: tuple[str, ...] = ()
    smallest_pt: float | None = None
    pictures: tuple[PlacedPicture, ...] = ()


CARD = Slide(number=0)
"""Stands in a talk where a slide is missing and the moderator wants the city's card."""


class Deck(msgspec.Struct, frozen=True, kw_only=True):
    """A file or folder as imported.

    Attributes:
        kind: one of ``decks/kinds.py``, or the ending of what could not be read.
        renderer: what drew the pictures.
        digest: of the content (hex SHA-256).
        width_pt, height_pt: the size of its slides in points, 0 where they differ or have none.
        macros: whether it holds macros (which never run).
    """

    kind: str
    renderer: str
    digest: str
    slides: tuple[Slide, ...] = ()
    findings: tuple[Finding, ...] = ()
    width_pt: float = 0.0
    height_pt: float = 0.0
    macros: bool = False

    @property
    def visible(self) -> tuple[Slide, ...]:
        """The slides that their author did not hide, in order."""
        return tuple(slide for slide in self.slides if not slide.hidden)

    @property
    def error(self) -> Finding | None:
        """The first error among the findings, or None."""
        return next((each for each in self.findings if each.severity is Severity.ERROR), None)

    def slide(self, number: int) -> Slide | None:
        """The slide with this number, or None."""
        return next((slide for slide in self.slides if slide.number == number), None)
