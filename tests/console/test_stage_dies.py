# SPDX-License-Identifier: AGPL-3.0-or-later
"""The stage dies, cannot record, or could be on a better screen: the console says so and does its part."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import msgspec
import psutil
import pytest
from conftest import ErrorLog
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalServer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pechakucha.console.presses import KEPT_SECONDS
from pechakucha.console.session import Session
from pechakucha.console.stage_process import StageOptions
from pechakucha.files.run_folder import note_problem, read_run
from pechakucha.live.link import StageLink, link_name, stage_lock
from pechakucha.live.messages import (
    BringForward,
    Command,
    ConsoleWanted,
    Greeting,
    Place,
    Pressed,
    Refused,
    Status,
    Taken,
)
from pechakucha.show.cues import Cue, Start
from pechakucha.show.hand import REST_SECONDS
from pechakucha.show.journal import Press
from pechakucha.show.problem import Problem
from pechakucha.show.rules import Refusal
from pechakucha.show.scene import OnSlide
from pechakucha.show.snapshot import NS
from pechakucha.ui.controls import CommandButton

from .conftest import BLOCK, COUNTDOWN_S, THREE, Desk

SPACE = Qt.Key.Key_Space
GONE = "The stage was gone and is being started again."


def lose_stage(desk: Desk) -> None:
    """The stage's process dies, and none can be started yet."""
    desk.can_start = False
    desk.stop_stage()
    desk._qtbot.waitUntil(lambda: not desk.session.stage_is_there)
    desk.window.refresh()


def get_stage(desk: Desk) -> None:
    """A stage can be started again, and the console finds it."""
    desk.can_start = True
    desk.start_stage()
    desk._qtbot.waitUntil(lambda: desk.session.stage_is_there)
    desk.settle()


def test_a_stage_that_dies_is_started_again_and_nobody_presses_anything(desk: Desk) -> None:
    desk.press(SPACE)
    desk.pass_seconds(COUNTDOWN_S + 5)
    told: list[bool] = []
    desk.session.stage_changed.connect(told.append)
    assert desk.starts == 1
    desk.stop_stage()
    desk._qtbot.waitUntil(lambda: told == [False, True])
    desk.settle()
    assert desk.starts == 2
    assert desk.session.restarts == 1
    assert GONE not in desk.says()
    assert "ON STAGE" in desk.says()
    desk.pass_seconds(THREE.seconds)
    assert isinstance(desk.scene, OnSlide)
    assert (desk.scene.talk, desk.scene.index) == ("ulm", 1)


def test_a_stage_that_dies_and_dies_is_given_a_rest(desk: Desk, qtbot: QtBot) -> None:
    for deaths in range(1, 6):
        desk.stop_stage()
        qtbot.waitUntil(lambda: desk.starts == deaths + 1, timeout=2000)  # noqa: B023
        qtbot.waitUntil(lambda: desk.session.stage_is_there)
    desk.stop_stage()
    qtbot.waitUntil(lambda: not desk.session.stage_is_there)
    qtbot.wait(200)
    assert desk.starts == 6


def test_while_it_is_gone_the_strip_says_so(desk: Desk, error_log: ErrorLog) -> None:
    error_log.expect("the stage can't be started")
    desk.press(SPACE)
    desk.pass_seconds(COUNTDOWN_S + 5)
    assert GONE not in desk.says()
    lose_stage(desk)
    assert GONE in desk.says()
    assert "Stage: gone" in desk.says()
    assert desk.starts == 2
    assert "Ulm sagt 1." in desk.says()
    desk.clock.pass_seconds(THREE.seconds)
    desk.window.refresh()
    assert "Ulm sagt 2." in desk.says(), "the schedule goes on"
    get_stage(desk)
    assert GONE not in desk.says()


def test_refusals_are_counted_over_the_death_of_a_stage(desk: Desk, error_log: ErrorLog) -> None:
    error_log.expect("the stage can't be started")
    desk.press(SPACE)
    desk.pass_seconds(COUNTDOWN_S + 10)
    desk.press(SPACE, SPACE)
    assert "2 presses ignored." in desk.says()
    lose_stage(desk)
    assert "2 presses ignored." in desk.says()
    get_stage(desk)
    assert "2 presses ignored." in desk.says()
    desk.press(SPACE)
    assert "3 presses ignored." in desk.says()


def test_a_press_that_no_stage_heard_is_recorded_when_there_is_one_again(
    desk: Desk, error_log: ErrorLog
) -> None:
    error_log.expect("the stage can't be started")
    lose_stage(desk)
    at_ns = desk.clock.now_ns()
    desk.press(SPACE, Qt.Key.Key_PageDown)
    assert "2 presses ignored." in desk.says()
    desk.pass_seconds(60)
    get_stage(desk)
    assert "2 presses ignored." in desk.says()
    assert desk.running.conductor.refusals == 2
    desk.stop_stage()
    told = read_run(desk.folder).presses
    assert [(press.what, press.refused) for press in told] == [("start", "no-stage"), ("clicker", "no-use")]
    assert all(0 < press.at_ns - at_ns < NS for press in told)


def wait_for_start(desk: Desk, voice: Voice) -> None:
    """The stage has heard that Ulm is to start."""
    desk._qtbot.waitUntil(
        lambda: [each.action for each in voice.heard if isinstance(each, Command)] == [Start("ulm")]
    )


def test_a_command_that_a_dying_stage_left_unanswered_is_a_press_that_found_none(
    voiced: tuple[Desk, Voice], error_log: ErrorLog
) -> None:
    desk, voice = voiced
    desk.window.refresh()
    desk.press(SPACE)
    wait_for_start(desk, voice)
    lose_voice(desk, voice, error_log)
    assert desk.session.refusals == 0
    with_it = voice_again(desk)
    assert "1 press ignored." in desk.says()
    assert [(each.what, each.refused) for each in with_it.heard if isinstance(each, Pressed)] == [
        ("start", "no-stage")
    ]
    with_it.close()


def test_a_command_that_a_dying_stage_carried_out_was_no_press_in_vain(
    voiced: tuple[Desk, Voice], error_log: ErrorLog
) -> None:
    desk, voice = voiced
    desk.window.refresh()
    desk.press(SPACE)
    wait_for_start(desk, voice)
    lose_voice(desk, voice, error_log)
    with_it = voice_again(desk, Cue(desk.clock.now_ns(), Start("ulm")))
    assert desk.session.refusals == 0
    assert "COUNTDOWN" in desk.says()
    with_it.close()


def test_ending_a_stage_that_hangs_is_told_to_the_next_one(
    voiced: tuple[Desk, Voice], monkeypatch: pytest.MonkeyPatch, error_log: ErrorLog
) -> None:
    desk, voice = voiced
    ended: list[int] = []
    monkeypatch.setattr(psutil.Process, "kill", lambda process: ended.append(process.pid))
    hear(voiced, Status(beat=1))
    desk.clock.pass_seconds(3.1)
    desk.window.refresh()
    button = desk.button("Restart the stage")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert ended == []  # it has only just appeared
    desk.clock.pass_seconds(REST_SECONDS)
    desk.window.refresh()
    for _ in range(2):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert ended == [1]
    lose_voice(desk, voice, error_log)
    with_it = voice_again(desk)
    told = [(each.what, each.refused) for each in with_it.heard if isinstance(each, Pressed)]
    assert ("end-stage", "") in told
    assert told.count(("end-stage", "too-quick")) == 2
    with_it.close()


def test_a_stage_that_is_running_is_found_and_none_is_started(desk: Desk, qtbot: QtBot) -> None:
    started: list[bool] = []

    def start() -> bool:
        started.append(True)
        return True

    session = Session(desk.folder, desk.clock, start)
    session.open()
    qtbot.waitUntil(lambda: session.stage_is_there)
    assert started == []
    assert session.run == desk.session.run
    session.close()


# What only a stage can say


class Voice:
    """The stage's end of the socket, saying what a test wants."""

    def __init__(self, desk: Desk, cues: tuple[Cue, ...] = (), counted: tuple[Press, ...] = ()) -> None:
        self.heard: list[object] = []
        self._cues, self._counted = cues, counted
        self.status = Status()
        self._link = StageLink(self._greeting)
        self._link.commanded.connect(lambda message, _listener: self.heard.append(message))
        assert self._link.listen(link_name(desk.folder))

    def tell(self, message: Status | ConsoleWanted | Taken | Refused) -> None:
        self._link.tell_all(message)

    def close(self) -> None:
        self._link.close()

    def _greeting(self) -> Greeting:
        return Greeting(
            version="0",
            folder="",
            pid=1,
            snapshot=BLOCK,
            cues=self._cues,
            status=self.status,
            counted=self._counted,
        )


@pytest.fixture
def voiced(make_desk: Callable[..., Desk], qtbot: QtBot) -> Iterator[tuple[Desk, Voice]]:
    """A console whose stage is only a voice."""
    desk = make_desk(is_open=False)
    voice = Voice(desk)
    desk.window.show()
    desk.session.open()
    qtbot.waitUntil(lambda: desk.session.stage_is_there)
    yield desk, voice
    voice.close()


def lose_voice(desk: Desk, voice: Voice, error_log: ErrorLog) -> None:
    """The stage's process ends, and none can be started yet."""
    error_log.expect("the stage can't be started")
    desk.can_start = False
    voice.close()
    desk._qtbot.waitUntil(lambda: not desk.session.stage_is_there)


def voice_again(desk: Desk, *cues: Cue, counted: tuple[Press, ...] = ()) -> Voice:
    """Another stage, with these cues and presses in its journal, to which the console has said everything."""
    voice = Voice(desk, cues, counted)
    desk._qtbot.waitUntil(lambda: desk.session.stage_is_there)
    told = desk.session._presses
    desk._qtbot.waitUntil(lambda: len(voice.heard) == len(told.untaken) + len(told.wishes))
    desk.window.refresh()
    return voice


def wait_for_press(desk: Desk, voice: Voice) -> Pressed:
    """The last press that the stage has heard of."""
    desk._qtbot.waitUntil(lambda: any(isinstance(each, Pressed) for each in voice.heard))
    return [each for each in voice.heard if isinstance(each, Pressed)][-1]


def test_a_press_that_died_before_it_was_in_the_journal_is_sent_again(
    voiced: tuple[Desk, Voice], error_log: ErrorLog
) -> None:
    desk, voice = voiced
    desk.window.refresh()
    desk.press(Qt.Key.Key_PageDown)
    press = wait_for_press(desk, voice)
    voice.tell(Taken(press.number))
    desk._qtbot.waitUntil(lambda: desk.session.is_heard)
    assert desk.session.refusals == 1
    lose_voice(desk, voice, error_log)
    with_it = voice_again(desk)
    assert with_it.heard == [press]
    assert desk.session.refusals == 1
    with_it.close()


def test_a_press_that_is_in_the_journal_is_not_sent_again(
    voiced: tuple[Desk, Voice], error_log: ErrorLog
) -> None:
    desk, voice = voiced
    desk.window.refresh()
    desk.press(Qt.Key.Key_PageDown)
    press = wait_for_press(desk, voice)  # the stage dies before it says that it is taken
    lose_voice(desk, voice, error_log)
    in_journal = Press(press.at_ns, press.what, press.refused, source=press.source, number=press.number)
    with_it = voice_again(desk, counted=(in_journal,))
    assert with_it.heard == []
    assert desk.session.refusals == 0, "the greeting's status counts it"
    with_it.close()


def test_a_refused_command_that_is_not_in_the_journal_yet_is_sent_again_as_a_press(
    voiced: tuple[Desk, Voice], error_log: ErrorLog
) -> None:
    desk, voice = voiced
    desk.window.refresh()
    desk.press(SPACE)
    desk._qtbot.waitUntil(lambda: bool(voice.heard))
    command = voice.heard[0]
    assert isinstance(command, Command)
    voice.tell(Refused(command.number, Refusal("start-locked")))
    desk._qtbot.waitUntil(lambda: not desk.session._presses._unanswered)
    lose_voice(desk, voice, error_log)
    with_it = voice_again(desk)
    again = wait_for_press(desk, with_it)
    assert (again.number, again.what, again.refused) == (command.number, "start", "start-locked")
    with_it.close()


def test_what_is_long_in_the_journal_is_forgotten(voiced: tuple[Desk, Voice], error_log: ErrorLog) -> None:
    desk, voice = voiced
    desk.window.refresh()
    for _ in range(2):
        desk.press(Qt.Key.Key_PageDown)
        press = wait_for_press(desk, voice)
        voice.tell(Taken(press.number))
        desk._qtbot.waitUntil(lambda: desk.session.is_heard)
        desk.clock.pass_seconds(KEPT_SECONDS)
    lose_voice(desk, voice, error_log)
    with_it = voice_again(desk)
    assert with_it.heard == [press]
    with_it.close()


def test_a_hammering_hand_is_counted_right_over_the_death_of_a_stage(desk: Desk, error_log: ErrorLog) -> None:
    """Of presses within a second the first one is in the journal and the rest is not; then it is killed."""
    for _ in range(10):
        QTest.keyClick(desk.window, Qt.Key.Key_PageDown)
    desk.settle()
    assert desk.session.refusals == 10
    desk.running.journal.note = lambda _record: None  # type: ignore[method-assign]  # as after a kill
    error_log.expect("the stage can't be started")
    lose_stage(desk)
    get_stage(desk)
    assert desk.session.refusals == 10
    assert desk.running.conductor.refusals == 10
    desk.stop_stage()
    assert sum(press.count for press in read_run(desk.folder).presses) == 10


def test_a_wish_that_a_dying_stage_did_not_hear_is_repeated_to_the_next_one(
    voiced: tuple[Desk, Voice], error_log: ErrorLog
) -> None:
    desk, voice = voiced
    hear(voiced, TWO_SCREENS)
    assert desk.session.place_stage(1)
    assert desk.session.place_stage(2)
    assert desk.session.bring_stage_forward()
    lose_voice(desk, voice, error_log)
    with_it = voice_again(desk)
    assert [type(each) for each in with_it.heard] == [Place, BringForward]
    placed, forward = with_it.heard
    assert isinstance(placed, Place)
    assert isinstance(forward, BringForward)
    assert placed.name == "HDMI-1", "the last one counts"
    for wish in (placed, forward):
        with_it.tell(Taken(wish.number))
    desk._qtbot.waitUntil(lambda: not desk.session._presses.wishes)
    lose_voice(desk, with_it, error_log)
    third = voice_again(desk)
    assert third.heard == []
    third.close()


def test_where_there_is_no_stage_a_wish_is_refused_and_not_kept(
    voiced: tuple[Desk, Voice], error_log: ErrorLog
) -> None:
    desk, voice = voiced
    lose_voice(desk, voice, error_log)
    assert not desk.session.bring_stage_forward()
    assert not desk.session.place_stage(1)
    with_it = voice_again(desk)
    assert with_it.heard == []
    with_it.close()


def hear(voiced: tuple[Desk, Voice], status: Status) -> None:
    """The stage tells how it is."""
    desk, voice = voiced
    voice.tell(status)
    desk._qtbot.waitUntil(lambda: desk.session.status == status)
    desk.window.refresh()


TWO_SCREENS = Status(screen="eDP-1", width=1280, height=720, screens=("eDP-1", "HDMI-1"))


def test_when_nothing_is_recorded_the_strip_says_so(voiced: tuple[Desk, Voice]) -> None:
    desk, _ = voiced
    assert "Nothing is being recorded" not in desk.says()
    hear(voiced, Status(recording=False))
    assert "Nothing is being recorded" in desk.says()
    hear(voiced, Status(recording=True))
    assert "Nothing is being recorded" not in desk.says()


def test_a_second_screen_is_offered_and_taken_with_a_click(voiced: tuple[Desk, Voice]) -> None:
    desk, voice = voiced
    assert "Stage there" not in desk.buttons()
    hear(voiced, TWO_SCREENS)
    assert "The screen HDMI-1 is there" in desk.says()
    desk.rest()
    QTest.mouseClick(desk.button("Stage there"), Qt.MouseButton.LeftButton)
    desk._qtbot.waitUntil(lambda: bool(voice.heard))
    assert [(each.screen, each.name) for each in voice.heard if isinstance(each, Place)] == [(2, "HDMI-1")]
    hear(voiced, msgspec.structs.replace(TWO_SCREENS, screen="HDMI-1", full=True))
    assert "Stage there" not in desk.buttons()
    assert "Stage: HDMI-1, 1280 × 720" in desk.says()


def test_trouble_goes_before_an_offer(voiced: tuple[Desk, Voice]) -> None:
    hear(voiced, msgspec.structs.replace(TWO_SCREENS, recording=False))
    desk, _ = voiced
    assert "Nothing is being recorded" in desk.says()
    assert "Stage there" not in desk.buttons()


def test_f11_asks_for_the_stage_in_front(voiced: tuple[Desk, Voice]) -> None:
    desk, voice = voiced
    QTest.keyClick(desk.window, Qt.Key.Key_F11)
    desk._qtbot.waitUntil(lambda: bool(voice.heard))
    assert [type(each) for each in voice.heard] == [BringForward]


def test_the_stage_can_call_the_console(voiced: tuple[Desk, Voice], qtbot: QtBot) -> None:
    desk, voice = voiced
    with qtbot.waitSignal(desk.session.wanted):
        voice.tell(ConsoleWanted())


MAY_SLEEP = "can't be kept awake"


def test_that_the_machine_may_sleep_is_told_until_it_is_understood(voiced: tuple[Desk, Voice]) -> None:
    desk, voice = voiced
    assert MAY_SLEEP not in desk.says()
    hear(voiced, Status(awake=False))
    assert MAY_SLEEP in desk.says()
    QTest.mouseClick(desk.button("Understood"), Qt.MouseButton.LeftButton)
    assert MAY_SLEEP not in desk.says()
    hear(voiced, Status(awake=False, beat=1))
    assert MAY_SLEEP not in desk.says()
    assert voice.heard == []


def test_two_things_to_know_are_told_one_after_the_other(voiced: tuple[Desk, Voice]) -> None:
    desk, _ = voiced
    hear(voiced, Status(awake=False))
    desk.window.tell_once("console.rebooted")
    desk.window.refresh()
    QTest.mouseClick(desk.button("Understood"), Qt.MouseButton.LeftButton)
    assert "The computer was restarted" in desk.says()
    QTest.mouseClick(desk.button("Understood"), Qt.MouseButton.LeftButton)
    assert "Understood" not in desk.buttons()


def test_what_is_wrong_now_goes_before_what_may_come(voiced: tuple[Desk, Voice]) -> None:
    desk, _ = voiced
    hear(voiced, Status(awake=False, recording=False))
    assert MAY_SLEEP not in desk.says()
    assert "Nothing is being recorded" in desk.says()
    assert "Understood" not in desk.buttons()
    hear(voiced, Status(awake=False))
    assert MAY_SLEEP in desk.says()


def test_the_report_that_is_offered_stays(voiced: tuple[Desk, Voice]) -> None:
    desk, _ = voiced
    opened: list[bool] = []
    desk.window.offer_report(lambda: opened.append(True), lambda: None)
    desk.window.refresh()
    assert "The report is written." in desk.says()
    hear(voiced, TWO_SCREENS)
    QTest.mouseClick(desk.button("Open report"), Qt.MouseButton.LeftButton)
    assert opened == [True]


def test_a_report_that_lacks_something_says_so(voiced: tuple[Desk, Voice]) -> None:
    desk, _ = voiced
    hear(voiced, Status(recording=False))
    desk.window.offer_report(lambda: None, lambda: None)
    assert "The report lacks what could not be recorded." in desk.says()


def test_before_the_stage_has_said_anything_the_console_waits(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(is_open=False)
    desk.window.show()
    desk.window.refresh()
    assert "The stage is starting …" in desk.says()
    assert desk.buttons() == {}, "no console without a block"
    assert not desk.rundown.isVisible()
    for key in (SPACE, Qt.Key.Key_B, Qt.Key.Key_E, Qt.Key.Key_Return):
        QTest.keyClick(desk.window, key)
    assert "now?" not in desk.says()


def test_once_the_stage_has_said_something_the_console_is_there(desk: Desk) -> None:
    assert "The stage is starting …" not in desk.says()
    assert desk.rundown.isVisible()
    assert "Start" in desk.buttons()


def test_a_stage_that_hangs_is_noticed(voiced: tuple[Desk, Voice]) -> None:
    desk, _ = voiced
    hear(voiced, Status(beat=1))
    assert not desk.session.stage_is_silent
    desk.clock.pass_seconds(3.1)
    desk.window.refresh()
    assert "The stage does not answer." in desk.says()
    hear(voiced, Status(beat=2))
    assert "The stage does not answer." not in desk.says()


def test_why_no_stage_can_begin_is_said(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(is_open=False)
    note_problem(desk.folder, Problem("journal-unreadable", path="journal.jsonl"))
    desk.window.show()
    desk.window.refresh()
    assert "journal.jsonl" in desk.says()


def test_a_stage_comes_back_where_the_last_one_was(voiced: tuple[Desk, Voice]) -> None:
    desk, voice = voiced
    hear(voiced, Status(screen="HDMI", screens=("laptop", "HDMI"), full=True))
    voice.close()
    desk._qtbot.waitUntil(lambda: not desk.session.stage_is_there)
    options = StageOptions(place="window", screen=1)
    assert desk.session.as_placed(options)[:2] == ("full", 2)


def test_a_stage_that_hangs_from_the_first_word_on_can_be_ended(
    make_desk: Callable[..., Desk], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A console that is started beside it knows nothing of the run, but who holds its lock."""
    ended: list[int] = []
    monkeypatch.setattr(psutil.Process, "kill", lambda process: ended.append(process.pid))
    desk = make_desk(is_open=False)
    lock = stage_lock(desk.folder)
    assert lock.tryLock(0)
    server = QLocalServer()
    assert server.listen(link_name(desk.folder))
    desk.window.show()
    desk.session.open()
    qtbot.waitUntil(server.hasPendingConnections)
    desk.clock.pass_seconds(3.1)
    desk.window.refresh()
    assert "The stage does not answer." in desk.says()
    desk.clock.pass_seconds(1)
    desk.click("Restart the stage")
    assert ended == [os.getpid()]
    server.close()
    lock.unlock()


def test_a_screen_that_is_pulled_is_told_until_there_is_one_again(voiced: tuple[Desk, Voice]) -> None:
    desk, _ = voiced
    own = desk.window.screen_on().name()
    beamer = Status(screen="HDMI-1", width=1920, height=1080, full=True, screens=(own, "HDMI-1"))
    hear(voiced, beamer)
    assert "is gone" not in desk.says()
    hear(voiced, Status(screen=own, width=1280, height=720, screens=(own,), awake=False))
    assert "The screen HDMI-1 is gone; the stage is a window here." in desk.says()
    hear(voiced, Status(screen=own, width=1280, height=720, screens=(own, "HDMI-1")))
    assert "is gone" not in desk.says()
    assert "Stage there" in desk.buttons()
    hear(voiced, beamer)
    assert "Stage there" not in desk.buttons()


def test_what_has_only_to_be_known_stands_back_for_the_way_to_the_beamer(voiced: tuple[Desk, Voice]) -> None:
    desk, _ = voiced
    hear(voiced, msgspec.structs.replace(TWO_SCREENS, awake=False))
    assert "Stage there" in desk.buttons()
    hear(voiced, Status(screen="HDMI-1", full=True, screens=("eDP-1", "HDMI-1"), awake=False))
    assert "Understood" in desk.buttons()


def test_a_notice_that_goes_leaves_no_other_button_under_enter(voiced: tuple[Desk, Voice]) -> None:
    desk, _ = voiced
    hear(voiced, Status(screen="HDMI-1", full=True, screens=("HDMI-1",), awake=False))
    desk.button("Understood").setFocus()
    desk.click("Understood")
    assert not isinstance(QApplication.focusWidget(), CommandButton)
