# SPDX-License-Identifier: AGPL-3.0-or-later
"""A window opens no larger than its screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pechakucha.ui.working_size import open_at_working_size


@pytest.mark.parametrize(("room", "size"), [((1920, 1080), (1440, 900)), ((1366, 728), (1350, 680))])
def test_a_window_fits_on_its_screen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, room: tuple[int, int], size: tuple[int, int]
) -> None:
    monkeypatch.setattr(QScreen, "availableGeometry", lambda _screen: QRect(0, 0, *room))
    window = QWidget()
    qtbot.addWidget(window)

    open_at_working_size(window)

    assert (window.width(), window.height()) == size
    assert window.isVisible()
