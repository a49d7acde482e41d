# SPDX-License-Identifier: AGPL-3.0-or-later
"""What to do about too few slides or too many: the city's card, or a choice of slides."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pechakucha.console.deck_review import Review, shown_slides
from pechakucha.console.deck_wording import count_words
from pechakucha.show.checks import Checked
from pechakucha.show.problem import Problem
from pechakucha.show.selection import write_selection
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, label
from pechakucha.ui.key_hint import KeyHint

_ABOUT_SELECTION = frozenset({"selected-missing", "selected-hidden"})


class SlideChoice(QWidget):
    """Offers what fits the deck, and nothing where its number of slides is right.

    Signals:
        fill_pressed(): fill with the city's card, or no longer.
        chosen(str): take these slides, as a person writes them; "" for all.
        edited(): the slides written differ from before.
    """

    fill_pressed = Signal()
    chosen = Signal(str)
    edited = Signal()

    def __init__(self, review: Review, texts: Texts) -> None:
        super().__init__()
        self._review, self._texts = review, texts
        self._talk = ""
        self._written = ""
        self._before: str | None = None
        self._offered = False
        self.preview: Checked | None = None
        """What the slides written would make of the talk, while they differ from the show file's."""
        self._hint = label("quiet", wraps=True)
        self.fill = CommandButton("K")
        self.fill.clicked.connect(lambda _checked=False: self.fill_pressed.emit())
        self._heading = KeyHint("W")
        self._heading.setText(texts("decks.choice"))
        self._heading.clicked.connect(lambda _checked=False: self.focus_edit())
        self.edit = QLineEdit()
        self.edit.setAccessibleName(texts("decks.choice"))
        self.edit.setFont(theme.font(18))
        self.edit.textEdited.connect(lambda _text: self._look())
        self.edit.returnPressed.connect(self._apply_if_valid)
        self._says = label("quiet", wraps=True)
        self.apply = CommandButton("", "primary")
        self.apply.setText(texts("decks.choice-apply"))
        self.apply.clicked.connect(lambda _checked=False: self.chosen.emit(self.edit.text()))
        self.undo = CommandButton()
        self.undo.setText(texts("decks.choice-undo"))
        self.undo.clicked.connect(lambda _checked=False: self._go_back())
        for button in (self.fill, self.apply, self.undo):
            button.setProperty("form", "small")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._build()

    def show_talk(self, talk: str) -> None:
        """Offer what fits this talk's deck; what is being written stays while it is the same talk."""
        written = self._review.slides_written(talk)
        if talk != self._talk or written != self._written:
            self.edit.setText(written)
        self._talk, self._written = talk, written
        self._before = self._review.slides_before(talk)
        self._show_fill()
        self._show_edit()
        self._look()

    def focus_edit(self) -> bool:
        """Begin to write, where slides can be chosen; whether they can."""
        if self.edit.isVisible():
            self.edit.setFocus()
            self.edit.selectAll()
        return self.edit.isVisible()

    def leave_edit(self) -> bool:
        """Forget what was written and not taken; whether there was something, or the focus."""
        busy = self.edit.hasFocus() or self.edit.text() != self._written
        self.edit.setText(self._written)
        self._look()
        return busy

    def _show_fill(self) -> None:
        checked, wanted = self._review.checked(self._talk), self._review.show.format.slides
        missing = wanted - shown_slides(checked) if checked else 0
        filled = self._review.talk(self._talk).fill
        offered = checked is not None and not self._review.packed and (filled or 0 < missing < wanted)
        self._hint.setVisible(offered and not filled)
        self.fill.setVisible(offered)
        self._hint.setText(self._texts("decks.fill-hint", count=missing))
        self.fill.setText(self._texts("decks.unfill" if filled else "decks.fill"))

    def _show_edit(self) -> None:
        wanted, chosen = self._review.show.format.slides, self._review.talk(self._talk).slides
        imported = self._review.imports.get(self._talk)
        many = imported is not None and len(imported.deck.visible) > wanted
        may = imported is not None and not self._review.packed
        offered = may and (many or chosen is not None or self._before is not None)
        self._offered = offered
        for part in (self._heading, self.edit, self._says, self.apply):
            part.setVisible(offered)
        self.edit.setPlaceholderText(write_selection(range(1, wanted + 1)))

    def _look(self) -> None:
        """Say what the slides written would make of the talk."""
        before, self.preview = self.preview, None
        differs = self.edit.text().strip() != self._written
        try:
            checked = self._review.with_slides(self._talk, self.edit.text())
        except Problem as problem:
            self._says.setText(self._texts.problem(problem))
            self.apply.setEnabled(False)
        else:
            self._says.setText(self._words(checked) if checked else "")
            self.preview = checked if differs else None
            self.apply.setEnabled(differs)
        self.undo.setVisible(self._offered and (differs or self._before is not None))
        if self.preview != before:
            self.edited.emit()

    def _words(self, checked: Checked) -> str:
        about = next((each for each in checked.findings if each.code in _ABOUT_SELECTION), None)
        if about is not None:
            return self._texts.message(about)
        return count_words(shown_slides(checked), self._review.show.format.slides, self._texts)

    def _apply_if_valid(self) -> None:
        if self.apply.isEnabled():
            self.chosen.emit(self.edit.text())
        else:
            self.apply.flash()

    def _go_back(self) -> None:
        """First to what the show file says, then to what it said before."""
        if self.edit.text() != self._written:
            self.leave_edit()
        elif self._before is not None:
            self.chosen.emit(self._before)

    def _build(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GRID)
        buttons.addWidget(self.apply)
        buttons.addWidget(self.undo)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        for part in (self._hint, self.fill, self._heading, self.edit, self._says):
            column.addWidget(part)
        column.addLayout(buttons)
