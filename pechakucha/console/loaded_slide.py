# SPDX-License-Identifier: AGPL-3.0-or-later
"""A slide as a widget whose picture is read beside the event loop."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent

from pechakucha.decks.library import Imported
from pechakucha.show.deck import CARD
from pechakucha.ui.cards import Card
from pechakucha.ui.pictures import Pictures
from pechakucha.ui.slide_view import SlideView

_SETTLED_MS = 150
"""While the window is being resized the picture there is is stretched; then a better one comes."""

_LEAST_NINES = 10


class LoadedSlide(SlideView):
    """Shows a picture's file; what was shown stays until it is read."""

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures = pictures
        self._file: str | None = None
        self._size = QSize()
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(_SETTLED_MS)
        self._settled.timeout.connect(self._take_size)
        pictures.loaded.connect(self._look)

    @property
    def file(self) -> str | None:
        """The picture that is shown, or on its way."""
        return self._file

    def show_slide(self, imported: Imported, number: int, card: Card) -> None:
        """Show a slide by its number in the file; ``card`` is what takes its place where it is not drawn."""
        slide = CARD if number == CARD.number else imported.deck.slide(number)
        if slide is None or slide.hidden:
            self.show_nothing()
        elif slide.picture is None:
            self._file = None
            self.show_card(card, 0)
        else:
            self._file = str(imported.folder / slide.picture)
            self._look()

    def show_nothing(self) -> None:
        """An empty frame."""
        self._file = None
        self.show_picture(None)

    def ask_ahead(self, file: str) -> None:
        """This picture will probably be wanted next."""
        self._pictures.get(file, self._size)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """A picture of the new size, when that has settled."""
        super().resizeEvent(event)
        if self._size.isEmpty():
            self._take_size()
        else:
            self._settled.start()

    def _take_size(self) -> None:
        self._size = self.pixels()
        self._look()

    def _look(self) -> None:
        if self._file is None:
            return
        picture = self._pictures.get(self._file, self._size)
        if picture is not None or self._pictures.is_broken(self._file, self._size):
            self.show_picture(picture)


def crisp_size(height: int) -> QSize:
    """The largest 16:9 frame up to this height in which slides of 16:9 and 4:3 lie on whole pixels."""
    nines = max(_LEAST_NINES, height // 9)
    return QSize(16 * nines, 9 * nines)
