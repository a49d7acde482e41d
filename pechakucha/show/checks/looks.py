# SPDX-License-Identifier: AGPL-3.0-or-later
"""How slides will look on the stage: their shape, their pictures, their text."""

from __future__ import annotations

from pechakucha.show.checks.grouping import Params, for_slides
from pechakucha.show.checks.standards import Standards
from pechakucha.show.deck import Deck, PlacedPicture, Slide
from pechakucha.show.problem import Finding, Severity

_RATIOS = ((16, 9), (16, 10), (3, 2), (4, 3), (1, 1), (3, 4), (9, 16))
"""Proportions that have a name."""


def aspect_ratio(deck: Deck, standards: Standards) -> tuple[Finding, ...]:
    """Whether bars are left beside the slides or above and below them."""
    if not (deck.width_pt > 0 and deck.height_pt > 0):
        return ()
    ratio, stage = deck.width_pt / deck.height_pt, standards.stage_width / standards.stage_height
    if abs(ratio / stage - 1) <= standards.same_ratio:
        return ()
    return (
        Finding(
            code="aspect-ratio",
            severity=Severity.WARNING,
            params={
                "case": "narrow" if ratio < stage else "wide",
                "ratio": _written(ratio, standards),
                "stage": _written(stage, standards),
            },
        ),
    )


def coarse_pictures(deck: Deck, slides: tuple[Slide, ...], standards: Standards) -> tuple[Finding, ...]:
    """Pictures with too few pixels for the place they take; of several on a slide, the largest."""
    concerned: dict[int, Params] = {}
    for slide in slides:
        coarse = [each for each in slide.pictures if _is_coarse(each, deck, standards)]
        if coarse:
            worst = max(coarse, key=lambda each: each.part_of_width * each.part_of_height)
            width, height = _place(worst, deck, standards)
            concerned[slide.number] = {
                "pixels": f"{worst.width} × {worst.height}",
                "place": f"{round(width)} × {round(height)}",
            }
    return for_slides("coarse-picture", Severity.WARNING, concerned)


def small_text(slides: tuple[Slide, ...], standards: Standards) -> tuple[Finding, ...]:
    """Text that is hard to read."""
    small = {
        slide.number: slide.smallest_pt
        for slide in slides
        if slide.smallest_pt is not None and slide.smallest_pt < standards.smallest_pt
    }
    least = f"{standards.smallest_pt:g}"
    concerned: dict[int, Params] = {
        number: {"points": f"{points:g}", "least": least} for number, points in small.items()
    }
    together: Params = {"points": f"{min(small.values(), default=0):g}", "least": least}
    return for_slides("small-text", Severity.WARNING, concerned, together)


def _written(ratio: float, standards: Standards) -> str:
    for width, height in _RATIOS:
        if abs(ratio * height / width - 1) <= standards.same_ratio:
            return f"{width}:{height}"
    return f"{ratio:.2f}:1"


def _is_coarse(picture: PlacedPicture, deck: Deck, standards: Standards) -> bool:
    if picture.part_of_width * picture.part_of_height < standards.matters_from:
        return False
    width, height = _place(picture, deck, standards)
    return (
        picture.width < standards.enough_pixels * width or picture.height < standards.enough_pixels * height
    )


def _place(picture: PlacedPicture, deck: Deck, standards: Standards) -> tuple[float, float]:
    """The pixels of the stage that a picture covers, as if its slide filled it where that is unknown."""
    width, height = float(standards.stage_width), float(standards.stage_height)
    if deck.width_pt > 0 and deck.height_pt > 0:
        scale = min(width / deck.width_pt, height / deck.height_pt)
        width, height = deck.width_pt * scale, deck.height_pt * scale
    return picture.part_of_width * width, picture.part_of_height * height
