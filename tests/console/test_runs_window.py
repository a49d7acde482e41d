# SPDX-License-Identifier: AGPL-3.0-or-later
"""The runs of earlier days, as a person goes through them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtCore import QFile, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QMessageBox
from pytestqt.qtbot import QtBot
from show.builders import OPENED_WALL_NS, a_snapshot, after

from pechakucha.console.runs_window import RunsWindow
from pechakucha.files.journal import JournalWriter
from pechakucha.files.run_folder import journal_path, make_run
from pechakucha.live.link import stage_lock
from pechakucha.show.cues import By, Cut, End, Start
from pechakucha.show.journal import CueRecord, RunRecord
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts

DAY_NS = 24 * 3600 * NS


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A show file."""
    path = tmp_path / "mashup.toml"
    path.write_text("", encoding="utf-8")
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was opened in the browser."""
    pages: list[Path] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: pages.append(Path(url.toLocalFile())))
    return pages


@pytest.fixture
def trashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was put into the trash."""
    names: list[str] = []
    monkeypatch.setattr(
        QFile, "moveToTrash", staticmethod(lambda name: names.append(Path(name).name) or True)
    )
    return names


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[str]]:
    """What the person answers when asked; gathers the questions."""

    def give(words: str) -> list[str]:
        asked: list[str] = []

        def choose(box: QMessageBox) -> QAbstractButton:
            asked.append(f"{box.text()} {box.informativeText()}")
            return next(each for each in box.buttons() if each.text() == words)

        monkeypatch.setattr(QMessageBox, "exec", lambda _box: 0)
        monkeypatch.setattr(QMessageBox, "clickedButton", choose)
        return asked

    return give


def a_past_run(show: Path, day: int, *, speed: float = 1.0, ends: bool = True, broken: bool = False) -> Path:
    """A run so many days after 25 March 2021: Ulm cut short, Bern never begun."""
    snapshot = msgspec.structs.replace(
        a_snapshot("ulm", "bern", speed=speed), opened_wall_ns=OPENED_WALL_NS + day * DAY_NS
    )
    now = dt.datetime(2021, 3, 25, 8, 45, tzinfo=dt.UTC) + dt.timedelta(days=day)
    folder = make_run(show, snapshot, {}, now)
    journal = JournalWriter(journal_path(folder), sync=lambda _: None)
    journal.note(RunRecord(snapshot))
    journal.note(CueRecord(after(7), By.HAND, Start("ulm")))
    if ends:
        journal.note(CueRecord(after(60), By.HAND, Cut("ulm")))
        journal.note(CueRecord(after(90), By.HAND, End()))
    journal.close()
    if broken:
        journal_path(folder).write_text("nonsense\n", encoding="utf-8")
    return folder


class Reader:
    """Somebody before the window."""

    def __init__(self, show: Path, qtbot: QtBot, texts: Texts) -> None:
        self.window = RunsWindow(show, "Mashup", texts)
        qtbot.addWidget(self.window)
        self.closed: list[bool] = []
        self.window.closed.connect(lambda: self.closed.append(True))
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)
        qtbot.waitUntil(lambda: "read" not in self.says())

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.focusWidget(), key, modifiers)

    def says(self) -> str:
        labels = self.window.findChildren(QLabel)
        return "\n".join(each.text() for each in labels if each.isVisible())

    def listed(self) -> list[str]:
        return [row.spoken for row in self.window.runs.rows]

    def selected(self) -> list[str]:
        return [row.run.folder.name[:10] for row in self.window.runs.selected()]

    def columns(self) -> list[str]:
        table = self.window.compared
        items = [table.horizontalHeaderItem(each) for each in range(table.columnCount())]
        return [each.text() for each in items if each is not None]


@pytest.fixture
def reader(show: Path, qtbot: QtBot, english: Texts) -> Iterator[Callable[..., Reader]]:
    made: list[Reader] = []

    def make(path: Path = show) -> Reader:
        made.append(Reader(path, qtbot, english))
        return made[-1]

    yield make
    for each in made:
        each.window.close()


def test_every_run_is_listed_the_newest_first_and_a_broken_one_hides_none(
    show: Path, reader: Callable[[], Reader]
) -> None:
    a_past_run(show, 0)
    a_past_run(show, 1, speed=10.0)
    a_past_run(show, 2, broken=True)
    a_past_run(show, 3, ends=False)
    person = reader()
    assert "4 runs" in person.says()
    newest, broken, dry, oldest = person.listed()
    assert newest.startswith("March 28, 2021")
    assert "Not finished" in newest
    assert broken.startswith("2021-03-27T08-45-00. Can't be read. ")
    assert dry.startswith("March 26, 2021")
    assert "Dry run 10 ×" in dry
    assert oldest.startswith("March 25, 2021")
    assert "1 of 2 talks, 1 of them cut short." in oldest
    assert person.selected() == ["2021-03-28"]
    assert len(person.columns()) == 1


def test_where_there_is_no_run_that_is_said(reader: Callable[[], Reader], opened: list[Path]) -> None:
    person = reader()
    assert "No run yet." in person.says()
    person.press(Qt.Key.Key_O)
    person.press(Qt.Key.Key_Delete)
    assert opened == []


@pytest.mark.parametrize("key", [Qt.Key.Key_O, Qt.Key.Key_Return])
def test_the_report_of_the_run_that_is_selected_opens(
    show: Path, reader: Callable[[], Reader], opened: list[Path], key: Qt.Key
) -> None:
    older = a_past_run(show, 0)
    a_past_run(show, 1)
    person = reader()
    person.press(Qt.Key.Key_Down)
    person.press(key)
    assert opened == [older / "report.html"]
    assert "Mashup" in opened[0].read_text(encoding="utf-8")


def test_the_browser_is_told_the_whole_path_of_a_show_opened_from_its_folder(
    show: Path, reader: Callable[..., Reader], opened: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = a_past_run(show, 0)
    monkeypatch.chdir(show.parent)
    reader(Path(show.name)).press(Qt.Key.Key_O)
    assert opened == [run / "report.html"]


def test_a_report_that_was_written_once_opens_though_its_journal_is_broken(
    show: Path, reader: Callable[[], Reader], opened: list[Path]
) -> None:
    run = a_past_run(show, 0, broken=True)
    person = reader()
    person.press(Qt.Key.Key_O)
    assert opened == []
    assert "is not the record of a run" in person.says()
    (run / "report.html").write_text("as it was", encoding="utf-8")
    person.press(Qt.Key.Key_O)
    assert opened == [run / "report.html"]
    assert "is not the record of a run" not in person.says()


def test_shift_puts_runs_side_by_side_the_oldest_first(
    show: Path, reader: Callable[[], Reader], opened: list[Path]
) -> None:
    for day in range(3):
        a_past_run(show, day)
    person = reader()
    person.press(Qt.Key.Key_P)
    assert opened == []  # one run alone is nothing to compare
    person.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert person.selected() == ["2021-03-27", "2021-03-26"]
    assert [each.splitlines()[0] for each in person.columns()] == ["March 26, 2021", "March 27, 2021"]
    assert not person.window.open_report.isEnabled()
    assert not person.window.delete.isEnabled()
    person.press(Qt.Key.Key_P)
    assert opened == [show.with_name("mashup.runs") / "comparison.html"]
    page = opened[0].read_text(encoding="utf-8")
    assert page.index("March 26, 2021") < page.index("March 27, 2021")


def test_a_run_is_deleted_after_it_was_named(
    show: Path, reader: Callable[[], Reader], trashed: list[str], answer: Callable[[str], list[str]]
) -> None:
    a_past_run(show, 0)
    run = a_past_run(show, 1)
    person = reader()
    asked = answer("Back")
    person.press(Qt.Key.Key_Delete)
    assert "March 26, 2021" in asked[0]
    assert "0.1 MB" in asked[0]
    assert str(run) in asked[0]
    assert trashed == []
    assert len(person.listed()) == 2
    answer("Delete")
    person.press(Qt.Key.Key_Delete)
    assert trashed == [run.name]
    assert "1 run" in person.says()
    assert person.selected() == ["2021-03-25"]


def test_a_run_that_a_stage_holds_stays_and_says_why(
    show: Path, reader: Callable[[], Reader], trashed: list[str], answer: Callable[[str], list[str]]
) -> None:
    run = a_past_run(show, 0, ends=False)
    lock = stage_lock(run)
    assert lock.tryLock(0)
    person = reader()
    answer("Delete")
    person.press(Qt.Key.Key_Delete)
    assert trashed == []
    assert "is on stage, or a stage still has it" in person.says()
    assert len(person.listed()) == 1


def test_esc_closes(reader: Callable[[], Reader]) -> None:
    person = reader()
    person.press(Qt.Key.Key_Escape)
    assert person.closed == [True]


def test_to_close_while_runs_are_read_waits_for_none_of_the_others(
    show: Path, qtbot: QtBot, english: Texts
) -> None:
    for day in range(5):
        a_past_run(show, day)
    window = RunsWindow(show, "Mashup", english)
    qtbot.addWidget(window)
    window.close()
    assert window.runs.rows == ()
