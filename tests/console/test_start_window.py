# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first window: its three keys, the shows opened lately, and what is dropped onto it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from pechakucha.app import Start
from pechakucha.console.decks_window import DecksWindow
from pechakucha.console.runs_window import RunsWindow
from pechakucha.console.start_window import StartWindow
from pechakucha.files.locations import settings_folder
from pechakucha.files.recent import RecentShow, recent_shows, remember_show
from pechakucha.texts import Texts
from pechakucha.ui.controls import CommandButton

OPEN, CHECK, REHEARSE, EXAMPLE = Qt.Key.Key_O, Qt.Key.Key_C, Qt.Key.Key_P, Qt.Key.Key_E
ACCESSIBLE = Qt.ItemDataRole.AccessibleTextRole


class Person:
    """Somebody before the start window, and what came of it."""

    def __init__(self, qtbot: QtBot, texts: Texts, recent: tuple[RecentShow, ...] = ()) -> None:
        self.window = StartWindow(recent, texts)
        qtbot.addWidget(self.window)
        self.shows: list[Path] = []
        self.checks: list[Path] = []
        self.decks: list[Path] = []
        self.examples = 0
        self.window.show_chosen.connect(self.shows.append)
        self.window.check_chosen.connect(self.checks.append)
        self.window.deck_chosen.connect(self.decks.append)
        self.window.example_chosen.connect(self._count)
        self.window.show()

    def press(self, key: Qt.Key) -> None:
        QTest.keyClick(self.window.windowHandle(), key)

    def drop(self, *paths: Path | QUrl) -> bool:
        """Drag files over the window and let go; whether it took them."""
        data = QMimeData()
        data.setUrls([path if isinstance(path, QUrl) else QUrl.fromLocalFile(str(path)) for path in paths])
        action, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPoint(9, 9), action, data, left, none)
        enter.ignore()
        QApplication.sendEvent(self.window, enter)
        if not enter.isAccepted():
            return False
        drop = QDropEvent(QPointF(9, 9), action, data, left, none)
        drop.ignore()
        QApplication.sendEvent(self.window, drop)
        return drop.isAccepted()

    def says(self) -> str:
        labels = self.window.findChildren(QLabel)
        return "\n".join(each.text() for each in labels if each.isVisible())

    def _count(self) -> None:
        self.examples += 1


@pytest.fixture
def person(qtbot: QtBot, english: Texts) -> Person:
    return Person(qtbot, english)


@pytest.fixture
def chosen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The file dialog: its last entry is what a person chooses; without one they give up."""
    files: list[str] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (files[-1] if files else "", ""))
    return files


# Keys


def test_o_opens_a_show(person: Person, chosen: list[str]) -> None:
    chosen.append("/shows/mashup/show.toml")
    person.press(OPEN)
    assert person.shows == [Path("/shows/mashup/show.toml")]
    assert person.decks == []


def test_c_checks_the_decks_of_a_show(person: Person, chosen: list[str]) -> None:
    chosen.append("/shows/mashup/show.toml")
    person.press(CHECK)
    assert person.checks == [Path("/shows/mashup/show.toml")]
    assert person.shows == []


def test_only_a_show_has_decks_to_check(person: Person, chosen: list[str]) -> None:
    chosen.append("/decks/notes.docx")
    person.press(CHECK)
    assert person.checks == []
    assert "“notes.docx” is neither a show file" in person.says()


@pytest.mark.parametrize("name", ["ulm.pptx", "ulm.PDF"])
def test_p_rehearses_a_deck(person: Person, chosen: list[str], name: str) -> None:
    chosen.append(f"/decks/{name}")
    person.press(REHEARSE)
    assert person.decks == [Path(f"/decks/{name}")]
    assert person.shows == []


def test_e_tries_the_example(person: Person) -> None:
    person.press(EXAMPLE)
    assert person.examples == 1


@pytest.mark.parametrize("key", [OPEN, CHECK, REHEARSE])
def test_whoever_gives_up_in_the_dialog_chooses_nothing(
    person: Person, chosen: list[str], key: Qt.Key
) -> None:
    person.press(key)
    assert (person.shows, person.checks, person.decks, chosen) == ([], [], [], [])


def test_a_held_key_does_nothing_more(person: Person) -> None:
    event = QKeyEvent(QEvent.Type.KeyPress, EXAMPLE, Qt.KeyboardModifier.NoModifier, "e", True)
    QApplication.sendEvent(person.window, event)
    assert person.examples == 0


def test_space_clicks_no_button_and_enter_does(person: Person) -> None:
    example = next(
        each for each in person.window.findChildren(CommandButton) if each.text() == "Try the example"
    )
    example.setFocus()
    person.press(Qt.Key.Key_Space)
    assert person.examples == 0
    person.press(Qt.Key.Key_Return)
    assert person.examples == 1


def test_each_choice_is_a_button_too(person: Person, chosen: list[str]) -> None:
    chosen.append("/shows/show.toml")
    buttons = {each.text(): each for each in person.window.findChildren(CommandButton)}
    QTest.mouseClick(buttons["Open a show …"], Qt.MouseButton.LeftButton)
    QTest.mouseClick(buttons["Check the decks …"], Qt.MouseButton.LeftButton)
    assert person.checks == [Path("/shows/show.toml")]
    QTest.mouseClick(buttons["Try the example"], Qt.MouseButton.LeftButton)
    chosen.append("/decks/ulm.pdf")
    QTest.mouseClick(buttons["Rehearse a deck …"], Qt.MouseButton.LeftButton)
    assert (person.shows, person.examples, person.decks) == (
        [Path("/shows/show.toml")],
        1,
        [Path("/decks/ulm.pdf")],
    )


# Drops


def test_a_show_that_is_dropped_is_run(person: Person, tmp_path: Path) -> None:
    assert person.drop(tmp_path / "show.toml")
    assert person.shows == [tmp_path / "show.toml"]


@pytest.mark.parametrize("name", ["ulm.pptx", "Ulm Straße.pdf"])
def test_a_deck_that_is_dropped_is_rehearsed(person: Person, tmp_path: Path, name: str) -> None:
    assert person.drop(tmp_path / name)
    assert person.decks == [tmp_path / name]


def test_a_folder_that_is_dropped_is_a_deck(person: Person, tmp_path: Path) -> None:
    folder = tmp_path / "pictures.of.ulm"
    folder.mkdir()
    assert person.drop(folder)
    assert person.decks == [folder]


def test_of_several_the_first_is_taken(person: Person, tmp_path: Path) -> None:
    assert person.drop(tmp_path / "ulm.pdf", tmp_path / "show.toml")
    assert (person.decks, person.shows) == ([tmp_path / "ulm.pdf"], [])


def test_anything_else_is_said_to_be_nothing_we_can_take(person: Person, tmp_path: Path) -> None:
    assert person.drop(tmp_path / "notes.docx")
    assert "“notes.docx” is neither a show file" in person.says()
    assert (person.shows, person.decks) == ([], [])
    person.drop(tmp_path / "show.toml")
    assert "neither" not in person.says()


def test_an_address_of_the_web_is_not_taken(person: Person) -> None:
    assert not person.drop(QUrl("https://example.org/show.toml"))
    assert person.shows == []


def test_words_are_not_taken(person: Person) -> None:
    assert not person.drop()


# Shows opened lately


def shows_in(folder: Path, count: int) -> list[Path]:
    """So many show files."""
    paths = [folder / f"show-{number}.toml" for number in range(count)]
    for path in paths:
        path.touch()
    return paths


def test_the_latest_show_comes_first_and_each_once(tmp_path: Path) -> None:
    one, two, three = shows_in(tmp_path, 3)
    for path in (one, two, three, one):
        remember_show(path, path.stem)
    assert [show.path for show in recent_shows()] == [str(one), str(three), str(two)]


def test_eight_shows_are_remembered(tmp_path: Path) -> None:
    for path in shows_in(tmp_path, 10):
        remember_show(path, path.stem)
    assert [show.title for show in recent_shows()] == [f"show-{number}" for number in range(9, 1, -1)]


def test_a_show_that_is_gone_is_left_out(tmp_path: Path) -> None:
    one, two = shows_in(tmp_path, 2)
    remember_show(one, "One")
    remember_show(two, "Two")
    two.unlink()
    assert [show.title for show in recent_shows()] == ["One"]


def test_a_show_has_the_title_it_had_last(tmp_path: Path) -> None:
    (path,) = shows_in(tmp_path, 1)
    remember_show(path, "Mashup")
    remember_show(path, "Mashup 2026")
    assert [show.title for show in recent_shows()] == ["Mashup 2026"]


@pytest.mark.parametrize("content", [b"{", b'{"path": 1}', b"\xff\xfe", b""])
def test_a_broken_list_is_an_empty_one(content: bytes, tmp_path: Path) -> None:
    settings_folder().mkdir(parents=True)
    (settings_folder() / "recent.json").write_bytes(content)
    assert recent_shows() == ()
    (path,) = shows_in(tmp_path, 1)
    remember_show(path, "Mashup")
    assert len(recent_shows()) == 1


def test_a_list_that_cannot_be_written_stops_nobody(tmp_path: Path) -> None:
    settings_folder().parent.mkdir(parents=True, exist_ok=True)
    settings_folder().touch()
    remember_show(tmp_path / "show.toml", "Mashup")
    assert recent_shows() == ()


def test_all_eight_are_offered_in_their_order_and_opened_by_a_click(
    qtbot: QtBot, english: Texts, tmp_path: Path
) -> None:
    recent = tuple(RecentShow(str(path), f"Show {path.stem[-1]}") for path in shows_in(tmp_path, 8))
    person = Person(qtbot, english, recent)
    links = [each for each in person.window.findChildren(CommandButton) if each.text().startswith("Show ")]
    assert [each.text() for each in links] == [show.title for show in recent]
    assert links[3].accessibleName() == "Open Show 3"
    QTest.mouseClick(links[3], Qt.MouseButton.LeftButton)
    assert person.shows == [Path(recent[3].path)]
    assert str(tmp_path) in person.says()


def test_the_decks_of_each_can_be_checked(qtbot: QtBot, english: Texts, tmp_path: Path) -> None:
    recent = tuple(RecentShow(str(path), f"Show {path.stem[-1]}") for path in shows_in(tmp_path, 3))
    person = Person(qtbot, english, recent)
    named = {each.accessibleName(): each for each in person.window.findChildren(CommandButton)}
    QTest.mouseClick(named["Check the decks of Show 1"], Qt.MouseButton.LeftButton)
    assert (person.checks, person.shows) == ([Path(recent[1].path)], [])


def test_only_a_show_that_has_been_run_leads_to_its_runs(
    qtbot: QtBot, english: Texts, tmp_path: Path
) -> None:
    before, after = shows_in(tmp_path, 2)
    journal = after.with_name(f"{after.stem}.runs") / "2021-03-25T08-45-00" / "journal.jsonl"
    journal.parent.mkdir(parents=True)
    journal.touch()
    recent = (RecentShow(str(before), "Before"), RecentShow(str(after), "After"))
    person = Person(qtbot, english, recent)
    asked: list[tuple[Path, str]] = []
    person.window.runs_chosen.connect(lambda path, title: asked.append((path, title)))
    (runs,) = (each for each in person.window.findChildren(CommandButton) if each.text() == "Runs")
    assert runs.accessibleName() == "Runs of After"
    runs.setFocus()
    person.press(Qt.Key.Key_Return)
    assert asked == [(after, "After")]


def test_without_any_it_says_what_a_show_is(person: Person) -> None:
    assert "Nothing yet." in person.says()


# What is opened from it


@pytest.fixture
def start(qtbot: QtBot, english: Texts) -> Iterator[Start]:
    start = Start(english)
    start.open()
    yield start
    for window in QApplication.topLevelWidgets():
        window.close()


def the_window() -> StartWindow:
    """The start window that is seen."""
    seen = [each for each in QApplication.topLevelWidgets() if isinstance(each, StartWindow)]
    return next(each for each in seen if each.isVisible())


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("title = ", "is not a valid show file"),
        ('title = "Mashup"\n', "has no talk"),
        ('title = "Mashup"\ncolour = 1\n[[talk]]\ncity = "Ulm"\ndeck = "u.pdf"\n', "“colour” is not known"),
        (None, "There is no show file at"),
    ],
)
def test_a_show_that_cannot_be_read_says_why_and_the_window_stays(
    start: Start, tmp_path: Path, content: str | None, problem: str
) -> None:
    path = tmp_path / "show.toml"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    window = the_window()
    window.take(path)
    assert window.isVisible()
    said = "\n".join(each.text() for each in window.findChildren(QLabel) if each.isVisible())
    assert problem in said
    assert str(path) in said
    assert recent_shows() == ()


def the_decks() -> list[DecksWindow]:
    """The reviews of decks that are seen."""
    windows = QApplication.topLevelWidgets()
    return [each for each in windows if isinstance(each, DecksWindow) and each.isVisible()]


def test_the_decks_are_checked_and_the_start_window_is_back_afterwards(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    path = tmp_path / "show.toml"
    path.write_text('title = "Mashup"\n[[talk]]\nid = "u"\ncity = "Ulm"\ndeck = "u.pdf"\n', encoding="utf-8")
    the_window().check(path)
    (decks,) = the_decks()
    assert [show.title for show in recent_shows()] == ["Mashup"]
    qtbot.waitUntil(lambda: "“u.pdf” is not there." in str(decks.decks.model().index(0, 0).data(ACCESSIBLE)))
    decks.close()
    assert the_decks() == []
    assert the_window().isVisible()


def test_the_runs_are_looked_at_and_the_start_window_is_back_afterwards(
    start: Start, tmp_path: Path, qtbot: QtBot
) -> None:
    before = the_window()
    before.runs_chosen.emit(tmp_path / "show.toml", "Mashup")
    (runs,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, RunsWindow))
    assert runs.isVisible()
    assert not before.isVisible()
    runs.close()
    assert the_window().isVisible()


def test_decks_of_a_show_that_cannot_be_read_are_not_checked(start: Start, tmp_path: Path) -> None:
    window = the_window()
    window.check(tmp_path / "gone.toml")
    assert the_decks() == []
    said = "\n".join(each.text() for each in window.findChildren(QLabel) if each.isVisible())
    assert "There is no show file at" in said
