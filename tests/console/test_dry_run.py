# SPDX-License-Identifier: AGPL-3.0-or-later
"""A dry run from every window that offers one, its end, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from show.builders import a_talk

from pechakucha.block import Block
from pechakucha.console.dry_run_bar import DryRunBar
from pechakucha.console.dry_run_result import DryRunResult, said_of, summary
from pechakucha.console.run_options import RunOptions
from pechakucha.console.window import ConsoleWindow
from pechakucha.decks.renderers import Choice
from pechakucha.dry_run import DryRun, TryOut, dry_run_of_block, end_or_ask, try_in_place_of
from pechakucha.files.dry_runs import dry_runs
from pechakucha.files.run_folder import begun_runs, read_run, read_snapshot
from pechakucha.live.clock import SystemClock
from pechakucha.live.standby import STANDBY
from pechakucha.show.cues import Cut, End, NoShow, Start
from pechakucha.show.dry_run import Remark, Sight, TalkSeen, Verdict
from pechakucha.show.problem import Finding, Severity
from pechakucha.stage.stage import Stage
from pechakucha.texts import Texts

from .conftest import BLOCK, Desk, end_stage
from .reviewing import SHOW, Importer

D, ESC, ENTER, SPACE = Qt.Key.Key_D, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space

DRY = msgspec.structs.replace(BLOCK, speed=10.0, auto=True)
TOO_FEW = Finding(
    code="slide-count", severity=Severity.ERROR, params={"case": "under", "selected": 2, "wanted": 3}
)
READY = TalkSeen(id="ulm", city="Ulm", verdict=Verdict.READY)
UNSEEN = Remark(code=Sight.UNSEEN, slides=(4, 5, 6, 9))
LOOK = TalkSeen(id="graz", city="Graz", verdict=Verdict.LOOK, remarks=(UNSEEN,))
BLOCKED = TalkSeen(id="bern", city="Bern", verdict=Verdict.NOT_READY, blocker=TOO_FEW)
NOT_RUN = TalkSeen(id="jena", city="Jena", verdict=Verdict.NOT_RUN, remarks=(Remark(code=Sight.NOT_RUN),))


def words_in(window: QWidget) -> str:
    """Every word of a label that is seen."""
    return "\n".join(each.text() for each in window.findChildren(QLabel) if each.isVisible())


# In the console


def asked_of(desk: Desk) -> list[bool]:
    asked: list[bool] = []
    desk.window.dry_run_asked.connect(lambda: asked.append(True))
    return asked


def test_before_the_first_talk_d_asks_for_one(desk: Desk) -> None:
    asked = asked_of(desk)
    desk.press(D)
    assert asked == [True]
    assert desk.session.refusals == 0
    desk._qtbot.waitUntil(lambda: any(each.what == "dry-run" for each in read_run(desk.folder).presses))


def test_so_does_its_button_below_the_rundown(desk: Desk) -> None:
    asked = asked_of(desk)
    desk.click("Dry run")
    assert asked == [True]


def test_from_the_first_talk_on_d_is_refused_and_there_is_no_button(desk: Desk) -> None:
    asked = asked_of(desk)
    desk.press(SPACE)
    assert "Dry run" not in desk.buttons()
    desk.press(D)
    desk.pass_seconds(100)
    desk.press(D)
    assert asked == []
    assert desk.session.refusals == 2


def test_a_key_held_down_or_pressed_twice_asks_once(desk: Desk) -> None:
    asked = asked_of(desk)
    desk.press(D)
    desk.hold_down(D)
    QTest.keyClick(desk.window.windowHandle(), D)
    assert asked == [True]


def test_a_block_says_nothing_of_dry_runs_in_a_bar(desk: Desk) -> None:
    assert not desk.window.findChild(DryRunBar).isVisible()


def test_a_dry_run_says_so_and_can_be_ended_at_any_time(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(DRY)
    assert f"DRY RUN: everything goes by itself, {DRY.speed:g} times as fast." in desk.says()
    asked = asked_of(desk)
    desk.pass_seconds(6)
    desk.press(D)
    assert asked == [True]
    assert not end_or_ask(desk.session, desk.window, desk.texts)
    desk._qtbot.waitUntil(lambda: desk.session.run is not None and desk.session.run.ended_ns is not None)
    desk.window.refresh()
    assert "DRY RUN: everything" not in desk.says()


def test_one_that_ends_in_a_talk_cuts_it(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(DRY)
    desk.pass_seconds(6)
    assert desk.session.run is not None
    assert desk.session.run.on_stage is not None
    assert not end_or_ask(desk.session, desk.window, desk.texts)
    desk._qtbot.waitUntil(lambda: desk.running.conductor.run.ended_ns is not None)
    actions = [cue.action for cue in read_run(desk.folder).cues]
    assert actions == [Start("ulm"), Cut("ulm"), End()]


def test_there_is_none_where_a_talk_was_started_while_it_was_asked(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered: list[QMessageBox] = []

    def answer(box: QMessageBox) -> int:
        desk.send(Start("ulm"))  # by another console
        answered.append(box)
        return 0

    monkeypatch.setattr(QMessageBox, "exec", answer)
    monkeypatch.setattr(QMessageBox, "clickedButton", QMessageBox.defaultButton)  # begin
    assert not end_or_ask(desk.session, desk.window, desk.texts)
    assert len(answered) == 1


# What was seen


def test_each_talk_is_one_line_with_what_to_do(qtbot: QtBot, english: Texts) -> None:
    window = DryRunResult("Mashup", (READY, LOOK, BLOCKED, NOT_RUN), english)
    qtbot.addWidget(window)
    window.show()
    words = words_in(window)
    assert "1 of 4 talks are ready. Not all of them had their turn." in words
    for line in ("Ulm\nready", "Graz\nplease look", "Bern\nnot ready", "Jena\nnot tried"):
        assert line in words
    assert "Slides 4-6, 9 were not seen" in words
    assert "Read the deck again under “Check the decks”" in words
    assert english.remedy(TOO_FEW) in words


def test_where_all_is_well_that_is_all(english: Texts) -> None:
    assert summary((READY, READY), english) == "Everything was seen as it should be."
    assert said_of(READY, english) == []


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("code", list(Sight))
def test_everything_that_may_be_seen_has_words_for_one_and_for_many(language: str, code: Sight) -> None:
    texts = Texts(language)
    for slides, count in (((7,), 1), ((7, 8, 12), 300), ((), 1), ((), 3)):
        remark = Remark(code=code, slides=slides, count=count)
        (said,) = said_of(msgspec.structs.replace(LOOK, remarks=(remark,)), texts)
        assert said.seen
        assert said.to_do
        assert "{" not in said.seen + said.to_do


@pytest.mark.parametrize(("key", "answer"), [(ESC, "back"), (ENTER, "back"), (D, "again")])
def test_keys_lead_on(qtbot: QtBot, english: Texts, key: Qt.Key, answer: str) -> None:
    window = DryRunResult("Mashup", (READY,), english)
    qtbot.addWidget(window)
    answers: list[str] = []
    window.went_back.connect(lambda: answers.append("back"))
    window.again_asked.connect(lambda: answers.append("again"))
    window.show()
    QTest.keyClick(window, key)
    window.close()
    assert answers == [answer]


# The whole way


class Stages:
    """Starts stages in this process, on the machine's clock."""

    def __init__(self) -> None:
        self.running: list[Stage] = []
        self.killed: list[Path] = []

    def start(self, folder: Path, arguments: list[str]) -> bool:
        if arguments[0] == STANDBY:
            return True  # nobody dies here
        stage = Stage(folder, SystemClock(), Texts("en"))
        stage.begin(full=False)
        self.running.append(stage)
        return True

    def close(self) -> None:
        for stage in self.running:
            end_stage(stage)


@pytest.fixture
def stages(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stages]:
    made = Stages()
    monkeypatch.setattr("pechakucha.console.stage_process.start_stage", made.start)
    # They are in this process.
    monkeypatch.setattr("pechakucha.dry_run.end_stage", lambda folder, _pid=0: made.killed.append(folder))
    yield made
    for window in QApplication.topLevelWidgets():
        if isinstance(window, ConsoleWindow):
            window.let_close()
        window.close()
    made.close()


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A show of two talks of three slides."""
    path = tmp_path / "show" / "show.toml"
    path.parent.mkdir()
    path.write_text(SHOW, encoding="utf-8")
    for name in ("ulm", "bern"):
        (path.parent / f"{name}.pptx").write_text(f"3 {name}", encoding="utf-8")
    monkeypatch.setattr(
        "pechakucha.opening.import_of", lambda *_: Importer(path.parent, tmp_path / "library")
    )
    monkeypatch.setattr(
        "pechakucha.console.deck_review.choose_renderers", lambda _kind: (Choice("libreoffice", "7"),)
    )
    return path


def seen_window(kind: type[QWidget]) -> QWidget | None:
    """The window of this kind that is seen."""
    windows = (each for each in QApplication.topLevelWidgets() if isinstance(each, kind))
    return next((each for each in windows if each.isVisible()), None)


def test_from_a_show_to_its_console_its_end_and_back(
    path: Path, stages: Stages, qtbot: QtBot, english: Texts
) -> None:
    before = sorted(each.name for each in path.parent.iterdir()), path.read_bytes()
    dry = DryRun(path, english)
    left: list[int] = []
    dry.left.connect(left.append)
    dry.open()
    qtbot.waitUntil(lambda: bool(stages.running) and seen_window(ConsoleWindow) is not None)
    (folder,) = dry_runs(path)
    snapshot = read_snapshot(folder)
    assert (snapshot.speed, snapshot.auto) == (10.0, True)
    stage = stages.running[0].conductor
    qtbot.waitUntil(lambda: dry._session is not None and dry._session.stage_is_there)
    assert stage.command(NoShow("bern-bbbb")) is None
    assert dry._console is not None
    dry._console.close()  # which ends it at once
    qtbot.waitUntil(lambda: seen_window(DryRunResult) is not None)
    assert seen_window(ConsoleWindow) is None
    result = seen_window(DryRunResult)
    assert result is not None
    assert "Bern\nnot tried" in words_in(result)
    assert left == []
    QTest.keyClick(result, ESC)
    assert left == [0]
    after = sorted(each.name for each in path.parent.iterdir()), path.read_bytes()
    assert after == before
    assert begun_runs(path) == []


def test_one_that_is_ended_before_anything_happened_says_nothing(
    path: Path, stages: Stages, qtbot: QtBot, english: Texts
) -> None:
    dry = DryRun(path, english)
    left: list[int] = []
    dry.left.connect(left.append)
    dry.open()
    qtbot.waitUntil(lambda: dry._session is not None and dry._session.stage_is_there)
    assert dry._console is not None
    dry._console.close()
    qtbot.waitUntil(lambda: left == [0])
    assert seen_window(DryRunResult) is None


def test_once_more_is_another_one(path: Path, stages: Stages, qtbot: QtBot, english: Texts) -> None:
    dry = DryRun(path, english)
    dry.open()
    qtbot.waitUntil(lambda: dry._session is not None and dry._session.stage_is_there)
    assert stages.running[0].conductor.command(NoShow("bern-bbbb")) is None
    assert dry._console is not None
    dry._console.close()
    qtbot.waitUntil(lambda: seen_window(DryRunResult) is not None)
    QTest.keyClick(seen_window(DryRunResult), D)
    qtbot.waitUntil(lambda: len(stages.running) == 2 and seen_window(ConsoleWindow) is not None)
    assert seen_window(DryRunResult) is None
    assert len(dry_runs(path)) == 1


def test_a_block_waits_behind_its_dry_run_and_stays_as_it_was(
    path: Path,
    stages: Stages,
    qtbot: QtBot,
    english: Texts,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    block = Block(path, RunOptions(), english)
    block.open()
    qtbot.waitUntil(lambda: block._session is not None and block._session.stage_is_there)
    console, session = block._console, block._session
    assert console is not None
    assert session is not None
    real = session.run
    asked: list[str] = []

    def begin(box: QMessageBox) -> None:
        asked.append(box.informativeText())
        box.defaultButton().click()

    monkeypatch.setattr(QMessageBox, "exec", begin)
    QTest.qWait(450)  # a hand that rests: this console is on the machine's clock
    QTest.keyClick(console.windowHandle(), D)
    assert asked == [english("dry-run.ask-more", count=1)]
    qtbot.waitUntil(lambda: len(stages.running) == 2)
    assert not console.isVisible()
    trying = block._trying
    assert trying is not None
    qtbot.waitUntil(lambda: trying.dry._session is not None and trying.dry._session.stage_is_there)
    assert trying.dry._console is not None
    trying.dry._console.close()
    qtbot.waitUntil(console.isVisible)
    assert session.run == real
    assert begun_runs(path) == [session.folder]


def test_what_was_left_out_of_the_block_is_left_out_of_its_dry_run(
    make_desk: Callable[..., Desk], path: Path
) -> None:
    desk = make_desk(msgspec.structs.replace(BLOCK, talks=(*BLOCK.talks, a_talk("graz"))))
    desk.send(NoShow("bern"))
    dry = dry_run_of_block(path, desk.session, desk.texts, RunOptions())
    assert dry._make is not None
    snapshot = read_snapshot(dry._make())
    assert [talk.id for talk in snapshot.talks] == ["ulm", "graz"]
    assert all((dry_runs(path)[0] / str(each.picture)).is_file() for each in snapshot.talks[0].slides)


def test_a_window_that_made_room_comes_back(path: Path, stages: Stages, qtbot: QtBot, english: Texts) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    dry = DryRun(path, english)
    trying = try_in_place_of(window, dry)
    assert isinstance(trying, TryOut)
    assert not window.isVisible()
    assert not QApplication.quitOnLastWindowClosed()
    qtbot.waitUntil(lambda: dry._session is not None and dry._session.stage_is_there)
    assert dry._console is not None
    dry._console.close()
    qtbot.waitUntil(window.isVisible)
    assert QApplication.quitOnLastWindowClosed()


def test_a_window_that_made_room_in_vain_comes_back_too(path: Path, qtbot: QtBot, english: Texts) -> None:
    def fail() -> Path:
        raise PermissionError("slides")

    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    with pytest.raises(PermissionError):
        try_in_place_of(window, DryRun(path, english, make=fail))
    assert window.isVisible()
