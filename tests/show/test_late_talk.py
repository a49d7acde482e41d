# SPDX-License-Identifier: AGPL-3.0-or-later
"""A deck that comes late is judged like any other."""

from __future__ import annotations

import msgspec

from pechakucha.show.checks import Standards
from pechakucha.show.deck import CARD
from pechakucha.show.late_talk import late_talk, plan_of

from .builders import a_deck, a_snapshot, a_talk

BERN = a_talk("bern", pause=60, title="Zytglogge")
PLAN = plan_of(a_snapshot("ulm", BERN), BERN, "neu.pptx")


def test_it_keeps_id_words_pause_and_changeover() -> None:
    new, checked = late_talk(PLAN, a_deck(20), Standards())
    assert checked.ready
    assert (new.id, new.city, new.title, new.pause, new.changeover) == ("bern", "Bern", "Zytglogge", 60, 45)
    assert (new.deck, new.digest, len(new.slides), new.blocker) == ("neu.pptx", "0" * 64, 20, None)


def test_the_wrong_number_of_slides_keeps_it_from_starting_until_they_are_chosen() -> None:
    new, checked = late_talk(PLAN, a_deck(22), Standards())
    assert new.blocker == checked.blocker
    assert checked.blocker is not None
    assert checked.blocker.code == "slide-count"
    chosen, checked = late_talk(PLAN, a_deck(22), Standards(), slides=(22, *range(1, 20)))
    assert checked.ready
    assert [slide.number for slide in chosen.slides][:2] == [22, 1]


def test_the_card_takes_the_place_of_slides_that_are_missing() -> None:
    filled, checked = late_talk(PLAN, a_deck(19), Standards(), fill=True)
    assert checked.ready
    assert filled.slides[-1].number == CARD.number


def test_the_file_of_another_city_is_noticed() -> None:
    ulm = msgspec.structs.replace(a_talk("ulm"), digest="0" * 64)
    _, checked = late_talk(PLAN, a_deck(20), Standards(), others=(ulm,))
    assert checked.ready
    assert ("same-deck-twice", {"city": "Ulm"}) in [(each.code, each.params) for each in checked.findings]
