# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nothing is cut off, covered or outside its window, in any form, language or scale; see ``layouts``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from live.builders import FakeClock
from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListView, QWidget
from pytestqt.qtbot import QtBot

from pechakucha.console.on_stage_view import FiguresView
from pechakucha.console.start_window import Link
from pechakucha.console.wording import Centre
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, label

from .layouts import Moment, a_console, a_start_window, complaints

TESTS = Path(__file__).parents[1]


@pytest.mark.parametrize("scale", ["1", "1.5", "2"])
def test_everything_fits(scale: str) -> None:
    walk = subprocess.run(
        [sys.executable, "-m", "console.layouts"],
        cwd=TESTS,
        env={**os.environ, "QT_SCALE_FACTOR": scale, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert walk.returncode == 0, walk.stderr
    assert json.loads(walk.stdout) == []


def test_a_show_opened_lately_looks_like_a_line_of_text(qtbot: QtBot) -> None:
    window = a_start_window("en")
    qtbot.addWidget(window)
    window.show()
    link = window.findChild(Link)
    assert link is not None
    middle = link.mapTo(window, link.rect().center())
    right = link.mapTo(window, link.rect().topRight())
    assert window.grab().toImage().pixelColor(right.x() - 16, middle.y()) == theme.BACKGROUND


# The rows of the rundown, which are painted


def columns_with_ink(image: QImage, top: int, bottom: int) -> list[bool]:
    """Which columns of these rows hold anything but the background."""
    background = theme.BACKGROUND.rgb()
    return [any(image.pixel(x, y) != background for y in range(top, bottom)) for x in range(image.width())]


def test_words_and_times_of_the_rundown_keep_apart(qtbot: QtBot, tmp_path: Path) -> None:
    window = a_console(tmp_path, Moment("blocked", 2000, blocked=True), "de")
    qtbot.addWidget(window)
    rundown = window.findChild(QListView)
    assert rundown is not None
    window.resize(1440, 900)
    window.refresh()
    qtbot.waitUntil(lambda: rundown.viewport().height() > 500)
    image = rundown.viewport().grab().toImage()
    for row in (1, 3, 4):
        place = rundown.visualRect(rundown.model().index(row, 0))
        assert image.height() > place.bottom()
        ink = columns_with_ink(image, place.top() + 6, place.bottom() - 6)
        last = max(x for x, found in enumerate(ink) if found)
        assert last < image.width() - 16, "the time has its margin"
        time_begins = max(x for x in range(last) if not any(ink[x - 6 : x]))
        assert last - 56 < time_begins < last - 24, "and a gap before it"


# The walk itself finds what it is for


def found(qtbot: QtBot, widget: QWidget) -> str:
    """What the walk says about a widget."""
    qtbot.addWidget(widget)
    widget.show()
    return "\n".join(complaints(widget))


def test_a_label_that_is_cut_off_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    words = label()
    words.setParent(window)
    words.setText("Bergwerke")
    window.resize(200, 100)
    words.resize(30, 20)
    assert "“Bergwerke” needs" in found(qtbot, window)


def test_a_wrapped_label_that_is_too_low_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    words = QLabel("Bergwerke und Bäche", window)
    words.setWordWrap(True)
    window.resize(200, 100)
    words.resize(80, 20)
    assert "needs" in found(qtbot, window)


def test_a_button_that_is_too_narrow_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    button = CommandButton("Esc", parent=window)
    button.setText("Abbrechen")
    window.resize(200, 100)
    button.resize(90, 48)
    assert "“Abbrechen” needs" in found(qtbot, window)


def test_what_covers_another_or_is_outside_is_found(qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(200, 100)
    for words, left in (("eins", 10), ("zwei", 20), ("drei", 190)):
        each = QLabel(words, window)
        each.move(QPoint(left, 10))
    said = found(qtbot, window)
    assert "“eins” at (10, 10" in said
    assert "covers QLabel “zwei”" in said
    assert "“drei”" in said
    assert "is outside" in said


def test_what_fits_is_not_complained_about(qtbot: QtBot) -> None:
    window = QWidget()
    row = QHBoxLayout(window)
    for words in ("eins", "zwei"):
        row.addWidget(QLabel(words))
    assert found(qtbot, window) == ""


@pytest.mark.parametrize("width", [320, 447, 559, 560, 663, 1200])
def test_the_figures_fit_at_any_width(qtbot: QtBot, width: int) -> None:
    figures = FiguresView()
    figures.show_words(Centre("", "", "", "", "20", "Sekunden", "Folie 20", "von 20", "Vortrag noch", "6:40"))
    figures.resize(width, 128)
    assert found(qtbot, figures) == ""
    assert [each.words.strip() for each in figures.written()].count("6:40") == 1


def test_the_words_beside_the_figure_do_not_move_when_it_becomes_short(qtbot: QtBot) -> None:
    figures = FiguresView()
    qtbot.addWidget(figures)
    figures.resize(663, 200)
    places = []
    for seconds in ("10", "9"):
        figures.show_words(
            Centre("", "", "", "", seconds, "Sekunden", "Folie 7", "von 20", "Vortrag noch", "4:30")
        )
        places.append([each.at for each in figures.written()[1:]])
    assert places[0] == places[1]


def test_the_clock_of_a_layout_stands_still(tmp_path: Path, qtbot: QtBot) -> None:
    window = a_console(tmp_path, Moment("before", 30), "en")
    qtbot.addWidget(window)
    before = FakeClock().now_ns()
    assert window.windowTitle().startswith("Mitteldeutscher")
    assert FakeClock().now_ns() == before
