# SPDX-License-Identifier: AGPL-3.0-or-later
"""What Qt says by itself is said in the program's language."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from pechakucha.ui.qt_words import let_qt_speak


@pytest.mark.parametrize(("language", "said"), [("de", "Alles auswählen"), ("en", "Select All")])
def test_a_fields_menu(qapp: QApplication, language: str, said: str) -> None:
    words = let_qt_speak(qapp, language)
    try:
        assert QCoreApplication.translate("QLineEdit", "Select All") == said
    finally:
        if words is not None:
            qapp.removeTranslator(words)
