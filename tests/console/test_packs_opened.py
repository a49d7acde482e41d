# SPDX-License-Identifier: AGPL-3.0-or-later
"""Packs in the start window: chosen, dropped, and said to be damaged."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from decks.packs import make_show, pack
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from pechakucha.app import Start
from pechakucha.console.start_window import StartWindow
from pechakucha.decks.library import Library
from pechakucha.files.recent import recent_shows
from pechakucha.texts import Texts


@pytest.fixture
def mashup(tmp_path: Path) -> Path:
    """A pack under another name than it should have."""
    target = tmp_path / "mashup.bin"
    pack(make_show(tmp_path / "show"), target, Library(tmp_path / "library"))
    return target


@pytest.fixture
def window(qtbot: QtBot, english: Texts) -> StartWindow:
    window = StartWindow((), english)
    qtbot.addWidget(window)
    window.show()
    return window


def test_a_pack_is_run_whatever_it_is_called(window: StartWindow, mashup: Path) -> None:
    shows: list[Path] = []
    window.show_chosen.connect(shows.append)
    window.take(mashup)
    window.take(mashup.rename(mashup.with_suffix(".PechaKucha")))
    assert shows == [mashup, mashup.with_suffix(".PechaKucha")]


def test_any_other_archive_is_not(window: StartWindow, tmp_path: Path) -> None:
    shows: list[Path] = []
    window.show_chosen.connect(shows.append)
    path = tmp_path / "holiday.bin"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
    window.take(path)
    assert shows == []
    said = [each.text() for each in window.findChildren(QLabel) if each.isVisible()]
    assert any("nor a pack (.pechakucha)" in words for words in said)


def test_the_dialog_offers_shows_and_packs(window: StartWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[object, ...]] = []

    def ask(*arguments: object) -> tuple[str, str]:
        asked.append(arguments)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_O)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_P)
    assert [arguments[-1] for arguments in asked] == [
        "Show files and packs (*.toml *.pechakucha)",
        "Decks (*.pptx *.pptm *.ppsx *.ppsm *.potx *.potm *.ppt *.pps *.odp *.otp *.pdf *.zip)",
    ]


@pytest.fixture
def start(qtbot: QtBot, english: Texts) -> Iterator[Start]:
    start = Start(english)
    start.open()
    yield start
    for window in QApplication.topLevelWidgets():
        window.close()


def test_a_damaged_pack_says_so_and_the_window_stays(start: Start, mashup: Path) -> None:
    mashup.write_bytes(mashup.read_bytes()[:5000])
    (window,) = (
        each for each in QApplication.topLevelWidgets() if isinstance(each, StartWindow) and each.isVisible()
    )
    window.take(mashup)
    assert window.isVisible()
    said = [each.text() for each in window.findChildren(QLabel) if each.isVisible()]
    assert any("was not copied completely" in words and str(mashup) in words for words in said)
    assert recent_shows() == ()
    assert QApplication.overrideCursor() is None
