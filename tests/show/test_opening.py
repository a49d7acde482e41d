# SPDX-License-Identifier: AGPL-3.0-or-later
"""From plan and imported decks to the snapshot that a run begins with."""

from __future__ import annotations

import datetime as dt

import msgspec

from pechakucha.show.format import Format
from pechakucha.show.opening import run_picture, snapshot_of, snapshot_talk
from pechakucha.show.plan import Show, Talk

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


def test_a_talk_keeps_its_words_and_gets_the_slides_chosen() -> None:
    talk = snapshot_talk(SHOW, ULM, DECKS["ulm-4k7q"])
    assert (talk.id, talk.city, talk.title, talk.presenters) == ("ulm-4k7q", "Ulm", "Donau", ("Ada", "Bea"))
    assert (talk.changeover, talk.pause, talk.pause_title) == (60, 600, "Kaffee")
    assert (talk.announcement, talk.deck) == ("Ada zuerst", "decks/ulm.pptx")
    assert [slide.number for slide in talk.slides] == [3, 1]
    assert talk.blocker is None


def test_a_talk_without_a_changeover_of_its_own_has_the_shows() -> None:
    assert snapshot_talk(SHOW, BERN, DECKS["bern-1"]).changeover == 30
    at_once = msgspec.structs.replace(BERN, changeover=0)
    assert snapshot_talk(SHOW, at_once, DECKS["bern-1"]).changeover == 0


def test_a_talk_with_a_wrong_number_of_slides_is_blocked() -> None:
    blocker = snapshot_talk(SHOW, BERN, DECKS["bern-1"]).blocker
    assert blocker is not None
    assert blocker.code == "slide-count"


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
