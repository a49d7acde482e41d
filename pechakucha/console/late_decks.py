# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decks that come while a run goes on: imported in a thread, their pictures brought into the run's folder."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from pechakucha.console.deck_work import ImportShow
from pechakucha.decks.drawing import Size
from pechakucha.decks.library import Imported, Library
from pechakucha.decks.show_source import ShowSource, bring_decks, open_show
from pechakucha.files.late_pictures import add_pictures
from pechakucha.files.pins import read_pins
from pechakucha.show.late_talk import plan_of
from pechakucha.show.pin import Pin
from pechakucha.show.plan import Show
from pechakucha.show.problem import Problem
from pechakucha.show.snapshot import Snapshot, SnapshotTalk
from pechakucha.ui.preparation import Preparation

Tell = Callable[[str, int, int], None]
GiveUp = Callable[[], bool]


class Purpose(enum.Enum):
    """What a deck is to become."""

    REPLACE = enum.auto()
    CHOOSE = enum.auto()
    ADD = enum.auto()


class Late(NamedTuple):
    """A deck on its way into the run; ``done`` of ``total`` slides are drawn, 0 of 0 where unknown.

    ``talk`` is whose it is, as it was when the deck was wanted; ``deck`` its path as a show file names it.
    """

    talk: SnapshotTalk
    deck: str
    purpose: Purpose
    preparation: Preparation
    done: int = 0
    total: int = 0


def late_import_of(path: Path, library: Library, stage: Size) -> ImportShow:
    """What imports a deck of a show that runs: from a file, or from the pack that the show is.

    Args:
        path: the show file or the pack.
        library: where decks are kept.
        stage: the largest size of the pictures in pixels.
    """
    return partial(_bring, path, library, stage)


def _bring(
    path: Path,
    library: Library,
    stage: Size,
    plan: Show,
    *,
    pins: Mapping[str, Pin],
    renderer: str,
    on_progress: Tell,
    on_picture: Callable[[str, Path], None],
    on_imported: Callable[[str, Imported], None],
    cancelled: GiveUp,
) -> dict[str, Imported]:
    """The deck of a plan of one talk; the rendering chosen for it in the show goes on being chosen."""
    (talk,) = plan.talks
    try:
        source = open_show(path, library)
    except Problem:  # the run goes on without it, and so does a deck that lies elsewhere
        source = ShowSource(path, plan)
    planned = next((each.id for each in source.show.talks if each.deck == talk.deck), None)
    from_pack = source.packed is not None and planned is not None
    decks = bring_decks(
        source if from_pack else source._replace(packed=None),
        library,
        plan,
        # What was approved says nothing about another file.
        pins={**read_pins(source.path), **pins} if planned == talk.id and not from_pack else {},
        renderer=renderer,
        stage=stage,
        on_progress=lambda _talk, done, total: on_progress(talk.id, done, total),
        on_picture=on_picture,
        on_imported=on_imported,
        cancelled=cancelled,
    )
    return {talk.id: decks[planned if from_pack and planned else talk.id]}


class LateDecks(QObject):
    """Imports decks for the talks of a run, each talk one at a time.

    Signals:
        changed(): something has come further, or is over.
        arrived(object, object): the Late deck that is there, and the Imported deck.
        failed(object, object): the Late deck that will not come, and the Problem.
    """

    changed = Signal()
    arrived = Signal(object, object)
    failed = Signal(object, object)

    def __init__(self, run: Path, importing: ImportShow, parent: QObject | None = None) -> None:
        """``run`` is the run's folder."""
        super().__init__(parent)
        self._run, self._import = run, importing
        self._coming: dict[str, Late] = {}
        self._running: list[Preparation] = []

    @property
    def coming(self) -> tuple[Late, ...]:
        """The decks on their way."""
        return tuple(self._coming.values())

    def bring(self, snapshot: Snapshot, talk: SnapshotTalk, deck: str, purpose: Purpose) -> None:
        """Import a deck for a talk; one that is on its way for it is given up."""
        self.cancel(talk.id)
        plan = plan_of(snapshot, talk, deck)
        preparation = Preparation(lambda tell, give_up: self._work(plan, preparation, tell, give_up), self)
        late = Late(talk, deck, purpose, preparation)
        preparation.progressed.connect(lambda _talk, done, total: self._progress(talk.id, done, total))
        preparation.prepared.connect(lambda imported: self._arrive(late, imported))
        preparation.failed.connect(lambda problem: self._fail(late, problem))
        preparation.finished.connect(lambda: self._tidy(late))
        self._coming[talk.id] = late
        self._running.append(preparation)
        preparation.start()
        self.changed.emit()

    def cancel(self, talk: str) -> None:
        """Give up the deck that is on its way for this talk."""
        late = self._coming.pop(talk, None)
        if late is not None:
            late.preparation.cancel()
            self.changed.emit()

    def close(self) -> None:
        """Give up everything; waits until it has ended."""
        self.blockSignals(True)
        self._coming.clear()
        for preparation in self._running:
            preparation.cancel()
        for preparation in self._running:
            preparation.wait()

    def _work(self, plan: Show, preparation: Preparation, tell: Tell, give_up: GiveUp) -> Imported:
        """In the thread."""
        decks = self._import(
            plan,
            pins={},
            renderer="auto",
            on_progress=tell,
            on_picture=preparation.take_picture,
            on_imported=lambda _talk, _imported: None,
            cancelled=give_up,
        )
        imported = decks[plan.talks[0].id]
        if not give_up():
            add_pictures(self._run, imported.deck, imported.folder)
        return imported

    def _is_wanted(self, late: Late) -> bool:
        wanted = self._coming.get(late.talk.id)
        return wanted is not None and wanted.preparation is late.preparation

    def _progress(self, talk: str, done: int, total: int) -> None:
        if talk in self._coming:
            self._coming[talk] = self._coming[talk]._replace(done=done, total=total)
            self.changed.emit()

    def _arrive(self, late: Late, imported: Imported) -> None:
        if self._is_wanted(late):
            del self._coming[late.talk.id]
            self.changed.emit()
            self.arrived.emit(late, imported)

    def _fail(self, late: Late, problem: Problem) -> None:
        if self._is_wanted(late):
            del self._coming[late.talk.id]
            self.changed.emit()
            self.failed.emit(late, problem)

    def _tidy(self, late: Late) -> None:
        self._running.remove(late.preparation)
        late.preparation.deleteLater()
