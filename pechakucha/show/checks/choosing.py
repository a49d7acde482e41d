# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which slides go on stage, and whether these are the right number."""

from __future__ import annotations

from pechakucha.show.deck import Deck, Slide
from pechakucha.show.format import Format
from pechakucha.show.problem import Finding, Parameter, Severity
from pechakucha.show.selection import write_selection


def choose(deck: Deck, selection: tuple[int, ...] | None) -> tuple[tuple[Slide, ...], tuple[Finding, ...]]:
    """The chosen slides in their order, and what is wrong with the choice."""
    if selection is None:
        return deck.visible, ()
    if not deck.slides:
        return (), ()
    found = [(number, deck.slide(number)) for number in selection]
    chosen = tuple(slide for _, slide in found if slide is not None and not slide.hidden)
    hidden = [number for number, slide in found if slide is not None and slide.hidden]
    missing = [number for number, slide in found if slide is None]
    findings: list[Finding] = []
    if missing:
        params: dict[str, Parameter] = {"slides": len(deck.slides), "numbers": write_selection(missing)}
        findings.append(Finding(code="selected-missing", severity=Severity.ERROR, params=params))
    findings += [Finding(code="selected-hidden", severity=Severity.ERROR, slide=each) for each in hidden]
    return chosen, tuple(findings)


def missing_pictures(slides: tuple[Slide, ...]) -> tuple[Finding, ...]:
    """Slides that could not be drawn."""
    return tuple(
        Finding(code="slide-not-drawn", severity=Severity.WARNING, slide=slide.number)
        for slide in slides
        if slide.picture is None
    )


def slide_count(deck: Deck, selected: int, format: Format, filled: int) -> tuple[Finding, ...]:
    """Whether as many slides are chosen as the format has; ``filled`` are the cards that help out."""
    if selected == format.slides:
        return ()
    if selected + filled == format.slides:
        return (Finding(code="filled-with-card", severity=Severity.NOTE, params={"cards": filled}),)
    return (
        Finding(
            code="slide-count",
            severity=Severity.ERROR,
            params={
                "case": "over" if selected > format.slides else "under",
                "selected": selected,
                "wanted": format.slides,
                "slides": len(deck.slides),
                "hidden": len(deck.slides) - len(deck.visible),
            },
        ),
    )


def hidden_slides(deck: Deck, selection: tuple[int, ...] | None) -> tuple[Finding, ...]:
    """Slides that their author hid, where nobody chose any by number."""
    hidden = [slide.number for slide in deck.slides if slide.hidden]
    if not hidden or selection is not None:
        return ()
    numbers = write_selection(hidden)
    return (
        Finding(
            code="hidden-slides",
            severity=Severity.WARNING,
            params={"hidden": len(hidden), "numbers": numbers},
        ),
    )
