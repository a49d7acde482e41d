# SPDX-License-Identifier: AGPL-3.0-or-later
"""With takes and an editor, too, nothing is cut off, at any size, in either language."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pechakucha.texts import LANGUAGES

from .conftest import OpenPreview, a_deck
from .test_layout import LONG, SIZES, covered, cut_off

Key = Qt.Key


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_everything_fits(
    open_preview: OpenPreview, tmp_path: Path, language: str, size: tuple[int, int]
) -> None:
    preview = open_preview(a_deck(34, notes=LONG), language=language, size=size, path=tmp_path / "ulm.pptx")
    seen: list[str] = []

    def look(moment: str) -> None:
        preview.view.refresh()
        QApplication.processEvents()  # everything is laid out
        wrong = [each for each in cut_off(preview.window) if "narrow: ElidedLabel" not in each]
        seen.extend(f"{moment}: {each}" for each in (*wrong, *covered(preview)))

    for _ in range(2):
        preview.press(Key.Key_Space)
        preview.pass_seconds(3 + 15)
        preview.press(Key.Key_Space)
        preview.pass_seconds(27)
        preview.press(Key.Key_Space)
        preview.pass_seconds(34 * 20)
    assert preview.view.practising.panel.isVisible()
    assert preview.view.practising.pane.work.rows
    look("over")
    preview.press(Key.Key_N)
    look("editor")
    QTest.keyClicks(preview.view.practising.pane.editor.text, "!")
    preview.view.practising.pane.editor.save()
    look("saved")
    QTest.keyClick(preview.view.practising.pane.editor.text, Key.Key_Escape)
    look("ready with takes")
    preview.view.practising.trouble.say(LONG)
    look("trouble")
    assert seen == []
