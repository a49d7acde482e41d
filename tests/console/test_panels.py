# SPDX-License-Identifier: AGPL-3.0-or-later
"""How stage and machine are, and what can be done about being late: as a moderator meets it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from files.builders import a_run
from live.builders import FakeClock
from live.test_awake import wait_until
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from show.builders import a_snapshot, a_talk

from pechakucha.console.catch_up_view import CatchUpPanel
from pechakucha.console.machine import Machine
from pechakucha.console.panel import Panel
from pechakucha.console.status_view import StatusPanel
from pechakucha.files.run_folder import note_problem, read_run
from pechakucha.show.cues import Replace
from pechakucha.show.forecast import forecast
from pechakucha.show.problem import Problem
from pechakucha.show.scene import OnSlide
from pechakucha.show.snapshot import Snapshot
from pechakucha.show.status import Disk, Grade, Power
from pechakucha.texts import Texts

from .conftest import COUNTDOWN_S, THREE, Desk, told

STATUS, CATCH_UP, SPACE, ESC = Qt.Key.Key_I, Qt.Key.Key_T, Qt.Key.Key_Space, Qt.Key.Key_Escape

PAUSED = a_snapshot(
    told(a_talk("ulm")),
    told(a_talk("bern")),
    told(a_talk("graz", pause=900)),
    told(a_talk("linz")),
    format=THREE,
)
"""Four talks of a minute with a break of a quarter of an hour in the middle."""


def opened(desk: Desk) -> type[Panel] | None:
    """Which panel is open."""
    panels = [each for each in desk.window.findChildren(Panel) if each.isVisible()]
    assert len(panels) <= 1
    return type(panels[0]) if panels else None


@pytest.fixture
def late(make_desk: Callable[[Snapshot], Desk]) -> Desk:
    """Ulm is on stage, a good four minutes behind."""
    desk = make_desk(PAUSED)
    desk.pass_seconds(45 + 250)
    desk.press(SPACE)
    desk.pass_seconds(COUNTDOWN_S + 5)
    assert isinstance(desk.scene, OnSlide)
    return desk


# The line and its panel


def test_while_all_is_well_the_line_says_quietly_where_the_stage_is(desk: Desk) -> None:
    assert desk.status.text().startswith("Stage: window, ")
    assert desk.status.grade is Grade.KNOW
    assert desk.status.accessibleName() == f"Status: {desk.status.text()}"
    assert desk.status.toolTip().endswith(": I")


def test_its_key_opens_the_panel_and_closes_it_and_so_does_esc(desk: Desk) -> None:
    for way_out in (STATUS, ESC):
        desk.press(STATUS)
        assert opened(desk) is StatusPanel
        assert "All is well." in desk.says()
        assert "The computer is kept awake." in desk.says()
        desk.press(way_out)
        assert opened(desk) is None
    assert desk.session.refusals == 0


def test_a_click_on_the_line_opens_the_panel(desk: Desk) -> None:
    desk.rest()
    QTest.mouseClick(desk.status, Qt.MouseButton.LeftButton)
    assert opened(desk) is StatusPanel
    desk.click("Close")
    assert opened(desk) is None


def test_a_key_held_down_or_hammered_opens_it_once(desk: Desk) -> None:
    desk.press(STATUS)
    desk.hold_down(STATUS)
    assert opened(desk) is StatusPanel
    QTest.keyClick(desk.window.windowHandle(), STATUS)
    assert opened(desk) is StatusPanel
    assert desk.session.refusals == 1


def test_space_starts_while_a_panel_is_open(desk: Desk) -> None:
    """It is no window that takes the keyboard."""
    desk.press(STATUS, SPACE)
    desk.pass_seconds(COUNTDOWN_S + 1)
    assert isinstance(desk.scene, OnSlide)


def test_esc_is_the_questions_first(late: Desk) -> None:
    late.press(STATUS, Qt.Key.Key_X, ESC)
    assert opened(late) is StatusPanel
    assert "Cut Ulm short now?" not in late.says()


def test_enter_opens_no_panel_while_nobody_has_gone_there(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Return)
    assert opened(desk) is None


def test_before_the_stage_has_said_anything_there_is_nothing_to_open(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(is_open=False)
    desk.window.show()
    desk.window.refresh()
    for key in (CATCH_UP, STATUS):
        QTest.keyClick(desk.window, key)
        assert opened(desk) is None
    assert desk.session.refusals == 2


def test_why_no_stage_can_begin_stops_the_show(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(is_open=False)
    note_problem(desk.folder, Problem("journal-unreadable", path="journal.jsonl"))
    desk.window.show()
    desk.window.refresh()
    assert desk.status.grade is Grade.STOPS
    QTest.keyClick(desk.window, CATCH_UP)
    assert opened(desk) is None, "nobody knows how late it is"
    QTest.keyClick(desk.window, STATUS)
    assert opened(desk) is StatusPanel
    assert "STOPS THE SHOW\njournal.jsonl" in desk.says()


def test_presses_that_were_ignored_are_counted_in_the_panel(desk: Desk) -> None:
    desk.press(Qt.Key.Key_Q, Qt.Key.Key_Q, STATUS)
    assert "2 presses were ignored" in desk.says()


# Trouble


class Room:
    """What the machine's disk and battery say."""

    def __init__(self) -> None:
        self.free_mb: int | None = 120_000
        self.power: Power | None = Power(80, plugged_in=True)


@pytest.fixture
def room() -> Room:
    return Room()


@pytest.fixture
def machine(
    room: Room, tmp_path: Path, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Machine]:
    """Reads all the time."""
    monkeypatch.setattr("pechakucha.console.machine._EVERY_S", 0.001)
    made = Machine(tmp_path, clock, read_disk=lambda: room.free_mb, read_power=lambda: room.power)
    wait_until(lambda: made.disk is not None and made.power is not None)
    yield made
    made.close()


@pytest.fixture
def watched(make_desk: Callable[..., Desk], machine: Machine) -> Desk:
    """A console that looks at the machine."""
    return make_desk(machine=machine)


def read(desk: Desk, machine: Machine, room: Room) -> None:
    """The machine has been read once more."""
    wait_until(lambda: machine.power == room.power and machine.disk == Disk(room.free_mb))
    desk.window.refresh()


def test_battery_and_disk_are_good_to_know_while_they_do(watched: Desk) -> None:
    assert watched.status.grade is Grade.KNOW
    watched.press(STATUS)
    assert "On mains power, battery at 80 %" in watched.says()
    assert "120.0\xa0GB are free" in watched.says()


def test_a_charger_pulled_is_to_be_looked_at_and_then_calls_nobody_any_more(
    watched: Desk, machine: Machine, room: Room
) -> None:
    room.power = Power(80, plugged_in=False, left_s=7200)
    read(watched, machine, room)
    assert (watched.status.grade, watched.status.text()) == (Grade.LOOK, "On battery: 80 %, 120 min left")
    watched.press(STATUS)
    assert "LOOK WHEN THERE IS TIME" in watched.says()
    assert "Plug in the charger; the block takes another 4 min." in watched.says()
    watched.press(STATUS)
    assert watched.status.grade is Grade.KNOW
    assert watched.status.text().startswith("Stage: window, ")
    assert watched.status.text().endswith("+1")
    room.power = Power(80, plugged_in=True)
    read(watched, machine, room)
    room.power = Power(79, plugged_in=False, left_s=7000)
    read(watched, machine, room)
    assert watched.status.grade is Grade.LOOK, "pulled once more"


def test_a_battery_that_does_not_last_is_said_in_the_strip_too(
    watched: Desk, machine: Machine, room: Room
) -> None:
    room.power = Power(4, plugged_in=False, left_s=119)
    read(watched, machine, room)
    said = "The battery lasts 1 min, the block 4 min."
    assert (watched.status.grade, watched.status.text()) == (Grade.STOPS, said)
    assert f"{said} Plug in the charger now." in watched.says()
    watched.press(STATUS, STATUS)
    assert watched.status.grade is Grade.STOPS, "looking at it does not make it last"


def test_the_gravest_is_said_and_the_others_are_counted(watched: Desk, machine: Machine, room: Room) -> None:
    room.power, room.free_mb = Power(4, plugged_in=False, left_s=119), 120
    read(watched, machine, room)
    assert watched.status.text() == "The battery lasts 1 min, the block 4 min.  +1"
    assert "And 1 more remark." in watched.status.toolTip()
    watched.press(STATUS)
    said = watched.says()
    assert said.index("STOPS THE SHOW") < said.index("LOOK WHEN THERE IS TIME") < said.index("GOOD TO KNOW")
    assert "Only 120 MB are free on the disk." in said


def test_in_the_narrow_form_trouble_is_a_shape_and_a_number(
    watched: Desk, machine: Machine, room: Room
) -> None:
    watched.window.resize(480, 900)
    watched.window.refresh()
    assert not watched.status.isVisible()
    room.power, room.free_mb = Power(80, plugged_in=False), 120
    read(watched, machine, room)
    assert watched.status.isVisible()
    assert watched.status.text() == "2"
    assert "On battery: 80 %" in watched.status.accessibleName()


def test_a_window_that_closes_looks_at_the_machine_no_more(
    make_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    closed: list[bool] = []

    class Looked(Machine):
        def close(self) -> None:
            closed.append(True)
            super().close()

    desk = make_desk(machine=Looked(tmp_path, FakeClock(), read_disk=lambda: 1, read_power=lambda: None))
    desk.close()
    assert closed == [True]


# Catching up


def test_on_time_there_is_nothing_to_catch_up_with(desk: Desk) -> None:
    assert "Catch up" not in desk.buttons()
    desk.press(CATCH_UP)
    assert opened(desk) is CatchUpPanel
    assert "There is nothing to catch up with." in desk.says()


def test_what_can_be_done_is_shown_before_it_counts(late: Desk) -> None:
    assert "4 min behind" in late.says()
    late.click("Catch up")
    assert opened(late) is CatchUpPanel
    for name in (
        "Shorten changeovers to 20 s",
        "Shorten the break to 10 min",
        "Leave out the break",
    ):
        assert name in late.buttons()
    assert "1:15 min won · Ends about" in late.says()
    assert "The break before Graz:\n15:00 min won · Ends about" in late.says()
    late.press(CATCH_UP)
    assert late.running.conductor.run.turns[2].talk.pause == 900, "nothing has happened"


@pytest.mark.parametrize("by_mouse", [True, False])
def test_one_press_does_it(late: Desk, by_mouse: bool) -> None:
    late.press(CATCH_UP)
    proposal = late.window._panels.proposals[0]
    if by_mouse:
        late.click("Shorten changeovers to 20 s")
    else:
        late.press(Qt.Key.Key_1)
    run = late.running.conductor.run
    assert [turn.talk.changeover for turn in run.turns] == [45, 20, 20, 20]
    assert forecast(run, late.clock.now_ns()).end_ns == proposal.end_ns
    assert "2 min behind" in late.says()
    assert "Shorten changeovers to 20 s" not in late.buttons(), "it is done"
    cues = read_run(late.folder).cues
    assert [cue.action.talk.id for cue in cues if isinstance(cue.action, Replace)] == ["bern", "graz", "linz"]


def test_what_was_done_can_be_taken_back(late: Desk) -> None:
    late.press(CATCH_UP, Qt.Key.Key_1)
    for _ in ("linz", "graz", "bern"):
        late.press(Qt.Key.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert [turn.talk.changeover for turn in late.running.conductor.run.turns] == [45] * 4
    assert "4 min behind" in late.says()


def test_a_break_left_out_ends_the_matter(late: Desk) -> None:
    late.press(CATCH_UP, Qt.Key.Key_3)
    assert [turn.talk.pause for turn in late.running.conductor.run.turns] == [0, 0, 0, 0]
    assert "The block is not behind." in late.says()
    assert "Catch up" not in late.buttons()


def test_a_deck_that_came_while_the_panel_was_open_stays(late: Desk) -> None:
    late.press(CATCH_UP)
    linz = late.running.conductor.run.turns[3].talk
    late.send(Replace(msgspec.structs.replace(linz, deck="neu.pptx")))
    late.press(Qt.Key.Key_1)
    linz = late.running.conductor.run.turns[3].talk
    assert linz.changeover < 45
    assert linz.deck == "neu.pptx"


def test_two_presses_at_once_are_one_decision(late: Desk) -> None:
    """The second would do what has just come into the first one's place."""
    late.press(CATCH_UP)
    late.rest()
    for _ in range(2):
        QTest.keyClick(late.window.windowHandle(), Qt.Key.Key_1)
        late.settle()
    assert late.running.conductor.run.turns[2].talk.pause == 900
    assert late.session.refusals == 1


def test_the_keys_do_nothing_while_the_panel_is_closed(late: Desk) -> None:
    late.press(Qt.Key.Key_1, Qt.Key.Key_3)
    assert late.session.refusals == 2
    late.press(CATCH_UP, Qt.Key.Key_4)
    assert late.session.refusals == 3
    assert [turn.talk.changeover for turn in late.running.conductor.run.turns] == [45] * 4


def test_no_proposal_is_taken_while_a_question_is_open(late: Desk) -> None:
    late.press(CATCH_UP, Qt.Key.Key_X, Qt.Key.Key_1)
    assert late.session.refusals == 1
    assert late.running.conductor.run.turns[1].talk.changeover == 45


def test_the_narrow_form_has_it_too(late: Desk) -> None:
    late.window.resize(480, 900)
    late.press(CATCH_UP, Qt.Key.Key_2)
    assert late.running.conductor.run.turns[2].talk.pause == 600
    panel = late.window.findChild(CatchUpPanel)
    assert panel is not None
    assert panel.parentWidget().rect().contains(panel.geometry())


def test_what_there_is_no_room_to_show_is_not_taken_by_its_key(late: Desk) -> None:
    late.window.resize(480, 600)
    late.press(CATCH_UP)
    assert "Leave out the break" in late.buttons(), "to be scrolled to"
    late.press(Qt.Key.Key_3)
    assert late.running.conductor.run.turns[2].talk.pause == 900
    assert late.session.refusals == 1


def test_in_german(make_desk: Callable[..., Desk], clock: FakeClock, tmp_path: Path, qtbot: QtBot) -> None:
    desk = Desk(a_run(tmp_path, PAUSED), clock, qtbot, Texts("de"))
    desk.open()
    desk.pass_seconds(45 + 250)
    desk.press(CATCH_UP)
    assert "hinter Plan" in desk.says()
    assert "Wechsel auf 20 s kürzen" in desk.buttons()
    desk.close()
