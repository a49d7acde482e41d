# SPDX-License-Identifier: AGPL-3.0-or-later
"""The decks of a show, judged: days before, or in the evening before anything begins."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
from PySide6.QtCore import QPoint, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QCloseEvent, QDesktopServices, QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QMainWindow, QMenu, QWidget

from pechakucha.console.deck_bar import DeckBar
from pechakucha.console.deck_pane import DeckPane
from pechakucha.console.deck_review import DeckState, Review
from pechakucha.console.deck_wording import Row, row_of
from pechakucha.console.deck_work import DeckWork
from pechakucha.console.decks_view import DecksView
from pechakucha.console.dry_run_result import DRY_RUN_KEY
from pechakucha.console.list_window import between_bars, list_beside_pane
from pechakucha.console.strip import Strip
from pechakucha.console.taking_in import TakenIn, take_in
from pechakucha.decks.library import Library
from pechakucha.files.pack import is_pack
from pechakucha.show.problem import Finding, Problem
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, ElidedLabel, label
from pechakucha.ui.pictures import Pictures

_LIST_WIDTH = 400
_SOON_MS = 30
"""Imports tell of every slide from several threads; more often than this nobody sees."""


class DecksWindow(QMainWindow):
    """All decks on the left, the one selected on the right, what can be done below.

    Signals:
        went_on(): the person wants the rundown now.
        dry_run_asked(): a dry run of these decks is wanted.
        closed(): the window is closed.
    """

    went_on = Signal()
    dry_run_asked = Signal()
    closed = Signal()

    def __init__(
        self,
        review: Review,
        work: DeckWork,
        texts: Texts,
        *,
        goes_on: bool = False,
        library: Library | None = None,
    ) -> None:
        """``goes_on`` offers to go on to the rundown; with a ``library`` talks that were handed in are
        taken when they are dropped here.
        """
        super().__init__()
        self._library = library
        self.setAcceptDrops(library is not None)
        self._review, self._work, self._texts, self._goes_on = review, work, texts, goes_on
        self._small, self._large = Pictures(review.path.parent, self), Pictures(review.path.parent, self)
        self.setWindowTitle(texts("decks.title", show=review.show.title))
        self._title = ElidedLabel(pixels=theme.LARGE, bold=True)
        self._count, self._look = label(bold=True), label("attention")
        self._path = ElidedLabel(role="quiet")
        self._strip = Strip()
        self.decks = DecksView(self._small)
        self.decks.setAccessibleName(texts("decks.list"))
        self.pane = DeckPane(review, work, self._small, self._large, texts)
        self.bar = DeckBar(texts, goes_on=goes_on)
        self._menu = QMenu(self)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self.setCentralWidget(self._build())
        self.setMinimumSize(1120, 640)
        self.refresh()
        self._connect()
        self._bind_keys()
        self.decks.setFocus()

    @property
    def review(self) -> Review:
        """What has been judged so far."""
        return self._review

    @property
    def talk(self) -> str:
        """The talk whose deck is selected; a show has one at least."""
        return self.decks.selected_talk() or self._review.show.talks[0].id

    def refresh(self) -> None:
        """Bring everything up to date."""
        review, texts = self._review, self._texts
        self._title.setText(review.show.title)
        self._path.setText(str(review.path))
        self._path.setToolTip(str(review.path))
        self.decks.show_rows([self._row(talk.id) for talk in review.show.talks])
        states = [review.state(talk.id) for talk in review.show.talks]
        coming, blocked = states.count(DeckState.COMING), states.count(DeckState.NOT_READY)
        if coming:
            words = texts("console.decks-done", done=len(states) - coming, total=len(states))
        else:
            words = texts("check.total", ready=len(states) - blocked, decks=len(states))
        self._count.setText(words)
        look = states.count(DeckState.LOOK)
        self._look.setText(texts("decks.look", count=look) if look else "")
        self._show_talk()

    def show_first_in_need(self) -> None:
        """Begin with the first deck that can't go on stage."""
        states = {talk.id: self._review.state(talk.id) for talk in self._review.show.talks}
        for wanted in (DeckState.NOT_READY, DeckState.LOOK):
            talk = next((talk for talk, state in states.items() if state is wanted), None)
            if talk is not None:
                self.decks.select(talk)
                return

    def take_in(self, *paths: Path) -> None:
        """Take talks that were handed in into the show, with city, title and notes; of each it is said."""
        if self._library is None or not paths:
            return
        taken, wrong = [], []
        QApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            for path in paths:
                if not is_pack(path):
                    wrong.append(self._texts("decks.not-handed-in", name=path.name))
                    continue
                try:
                    taken.append((path, take_in(self._review, path, self._library)))
                except Problem as problem:
                    wrong.append(self._texts.problem(problem))
        finally:
            QApplication.restoreOverrideCursor()
        if taken:
            self._work.open()
            self.refresh()
            self.decks.select(taken[-1][1].talk)
        words = "\n".join((*wrong, *(self._taken_words(*each) for each in taken)))
        self._strip.offer(
            words, self._texts("console.understood"), lambda: self._strip.say(""), calm=not wrong
        )

    def _taken_words(self, path: Path, taken: TakenIn) -> str:
        code = "decks.taken-in" if taken.before else "decks.taken-in-last"
        return self._texts(code, city=taken.city, name=path.name, before=taken.before)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        """Talks that were handed in become part of the show."""
        event.acceptProposedAction()
        self.take_in(*(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()))

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  # Qt's name
        """Imports are given up; what they still have to tell is for nobody."""
        self._work.blockSignals(True)
        self._soon.stop()
        self._work.close()
        self._small.close()
        self._large.close()
        event.accept()
        self.closed.emit()

    # What is shown

    def _row(self, talk: str) -> Row:
        row, task = row_of(self._review, talk, self._texts), self._work.task(talk)
        if task is None:
            return row
        texts, done, total = self._texts, task.done, task.total
        word = texts("console.slides-done", done=done, total=total) if total else texts("decks.working")
        return msgspec.structs.replace(row, state=DeckState.COMING, word=word, share=done / max(1, total))

    def _show_talk(self) -> None:
        self.pane.show_talk(self.talk)
        self.bar.show_state(self._review, self._work, self.talk, compares=self.pane.compared is not None)

    def _select(self) -> None:
        self._strip.say("")
        self._show_talk()

    def _show_compared(self, talk: str, renderer: str) -> None:
        if talk == self.talk:
            self.pane.compare(renderer)
            self.refresh()

    def _say(self, trouble: Problem | Finding) -> None:
        if isinstance(trouble, Problem):
            self._strip.say(self._texts.problem(trouble))
        else:
            self._strip.say(f"{self._texts.message(trouble)} {self._texts.remedy(trouble)}")

    # What is pressed

    def _decide(self, decision: Callable[[], None]) -> None:
        """Carry out a decision, or say why it could not be written."""
        self._strip.say("")
        try:
            decision()
        except Problem as problem:
            self._say(problem)
        # The show file may name decks by now that nobody has asked for.
        self._work.open()
        self.refresh()

    def _approve(self) -> None:
        self._decide(lambda: self._review.approve(self.talk))

    def _fill(self) -> None:
        self._decide(lambda: self._review.fill(self.talk))

    def _choose(self, slides: str) -> None:
        self._decide(lambda: self._review.choose_slides(self.talk, slides))
        self.decks.setFocus()  # the keys below mean something again

    def _redraw(self) -> None:
        talk = self.talk
        self._offer(self.bar.redraw, lambda renderer: self._work.redraw(talk, renderer))

    def _compare(self) -> None:
        talk, others = self.talk, self._review.other_renderers(self.talk)
        if self.pane.compared is not None:
            self.pane.compare(None)
            self.refresh()
        elif len(others) == 1:
            self._work.compare(talk, others[0])
        else:
            self._offer(self.bar.compare, lambda renderer: self._work.compare(talk, renderer))

    def _take_other(self) -> None:
        """The other of the two pictures side by side is to go on stage; they change places."""
        imported, renderer = self._review.imports.get(self.talk), self.pane.compared
        if imported is not None and renderer is not None:
            self._strip.say("")
            self._work.redraw(self.talk, renderer)
            self.pane.compare(imported.deck.renderer)
            self.refresh()

    def _read_again(self) -> None:
        self._strip.say("")
        self._work.read_again(self.talk)

    def _open_file(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._review.file(self.talk))))

    def _go(self) -> None:
        if self._goes_on:
            self.went_on.emit()
        else:
            self.close()

    def _escape(self) -> None:
        """Whatever was begun last is given up first."""
        task = self._work.task(self.talk)
        if task is not None and task.alone:
            self._work.cancel(self.talk)
        elif self.pane.choice.leave_edit():
            self.decks.setFocus()
        elif self.pane.compared is not None:
            self._compare()
        elif not self._goes_on:
            self.close()

    def _offer(self, button: CommandButton, take: Callable[[str], None]) -> None:
        """A menu of the other renderers, above the button."""
        self._menu.clear()
        for renderer in self._review.other_renderers(self.talk):
            action = self._menu.addAction(self._texts("decks.by-renderer", renderer=renderer))
            action.triggered.connect(lambda _checked=False, each=renderer: take(each))
        above = QPoint(0, -self._menu.sizeHint().height() - theme.GRID)
        self._menu.popup(button.mapToGlobal(above))
        self._menu.setActiveAction(self._menu.actions()[0])

    def _refresh_soon(self) -> None:
        # Started anew each time it would never fire while four decks are drawn.
        if not self._soon.isActive():
            self._soon.start()

    # How it is put together

    def _connect(self) -> None:
        work, pane, bar = self._work, self.pane, self.bar
        work.changed.connect(self._refresh_soon)
        work.pictured.connect(self.decks.show_early)
        work.compared.connect(self._show_compared)
        work.troubled.connect(self._say)
        self.decks.selectionModel().currentChanged.connect(self._select)
        for button, action in (
            (bar.approve, self._approve),
            (bar.redraw, self._redraw),
            (bar.compare, self._compare),
            (bar.dry_run, self.dry_run_asked.emit),
            (bar.leave, self._go),
            (pane.open_file, self._open_file),
            (pane.again, self._read_again),
            (pane.give_up, self._escape),
        ):
            button.clicked.connect(lambda _checked=False, each=action: each())
        pane.both.taken.connect(self._take_other)
        pane.choice.fill_pressed.connect(self._fill)
        pane.choice.chosen.connect(self._choose)

    def _bind_keys(self) -> None:
        pane, bar = self.pane, self.bar
        for name, button in (
            ("F", bar.approve),
            ("R", bar.redraw),
            ("S", bar.compare),
            (DRY_RUN_KEY.name.removeprefix("Key_"), bar.dry_run),
            ("O", pane.open_file),
            ("F5", pane.again),
            ("K", pane.choice.fill),
            ("T", pane.both.take),
        ):
            self._on_key(name, partial(_press, button))
        self._on_key("W", pane.choice.focus_edit)
        self._on_key("Esc", self._escape)
        if self._goes_on:
            self._on_key("G", lambda: _press(bar.leave))
        self._on_key("Left", lambda: pane.strip.step(-1), repeats=True)
        self._on_key("Right", lambda: pane.strip.step(1), repeats=True)

    def _on_key(self, name: str, action: Callable[[], object], *, repeats: bool = False) -> None:
        shortcut = QShortcut(QKeySequence(name), self)
        shortcut.setAutoRepeat(repeats)
        shortcut.activated.connect(action)

    def _build(self) -> QWidget:
        top = QHBoxLayout()
        top.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 2 * theme.GRID)
        top.setSpacing(3 * theme.GRID)
        for part in (self._title, self._count, self._look):
            top.addWidget(part)
        self._path.setAlignment(Qt.AlignmentFlag.AlignRight)
        top.addWidget(self._path, 1)
        body = list_beside_pane(self.decks, _LIST_WIDTH, self.pane)
        return between_bars(top, body, self._strip, self.bar)


def _press(button: CommandButton) -> None:
    """What its key does: nothing where it is not there, and seen to do nothing where it can't be."""
    if not button.isVisible():
        return
    if button.isEnabled():
        button.click()
    else:
        button.flash()
