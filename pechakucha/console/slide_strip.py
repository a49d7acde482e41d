# SPDX-License-Identifier: AGPL-3.0-or-later
"""All slides of a deck in one row: what goes on stage in its order, then what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from pechakucha.console.deck_wording import SEVERITY_SHADES, SEVERITY_SHAPES, Place, place_words
from pechakucha.console.row_painting import PICTURE, paint_shape, paint_thumbnail
from pechakucha.console.talk_rows import Index
from pechakucha.show.deck import CARD
from pechakucha.show.problem import Severity
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.card_painting import paint_card
from pechakucha.ui.cards import Card
from pechakucha.ui.pictures import Pictures

_CELL = QSize(88, 76)
_ROLE = Qt.ItemDataRole.UserRole


class _Places(QAbstractListModel):
    def __init__(self, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._texts = texts
        self.places: tuple[Place, ...] = ()

    def show_places(self, places: tuple[Place, ...]) -> None:
        self.beginResetModel()
        self.places = places
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008  # Qt's signature
        return 0 if parent.isValid() else len(self.places)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        place = self.places[index.row()]
        if role == _ROLE:
            return place
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return place_words(place, self._texts)
        return None


class SlideStrip(QListView):
    """The row; a slide is selected by mouse and arrow keys.

    Signals:
        moved(): another slide is selected.
    """

    moved = Signal()

    def __init__(self, pictures: Pictures, texts: Texts) -> None:
        super().__init__()
        self._places = _Places(texts, self)
        self._delegate = _PlaceDelegate(pictures, self)
        self.setModel(self._places)
        self.setItemDelegate(self._delegate)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(_CELL.height() + 2)
        self.selectionModel().currentChanged.connect(self._tell)
        pictures.loaded.connect(self.viewport().update)

    @property
    def place(self) -> Place | None:
        """What is selected."""
        place = self.currentIndex().data(_ROLE)
        return place if isinstance(place, Place) else None

    @property
    def position(self) -> int:
        """Where the selection is, counted from 0; -1 where there is none."""
        return self.currentIndex().row()

    @property
    def places(self) -> tuple[Place, ...]:
        """All there are."""
        return self._places.places

    def show_deck(
        self, places: tuple[Place, ...], folder: Path, card: Card, marks: Mapping[int, Severity]
    ) -> None:
        """Show the slides of a deck; the slide that is selected stays so while it goes on stage.

        Args:
            places: in their order.
            folder: of their pictures.
            card: what stands where a slide has no picture.
            marks: the worst finding of a slide, by its number.
        """
        before = self.place.slide.number if self.place else None
        self._delegate.show_deck(folder, card, marks)
        self.viewport().update()
        if places == self.places:
            return
        self._places.show_places(places)
        same = (at for at, place in enumerate(places) if place.on_stage and place.slide.number == before)
        self.setCurrentIndex(self._places.index(next(same, 0)))

    def forget(self) -> None:
        """Another deck comes, which begins with its first slide."""
        self._places.show_places(())

    def neighbours(self) -> list[str]:
        """The pictures of the slides before and after the one selected."""
        beside = self.places[max(0, self.position - 1) : self.position + 2]
        return [place.slide.picture for place in beside if place.slide.picture is not None]

    def select_slide(self, number: int) -> bool:
        """Select the slide with this number in its file; whether there is one."""
        if self.place is not None and self.place.slide.number == number:
            return True
        at = next((at for at, place in enumerate(self.places) if place.slide.number == number), None)
        if at is not None:
            self.setCurrentIndex(self._places.index(at))
        return at is not None

    def step(self, by: int) -> None:
        """Go to the next slide, or the one before."""
        at = min(max(0, self.position + by), len(self.places) - 1)
        self.setCurrentIndex(self._places.index(at))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802  # Qt's name
        """There is one direction only."""
        turned = event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (turned.y() or turned.x()))
        event.accept()

    def keyboardSearch(self, search: str) -> None:  # noqa: N802  # Qt's name
        """Letters are commands of the window, not a search."""
        del search

    def _tell(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.scrollTo(current)
            self.moved.emit()


class _PlaceDelegate(QStyledItemDelegate):
    def __init__(self, pictures: Pictures, parent: SlideStrip) -> None:
        super().__init__(parent)
        self._pictures, self._view = pictures, parent
        self._folder = Path()
        self._card: Card | None = None
        self._drawn: tuple[Card | None, QSize, QPixmap] | None = None
        self._marks: Mapping[int, Severity] = {}

    def show_deck(self, folder: Path, card: Card, marks: Mapping[int, Severity]) -> None:
        self._folder, self._card, self._marks = folder, card, marks

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        del option, index
        return _CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        place = index.data(_ROLE)
        if not isinstance(place, Place):
            return
        area = QRect(option.rect)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        frame = QRect(area.left() + 4, area.top() + 4, PICTURE.width(), PICTURE.height())
        painter.setOpacity(1.0 if place.on_stage else 0.35)
        device = painter.device()
        paint_thumbnail(
            painter, frame, self._picture(place, PICTURE * (device.devicePixelRatio() if device else 1))
        )
        painter.setOpacity(1.0)
        if selected:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QColor(theme.NEXT if self._view.hasFocus() else theme.QUIET))
            painter.drawRoundedRect(QRectF(frame).adjusted(-2.5, -2.5, 1.5, 1.5), 6, 6)
        self._paint_number(painter, QRect(frame.left(), frame.bottom() + 4, frame.width(), 20), place)
        painter.restore()

    def _paint_number(self, painter: QPainter, line: QRect, place: Place) -> None:
        if place.slide.number == CARD.number:
            return
        painter.setFont(theme.font(13))
        painter.setPen(theme.QUIET if place.on_stage else theme.LINE.lighter(170))
        painter.drawText(line, Qt.AlignmentFlag.AlignCenter, str(place.slide.number))
        severity = self._marks.get(place.slide.number)
        if severity is not None:
            middle = QPointF(line.center().x() + 22, line.center().y() + 1)
            paint_shape(painter, middle, SEVERITY_SHAPES[severity], SEVERITY_SHADES[severity])

    def _picture(self, place: Place, size: QSize) -> QPixmap | None:
        if place.slide.picture is not None:
            return self._pictures.get(str(self._folder / place.slide.picture), size)
        return None if place.slide.hidden else self._card_picture(size)

    def _card_picture(self, size: QSize) -> QPixmap | None:
        if self._card is None:
            return None
        if self._drawn is None or self._drawn[:2] != (self._card, size):
            image = QImage(size, QImage.Format.Format_RGB32)
            painter = QPainter(image)
            paint_card(painter, size, self._card, 0)
            painter.end()
            self._drawn = (self._card, size, QPixmap.fromImage(image))
        return self._drawn[2]
