# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small windows for what a late change needs to know; the console stays usable beside them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint, QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pechakucha.show.hand import Hand
from pechakucha.show.snapshot import SnapshotTalk
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, ElidedLabel, label
from pechakucha.ui.keys import ENTER

MOST_WORDS = 80
"""Characters of a message: more cannot be read across a room."""

_PLACE = QPoint(2 * theme.GRID, 7 * theme.GRID)
"""Where small windows open, logical pixels from the console's corner."""

_WIDTH = 520
_MOST_MINUTES = 240
_APPLY = "apply"


class LateDialog(QDialog):
    """A heading, some fields, and a button that Enter presses; Esc leaves everything as it is.

    A press within the time that a hand needs to rest after it has opened decides nothing: it is the
    rest of the press that opened it.
    """

    def __init__(
        self, heading: str, apply: str, texts: Texts, now: Callable[[], int], parent: QWidget
    ) -> None:
        """``now`` tells the run's clock."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._texts, self._now = texts, now
        self._hand = Hand()
        self._hand.change(_APPLY, now())
        self.setWindowTitle(heading)
        self._said = label("attention", wraps=True)
        self._said.hide()
        self.apply = CommandButton(texts("console.key-enter"), "primary")
        self.apply.setText(apply)
        self.apply.clicked.connect(lambda _checked=False: self._press())
        self.leave = CommandButton("Esc")
        self.leave.setText(texts("console.go-back"))
        self.leave.clicked.connect(lambda _checked=False: self.reject())
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(3 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID)
        column.setSpacing(theme.GRID)
        title = label(pixels=theme.LARGE, bold=True, wraps=True)
        title.setText(heading)
        column.addWidget(title)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(theme.GRID)
        self._foot.addWidget(self.leave)
        self._foot.addStretch(1)
        self._foot.addWidget(self.apply)

    def say(self, words: str) -> None:
        """Say why it can't be done."""
        self._said.setText(words)
        self._said.setVisible(bool(words))
        self.fit()

    def fit(self) -> None:
        """As high as its words need, which Qt does not see to by itself."""
        self._column.activate()
        width = max(_WIDTH, self._column.minimumSize().width())
        self.setFixedSize(width, self._column.totalHeightForWidth(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Enter applies and Esc leaves, unless they are held down."""
        if event.isAutoRepeat():
            return
        if event.key() in ENTER:
            self._press()
        elif event.key() == Qt.Key.Key_Escape:
            self.reject()

    def take(self) -> None:
        """Do what it is for."""
        raise NotImplementedError

    def _press(self) -> None:
        if self._hand.objection(_APPLY, now_ns=self._now()) is not None or not self.apply.isEnabled():
            self._hand.refuse(_APPLY, self._now())
            self.apply.flash()
        else:
            self.take()

    def _finish(self) -> None:
        """Everything else is in place."""
        self._column.addWidget(self._said)
        self._column.addSpacing(theme.GRID)
        self._column.addLayout(self._foot)
        self.fit()

    def _add_field(self, code: str, field: QWidget) -> None:
        name = label(bold=True)
        name.setText(self._texts(code))
        name.setBuddy(field)
        field.setAccessibleName(self._texts(code))
        self._column.addSpacing(theme.GRID)
        self._column.addWidget(name)
        self._column.addWidget(field)


class PauseDialog(LateDialog):
    """A pause before a talk: how many minutes, and what it is called.

    Signals:
        wanted(int, str): seconds of the pause, 0 for none, and its title.
    """

    wanted = Signal(int, str)

    def __init__(self, talk: SnapshotTalk, texts: Texts, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(
            texts("late.pause-heading", city=talk.city), texts("late.pause-apply"), texts, now, parent
        )
        self.minutes, self.title = QLineEdit(), QLineEdit()
        digits = QRegularExpressionValidator(QRegularExpression(r"\d{0,3}([.,]\d)?"), self.minutes)
        self.minutes.setValidator(digits)
        self.minutes.setText(f"{talk.pause / 60:g}" if talk.pause else "")
        self.minutes.setPlaceholderText("10")
        self.title.setText(talk.pause_title)
        self.title.setPlaceholderText(texts("card.pause"))
        self.title.setMaxLength(MOST_WORDS)
        self._add_field("late.pause-minutes", self.minutes)
        self._add_field("late.pause-title", self.title)
        self.drop = CommandButton()
        self.drop.setText(texts("late.pause-drop"))
        self.drop.setVisible(talk.pause > 0)
        self.drop.clicked.connect(lambda _checked=False: self.wanted.emit(0, ""))
        self._foot.insertWidget(2, self.drop)
        self._finish()
        self.minutes.setFocus()
        self.minutes.selectAll()

    def take(self) -> None:
        """A pause of so many minutes."""
        written = self.minutes.text().replace(",", ".").strip()
        minutes = float(written) if written and written != "." else 0.0
        if not 0 < minutes <= _MOST_MINUTES:
            self.say(self._texts("late.pause-how-long", most=_MOST_MINUTES))
            self.minutes.setFocus()
            return
        self.wanted.emit(round(minutes * 60), self.title.text().strip())


class WordsDialog(LateDialog):
    """Words that the stage shows over everything.

    Signals:
        wanted(str): these words; "" for "one moment please".
    """

    wanted = Signal(str)

    def __init__(self, texts: Texts, now: Callable[[], int], parent: QWidget) -> None:
        super().__init__(texts("late.words-heading"), texts("console.do-message"), texts, now, parent)
        self.words = QLineEdit()
        self.words.setMaxLength(MOST_WORDS)
        self.words.setPlaceholderText(texts("card.one-moment"))
        self._add_field("late.words", self.words)
        hint = label("quiet", wraps=True)
        hint.setText(texts("late.words-hint"))
        self._column.addWidget(hint)
        self._finish()
        self.words.setFocus()

    def take(self) -> None:
        """These words."""
        self.wanted.emit(self.words.text().strip())


class CityDialog(LateDialog):
    """One more talk: its city and its deck.

    Signals:
        wanted(str, str, object): the city, the title and the deck's path.
        file_asked(): a file is to be chosen.
    """

    wanted = Signal(str, str, object)
    file_asked = Signal()

    def __init__(self, file: Path | None, texts: Texts, now: Callable[[], int], parent: QWidget) -> None:
        """``file`` is the deck where it is known already."""
        super().__init__(texts("late.add-heading"), texts("late.add-apply"), texts, now, parent)
        self.file = file
        self.city, self.title = QLineEdit(), QLineEdit()
        for field in (self.city, self.title):
            field.setMaxLength(MOST_WORDS)
        self._add_field("hand-in.city", self.city)
        self._add_field("hand-in.title", self.title)
        self.choose = CommandButton()
        self.choose.setText(texts("late.choose-file"))
        self.choose.clicked.connect(lambda _checked=False: self.file_asked.emit())
        self._name = ElidedLabel()
        row = QHBoxLayout()
        row.setSpacing(2 * theme.GRID)
        row.addWidget(self.choose)
        row.addWidget(self._name, 1)
        self._column.addSpacing(theme.GRID)
        self._column.addLayout(row)
        self._finish()
        self.show_file(file)

    def show_file(self, file: Path | None) -> None:
        """This deck is chosen; what is missing still, or else what Enter does, comes under the hand."""
        self.file = file or self.file
        self._name.setText(self.file.name if self.file else self._texts("late.no-file"))
        self._name.setToolTip(str(self.file or ""))
        (self.apply if self.file and self.city.text().strip() else self.city).setFocus()

    def take(self) -> None:
        """This city with this deck."""
        city = self.city.text().strip()
        if not city:
            self.say(self._texts("late.city-missing"))
            self.city.setFocus()
        elif self.file is None:
            self.say(self._texts("late.file-missing"))
            self.file_asked.emit()
        else:
            self.wanted.emit(city, self.title.text().strip(), self.file)


def open_dialog(dialog: LateDialog) -> None:
    """In front of the console, which stays usable: over the rundown, the slide's seconds are to be seen."""
    dialog.setModal(False)
    window = dialog.parentWidget()
    if window is not None:
        dialog.move(window.mapToGlobal(_PLACE))
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
