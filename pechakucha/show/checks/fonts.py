# SPDX-License-Identifier: AGPL-3.0-or-later
"""Typefaces that a deck asks for and this machine does not have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from pechakucha.show.checks.grouping import for_slides
from pechakucha.show.deck import Slide
from pechakucha.show.font_names import is_same_family, missing_families, stands_in
from pechakucha.show.problem import Finding, Severity


def fonts(slides: tuple[Slide, ...]) -> tuple[Finding, ...]:
    """A warning for each family that another one replaced, and a note on those that run the same.

    A family that was drawn on any slide is there: where it is not on another, its text was left out.
    """
    told = [slide for slide in slides if slide.drawn_fonts]
    drawn = {family for slide in told for family in slide.drawn_fonts}
    missing = missing_families(sorted({family for slide in told for family in slide.fonts}), drawn)
    replaced: list[Finding] = []
    alike: list[str] = []
    for family in missing:
        concerned = [slide for slide in told if family in slide.fonts]
        twin = _twin(family, concerned)
        if twin:
            alike.append(f"{family} → {twin}")
        else:
            replaced += _replaced(family, concerned)
    if alike:
        pairs = ", ".join(alike)
        replaced.append(Finding(code="fonts-alike", severity=Severity.NOTE, params={"pairs": pairs}))
    return tuple(replaced)


def _replaced(family: str, slides: Sequence[Slide]) -> tuple[Finding, ...]:
    params = {"family": family, "instead": ", ".join(_instead(slides))}
    return for_slides(
        "fonts-missing", Severity.WARNING, {slide.number: params for slide in slides}, params, one_by_one=1
    )


def _twin(family: str, slides: Sequence[Slide]) -> str:
    """The family that stands in on these slides and runs to the same widths, "" for none.

    A renderer replaces a family by the same one everywhere, so a single slide is proof enough.
    """
    return min((each for slide in slides for each in _stand_ins([family], slide)), default="")


def _instead(slides: Sequence[Slide]) -> list[str]:
    """What was drawn in its place: of what nobody asked for, what is there most often.

    What stands in for another family is left out, unless there is nothing else.
    """
    unasked = [
        {
            drawn
            for drawn in slide.drawn_fonts
            if not any(is_same_family(asked, drawn) for asked in slide.fonts)
        }
        for slide in slides
    ]
    of_others = [_stand_ins(slide.fonts, slide) for slide in slides]
    left = [found - known for found, known in zip(unasked, of_others, strict=True)]
    counted = Counter(each for found in left for each in found)
    counted = counted or Counter(each for slide in slides for each in slide.drawn_fonts)
    most = max(counted.values())
    return sorted(each for each, times in counted.items() if times == most)


def _stand_ins(asked: Iterable[str], slide: Slide) -> set[str]:
    families = tuple(asked)
    return {each for each in slide.drawn_fonts if any(stands_in(family, each) for family in families)}
