# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the cards say in each scene."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Iterator

import msgspec
import pytest
from show.builders import OPENED_WALL_NS, a_snapshot, a_talk, after, cue

from pechakucha.show.cues import Add, Message, Move, Start, Withdraw
from pechakucha.show.run import Run, fold, open_run
from pechakucha.show.scene import State, state_of
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui.cards import Card, card, minutes, order_number, position_of
from pechakucha.ui.theme import city_hue

GERMAN, ENGLISH = Texts("de"), Texts("en")

ULM = msgspec.structs.replace(
    a_talk("ulm", title="Vom Münster"), presenters=("Eva Groß", "Jörg Weiß"), announcement="leise!"
)
BLOCK = a_snapshot(ULM, a_talk("bern", pause=600), "graz")


def card_at(run: Run, seconds: float, texts: Texts = ENGLISH) -> Card:
    """The card so many seconds after the program was ready."""
    return card(run, state_of(run, after(seconds)), texts)


def words(given: Card, seconds: float = 0) -> list[str]:
    """Everything written on a card."""
    texts = [given.heading, given.title, given.subtitle, given.left, given.right, given.figure]
    return [each for each in (*texts, given.footer_at(after(seconds))) if each]


# Scenes


@pytest.mark.parametrize(("texts", "date"), [(ENGLISH, "March 25, 2021"), (GERMAN, "25. März 2021")])
def test_welcome_names_the_show_its_date_and_when_it_starts(texts: Texts, date: str) -> None:
    run = open_run(
        msgspec.structs.replace(BLOCK, date="2021-03-25", planned_start_ns=OPENED_WALL_NS + 600 * 10**9)
    )
    welcome = card_at(run, 0, texts)
    assert (welcome.heading, welcome.title) == ("Mashup", date)
    assert welcome.footer_at(after(0)) == f"{texts('card.starts-in')} 10:00"
    assert welcome.footer_at(after(540.5)) == f"{texts('card.starts-in')} 1:00"
    assert welcome.footer_at(after(600)) == texts("card.soon")


def test_a_show_without_a_date_names_none() -> None:
    assert card_at(open_run(BLOCK), 0).title == ""


def test_the_next_city_stands_with_its_talk_and_its_place_in_the_block() -> None:
    assert words(card_at(open_run(BLOCK), 30)) == [
        "Ulm", "Vom Münster", "Eva Groß, Jörg Weiß", "Mashup", "1 of 3", "Starting in a moment",
    ]  # fmt: skip


def test_what_is_for_the_moderator_alone_is_on_no_card() -> None:
    run = fold(BLOCK, [cue(40, Start("ulm"))])
    assert not any("leise" in each for second in range(0, 460) for each in words(card_at(run, second)))


@pytest.mark.parametrize(("second", "figure"), [(40, "3"), (41, "2"), (42.5, "1")])
def test_the_countdown_counts_on_the_citys_card(second: float, figure: str) -> None:
    counting = card_at(fold(BLOCK, [cue(40, Start("ulm"))]), second)
    assert (counting.figure, counting.heading) == (figure, "Ulm")


def test_the_card_that_takes_a_slides_place_is_the_citys() -> None:
    run = fold(BLOCK, [cue(40, Start("ulm"))])
    assert card_at(run, 100).heading == "Ulm"
    assert card_at(run, 100).figure == ""


def test_thanks_go_to_the_city_that_is_done() -> None:
    thanks = card_at(fold(BLOCK, [cue(0, Start("ulm"))]), 404)
    assert words(thanks) == ["Thank you", "Ulm", "Mashup", "1 of 3"]
    assert thanks.hue == city_hue(0)


@pytest.fixture
def in_utc(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This machine stands in Greenwich."""
    if sys.platform == "win32":
        pytest.skip("a process has the system's zone there")
    monkeypatch.setenv("TZ", "UTC0")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("in_utc")
def test_a_break_says_when_it_goes_on() -> None:
    run = fold(BLOCK, [cue(0, Start("ulm"))])
    pause = card_at(run, 420)
    until = dt.datetime.fromtimestamp(OPENED_WALL_NS / NS + 403 + 600, dt.UTC)
    assert words(pause, 420) == [
        "Break", f"We continue at {until:%H:%M}", "Mashup", "We continue in 9:43",
    ]  # fmt: skip


def test_a_break_may_have_a_name_of_its_own() -> None:
    coffee = msgspec.structs.replace(a_talk("bern", pause=600), pause_title="Kaffee")
    run = fold(a_snapshot(ULM, coffee), [cue(0, Start("ulm"))])
    assert card_at(run, 420).heading == "Kaffee"


def test_the_closing_card_says_goodbye() -> None:
    run = fold(a_snapshot("ulm"), [cue(0, Start("ulm"))])
    assert words(card_at(run, 500)) == ["Thank you and goodbye", "Mashup"]


@pytest.mark.parametrize(("text", "heading"), [("", "One moment, please"), ("Wir warten", "Wir warten")])
def test_a_message_covers_every_card(text: str, heading: str) -> None:
    run = fold(BLOCK, [cue(0, Start("ulm")), cue(1, Message(text))])
    for second in (1, 100, 404, 420, 1100):
        assert card_at(run, second).heading == heading


# Order and hues


def test_cities_are_counted_as_they_come_and_coloured_as_they_were_planned() -> None:
    run = fold(
        BLOCK, [cue(1, Move("graz", "ulm")), cue(2, Add(a_talk("rome"), "bern")), cue(3, Withdraw("bern"))]
    )
    assert [order_number(run, talk) for talk in ("graz", "ulm", "rome")] == [(1, 3), (2, 3), (3, 3)]
    assert [position_of(run, talk) for talk in ("ulm", "bern", "graz", "rome")] == [0, 1, 2, 3]


# Time left and progress


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "0:00"), (-5, "0:00"), (0.2, "0:01"), (1, "0:01"), (59.5, "1:00"), (252, "4:12"), (3600, "60:00")],
)
def test_a_time_left_is_rounded_up(seconds: float, words: str) -> None:
    assert minutes(seconds) == words


def test_at_sixty_times_the_speed_the_time_left_is_the_runs_own() -> None:
    fast = a_snapshot(ULM, a_talk("bern", pause=600), speed=60)
    run = fold(fast, [cue(0, Start("ulm"))])
    over = (3 + 400) / 60
    pause = card_at(run, over + 1)
    assert pause.footer_at(after(over + 5)) == "We continue in 5:00"
    alone = msgspec.structs.replace(fast, auto=True)
    welcome = card_at(open_run(alone), 0)
    assert welcome.footer_at(after(0)) == "Starts in 0:45"


@pytest.mark.parametrize(
    ("second", "progress"), [(400, 0.0), (411, 0.0), (703, 0.4926), (1002.999, 1.0), (2000, 1.0)]
)
def test_the_line_runs_once_through_the_break(second: float, progress: float) -> None:
    run = fold(BLOCK, [cue(0, Start("ulm"))])
    pause = card_at(run, 420)
    assert pause.progress(after(second)) == pytest.approx(progress, abs=0.001)


def test_a_card_that_waits_for_nothing_has_no_line() -> None:
    run = fold(BLOCK, [cue(0, Start("ulm"))])
    assert card_at(run, 404).progress(after(404)) is None
    assert card_at(fold(a_snapshot("ulm"), [cue(0, Start("ulm"))]), 500).progress(after(500)) is None


def test_every_state_has_a_card() -> None:
    run = fold(BLOCK, [cue(40, Start("ulm"))])
    for second in range(40, 1200):
        state: State = state_of(run, after(second))
        assert card(run, state, GERMAN).heading
