# SPDX-License-Identifier: AGPL-3.0-or-later
"""What belongs to learning from takes, put together: notes pane, take panel, their keys and dialogs."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from pechakucha.live.clock import Clock
from pechakucha.rehearsal.notes_pane import NotesPane
from pechakucha.rehearsal.practice import Practice, Practised
from pechakucha.rehearsal.rehearsal import Mode, Phase, Rehearsal
from pechakucha.rehearsal.sheet import sheet_of
from pechakucha.rehearsal.sheet_writing import ENDINGS, write_sheet
from pechakucha.rehearsal.take_panel import TakePanel
from pechakucha.rehearsal.trouble_strip import TroubleStrip
from pechakucha.show.pace import Pace
from pechakucha.show.problem import Problem
from pechakucha.show.scene import State
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts

_HIGH_ENOUGH = 800
"""Logical pixels of height, from which on the panel is there before the first take and during a talk."""

_HIGH_ENOUGH_TO_WRITE = 960
"""The same beside the editor."""

Key = Qt.Key


class Practising(QObject):
    """Three widgets that the view puts in their places, and what happens in them."""

    def __init__(
        self, rehearsal: Rehearsal, deck: Practised, pace: Pace, clock: Clock, texts: Texts, *, title: str
    ) -> None:
        """
        Args:
            rehearsal: whose takes and notes it is about.
            deck: that is rehearsed.
            pace: the person's setting.
            clock: this machine's, or a test's.
            texts: the language.
            title: of what is rehearsed.
        """
        super().__init__(rehearsal)
        self._rehearsal, self._clock, self._texts, self._title = rehearsal, clock, texts, title
        self._told_of_loss = False
        self.practice = Practice(rehearsal, deck, pace, clock, self)
        self.pane = NotesPane(self.practice, texts)
        self.panel = TakePanel(self.practice, texts)
        self.trouble = TroubleStrip(texts)
        self.practice.failed.connect(self._say)
        self.pane.edit_asked.connect(self.edit)
        self.pane.edit_left.connect(self._take_the_focus_back)
        self.pane.chosen.connect(self.choose)
        self.pane.told.connect(self.trouble.say)
        self.panel.chosen.connect(self.choose)
        self.panel.export_asked.connect(self.ask_to_export)

    def begin(self) -> None:
        """Look at earlier takes, as soon as the widgets are in their places."""
        self.practice.begin()

    def press(self, key: Qt.Key) -> bool:
        """A key went down that means nothing else; returns whether it means something here."""
        if key == Key.Key_N and self._rehearsal.mode is not Mode.ALONG:
            self.edit()
        elif key == Key.Key_M and self.panel.isVisible():
            self.panel.open_menu()
        else:
            return False
        return True

    def refresh(self, phase: Phase) -> None:
        """Bring everything up to date with the clock."""
        self.practice.look()
        height = self.panel.window().height()
        calm = phase in {Phase.READY, Phase.OVER} and not self.pane.editing
        high = height >= (_HIGH_ENOUGH_TO_WRITE if self.pane.editing else _HIGH_ENOUGH)
        kept = self.practice.last is not None or self.practice.damaged > 0
        grows = high and self._rehearsal.mode is Mode.TALK
        self.panel.follow()
        self.panel.setVisible((kept or grows) and (calm or high) and self._rehearsal.mode is not Mode.ALONG)

    def show_notes(self, state: State, phase: Phase) -> None:
        """Notes of the slide on stage or to begin with; after the end what needs work."""
        rehearsal = self._rehearsal
        if phase is Phase.OVER:
            self.pane.show_work(rehearsal.slides if rehearsal.mode is Mode.TALK else ())
        else:
            index = rehearsal.index(state)
            self.pane.show_slide(index, rehearsal.slides[index])

    def edit(self) -> None:
        """Change the notes of the slide on stage, or of the one that needs work most; time stands still."""
        rehearsal = self._rehearsal
        state = rehearsal.state()
        phase = rehearsal.phase(state)
        if rehearsal.mode is Mode.ALONG:
            return
        if phase is Phase.OVER:
            work = self.practice.work()
            self.choose(work[0].number if work else rehearsal.slides[rehearsal.first].number)
            state = rehearsal.state()
        elif phase is not Phase.READY and state.held_ns is None:
            rehearsal.hold_or_go_on()
        index = rehearsal.index(state)
        self.pane.edit(index, rehearsal.slides[index])

    def choose(self, number: int) -> None:
        """Begin with the slide of this number in its file the next time."""
        numbers = [slide.number for slide in self._rehearsal.slides]
        if number in numbers:
            self.pane.close_editor()
            self._rehearsal.choose(numbers.index(number))

    def ask_to_export(self) -> None:
        """Save the last take as a sheet where the presenter wants it."""
        texts, deck = self._texts, self.practice.deck.path
        page, pdf = texts("take.html-file"), texts("take.pdf-file")
        proposed = deck.with_name(f"{deck.stem} – {texts('take.sheet')}.html")
        name, chosen = QFileDialog.getSaveFileName(
            self.panel, texts("take.sheet"), str(proposed), f"{page} (*.html);;{pdf} (*.pdf)"
        )
        if name:
            target = Path(name)
            if target.suffix.lower() not in ENDINGS:
                target = target.with_name(f"{target.name}{'.pdf' if '*.pdf' in chosen else '.html'}")
            self.export(target)

    def export(self, target: Path) -> None:
        """Save the last take as a sheet; the ending of ``target`` names the format."""
        take = self.practice.last
        if take is None:
            return
        now = dt.datetime.fromtimestamp(self._clock.wall_ns() / NS).astimezone()
        slides = self._rehearsal.slides
        sheet = sheet_of(self.practice, take, slides, title=self._title, now=now, texts=self._texts)
        try:
            write_sheet(sheet, target, self._texts)
        except Problem as problem:
            self._say(problem)
            return
        self.trouble.say(self._texts("take.exported", path=str(target)), calm=True)

    def may_end(self) -> bool:
        """Whether all that was written is kept; who was told that it is not may go the second time."""
        kept, told = self.pane.save(), self._told_of_loss
        self._told_of_loss = not kept
        if not kept and not told:
            self.trouble.say(f"{self.trouble.words} {self._texts('take.close-again')}")
        return kept or told

    def end(self) -> None:
        """Nothing happens any more; what was written is saved."""
        self.pane.close_editor()
        self.practice.close()

    def _say(self, problem: Problem) -> None:
        self.trouble.say(self._texts.problem(problem))

    def _take_the_focus_back(self) -> None:
        self.panel.window().setFocus()
