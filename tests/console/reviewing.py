# SPDX-License-Identifier: AGPL-3.0-or-later
"""Somebody who judges the decks of a small show, and an import that needs no worker."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import cast

from decks.conftest import picture
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QListView, QMenu, QWidget
from pytestqt.qtbot import QtBot

from pechakucha.console.deck_review import review_of
from pechakucha.console.deck_work import DeckWork, ImportShow
from pechakucha.console.decks_window import DecksWindow
from pechakucha.console.slide_strip import SlideStrip
from pechakucha.decks.importing import Cancelled
from pechakucha.decks.library import Imported, Library
from pechakucha.decks.show_source import ShowSource
from pechakucha.show.deck import Deck, Slide
from pechakucha.show.pin import Pin
from pechakucha.show.plan import Show
from pechakucha.show.problem import Finding, Severity
from pechakucha.texts import Texts
from pechakucha.ui.controls import CommandButton

SHOW = """\
# Unser Abend
title = "Städtetag"
format = "3x20"

[[talk]]
id = "ulm-aaaa"
city = "Ulm"
title = "Vom Münster aus"
deck = "ulm.pptx"

# kommt mit dem Zug
[[talk]]
id = "bern-bbbb"
city = "Bern"
deck = "bern.pptx"
"""
ULM, BERN = "ulm-aaaa", "bern-bbbb"
COLOURS = {"libreoffice": "#2040c0", "embedded": "#c0a000"}
"""How a renderer draws every slide."""

MOVING = Finding(code="pictures-left-out", severity=Severity.WARNING, slide=2, params={"pictures": "WMF"})


class Importer:
    """Takes the place of ``import_show``: a deck is a file that says how many slides it has."""

    def __init__(self, base: Path, library: Path) -> None:
        self._base, self._library = base, library
        self.asked: list[tuple[str, str]] = []
        """Each deck with the renderer it was asked of."""
        self.findings: dict[str, tuple[Finding, ...]] = {}
        self.hidden: dict[str, int] = {}
        self.fails: set[str] = set()
        """Renderers that draw nothing."""
        self.may_go_on = threading.Event()
        self.may_go_on.set()
        """While it is not set, an import stops after its first slide."""

    def __call__(
        self,
        show: Show,
        *,
        pins: Mapping[str, Pin],
        renderer: str,
        on_progress: Callable[[str, int, int], None],
        on_picture: Callable[[str, Path], None],
        on_imported: Callable[[str, Imported], None],
        cancelled: Callable[[], bool],
    ) -> dict[str, Imported]:
        """Import one after the other."""
        decks: dict[str, Imported] = {}
        for talk in show.talks:
            pin = pins.get(talk.id)
            name = renderer if renderer != "auto" else pin.renderer if pin else "libreoffice"
            self.asked.append((talk.id, name))
            imported = self._import(self._base / talk.deck, name)
            slides = imported.deck.slides
            for done, slide in enumerate(slides, start=1):
                on_progress(talk.id, done, len(slides))
                if slide.picture is not None:
                    on_picture(talk.id, imported.folder / slide.picture)
                while not self.may_go_on.wait(0.01):
                    if cancelled():
                        raise Cancelled
            decks[talk.id] = imported
            on_imported(talk.id, imported)
        return decks

    def _import(self, path: Path, renderer: str) -> Imported:
        if not path.exists():
            return self._failed("", "not-found", name=path.name)
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        if renderer in self.fails:
            return self._failed(digest, "renderer-failed", renderer=renderer, reason="no PDF was written")
        folder = self._library / hashlib.sha256(f"{digest}{renderer}".encode()).hexdigest()[:40]
        folder.mkdir(parents=True, exist_ok=True)
        hidden = self.hidden.get(path.name)
        slides = []
        for number in range(1, int(content.split()[0]) + 1):
            name = f"slide-{number:03}.jpg"
            picture(folder / name, COLOURS[renderer])
            seen = number != hidden
            note = f"Notiz {number}."
            slides.append(
                Slide(
                    number=number,
                    picture=name if seen else None,
                    hidden=not seen,
                    notes=note,
                    look=f"{number}",
                )
            )
        findings = self.findings.get(path.name, ())
        deck = Deck(
            kind="pptx",
            renderer=renderer,
            digest=digest,
            slides=tuple(slides),
            findings=findings,
            width_pt=960,
            height_pt=540,
        )
        return Imported(deck, folder)

    def _failed(self, digest: str, code: str, **params: str) -> Imported:
        finding = Finding(code=code, severity=Severity.ERROR, params={**params})
        return Imported(Deck(kind="pptx", renderer="", digest=digest, findings=(finding,)), self._library)


class Moderator:
    """Looks at the window, presses keys, clicks."""

    def __init__(
        self,
        source: ShowSource,
        importing: ImportShow,
        qtbot: QtBot,
        texts: Texts,
        *,
        goes_on: bool = False,
        library: Library | None = None,
    ) -> None:
        self._qtbot = qtbot
        self.review = review_of(source)
        self.work = DeckWork(self.review, importing)
        self.window = DecksWindow(self.review, self.work, texts, goes_on=goes_on, library=library)
        self.work.setParent(self.window)
        qtbot.addWidget(self.window)
        self.window.resize(1440, 900)
        self.window.show()
        self.window.activateWindow()
        qtbot.waitUntil(self.window.isActiveWindow)

    def open(self) -> None:
        """All decks come."""
        self.work.open()
        self.settle()

    def settle(self) -> None:
        """Until no import goes on; then the window shows what there is."""
        self._qtbot.waitUntil(lambda: not self.work.is_busy, timeout=30_000)
        self.see()

    def see(self) -> None:
        """The window shows what there is by now."""
        QApplication.processEvents()
        self.window.refresh()
        QApplication.processEvents()

    def press(self, *keys: Qt.Key) -> None:
        """Press and release keys where the focus is."""
        for key in keys:
            QTest.keyClick(self.window.windowHandle(), key)
        self.see()

    def write(self, words: str) -> None:
        """Type where the focus is."""
        for each in words:
            QTest.keyClick(self.window.windowHandle(), each)
        self.see()

    def click(self, words: str) -> None:
        """Click on the button with these words."""
        QTest.mouseClick(self.buttons()[words], Qt.MouseButton.LeftButton)
        self.see()

    def take_from_menu(self) -> list[str]:
        """Enter on the first entry of the menu that is open; returns all of them."""
        menu = self.menu()
        entries = [action.text() for action in menu.actions()]
        QTest.keyClick(menu, Qt.Key.Key_Return)
        self.settle()
        return entries

    def menu(self) -> QMenu:
        """The menu that is open."""
        return next(each for each in self.window.findChildren(QMenu) if each.isVisible())

    def buttons(self) -> dict[str, CommandButton]:
        """The buttons that are seen, by their words."""
        found = self.window.findChildren(CommandButton)
        return {button.text(): button for button in found if button.isVisible()}

    def rows(self) -> list[str]:
        """The list as a screen reader tells it."""
        return spoken(self.window.decks)

    def findings(self) -> list[str]:
        """Everything noticed about the deck that is selected."""
        return spoken(self.window.pane.findings)

    @property
    def strip(self) -> SlideStrip:
        """The slides of the deck that is selected."""
        return self.window.pane.strip

    def slides(self) -> list[str]:
        """The strip as a screen reader tells it."""
        return spoken(self.strip)

    def says(self) -> str:
        """Every word of a label that is seen, line by line."""
        labels = self.window.findChildren(QLabel)
        return "\n".join(each.text() for each in labels if each.isVisible())

    def everything(self) -> str:
        """Every word there is to read or hear."""
        widgets = [each for each in self.window.findChildren(QWidget) if each.isVisible()]
        names = [each.accessibleName() + each.toolTip() for each in widgets]
        return "\n".join(
            [self.says(), *self.rows(), *self.findings(), *self.slides(), *self.buttons(), *names]
        )


def spoken(view: QListView) -> list[str]:
    """The rows of a list as a screen reader tells them."""
    model, role = view.model(), Qt.ItemDataRole.AccessibleTextRole
    return [cast(str, model.index(row, 0).data(role)) for row in range(model.rowCount())]
