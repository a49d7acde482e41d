# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small pictures come beside the event loop, and go with their window."""

from __future__ import annotations

import gc
import weakref
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from pechakucha.ui.pictures import Pictures

SIZE = QSize(160, 90)
COUNT = 12


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Some slides."""
    image = QImage(1920, 1080, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    for number in range(COUNT):
        assert image.save(str(tmp_path / f"{number}.jpg"))
    return tmp_path


def test_a_picture_comes_and_stays(folder: Path, qtbot: QtBot) -> None:
    pictures = Pictures(folder)
    with qtbot.waitSignal(pictures.loaded):
        assert pictures.get("0.jpg", SIZE) is None
    found = pictures.get("0.jpg", SIZE)
    assert found is not None
    assert found.size() == SIZE


def test_pictures_that_are_closed_while_many_are_on_their_way_leave_nothing(
    folder: Path, qtbot: QtBot
) -> None:
    pictures = Pictures(folder)
    for number in range(COUNT):
        pictures.get(f"{number}.jpg", SIZE)
    pictures.close()
    gone = weakref.ref(pictures)
    del pictures
    gc.collect()
    assert gone() is None
