# SPDX-License-Identifier: AGPL-3.0-or-later
"""One run on stage: begun, listened to, broken off, taken up again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from conftest import ErrorLog
from files.builders import FOUR, a_run, picture_of, with_slides
from live.builders import FakeClock
from PySide6.QtCore import QDir, QSysInfo
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from show.builders import OPENED_NS, OPENED_WALL_NS, a_snapshot, a_talk, after

from pechakucha import __version__
from pechakucha.files.run_folder import journal_path, read_run
from pechakucha.live.link import Listener, link_name
from pechakucha.live.messages import (
    BringForward,
    Command,
    Cued,
    FromStage,
    Greeting,
    Place,
    Pressed,
    Refused,
    Status,
    Taken,
)
from pechakucha.show.cues import (
    Action,
    Black,
    By,
    Cue,
    End,
    GoOn,
    Hold,
    NoShow,
    Reboot,
    Restart,
    Resume,
    Start,
)
from pechakucha.show.journal import Press
from pechakucha.show.problem import Problem
from pechakucha.show.scene import Closing, Countdown, StandingBy
from pechakucha.show.taking_up import Continue
from pechakucha.stage.stage import Stage

from .conftest import BLOCK, ENGLISH, Evening

Open = Callable[..., Evening]
Listen = Callable[[], tuple[Listener, list[FromStage]]]


@pytest.fixture
def boot(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Says which boot of the machine this is."""

    def be(identity: str) -> None:
        monkeypatch.setattr("pechakucha.live.boot.boot_identity", lambda: identity)

    be("boot-1")
    return be


@pytest.fixture
def listen(folder: Path, qtbot: QtBot) -> Iterator[Listen]:
    """A console: what it heard, the greeting first."""
    listeners: list[Listener] = []

    def make() -> tuple[Listener, list[FromStage]]:
        heard: list[FromStage] = []
        listener = Listener()
        listeners.append(listener)
        listener.heard.connect(heard.append)
        listener.connect_to(link_name(folder))
        qtbot.waitUntil(lambda: bool(heard))
        return listener, heard

    yield make
    for listener in listeners:
        listener.close()


def written_cues(evening: Evening) -> list[Cue]:
    """What happened, as the journal tells it when everything is written."""
    evening.close()
    return list(read_run(evening.folder).cues)


def actions(evening: Evening) -> list[Action]:
    """The same, without the times."""
    return [cue.action for cue in written_cues(evening)]


# Beginning


@pytest.mark.usefixtures("boot")
def test_the_journal_begins_with_the_run_as_it_was_opened(open_stage: Open, folder: Path) -> None:
    evening = open_stage()
    evening.do(Start("ulm"))
    evening.close()
    records = [json.loads(line) for line in journal_path(folder).read_text().splitlines()]
    assert [record["record"] for record in records[:1]] == ["run"]
    assert read_run(folder).snapshot == msgspec.structs.replace(
        BLOCK, opened_ns=OPENED_NS, opened_wall_ns=OPENED_WALL_NS, version=__version__, boot="boot-1"
    )


def test_the_run_is_on_disk_before_time_passes(open_stage: Open, folder: Path) -> None:
    open_stage(begin=False)
    assert read_run(folder).snapshot.title == "Mashup"


def test_a_second_stage_of_the_same_run_is_refused(open_stage: Open, folder: Path, clock: FakeClock) -> None:
    first = open_stage()
    with pytest.raises(Problem) as caught:
        Stage(folder, clock, ENGLISH)
    assert caught.value.code == "run-busy"
    first.do(Start("ulm"))  # the first one does not mind
    assert isinstance(first.stage.conductor.state().scene, Countdown)


def test_a_stage_that_could_not_begin_does_not_keep_the_run(
    open_stage: Open, folder: Path, clock: FakeClock
) -> None:
    (folder / "snapshot.json").rename(folder / "elsewhere.json")
    code = ""
    try:
        Stage(folder, clock, ENGLISH)
    except Problem as problem:
        code = problem.code
    assert code == "run-unreadable"
    (folder / "elsewhere.json").rename(folder / "snapshot.json")
    open_stage()


def test_a_run_that_is_not_there_says_so(tmp_path: Path, clock: FakeClock) -> None:
    with pytest.raises(Problem) as caught:
        Stage(tmp_path / "nowhere", clock, ENGLISH)
    assert caught.value.code == "run-not-found"


def test_a_journal_that_cannot_be_opened_is_a_problem(folder: Path, clock: FakeClock) -> None:
    journal_path(folder).mkdir()
    with pytest.raises(Problem) as caught:
        Stage(folder, clock, ENGLISH)
    assert caught.value.code == "run-not-writable"


def test_the_end_closes_everything(open_stage: Open, folder: Path) -> None:
    evening = open_stage()
    evening.do(NoShow("ulm"))
    evening.do(End())
    assert evening.finished == 1
    assert isinstance(read_run(folder).cues[-1].action, End)
    open_stage()  # the run is free


# Listeners


def test_a_console_that_comes_later_knows_everything(open_stage: Open, listen: Listen, folder: Path) -> None:
    evening = open_stage()
    evening.do(Start("ulm"))
    evening.pass_seconds(5)
    _, heard = listen()
    greeting = heard[0]
    assert isinstance(greeting, Greeting)
    assert greeting.snapshot == evening.stage.conductor.run.snapshot
    assert [cue.action for cue in greeting.cues] == [Start("ulm")]
    assert greeting.folder == str(folder)
    assert greeting.status.lateness_ns == 0
    assert (greeting.status.width, greeting.status.height) == evening.stage.window.pixels().toTuple()


def test_a_command_is_obeyed_and_everybody_is_told(open_stage: Open, listen: Listen, qtbot: QtBot) -> None:
    evening = open_stage()
    (one, heard), (_, heard_too) = listen(), listen()
    one.send(Command(5, Start("ulm")))
    started = Cued(Cue(after(0), Start("ulm")), 5)
    qtbot.waitUntil(lambda: started in heard and started in heard_too)
    assert isinstance(evening.stage.conductor.state().scene, Countdown)


def test_a_refusal_goes_to_who_asked_and_the_counter_to_all(
    open_stage: Open, listen: Listen, qtbot: QtBot
) -> None:
    open_stage()
    (one, heard), (_, heard_too) = listen(), listen()
    one.send(Command(6, Hold()))
    qtbot.waitUntil(lambda: any(isinstance(each, Refused) for each in heard))
    assert [each.number for each in heard if isinstance(each, Refused)] == [6]
    qtbot.waitUntil(lambda: any(isinstance(each, Status) and each.refusals == 1 for each in heard_too))
    assert not any(isinstance(each, Refused) for each in heard_too)


def test_where_the_stage_was_put_is_recorded_and_where_it_could_not_be_is_refused(
    open_stage: Open, listen: Listen, folder: Path, qtbot: QtBot
) -> None:
    evening = open_stage()
    one, _ = listen()
    for message in (Place(1), Place(7), BringForward()):
        one.send(message)
    qtbot.waitUntil(lambda: evening.stage.conductor.refusals == 1)
    name = QGuiApplication.primaryScreen().name()
    evening.close()
    assert [(each.what, each.refused, each.detail) for each in read_run(folder).presses] == [
        ("place", "", name),
        ("place", "screen-gone", ""),
        ("bring-forward", "", ""),
    ]


def test_a_wish_may_be_asked_twice_and_counts_once(
    open_stage: Open, listen: Listen, folder: Path, qtbot: QtBot
) -> None:
    evening = open_stage()
    one, heard = listen()
    name = QGuiApplication.primaryScreen().name()
    wish = Place(1, name, number=3, source="desk")
    one.send(wish)
    one.send(wish)
    qtbot.waitUntil(lambda: heard.count(Taken(3)) == 2)
    evening.close()
    assert [(each.what, each.detail) for each in read_run(folder).presses] == [("place", name)]


def test_another_screen_that_has_got_its_number_is_not_taken_for_it(
    open_stage: Open, listen: Listen, folder: Path, qtbot: QtBot
) -> None:
    evening = open_stage()
    one, heard = listen()
    one.send(Place(1, "pulled", number=2))
    qtbot.waitUntil(lambda: Taken(2) in heard)
    evening.close()
    assert [(each.what, each.refused) for each in read_run(folder).presses] == [("place", "screen-gone")]


def test_a_press_at_the_console_is_taken_and_counted_for_all(
    open_stage: Open, listen: Listen, folder: Path, qtbot: QtBot
) -> None:
    evening = open_stage()
    (one, heard), (_, heard_too) = listen(), listen()
    one.send(Pressed(number=4, at_ns=after(0), what="cut", refused="not-on-stage", source="desk"))
    qtbot.waitUntil(lambda: Taken(4) in heard)
    qtbot.waitUntil(lambda: any(isinstance(each, Status) and each.refusals == 1 for each in heard_too))
    assert Taken(4) not in heard_too
    evening.close()
    assert read_run(folder).presses == (Press(after(0), "cut", "not-on-stage", source="desk", number=4),)
    again = open_stage()
    assert again.stage.conductor.refusals == 1, "it counts on after a restart"


def test_a_start_by_itself_carries_no_number(tmp_path: Path, open_stage: Open, qtbot: QtBot) -> None:
    automatic = a_snapshot(with_slides(a_talk("ulm")), format=FOUR, auto=True)
    folder = a_run(tmp_path / "auto", automatic)
    evening = open_stage(folder)
    heard: list[FromStage] = []
    listener = Listener()
    listener.heard.connect(heard.append)
    listener.connect_to(link_name(folder))
    qtbot.waitUntil(lambda: bool(heard))
    evening.pass_seconds(43)
    qtbot.waitUntil(lambda: Cued(Cue(after(42), Start("ulm"), By.AUTO)) in heard)
    listener.close()


def test_when_the_disk_is_gone_the_console_is_told_and_when_it_is_back_too(
    open_stage: Open, listen: Listen, folder: Path, qtbot: QtBot, error_log: ErrorLog
) -> None:
    error_log.expect("the journal can't be written")
    evening = open_stage()
    _, heard = listen()
    size = evening.stage.window.pixels()
    first = [picture_of("ulm", number) for number in (1, 2, 3)]
    qtbot.waitUntil(lambda: all(evening.stage.pager.knows(name, size) for name in first))
    away = folder.with_name("away")
    folder.rename(away)
    evening.do(Start("ulm"))
    qtbot.waitUntil(lambda: any(isinstance(each, Status) and not each.recording for each in heard))
    away.rename(folder)
    qtbot.waitUntil(lambda: isinstance(heard[-1], Status) and heard[-1].recording)
    assert actions(evening) == [Start("ulm")]


def test_a_run_whose_folder_is_gone_is_shown_to_its_end(
    open_stage: Open, folder: Path, qtbot: QtBot, error_log: ErrorLog
) -> None:
    error_log.expect("the journal can't be written")
    evening = open_stage()
    last = [picture_of("bern", number) for number in range(1, FOUR.slides + 1)]
    qtbot.waitUntil(lambda: all(evening.stage.pager.holds(name) for name in last))
    folder.rename(folder.with_name("away"))
    evening.do(Start("ulm"))
    evening.pass_seconds(3 + 80 + 10)
    evening.do(Start("bern"))
    for number in range(1, FOUR.slides + 1):
        evening.pass_seconds(3 + 1 if number == 1 else 20)
        assert evening.sees_slide("bern", number)
    folder.with_name("away").rename(folder)


# Taking up a run that broke off


def broken_off(evening: Evening, seconds: float) -> None:
    """Ulm is on stage, the process dies, and so many seconds pass."""
    evening.do(Start("ulm"))
    evening.pass_seconds(10)
    evening.close()
    evening.clock.pass_seconds(seconds)


@pytest.mark.usefixtures("boot")
@pytest.mark.parametrize("attended", [True, False])
@pytest.mark.parametrize("seconds", [1, 16])
def test_a_stage_started_again_is_where_the_schedule_is(
    open_stage: Open, folder: Path, attended: bool, seconds: float
) -> None:
    broken_off(open_stage(), seconds)
    again = open_stage(attended=attended)
    assert again.sees_slide("ulm", 1 if seconds == 1 else 2)
    assert again.stage.conductor.state().held_ns is None
    assert actions(again) == [Start("ulm")]


@pytest.mark.usefixtures("boot")
def test_what_the_slide_had_left_is_left_after_the_break(open_stage: Open, folder: Path) -> None:
    broken_off(open_stage(), 1000)
    again = open_stage(go_on=Continue.REST)
    assert again.sees_slide("ulm", 1)
    again.pass_seconds(12.9)
    assert again.sees_slide("ulm", 1)
    again.pass_seconds(0.1)
    assert again.sees_slide("ulm", 2)
    assert written_cues(again)[1:] == [
        Cue(after(10), Hold("gap"), By.AUTO),
        Cue(after(1010), Resume(GoOn.REST)),
    ]


@pytest.mark.usefixtures("boot")
def test_the_talk_can_begin_again_after_the_break(open_stage: Open, folder: Path) -> None:
    broken_off(open_stage(), 1000)
    again = open_stage(go_on=Continue.RESTART)
    assert again.stage.conductor.state().scene == Countdown("ulm", 3, after(1013))
    assert actions(again) == [Start("ulm"), Restart("ulm")]


@pytest.mark.usefixtures("boot")
@pytest.mark.parametrize("go_on", list(Continue))
def test_a_talk_that_was_over_before_the_break_stays_over(
    open_stage: Open, folder: Path, go_on: Continue
) -> None:
    evening = open_stage()
    evening.do(Start("ulm"))
    evening.pass_seconds(200)  # and the break, of which the journal knows no cue
    evening.close()
    evening.clock.pass_seconds(30)
    again = open_stage(go_on=go_on)
    assert isinstance(again.stage.conductor.state().scene, StandingBy)
    assert actions(again) == [Start("ulm")]


@pytest.mark.usefixtures("boot")
def test_a_held_talk_stays_held_after_the_break(open_stage: Open) -> None:
    evening = open_stage()
    evening.do(Start("ulm"))
    evening.pass_seconds(10)
    evening.do(Hold())
    evening.close()
    evening.clock.pass_seconds(100)
    again = open_stage()
    assert again.stage.conductor.state().held_ns == after(10)
    assert again.sees_slide("ulm", 1)


@pytest.mark.usefixtures("boot")
def test_what_covered_the_stage_covers_it_after_the_break(open_stage: Open) -> None:
    evening = open_stage()
    evening.do(Start("ulm"))
    evening.do(Black(on=True))
    evening.close()
    assert open_stage().stage.conductor.state().black


@pytest.mark.usefixtures("boot")
def test_a_slide_painted_before_and_after_the_break_is_recorded_once(open_stage: Open, folder: Path) -> None:
    broken_off(open_stage(), 1)
    again = open_stage()
    again.pass_seconds(12)
    again.close()
    assert [shown.index for shown in read_run(folder).shown] == [0, 1]


@pytest.mark.usefixtures("boot")
def test_a_slide_at_which_three_stages_die_is_the_citys_card(
    open_stage: Open, folder: Path, error_log: ErrorLog, qtbot: QtBot
) -> None:
    error_log.expect("left out")
    broken_off(open_stage(), 0.3)
    for _ in range(2):
        again = open_stage()
        assert again.sees_slide("ulm", 1)
        again.close()
        again.clock.pass_seconds(0.3)
    careful = open_stage()
    assert not careful.sees_slide("ulm", 1)
    size = careful.stage.window.pixels()
    assert not careful.stage.pager.knows(picture_of("ulm", 2), size), "the next one may be what kills"
    careful.pass_seconds(13)
    assert careful.sees_slide("ulm", 2)
    assert [shown.index for shown in read_run(folder).shown] == [0, 1]


@pytest.mark.usefixtures("boot")
def test_no_talk_starts_by_itself_while_nobody_is_there(tmp_path: Path, open_stage: Open) -> None:
    """Resumed an hour later, the next talk begins then, and is not over unseen."""
    automatic = a_snapshot(with_slides(a_talk("ulm")), with_slides(a_talk("bern")), format=FOUR, auto=True)
    folder = a_run(tmp_path / "auto", automatic)
    evening = open_stage(folder, attended=False)
    evening.pass_seconds(45 + 80 + 10)
    evening.close()
    evening.clock.pass_seconds(3600)
    again = open_stage(folder, attended=False)
    assert again.stage.conductor.state().scene == Countdown("bern", 3, after(135 + 3600 + 3))


@pytest.mark.usefixtures("boot")
def test_a_stage_killed_in_mid_line_is_taken_up(open_stage: Open, folder: Path) -> None:
    broken_off(open_stage(), 1)
    with journal_path(folder).open("ab") as journal:
        journal.write(b'{"record":"cue","at_ns":43')
    again = open_stage()
    again.do(Hold())
    assert actions(again) == [Start("ulm"), Hold()]


@pytest.mark.usefixtures("boot")
def test_a_run_that_had_ended_ends_at_once(open_stage: Open, folder: Path, qtbot: QtBot) -> None:
    evening = open_stage()
    evening.do(End())
    evening.close()
    again = open_stage()
    assert isinstance(again.stage.conductor.state().scene, Closing)
    qtbot.waitUntil(lambda: again.finished == 1)
    assert actions(again) == [End()]


def test_a_journal_without_a_run_is_a_problem(open_stage: Open, folder: Path) -> None:
    journal_path(folder).write_bytes(b"hello\n")
    with pytest.raises(Problem) as caught:
        open_stage()
    assert caught.value.code == "journal-unreadable"


# Another boot


@pytest.fixture
def after_reboot(folder: Path, boot: Callable[[str], None], qtbot: QtBot) -> Iterator[Callable[..., Evening]]:
    """Ulm is on stage for ten seconds; then the machine is off and counts from nothing again."""
    opened: list[Evening] = []

    def be(seconds: float, *, go_on: Continue = Continue.SCHEDULE, up_ns: int = 60_000_000_000) -> Evening:
        before = Evening(folder, FakeClock(), qtbot, attended=True, go_on=Continue.SCHEDULE)
        before.begin()
        before.do(Start("ulm"))
        before.pass_seconds(10)
        before.close()
        boot("boot-2")
        wall_ns = before.clock.wall_ns() + round(seconds * 1_000_000_000)
        evening = Evening(folder, FakeClock(up_ns, wall_ns), qtbot, attended=True, go_on=go_on)
        opened.append(evening)
        evening.begin()
        return evening

    yield be
    for evening in opened:
        evening.close()


@pytest.mark.parametrize("up_ns", [60_000_000_000, OPENED_NS + 5, 90_000_000_000_000])
def test_after_a_reboot_the_wall_clock_tells_where_the_schedule_is(
    after_reboot: Callable[..., Evening], folder: Path, up_ns: int
) -> None:
    evening = after_reboot(35, up_ns=up_ns)
    assert evening.stage.conductor.now_ns() == after(45)
    assert evening.sees_slide("ulm", 3)
    assert evening.stage.conductor.state().held_ns is None
    evening.pass_seconds(18)
    assert evening.sees_slide("ulm", 4)
    assert actions(evening) == [Start("ulm"), Reboot("boot-2", after(45) - up_ns)]


def test_after_a_reboot_the_slide_can_have_its_rest(
    after_reboot: Callable[..., Evening], folder: Path
) -> None:
    evening = after_reboot(1000, go_on=Continue.REST)
    assert evening.sees_slide("ulm", 1)
    evening.pass_seconds(13)
    assert evening.sees_slide("ulm", 2)
    assert [type(action) for action in actions(evening)] == [Start, Hold, Reboot, Resume]


def test_after_a_reboot_the_talk_can_begin_again(after_reboot: Callable[..., Evening], folder: Path) -> None:
    evening = after_reboot(1000, go_on=Continue.RESTART)
    assert evening.stage.conductor.state().scene == Countdown("ulm", 3, after(1013))
    assert [type(action) for action in actions(evening)] == [Start, Reboot, Restart]


def test_a_wall_clock_set_back_meanwhile_never_turns_the_run_back(
    after_reboot: Callable[..., Evening],
) -> None:
    evening = after_reboot(-5000)
    assert evening.stage.conductor.now_ns() == after(10)
    assert evening.sees_slide("ulm", 1)


def test_a_second_reboot_is_accounted_for_too(
    after_reboot: Callable[..., Evening], folder: Path, boot: Callable[[str], None], qtbot: QtBot
) -> None:
    evening = after_reboot(15)
    evening.pass_seconds(5)
    evening.close()
    boot("boot-3")
    clock = FakeClock(1_000, evening.clock.wall_ns() + 20_000_000_000)
    again = Evening(folder, clock, qtbot, attended=True, go_on=Continue.SCHEDULE)
    again.begin()
    assert again.stage.conductor.now_ns() == after(50)
    assert [type(action) for action in actions(again)] == [Start, Reboot, Reboot]


def test_a_lock_that_another_program_holds_by_now_is_taken_over(
    open_stage: Open, folder: Path, tmp_path: Path
) -> None:
    # A dead stage's process number has gone to somebody else, whose program has the same name.
    program = Path(sys.executable).resolve()
    other = subprocess.Popen([program, "-I", "-c", "input()"], stdin=subprocess.PIPE)
    lock = Path(QDir.temp().filePath(f"{link_name(folder)}.lock"))
    host = QSysInfo.machineHostName()
    unique = bytes(QSysInfo.machineUniqueId().data()).decode()
    boot = bytes(QSysInfo.bootUniqueId().data()).decode()
    lock.write_text(f"{other.pid}\n{program.name}\n{host}\n{unique}\n{boot}\n", encoding="utf-8")
    try:
        assert open_stage().stage.conductor.run.snapshot.title == BLOCK.title
    finally:
        other.communicate()
