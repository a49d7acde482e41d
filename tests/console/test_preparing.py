# SPDX-License-Identifier: AGPL-3.0-or-later
"""Importing beside the window: a bar a deck and one for all, giving up, and failing."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import ErrorLog
from decks.conftest import is_near, picture
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QProgressBar
from pytestqt.qtbot import QtBot

from pechakucha.console.deck_review import DeckState
from pechakucha.console.preparing import Preparation, PreparingView
from pechakucha.console.state_mark import StateMark
from pechakucha.decks.importing import Cancelled
from pechakucha.decks.library import Imported
from pechakucha.show.deck import Deck, Slide
from pechakucha.show.plan import Show, Talk
from pechakucha.show.problem import Problem
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton

SHOW = Show(
    title="Mashup",
    talks=tuple(Talk(id=city.lower(), city=city, deck=f"{city}.pdf") for city in ("Ulm", "Bern", "Graz")),
)

Tell = Callable[[str, int, int], None]
GiveUp = Callable[[], bool]


class Waiting:
    """Somebody who looks at the preparations."""

    def __init__(self, qtbot: QtBot, texts: Texts) -> None:
        self.view = PreparingView(SHOW, Path("/shows/mashup/show.toml"), texts)
        qtbot.addWidget(self.view)
        self.view.resize(1200, 700)
        self.view.show()

    def bars(self) -> list[tuple[str, float]]:
        """Each bar with its name ("" for all) and how full it is."""
        bars = self.view.findChildren(QProgressBar)
        return [(bar.accessibleName(), max(0, bar.value()) / bar.maximum()) for bar in bars]

    def bar_of(self, city: str) -> QProgressBar:
        return next(bar for bar in self.view.findChildren(QProgressBar) if bar.accessibleName() == city)

    def says(self) -> str:
        return "\n".join(each.text() for each in self.view.findChildren(QLabel) if each.isVisible())

    @property
    def cancel(self) -> CommandButton:
        button = self.view.findChild(CommandButton)
        assert isinstance(button, CommandButton)
        return button


@pytest.fixture
def waiting(qtbot: QtBot, english: Texts) -> Waiting:
    return Waiting(qtbot, english)


@pytest.fixture
def prepare() -> Iterator[Callable[..., Preparation]]:
    """Makes preparations; none outlives its test."""
    made: list[Preparation] = []

    def make(importing: Callable[[Tell, GiveUp], dict[str, Imported]]) -> Preparation:
        made.append(Preparation(importing))
        return made[-1]

    yield make
    for preparation in made:
        preparation.cancel()
        assert preparation.wait(5000)


# What is seen


def test_at_first_every_deck_waits(waiting: Waiting) -> None:
    assert set(waiting.bars()) == {("Ulm", 0), ("Bern", 0), ("Graz", 0), ("", 0)}
    assert waiting.says().count("waits") == 3
    assert "Mashup is being prepared" in waiting.says()
    assert "/shows/mashup/show.toml" in waiting.says()
    assert "0 of 3 decks are there" in waiting.says()


def test_each_deck_has_its_own_bar_and_all_of_them_one(waiting: Waiting) -> None:
    waiting.view.show_progress("bern", 5, 20)
    assert dict(waiting.bars()) == {"Ulm": 0, "Bern": 0.25, "Graz": 0, "": 0}
    assert "5 of 20 slides" in waiting.says()
    waiting.view.show_progress("bern", 20, 20)
    waiting.view.show_progress("ulm", 34, 34)
    assert dict(waiting.bars()) == {"Ulm": 1, "Bern": 1, "Graz": 0, "": pytest.approx(2 / 3)}
    assert "2 of 3 decks are there" in waiting.says()


def test_a_deck_counts_once(waiting: Waiting) -> None:
    for _ in range(3):
        waiting.view.show_progress("ulm", 20, 20)
    assert "1 of 3 decks are there" in waiting.says()


def test_a_deck_without_slides_is_there_too(waiting: Waiting) -> None:
    waiting.view.show_progress("ulm", 0, 0)
    assert dict(waiting.bars())["Ulm"] == 1
    assert "1 of 3 decks are there" in waiting.says()


def test_a_deck_shows_its_first_picture_as_soon_as_it_is_there(waiting: Waiting) -> None:
    at = waiting.bar_of("Bern").mapTo(waiting.view, QPoint(0, 4)).y()
    before = waiting.view.grab().toImage().pixelColor(104, at)
    image = QImage(320, 180, QImage.Format.Format_RGB32)
    image.fill(QColor("#c02020"))
    waiting.view.show_picture("bern", image)
    assert before == theme.RAISED
    assert waiting.view.grab().toImage().pixelColor(104, at) == QColor("#c02020")


def test_a_deck_that_is_there_says_what_it_is_like_and_what_drew_it(waiting: Waiting) -> None:
    waiting.view.show_progress("bern", 34, 34)
    waiting.view.show_deck("bern", DeckState.NOT_READY, "34 slides · drawn by LibreOffice")
    assert "34 slides · drawn by LibreOffice" in waiting.says()
    marks = [each.words for each in waiting.view.findChildren(StateMark)]
    assert marks == ["", "not ready", ""]


@pytest.mark.parametrize("way", ["click", "Enter", "Esc"])
def test_whoever_does_not_want_to_wait_is_heard(waiting: Waiting, qtbot: QtBot, way: str) -> None:
    waiting.view.activateWindow()
    qtbot.waitUntil(waiting.view.isActiveWindow)
    with qtbot.waitSignal(waiting.view.cancel_asked, timeout=1000):
        if way == "click":
            QTest.mouseClick(waiting.cancel, Qt.MouseButton.LeftButton)
        elif way == "Esc":
            QTest.keyClick(waiting.view.windowHandle(), Qt.Key.Key_Escape)
        else:
            waiting.cancel.setFocus()
            QTest.keyClick(waiting.view.windowHandle(), Qt.Key.Key_Return)


def test_giving_up_is_seen_and_asked_for_once(waiting: Waiting) -> None:
    waiting.view.show_cancelling()
    assert "Giving up …" in waiting.says()
    assert not waiting.cancel.isEnabled()


# The work beside it


def test_progress_and_result_come_from_the_thread(
    waiting: Waiting, prepare: Callable[..., Preparation], qtbot: QtBot
) -> None:
    threads: list[int] = []

    def importing(tell: Tell, _give_up: GiveUp) -> dict[str, Imported]:
        threads.append(threading.get_ident())
        for talk in SHOW.talks:
            tell(talk.id, 10, 20)
            tell(talk.id, 20, 20)
        return {}

    preparation = prepare(importing)
    preparation.progressed.connect(waiting.view.show_progress)
    with qtbot.waitSignal(preparation.prepared) as prepared:
        preparation.start()
    assert prepared.args == [{}]
    assert threads != [threading.get_ident()]
    qtbot.waitUntil(lambda: "3 of 3 decks are there" in waiting.says())


def test_a_cancelled_import_ends_without_a_result(
    waiting: Waiting, prepare: Callable[..., Preparation], qtbot: QtBot
) -> None:
    begun = threading.Event()

    def importing(_tell: Tell, give_up: GiveUp) -> dict[str, Imported]:
        begun.set()
        asked = threading.Event()
        while not give_up():
            asked.wait(0.01)
        raise Cancelled

    preparation = prepare(importing)
    results: list[object] = []
    preparation.prepared.connect(results.append)
    preparation.failed.connect(results.append)
    waiting.view.cancel_asked.connect(preparation.cancel)
    preparation.start()
    assert begun.wait(5)
    with qtbot.waitSignal(preparation.cancelled):
        QTest.mouseClick(waiting.cancel, Qt.MouseButton.LeftButton)
    assert results == []


def test_a_problem_is_told(prepare: Callable[..., Preparation], qtbot: QtBot) -> None:
    def importing(_tell: Tell, _give_up: GiveUp) -> dict[str, Imported]:
        raise Problem("renderer-not-available", renderer="powerpoint")

    preparation = prepare(importing)
    results: list[object] = []
    preparation.prepared.connect(results.append)
    with qtbot.waitSignal(preparation.failed) as failed:
        preparation.start()
    (problem,) = failed.args
    assert isinstance(problem, Problem)
    assert problem.code == "renderer-not-available"
    assert preparation.wait(5000)
    assert results == []


def test_what_nobody_expected_is_told_too(
    prepare: Callable[..., Preparation], qtbot: QtBot, error_log: ErrorLog
) -> None:
    error_log.expect("unexpected")

    def importing(_tell: Tell, _give_up: GiveUp) -> dict[str, Imported]:
        raise MemoryError

    preparation = prepare(importing)
    with qtbot.waitSignal(preparation.failed, timeout=2000):
        preparation.start()


# Pictures and decks on their way


def a_picture_deck(folder: Path) -> Imported:
    """A deck in the library whose first slide is hidden."""
    slides = (Slide(number=1, hidden=True), Slide(number=2, picture="slide-002.jpg"))
    picture(folder / "slide-002.jpg", "#c02020", 1920, 1080)
    return Imported(Deck(kind="pdf", renderer="pymupdf", digest="0", slides=slides), folder)


def test_the_first_picture_of_each_deck_is_read_small_before_it_moves(
    prepare: Callable[..., Preparation], qtbot: QtBot, tmp_path: Path
) -> None:
    seen: list[tuple[str, QImage]] = []

    def importing(_tell: Tell, _give_up: GiveUp) -> dict[str, Imported]:
        for number in (1, 2):
            file = picture(tmp_path / f"{number}.jpg", "#c02020" if number == 1 else "#2020c0", 1920, 1080)
            preparation.take_picture("ulm", file)
            file.rename(tmp_path / f"moved-{number}.jpg")
        return {}

    preparation = prepare(importing)
    preparation.pictured.connect(lambda talk, image: seen.append((talk, image)))
    with qtbot.waitSignal(preparation.prepared):
        preparation.start()
    ((talk, image),) = seen
    assert (talk, image.width(), image.height()) == ("ulm", 320, 180)
    assert is_near(image.pixelColor(160, 90), "#c02020")


def test_a_deck_of_the_library_shows_its_first_slide_too(
    prepare: Callable[..., Preparation], qtbot: QtBot, tmp_path: Path
) -> None:
    imported = a_picture_deck(tmp_path)
    seen: list[tuple[str, QImage]] = []

    def importing(_tell: Tell, _give_up: GiveUp) -> dict[str, Imported]:
        preparation.take_imported("ulm", imported)
        return {"ulm": imported}

    preparation = prepare(importing)
    preparation.pictured.connect(lambda talk, image: seen.append((talk, image)))
    with qtbot.waitSignal(preparation.arrived) as arrived:
        preparation.start()
    ((talk, image),) = seen
    assert talk == "ulm"
    assert is_near(image.pixelColor(160, 90), "#c02020")
    assert arrived.args == ["ulm", imported]


def test_a_picture_that_cannot_be_read_stops_nothing(
    prepare: Callable[..., Preparation], qtbot: QtBot, tmp_path: Path
) -> None:
    def importing(_tell: Tell, _give_up: GiveUp) -> dict[str, Imported]:
        preparation.take_picture("ulm", tmp_path / "gone.jpg")
        return {}

    preparation = prepare(importing)
    with qtbot.assertNotEmitted(preparation.pictured), qtbot.waitSignal(preparation.prepared):
        preparation.start()
