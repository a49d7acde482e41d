# SPDX-License-Identifier: AGPL-3.0-or-later
"""Buttons and labels that all windows share."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from pechakucha.show.hand import REST_SECONDS
from pechakucha.ui import theme

_FLASH_MS = round(REST_SECONDS * 1000)
"""While it flashes it takes nothing."""


class CommandButton(QPushButton):
    """A button that reacts to the mouse and to Enter, not to Space, and shows its key.

    Space is what nervous hands and clickers press.

    Signals:
        refused(): it was clicked while it can't be pressed.
    """

    refused = Signal()

    def __init__(self, key: str = "", tone: str = "", parent: QWidget | None = None) -> None:
        """``key`` is the key's name as printed on it, ``tone`` is ``primary``, ``danger`` or ""."""
        super().__init__(parent)
        self._key = key
        self.setProperty("tone", tone)
        self.setAutoDefault(False)
        self._flash = QTimer(self)
        self._flash.setSingleShot(True)
        self._flash.setInterval(_FLASH_MS)
        self._flash.timeout.connect(lambda: self._set_flash(on=False))

    def flash(self) -> None:
        """Show that a press was refused."""
        self._set_flash(on=True)
        self._flash.start()

    def event(self, event: QEvent) -> bool:
        """Qt swallows clicks on what is disabled."""
        if (
            event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)
            and not self.isEnabled()
            and isinstance(event, QMouseEvent)
            and event.button() == Qt.MouseButton.LeftButton
        ):
            self.refused.emit()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter clicks, unless it is held down; everything else is the window's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.click()
            return
        event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Nothing happens at a release."""
        event.ignore()

    def sizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Room for the words and the key."""
        hint = super().sizeHint()
        least = 0 if self.property("form") else 48
        return QSize(hint.width() + self._key_width(), max(least, hint.height()))

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """Never narrower than its words."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """The words on the left, the key in a frame on the right."""
        if not self._key:
            super().paintEvent(event)
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shade = self._shade()
        painter.setPen(shade)
        painter.setFont(self.font())
        width = self.fontMetrics().horizontalAdvance(self.text())
        left = (self.width() - width - self._key_width()) // 2
        painter.drawText(left, 0, width + 2, self.height(), Qt.AlignmentFlag.AlignVCenter, self.text())
        self._paint_key(painter, left + width + 12, shade)

    def _shade(self) -> QColor:
        """The colour of the words, which the style sheet does not tell."""
        if self.property("flash") == "true":
            return QColor(theme.TEXT)
        if not self.isEnabled():
            return QColor(theme.QUIET)
        tones = {"primary": theme.BACKGROUND, "warning": theme.BACKGROUND, "danger": theme.DANGER}
        return QColor(tones.get(str(self.property("tone")), theme.TEXT))

    def _paint_key(self, painter: QPainter, left: int, shade: QColor) -> None:
        painter.setFont(theme.font(13, theme.SEMIBOLD))
        height = 24
        frame = self.rect()
        frame.setRect(left, (self.height() - height) // 2, self._key_width() - 12, height)
        fill = QColor(shade)
        fill.setAlphaF(0.10)
        painter.setBrush(fill)
        shade.setAlphaF(0.45)
        painter.setPen(shade)
        painter.drawRoundedRect(frame.adjusted(0, 0, -1, -1), 5, 5)
        shade.setAlphaF(0.9)
        painter.setPen(shade)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self._key)

    def _key_width(self) -> int:
        if not self._key:
            return 0
        return QFontMetrics(theme.font(13, theme.SEMIBOLD)).horizontalAdvance(self._key) + 16 + 12

    def _set_flash(self, *, on: bool) -> None:
        flash = "true" if on else "false"
        if self.property("flash") == flash:
            return  # to be polished anew costs more than all else that a press does
        self.setProperty("flash", flash)
        self.style().unpolish(self)
        self.style().polish(self)


def let_go(button: CommandButton) -> None:
    """Take the focus from a button that goes away or can't be pressed any more: Qt would give it to the
    next one, which would then be under Enter.
    """
    if button.hasFocus():
        button.clearFocus()


def label(role: str = "", *, pixels: int = theme.BODY, bold: bool = False, wraps: bool = False) -> QLabel:
    """A label of the theme; ``role`` is a colour role of the style sheet."""
    made = QLabel()
    if role:
        made.setProperty("role", role)
    if role not in {"heading", "badge"}:
        made.setFont(theme.font(pixels, theme.BOLD if bold else theme.NORMAL))
    made.setWordWrap(wraps)
    made.setTextFormat(Qt.TextFormat.PlainText)
    return made


class ElidedLabel(QLabel):
    """A label on one line whose end gives way to an ellipsis where there is no room."""

    def __init__(self, *, pixels: int = theme.BODY, bold: bool = False, role: str = "") -> None:
        super().__init__()
        if role:
            self.setProperty("role", role)
        self.setFont(theme.font(pixels, theme.BOLD if bold else theme.NORMAL))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """It may become as narrow as its ellipsis."""
        return QSize(self.fontMetrics().horizontalAdvance("…"), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """As much as there is room for."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().windowText().color())
        words = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), self.alignment() | Qt.AlignmentFlag.AlignVCenter, words)


def set_tone(widget: QWidget, tone: str) -> None:
    """Change the tone of a badge or button."""
    if widget.property("tone") != tone:
        widget.setProperty("tone", tone)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


def keep_place(widget: QWidget, *, kept: bool) -> None:
    """Whether nothing else moves into its place while it is hidden."""
    policy = widget.sizePolicy()
    if policy.retainSizeWhenHidden() != kept:
        policy.setRetainSizeWhenHidden(kept)
        widget.setSizePolicy(policy)


def scrolling(inside: QWidget) -> QScrollArea:
    """An area in which ``inside`` scrolls up and down, and which the focus passes by."""
    area = QScrollArea()
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area


def rule(*, vertical: bool = False) -> QFrame:
    """A hairline."""
    line = QFrame()
    line.setProperty("role", "rule")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line
