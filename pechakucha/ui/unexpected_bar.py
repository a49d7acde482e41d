# SPDX-License-Identifier: AGPL-3.0-or-later
"""A calm bar at the bottom of a window: something unforeseen has happened, and the program goes on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QToolBar, QWidget

from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, label


class UnexpectedBar(QToolBar):
    """Says what has happened and where it is written down, until it is dismissed."""

    def __init__(self, words: str, dismiss: str) -> None:
        super().__init__()
        self.setMovable(False)
        self.setProperty("role", "strip")
        button = CommandButton()
        button.setProperty("form", "small")
        button.setText(dismiss)
        button.clicked.connect(self._go)
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(3 * theme.GRID, theme.GRID, 3 * theme.GRID, theme.GRID)
        layout.setSpacing(2 * theme.GRID)
        said = label("attention", wraps=True)
        said.setText(words)
        layout.addWidget(said, 1)
        layout.addWidget(button)
        self.addWidget(row)

    @Slot()
    def _go(self) -> None:
        window = self.parentWidget()
        if isinstance(window, QMainWindow):
            window.removeToolBar(self)
        self.deleteLater()


def say_unexpected(window: QMainWindow, texts: Texts, log: str) -> None:
    """Say in this window that something unforeseen happened; said once until it is dismissed.

    Args:
        window: where to.
        texts: the language.
        log: path of the log that tells more.
    """
    if window.findChild(UnexpectedBar) is None:
        bar = UnexpectedBar(texts("unexpected.said", log=log), texts("unexpected.understood"))
        window.addToolBar(Qt.ToolBarArea.BottomToolBarArea, bar)


def say_unexpected_everywhere(texts: Texts, log: str) -> None:
    """Say it in every window of this application that is seen and takes keys: not in the presenter's view."""
    passive = Qt.WidgetAttribute.WA_ShowWithoutActivating
    for window in QApplication.topLevelWidgets():
        if isinstance(window, QMainWindow) and window.isVisible() and not window.testAttribute(passive):
            say_unexpected(window, texts, log)
