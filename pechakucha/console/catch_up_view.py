# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be done about being behind: each proposal with what it wins and where it leads."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pechakucha.console.panel import Panel
from pechakucha.console.wording import delay, time_of_day
from pechakucha.show.catching_up import Proposal, Way
from pechakucha.show.forecast import ON_TIME_SECONDS, forecast
from pechakucha.show.run import Run
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.cards import minutes
from pechakucha.ui.controls import CommandButton, label

CATCH_UP_KEY = Qt.Key.Key_T

CHOICE_KEYS = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)
"""Of the proposals, in their order; only while the panel is open."""


def named(proposal: Proposal, texts: Texts) -> str:
    """What would be done."""
    match proposal.way:
        case Way.CHANGEOVERS:
            return texts("catch-up.changeovers", seconds=proposal.seconds)
        case Way.SHORTER_PAUSE:
            return texts("catch-up.shorter-pause", minutes=proposal.seconds // 60)
    return texts("catch-up.no-pause")


def promised(proposal: Proposal, run: Run, now_ns: int, texts: Texts) -> str:
    """Which pause it is about, what it wins and where it leads."""
    words, _ = delay(run, forecast(run, now_ns).planned_end_ns, proposal.end_ns, texts)
    won, time = minutes(round(proposal.won_s)), time_of_day(run, proposal.end_ns)
    leads_to = texts("catch-up.leads-to", won=won, time=time, delay=words)
    turn = run.turn(proposal.before)
    if turn is None:
        return leads_to
    return f"{texts('catch-up.before', city=turn.talk.city)}\n{leads_to}"


def situation(run: Run, now_ns: int, texts: Texts, *, something_left: bool) -> str:
    """How late the block is, and whether anything can be done about it."""
    expected = forecast(run, now_ns)
    if run.ended_ns is not None or expected.behind_s < ON_TIME_SECONDS:
        return texts("catch-up.nothing-late")
    words, _ = delay(run, expected.planned_end_ns, expected.end_ns, texts)
    late = texts(
        "catch-up.late",
        delay=words,
        time=time_of_day(run, expected.end_ns),
        planned=time_of_day(run, expected.planned_end_ns),
    )
    return late if something_left else f"{late} {texts('catch-up.nothing-left')}"


class CatchUpPanel(Panel):
    """The proposals, each a button.

    Signals:
        chosen(Proposal): this one shall be done.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget, texts: Texts) -> None:
        super().__init__(parent, texts("catch-up.name"), texts("status.close"))
        self._texts = texts
        self._shown: tuple[object, ...] | None = None
        self._buttons: dict[int, tuple[CommandButton, Proposal]] = {}
        """By their keys."""

    def show_state(self, run: Run, now_ns: int, proposals: Sequence[Proposal]) -> None:
        """Show these; ``now_ns`` is a time of the run's clock."""
        texts = self._texts
        about = situation(run, now_ns, texts, something_left=bool(proposals))
        words = [(named(each, texts), promised(each, run, now_ns, texts)) for each in proposals]
        # What would be sent as well: it is whole talks, and one may have another deck by now.
        shown = (about, *words, *(each.actions for each in proposals))
        if shown == self._shown:
            return
        self._shown = shown
        self.clear()
        self._buttons.clear()
        heading = label(wraps=True)
        heading.setText(about)
        self.add(heading)
        for number, (proposal, (name, leads_to)) in enumerate(zip(proposals, words, strict=True)):
            self.add(self._row(number, proposal, name, leads_to))
        if proposals:
            note = label("quiet", pixels=theme.SMALL, wraps=True)
            note.setText(texts("catch-up.note"))
            self.rows.addSpacing(theme.GRID)
            self.add(note)
        self.rows.addStretch(1)

    def seen_on(self, key: int) -> Proposal | None:
        """The proposal with this key, None where its button can't be seen: it is shown before it counts."""
        button, proposal = self._buttons.get(key, (None, None))
        return proposal if button is not None and not button.visibleRegion().isEmpty() else None

    def _row(self, number: int, proposal: Proposal, name: str, leads_to: str) -> QWidget:
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, theme.GRID, 0, 0)
        column.setSpacing(theme.GRID // 2)
        button = CommandButton(CHOICE_KEYS[number].name.removeprefix("Key_"))
        button.setText(name)
        button.setAccessibleName(f"{name}: {leads_to}")
        button.setToolTip(self._texts("catch-up.choose-tip", key=number + 1))
        button.clicked.connect(lambda _checked=False: self.chosen.emit(proposal))
        self._buttons[CHOICE_KEYS[number]] = button, proposal
        column.addWidget(button)
        words = label("quiet", wraps=True)
        words.setText(leads_to)
        column.addWidget(words)
        return row
