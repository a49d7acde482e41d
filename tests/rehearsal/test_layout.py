# SPDX-License-Identifier: AGPL-3.0-or-later
"""Nothing is cut off, at any size, in either language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from pechakucha.texts import LANGUAGES
from pechakucha.ui.controls import ElidedLabel

from .conftest import OpenPreview, Preview, a_deck

SIZES = [(1280, 720), (1440, 900), (1920, 1080), (960, 600)]
LONG = "Ein Satz, der so lang ist, wie Sätze in Notizen eben werden, wenn niemand mitzählt. " * 4


def cut_off(window: QWidget) -> Iterator[str]:
    """Every visible label and button whose words do not fit, or that is outside of what holds it."""
    for widget in window.findChildren(QWidget):
        if not widget.isVisible():
            continue
        place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        if not window.rect().contains(place) and isinstance(widget, QLabel | QPushButton):
            yield f"outside: {name_of(widget)} {place}"
        if isinstance(widget, QLabel):
            if widget.wordWrap():
                if widget.heightForWidth(widget.width()) > widget.height():
                    yield f"too low: {name_of(widget)}"
            elif QFontMetrics(widget.font()).horizontalAdvance(widget.text()) > widget.width():
                yield f"too narrow: {name_of(widget)}"
        elif isinstance(widget, QPushButton) and widget.width() < widget.sizeHint().width():
            yield f"too narrow: {name_of(widget)}"


def name_of(widget: QWidget) -> str:
    """How to find it."""
    text = widget.text() if isinstance(widget, QLabel | QPushButton) else ""
    return f"{type(widget).__name__} “{text}”"


def covered(preview: Preview) -> Iterator[str]:
    """Parts of the page that overlap or leave it."""
    page = preview.view.page
    parts = [page.slide, page.ring, page.place, page.next_slide, page.notes, page.coming, page.action_row]
    places = [QRect(part.mapTo(page, QPoint(0, 0)), part.size()) for part in parts if part.isVisible()]
    for index, place in enumerate(places):
        if not page.rect().contains(place):
            yield f"outside: {place}"
        for other in places[index + 1 :]:
            if place.intersects(other):
                yield f"{place} over {other}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_everything_fits(open_preview: OpenPreview, language: str, size: tuple[int, int]) -> None:
    preview = open_preview(a_deck(34, without=(3,), notes=LONG), language=language, size=size)
    seen: list[str] = []

    def look(moment: str) -> None:
        preview.view.refresh()
        QApplication.processEvents()  # everything is laid out
        seen.extend(f"{moment}: {each}" for each in (*cut_off(preview.window), *covered(preview)))

    look("ready")
    preview.press(Qt.Key.Key_2, Qt.Key.Key_9)
    look("ready at 29")
    preview.press(Qt.Key.Key_Space)
    look("count-in")
    preview.pass_seconds(10)
    look("slide")
    preview.press(Qt.Key.Key_Space)
    look("remark")
    preview.press(Qt.Key.Key_P)
    look("held")
    preview.press(Qt.Key.Key_2, Qt.Key.Key_8)
    look("number")
    preview.press(Qt.Key.Key_Escape, Qt.Key.Key_P)
    preview.pass_seconds(6 * 20)
    look("over, locked")
    preview.pass_seconds(10)
    look("over")
    preview.view.findings.more.click()
    look("findings")
    assert seen == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_slips_drills_and_running_along_fit(
    open_preview: OpenPreview, language: str, size: tuple[int, int]
) -> None:
    preview = open_preview(a_deck(34, without=(3,), notes=LONG), language=language, size=size)
    seen: list[str] = []

    def look(moment: str) -> None:
        preview.view.refresh()
        QApplication.processEvents()  # everything is laid out
        seen.extend(f"{moment}: {each}" for each in (*cut_off(preview.window), *covered(preview)))

    preview.press(Qt.Key.Key_Space)
    preview.pass_seconds(3 + 17)
    preview.press(Qt.Key.Key_Space)
    look("said")
    preview.pass_seconds(40)
    look("slip")
    preview.press(Qt.Key.Key_T)
    look("drill, count-in")
    preview.pass_seconds(3 + 20.5)
    look("breath")
    preview.press(Qt.Key.Key_P)
    look("drill, held")
    preview.press(Qt.Key.Key_A)
    look("sheet")
    QTest.keyClick(preview.view.sheet.field, Qt.Key.Key_Return)
    look("sheet with a problem")
    QTest.keyClick(preview.view.sheet.field, Qt.Key.Key_Space)
    look("along, count-in")
    preview.press(Qt.Key.Key_Left)
    preview.pass_seconds(20)
    look("along")
    preview.press(Qt.Key.Key_Escape)
    look("along, Esc")
    preview.pass_seconds(34 * 20)
    look("along, over")
    assert seen == []


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_notes_of_a_slides_length_need_no_scrolling(open_preview: OpenPreview, size: tuple[int, int]) -> None:
    preview = open_preview(a_deck(notes=LONG), size=size)
    assert len(LONG) > 310, "what can be said in 20 s"
    assert preview.view.page.notes.verticalScrollBar().maximum() == 0


def test_an_elided_name_is_the_only_thing_that_gives_way(open_preview: OpenPreview) -> None:
    preview = open_preview(size=(960, 600))
    assert all(label.width() > 0 for label in preview.window.findChildren(ElidedLabel) if label.text())
