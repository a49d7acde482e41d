# SPDX-License-Identifier: AGPL-3.0-or-later
"""The preview's window: importing, rehearsing, or saying why not; and all its keys."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QWidget

from pechakucha.decks.library import Imported
from pechakucha.files.settings import read_standards
from pechakucha.live.clock import Clock
from pechakucha.rehearsal.hand_in_dialog import HandInDialog
from pechakucha.rehearsal.practice import Practised
from pechakucha.rehearsal.rehearsal_view import RehearsalView
from pechakucha.rehearsal.take import Material, deck_name, rehearsed_slides
from pechakucha.rehearsal.waiting_pages import PreparingPage, ProblemPage
from pechakucha.show.checks import Checked, check_deck
from pechakucha.show.deck import Deck
from pechakucha.show.format import PECHA_KUCHA, Format
from pechakucha.show.problem import Problem, Severity
from pechakucha.texts import Texts
from pechakucha.ui.preparation import Importing, Preparation

_PATIENCE_MS = 200
"""A deck that is there sooner needs no progress bar."""


class PreviewWindow(QMainWindow):
    """One deck's preview.

    Attributes:
        rehearsed: whether the deck could be rehearsed, None while that is not known.
    """

    def __init__(
        self,
        path: Path,
        importing: Importing,
        clock: Clock,
        texts: Texts,
        selection: tuple[int, ...] | None = None,
        *,
        format: Format = PECHA_KUCHA,
    ) -> None:
        """
        Args:
            path: the deck.
            importing: imports it; returns an ``Imported``.
            clock: this machine's, or a test's.
            texts: the language.
            selection: slide numbers in order, None for every slide that is not hidden.
            format: of the block that the talk is for.
        """
        super().__init__()
        self.rehearsed: bool | None = None
        self._path, self._importing, self._clock, self._texts = path, importing, clock, texts
        self._selection, self._format = selection, format
        self._name = deck_name(path)
        self._preparation: Preparation | None = None
        self.view: RehearsalView | None = None
        self._handing_in: HandInDialog | None = None
        self.setWindowTitle(texts("rehearsal.title", deck=self._name))
        self.setMinimumSize(960, 600)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for keys in (QKeySequence.StandardKey.Close, QKeySequence.StandardKey.Quit):
            QShortcut(keys, self).activated.connect(self.close)

    def open(self) -> None:
        """Import the deck, then begin."""
        self.rehearsed = None
        preparation = Preparation(self._importing, self)
        page = PreparingPage(self._name, str(self._path), self._texts)
        page.hide()
        self._put(page)
        page.setVisible(False)
        patience = QTimer(page)
        patience.setSingleShot(True)
        patience.timeout.connect(page.show)
        patience.start(_PATIENCE_MS)
        preparation.progressed.connect(page.show_progress)
        preparation.prepared.connect(self.show_deck)
        preparation.failed.connect(self.show_problem)
        preparation.cancelled.connect(self.close)
        page.cancel_asked.connect(page.show_cancelling)
        page.cancel_asked.connect(preparation.cancel)
        self._preparation = preparation
        preparation.start()

    def show_deck(self, imported: Imported) -> None:
        """Rehearse this deck, whatever its number of slides; say so where it has no picture at all."""
        checked = self._judge(imported.deck)
        slides = rehearsed_slides(checked.slides)
        if not slides:
            errors = [each for each in checked.findings if each.severity is Severity.ERROR]
            reasons = errors or checked.findings
            self._say([(self._texts.message(each), self._texts.own_remedy(each)) for each in reasons])
            return
        self.rehearsed = True
        material = Material(
            name=self._name,
            title=self.windowTitle(),
            slides=slides,
            language=self._texts.language,
            seconds=self._format.seconds,
        )
        self.view = RehearsalView(
            material,
            checked.findings,
            imported.folder,
            self._clock,
            self._texts,
            deck=Practised(self._path, imported.deck.digest),
            window=self,
        )
        self.view.close_asked.connect(self.close)
        self.view.hand_in_asked.connect(lambda: self._hand_in(imported))
        self.view.practising.pane.edit_left.connect(lambda: self._judge_again(imported.deck))
        self._put(self.view)
        self.view.screens.begin()

    def _judge(self, deck: Deck) -> Checked:
        return check_deck(deck, self._format, self._selection, standards=read_standards())

    def _judge_again(self, deck: Deck) -> None:
        """Notes have been written, and what was noticed about them may hold no more."""
        if self.view is None:
            return
        notes = {slide.number: slide.notes for slide in self.view.rehearsal.slides}
        slides = tuple(
            msgspec.structs.replace(slide, notes=notes.get(slide.number, slide.notes))
            for slide in deck.slides
        )
        self.view.findings.show_findings(self._judge(msgspec.structs.replace(deck, slides=slides)).findings)

    def _hand_in(self, imported: Imported) -> None:
        dialog = HandInDialog(self._path, imported, self._texts, self, selection=self._selection)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._handing_in = dialog
        dialog.finished.connect(lambda _result: self._forget_handing_in())
        dialog.open()

    def _forget_handing_in(self) -> None:
        self._handing_in = None

    def show_problem(self, problem: Problem) -> None:
        """The deck could not even be looked at."""
        self._say([(self._texts.problem(problem), "")])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """The preview's keys; a key that is held down does nothing more."""
        if event.isAutoRepeat():
            return
        if event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier):
            super().keyPressEvent(event)
            return
        key = Qt.Key(event.key())
        page = self.centralWidget()
        if self.view is not None and self.view.press(key):
            if not (self.view.sheet.isVisible() or self.view.practising.pane.editing):
                self.setFocus()  # a button that has the focus must not take the next key
        elif key == Qt.Key.Key_Escape:
            self._leave()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(page, ProblemPage):
            self.open()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Leave at once, unless notes would be lost; an import is given up."""
        if self.view is not None and not self.view.practising.may_end():
            event.ignore()
            return
        self.hide()
        if self._preparation is not None:
            self._preparation.cancel()
            self._preparation.wait()
        if self._handing_in is not None:
            self._handing_in.wait()
        if self.view is not None:
            self.view.end()
            self.view = None
        event.accept()

    def _leave(self) -> None:
        page = self.centralWidget()
        if isinstance(page, PreparingPage):
            page.cancel_asked.emit()
        else:
            self.close()

    def _say(self, said: list[tuple[str, str]]) -> None:
        self.rehearsed = False
        page = ProblemPage(self._name, str(self._path), said, self._texts)
        page.retry_asked.connect(self.open)
        page.close_asked.connect(self.close)
        self._put(page)

    def _put(self, page: QWidget) -> None:
        """Show this and nothing else."""
        self.setCentralWidget(page)
        page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocus()
