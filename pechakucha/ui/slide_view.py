# SPDX-License-Identifier: AGPL-3.0-or-later
"""A slide or a card as a widget, 16:9, with round corners."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from pechakucha.ui import theme
from pechakucha.ui.card_painting import paint_card
from pechakucha.ui.cards import Card

_CORNER = 8
_SMALLEST_CAPTION = 12
_CAPTIONS_IN_WIDTH = 26
"""So many of a caption's heights make a slide's width at the least."""


class SlideView(QWidget):
    """Shows what it is given: a picture, a card, or nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(160, 90)
        self._picture: QPixmap | None = None
        self._card: Card | None = None
        self._now_ns = 0
        self._dimmed = False
        self._caption = ""

    def hasHeightForWidth(self) -> bool:  # noqa: N802  # Qt's name
        """The shape is fixed."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802  # Qt's name
        """16:9."""
        return width * 9 // 16

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """A quarter of full HD."""
        return QSize(480, 270)

    def pixels(self) -> QSize:
        """The size in physical pixels, for which pictures are asked for."""
        frame = self._frame()
        return QSize(round(frame.width()), round(frame.height())) * self.devicePixelRatio()

    def show_picture(self, picture: QPixmap | None, *, dimmed: bool = False) -> None:
        """Show a slide; None leaves the frame empty."""
        if picture is not self._picture or self._card is not None or dimmed != self._dimmed:
            self._picture, self._card, self._dimmed = picture, None, dimmed
            self.update()

    def show_card(self, card: Card, now_ns: int) -> None:
        """Show a card as it is at this time of the run's clock."""
        self._picture, self._card, self._now_ns, self._dimmed = None, card, now_ns, False
        self.update()

    def show_caption(self, words: str) -> None:
        """Say this over what is shown, "" for nothing."""
        if words != self._caption:
            self._caption = words
            self.setAccessibleDescription(words)
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The frame with what is in it."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = self._frame()
        path = QPainterPath()
        path.addRoundedRect(frame, _CORNER, _CORNER)
        painter.setClipPath(path)
        painter.fillRect(frame, Qt.GlobalColor.black if self._picture else theme.SURFACE)
        if self._card is not None:
            painter.drawImage(frame, self._drawn_card())
        elif self._picture is not None:
            self._draw_picture(painter, frame, self._picture)
        if self._caption:
            self._draw_caption(painter, frame)

    def _draw_caption(self, painter: QPainter, frame: QRectF) -> None:
        """On a band at the lower edge, as wide as the slide and as high as the words need."""
        painter.setOpacity(1)
        pixels = max(_SMALLEST_CAPTION, min(theme.LARGE, frame.width() / _CAPTIONS_IN_WIDTH))
        painter.setFont(theme.font(pixels, theme.BOLD))
        inside = frame.adjusted(2 * theme.GRID, 0, -2 * theme.GRID, 0)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        height = painter.boundingRect(inside, flags, self._caption).height() + 2 * theme.GRID
        band = QRectF(frame.left(), frame.bottom() - height, frame.width(), height)
        painter.fillRect(band, theme.ATTENTION)
        painter.setPen(theme.BACKGROUND)
        painter.drawText(band.adjusted(2 * theme.GRID, 0, -2 * theme.GRID, 0), flags, self._caption)

    def _frame(self) -> QRectF:
        """The 16:9 area, at the top of the widget."""
        width = min(float(self.width()), self.height() * 16 / 9)
        return QRectF((self.width() - width) / 2, 0, width, width * 9 / 16)

    def _draw_picture(self, painter: QPainter, frame: QRectF, picture: QPixmap) -> None:
        size = picture.size().toSizeF().scaled(frame.size(), Qt.AspectRatioMode.KeepAspectRatio)
        ratio = self.devicePixelRatio()
        left, top = frame.center().x() - size.width() / 2, frame.center().y() - size.height() / 2
        # On whole pixels of the screen, or everything in it is blurred by half of one.
        place = QRectF(round(left * ratio) / ratio, round(top * ratio) / ratio, size.width(), size.height())
        if self._dimmed:
            painter.setOpacity(0.35)
        painter.drawPixmap(place, picture, QRectF(picture.rect()))

    def _drawn_card(self) -> QImage:
        pixels = self.pixels()
        image = QImage(pixels, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        assert self._card is not None
        paint_card(painter, pixels, self._card, self._now_ns)
        painter.end()
        return image
