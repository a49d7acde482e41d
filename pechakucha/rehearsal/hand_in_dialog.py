# SPDX-License-Identifier: AGPL-3.0-or-later
"""Handing in from the rehearsal: who it is from, how large it may be, and where the pack goes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QDialog, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pechakucha.decks.handing_in import MAIL_BYTES, SMALL_BYTES, About, HandedIn, hand_in, weigh
from pechakucha.decks.library import Imported
from pechakucha.files.pack import ENDING
from pechakucha.files.told import Told, keep_told, read_told
from pechakucha.show.problem import Problem
from pechakucha.show.selection import write_selection
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, label, set_tone
from pechakucha.ui.preparation import Preparation

_WIDTH = 600
_MB = 1e6

AskWhere = Callable[[QWidget, str, str, str], str]
"""Asks for a file's name: parent, title, suggestion, filter; "" where nobody wants it any more."""


class HandInDialog(QDialog):
    """Three lines to fill in, and a button to save the pack; above 10 MB a second one for a smaller pack."""

    def __init__(
        self,
        deck: Path,
        imported: Imported,
        texts: Texts,
        parent: QWidget | None = None,
        *,
        selection: tuple[int, ...] | None = None,
        ask_where: AskWhere | None = None,
    ) -> None:
        """
        Args:
            deck: the deck's file or folder.
            imported: what was rehearsed.
            texts: the language.
            parent: the window it belongs to.
            selection: the slides that are rehearsed, None for all.
            ask_where: asks for the pack's name, None for the system's own dialog.
        """
        super().__init__(parent)
        self._deck, self._imported, self._texts, self._selection = deck, imported, texts, selection
        self._ask_where = ask_where or _ask_where
        self._weight = weigh(deck, imported)
        self.setWindowTitle(texts("hand-in.heading"))
        told = read_told(deck)
        self.city, self.title = QLineEdit(told.city), QLineEdit(told.title)
        self.presenters = QLineEdit(told.presenters)
        self._writing: Preparation | None = None
        self._target = deck
        self._said = label(wraps=True)
        self._said.hide()
        self.save, self.save_small, self.leave = CommandButton(), CommandButton(), CommandButton("Esc")
        self.save.clicked.connect(lambda _checked=False: self._save(small=False))
        self.save_small.clicked.connect(lambda _checked=False: self._save(small=True))
        self.leave.clicked.connect(lambda _checked=False: self.reject())
        self._build()
        (self.save if self.save_small.isHidden() else self.save_small).setDefault(True)
        self.city.setFocus()

    @property
    def said(self) -> str:
        """What has become of it."""
        return self._said.text()

    @property
    def writing(self) -> bool:
        """Whether the pack is being written."""
        return self._writing is not None

    def done(self, result: int) -> None:
        """Leave, but not in the middle of writing."""
        if not self.writing:
            super().done(result)

    def wait(self) -> None:
        """Until nothing is being written any more."""
        if self._writing is not None:
            self._writing.wait()

    def _save(self, *, small: bool) -> None:
        """Ask where, and write it; what is wrong is said, and everything filled in stays."""
        city = self.city.text().strip()
        if not city:
            self._say(self._texts.problem(Problem("city-missing")), "danger")
            self.city.setFocus()
            return
        suggested = str(self._deck.resolve().parent / f"{_as_name(city)}{ENDING}")
        pattern = f"{self._texts('hand-in.files')} (*{ENDING})"
        name = self._ask_where(self, self._texts("hand-in.heading"), suggested, pattern)
        if not name:
            return
        target = Path(name)
        target = target if target.suffix.lower() == ENDING else target.with_name(target.name + ENDING)
        self._write(self._about(city), target, small=small)

    def _write(self, about: About, target: Path, *, small: bool) -> None:
        """In a thread, since making pictures smaller takes its time."""
        now = dt.datetime.now().astimezone()
        writing = Preparation(
            lambda _tell, _give_up: hand_in(self._deck, self._imported, about, target, now, small=small), self
        )
        writing.prepared.connect(self._say_written)
        writing.failed.connect(self._say_problem)
        writing.finished.connect(writing.deleteLater)
        self._writing, self._target = writing, target
        self._let_touch(False)
        self._say(self._texts("hand-in.writing"), "quiet")
        writing.start()

    def _let_touch(self, may: bool) -> None:
        for widget in (self.city, self.title, self.presenters, self.save, self.save_small, self.leave):
            widget.setEnabled(may)

    def _say_problem(self, problem: Problem) -> None:
        self._writing = None
        self._let_touch(True)
        self._say(self._texts.problem(problem), "danger")

    def _say_written(self, written: HandedIn) -> None:
        self._writing = None
        self._let_touch(True)
        told = Told(city=self.city.text(), title=self.title.text(), presenters=self.presenters.text())
        keep_told(self._deck, told)
        self._say(self._words(self._target, written), "attention" if written.size > MAIL_BYTES else "")
        self._size.hide()  # it is said by now
        self.leave.setText(self._texts("hand-in.done"))
        self.leave.setFocus()
        self._fit()

    def _about(self, city: str) -> About:
        presenters = (each.strip() for each in self.presenters.text().split(","))
        return About(
            city=city,
            title=self.title.text().strip(),
            presenters=tuple(each for each in presenters if each),
            slides=write_selection(self._selection or ()),
        )

    def _words(self, target: Path, written: HandedIn) -> str:
        words = self._texts("hand-in.written", path=str(target), size_mb=f"{written.size / _MB:.1f}")
        if written.shrinking is not None:
            shrunk = self._texts("hand-in.shrunk", **written.shrinking._asdict())
        else:
            shrunk = self._texts("hand-in.as-seen")
        mail = self._texts("hand-in.too-large" if written.size > MAIL_BYTES else "hand-in.mail-it")
        return f"{words} {shrunk} {mail}"

    def _say(self, words: str, role: str) -> None:
        self._said.setProperty("role", role)
        self._said.style().polish(self._said)
        self._said.setText(words)
        self._said.show()
        self._fit()

    def _fit(self) -> None:
        """As high as its words need, which Qt does not see to by itself."""
        self._column.activate()
        self.setFixedSize(_WIDTH, self._column.totalHeightForWidth(_WIDTH))

    def _build(self) -> None:
        texts = self._texts
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(3 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID, 3 * theme.GRID)
        column.setSpacing(theme.GRID)
        what = label("quiet", wraps=True)
        what.setText(texts("hand-in.what"))
        column.addWidget(what)
        for code, field in (
            ("hand-in.city", self.city),
            ("hand-in.title", self.title),
            ("hand-in.presenters", self.presenters),
        ):
            name = label(bold=True)
            name.setText(texts(code))
            name.setBuddy(field)
            field.setAccessibleName(texts(code))
            column.addSpacing(theme.GRID)
            column.addWidget(name)
            column.addWidget(field)
        column.addSpacing(theme.GRID)
        self._size = self._weight_label()
        column.addWidget(self._size)
        column.addWidget(self._said)
        column.addSpacing(theme.GRID)
        column.addLayout(self._buttons())
        self._fit()

    def _weight_label(self) -> QWidget:
        """How large it will be, and what the smaller one lacks."""
        texts, weight = self._texts, self._weight
        if weight.whole <= MAIL_BYTES:
            small = label("quiet", wraps=True)
            small.setText(texts("hand-in.size", size_mb=f"{weight.whole / _MB:.1f}"))
            return small
        large = label("attention", wraps=True)
        fits = weight.pictures <= SMALL_BYTES
        code = "hand-in.large-without-file" if fits else "hand-in.large-shrinking"
        large.setText(texts(code, size_mb=f"{weight.whole / _MB:.1f}"))
        return large

    def _buttons(self) -> QHBoxLayout:
        texts, large = self._texts, self._weight.whole > MAIL_BYTES
        self.save.setText(texts("hand-in.save-whole" if large else "hand-in.save"))
        self.save_small.setText(texts("hand-in.save-small"))
        self.leave.setText(texts("rehearsal.close"))
        set_tone(self.save_small if large else self.save, "primary")
        self.save_small.setVisible(large)
        row = QHBoxLayout()
        row.setSpacing(theme.GRID)
        row.addWidget(self.leave)
        row.addStretch(1)
        row.addWidget(self.save)
        if large:
            row.addWidget(self.save_small)
        return row


def _as_name(city: str) -> str:
    """A city as a file's name."""
    return "".join("_" if each in '\\/:*?"<>|' or not each.isprintable() else each for each in city)[:100]


def _ask_where(parent: QWidget, title: str, suggested: str, pattern: str) -> str:
    return QFileDialog.getSaveFileName(parent, title, suggested, pattern)[0]
