# SPDX-License-Identifier: AGPL-3.0-or-later
"""A rehearsal of the slides that are chosen for the stage."""

from __future__ import annotations

from pathlib import Path

from live.builders import FakeClock
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from pechakucha.decks.library import Imported
from pechakucha.rehearsal.waiting_pages import ProblemPage
from pechakucha.rehearsal.window import PreviewWindow
from pechakucha.show.format import PECHA_KUCHA, Format
from pechakucha.texts import Texts

from .conftest import a_deck, draw_pictures


def a_window(qtbot: QtBot, folder: Path, *selection: int, format: Format = PECHA_KUCHA) -> PreviewWindow:
    """A preview of some slides of a deck of 34."""
    deck = a_deck(34)
    draw_pictures(deck, folder)
    imported = Imported(deck, folder)
    window = PreviewWindow(
        Path("ulm.pptx"), lambda _tell, _give_up: imported, FakeClock(), Texts("en"), selection, format=format
    )
    qtbot.addWidget(window)
    window.show()
    window.show_deck(imported)
    return window


def test_only_these_are_rehearsed_in_their_order(qtbot: QtBot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, *range(30, 10, -1))
    assert window.view is not None
    assert [slide.number for slide in window.view.rehearsal.slides] == [*range(30, 10, -1)]
    assert window.view.findings.isHidden()
    assert window.view.page.place.said == ("Slide 1", "of 20", "6:40 in all")
    window.close()


def test_another_format_has_other_seconds_and_another_number(qtbot: QtBot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, *range(1, 8), format=Format(7, 30))
    assert window.view is not None
    assert window.view.findings.isHidden()
    assert window.view.page.place.said == ("Slide 1", "of 7", "3:30 in all")
    assert window.view.page.ring.figure == "30"
    assert window.view.practising.practice.advice("x").fits == 460
    window.close()


def test_slides_that_are_not_there_are_told(qtbot: QtBot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, *range(16, 36))
    assert window.view is not None
    assert len(window.view.rehearsal.slides) == 19
    assert not window.view.findings.isHidden()
    window.close()


def test_where_none_of_them_is_there_nothing_is_rehearsed(qtbot: QtBot, tmp_path: Path) -> None:
    window = a_window(qtbot, tmp_path, 41, 42)
    page = window.centralWidget()
    assert isinstance(page, ProblemPage)
    assert any("41" in label.text() for label in page.findChildren(QLabel))
