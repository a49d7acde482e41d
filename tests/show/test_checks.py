# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which slides of a deck go on stage, and whether they may."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.checks import Checked, check_deck
from pechakucha.show.deck import Deck, Slide
from pechakucha.show.format import IGNITE, PECHA_KUCHA, Format
from pechakucha.show.problem import Finding, Severity

from .builders import a_deck as a_silent_deck
from .strategies import quick


def a_deck(slides: int = 20, *, hidden: tuple[int, ...] = (), undrawn: tuple[int, ...] = ()) -> Deck:
    """A deck with notes, so that only what a test makes wrong is wrong."""
    deck = a_silent_deck(slides, hidden=hidden, undrawn=undrawn)
    spoken = tuple(msgspec.structs.replace(slide, notes="Guten Abend.") for slide in deck.slides)
    return msgspec.structs.replace(deck, slides=spoken)


def codes(checked: Checked) -> list[str]:
    """The findings' codes in order."""
    return [each.code for each in checked.findings]


def numbers(checked: Checked) -> list[int]:
    """The numbers of the slides that would go on stage."""
    return [slide.number for slide in checked.slides]


def with_findings(deck: Deck, *findings: Finding) -> Deck:
    """The deck with what its import noticed."""
    return msgspec.structs.replace(deck, findings=findings)


def test_a_deck_with_the_right_number_of_slides_is_ready() -> None:
    checked = check_deck(a_deck(20), PECHA_KUCHA)
    assert checked.ready
    assert checked.blocker is None
    assert checked.findings == ()
    assert numbers(checked) == list(range(1, 21))


@pytest.mark.parametrize(("slides", "case"), [(19, "under"), (21, "over"), (1, "under"), (34, "over")])
def test_a_wrong_number_of_slides_keeps_a_talk_from_starting(slides: int, case: str) -> None:
    checked = check_deck(a_deck(slides), PECHA_KUCHA)
    assert not checked.ready
    assert checked.blocker is not None
    assert checked.blocker == Finding(
        code="slide-count",
        severity=Severity.ERROR,
        params={"case": case, "selected": slides, "wanted": 20, "slides": slides, "hidden": 0},
    )
    assert numbers(checked) == list(range(1, slides + 1))


def test_the_number_that_counts_is_the_shows_format() -> None:
    assert check_deck(a_deck(20), IGNITE).ready
    assert check_deck(a_deck(3), Format(3, 2)).ready
    assert not check_deck(a_deck(20), Format(10, 40)).ready


def test_hidden_slides_stay_away_and_are_mentioned() -> None:
    checked = check_deck(a_deck(22, hidden=(3, 22)), PECHA_KUCHA)
    assert checked.ready
    assert numbers(checked) == [1, 2, *range(4, 22)]
    assert checked.findings == (
        Finding(code="hidden-slides", severity=Severity.WARNING, params={"hidden": 2, "numbers": "3, 22"}),
    )


def test_a_wrong_number_says_how_many_were_hidden() -> None:
    checked = check_deck(a_deck(20, hidden=(1,)), PECHA_KUCHA)
    assert checked.blocker is not None
    assert checked.blocker.params == {
        "case": "under",
        "selected": 19,
        "wanted": 20,
        "slides": 20,
        "hidden": 1,
    }
    assert codes(checked) == ["slide-count", "hidden-slides"]


def test_chosen_slides_go_on_stage_in_the_order_chosen() -> None:
    checked = check_deck(a_deck(30), Format(3, 20), (7, 30, 2))
    assert checked.ready
    assert numbers(checked) == [7, 30, 2]
    assert checked.findings == ()


def test_where_slides_were_chosen_hidden_ones_are_not_mentioned() -> None:
    assert check_deck(a_deck(22, hidden=(3, 4)), Format(2, 20), (1, 2)).findings == ()


def test_a_chosen_slide_that_is_not_there_is_an_error() -> None:
    checked = check_deck(a_deck(20), Format(2, 20), (1, 2, 21))
    assert not checked.ready
    assert checked.findings == (
        Finding(code="selected-missing", severity=Severity.ERROR, params={"slides": 20, "numbers": "21"}),
    )
    assert numbers(checked) == [1, 2]


def test_a_chosen_slide_that_is_hidden_is_an_error() -> None:
    checked = check_deck(a_deck(20, hidden=(5,)), Format(2, 20), (1, 5, 2))
    assert not checked.ready
    assert checked.findings == (Finding(code="selected-hidden", severity=Severity.ERROR, slide=5),)


def test_too_few_chosen_slides_are_too_few() -> None:
    checked = check_deck(a_deck(30, hidden=(30,)), PECHA_KUCHA, (1, 2, 3))
    assert checked.blocker is not None
    assert checked.blocker.params == {"case": "under", "selected": 3, "wanted": 20, "slides": 30, "hidden": 1}


def test_a_slide_without_a_picture_is_a_warning_and_keeps_its_place() -> None:
    checked = check_deck(a_deck(20, undrawn=(4, 9)), PECHA_KUCHA)
    assert checked.ready
    assert numbers(checked) == list(range(1, 21))
    assert checked.findings == (
        Finding(code="slide-not-drawn", severity=Severity.WARNING, slide=4),
        Finding(code="slide-not-drawn", severity=Severity.WARNING, slide=9),
    )


def test_a_slide_that_stays_away_needs_no_picture() -> None:
    assert check_deck(a_deck(20, undrawn=(4,)), Format(1, 20), (1,)).findings == ()


def test_what_the_import_noticed_is_kept_and_errors_come_first() -> None:
    note = Finding(code="fonts", severity=Severity.NOTE)
    warning = Finding(code="video", severity=Severity.WARNING, slide=3)
    checked = check_deck(with_findings(a_deck(19, undrawn=(2,)), note, warning), PECHA_KUCHA)
    assert codes(checked) == ["slide-count", "video", "slide-not-drawn", "fonts"]


def test_what_the_import_noticed_about_a_slide_that_stays_away_is_left_out() -> None:
    noticed = [Finding(code="pictures-left-out", severity=Severity.WARNING, slide=each) for each in (1, 3)]
    deck = with_findings(a_deck(20), *noticed, Finding(code="pdf-repaired", severity=Severity.WARNING))
    checked = check_deck(deck, Format(2, 20), (3, 4))
    assert [(each.code, each.slide) for each in checked.findings] == [
        ("pictures-left-out", 3),
        ("pdf-repaired", None),
    ]


def test_cards_fill_up_only_where_the_moderator_says_so() -> None:
    assert not check_deck(a_deck(18), PECHA_KUCHA).ready
    checked = check_deck(a_deck(18), PECHA_KUCHA, fill=True)
    assert checked.ready
    assert numbers(checked) == [*range(1, 19), 0, 0]
    assert checked.findings == (
        Finding(code="filled-with-card", severity=Severity.NOTE, params={"cards": 2}),
    )


def test_cards_do_not_fill_up_a_deck_without_any_slide() -> None:
    checked = check_deck(a_deck(0), PECHA_KUCHA, fill=True)
    assert codes(checked) == ["slide-count"]
    assert checked.slides == ()


def test_a_deck_that_could_not_be_read_says_only_that() -> None:
    unreadable = Finding(code="deck-encrypted", severity=Severity.ERROR)
    deck = with_findings(a_deck(0), unreadable)
    for selection in (None, (1, 2, 3)):
        checked = check_deck(deck, PECHA_KUCHA, selection)
        assert checked.findings == (unreadable,)
        assert checked.blocker == unreadable
        assert checked.slides == ()


def test_an_empty_deck_has_too_few_slides() -> None:
    assert codes(check_deck(a_deck(0), PECHA_KUCHA)) == ["slide-count"]
    assert codes(check_deck(a_deck(0), PECHA_KUCHA, (1,))) == ["slide-count"]


def test_a_slide_is_found_by_its_number() -> None:
    deck = a_deck(3, hidden=(2,))
    hidden = deck.slide(2)
    assert hidden is not None
    assert hidden.hidden
    assert deck.slide(4) is None
    assert [slide.number for slide in deck.visible] == [1, 3]
    assert not Slide(number=1).hidden


@quick
@given(
    slides=st.integers(0, 12),
    hidden=st.sets(st.integers(1, 12)),
    selection=st.none() | st.lists(st.integers(1, 14), max_size=8).map(tuple),
    wanted=st.integers(1, 12),
)
def test_a_deck_is_ready_exactly_when_the_right_number_can_be_shown(
    slides: int, hidden: set[int], selection: tuple[int, ...] | None, wanted: int
) -> None:
    visible = [number for number in range(1, slides + 1) if number not in hidden]
    checked = check_deck(a_deck(slides, hidden=tuple(hidden)), Format(wanted, 20), selection)
    chosen = visible if selection is None else list(selection)
    assert numbers(checked) == [number for number in chosen if number in visible]
    assert checked.ready is (set(chosen) <= set(visible) and len(chosen) == wanted)
    order = [list(Severity).index(each.severity) for each in checked.findings]
    assert order == sorted(order)
