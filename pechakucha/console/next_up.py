# SPDX-License-Identifier: AGPL-3.0-or-later
"""Between talks: who is next in the presenter's view, and when."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from pechakucha.console.wording import seconds_left, time_of_day
from pechakucha.show.run import Run
from pechakucha.show.scene import Countdown, OnSlide, State, Welcome
from pechakucha.show.schedule import expected_start_ns
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.cards import minutes
from pechakucha.ui.controls import ElidedLabel, label


class NextUp(QWidget):
    """The city, the talk's title, and the time; gone while a talk is on stage and when none is left."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self._heading = label("heading")
        self._heading.setProperty("form", "large")
        self._heading.setText(texts("presenter.next-up").upper())
        self._city, self._title, self._when = ElidedLabel(), ElidedLabel(role="quiet"), ElidedLabel()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 2 * theme.GRID)
        column.setSpacing(4)
        for part in (self._heading, self._city, self._title, self._when):
            column.addWidget(part)
        self.enlarge(1.0)
        self.hide()

    def enlarge(self, factor: float) -> None:
        """Type so many times as large as in the console."""
        self._city.setFont(theme.font(theme.TITLE * factor, theme.BOLD))
        self._title.setFont(theme.font(theme.LARGE * factor))
        self._when.setFont(theme.font(theme.TITLE * factor))

    def show_state(self, run: Run, state: State, now_ns: int) -> None:
        """Bring it up to date."""
        turn = None if isinstance(state.scene, OnSlide | Countdown) else run.upcoming
        self.setVisible(turn is not None)
        if turn is None:
            return
        self._city.setText(turn.talk.city)
        self._title.setText(turn.talk.title)
        self._title.setVisible(bool(turn.talk.title))
        self._when.setText(when_next(run, state, now_ns, self._texts))
        self._when.setVisible(bool(self._when.text()))


def when_next(run: Run, state: State, now_ns: int, texts: Texts) -> str:
    """When the next talk should begin, "" where nobody knows: before the first one without a plan."""
    start_ns = expected_start_ns(run)
    if isinstance(state.scene, Welcome):
        start_ns = state.scene.start_ns
    if start_ns is None:
        return ""
    left = seconds_left(run, state, now_ns, start_ns)
    if not left:
        return texts("presenter.any-moment")
    if run.snapshot.is_dry_run:
        return texts("presenter.in", left=minutes(left))  # no clock on a wall goes so fast
    return texts("presenter.when", time=time_of_day(run, start_ns), left=minutes(left))
