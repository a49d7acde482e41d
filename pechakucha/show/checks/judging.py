# SPDX-License-Identifier: AGPL-3.0-or-later
"""All checks of a deck, and of the decks of a show against each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from pechakucha.show.checks.choosing import choose, hidden_slides, missing_pictures, slide_count
from pechakucha.show.checks.content import changing, linked, macros, moving
from pechakucha.show.checks.fonts import fonts
from pechakucha.show.checks.looks import aspect_ratio, coarse_pictures, small_text
from pechakucha.show.checks.notes import notes_empty, notes_too_long
from pechakucha.show.checks.standards import Standards
from pechakucha.show.checks.twice import same_decks, same_slides
from pechakucha.show.deck import CARD, Deck, Slide
from pechakucha.show.format import Format
from pechakucha.show.notes_language import notes_language
from pechakucha.show.plan import Show
from pechakucha.show.problem import Finding, Severity

_STANDARDS = Standards()


class Checked(msgspec.Struct, frozen=True):
    """The slides that would go on stage and everything noticed, errors first."""

    slides: tuple[Slide, ...]
    findings: tuple[Finding, ...]

    @property
    def ready(self) -> bool:
        """Whether this deck may go on stage: no error among the findings."""
        return self.blocker is None

    @property
    def blocker(self) -> Finding | None:
        """The first error, the one that keeps the talk from starting."""
        return next((each for each in self.findings if each.severity is Severity.ERROR), None)


def check_show(
    show: Show, decks: Mapping[str, Deck], standards: Standards = _STANDARDS
) -> dict[str, Checked]:
    """Judge every deck of a show, also against the others.

    Args:
        show: the plan.
        decks: the imported deck of each talk, by the talk's id.
        standards: what they are measured by.
    """
    alone = {
        talk.id: check_deck(
            decks[talk.id],
            show.format,
            talk.slides,
            fill=talk.fill,
            language=show.language,
            standards=standards,
        )
        for talk in show.talks
    }
    twice = same_decks(show, decks, {talk: checked.slides for talk, checked in alone.items()})
    return {
        talk: Checked(checked.slides, _errors_first((*checked.findings, twice[talk])))
        if talk in twice
        else checked
        for talk, checked in alone.items()
    }


def check_deck(
    deck: Deck,
    format: Format,
    selection: tuple[int, ...] | None = None,
    *,
    fill: bool = False,
    language: str | None = None,
    standards: Standards = _STANDARDS,
) -> Checked:
    """Choose the slides and judge them; slides that stay away are not judged.

    Args:
        deck: as imported, with the findings of the import.
        format: the show's format.
        selection: slide numbers in order, None for every slide that is not hidden.
        fill: whether the city's card takes the places that are left at the end.
        language: that the notes are spoken in where they don't give it away, None where it is not known.
        standards: what the deck is measured by.
    """
    slides, findings = choose(deck, selection)
    if deck.error is not None:
        return Checked(slides, _errors_first((*findings, *deck.findings)))
    missing = max(format.slides - len(slides), 0) if fill and slides else 0
    findings += (
        *_of_import(deck, slides),
        *missing_pictures(slides),
        *slide_count(deck, len(slides), format, missing),
        *hidden_slides(deck, selection),
        *_of_slides(deck, slides, format, notes_language(_notes(slides), language), standards),
    )
    return Checked(slides + (CARD,) * missing, _errors_first(findings))


def _notes(slides: tuple[Slide, ...]) -> tuple[str, ...]:
    return tuple(slide.notes for slide in slides)


def _of_slides(
    deck: Deck, slides: tuple[Slide, ...], format: Format, language: str | None, standards: Standards
) -> tuple[Finding, ...]:
    """What will not be on stage as its author meant it."""
    return (
        *linked(slides),
        *moving(slides),
        *fonts(slides),
        *aspect_ratio(deck, standards),
        *coarse_pictures(deck, slides, standards),
        *small_text(slides, standards),
        *notes_too_long(slides, format, language, standards),
        *same_slides(slides),
        *changing(slides, format),
        *macros(deck),
        *notes_empty(deck, slides),
    )


def _of_import(deck: Deck, slides: tuple[Slide, ...]) -> tuple[Finding, ...]:
    """What the import noticed about the deck or about one of the slides."""
    numbers = {slide.number for slide in slides}
    return tuple(each for each in deck.findings if each.slide is None or each.slide in numbers)


def _errors_first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    order = list(Severity)
    return tuple(sorted(findings, key=lambda each: order.index(each.severity)))
