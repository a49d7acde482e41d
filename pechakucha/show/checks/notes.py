# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notes that nobody can say in time, and slides without any."""

from __future__ import annotations

import math

from pechakucha.show.checks.grouping import Params, for_slides
from pechakucha.show.checks.standards import Standards
from pechakucha.show.deck import Deck, Slide
from pechakucha.show.format import Format
from pechakucha.show.pace import seconds_to_speak
from pechakucha.show.problem import Finding, Severity

_WITHOUT_NOTES = frozenset({"pdf", "pictures", "zip"})
"""Kinds of decks that cannot have notes; nothing is missing there."""


def notes_too_long(
    slides: tuple[Slide, ...], format: Format, language: str | None, standards: Standards
) -> tuple[Finding, ...]:
    """Notes that take longer to say than their slide is on stage."""
    needed = {slide.number: seconds_to_speak(slide.notes, language, standards.pace) for slide in slides}
    concerned: dict[int, Params] = {
        number: {"seconds": math.ceil(seconds), "wanted": format.seconds}
        for number, seconds in needed.items()
        if seconds > format.seconds
    }
    together: Params = {"seconds": math.ceil(max(needed.values(), default=0)), "wanted": format.seconds}
    return for_slides("notes-too-long", Severity.WARNING, concerned, together)


def notes_empty(deck: Deck, slides: tuple[Slide, ...]) -> tuple[Finding, ...]:
    """Slides without notes, all of them in one note."""
    lost = any(finding.code == "notes-unreadable" for finding in deck.findings)
    if deck.kind in _WITHOUT_NOTES or lost:
        return ()
    without: dict[int, Params] = {slide.number: {} for slide in slides if not slide.notes.strip()}
    if without and not any(slide.notes.strip() for slide in slides):
        return (Finding(code="notes-none", severity=Severity.NOTE),)
    return for_slides("notes-empty", Severity.NOTE, without, one_by_one=1)
