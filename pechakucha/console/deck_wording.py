# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is said about a deck: plain values, no widgets."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pechakucha.console.deck_review import DeckState, Review, shown_slides
from pechakucha.show.checks import Checked
from pechakucha.show.deck import CARD, Deck, Slide
from pechakucha.show.opening import snapshot_of
from pechakucha.show.plan import Show
from pechakucha.show.problem import Finding, Severity
from pechakucha.show.run import open_run
from pechakucha.show.scene import OnSlide, State
from pechakucha.show.selection import parse_selection
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.cards import Card, card

STATE_WORDS = {
    DeckState.COMING: "decks.state-coming",
    DeckState.NOT_READY: "decks.state-not-ready",
    DeckState.LOOK: "decks.state-look",
    DeckState.READY: "decks.state-ready",
    DeckState.APPROVED: "decks.state-approved",
}
STATE_SHAPES = {
    DeckState.COMING: "coming",
    DeckState.NOT_READY: "no-show",
    DeckState.LOOK: "blocked",
    DeckState.READY: "ready",
    DeckState.APPROVED: "done",
}
"""Of ``paint_shape``; a deck that is coming has a bar instead."""

STATE_SHADES = {
    DeckState.COMING: theme.QUIET,
    DeckState.NOT_READY: theme.DANGER,
    DeckState.LOOK: theme.ATTENTION,
    DeckState.READY: theme.TEXT,
    DeckState.APPROVED: theme.LIVE,
}
SEVERITY_SHAPES = {Severity.ERROR: "no-show", Severity.WARNING: "blocked", Severity.NOTE: "ready"}
SEVERITY_SHADES = {
    Severity.ERROR: theme.DANGER,
    Severity.WARNING: theme.ATTENTION,
    Severity.NOTE: theme.QUIET,
}

DRAWN_BY = {
    "libreoffice": "decks.by-libreoffice",
    "powerpoint": "decks.by-powerpoint",
    "embedded": "decks.by-embedded",
    "pymupdf": "decks.by-pymupdf",
    "qt": "decks.by-qt",
}
"""What drew a deck, short enough for a row."""


_LONGEST_NAME = 16
"""Characters of a file's name in a row."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What the list shows of a deck.

    Attributes:
        picture: the file of the first slide that goes on stage, None where there is none.
        facts: how many slides, drawn by what.
        finding: the first one, which is the worst, on one line; "" where there is none.
        whole: all of that finding.
        more: how many findings there are beside it.
        share: how much of its import is done, 0 to 1; None where none goes on.
    """

    talk: str
    number: int
    city: str
    picture: str | None
    state: DeckState
    word: str
    facts: str
    finding: str
    whole: str
    severity: Severity | None
    more: int
    share: float | None = None

    @property
    def spoken(self) -> str:
        """The row in one sentence, for screen readers."""
        return ", ".join(
            part for part in (f"{self.number}", self.city, self.word, self.facts, self.finding) if part
        )

    @property
    def tip(self) -> str:
        """All that the row may have no room for, line by line."""
        return "\n".join(part for part in (self.city, self.facts, self.whole) if part)


def row_of(review: Review, talk: str, texts: Texts) -> Row:
    """A deck as it stands."""
    ids = [each.id for each in review.show.talks]
    imported, checked = review.imports.get(talk), review.checked(talk)
    state = review.state(talk)
    findings = checked.findings if checked else ()
    first = next(iter(checked.slides), None) if checked else None
    return Row(
        talk=talk,
        number=ids.index(talk) + 1,
        city=review.talk(talk).city,
        picture=str(imported.folder / first.picture) if imported and first and first.picture else None,
        state=state,
        word=texts(STATE_WORDS[state]),
        facts=short_facts(imported.deck, checked, texts) if imported and checked else "",
        finding=short_finding(findings[0], texts) if findings else "",
        whole=texts.message(findings[0]) if findings else "",
        severity=findings[0].severity if findings else None,
        more=max(0, len(findings) - 1),
    )


def short_facts(deck: Deck, checked: Checked, texts: Texts) -> str:
    """How many slides, and in two words what drew them; "" for a deck without any."""
    if not deck.slides:
        return ""
    parts = (slides_words(deck, checked, texts), drawn_by(deck, texts))
    return " · ".join(part for part in parts if part)


def drawn_by(deck: Deck, texts: Texts) -> str:
    """What drew a deck, in two words; "" where that is nothing of ours."""
    by = DRAWN_BY.get(deck.renderer)
    return texts(by) if by else ""


def slides_words(deck: Deck, checked: Checked, texts: Texts) -> str:
    """How many slides go on stage, of how many, and how many cards beside them."""
    shown = shown_slides(checked)
    cards = len(checked.slides) - shown
    words = (
        texts("decks.slides", count=shown)
        if shown == len(deck.slides)
        else texts("decks.slides-of", selected=shown, slides=len(deck.slides))
    )
    return f"{words} + {texts('decks.cards', count=cards)}" if cards else words


def short_finding(finding: Finding, texts: Texts) -> str:
    """A finding on one line: the numbers alone, and no more of a name than tells it."""
    params = finding.params
    if finding.code == "slide-count":
        shown, wanted = int(params["selected"]), int(params["wanted"])
        return count_words(shown, wanted, texts)
    name = params.get("name")
    if isinstance(name, str) and len(name) > _LONGEST_NAME:
        kept = f"{name[: _LONGEST_NAME - 6]}…{name[-5:]}"
        finding = msgspec.structs.replace(finding, params={**params, "name": kept})
    return texts.message(finding)


def count_words(shown: int, wanted: int, texts: Texts) -> str:
    """How many slides there are, and how many too many or too few."""
    slides = texts("decks.slides", count=shown)
    if shown == wanted:
        return texts("decks.choice-fits", slides=slides)
    code = "decks.choice-over" if shown > wanted else "decks.choice-under"
    return texts(code, slides=slides, count=abs(shown - wanted))


def stage_card(show: Show, talk: str, texts: Texts) -> Card:
    """The city's card as it takes a slide's place on stage."""
    nothing = Deck(kind="", renderer="", digest="")
    language = show.language or texts.language
    snapshot = snapshot_of(show, {each.id: nothing for each in show.talks}, language=language)
    return card(open_run(snapshot), State(scene=OnSlide(talk, 0, 0, 0)), Texts(language))


class Place(msgspec.Struct, frozen=True):
    """A place in the strip: a slide that goes on stage, a card that fills, or a slide left out."""

    slide: Slide
    on_stage: bool


def places_of(deck: Deck, checked: Checked) -> tuple[Place, ...]:
    """What goes on stage, in its order, then what is left out."""
    chosen = {slide.number for slide in checked.slides}
    left_out = (slide for slide in deck.slides if slide.number not in chosen)
    return (
        *(Place(slide, on_stage=True) for slide in checked.slides),
        *(Place(slide, on_stage=False) for slide in left_out),
    )


def place_remark(place: Place, texts: Texts) -> str:
    """Why a slide does not go on stage, "" for one that does."""
    if place.slide.hidden:
        return texts("decks.hidden")
    return "" if place.on_stage else texts("decks.left-out")


def place_words(place: Place, texts: Texts) -> str:
    """What a place in the strip is, in one sentence."""
    if place.slide.number == CARD.number:
        return texts("decks.card")
    words, remark = texts("console.slide", number=place.slide.number), place_remark(place, texts)
    return f"{words}, {remark}" if remark else words


def slides_of(finding: Finding) -> tuple[int, ...]:
    """The slides, by their numbers in the file, that a finding is about; none where it is the whole deck."""
    if finding.slide is not None:
        return (finding.slide,)
    numbers = finding.params.get("numbers")
    return parse_selection(numbers) if isinstance(numbers, str) and numbers else ()


def worst_by_slide(findings: Sequence[Finding], slides: int) -> dict[int, Severity]:
    """The error or warning of each slide that has one; what is about most of the slides marks none.

    Args:
        findings: worst first.
        slides: how many there are.
    """
    worst: dict[int, Severity] = {}
    for finding in findings:
        numbers = slides_of(finding)
        if finding.severity is not Severity.NOTE and 2 * len(numbers) <= slides:
            for number in numbers:
                worst.setdefault(number, finding.severity)
    return worst
