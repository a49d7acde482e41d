# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a check noticed about the deck: one line, all of it on request, gone when dismissed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from pechakucha.show.problem import Finding, Severity
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import CommandButton, label, set_tone

_MARKS = {Severity.ERROR: "✗", Severity.WARNING: "▲", Severity.NOTE: "●"}
_SHARE = 5
"""The list may take this part of the window's height (a fifth) and scrolls beyond that."""


class FindingsStrip(QFrame):
    """The findings of a deck, the first one alone until somebody wants to see the rest."""

    def __init__(self, findings: Sequence[Finding], remark: str, texts: Texts) -> None:
        """``remark`` says what the rehearsal makes of a wrong number of slides."""
        super().__init__()
        self._findings: tuple[Finding, ...] = ()
        self._remark, self._texts = remark, texts
        self._open = self._dismissed = False
        self.setProperty("role", "strip")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._list = QScrollArea()
        self._list.setWidgetResizable(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._first = _Finding()
        self.more = _small_button()
        self.more.clicked.connect(lambda _checked=False: self._show(open_=not self._open))
        self.dismiss = dismiss = _small_button()
        dismiss.setText(texts("rehearsal.dismiss"))
        dismiss.clicked.connect(lambda _checked=False: self._dismiss())
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * theme.GRID, theme.GRID, 3 * theme.GRID, theme.GRID)
        row.setSpacing(theme.GRID)
        column = QVBoxLayout()
        column.addWidget(self._first)
        column.addWidget(self._list)
        row.addLayout(column, 1)
        for button in (self.more, dismiss):
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.show_findings(findings)
        self.give_way(talking=False)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """These are the findings from now on; what was dismissed comes back where there is something new."""
        if tuple(findings) == self._findings:
            return
        if not set(map(_essence, findings)) <= set(map(_essence, self._findings)):
            self._dismissed = False
        self._findings = tuple(findings)
        self._fill()
        loud = any(each.severity is not Severity.NOTE for each in self._findings)
        set_tone(self, "" if loud else "calm")
        self._show(open_=self._open)

    def give_way(self, *, talking: bool) -> None:
        """Nobody reads this during a talk: it comes back when that is over."""
        self.setVisible(bool(self._findings) and not self._dismissed and not talking)

    def _fill(self) -> None:
        if not self._findings:
            return
        first, *others = self._findings
        self._first.show_finding(first, self._words(first))
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, theme.GRID, 0, 0)
        column.setSpacing(theme.GRID)
        for finding in others:
            line = _Finding()
            line.show_finding(finding, self._words(finding))
            column.addWidget(line)
        column.addStretch(1)
        self._list.setWidget(inside)
        self.more.setVisible(bool(others))

    def _dismiss(self) -> None:
        self._dismissed = True
        self.hide()

    def _words(self, finding: Finding) -> str:
        does = self._remark if finding.code == "slide-count" else self._texts.own_remedy(finding)
        return f"{self._texts.message(finding)} {does}"

    def _show(self, *, open_: bool) -> None:
        self._open = open_
        self._list.setVisible(open_)
        inside = self._list.widget()
        wanted = inside.heightForWidth(self._list.width()) if open_ and inside is not None else 0
        self._list.setFixedHeight(min(wanted, self.window().height() // _SHARE))
        words = "rehearsal.findings-less" if open_ else "rehearsal.findings-all"
        self.more.setText(self._texts(words, count=len(self._findings)))


class _Finding(QWidget):
    """A shape for the severity, and the words."""

    def __init__(self) -> None:
        super().__init__()
        self._mark = label("attention")
        self._mark.setFixedWidth(3 * theme.GRID)
        self._words = label(wraps=True)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, theme.GRID, 0, theme.GRID)
        grid.setSpacing(0)
        grid.addWidget(self._mark, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._words, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(1, 1)

    def show_finding(self, finding: Finding, words: str) -> None:
        """Say this."""
        self._mark.setText(_MARKS[finding.severity])
        set_tone(self._mark, "calm" if finding.severity is Severity.NOTE else "")
        self._words.setText(words)


def _essence(finding: Finding) -> tuple[str, int | None]:
    return finding.code, finding.slide


def _small_button() -> CommandButton:
    button = CommandButton()
    button.setProperty("form", "small")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
