# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is there twice: a slide in a talk, a deck in a show."""

from __future__ import annotations

from collections.abc import Mapping

from pechakucha.show.checks.grouping import Params, for_slides
from pechakucha.show.deck import CARD, Deck, Slide
from pechakucha.show.plan import Show
from pechakucha.show.problem import Finding, Severity


def same_slides(slides: tuple[Slide, ...]) -> tuple[Finding, ...]:
    """Slides that look like an earlier one; a slide that was chosen twice is meant to be there twice."""
    first: dict[str, int] = {}
    concerned: dict[int, Params] = {}
    for slide in slides:
        if slide.look:
            other = first.setdefault(slide.look, slide.number)
            if other != slide.number:
                concerned[slide.number] = {"other": other}
    return for_slides("same-slide-twice", Severity.WARNING, concerned)


def same_decks(
    show: Show, decks: Mapping[str, Deck], chosen: Mapping[str, tuple[Slide, ...]]
) -> dict[str, Finding]:
    """Talks that show slides of the same file, by the talk's id; two parts of one file are fine."""
    shown = {
        talk.id: {(decks[talk.id].digest, slide.number) for slide in chosen[talk.id] if slide != CARD}
        for talk in show.talks
    }
    findings: dict[str, Finding] = {}
    for talk in show.talks:
        others = [
            other.city for other in show.talks if other.id != talk.id and shown[talk.id] & shown[other.id]
        ]
        if others:
            params = {"city": ", ".join(others)}
            findings[talk.id] = Finding(code="same-deck-twice", severity=Severity.WARNING, params={**params})
    return findings
