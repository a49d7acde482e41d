# SPDX-License-Identifier: AGPL-3.0-or-later
"""Qt's own words – a field's menu, the dialog for a file's name – in the language of all the others."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication


def let_qt_speak(app: QApplication, language: str) -> QTranslator | None:
    """Install them; None where Qt has none in this language (``de`` or ``en``) but its English."""
    words = QTranslator(app)
    if not words.load(f"qtbase_{language}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        return None
    app.installTranslator(words)
    return words
