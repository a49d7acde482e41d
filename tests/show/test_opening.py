# SPDX-License-Identifier: AGPL-3.0-or-later
"""From plan and imported decks to the snapshot that a run begins with."""

from __future__ import annotations

import datetime as dt

import msgspec

from pechakucha.show.checks import check_deck
from pechakucha.show.cues import Start
from pechakucha.show.deck import Deck
from pechakucha.show.format import Format
from pechakucha.show.opening import run_picture, snapshot_of
from pechakucha.show.plan import Show, Talk
from pechakucha.show.problem import Finding, Severity
from pechakucha.show.rules import refusal
from pechakucha.show.run import open_run
from pechakucha.show.snapshot import SnapshotSlide, SnapshotTalk

from .builders import a_deck

ULM = Talk(
    id="ulm-4k7q",
    city="Ulm",
    deck="decks/ulm.pptx",
    title="Donau",
    presenters=("Ada", "Bea"),
    slides=(3, 1),
    changeover=60,
    pause=600,
    pause_title="Kaffee",
    announcement="Ada zuerst",
)
BERN = Talk(id="bern-1", city="Bern", deck="decks/bern.pptx")
SHOW = Show(title="Mashup", date=dt.date(2021, 3, 25), changeover=30, format=Format(2, 5), talks=(ULM, BERN))
DECKS = {"ulm-4k7q": a_deck(3), "bern-1": a_deck(3)}


def taken(talk: Talk, deck: Deck, format: Format = SHOW.format) -> SnapshotTalk:
    """The talk as a run of the show with nothing else in it takes it."""
    (only,) = snapshot_of(
        msgspec.structs.replace(SHOW, format=format, talks=(talk,)), {talk.id: deck}, language="de"
    ).talks
    return only


def test_a_talk_keeps_its_words_and_gets_the_slides_chosen() -> None:
    talk = taken(ULM, DECKS["ulm-4k7q"])
    assert (talk.id, talk.city, talk.title, talk.presenters) == ("ulm-4k7q", "Ulm", "Donau", ("Ada", "Bea"))
    assert (talk.changeover, talk.pause, talk.pause_title) == (60, 600, "Kaffee")
    assert (talk.announcement, talk.deck) == ("Ada zuerst", "decks/ulm.pptx")
    assert [slide.number for slide in talk.slides] == [3, 1]
    assert talk.blocker is None


def test_a_talk_without_a_changeover_of_its_own_has_the_shows() -> None:
    assert taken(BERN, DECKS["bern-1"]).changeover == 30
    at_once = msgspec.structs.replace(BERN, changeover=0)
    assert taken(at_once, DECKS["bern-1"]).changeover == 0


def test_a_talk_with_a_wrong_number_of_slides_is_blocked() -> None:
    blocker = taken(BERN, DECKS["bern-1"]).blocker
    assert blocker is not None
    assert blocker.code == "slide-count"


def test_without_a_choice_all_slides_that_are_not_hidden_go_on_stage_in_order() -> None:
    talk = taken(BERN, a_deck(3, hidden=(2,)))
    assert [slide.number for slide in talk.slides] == [1, 3]
    assert talk.blocker is None


def test_a_slide_takes_its_picture_and_its_notes_along() -> None:
    deck = a_deck(3, undrawn=(1,))
    noted = tuple(msgspec.structs.replace(slide, notes=f"Notiz {slide.number}") for slide in deck.slides)
    deck = msgspec.structs.replace(deck, slides=noted, digest="abcdef" * 11, renderer="libreoffice")
    talk = taken(ULM, deck)
    assert talk.slides == (
        SnapshotSlide(number=3, picture="slides/abcdefabcdefabcd-libreoffice/3.png", notes="Notiz 3"),
        SnapshotSlide(number=1, picture=None, notes="Notiz 1"),
    )
    assert (talk.digest, talk.renderer) == ("abcdef" * 11, "libreoffice")


def test_a_slide_chosen_twice_goes_on_stage_twice() -> None:
    twice = msgspec.structs.replace(ULM, slides=(2, 2))
    talk = taken(twice, a_deck(3))
    assert [slide.number for slide in talk.slides] == [2, 2]
    assert talk.blocker is None


def test_a_talk_is_blocked_by_the_first_error_of_its_check() -> None:
    wrong = msgspec.structs.replace(ULM, slides=(1, 9, 2))
    deck = a_deck(3, hidden=(2,))
    talk = taken(wrong, deck)
    assert talk.blocker == check_deck(deck, SHOW.format, (1, 9, 2)).findings[0]
    assert talk.blocker == Finding(
        code="selected-missing", severity=Severity.ERROR, params={"slides": 3, "numbers": "9"}
    )
    assert [slide.number for slide in talk.slides] == [1]


def test_a_deck_that_cannot_be_read_blocks_its_talk_and_no_other() -> None:
    unreadable = Finding(code="deck-encrypted", severity=Severity.ERROR)
    broken = msgspec.structs.replace(a_deck(0), findings=(unreadable,))
    snapshot = snapshot_of(SHOW, {"ulm-4k7q": broken, "bern-1": a_deck(2)}, language="de")
    assert [talk.blocker for talk in snapshot.talks] == [unreadable, None]
    assert [len(talk.slides) for talk in snapshot.talks] == [0, 2]


def test_a_warning_blocks_nothing() -> None:
    warned = msgspec.structs.replace(
        a_deck(2, undrawn=(1,)), findings=(Finding(code="video", severity=Severity.WARNING, slide=2),)
    )
    assert taken(BERN, warned).blocker is None


def test_what_is_right_depends_on_the_shows_format() -> None:
    longer = Format(3, 5)
    assert taken(BERN, a_deck(3), longer).blocker is None
    blocker = taken(ULM, a_deck(3), longer).blocker
    assert blocker is not None
    assert (blocker.params["selected"], blocker.params["wanted"]) == (2, 3)


def test_where_the_deck_is_what_keeps_a_talk_from_starting_the_moderator_is_told() -> None:
    snapshot = snapshot_of(SHOW, {"ulm-4k7q": a_deck(1), "bern-1": a_deck(2)}, language="de")
    refused = refusal(open_run(snapshot), Start("ulm-4k7q"), 0)
    assert refused is not None
    assert (refused.code, refused.finding) == ("deck-not-ready", snapshot.talks[0].blocker)
    assert refused.finding is not None
    assert refused.finding.code == "selected-missing"


def test_each_talk_gets_its_own_deck_whatever_their_order() -> None:
    decks = {"bern-1": a_deck(2), "ulm-4k7q": msgspec.structs.replace(a_deck(3), digest="f" * 64)}
    snapshot = snapshot_of(SHOW, decks, language="de")
    assert [(talk.id, talk.digest[0]) for talk in snapshot.talks] == [("ulm-4k7q", "f"), ("bern-1", "0")]
    assert [(talk.changeover, talk.pause) for talk in snapshot.talks] == [(60, 600), (30, 0)]


def test_the_stage_fills_in_when_and_where_it_was_opened() -> None:
    snapshot = snapshot_of(SHOW, DECKS, language="de")
    assert (snapshot.opened_ns, snapshot.opened_wall_ns, snapshot.boot, snapshot.version) == (0, 0, "", "")


def test_pictures_of_different_decks_never_share_a_place() -> None:
    deck = a_deck(2, hidden=(2,))
    other = msgspec.structs.replace(deck, digest="f" * 64)
    redrawn = msgspec.structs.replace(deck, renderer="libreoffice")
    places = {run_picture(each, each.slides[0]) for each in (deck, other, redrawn)}
    assert len(places) == 3
    assert run_picture(deck, deck.slides[1]) is None


def test_unless_told_otherwise_a_run_goes_at_its_own_speed_and_by_hand() -> None:
    snapshot = snapshot_of(SHOW, DECKS, language="de")
    assert (snapshot.speed, snapshot.auto, snapshot.planned_start_ns) == (1, False, None)


def test_a_snapshot_has_the_show_and_how_it_runs() -> None:
    snapshot = snapshot_of(SHOW, DECKS, language="de", speed=10, auto=True, planned_start_ns=7)
    assert (snapshot.title, snapshot.date, snapshot.format) == ("Mashup", "2021-03-25", Format(2, 5))
    assert [talk.id for talk in snapshot.talks] == ["ulm-4k7q", "bern-1"]
    assert (snapshot.language, snapshot.speed, snapshot.auto) == ("de", 10, True)
    assert snapshot.planned_start_ns == 7
    assert snapshot_of(msgspec.structs.replace(SHOW, date=None), DECKS, language="de").date == ""


def test_line_and_number_are_on_stage_only_where_the_show_asks_for_them() -> None:
    def asked(*, line: bool, number: bool) -> tuple[bool, bool]:
        show = msgspec.structs.replace(SHOW, line=line, number=number)
        snapshot = snapshot_of(show, DECKS, language="de")
        return snapshot.line, snapshot.number

    assert asked(line=True, number=False) == (True, False)
    assert asked(line=False, number=True) == (False, True)
    assert (SHOW.line, SHOW.number) == (False, False)
