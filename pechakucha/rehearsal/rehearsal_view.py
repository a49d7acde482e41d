# SPDX-License-Identifier: AGPL-3.0-or-later
"""A rehearsal as seen: top bar, findings, page; and what the presenter's keys do to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pechakucha.live.clock import Clock
from pechakucha.rehearsal.action_row import Offer
from pechakucha.rehearsal.findings_strip import FindingsStrip
from pechakucha.rehearsal.page import RehearsalPage
from pechakucha.rehearsal.rehearsal import Phase, Rehearsal
from pechakucha.rehearsal.take import Material, NumberEntry
from pechakucha.show.format import PECHA_KUCHA
from pechakucha.show.problem import Finding
from pechakucha.show.scene import State
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.cards import minutes
from pechakucha.ui.controls import ElidedLabel, rule
from pechakucha.ui.key_hint import KeyHint

REFRESH_MS = 40
_REMARK_NS = 3 * NS

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageDown: 1,
}


class RehearsalView(QWidget):
    """Everything about one rehearsal.

    Signals:
        close_asked(): the presenter has enough.
    """

    close_asked = Signal()

    def __init__(
        self,
        material: Material,
        findings: Sequence[Finding],
        folder: Path,
        clock: Clock,
        texts: Texts,
    ) -> None:
        """
        Args:
            material: what is rehearsed.
            findings: what a check noticed about the deck.
            folder: where the pictures are.
            clock: this machine's, or a test's.
            texts: the language.
        """
        super().__init__()
        self._texts = texts
        self.rehearsal = Rehearsal(material, clock, self)
        self.page = RehearsalPage(self.rehearsal, folder, texts)
        self.findings = FindingsStrip(findings, _all_slides(len(material.slides), texts), texts)
        self._entry = NumberEntry()
        self._remark_since_ns: int | None = None
        self._title = ElidedLabel(pixels=theme.LARGE, bold=True)
        self._title.setText(material.title)
        self._take = ElidedLabel(role="quiet")
        self._hold, self._restart, self._close = KeyHint("P"), KeyHint("R"), KeyHint("Esc")
        self._build()
        self._hold.clicked.connect(lambda _checked=False: self._hold_or_go_on())
        self._restart.clicked.connect(lambda _checked=False: self.rehearsal.from_start())
        self._close.clicked.connect(lambda _checked=False: self.close_asked.emit())
        self.page.action_row.pressed.connect(self._take_offer)
        self.rehearsal.changed.connect(self.refresh)
        self.rehearsal.refused.connect(lambda _refusal: self.page.action_row.flash())
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.refresh()

    def press(self, key: Qt.Key) -> bool:
        """A key went down; returns whether it means something here."""
        state = self.rehearsal.state()
        phase = self.rehearsal.phase(state)
        if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self._type(int(key) - int(Qt.Key.Key_0), phase)
        elif key in _ENTER or key == Qt.Key.Key_Space:
            self._begin(phase, confirmed=key in _ENTER)
        elif key == Qt.Key.Key_P:
            self._hold_or_go_on()
        elif key == Qt.Key.Key_R:
            self.rehearsal.from_start()
        elif key in _STEPS or key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._step(key, phase)
        elif key == Qt.Key.Key_Escape and self._number(phase):
            self._entry = NumberEntry()
        else:
            return False
        self.refresh()
        return True

    def refresh(self) -> None:
        """Bring everything up to date with the clock."""
        state = self.rehearsal.state()
        phase, held = self.rehearsal.phase(state), state.held_ns is not None
        self.page.refresh()
        takes = self.rehearsal.recorder.takes
        self._take.setText(self._texts("rehearsal.take", number=takes) if takes else "")
        self._hold.setText(self._texts("rehearsal.go-on" if held else "rehearsal.hold"))
        self._hold.setEnabled(phase in {Phase.COUNT_IN, Phase.ON_SLIDE})
        self._offer(state, phase)

    def end(self) -> None:
        """Nothing happens any more."""
        self._timer.stop()
        self.rehearsal.changed.disconnect(self.refresh)
        self.rehearsal.close()
        self.page.close_pictures()

    def _offer(self, state: State, phase: Phase) -> None:
        actions, texts = self.page.action_row, self._texts
        number, locked = self._number(phase), self.rehearsal.locked()
        if number:
            actions.offer(Offer.START_AT, texts("rehearsal.esc-forgets"), number=number)
        elif state.held_ns is not None:
            slept = self.rehearsal.slept
            actions.offer(Offer.GO_ON, texts("rehearsal.slept" if slept else "rehearsal.stands-still"))
        elif phase is Phase.READY:
            actions.offer(Offer.START, texts("rehearsal.choose"))
        elif phase is Phase.OVER:
            words = texts.refusal(locked) if locked else texts("rehearsal.choose-again")
            actions.offer(Offer.AGAIN, words, possible=locked is None)
        else:
            actions.offer(None, texts("rehearsal.by-themselves") if self._remarked() else "")

    def _take_offer(self, offer: Offer) -> None:
        phase = self.rehearsal.phase(self.rehearsal.state())
        if offer is Offer.GO_ON:
            self._hold_or_go_on()
        else:
            self._begin(phase, confirmed=True)
        self.refresh()

    def _begin(self, phase: Phase, *, confirmed: bool) -> None:
        """Space, Enter or the button: start; with Enter also where a number was typed."""
        number = self._number(phase)
        if number and confirmed:
            self._entry = NumberEntry()
            self.rehearsal.start_at(number - 1)
        elif phase in {Phase.READY, Phase.OVER}:
            self._entry = NumberEntry()
            self.rehearsal.start()
        else:
            self._remark()

    def _type(self, figure: int, phase: Phase) -> None:
        """A slide's number: chosen at once before the talk, else confirmed by Enter."""
        count, now_ns = len(self.rehearsal.slides), self.rehearsal.now_ns()
        self._entry = self._entry.type(figure, count, now_ns)
        if phase is Phase.READY and self._entry.value:
            self.rehearsal.choose(self._entry.value - 1)

    def _number(self, phase: Phase) -> int:
        """The number that waits for Enter, 0 for none."""
        if phase is Phase.READY:
            return 0
        return self._entry.at(self.rehearsal.now_ns()).value

    def _step(self, key: Qt.Key, phase: Phase) -> None:
        """Another slide to begin with; on stage nothing turns a slide but the time."""
        if phase in {Phase.COUNT_IN, Phase.ON_SLIDE}:
            self._remark()
        elif phase is Phase.READY:
            last = len(self.rehearsal.slides) - 1
            edges = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
            self._entry = NumberEntry()
            self.rehearsal.choose(edges.get(key, self.rehearsal.first + _STEPS.get(key, 0)))

    def _hold_or_go_on(self) -> None:
        if self._hold.isEnabled():
            self.rehearsal.hold_or_go_on()
            self.refresh()

    def _remark(self) -> None:
        self._remark_since_ns = self.rehearsal.now_ns()

    def _remarked(self) -> bool:
        since_ns = self._remark_since_ns
        return since_ns is not None and self.rehearsal.now_ns() - since_ns < _REMARK_NS

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setContentsMargins(3 * theme.GRID, 2 * theme.GRID, 2 * theme.GRID, 2 * theme.GRID)
        top.setSpacing(2 * theme.GRID)
        top.addWidget(self._title)
        top.addWidget(self._take, 1)
        for hint, code in (
            (self._hold, "rehearsal.hold"),
            (self._restart, "rehearsal.from-start"),
            (self._close, "rehearsal.close"),
        ):
            hint.setText(self._texts(code))
            top.addWidget(hint)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(rule())
        column.addWidget(self.findings)
        column.addWidget(self.page, 1)


def _all_slides(slides: int, texts: Texts) -> str:
    """What the rehearsal makes of a wrong number of slides."""
    seconds = PECHA_KUCHA.seconds
    return texts("rehearsal.all-slides", count=slides, seconds=seconds, time=minutes(slides * seconds))
