# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a hand cannot do by mistake, and that it sees so."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest
from conftest import ErrorLog
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from show.builders import a_snapshot, a_talk

from pechakucha.show.cues import Cut, Hold, Message, NoShow, Restart, Start
from pechakucha.show.hand import REST_SECONDS
from pechakucha.show.problem import Finding, Severity
from pechakucha.show.run import Outcome
from pechakucha.show.scene import Countdown, EndCard, OnSlide, Welcome
from pechakucha.show.snapshot import NS
from pechakucha.ui.slide_view import SlideView

from .conftest import BLOCK, COUNTDOWN_S, TALK_S, THREE, Desk, picture, told

SPACE, ENTER, ESC, TAB = Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Tab
B, E, M, N, P, R, X = (Qt.Key[f"Key_{letter}"] for letter in "BEMNPRX")
UP, DOWN = Qt.Key.Key_Up, Qt.Key.Key_Down
ALT = Qt.KeyboardModifier.AltModifier


def outcome_of(desk: Desk, talk: str) -> Outcome:
    """What the stage knows about a talk."""
    turn = desk.running.conductor.run.turn(talk)
    assert turn is not None
    return turn.outcome


def cues_of(desk: Desk) -> int:
    """How much has happened."""
    return len(desk.running._cues)


@pytest.fixture
def in_talk(desk: Desk) -> Desk:
    """Ulm is in its second slide."""
    desk.press(SPACE)
    desk.pass_seconds(COUNTDOWN_S + THREE.seconds + 2)
    assert isinstance(desk.scene, OnSlide)
    return desk


def sees_refusal(desk: Desk, words: str, press: Callable[[], object]) -> bool:
    """Whether a control is seen to refuse when this is done, and the count of presses goes up."""
    before, count = picture(desk.button(words)), desk.says()
    press()
    return picture(desk.button(words)) != before and desk.says() != count and "ignored" in desk.says()


# Space


def test_space_during_a_talk_is_seen_to_be_refused(in_talk: Desk) -> None:
    scene = in_talk.scene
    assert sees_refusal(in_talk, "Start", lambda: in_talk.press(SPACE))
    assert "1 press ignored." in in_talk.says()
    assert in_talk.scene == scene
    in_talk.press(SPACE)
    assert "2 presses ignored." in in_talk.says()


def test_a_locked_start_flashes_as_a_whole(in_talk: Desk) -> None:
    before = picture(in_talk.button("Start")).pixelColor(8, 8)
    in_talk.press(SPACE)
    assert picture(in_talk.button("Start")).pixelColor(8, 8) != before


def test_space_right_after_a_start_is_seen_to_be_refused(desk: Desk) -> None:
    desk.press(SPACE)
    before = cues_of(desk)
    back = next(words for words in desk.buttons() if words.startswith("Take back"))
    assert sees_refusal(desk, back, lambda: desk.press(SPACE))
    assert cues_of(desk) == before


def test_start_is_locked_for_three_seconds_after_a_talk(in_talk: Desk) -> None:
    in_talk.pass_seconds(TALK_S - THREE.seconds - 2)
    assert isinstance(in_talk.scene, EndCard)
    assert "Locked for another 3 s" in in_talk.says()
    assert sees_refusal(in_talk, "Start", lambda: in_talk.press(SPACE))
    in_talk.pass_seconds(2.9 - 2 * REST_SECONDS)
    in_talk.press(SPACE)
    assert "2 presses ignored." in in_talk.says()
    assert isinstance(in_talk.scene, EndCard)
    in_talk.pass_seconds(0.1)
    assert "Locked" not in in_talk.says()
    in_talk.press(SPACE)
    assert isinstance(in_talk.scene, Countdown)


def test_a_held_space_never_starts(desk: Desk) -> None:
    desk.hold_down(SPACE)
    assert isinstance(desk.scene, Welcome)
    assert cues_of(desk) == 0


def test_holding_the_space_that_started_changes_nothing(desk: Desk) -> None:
    desk.press(SPACE)
    before = cues_of(desk)
    desk.hold_down(SPACE)
    assert cues_of(desk) == before
    assert "ignored" not in desk.says()


def test_space_clicks_no_button(in_talk: Desk) -> None:
    before = cues_of(in_talk)
    for number, (words, button) in enumerate(in_talk.buttons().items(), start=1):
        button.setFocus()
        in_talk.press(SPACE)
        assert cues_of(in_talk) == before, words
        assert f"{number} press" in in_talk.says(), words
        assert "Cut Ulm short now?" not in in_talk.says()


def test_shift_and_space_click_no_button(in_talk: Desk) -> None:
    before = cues_of(in_talk)
    for button in in_talk.buttons().values():
        button.setFocus()
        in_talk.press(SPACE, modifiers=Qt.KeyboardModifier.ShiftModifier)
        assert "now?" not in in_talk.says()
    assert cues_of(in_talk) == before


def test_space_on_a_button_between_talks_is_a_start(desk: Desk) -> None:
    desk.button("End block …").setFocus()
    desk.press(SPACE)
    assert isinstance(desk.scene, Countdown)


def test_enter_clicks_the_button_that_has_the_focus(desk: Desk) -> None:
    desk.button("Start").setFocus()
    desk.hold_down(ENTER)
    assert isinstance(desk.scene, Welcome)
    desk.press(ENTER)
    assert isinstance(desk.scene, Countdown)


def test_enter_alone_starts_nothing(desk: Desk) -> None:
    desk.press(ENTER)
    assert cues_of(desk) == 0


def test_a_click_starts(desk: Desk) -> None:
    desk.click("Start")
    assert isinstance(desk.scene, Countdown)


# Taking back


def test_a_start_is_taken_back_by_its_button(desk: Desk) -> None:
    desk.pass_seconds(30)
    desk.press(SPACE)
    desk.pass_seconds(9)
    desk.click("Take back (1 s)")
    assert isinstance(desk.scene, Welcome)
    assert outcome_of(desk, "ulm") is Outcome.PLANNED
    assert "Start" in desk.buttons()


def test_after_ten_seconds_nothing_can_be_taken_back(desk: Desk) -> None:
    desk.press(SPACE)
    assert "Take back (10 s)" in desk.buttons()
    desk.pass_seconds(10)
    assert not any(words.startswith("Take back") for words in desk.buttons())
    assert not desk.button("Start").isEnabled()


# A deck that is not ready


def test_a_blocked_deck_says_why_which_file_and_what_to_do(make_desk: Callable[..., Desk]) -> None:
    few = Finding(
        code="slide-count",
        severity=Severity.ERROR,
        params={"case": "under", "selected": 2, "wanted": 3, "slides": 2, "hidden": 0},
    )
    talk = msgspec.structs.replace(a_talk("ulm", blocker=few), deck="decks/ulm final.pptx")
    desk = make_desk(a_snapshot(talk, told(a_talk("bern")), format=THREE))
    said = desk.says()
    assert "Ulm can't start" in said
    assert "ulm final.pptx" in said
    assert "only 2 of the 3 slides" in said
    assert "Ask for the missing slides" in said
    assert sees_refusal(desk, "Start", lambda: desk.press(SPACE))
    assert cues_of(desk) == 0
    assert "only 2 of the 3 slides" in desk.cities()[0]


# Black


def test_black_is_one_key_at_any_time(in_talk: Desk) -> None:
    conductor = in_talk.running.conductor
    in_talk.press(B)
    assert conductor.run.black
    assert "Picture on" in in_talk.buttons()
    in_talk.hold_down(B)
    assert conductor.run.black
    in_talk.press(B)
    assert not conductor.run.black
    assert isinstance(in_talk.scene, OnSlide)


def test_black_is_seen_in_the_console_with_the_way_back(in_talk: Desk) -> None:
    assert "ON STAGE" in in_talk.says()
    in_talk.press(B)
    assert "BLACK" in in_talk.says()
    assert "ON STAGE" not in in_talk.says()
    assert captions(in_talk) == ["The audience sees black. B shows the picture again."]
    in_talk.press(B)
    assert "ON STAGE" in in_talk.says()
    assert captions(in_talk) == []


def captions(desk: Desk) -> list[str]:
    """What is written over slides."""
    said = [each.accessibleDescription() for each in desk.window.findChildren(SlideView) if each.isVisible()]
    return [words for words in said if words]


# What asks first

IN_TALK = [
    (P, "Hold Ulm now?", "Hold", Hold),
    (R, "Begin Ulm again now?", "Begin again", Restart),
    (X, "Cut Ulm short now?", "Cut short", Cut),
    (M, "Show “One moment, please”", "Show it", Message),
]


@pytest.mark.parametrize(("key", "question", "answer", "action"), IN_TALK)
def test_a_key_in_a_talk_asks_first(
    in_talk: Desk, key: Qt.Key, question: str, answer: str, action: type
) -> None:
    before = cues_of(in_talk)
    in_talk.press(key)
    assert question in in_talk.says()
    assert cues_of(in_talk) == before
    in_talk.press(ESC)
    assert question not in in_talk.says()
    in_talk.press(ENTER)
    assert cues_of(in_talk) == before
    in_talk.press(key)
    in_talk.hold_down(ENTER)
    assert cues_of(in_talk) == before
    in_talk.press(ENTER)
    assert question not in in_talk.says()
    assert isinstance(in_talk.running._cues[-1].action, action)
    assert cues_of(in_talk) == before + 1


@pytest.mark.parametrize(("key", "question", "answer", "action"), IN_TALK)
def test_a_question_is_answered_by_mouse(
    in_talk: Desk, key: Qt.Key, question: str, answer: str, action: type
) -> None:
    before = cues_of(in_talk)
    in_talk.press(key)
    in_talk.click("Back")
    assert question not in in_talk.says()
    in_talk.press(key)
    in_talk.click(answer)
    assert isinstance(in_talk.running._cues[-1].action, action)
    assert cues_of(in_talk) == before + 1


@pytest.mark.parametrize(
    ("key", "question"), [(N, "Ulm is not here"), (E, "End the block now?"), (M, "Show “One moment, please”")]
)
def test_a_key_between_talks_asks_first(desk: Desk, key: Qt.Key, question: str) -> None:
    desk.press(key)
    assert question in desk.says()
    assert cues_of(desk) == 0
    desk.press(ESC)
    assert question not in desk.says()
    assert cues_of(desk) == 0
    assert "ignored" not in desk.says()


def test_a_no_show_is_confirmed_by_enter(desk: Desk) -> None:
    desk.press(N, ENTER)
    assert outcome_of(desk, "ulm") is Outcome.NO_SHOW
    assert desk.cities()[0].startswith("1, Ulm, no-show")


def test_a_held_talk_goes_on_as_one_chooses(in_talk: Desk) -> None:
    in_talk.press(P, ENTER)
    in_talk.pass_seconds(100)
    assert "HELD" in in_talk.says()
    in_talk.press(P)
    assert "How shall Ulm go on?" in in_talk.says()
    in_talk.press(ENTER)
    in_talk.pass_seconds(THREE.seconds - 3)
    assert isinstance(in_talk.scene, OnSlide)
    assert in_talk.scene.index == 1
    in_talk.pass_seconds(1)
    assert isinstance(in_talk.scene, OnSlide)
    assert in_talk.scene.index == 2


@pytest.mark.parametrize(("key", "refused"), [(N, "Ulm is not here"), (E, "End the block now?")])
def test_keys_of_the_time_between_are_refused_in_a_talk(in_talk: Desk, key: Qt.Key, refused: str) -> None:
    before = cues_of(in_talk)
    assert sees_refusal(in_talk, "Start", lambda: in_talk.press(key))
    assert refused not in in_talk.says()
    assert cues_of(in_talk) == before


@pytest.mark.parametrize("key", [P, R, X])
def test_keys_of_a_talk_are_refused_between(desk: Desk, key: Qt.Key) -> None:
    assert sees_refusal(desk, "Start", lambda: desk.press(key))
    assert "now?" not in desk.says()
    assert cues_of(desk) == 0


@pytest.mark.parametrize("second", [SPACE, B, P, N, E])
def test_a_second_key_does_nothing_while_a_question_is_open(in_talk: Desk, second: Qt.Key) -> None:
    before = cues_of(in_talk)
    in_talk.press(X)
    calm = picture(in_talk.button("Cut short"))
    in_talk.press(second)
    assert picture(in_talk.button("Cut short")) != calm
    assert "Cut Ulm short now?" in in_talk.says()
    in_talk.press(ESC)
    assert "1 press ignored." in in_talk.says()
    assert cues_of(in_talk) == before


def test_moving_a_talk_while_a_question_is_open_is_counted(desk: Desk) -> None:
    desk.select(1)
    desk.press(E)
    desk.press(UP, modifiers=ALT)
    desk.press(ESC)
    assert "1 press ignored." in desk.says()
    assert cues_of(desk) == 0


@pytest.mark.parametrize("key", [P, R, X])
def test_a_question_is_withdrawn_when_its_talk_ends(in_talk: Desk, key: Qt.Key) -> None:
    in_talk.press(key)
    in_talk.pass_seconds(TALK_S - THREE.seconds - 2)
    assert isinstance(in_talk.scene, EndCard)
    assert "now?" not in in_talk.says()
    in_talk.press(ENTER)
    assert outcome_of(in_talk, "ulm") is Outcome.DONE


def test_a_question_about_the_next_talk_is_withdrawn_when_it_starts(desk: Desk) -> None:
    desk.press(N)
    desk.send(Start("ulm"))
    assert "Ulm is not here" not in desk.says()
    desk.press(ENTER)
    assert outcome_of(desk, "ulm") is Outcome.ON_STAGE


# Sleep


def test_after_a_sleep_the_console_asks_by_itself(in_talk: Desk) -> None:
    in_talk.sleep_seconds(8)
    assert "The machine slept or stood still. How shall Ulm go on?" in in_talk.says()
    choices = ["Where the schedule is", "With what the slide had left", "From the start"]
    assert [words for words in in_talk.buttons() if words in choices] == choices


@pytest.mark.parametrize(
    ("choice", "index", "later"),
    [("Where the schedule is", 1, 2), ("With what the slide had left", 1, 1), ("From the start", -1, 0)],
)
def test_each_choice_after_a_sleep(in_talk: Desk, choice: str, index: int, later: int) -> None:
    in_talk.sleep_seconds(8)
    in_talk.click(choice)
    scene = in_talk.scene
    assert (scene.index if isinstance(scene, OnSlide) else -1) == index
    in_talk.pass_seconds(11)
    assert isinstance(in_talk.scene, OnSlide)
    assert in_talk.scene.index == later


def test_enter_after_a_sleep_goes_on_where_the_schedule_is(in_talk: Desk) -> None:
    in_talk.sleep_seconds(THREE.seconds)
    in_talk.press(ENTER)
    assert isinstance(in_talk.scene, OnSlide)
    assert in_talk.scene.index == 2


def test_going_back_after_a_sleep_keeps_the_talk_held_until_it_is_asked_for(in_talk: Desk) -> None:
    in_talk.sleep_seconds(8)
    in_talk.press(ESC)
    assert "The machine slept" not in in_talk.says()
    assert "HELD" in in_talk.says()
    in_talk.press(B)
    assert in_talk.running.conductor.run.black
    in_talk.press(P)
    assert "How shall Ulm go on?" in in_talk.says()


def test_a_second_sleep_asks_again(in_talk: Desk) -> None:
    in_talk.sleep_seconds(8)
    in_talk.press(ESC, P, ENTER)
    in_talk.sleep_seconds(6)
    assert "The machine slept" in in_talk.says()


# The rundown

FOUR_CITIES = msgspec.structs.replace(
    BLOCK, talks=tuple(told(a_talk(city)) for city in ("ulm", "bern", "graz", "jena"))
)


def order(desk: Desk) -> list[str]:
    """The rundown of the stage."""
    return [turn.talk.id for turn in desk.running.conductor.run.turns]


def selected(desk: Desk) -> str:
    """What the screen reader says of the talk selected."""
    return str(desk.rundown.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole))


def test_alt_and_arrows_move_the_selected_talk(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(FOUR_CITIES)
    desk.select(2)
    desk.press(UP, modifiers=ALT)
    assert order(desk) == ["ulm", "graz", "bern", "jena"]
    desk.select(0)
    desk.press(DOWN, modifiers=ALT)
    assert order(desk) == ["graz", "ulm", "bern", "jena"]
    desk.select(2)
    desk.press(DOWN, modifiers=ALT)
    assert order(desk) == ["graz", "ulm", "jena", "bern"]


def test_the_talk_moved_stays_selected(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(FOUR_CITIES)
    desk.select(3)
    desk.press(UP, modifiers=ALT)
    assert "Jena" in selected(desk)
    desk.press(UP, modifiers=ALT)
    assert "Jena" in selected(desk)
    assert order(desk) == ["ulm", "jena", "bern", "graz"]


def test_no_talk_moves_while_one_is_on_stage(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(FOUR_CITIES)
    desk.press(SPACE)
    desk.pass_seconds(COUNTDOWN_S + 10)
    desk.select(3)
    before = cues_of(desk)
    assert sees_refusal(desk, "Start", lambda: desk.press(UP, modifiers=ALT))
    assert cues_of(desk) == before
    assert order(desk) == ["ulm", "bern", "graz", "jena"]


def test_held_arrows_move_no_talk(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(FOUR_CITIES)
    desk.select(3)
    desk.press(UP, modifiers=ALT)
    desk.hold_down(UP)
    assert order(desk) == ["ulm", "bern", "jena", "graz"]


def test_letters_in_the_rundown_are_commands(desk: Desk) -> None:
    desk.select(1)
    desk.rundown.setFocus()
    desk.press(B)
    assert desk.running.conductor.run.black
    assert "Bern" in selected(desk)
    desk.press(N)
    assert "Ulm is not here" in desk.says()
    desk.press(ESC, SPACE)
    assert isinstance(desk.scene, Countdown)


def test_arrows_in_the_rundown_move_the_selection(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(FOUR_CITIES)
    desk.select(0)
    desk.rundown.setFocus()
    desk.press(DOWN, DOWN)
    assert "Graz" in selected(desk)
    desk.press(UP)
    assert "Bern" in selected(desk)
    desk.press(Qt.Key.Key_J)
    assert "Bern" in selected(desk), "a letter is no search"
    assert cues_of(desk) == 0


def test_the_selected_talk_is_a_no_show_by_its_button(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(FOUR_CITIES)
    desk.select(2)
    desk.rest()
    buttons = [each for each in desk.window.findChildren(type(desk.button("Start"))) if each.isVisible()]
    tip = "The selected talk does not take place"
    next(each for each in buttons if each.accessibleName() == tip).click()
    assert "Graz is not here" in desk.says()
    desk.press(ENTER)
    assert outcome_of(desk, "graz") is Outcome.NO_SHOW
    desk.select(2)
    desk.click("Put back …")
    desk.press(ENTER)
    assert outcome_of(desk, "graz") is Outcome.PLANNED
    assert desk.running._cues[0].action == NoShow("graz")


# A stage that does not hear


def test_a_press_that_no_stage_hears_is_seen_to_be_refused(desk: Desk, error_log: ErrorLog) -> None:
    error_log.expect("the stage can't be started")
    desk.can_start = False
    desk.stop_stage()
    desk._qtbot.waitUntil(lambda: not desk.session.stage_is_there)
    desk.window.refresh()
    assert sees_refusal(desk, "Start", lambda: desk.press(SPACE))


def test_no_clock_runs_in_these_tests(desk: Desk) -> None:
    assert desk.session.now_ns() == desk.clock.now_ns()
    assert desk.clock.now_ns() % NS != 0


def test_the_presenters_view_is_asked_for_by_one_key_and_no_hammering(desk: Desk) -> None:
    asked: list[bool] = []
    desk.window.presenter_asked.connect(lambda: asked.append(True))
    desk.press(Qt.Key.Key_V)
    for _ in range(10):
        QTest.keyClick(desk.window, Qt.Key.Key_V)
    desk.settle()
    assert len(asked) == 1
    assert desk.session.refusals == 10


def test_in_the_presenters_window_no_key_of_a_clicker_does_anything(desk: Desk) -> None:
    asked: list[bool] = []
    desk.window.presenter_asked.connect(lambda: asked.append(True))
    keys = (Qt.Key.Key_Escape, Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_B, Qt.Key.Key_F5)
    for key in keys:
        desk.window.press_elsewhere(key)
    desk.window.press_elsewhere(Qt.Key.Key_Shift)
    desk.settle()
    assert asked == []
    assert desk.session.refusals == len(keys)
    assert len(desk.running._cues) == 0
    desk.rest()
    desk.window.press_elsewhere(Qt.Key.Key_V)
    assert asked == [True]


def test_a_key_that_only_seems_to_be_let_go_is_held_down(desk: Desk) -> None:
    """A busy X server sends a held key as released and pressed again, at one time."""

    def send(kind: QEvent.Type, at_ms: int) -> None:
        event = QKeyEvent(kind, Qt.Key.Key_B, Qt.KeyboardModifier.NoModifier)
        event.setTimestamp(at_ms)
        QApplication.sendEvent(desk.window, event)
        QApplication.processEvents()
        desk.settle()

    desk.press(Qt.Key.Key_Space)
    desk.pass_seconds(COUNTDOWN_S + 5)
    send(QEvent.Type.KeyPress, 1000)
    for at_ms in (1500, 1540, 1580):
        desk.pass_seconds(1)
        send(QEvent.Type.KeyRelease, at_ms)
        send(QEvent.Type.KeyPress, at_ms)
    assert desk.running.conductor.state().black
    desk.pass_seconds(1)
    send(QEvent.Type.KeyRelease, 1620)
    send(QEvent.Type.KeyPress, 1760)
    assert not desk.running.conductor.state().black
