# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a path to a rehearsal, or to the reason why there is none."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from live.builders import FakeClock
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pechakucha.decks.drawing_process import failed_deck
from pechakucha.decks.importing import Cancelled, import_deck
from pechakucha.decks.library import Imported, Library
from pechakucha.rehearsal.rehearsal import Phase
from pechakucha.rehearsal.take import deck_name
from pechakucha.rehearsal.waiting_pages import PreparingPage, ProblemPage
from pechakucha.rehearsal.window import PreviewWindow
from pechakucha.show.problem import Problem
from pechakucha.texts import LANGUAGES, Texts

from .conftest import OpenPreview, a_deck, draw_pictures

Tell, GiveUp = Callable[[str, int, int], None], Callable[[], bool]


def a_window(
    qtbot: QtBot,
    importing: Callable[[Tell, GiveUp], object],
    path: Path = Path("ulm.pptx"),
    language: str = "de",
) -> PreviewWindow:
    """A window that has begun to import."""
    window = PreviewWindow(path, importing, FakeClock(), Texts(language))
    qtbot.addWidget(window)
    window.show()
    window.open()
    return window


def key_press(key: Qt.Key) -> QKeyEvent:
    """A key goes down."""
    return QKeyEvent(QEvent.Type.KeyPress, key.value, Qt.KeyboardModifier.NoModifier)


def said(window: PreviewWindow) -> str:
    """All words on labels."""
    QApplication.processEvents()
    return "\n".join(each.text() for each in window.findChildren(QLabel) if each.isVisible())


@pytest.mark.parametrize(
    ("slides", "language", "words"),
    [
        (19, "de", ("nur 19 von 20", "alle 19, je 20 s, zusammen 6:20")),
        (34, "de", ("34 Folien, vorgesehen sind aber 20", "alle 34, je 20 s, zusammen 11:20")),
        (19, "en", ("19", "All 19 are rehearsed, 20 s each, 6:20 in all")),
    ],
)
def test_a_deck_of_another_length_is_rehearsed_with_a_warning(
    open_preview: OpenPreview, slides: int, language: str, words: tuple[str, str]
) -> None:
    preview = open_preview(a_deck(slides), language=language)
    assert preview.view.findings.isVisible()
    assert all(each in said(preview.window) for each in words)
    preview.press(Qt.Key.Key_Space)
    preview.pass_seconds(3 + slides * 20 - 0.001)
    assert preview.index == slides - 1
    preview.pass_seconds(0.001)
    assert preview.phase is Phase.OVER


def test_findings_give_way_to_the_talk(open_preview: OpenPreview) -> None:
    preview = open_preview(a_deck(19))
    preview.press(Qt.Key.Key_Space)
    assert not preview.view.findings.isVisible(), "nobody reads it during a talk"
    preview.pass_seconds(3 + 19 * 20)
    assert preview.view.findings.isVisible()
    preview.view.findings.dismiss.click()
    preview.view.refresh()
    assert not preview.view.findings.isVisible()


def test_what_was_said_about_notes_is_judged_again_when_they_are_edited(open_preview: OpenPreview) -> None:
    preview = open_preview(a_deck(notes="Ein Satz, der viel zu lang ist. " * 15), language="en")
    assert "N lets you shorten them here." in said(preview.window)
    assert not preview.view.findings.isHidden()
    for _slide in range(20):
        preview.press(Qt.Key.Key_N)
        preview.view.practising.pane.editor.text.setPlainText("Kurz genug, um es zu sagen.")
        QTest.keyClick(preview.view.practising.pane.editor.text, Qt.Key.Key_Escape)
        preview.press(Qt.Key.Key_Right)
    assert preview.view.findings.isHidden()


def test_findings_can_be_opened_and_dismissed(open_preview: OpenPreview) -> None:
    preview = open_preview(a_deck(21, without=(3, 5)))
    strip = preview.view.findings
    assert "Folie 5" not in said(preview.window)
    strip.more.click()
    assert "Folie 3" in said(preview.window)
    assert "Folie 5" in said(preview.window)
    strip.more.click()
    assert "Folie 5" not in said(preview.window)
    strip.dismiss.click()
    assert not strip.isVisible()
    preview.press(Qt.Key.Key_Space)
    assert preview.phase is Phase.COUNT_IN


def test_a_deck_in_order_says_nothing(open_preview: OpenPreview) -> None:
    assert not open_preview().view.findings.isVisible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unreadable_deck_says_why_and_what_to_do(qtbot: QtBot, tmp_path: Path, language: str) -> None:
    path = tmp_path / "ulm.pptx"
    path.write_bytes(b"nothing that anybody could read")
    library = Library(tmp_path / "library")
    window = a_window(qtbot, lambda _tell, _give_up: import_deck(path, library=library), path, language)
    qtbot.waitUntil(lambda: window.rehearsed is not None)
    assert window.rehearsed is False
    texts = Texts(language)
    assert texts("own-remedy.damaged") in said(window)
    assert texts("rehearsal.impossible", deck="Ulm") in said(window)
    window.keyPressEvent(key_press(Qt.Key.Key_Escape))
    assert not window.isVisible()


def test_a_deck_that_is_not_there_can_be_tried_again(qtbot: QtBot, tmp_path: Path) -> None:
    answers = [Imported(failed_deck("pptx", "not-found", name="ulm.pptx"), tmp_path)]
    deck = a_deck()
    draw_pictures(deck, tmp_path)
    window = a_window(qtbot, lambda _tell, _give_up: answers[-1])
    qtbot.waitUntil(lambda: window.rehearsed is False)
    assert "„ulm.pptx“ ist nicht vorhanden." in said(window)
    answers.append(Imported(deck, tmp_path))
    window.keyPressEvent(key_press(Qt.Key.Key_Return))
    qtbot.waitUntil(lambda: window.rehearsed is True)
    assert window.view is not None
    window.close()  # before it is garbage: its pictures are being read


def test_a_problem_of_the_import_is_told(qtbot: QtBot) -> None:
    def importing(_tell: Tell, _give_up: GiveUp) -> object:
        raise Problem("renderer-not-available", renderer="powerpoint")

    window = a_window(qtbot, importing)
    qtbot.waitUntil(lambda: window.rehearsed is False)
    assert "PowerPoint kann auf diesem Computer nicht verwendet werden" in said(window)


def test_an_unexpected_error_is_told_too(qtbot: QtBot, error_log) -> None:  # type: ignore[no-untyped-def]
    def importing(_tell: Tell, _give_up: GiveUp) -> object:
        raise ZeroDivisionError

    error_log.expect("unexpected")
    window = a_window(qtbot, importing)
    qtbot.waitUntil(lambda: window.rehearsed is False)
    assert "Etwas Unerwartetes" in said(window)


def test_the_progress_is_seen_and_can_be_given_up(qtbot: QtBot) -> None:
    told = threading.Event()

    def importing(tell: Tell, give_up: GiveUp) -> object:
        tell("ulm.pptx", 7, 20)
        told.set()
        while not give_up():
            pass
        raise Cancelled

    window = a_window(qtbot, importing)
    assert told.wait(5)
    qtbot.waitUntil(lambda: "7 von 20 Folien" in said(window))
    assert isinstance(window.centralWidget(), PreparingPage)
    window.keyPressEvent(key_press(Qt.Key.Key_Escape))
    qtbot.waitUntil(lambda: not window.isVisible())


def test_closing_gives_the_import_up(qtbot: QtBot) -> None:
    gave_up = threading.Event()

    def importing(_tell: Tell, give_up: GiveUp) -> object:
        while not give_up():
            pass
        gave_up.set()
        raise Cancelled

    window = a_window(qtbot, importing)
    window.close()
    assert gave_up.is_set()
    QApplication.processEvents()
    assert not window.isVisible()


def test_a_deck_without_any_picture_is_not_rehearsed(
    open_preview: OpenPreview, qtbot: QtBot, tmp_path: Path
) -> None:
    bare = a_deck(without=tuple(range(1, 21)))
    window = a_window(qtbot, lambda _tell, _give_up: Imported(bare, tmp_path))
    qtbot.waitUntil(lambda: window.rehearsed is False)
    assert isinstance(window.centralWidget(), ProblemPage)
    assert "lässt sich nicht darstellen" in said(window)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("decks/ulm.pptx", "Ulm"),
        ("Städtetag_2026.pdf", "Städtetag 2026"),
        ("a.b.pptx", "A.b"),
        ("Ärzte", "Ärzte"),
    ],
)
def test_a_deck_is_called_after_its_file(path: str, name: str) -> None:
    assert deck_name(Path(path)) == name


def test_a_folder_keeps_its_dots(tmp_path: Path) -> None:
    folder = tmp_path / "bilder.v2"
    folder.mkdir()
    assert deck_name(folder) == "Bilder.v2"
