# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a file holds that a picture cannot show, or does not hold at all."""

from __future__ import annotations

from pechakucha.show.checks.grouping import Params, for_slides
from pechakucha.show.deck import Deck, Slide
from pechakucha.show.format import Format
from pechakucha.show.problem import Finding, Severity


def linked(slides: tuple[Slide, ...]) -> tuple[Finding, ...]:
    """Pictures and media that are somewhere else."""
    concerned: dict[int, Params] = {
        slide.number: {"names": ", ".join(slide.links)} for slide in slides if slide.links
    }
    names = ", ".join(dict.fromkeys(name for slide in slides for name in slide.links))
    return for_slides("linked", Severity.WARNING, concerned, {"names": names})


def moving(slides: tuple[Slide, ...]) -> tuple[Finding, ...]:
    """Videos, sounds and animations."""
    return (
        *for_slides("video", Severity.WARNING, {slide.number: {} for slide in slides if slide.videos}),
        *for_slides("sound", Severity.WARNING, {slide.number: {} for slide in slides if slide.sounds}),
        *for_slides("animated", Severity.WARNING, {slide.number: {} for slide in slides if slide.animated}),
    )


def changing(slides: tuple[Slide, ...], format: Format) -> tuple[Finding, ...]:
    """Transitions, and slides that would stay for another time than the format's."""
    transitions: dict[int, Params] = {slide.number: {} for slide in slides if slide.transition}
    advancing: dict[int, Params] = {
        slide.number: {"seconds": f"{slide.advances_s:g}", "wanted": format.seconds}
        for slide in slides
        if slide.advances_s is not None and slide.advances_s != format.seconds
    }
    together: Params = {"wanted": format.seconds}
    return (
        *for_slides("transition", Severity.NOTE, transitions, one_by_one=1),
        *for_slides("auto-advance", Severity.NOTE, advancing, together, one_by_one=1),
    )


def macros(deck: Deck) -> tuple[Finding, ...]:
    """Macros, which never run."""
    return (Finding(code="macros", severity=Severity.NOTE),) if deck.macros else ()
