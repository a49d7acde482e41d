# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with a deck, given the format and the slides chosen from it."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from pechakucha.show.deck import CARD, Deck, Slide
from pechakucha.show.format import Format
from pechakucha.show.plan import Show
from pechakucha.show.problem import Finding, Parameter, Severity
from pechakucha.show.selection import write_selection


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


def check_show(show: Show, decks: Mapping[str, Deck]) -> dict[str, Checked]:
    """Judge every deck of a show, also against the others.

    Args:
        show: the plan.
        decks: the imported deck of each talk, by the talk's id.
    """
    return {
        talk.id: check_deck(decks[talk.id], show.format, talk.slides, fill=talk.fill) for talk in show.talks
    }


def check_deck(
    deck: Deck, format: Format, selection: tuple[int, ...] | None = None, *, fill: bool = False
) -> Checked:
    """Choose the slides and judge them.

    Args:
        deck: as imported, with the findings of the import.
        format: the show's format.
        selection: slide numbers in order, None for every slide that is not hidden.
        fill: whether the city's card takes the places that are left at the end.
    """
    slides, findings = _choose(deck, selection)
    findings += deck.findings
    unreadable = any(each.severity is Severity.ERROR for each in deck.findings)
    if not unreadable:
        missing = format.slides - len(slides) if fill and slides else 0
        findings += _missing_pictures(slides) + _slide_count(deck, len(slides), format, max(missing, 0))
        findings += _hidden_slides(deck, selection)
        slides += (CARD,) * missing
    order = list(Severity)
    return Checked(slides, tuple(sorted(findings, key=lambda each: order.index(each.severity))))


def _choose(deck: Deck, selection: tuple[int, ...] | None) -> tuple[tuple[Slide, ...], tuple[Finding, ...]]:
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


def _missing_pictures(slides: tuple[Slide, ...]) -> tuple[Finding, ...]:
    return tuple(
        Finding(code="slide-not-drawn", severity=Severity.WARNING, slide=slide.number)
        for slide in slides
        if slide.picture is None
    )


def _slide_count(deck: Deck, selected: int, format: Format, filled: int) -> tuple[Finding, ...]:
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


def _hidden_slides(deck: Deck, selection: tuple[int, ...] | None) -> tuple[Finding, ...]:
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
