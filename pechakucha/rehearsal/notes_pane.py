# SPDX-License-Identifier: AGPL-3.0-or-later
"""The notes of the slide, how long they are, and a place to change them; after the end what needs work."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from pechakucha.files.edited_notes import LONGEST_NOTES, SavedNotes
from pechakucha.rehearsal.notes_editor import NotesEditor
from pechakucha.rehearsal.practice import Practice
from pechakucha.rehearsal.take_words import length_words, work_words
from pechakucha.rehearsal.work_view import WorkRow, WorkView
from pechakucha.show.snapshot import SnapshotSlide
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import ElidedLabel
from pechakucha.ui.key_hint import KeyHint
from pechakucha.ui.notes_view import NotesView, TimeOver

_ROW = 44
"""Logical pixels of height: how long the notes are, and the key to change them."""

_ROOM_FOR_NOTES = 60_000
"""Square logical pixels of the notes of 20 seconds in the smallest type; only what is more is for the row."""


class NotesPane(QWidget):
    """Shows notes, the editor, or what needs work.

    Signals:
        edit_asked(): the presenter wants to change the notes.
        edit_left(): and has done so.
        chosen(int): the slide with this number in its file was clicked.
        told(str): the notes were saved, but not as one would expect.
    """

    edit_asked = Signal()
    edit_left = Signal()
    chosen = Signal(int)
    told = Signal(str)

    def __init__(self, practice: Practice, texts: Texts) -> None:
        super().__init__()
        self._practice, self._texts = practice, texts
        self._index = 0
        self._told_elsewhere = False
        self.notes, self.work = NotesView(), WorkView()
        self.editor = NotesEditor(lambda notes: practice.advice(notes).over_at, texts)
        self.editor.written.connect(self._write)
        self.editor.left.connect(self._leave)
        self.work.chosen.connect(self.chosen.emit)
        self._length = ElidedLabel(role="quiet")
        self.edit_hint = KeyHint("N")
        self.edit_hint.setText(texts("take.edit"))
        self.edit_hint.clicked.connect(lambda _checked=False: self.edit_asked.emit())
        self._row = QWidget()
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._length, 1)
        row.addWidget(self.edit_hint)
        self.setMinimumHeight(1)  # else the largest of the three would push away what is above
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.GRID)
        column.addWidget(self._row)
        self._stack = QStackedLayout()
        column.addLayout(self._stack, 1)
        for widget in (self.notes, self.editor, self.work):
            self._stack.addWidget(widget)  # only now: it shows the first, which must not be a window

    @property
    def editing(self) -> bool:
        """Whether notes are being changed."""
        return self._stack.currentWidget() is self.editor

    @property
    def hints(self) -> bool:
        """Whether the key to change the notes is named here."""
        return not self._row.isHidden()

    @property
    def length(self) -> str:
        """How long the notes are, in words."""
        return self._length.text()

    def save(self) -> bool:
        """Keep all that was written, also what could not be kept before; returns whether it is kept."""
        self.editor.save()
        if not self._practice.saved:
            self._tell(self._practice.save_notes(self._heading))
        return self._practice.saved

    def show_slide(self, index: int, slide: SnapshotSlide) -> None:
        """The notes of this slide (0-based index)."""
        if self.editing and index != self._index:
            self.close_editor()
        notes, texts, practice = slide.notes.strip(), self._texts, self._practice
        said = practice.advice(self.editor.text.toPlainText() if self.editing else notes)
        self._length.setText(length_words(said, practice.pace(), practice.seconds, texts))
        room = (self.height() - _ROW) * self.width()
        self._row.setVisible(self.editing or room >= _ROOM_FOR_NOTES)
        if self.editing:
            return
        over = None
        if said.over_at is not None:
            over = TimeOver(said.over_at, texts("take.time-over", seconds=practice.seconds))
        self.notes.show_notes(notes or texts("console.no-notes"), quiet=not notes, over=over)
        self._stack.setCurrentWidget(self.notes)

    def show_work(self, slides: tuple[SnapshotSlide, ...]) -> None:
        """What needs work after the last take, or nothing."""
        if self.editing:
            return
        practice, texts = self._practice, self._texts
        by_number = {slide.number: slide for slide in slides}
        rows = tuple(
            WorkRow(
                number=work.number,
                reason=work.reason,
                slide=texts("console.slide", number=work.number),
                why=work_words(work, texts),
                length=self._length_of(by_number[work.number]),
                notes=by_number[work.number].notes,
            )
            for work in practice.work()
            if work.number in by_number
        )
        self.notes.show_notes("")
        self.work.show_rows(texts("take.needs-work", count=len(rows)) if rows else "", rows)
        self._row.hide()
        self._stack.setCurrentWidget(self.work)

    def edit(self, index: int, slide: SnapshotSlide) -> None:
        """Change the notes of this slide (0-based index)."""
        self._index = index
        self._row.show()
        self._stack.setCurrentWidget(self.editor)
        self.edit_hint.hide()
        self.editor.edit(slide.notes)

    def close_editor(self) -> None:
        """Save what is being written, and be done."""
        if self.editing:
            self.editor.leave()

    def _length_of(self, slide: SnapshotSlide) -> str:
        practice = self._practice
        said = practice.advice(slide.notes.strip())
        return length_words(said, practice.pace(), practice.seconds, self._texts)

    @property
    def _heading(self) -> str:
        return self._texts("take.notes-heading", deck=self._practice.deck.path.name)

    def _write(self, notes: str) -> None:
        self._tell(self._practice.write_notes(self._index, notes, self._heading))
        if len(notes) > LONGEST_NOTES:
            self.told.emit(self._texts("take.saved-cut", count=LONGEST_NOTES))

    def _tell(self, saved: SavedNotes | None) -> None:
        """What has become of saving; None where it failed, which is told elsewhere."""
        texts = self._texts
        if saved is None:
            self.editor.say(texts("take.not-saved"))
            return
        self.editor.say(texts("take.saved", path=str(saved.path)))
        if saved.aside is not None:
            self.told.emit(texts("take.saved-aside", path=str(saved.aside)))
        elif saved.elsewhere and not self._told_elsewhere:
            self._told_elsewhere = True
            self.told.emit(texts("take.saved-elsewhere", path=str(saved.path)))

    def _leave(self) -> None:
        self._stack.setCurrentWidget(self.notes)
        self.edit_hint.show()
        self.edit_left.emit()
