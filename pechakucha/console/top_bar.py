# SPDX-License-Identifier: AGPL-3.0-or-later
"""The top of the console: which show, how far, ahead or behind, where the stage is, what time it is."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pechakucha.console.session import Session
from pechakucha.console.wording import delay, time_of_day
from pechakucha.show.forecast import forecast
from pechakucha.show.run import Outcome, Run
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import ElidedLabel, label


class TopBar(QWidget):
    """One line about the block."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._title = ElidedLabel(pixels=theme.LARGE, bold=True)
        self._count = label("quiet")
        self._dry = label("badge")
        self._dry.setProperty("tone", "attention")
        self._delay = label()
        self._end = label("quiet")
        self._stage = label("quiet")
        self._clock = label(pixels=theme.TITLE, bold=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 3 * theme.GRID, 2 * theme.GRID)
        row.setSpacing(3 * theme.GRID)
        for widget in (self._title, self._count, self._dry):
            row.addWidget(widget)
        row.addStretch(1)
        for widget in (self._delay, self._end, self._stage, self._clock):
            row.addWidget(widget)
        self._narrow = False

    def set_narrow(self, *, narrow: bool) -> None:
        """Only what has room in the narrow form."""
        self._narrow = narrow
        for widget in (self._count, self._end, self._stage):
            widget.setVisible(not narrow)

    def show_state(self, session: Session, run: Run, now_ns: int) -> None:
        """Bring everything up to date."""
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
        self._delay.setProperty("role", "attention" if matters else "quiet")
        self._delay.style().polish(self._delay)
        over = run.ended_ns is not None
        code = "console.ended-at" if over else "console.end-about"
        self._end.setText(texts(code, time=time_of_day(run, run.ended_ns if over else expected.end_ns)))
        self._stage.setText("" if over else _stage_words(session, texts))
        clock_ns = snapshot.wall_ns(now_ns)
        self._clock.setText(dt.datetime.fromtimestamp(clock_ns / NS).astimezone().strftime("%H:%M:%S"))


def _stage_words(session: Session, texts: Texts) -> str:
    if not session.stage_is_there:
        return texts("console.stage-gone")
    status = session.status
    case = "full" if status.full else "window"
    return texts(
        "console.stage-at", case=case, screen=status.screen, width=status.width, height=status.height
    )
