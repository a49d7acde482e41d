# SPDX-License-Identifier: AGPL-3.0-or-later
"""A preview window with a deck of plain pictures and a clock that a test moves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from live.builders import HEARTBEAT_S, FakeClock
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pechakucha.decks.library import Imported
from pechakucha.rehearsal.rehearsal import Phase
from pechakucha.rehearsal.rehearsal_view import RehearsalView
from pechakucha.rehearsal.window import PreviewWindow
from pechakucha.show.deck import Deck, Slide
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui.fonts import load_typeface
from pechakucha.ui.slide_view import SlideView
from pechakucha.ui.style import dress

NOTES = "Das ist der erste Satz zu Folie {number}. Und das der zweite, der etwas länger ist."


class Preview:
    """A window in which a rehearsal is ready; its time passes only when a test lets it."""

    def __init__(self, window: PreviewWindow, clock: FakeClock) -> None:
        assert window.view is not None
        self.window, self.clock = window, clock
        self.view: RehearsalView = window.view

    @property
    def phase(self) -> Phase:
        """How far the rehearsal is."""
        return self.view.rehearsal.phase(self.view.rehearsal.state())

    @property
    def figure(self) -> str:
        """What stands in the ring."""
        return self.view.page.ring.figure

    @property
    def place(self) -> str:
        """Which slide of how many, in words."""
        return " ".join(self.view.page.place.said[:2]).strip()

    @property
    def line(self) -> str:
        """How long it goes on, in words."""
        return self.view.page.place.said[2]

    @property
    def index(self) -> int:
        """The 0-based index of the slide on stage or to begin with."""
        return self.view.rehearsal.index(self.view.rehearsal.state())

    def press(self, *keys: Qt.Key) -> None:
        """Keys go down and up."""
        for key in keys:
            QTest.keyClick(self.window, key)

    def hold_down(self, key: Qt.Key) -> None:
        """A key repeats by itself."""
        repeated = QKeyEvent(
            QEvent.Type.KeyPress, key.value, Qt.KeyboardModifier.NoModifier, "", autorep=True
        )
        QApplication.sendEvent(self.window, repeated)

    def pass_seconds(self, seconds: float) -> None:
        """Time passes and the conductor looks, each heartbeat and at the end."""
        until_ns = self.clock.now_ns() + round(seconds * NS)
        while (left_ns := until_ns - self.clock.now_ns()) > 0:
            self.clock.pass_seconds(min(HEARTBEAT_S, left_ns / NS))
            self.view.rehearsal.conductor.look()
        self.view.refresh()

    def let_pictures_come(self, qtbot: QtBot) -> None:
        """Pictures asked for are read, which takes real time."""
        qtbot.waitUntil(lambda: not self.view.page.pictures.pending)
        self.view.refresh()

    def colour_on(self, place: SlideView) -> QColor:
        """What the lower left of a slide's place looks like; cards are dark there."""
        return place.grab().toImage().pixelColor(place.width() // 3, place.height() * 3 // 4)

    def sleep_seconds(self, seconds: float) -> None:
        """Time passes and nobody looks before it is over."""
        self.clock.pass_seconds(seconds)
        self.view.rehearsal.conductor.look()
        self.view.refresh()


OpenPreview = Callable[..., Preview]


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application in our own look."""
    load_typeface()
    dress(qapp)
    return qapp


def a_deck(slides: int = 20, *, without: tuple[int, ...] = (), notes: str = NOTES) -> Deck:
    """A deck whose slides have pictures, except those named."""
    return Deck(
        kind="pptx",
        renderer="embedded",
        digest="0" * 64,
        slides=tuple(
            Slide(
                number=number,
                picture=None if number in without else f"slide-{number:03}.jpg",
                notes=notes.replace("{number}", str(number)),
            )
            for number in range(1, slides + 1)
        ),
    )


def draw_pictures(deck: Deck, folder: Path) -> None:
    """Every slide's picture in a colour of its own."""
    for slide in deck.slides:
        if slide.picture is not None:
            image = QImage(320, 180, QImage.Format.Format_RGB32)
            image.fill(colour_of(slide.number))
            assert image.save(str(folder / slide.picture))


def colour_of(number: int) -> QColor:
    """The colour of a slide's picture."""
    return QColor.fromHsv(number * 17 % 360, 200, 220).toRgb()


@pytest.fixture
def open_preview(qtbot: QtBot, dressed: QApplication, tmp_path: Path) -> Iterator[OpenPreview]:
    """Opens previews: ``open_preview(deck, language="de", size=(1440, 900))``."""
    windows: list[PreviewWindow] = []

    def open_(
        deck: Deck | None = None,
        *,
        language: str = "de",
        size: tuple[int, int] = (1440, 900),
        path: Path = Path("decks/ulm.pptx"),
    ) -> Preview:
        deck = deck or a_deck()
        draw_pictures(deck, tmp_path)
        imported = Imported(deck, tmp_path)
        clock = FakeClock()
        window = PreviewWindow(path, lambda _tell, _give_up: imported, clock, Texts(language))
        windows.append(window)
        window.resize(*size)
        window.show()
        window.show_deck(imported)
        preview = Preview(window, clock)
        QApplication.processEvents()
        preview.let_pictures_come(qtbot)
        return preview

    yield open_
    for window in windows:
        if not window.close() and window.view is not None:
            window.view.end()  # it stayed, since notes would have been lost; pictures are still being read
        window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def preview(open_preview: OpenPreview) -> Preview:
    """A preview of twenty slides that is ready."""
    return open_preview()


@pytest.fixture
def in_talk(preview: Preview) -> Preview:
    """The same at the beginning of a talk: its first slide has just come."""
    preview.press(Qt.Key.Key_Space)
    preview.pass_seconds(3)
    return preview


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a deck is beside which something can be kept."""
    return tmp_path / "ulm.pptx"


@pytest.fixture
def kept(open_preview: OpenPreview, path: Path) -> Preview:
    """A preview of such a deck, whose takes and notes are kept."""
    return open_preview(path=path)
