# SPDX-License-Identifier: AGPL-3.0-or-later
"""The top of the console: which show, how far, ahead or behind, how stage and machine are, what time."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pechakucha.console.catch_up_view import CATCH_UP_KEY
from pechakucha.console.status_view import StatusLine
from pechakucha.console.wording import delay, time_of_day
from pechakucha.show.forecast import forecast
from pechakucha.show.run import Outcome, Run
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import ElidedLabel, label, let_go
from pechakucha.ui.key_hint import KeyHint

_LEAST_TITLE, _LEAST_TITLE_NARROW = 12 * theme.GRID, 3 * theme.GRID
"""Logical pixels of width that the show's title keeps, whatever else there is to say."""


class TopBar(QWidget):
    """One line about the block.

    Signals:
        catch_up_asked(): what can be done about being late is wanted.
        status_asked(): how stage and machine are is wanted.
    """

    catch_up_asked = Signal()
    status_asked = Signal()

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._title = ElidedLabel(pixels=theme.LARGE, bold=True)
        self._count = label("quiet")
        self._dry = label("badge")
        self._dry.setProperty("tone", "attention")
        self._delay = label()
        self._end = label("quiet")
        self._catch_up = KeyHint(CATCH_UP_KEY.name.removeprefix("Key_"))
        self._catch_up.setToolTip(texts("catch-up.tip"))
        self._catch_up.setAccessibleName(texts("catch-up.name"))
        self._catch_up.clicked.connect(lambda _checked=False: self.catch_up_asked.emit())
        self._catch_up.hide()
        self.status = StatusLine(texts)
        self.status.clicked.connect(lambda _checked=False: self.status_asked.emit())
        self._clock = label(pixels=theme.TITLE, bold=True)
        self._row = row = QHBoxLayout(self)
        shown: tuple[QWidget, ...] = (self._title, self._count, self._dry, self._delay, self._catch_up)
        for widget in (*shown, self._end, self.status, self._clock):
            if widget is self._delay:
                row.addStretch(1)
            row.addWidget(widget)
        self.set_narrow(narrow=False)

    def set_narrow(self, *, narrow: bool) -> None:
        """Only what has room in the narrow form."""
        gap = (1 if narrow else 3) * theme.GRID
        self._row.setSpacing(gap)
        edge = (2 if narrow else 3) * theme.GRID
        self._row.setContentsMargins(edge, 2 * theme.GRID, edge, 2 * theme.GRID)
        self._title.setMinimumWidth(_LEAST_TITLE_NARROW if narrow else _LEAST_TITLE)
        for widget in (self._count, self._end):
            widget.setVisible(not narrow)
        self._catch_up.setText("" if narrow else self._texts("catch-up.name"))
        self.status.set_narrow(narrow=narrow)

    def show_state(self, run: Run, now_ns: int, *, can_catch_up: bool) -> None:
        """Bring everything up to date; ``can_catch_up`` offers what can be done about being late."""
        texts, snapshot = self._texts, run.snapshot
        self._title.setText(snapshot.title)
        begun = sum(turn.outcome is not Outcome.PLANNED for turn in run.turns)
        self._count.setText(texts("console.cities", number=begun, count=len(run.turns)))
        self._dry.setVisible(snapshot.speed != 1)
        self._dry.setText(texts("console.dry-run", speed=f"{snapshot.speed:g}"))
        expected = forecast(run, now_ns)
        words, matters = delay(run, expected.planned_end_ns, expected.end_ns, texts)
        words, matters = (words, matters) if run.ended_ns is None else ("", False)
        self._delay.setText(words)
        role = "attention" if matters else "quiet"
        if self._delay.property("role") != role:
            self._delay.setProperty("role", role)
            self._delay.style().unpolish(self._delay)
            self._delay.style().polish(self._delay)
        if not can_catch_up:
            let_go(self._catch_up)
        self._catch_up.setVisible(can_catch_up)
        over = run.ended_ns is not None
        code = "console.ended-at" if over else "console.end-about"
        self._end.setText(texts(code, time=time_of_day(run, run.ended_ns if over else expected.end_ns)))
        clock_ns = snapshot.wall_ns(now_ns)
        self._clock.setText(dt.datetime.fromtimestamp(clock_ns / NS).astimezone().strftime("%H:%M:%S"))
