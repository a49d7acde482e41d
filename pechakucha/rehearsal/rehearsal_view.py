# SPDX-License-Identifier: AGPL-3.0-or-later
"""A rehearsal as seen: top bar, findings, page; and what the presenter's keys do to it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pechakucha.files.settings import read_settings
from pechakucha.live.clock import Clock
from pechakucha.rehearsal.action_row import Offer
from pechakucha.rehearsal.along_sheet import AlongSheet
from pechakucha.rehearsal.findings_strip import FindingsStrip
from pechakucha.rehearsal.page import RehearsalPage
from pechakucha.rehearsal.practice import Practised
from pechakucha.rehearsal.practising import Practising
from pechakucha.rehearsal.rehearsal import Mode, Phase, Rehearsal
from pechakucha.rehearsal.second_screen import SecondScreen
from pechakucha.rehearsal.take import Material, NumberEntry
from pechakucha.rehearsal.top_bar import TopBar, keys_now
from pechakucha.rehearsal.wording import along_words, mark_words
from pechakucha.show.problem import Finding
from pechakucha.show.scene import State
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui.cards import minutes
from pechakucha.ui.controls import rule
from pechakucha.ui.keys import ENTER

REFRESH_MS = 40
_REMARK_NS = 3 * NS

Key = Qt.Key

_STEPS = {
    Key.Key_Left: -1,
    Key.Key_Up: -1,
    Key.Key_PageUp: -1,
    Key.Key_Right: 1,
    Key.Key_Down: 1,
    Key.Key_PageDown: 1,
}
_EDGES = frozenset({Key.Key_Home, Key.Key_End})
_NUDGES = {Key.Key_Left: -1, Key.Key_Right: 1}


class RehearsalView(QWidget):
    """Everything about one rehearsal.

    Signals:
        close_asked(): the presenter has enough.
        hand_in_asked(): the presenter wants to hand in the talk.
    """

    close_asked = Signal()
    hand_in_asked = Signal()

    def __init__(
        self,
        material: Material,
        findings: Sequence[Finding],
        folder: Path,
        clock: Clock,
        texts: Texts,
        *,
        deck: Practised,
        window: QWidget,
    ) -> None:
        """
        Args:
            material: what is rehearsed.
            findings: what a check noticed about the deck.
            folder: where the pictures are.
            clock: this machine's, or a test's.
            texts: the language.
            deck: where the deck is.
            window: the one that this will be in, and which the stage on another screen never covers.
        """
        super().__init__()
        self._texts = texts
        self.rehearsal = Rehearsal(material, clock, self)
        pace = read_settings().notes
        self.practising = Practising(self.rehearsal, deck, pace, clock, texts, title=material.title)
        self.page = RehearsalPage(self.rehearsal, self.practising, folder, texts)
        self.findings = FindingsStrip(findings, _all_slides(material, texts), texts)
        self.top_bar = TopBar(material.title, texts)
        self.sheet = AlongSheet(self.rehearsal, texts, self.page)
        self.screens = SecondScreen(window, self.rehearsal.conductor, folder, texts)
        self._stage = self.screens.stage
        self._entry = NumberEntry()
        self._remark = ""
        self._remark_since_ns = 0
        self._build()
        self.practising.begin()
        self.top_bar.wanted.connect(self.press)
        self.page.action_row.pressed.connect(self._take_offer)
        self.sheet.left.connect(self._leave_sheet)
        self.screens.changed.connect(self._follow_screens)
        self.rehearsal.changed.connect(self.refresh)
        self.rehearsal.refused.connect(lambda _refusal: self.page.action_row.flash())
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.refresh()

    def press(self, key: Qt.Key) -> bool:
        """A key went down; returns whether it means something here."""
        if self.sheet.isVisible():
            return self.sheet.press(key)
        if self.practising.press(key):
            return True
        state = self.rehearsal.state()
        phase = self.rehearsal.phase(state)
        if self.rehearsal.mode is Mode.ALONG:
            done = self._press_along(key)
        elif self.rehearsal.mode is Mode.DRILL and self._press_drill(key):
            done = True
        else:
            done = self._press(key, state, phase)
        if done:
            self.refresh()
        return done

    def refresh(self) -> None:
        """Bring everything up to date with the clock."""
        rehearsal = self.rehearsal
        state, mode = rehearsal.state(), rehearsal.mode
        phase, held = rehearsal.phase(state), state.held_ns is not None
        talking = mode is Mode.ALONG or phase in {Phase.COUNT_IN, Phase.ON_SLIDE}
        self.findings.give_way(talking=talking)
        if talking:
            self.practising.trouble.give_way()
        self.practising.refresh(phase)
        self.page.refresh()
        takes = rehearsal.recorder.takes
        said = self._texts("rehearsal.take", number=takes) if takes and mode is Mode.TALK else ""
        self.top_bar.show_mode(mode, said or along_words(rehearsal, self._texts))
        hidden = not self.practising.pane.hints
        self.top_bar.show_keys(
            keys_now(mode, phase, held=held, first=rehearsal.first, stage=self._stage, notes=hidden)
        )
        self._offer(state, phase)

    def end(self) -> None:
        """Nothing happens any more."""
        self._timer.stop()
        self.screens.changed.disconnect(self._follow_screens)
        self.screens.end()
        self.rehearsal.changed.disconnect(self.refresh)
        self.practising.end()
        self.rehearsal.close()
        self.page.close_pictures()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  # Qt's name
        """The panel of the takes has its part of the height."""
        super().resizeEvent(event)
        self.practising.panel.fit(self.height(), self.width())

    def _press(self, key: Qt.Key, state: State, phase: Phase) -> bool:
        if Key.Key_0 <= key <= Key.Key_9:
            self._type(int(key) - int(Key.Key_0), phase)
        elif key in ENTER or key == Key.Key_Space:
            self._begin(phase, confirmed=key in ENTER)
        elif key == Key.Key_P:
            if phase in {Phase.COUNT_IN, Phase.ON_SLIDE}:
                self.rehearsal.hold_or_go_on()
        elif key == Key.Key_R:
            self.rehearsal.from_start()
        elif key == Key.Key_T:
            self._drill(self._number(phase) - 1 if self._number(phase) else self.rehearsal.index(state))
        elif key in _STEPS or key in _EDGES:
            self._step(key, phase)
        elif key == Key.Key_Escape and self._number(phase):
            self._entry = NumberEntry()
        else:
            return self._press_for_stage(key)
        return True

    def _press_for_stage(self, key: Qt.Key) -> bool:
        """What is about other screens, here or elsewhere."""
        if key == Key.Key_A:
            self.sheet.open()
        elif key == Key.Key_V and self._stage is not None:
            self.screens.toggle()
        elif key == Key.Key_D and self._stage:
            self.screens.swap()
        elif key == Key.Key_E and Key.Key_E in self.top_bar.keys:
            self.hand_in_asked.emit()
        else:
            return False
        return True

    def _press_drill(self, key: Qt.Key) -> bool:
        if key in {Key.Key_T, Key.Key_Escape}:
            self.rehearsal.leave()
        elif key in _NUDGES:
            self._drill(self.rehearsal.first + _NUDGES[key])
        else:
            return False
        return True

    def _press_along(self, key: Qt.Key) -> bool:
        """On the day no single key ends anything."""
        if key in _NUDGES:
            self.rehearsal.nudge(_NUDGES[key])
        elif key == Key.Key_Space:
            self._mark()
        elif key == Key.Key_Escape:
            again = self._texts("rehearsal.leave-again")
            if self._remarked() == again:
                self._say("")
                self.rehearsal.leave()
            else:
                self._say(again)
        elif not self._press_for_stage(key):
            self._say(self._texts("rehearsal.by-themselves"))
        return True

    def _offer(self, state: State, phase: Phase) -> None:
        actions, texts = self.page.action_row, self._texts
        number, locked = self._number(phase), self.rehearsal.locked()
        if self.rehearsal.mode is Mode.ALONG:
            actions.offer(None, self._remarked() or self._about_along(phase))
        elif number:
            actions.offer(Offer.START_AT, texts("rehearsal.esc-forgets"), number=number)
        elif state.held_ns is not None:
            slept = self.rehearsal.slept
            actions.offer(Offer.GO_ON, texts("rehearsal.slept" if slept else "rehearsal.stands-still"))
        elif phase is Phase.READY:
            new = self.practising.practice.last is None and not self.practising.panel.isVisible()
            actions.offer(Offer.START, texts("take.how" if new else "rehearsal.choose"))
        elif phase is Phase.OVER:
            words = texts.refusal(locked) if locked else texts("rehearsal.choose-again")
            actions.offer(Offer.AGAIN, self._remarked() or words, possible=locked is None)
        elif self.rehearsal.mode is Mode.DRILL and phase is Phase.COUNT_IN:
            actions.offer(None, texts("rehearsal.drill-how"))
        else:
            actions.offer(None, self._remarked())

    def _about_along(self, phase: Phase) -> str:
        if phase is Phase.COUNT_IN:
            return self._texts("rehearsal.nudge-how")
        return self._texts("rehearsal.along-over") if phase is Phase.OVER else ""

    def _take_offer(self, offer: Offer) -> None:
        phase = self.rehearsal.phase(self.rehearsal.state())
        if offer is Offer.GO_ON:
            self.rehearsal.hold_or_go_on()
        else:
            self._begin(phase, confirmed=True)
        self.refresh()

    def _begin(self, phase: Phase, *, confirmed: bool) -> None:
        """Space, Enter or the button: start, or say that a slide is said; Enter confirms a number."""
        number = self._number(phase)
        if number and confirmed:
            self._entry = NumberEntry()
            self.rehearsal.start_at(number - 1)
        elif phase is Phase.READY or (phase is Phase.OVER and self.rehearsal.locked() is None):
            self._entry = NumberEntry()
            self._say("")
            self.rehearsal.start()
        elif phase is Phase.COUNT_IN or confirmed:
            self._refuse(phase)
        else:
            self._mark()

    def _mark(self) -> None:
        """What there was to say about a slide is said, also shortly after the last one."""
        mark = self.rehearsal.mark()
        if mark is None:
            self._refuse(self.rehearsal.phase(self.rehearsal.state()))
        else:
            self._say(mark_words(self.rehearsal, mark, self._texts))

    def _refuse(self, phase: Phase) -> None:
        if phase is Phase.OVER:
            self.page.action_row.flash()
        else:
            self._say(self._texts("rehearsal.by-themselves"))

    def _drill(self, index: int) -> None:
        self._entry = NumberEntry()
        self._say("")
        self.rehearsal.drill(index)

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
            self._refuse(phase)
        elif phase is Phase.READY:
            last = len(self.rehearsal.slides) - 1
            edges = {Key.Key_Home: 0, Key.Key_End: last}
            self._entry = NumberEntry()
            self.rehearsal.choose(edges.get(key, self.rehearsal.first + _STEPS.get(key, 0)))

    def _say(self, words: str) -> None:
        """Beside the slide for a moment."""
        self._remark, self._remark_since_ns = words, self.rehearsal.now_ns()

    def _remarked(self) -> str:
        """What is said for a moment, "" when that is over."""
        return self._remark if self.rehearsal.now_ns() - self._remark_since_ns < _REMARK_NS else ""

    def _leave_sheet(self) -> None:
        if self.rehearsal.mode is Mode.ALONG:
            self.screens.put_away()  # the stage that counts is elsewhere
        self.window().setFocus()
        self.refresh()

    def _follow_screens(self) -> None:
        self._stage = self.screens.stage
        self.refresh()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(rule())
        column.addWidget(self.findings)
        column.addWidget(self.page, 1)
        column.addWidget(self.practising.trouble)
        column.addWidget(self.practising.panel)


def _all_slides(material: Material, texts: Texts) -> str:
    """What the rehearsal makes of a wrong number of slides."""
    slides, seconds = len(material.slides), material.seconds
    return texts("rehearsal.all-slides", count=slides, seconds=seconds, time=minutes(slides * seconds))
