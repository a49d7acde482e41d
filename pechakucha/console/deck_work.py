# SPDX-License-Identifier: AGPL-3.0-or-later
"""The imports that a review of decks asks for, in threads: all decks, one again, one by another renderer."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from pechakucha.console.deck_review import Review
from pechakucha.decks.drawing import Size
from pechakucha.decks.library import Imported, Library
from pechakucha.decks.show_source import ShowSource, bring_decks
from pechakucha.decks.worker_process import Ahead
from pechakucha.show.pin import Pin
from pechakucha.show.plan import Show
from pechakucha.show.problem import Problem
from pechakucha.ui.preparation import Preparation


class ImportShow(Protocol):
    """``bring_decks`` with source, library and size settled."""

    def __call__(
        self,
        show: Show,
        *,
        pins: Mapping[str, Pin],
        renderer: str,
        on_progress: Callable[[str, int, int], None],
        on_picture: Callable[[str, Path], None],
        on_imported: Callable[[str, Imported], None],
        cancelled: Callable[[], bool],
    ) -> dict[str, Imported]:
        """Import the decks of these talks."""


def import_of(source: ShowSource, library: Library, stage: Size, ahead: Ahead | None = None) -> ImportShow:
    """What brings the decks of a show, or of a pack, in which they are drawn already.

    Args:
        source: the show.
        library: where decks are kept.
        stage: the largest size of the pictures in pixels.
        ahead: a worker that is there already.
    """
    return partial(bring_decks, source, library, stage=stage, ahead=ahead)


class Purpose(enum.Enum):
    """What is to become of an import."""

    READ = enum.auto()
    REDRAW = enum.auto()
    COMPARE = enum.auto()


class Task(NamedTuple):
    """An import that goes on; ``done`` of ``total`` slides are drawn, 0 of 0 where that is unknown.

    ``renderer`` is the one asked for, ``auto`` where it is the deck's own. One that is ``alone`` can
    be given up without another.
    """

    preparation: Preparation
    purpose: Purpose
    renderer: str
    done: int = 0
    total: int = 0
    alone: bool = False


class DeckWork(QObject):
    """Imports for a review and hands it what has come; each talk has one import at a time.

    Signals:
        changed(): something has come further, or come.
        pictured(str, QImage): a talk's id and how its first drawn slide looks.
        compared(str, str): a talk's id and the renderer whose pictures are there to compare.
        troubled(object): the Problem, or the Finding of another renderer, that came of it.
    """

    changed = Signal()
    pictured = Signal(str, QImage)
    compared = Signal(str, str)
    troubled = Signal(object)

    def __init__(
        self, review: Review, importing: ImportShow, renderer: str = "auto", parent: QObject | None = None
    ) -> None:
        """``renderer`` is what was asked for on the command line."""
        super().__init__(parent)
        self._review, self._import, self._renderer = review, importing, renderer
        self._tasks: dict[str, Task] = {}
        self._running: list[Preparation] = []

    def task(self, talk: str) -> Task | None:
        """The import of a talk's deck that goes on."""
        return self._tasks.get(talk)

    @property
    def is_busy(self) -> bool:
        """Whether any import goes on."""
        return bool(self._tasks)

    def open(self) -> None:
        """Import every deck that is not there yet."""
        missing = [talk.id for talk in self._review.show.talks if talk.id not in self._review.imports]
        self._start(missing, Purpose.READ, self._renderer)

    def read_again(self, talk: str) -> None:
        """Read the show file and a talk's deck anew, as it is on disk now."""
        try:
            self._review.read_again()
        except Problem as problem:
            self.troubled.emit(problem)
            return
        new = {each.id for each in self._review.show.talks if each.id not in self._review.imports}
        known = {each.id for each in self._review.show.talks}
        self._start([*sorted(new - {talk}), *({talk} & known)], Purpose.READ, self._renderer)
        self.changed.emit()

    def redraw(self, talk: str, renderer: str) -> None:
        """Let another renderer draw what goes on stage."""
        if self._review.rendering(talk, renderer):
            self._choose(talk, renderer)
        else:
            self._start([talk], Purpose.REDRAW, renderer)

    def compare(self, talk: str, renderer: str) -> None:
        """Have another renderer's pictures beside those that go on stage."""
        if self._review.rendering(talk, renderer):
            self.compared.emit(talk, renderer)
        else:
            self._start([talk], Purpose.COMPARE, renderer)

    def cancel(self, talk: str) -> None:
        """Give up the import of this talk's deck, where it is alone in it."""
        task = self.task(talk)
        if task is not None and task.alone:
            task.preparation.cancel()

    def close(self) -> None:
        """Give up everything; waits until it has ended."""
        for preparation in self._running:
            preparation.cancel()
        for preparation in self._running:
            preparation.wait()
        self._running.clear()
        self._tasks.clear()

    def _start(self, talks: list[str], purpose: Purpose, renderer: str) -> None:
        """Import these decks, those left out for which an import goes on."""
        review = self._review
        wanted = [talk for talk in talks if talk not in self._tasks]
        if not wanted:
            return
        chosen = tuple(talk for talk in review.show.talks if talk.id in wanted)
        show = msgspec.structs.replace(review.show, talks=chosen)
        pins = dict(review.pins) if purpose is Purpose.READ else {}
        preparation = Preparation(
            lambda tell, give_up: self._import(
                show,
                pins=pins,
                renderer=renderer,
                on_progress=tell,
                on_picture=preparation.take_picture,
                on_imported=preparation.take_imported,
                cancelled=give_up,
            ),
            self,
        )
        preparation.progressed.connect(self._progress)
        preparation.arrived.connect(self._arrive)
        preparation.failed.connect(self.troubled)
        preparation.finished.connect(self._tidy)
        if purpose is Purpose.READ:
            preparation.pictured.connect(self.pictured)
        task = Task(preparation, purpose, renderer, alone=len(wanted) == 1)
        self._tasks.update(dict.fromkeys(wanted, task))
        self._running.append(preparation)
        preparation.start()
        self.changed.emit()

    def _progress(self, talk: str, done: int, total: int) -> None:
        if talk in self._tasks:
            self._tasks[talk] = self._tasks[talk]._replace(done=done, total=total)
            self.changed.emit()

    def _arrive(self, talk: str, imported: Imported) -> None:
        task = self._tasks.pop(talk, None)
        if task is None:
            return
        if task.purpose is Purpose.READ:
            self._review.take(talk, imported)
        elif finding := self._review.take_rendering(talk, imported):
            self.troubled.emit(finding)
        elif task.purpose is Purpose.REDRAW:
            self._choose(talk, imported.deck.renderer)
        else:
            self.compared.emit(talk, imported.deck.renderer)
        self.changed.emit()

    def _choose(self, talk: str, renderer: str) -> None:
        try:
            self._review.choose_renderer(talk, renderer)
        except Problem as problem:
            self.troubled.emit(problem)
        self.changed.emit()

    def _tidy(self) -> None:
        """Imports that have ended, were given up or could not be done."""
        ended = [each for each in self._running if each.isFinished()]
        self._running = [each for each in self._running if each not in ended]
        self._tasks = {talk: task for talk, task in self._tasks.items() if task.preparation not in ended}
        for preparation in ended:
            preparation.deleteLater()
        self.changed.emit()
