# SPDX-License-Identifier: AGPL-3.0-or-later
"""The question after everything was gone: what was on stage, what is due by now, and the ways on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator

import msgspec
import pytest
from live.builders import FakeClock
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from show.builders import OPENED_WALL_NS, a_snapshot, after, cue

from pechakucha.console.resume_question import NEW, ResumeQuestion
from pechakucha.show.cues import Cue, Hold, Start
from pechakucha.show.hand import REST_SECONDS
from pechakucha.show.journal import Alive, Journal
from pechakucha.show.snapshot import NS
from pechakucha.show.taking_up import BrokenOff, Continue, Machine, broken_off
from pechakucha.texts import LANGUAGES, Texts
from pechakucha.ui.controls import CommandButton

BLOCK = a_snapshot("ulm", "bern")
STARTED = [cue(10, Start("ulm"))]
IN_SLIDE_SEVEN = 10 + 3 + 6 * 20 + 8
"""Seconds after the program was ready; twelve are left of that slide."""

SAME_BOOT = "boot-1"


class Asking:
    """The question about a run that was last alive ``seen`` seconds after it was opened, opened
    ``away`` seconds later.
    """

    def __init__(
        self,
        qtbot: QtBot,
        seen: float,
        away: float,
        *,
        cues: list[Cue] = STARTED,
        boot: str = SAME_BOOT,
        auto: bool = False,
        language: str = "en",
        opened_wall_ns: int = OPENED_WALL_NS,
    ) -> None:
        snapshot = msgspec.structs.replace(BLOCK, auto=auto, opened_wall_ns=opened_wall_ns)
        self._boot, self._qtbot = boot, qtbot
        self._journal = Journal(snapshot, tuple(cues), (), Alive(after(seen), snapshot.wall_ns(after(seen))))
        now_ns = after(seen + away) if boot == SAME_BOOT else 60 * NS
        self.clock = FakeClock(now_ns, snapshot.wall_ns(after(seen + away)))
        self.window = ResumeQuestion(self._look, Texts(language), self.clock)
        qtbot.addWidget(self.window)
        self.window.show()

    def says(self) -> str:
        """Every word of a label."""
        return "\n".join(each.text() for each in self.window.findChildren(QLabel))

    def buttons(self) -> list[str]:
        """The words of the buttons from top to bottom."""
        found = self.window.findChildren(CommandButton)
        return [each.text() for each in sorted(found, key=lambda each: each.y())]

    def answer(self, press: Callable[[], None]) -> str | None:
        """What comes back where somebody does this while it asks, with a hand that has rested."""

        def rest_and_press() -> None:
            self.clock.pass_seconds(REST_SECONDS)
            press()

        self._qtbot.waitUntil(self.window.isVisible)
        QTimer.singleShot(0, self.window, rest_and_press)
        return self.window.ask()

    def click(self, words: str) -> None:
        """Click on the button with these words."""
        button = next(each for each in self.window.findChildren(CommandButton) if each.text() == words)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def _look(self) -> BrokenOff:
        return broken_off(self._journal, Machine(self._boot, self.clock.now_ns(), self.clock.wall_ns()))


Ask = Callable[..., Asking]


@pytest.fixture
def ask(qtbot: QtBot) -> Iterator[Ask]:
    """Asks about a run of two talks."""
    made: list[Asking] = []

    def make(seen: float = IN_SLIDE_SEVEN, away: float = 60, **given: object) -> Asking:
        asking = Asking(qtbot, seen, away, **given)  # type: ignore[arg-type]
        made.append(asking)
        return asking

    yield make
    for asking in made:
        asking.window.reject()


def test_it_says_what_was_on_stage_and_what_each_way_leads_to(ask: Ask) -> None:
    asking = ask()
    assert "Mashup was not finished" in asking.says()
    assert "Ulm was on stage" in asking.says()
    assert "slide 7 of 20" in asking.says()
    assert "By now slide 10 of 20 is due." in asking.says()
    assert "It has 12 s left." in asking.says()
    assert "no stage window is open" in asking.says()
    assert "restarted" not in asking.says()
    assert asking.buttons() == [
        "Go on in time",
        "Go on with slide 7",
        "Begin Ulm again",
        "Begin a new run",
        "Leave the program",
    ]


def test_it_says_when(ask: Ask) -> None:
    seen = dt.datetime.fromtimestamp(OPENED_WALL_NS / NS + IN_SLIDE_SEVEN).astimezone()
    assert f"on March 25, 2021 at {seen:%H:%M:%S}" in ask().says()
    in_german = f"am 25. März 2021 um {seen:%H:%M:%S} Uhr auf der Bühne: Folie 7 von 20"
    assert in_german in ask(language="de").says()


def test_of_today_the_date_goes_without_saying(ask: Ask) -> None:
    now = dt.datetime.now().astimezone().replace(microsecond=0)
    asking = ask(opened_wall_ns=round(now.timestamp() - IN_SLIDE_SEVEN) * NS)
    assert f"on stage at {now:%H:%M:%S}" in asking.says()


def test_what_is_due_by_now_is_kept_up_to_date(ask: Ask, qtbot: QtBot) -> None:
    asking = ask()
    asking.clock.pass_seconds(20)
    qtbot.waitUntil(lambda: "By now slide 11 of 20 is due." in asking.says())
    assert "It has 12 s left." in asking.says()


@pytest.mark.parametrize(
    ("words", "way"),
    [
        ("Go on in time", Continue.SCHEDULE),
        ("Go on with slide 7", Continue.REST),
        ("Begin Ulm again", Continue.RESTART),
        ("Begin a new run", NEW),
        ("Leave the program", None),
    ],
)
def test_each_button_is_its_answer(ask: Ask, words: str, way: str | None) -> None:
    asking = ask()
    assert asking.answer(lambda: asking.click(words)) == way


def test_enter_takes_the_schedule_and_esc_leaves(ask: Ask) -> None:
    entering, leaving = ask(), ask()
    assert entering.answer(lambda: QTest.keyClick(focus(entering), Qt.Key.Key_Return)) == "schedule"
    assert leaving.answer(lambda: QTest.keyClick(focus(leaving), Qt.Key.Key_Escape)) is None


def test_a_nervous_hand_answers_nothing(ask: Ask) -> None:
    asking = ask()
    for key in (Qt.Key.Key_Space, Qt.Key.Key_PageDown, Qt.Key.Key_Right, Qt.Key.Key_B):
        QTest.keyClick(focus(asking), key)
        assert asking.window.isVisible()


def test_the_second_click_on_what_opened_it_answers_nothing(ask: Ask) -> None:
    asking = ask()
    answers = ("Go on in time", "Begin a new run", "Leave the program")
    for words in answers:
        asking.click(words)
        assert asking.window.isVisible()
    QTest.keyClick(focus(asking), Qt.Key.Key_Escape)
    assert asking.window.isVisible()
    assert all(each.property("flash") == "true" for each in asking.window.findChildren(CommandButton))
    asking.clock.pass_seconds(REST_SECONDS)
    asking.click("Begin a new run")
    assert not asking.window.isVisible()


def test_a_hand_that_goes_on_hammering_answers_nothing(ask: Ask) -> None:
    asking = ask()
    for _ in range(100):
        asking.clock.pass_seconds(0.1)
        QTest.keyClick(focus(asking), Qt.Key.Key_Return)
    assert asking.window.isVisible()


def test_an_answer_that_has_just_become_another_is_not_given(ask: Ask, qtbot: QtBot) -> None:
    asking = ask()
    asking.clock.pass_seconds(600)
    qtbot.waitUntil(lambda: asking.buttons()[0] == "Go on with Bern next")
    asking.click("Go on with Bern next")
    assert asking.window.isVisible()


def focus(asking: Asking) -> CommandButton:
    """The button that has the focus: the first."""
    return asking.window.findChildren(CommandButton)[0]


def test_a_talk_that_is_over_by_now_is_done_and_the_next_stands_by(ask: Ask) -> None:
    asking = ask(away=600)
    assert asking.buttons()[0] == "Go on with Bern next"
    assert "Ulm is over by now and counts as done. Bern stands by." in asking.says()
    assert "is due" not in asking.says()
    assert "Go on in time" not in asking.buttons()


def test_a_talk_may_end_while_it_is_asked(ask: Ask, qtbot: QtBot) -> None:
    asking = ask()
    asking.clock.pass_seconds(600)
    qtbot.waitUntil(lambda: asking.buttons()[0] == "Go on with Bern next")
    assert asking.answer(lambda: asking.click("Go on with Bern next")) == Continue.SCHEDULE


def test_the_last_talk_that_is_over_by_now(ask: Ask) -> None:
    cues = [*STARTED, cue(500, Start("bern"))]
    asking = ask(600, 1000, cues=cues)
    assert "Bern was on stage" in asking.says()
    assert "Bern is over by now and counts as done. It was the last talk." in asking.says()


def test_between_talks_no_slide_is_offered(ask: Ask) -> None:
    asking = ask(450, 60)
    assert "No talk was on stage" in asking.says()
    assert "Bern was next." in asking.says()
    assert asking.buttons() == ["Go on with this run", "Begin a new run", "Leave the program"]
    assert "Bern stands by." in asking.says()


def test_where_talks_begin_by_themselves_that_is_said(ask: Ask) -> None:
    assert "Bern stands by and begins by itself." in ask(450, 60, auto=True).says()


def test_before_the_first_talk(ask: Ask) -> None:
    asking = ask(5, 60, cues=[])
    assert "Ulm was next." in asking.says()
    assert asking.buttons() == ["Go on with this run", "Begin a new run", "Leave the program"]


def test_after_the_last_talk(ask: Ask) -> None:
    asking = ask(1000, 60, cues=[*STARTED, cue(500, Start("bern"))])
    assert "All talks were over" in asking.says()
    assert "All talks are over; the closing card is on stage." in asking.says()


def test_in_the_countdown(ask: Ask) -> None:
    asking = ask(11, 60)
    assert "The countdown for Ulm was on stage" in asking.says()
    assert asking.buttons()[:3] == ["Go on in time", "Go on with the countdown", "Begin Ulm again"]
    assert "By now slide 3 of 20 is due." in asking.says()


def test_a_held_talk_stays_held_however_long_it_was(ask: Ask) -> None:
    asking = ask(away=5000, cues=[*STARTED, cue(IN_SLIDE_SEVEN - 1, Hold())])
    assert "Ulm was held at slide 7 of 20" in asking.says()
    assert asking.buttons()[:3] == ["Leave it held", "Go on with slide 7", "Begin Ulm again"]
    assert "Ulm goes on when you say so." in asking.says()
    assert "It has 13 s left." in asking.says()


def test_after_a_reboot_the_wall_clock_is_used_and_that_is_said(ask: Ask) -> None:
    asking = ask(boot="boot-2")
    assert "The computer was restarted since; the schedule goes by its wall clock." in asking.says()
    assert "By now slide 10 of 20 is due." in asking.says()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("seen", "away", "boot"),
    [(IN_SLIDE_SEVEN, 60, "boot-2"), (IN_SLIDE_SEVEN, 900, SAME_BOOT), (450, 1, "x")],
)
def test_no_word_is_cut_off(ask: Ask, language: str, seen: float, away: float, boot: str) -> None:
    asking = ask(seen, away, boot=boot, language=language)
    QTest.qWait(1)
    for words in asking.window.findChildren(QLabel):
        assert words.height() >= words.heightForWidth(words.width()), words.text()
    for button in asking.window.findChildren(CommandButton):
        assert button.width() >= button.sizeHint().width()
