# SPDX-License-Identifier: AGPL-3.0-or-later
"""The deck that is selected: its slides, everything noticed about it, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from pechakucha.console.deck_review import Review
from pechakucha.console.deck_wording import (
    Place,
    place_remark,
    places_of,
    slides_words,
    stage_card,
    worst_by_slide,
)
from pechakucha.console.deck_work import DeckWork, Purpose, Task
from pechakucha.console.findings_view import FindingsView
from pechakucha.console.loaded_slide import LoadedSlide, crisp_size
from pechakucha.console.side_by_side import SideBySide
from pechakucha.console.slide_choice import SlideChoice
from pechakucha.console.slide_strip import SlideStrip
from pechakucha.console.state_mark import StateMark
from pechakucha.decks.library import Imported
from pechakucha.show.deck import CARD
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.cards import Card
from pechakucha.ui.controls import CommandButton, ElidedLabel, label, scrolling
from pechakucha.ui.pictures import Pictures

_FINDINGS_WIDTH = 320
_LEAST_NOTES = 112
"""Logical pixels that the slide leaves for the place line and the notes."""


class DeckPane(QWidget):
    """One deck in full. The window connects its buttons: ``open_file``, ``again``, ``give_up``,
    ``choice`` and ``both``.
    """

    def __init__(
        self, review: Review, work: DeckWork, small: Pictures, large: Pictures, texts: Texts
    ) -> None:
        """``small`` and ``large`` are kept apart, so that slides do not drive out the rows' pictures."""
        super().__init__()
        self._review, self._work, self._texts = review, work, texts
        self._talk = ""
        self._compared: str | None = None
        self._city = ElidedLabel(pixels=theme.TITLE, bold=True)
        self._title = ElidedLabel(pixels=theme.LARGE, role="quiet")
        self._state = StateMark(texts)
        self._facts = ElidedLabel(role="quiet")
        self.open_file, self.again = _small("O", texts("decks.open-file")), _small("F5", texts("decks.again"))
        self.give_up = _small("Esc", texts("console.cancel"))
        self._progress = QProgressBar()
        self._progress.setTextVisible(False)
        self._progress_words = label("quiet")
        self.slide = LoadedSlide(large)
        self.both = SideBySide(large, texts)
        self.strip = SlideStrip(small, texts)
        self.strip.setAccessibleName(texts("decks.slides-of-deck"))
        self.strip.moved.connect(self._show_place)
        self._place, self._of = label(pixels=theme.LARGE, bold=True), label("quiet", pixels=theme.LARGE)
        self._remark = label("quiet")
        self._notes = label(wraps=True)
        self.findings = FindingsView(texts)
        self.findings.slide_wanted.connect(self.strip.select_slide)
        self.choice = SlideChoice(review, texts)
        self.choice.edited.connect(self._show_slides)
        self._build()

    @property
    def compared(self) -> str | None:
        """The renderer whose pictures are beside those that go on stage."""
        return self._compared

    def show_talk(self, talk: str) -> None:
        """Bring everything up to date, for this talk."""
        if talk != self._talk:
            self._talk, self._compared = talk, None
            self.strip.forget()
            self.findings.forget()
        each, checked = self._review.talk(talk), self._review.checked(talk)
        self._city.setText(each.city)
        self._title.setText(each.title)
        self._state.show_state(self._review.state(talk))
        self._show_facts()
        self._show_task(self._work.task(talk))
        self.findings.show_findings(checked.findings if checked else ())
        found = bool(checked and checked.findings)
        self._no_findings.setText(self._texts("decks.no-findings") if checked else "")
        self._no_findings.setVisible(not found)
        self.findings.setVisible(found)
        self.choice.show_talk(talk)
        self._show_slides()

    def compare(self, renderer: str | None) -> None:
        """Show another renderer's pictures beside those that go on stage, or no longer (None)."""
        self._compared = renderer
        self._show_slides()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The slide takes the width, as long as that leaves the notes their height."""
        super().resizeEvent(event)
        self._column.activate()
        self._fit()

    def _fit(self) -> None:
        room = self._body.contentsRect()
        below = self.strip.height() + _LEAST_NOTES + 3 * theme.GRID
        beside = (room.width() - _FINDINGS_WIDTH - 3 * theme.GRID) * 9 // 16
        size = crisp_size(min(beside, room.height() - below))
        self.slide.setFixedSize(size)
        self.both.fit(room.width(), room.height() - below)
        self._left.setFixedWidth(room.width() if self.both.isVisibleTo(self) else size.width())

    def _show_facts(self) -> None:
        imported, checked = self._review.imports.get(self._talk), self._review.checked(self._talk)
        file = self._review.file(self._talk)
        parts = [file.name]
        if imported and checked and imported.deck.slides:
            parts.append(slides_words(imported.deck, checked, self._texts))
            parts.append(self._texts("decks.drawn", renderer=imported.deck.renderer))
        self._facts.setText(" · ".join(parts))
        self._facts.setToolTip("\n".join([str(file), *parts[1:]]))
        self.open_file.setEnabled(file.exists())

    def _show_task(self, task: Task | None) -> None:
        """What is being drawn; all decks together have their bars in the list."""
        self._working.setVisible(task is not None)
        self.give_up.setVisible(task is not None and task.alone)
        for part in (self._facts, self.open_file, self.again):
            part.setVisible(task is None and (part is self._facts or not self._review.packed))
        if task is None:
            return
        self._progress.setRange(0, max(1, task.total))
        self._progress.setValue(task.done)
        self._progress_words.setText(_task_words(task, self._texts))

    def _show_slides(self) -> None:
        """All slides, as they are or as the slides being written would have them."""
        imported = self._review.imports.get(self._talk)
        checked = self.choice.preview or self._review.checked(self._talk)
        places = places_of(imported.deck, checked) if imported and checked else ()
        marks = worst_by_slide(checked.findings, len(checked.slides)) if checked else {}
        self.strip.show_deck(
            places, imported.folder if imported else self._review.path.parent, self._card(), marks
        )
        self.strip.setVisible(bool(places))
        self._show_place()

    def _show_place(self) -> None:
        """The slide that is selected, alone or side by side."""
        imported, place = self._review.imports.get(self._talk), self.strip.place
        other = self._review.rendering(self._talk, self._compared) if self._compared else None
        compares = bool(imported and other and place)
        self._right.setVisible(not compares)
        self.slide.setVisible(not compares)
        self.both.setVisible(compares)
        self._fit()
        if imported and other and place:
            self.both.show_slide(place.slide.number, imported, other, self._card())
        else:
            self._show_alone(imported, place)
        self._say_place(imported, place)
        self.findings.mark_slide(place.slide.number if place else None)

    def _show_alone(self, imported: Imported | None, place: Place | None) -> None:
        if imported is None or place is None:
            self.slide.show_nothing()
            return
        self.slide.show_slide(imported, place.slide.number, self._card())
        for beside in self.strip.neighbours():
            self.slide.ask_ahead(str(imported.folder / beside))

    def _card(self) -> Card:
        return stage_card(self._review.show, self._talk, self._texts)

    def _say_place(self, imported: Imported | None, place: Place | None) -> None:
        texts = self._texts
        number = place.slide.number if place else CARD.number
        if place is None:
            self._place.setText(texts("decks.no-slides") if imported else "")
        elif number == CARD.number:
            self._place.setText(texts("decks.card"))
        else:
            self._place.setText(texts("console.slide", number=number))
        self._of.setText(texts("console.of", count=len(imported.deck.slides)) if imported and number else "")
        self._remark.setText(place_remark(place, texts) if place else "")
        self.slide.setAccessibleName(" ".join(part.text() for part in (self._place, self._of, self._remark)))
        notes = place.slide.notes.strip() if place else ""
        self._notes.setText(notes or (texts("console.no-notes") if number else ""))
        self._notes.setProperty("role", "" if notes else "quiet")
        self._notes.style().polish(self._notes)
        self._notes_heading.setVisible(bool(number))

    def _build(self) -> None:
        self._head = self._build_head()
        self._body = QWidget()
        body = QHBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(3 * theme.GRID)
        body.addWidget(self._build_left())
        body.addWidget(self._build_right(), 1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 2 * theme.GRID)
        column.setSpacing(2 * theme.GRID)
        column.addWidget(self._head)
        column.addWidget(self._body, 1)

    def _build_head(self) -> QWidget:
        first = QHBoxLayout()
        first.setSpacing(2 * theme.GRID)
        first.addWidget(self._city)
        first.addWidget(self._title, 1)
        first.addWidget(self._state)
        second = QHBoxLayout()
        second.setSpacing(theme.GRID)
        second.addStrut(4 * theme.GRID + 4)
        second.addWidget(self._facts, 1)
        second.addWidget(self._build_working(), 1)
        second.addWidget(self.open_file)
        second.addWidget(self.again)
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID // 2)
        column.addLayout(first)
        column.addLayout(second)
        return head

    def _build_working(self) -> QWidget:
        """In the place of the facts, so that nothing below it moves."""
        self._working = QWidget()
        row = QHBoxLayout(self._working)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2 * theme.GRID)
        row.addWidget(self._progress, 1)
        row.addWidget(self._progress_words)
        row.addWidget(self.give_up)
        return self._working

    def _build_left(self) -> QWidget:
        where = QHBoxLayout()
        where.setSpacing(theme.GRID)
        for part in (self._place, self._of, self._remark):
            where.addWidget(part)
        where.addStretch(1)
        self._notes_heading = label("heading")
        self._notes_heading.setText(self._texts("console.notes").upper())
        self._notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        scroll = scrolling(self._notes)
        scroll.setMinimumHeight(3 * theme.GRID)
        self._left = QWidget()
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self.slide)
        column.addWidget(self.both)
        column.addWidget(self.strip)
        column.addLayout(where)
        column.addWidget(self._notes_heading)
        column.addWidget(scroll, 1)
        return self._left

    def _build_right(self) -> QWidget:
        heading = label("heading")
        heading.setText(self._texts("decks.findings").upper())
        self._no_findings = label("quiet", wraps=True)
        self._no_findings.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._right = QWidget()
        self._right.setMinimumWidth(_FINDINGS_WIDTH)
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(heading)
        column.addWidget(self._no_findings, 1)
        column.addWidget(self.findings, 1)
        column.addWidget(self.choice)
        return self._right


def _task_words(task: Task, texts: Texts) -> str:
    """How far an import is."""
    if not task.total:
        return texts("decks.working")
    if task.purpose is not Purpose.READ:
        return texts("decks.drawing", renderer=task.renderer, done=task.done, total=task.total)
    return texts("console.slides-done", done=task.done, total=task.total)


def _small(key: str, words: str) -> CommandButton:
    button = CommandButton(key)
    button.setProperty("form", "small")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setText(words)
    return button
