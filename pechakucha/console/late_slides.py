# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which slides of a deck go on stage, chosen while the run goes on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pechakucha.console.deck_wording import count_words, places_of, stage_card, worst_by_slide
from pechakucha.console.late_dialog import LateDialog
from pechakucha.console.slide_strip import SlideStrip
from pechakucha.decks.library import Imported
from pechakucha.show.checks import Checked, Standards
from pechakucha.show.deck import CARD
from pechakucha.show.late_talk import late_talk
from pechakucha.show.plan import Show
from pechakucha.show.problem import Problem
from pechakucha.show.selection import parse_selection, write_selection
from pechakucha.texts import Texts
from pechakucha.ui.controls import CommandButton, label
from pechakucha.ui.pictures import Pictures

_STRIP_WIDTH = 900
_ABOUT_SELECTION = frozenset({"selected-missing", "selected-hidden"})


class SlidesDialog(LateDialog):
    """The deck's slides in a row, the numbers of those that go on stage, and what that makes of the talk.

    Signals:
        wanted(object): the SnapshotTalk with these slides.
    """

    wanted = Signal(object)

    def __init__(
        self,
        plan: Show,
        imported: Imported,
        standards: Standards,
        chosen: tuple[int, ...],
        *,
        texts: Texts,
        now: Callable[[], int],
        parent: QWidget,
    ) -> None:
        """
        Args:
            plan: of the talk alone.
            imported: its deck.
            standards: what the checks hold it against.
            chosen: the slides chosen by now, () for all that are not hidden.
            texts: the language.
            now: tells the run's clock.
            parent: the console.
        """
        city = plan.talks[0].city
        super().__init__(
            texts("late.slides-heading", city=city), texts("decks.choice-apply"), texts, now, parent
        )
        self._plan, self._imported, self._standards = plan, imported, standards
        self._card = stage_card(plan, plan.talks[0].id, texts)
        self._pictures = pictures = Pictures(imported.folder, self)
        self.strip = SlideStrip(pictures, texts)
        self.strip.setAccessibleName(texts("decks.slides-of-deck"))
        self.strip.setMinimumWidth(_STRIP_WIDTH)
        self.edit = QLineEdit()
        self.edit.setText(write_selection(chosen))
        self.edit.setPlaceholderText(write_selection(range(1, plan.format.slides + 1)))
        self.edit.textEdited.connect(lambda _written: self.look())
        self._says = label("quiet", wraps=True)
        self.fill = CommandButton()
        self.fill.setCheckable(True)
        self.fill.setText(texts("decks.fill"))
        self.fill.toggled.connect(lambda _on: self.look())
        self._column.addWidget(self.strip)
        self._add_field("decks.choice", self.edit)
        self._column.addWidget(self._says)
        self._foot.insertWidget(2, self.fill)
        self._finish()
        self.look()
        self.edit.setFocus()
        self.edit.selectAll()
        self.finished.connect(lambda _code: pictures.close())

    def look(self) -> None:
        """Show and say what the slides written would make of the talk."""
        deck, texts = self._imported.deck, self._texts
        try:
            slides = parse_selection(self.edit.text()) if self.edit.text().strip() else None
        except Problem as problem:
            self._says.setText(texts.problem(problem))
            self.apply.setEnabled(False)
            self.fit()
            return
        self._talk, checked = late_talk(
            self._plan, deck, self._standards, slides=slides, fill=self.fill.isChecked()
        )
        shown = sum(slide.number != CARD.number for slide in checked.slides)
        self.fill.setVisible(0 < shown < self._plan.format.slides)
        self._says.setText(self._words(checked, shown))
        self.apply.setEnabled(checked.ready)
        marks = worst_by_slide(checked.findings, len(checked.slides))
        self.strip.show_deck(places_of(deck, checked), self._imported.folder, self._card, marks)
        self.fit()

    def take(self) -> None:
        """These slides."""
        self.wanted.emit(self._talk)

    def _words(self, checked: Checked, shown: int) -> str:
        about = next((each for each in checked.findings if each.code in _ABOUT_SELECTION), None)
        if about is not None:
            return self._texts.message(about)
        if self.fill.isChecked() and checked.ready:
            return self._texts("late.filled", count=self._plan.format.slides - shown)
        return count_words(shown, self._plan.format.slides, self._texts)
