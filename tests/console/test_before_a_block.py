# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is seen before the console of a block run by hand: nothing, unless a deck is not as it should be or a
run broke off."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pechakucha.block import Block
from pechakucha.console.decks_window import DecksWindow
from pechakucha.console.resume_question import NEW, ResumeQuestion
from pechakucha.console.run_options import RunOptions
from pechakucha.decks.renderers import Choice
from pechakucha.files.journal import JournalWriter
from pechakucha.files.pins import change_pins
from pechakucha.files.run_folder import journal_path, read_snapshot
from pechakucha.opening import WaitingWindow
from pechakucha.show.cues import By, Start
from pechakucha.show.journal import CueRecord, RunRecord
from pechakucha.show.pin import Pin
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts

from .reviewing import SHOW, ULM, Importer

Open = Callable[..., "Opening"]

BY_HAND, AUTO, RESUME = RunOptions(), RunOptions(auto=True), RunOptions(resume=True)


class Opening:
    """A block that is being opened, and how far it came."""

    def __init__(self, path: Path, wanted: RunOptions, qtbot: QtBot, texts: Texts) -> None:
        self._qtbot = qtbot
        self.runs: list[Path] = []
        self.codes: list[int] = []
        self.block = Block(path, wanted, texts)
        self.ways: list[str] = []
        self.block._run = self._begin  # type: ignore[method-assign]
        self.block.left.connect(self.codes.append)

    def open(self) -> None:
        """Until the console comes, or the decks, or nothing any more."""
        self.block.open()
        self._qtbot.waitUntil(lambda: bool(self.runs or self.codes or self.decks))

    @property
    def decks(self) -> DecksWindow | None:
        """The review of the decks, while it is seen."""
        windows = (each for each in QApplication.topLevelWidgets() if isinstance(each, DecksWindow))
        return next((each for each in windows if each.isVisible()), None)

    @property
    def is_waiting(self) -> bool:
        """Whether the bars are seen."""
        windows = (each for each in QApplication.topLevelWidgets() if isinstance(each, WaitingWindow))
        return any(each.isVisible() for each in windows)

    def press(self, key: Qt.Key) -> None:
        """Press a key on the review of the decks."""
        assert self.decks is not None
        self.decks.activateWindow()
        self._qtbot.waitUntil(self.decks.isActiveWindow)
        QTest.keyClick(self.decks.windowHandle(), key)

    def _begin(self, folder: Path, _language: str, way: str = "schedule") -> None:
        """In the place of the console, which begins in the same way."""
        self.ways.append(way)
        self.runs.append(folder)
        self.block._close_opening()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A show of two talks with three slides each, as they should be."""
    path = tmp_path / "show" / "show.toml"
    path.parent.mkdir()
    path.write_text(SHOW, encoding="utf-8")
    for name in ("ulm", "bern"):
        (path.parent / f"{name}.pptx").write_text(f"3 {name}", encoding="utf-8")
    return path


@pytest.fixture
def opening(
    path: Path, tmp_path: Path, qtbot: QtBot, english: Texts, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Open]:
    """Opens a block on decks that the test has made."""
    importer = Importer(path.parent, tmp_path / "library")
    monkeypatch.setattr("pechakucha.opening.import_of", lambda *_: importer)
    monkeypatch.setattr(
        "pechakucha.console.deck_review.choose_renderers", lambda _kind: (Choice("libreoffice", "7"),)
    )

    def make(wanted: RunOptions = BY_HAND) -> Opening:
        made = Opening(path, wanted, qtbot, english)
        made.open()
        return made

    yield make
    for window in QApplication.topLevelWidgets():
        window.close()


def too_short(path: Path) -> None:
    """Bern has sent two slides only."""
    (path.parent / "bern.pptx").write_text("2 bern", encoding="utf-8")


def test_where_everything_is_as_it_should_be_the_console_comes_at_once(
    opening: Open,
) -> None:
    block = opening()
    assert len(block.runs) == 1
    assert block.decks is None


def test_a_deck_that_is_not_ready_is_seen_first(opening: Open, path: Path) -> None:
    too_short(path)
    block = opening()
    assert block.runs == []
    assert block.decks is not None
    assert block.decks.talk == "bern-bbbb"
    assert not block.is_waiting


def test_a_deck_that_changed_since_it_was_approved_is_seen_first(opening: Open, path: Path) -> None:
    change_pins(path, {ULM: Pin(digest="another", renderer="libreoffice", key="0" * 40, ready=True)})
    block = opening()
    assert block.runs == []
    assert block.decks is not None
    assert block.decks.talk == ULM


def test_from_there_the_block_goes_on_with_what_was_decided(opening: Open, path: Path) -> None:
    too_short(path)
    block = opening()
    block.press(Qt.Key.Key_K)
    block.press(Qt.Key.Key_G)
    (folder,) = block.runs
    ulm, bern = read_snapshot(folder).talks
    assert (ulm.blocker, bern.blocker) == (None, None)
    assert [slide.number for slide in bern.slides] == [1, 2, 0]
    assert block.decks is None
    assert block.codes == []


def test_what_is_not_ready_is_no_reason_not_to_go_on(opening: Open, path: Path) -> None:
    too_short(path)
    block = opening()
    block.press(Qt.Key.Key_G)
    (folder,) = block.runs
    assert [talk.blocker is not None for talk in read_snapshot(folder).talks] == [False, True]


@pytest.mark.parametrize("wanted", [AUTO, RESUME], ids=["auto", "resume"])
def test_nobody_is_asked_where_nobody_is_there(opening: Open, path: Path, wanted: RunOptions) -> None:
    too_short(path)
    block = opening(wanted)
    assert len(block.runs) == 1
    assert block.decks is None


def test_whoever_closes_the_decks_leaves_the_block(opening: Open, path: Path) -> None:
    too_short(path)
    block = opening()
    assert block.decks is not None
    block.decks.close()
    assert block.codes == [0]
    assert block.runs == []


# A run that broke off


@pytest.fixture
def broken(opening: Open) -> Path:
    """The folder of a run that broke off in its first talk."""
    (folder,) = opening().runs
    journal = JournalWriter(journal_path(folder))
    journal.write(RunRecord(read_snapshot(folder)))
    journal.write(CueRecord(NS, By.HAND, Start(ULM)))
    journal.close()
    return folder


@pytest.mark.parametrize("way", ["schedule", "rest", "restart"])
def test_a_run_that_broke_off_goes_on_as_was_answered(
    opening: Open, broken: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    asked: list[str] = []

    def ask(question: ResumeQuestion) -> str:
        asked.append(question.windowTitle())
        return way

    monkeypatch.setattr(ResumeQuestion, "ask", ask)
    block = opening()
    assert asked == [read_snapshot(broken).title]
    assert (block.runs, block.ways) == ([broken], [way])


def test_a_new_run_may_begin_instead(opening: Open, broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ResumeQuestion, "ask", lambda _question: NEW)
    (folder,) = opening().runs
    assert folder != broken


def test_whoever_leaves_begins_nothing(opening: Open, broken: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ResumeQuestion, "ask", lambda _question: None)
    block = opening()
    assert (block.runs, block.codes) == ([], [0])


def test_to_resume_is_to_go_on_by_the_schedule_unasked(
    opening: Open, broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(ResumeQuestion, "ask")
    block = opening(RESUME)
    assert (block.runs, block.ways) == ([broken], ["schedule"])


def test_a_run_goes_on_whatever_has_become_of_its_show_file(opening: Open, broken: Path, path: Path) -> None:
    path.write_text("title = ", encoding="utf-8")
    assert opening(RESUME).runs == [broken]


def test_what_was_open_before_the_console_goes_with_it(opening: Open, path: Path, qtbot: QtBot) -> None:
    too_short(path)
    block = opening()
    assert block.decks is not None
    block.decks.close()
    qtbot.waitUntil(
        lambda: (
            not any(isinstance(each, WaitingWindow | DecksWindow) for each in QApplication.topLevelWidgets())
        )
    )
