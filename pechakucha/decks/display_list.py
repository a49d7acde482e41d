# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the embedded renderer is about to draw on a slide, with every line and letter in its place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

import msgspec


class Glyph(msgspec.Struct, rename="camel"):
    """One drawn shape of a typeface; 0 is the box for what it lacks.

    ``cluster`` is where its text begins in the whole text of the object, in units of UTF-16.
    """

    glyph_id: int
    cluster: int = 0


class Run(msgspec.Struct, rename="camel"):
    """Text in one typeface; ``font_family`` is the one that the deck asks for.

    ``start`` is where it begins, counted as in ``Glyph``.
    """

    text: str
    start: int = 0
    font_family: str = ""
    glyphs: tuple[Glyph, ...] = ()


class Line(msgspec.Struct, rename="camel"):
    """One line of a text; top and height in pixels (96 an inch)."""

    y: float
    height: float
    runs: tuple[Run, ...] = ()


class Primitive(msgspec.Struct, rename="camel"):
    """Something drawn; ``object_id`` is the id of its object on the slide, not always the only one.

    ``kind`` is ``shape``, ``textBox``, ``image``, ``table`` or ``chart``; place and size in pixels.
    """

    kind: str
    object_id: int = 0
    y: float = 0.0
    h: float = 0.0
    overflow: bool = False
    label: str = ""
    lines: tuple[Line, ...] = ()
    primitives: tuple[Primitive, ...] = ()


class DisplayList(msgspec.Struct, rename="camel"):
    """All that is drawn on a slide; sizes in pixels."""

    width: float
    height: float
    primitives: tuple[Primitive, ...] = ()

    def everything(self) -> Iterator[Primitive]:
        """The primitives, with the parts of tables and charts."""
        waiting = list(self.primitives)
        while waiting:
            each = waiting.pop()
            waiting.extend(each.primitives)
            yield each

    def runs(self) -> Iterator[Run]:
        """Every piece of text."""
        return (run for each in self.everything() for line in each.lines for run in line.runs)


class Rendered(Protocol):
    """The renderer's own display list."""

    @property
    def json(self) -> str:
        """All of it."""


class Opened(Protocol):
    """A deck that the renderer has opened."""

    def render_slide(self, slide: int, /) -> Rendered:
        """Lay out the slide with this place, counted from 0."""


_DECODER = msgspec.json.Decoder(DisplayList)


def lay_out(deck: Opened, number: int) -> DisplayList:
    """The display list of the slide with this number, counted from 1.

    Raises:
        betteroffice_pptx.PptxError: the slide cannot be laid out.
        msgspec.DecodeError: the renderer describes it in some other way.
    """
    return _DECODER.decode(deck.render_slide(number - 1).json)
