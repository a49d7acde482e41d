# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pictures on a slide of a PPTX: how many pixels each has for the place it takes.

A picture's header is all that is looked at. What has no pixels (EMF, WMF, SVG) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from pechakucha.decks.picture_size import size_of
from pechakucha.decks.pptx_shapes import Box, Shape, qname
from pechakucha.decks.pptx_sheets import Sheets
from pechakucha.show.deck import PlacedPicture, Slide

_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_PIXELS = frozenset({"image/png", "image/jpeg", "image/jpg", "image/gif", "image/bmp", "image/tiff"})
_GIF_FRAME = re.compile(rb"\x00\x21\xf9\x04.{4}\x00[\x21\x2c]", re.DOTALL)
"""What comes before each frame of a GIF that has several."""
_WHOLE = 100_000
"""Files count shares in thousandths of a percent."""


class _Filled(NamedTuple):
    """A picture that fills a box: its element and the part that holds the picture itself."""

    fill: Any
    box: Box
    part: Any


def read_pictures(slide: Slide, part: Any, shapes: list[Shape], sheets: Sheets) -> Slide:
    """The slide with its pictures and with what layout and master show behind them.

    Args:
        slide: so far.
        part: the slide's, of python-pptx.
        shapes: on the slide.
        sheets: what it inherits.
    """
    on_sheets = [*((part, shape) for shape in shapes), *sheets.shapes_behind(part._element)]
    filled = [*_backgrounds(part, sheets), *_in_shapes(on_sheets)]
    placed = [_placed(each, sheets) for each in filled]
    moving = any(_moves(each) for each in filled)
    return msgspec.structs.replace(
        slide, pictures=tuple(each for each in placed if each is not None), animated=slide.animated or moving
    )


def _in_shapes(shapes: list[tuple[Any, Shape]]) -> Iterator[_Filled]:
    for part, (element, box) in shapes:
        fill = element.find(qname("p:blipFill"))
        fill = element.find(f"{qname('p:spPr')}/{qname('a:blipFill')}") if fill is None else fill
        if fill is not None and box is not None:
            yield _Filled(fill, box, part)


def _backgrounds(part: Any, sheets: Sheets) -> Iterator[_Filled]:
    """The background nearest to the slide, if it is a picture."""
    for each in (part, *sheets.parts):
        background = each._element.find(f"{qname('p:cSld')}/{qname('p:bg')}")
        if background is not None:
            fill = background.find(f"{qname('p:bgPr')}/{qname('a:blipFill')}")
            if fill is not None:
                yield _Filled(fill, Box(0, 0, sheets.width, sheets.height), each)
            return


def _image(filled: _Filled) -> Any:
    """The picture's part, None where it has no pixels or is not in the file."""
    blip = filled.fill.find(qname("a:blip"))
    name = None if blip is None else blip.get(qname("r:embed"))
    if name is None or name not in filled.part.rels or next(blip.iter(_SVG), None) is not None:
        return None
    relation = filled.part.rels[name]
    image = None if relation.is_external else relation.target_part
    return image if image is not None and image.content_type in _PIXELS else None


def _placed(filled: _Filled, sheets: Sheets) -> PlacedPicture | None:
    image = _image(filled)
    if image is None or filled.fill.find(qname("a:tile")) is not None:
        return None
    size = size_of(image.blob)
    if size is None:
        return None
    across, down = _seen(filled.fill)
    return _on_slide(size.width * across, size.height * down, filled.box, sheets)


def _seen(fill: Any) -> tuple[float, float]:
    """The parts of a picture's width and height that fit in its box."""
    crop, stretch = fill.find(qname("a:srcRect")), fill.find(f"{qname('a:stretch')}/{qname('a:fillRect')}")
    seen = [_left_of(crop, first, last) for first, last in ("lr", "tb")]
    taken = [_left_of(stretch, first, last) for first, last in ("lr", "tb")]
    across, down = (one / other if other > 0 else one for one, other in zip(seen, taken, strict=True))
    return across, down


def _left_of(rectangle: Any, first: str, last: str) -> float:
    """What is left of 1 after taking away at both sides."""
    if rectangle is None:
        return 1.0
    return 1 - sum(int(rectangle.get(side, "0")) for side in (first, last)) / _WHOLE


def _on_slide(width: float, height: float, box: Box, sheets: Sheets) -> PlacedPicture | None:
    """The part of a picture (pixels) that lies on the slide."""
    left, top, across, down, turned = box
    if turned:
        left, top = left + (across - down) / 2, top + (down - across) / 2
        across, down, width, height = down, across, height, width
    inside_x = min(left + across, sheets.width) - max(left, 0)
    inside_y = min(top + down, sheets.height) - max(top, 0)
    if min(inside_x, inside_y, across, down) <= 0:
        return None
    return PlacedPicture(
        width=round(width * inside_x / across),
        height=round(height * inside_y / down),
        part_of_width=round(inside_x / sheets.width, 4),
        part_of_height=round(inside_y / sheets.height, 4),
    )


def _moves(filled: _Filled) -> bool:
    """Whether it is a GIF with more than one frame."""
    image = _image(filled)
    if image is None or image.content_type != "image/gif":
        return False
    frames = _GIF_FRAME.finditer(image.blob)
    return next(frames, None) is not None and next(frames, None) is not None
