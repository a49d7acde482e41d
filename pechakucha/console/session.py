# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the console knows of the run: it listens to the stage, folds the same cues, and starts the
stage again when it dies.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from pechakucha.console.presses import Presses
from pechakucha.console.stage_process import StageOptions, end_stage
from pechakucha.files.run_folder import noted_problem
from pechakucha.live.clock import Clock
from pechakucha.live.link import Listener, link_name
from pechakucha.live.messages import (
    ClosingAsked,
    ConsoleWanted,
    Cued,
    FromStage,
    Greeting,
    Refused,
    Status,
    Taken,
)
from pechakucha.show.cues import Action, Cue, Hold
from pechakucha.show.deaths import DEATHS, DEATHS_SECONDS
from pechakucha.show.problem import Problem
from pechakucha.show.rules import Refusal
from pechakucha.show.run import Run, apply, fold, settle
from pechakucha.show.scene import State, state_of
from pechakucha.show.snapshot import NS

_LOOK_MS = 50
"""How often to look for a stage that has just been started."""

_PATIENCE_LOOKS = 200
"""After so many looks (10 s) without an answer the stage is started once more."""

_SILENT_NS = 3 * NS
"""A stage that has said nothing for so long hangs: it speaks each second."""

_DEATHS, _DEATHS_NS, _REST_MS = 2 * DEATHS, DEATHS_SECONDS * NS, 3000
"""After so many deaths within so long the stage is given a rest before the next start: leaving out the
picture at which it died (``show.deaths``) was no help."""

_log = logging.getLogger(__name__)


class Session(QObject):
    """One run as seen from the console.

    Signals:
        greeted(object): the Greeting of a stage, which knows all cues so far.
        cued(object, object): the run right before it, and the Cue that was accepted.
        changed(): a cue was accepted, or the stage's status is another.
        refused(Refusal): the stage refused a press, or died before it answered.
        turned_down(): what the stage refused was a command of this console.
        stage_changed(bool): the stage is there (again), or it is gone.
        ended(): the run is over.
        stage_left(): the run is over and its stage has closed.
        wanted(): somebody at the stage asked for the console.
        stumbled(): something unforeseen went wrong in the stage, which goes on.
        closing_asked(): somebody tried to close the audience's window, which stays.
    """

    greeted = Signal(object)
    cued = Signal(object, object)
    changed = Signal()
    refused = Signal(object)
    turned_down = Signal()
    stage_changed = Signal(bool)
    ended = Signal()
    stage_left = Signal()
    wanted = Signal()
    stumbled = Signal()
    closing_asked = Signal()

    def __init__(
        self, folder: Path, clock: Clock, start: Callable[[], bool], parent: QObject | None = None
    ) -> None:
        """
        Args:
            folder: the run's.
            clock: the one that the stage reads too.
            start: starts a stage for this run.
        """
        super().__init__(parent)
        self.folder = folder
        self._run: Run | None = None
        self.status = Status()
        self.stage_pid = 0
        self.slept = False
        """Whether the last hold was a gap: the machine slept."""
        self.restarts = 0
        self._clock, self._start = clock, start
        self._presses = Presses()
        self._looks = 0
        self._listener = Listener(self)
        self._listener.heard.connect(self.hear)
        self._listener.lost.connect(self._lose)
        self._looking = QTimer(self)
        self._looking.setSingleShot(True)
        self._looking.setInterval(_LOOK_MS)
        self._looking.timeout.connect(self._look)
        self._there = False
        self._placed: Status | None = None
        """The last status of the stage that died."""
        self._heard_ns = clock.now_ns()
        self._deaths: list[int] = []
        self._problem: Problem | None = None
        self._problem_read_ns: int | None = None
        self._ended = False

    def open(self) -> None:
        """Attach to the run's stage; one is started where none is running."""
        self._look()

    def now_ns(self) -> int:
        """The run's clock."""
        return self._clock.now_ns() + (self._run.offset_ns if self._run else 0)

    def wall_ns(self) -> int:
        """This machine's wall clock."""
        return self._clock.wall_ns()

    @property
    def run(self) -> Run | None:
        """The run as it is now, None before the stage has said anything."""
        return settle(self._run, self.now_ns()) if self._run else None

    def state(self) -> State | None:
        """What is on stage now, None before the stage has said anything."""
        return state_of(self._run, self.now_ns()) if self._run else None

    @property
    def refusals(self) -> int:
        """Presses refused so far: those that the stage knows of, and those on their way to it."""
        return self.status.refusals + self._presses.refused

    @property
    def is_heard(self) -> bool:
        """Whether the stage has counted every press."""
        return not self._presses.untaken

    @property
    def stage_is_there(self) -> bool:
        """Whether a stage is at the other end."""
        return self._there

    @property
    def stage_is_silent(self) -> bool:
        """Whether a stage is there that has not spoken for some seconds."""
        return self._listener.connected and self._clock.now_ns() - self._heard_ns > _SILENT_NS

    def problem(self) -> Problem | None:
        """Why no stage could begin, None where there is one or nothing is known."""
        if self._there:
            return None
        now_ns = self._clock.now_ns()
        if self._problem_read_ns is None or now_ns - self._problem_read_ns >= NS:
            # The window asks twenty times a second; the disk is asked once.
            self._problem, self._problem_read_ns = noted_problem(self.folder), now_ns
        return self._problem

    def end_stage(self) -> None:
        """End a stage that hangs, also one that has never said a word; another one is started at once."""
        self.record("end-stage")
        end_stage(self.folder, self.stage_pid)

    def as_placed(self, options: StageOptions) -> StageOptions:
        """The options with which a stage comes back to where the last one was."""
        if self._placed is None or self._placed.screen not in self._placed.screens:
            return options
        number = self._placed.screens.index(self._placed.screen) + 1
        place = "full" if self._placed.full else "window"
        return options._replace(place=place, screen=number)

    def send(self, action: Action) -> bool:
        """Ask the stage for something; False where there is none to hear it."""
        if not self._there:
            return False
        return self._listener.send(self._presses.command(self.now_ns(), action))

    def record(self, what: str, refused: str = "") -> None:
        """Let the stage record a press that is no command; while there is none, as soon as there is."""
        press = self._presses.press(self.now_ns(), what, refused)
        if self._there:  # a stage that has not greeted yet is told after those that wait for it
            self._listener.send(press)

    def hear(self, message: FromStage) -> None:
        """Take in what the stage says."""
        self._heard_ns = self._clock.now_ns()
        match message:
            case Greeting():
                self._greet(message)
            case Cued(cue, number):
                self._presses.answer(number, self._heard_ns)
                if self._run is not None:
                    run, self._run = self._run, apply(self._run, cue)
                    self._remember_hold(cue)
                    self.cued.emit(run, cue)
            case Refused(number, refusal):
                self._presses.answer(number, self._heard_ns, refusal.code)
                self.refused.emit(refusal)
                if number is not None:
                    self.turned_down.emit()
            case Taken(number):
                self._take(number)
                return  # nothing looks different
            case Status():
                before, self.status = self.status, message
                if message.unexpected > before.unexpected:
                    self.stumbled.emit()
                if before == msgspec.structs.replace(message, refusals=before.refusals):
                    return  # a hand that hammers must not make the window work; it looks soon enough
            case ConsoleWanted():
                self.wanted.emit()
            case ClosingAsked():
                self.closing_asked.emit()
        self.changed.emit()
        if self._run is not None and self._run.ended_ns is not None and not self._ended:
            self._ended = True
            self.ended.emit()

    def bring_stage_forward(self) -> bool:
        """Put the audience's window in front; False where there is no stage.

        Where the stage dies before it has done so, the next one does.
        """
        return self._there and self._listener.send(self._presses.bring_forward())

    def place_stage(self, screen: int) -> bool:
        """Put the audience's window on a screen, counted from 1; False where there is no stage.

        Where the stage dies before it has done so, the next one does.
        """
        name = self.status.screens[screen - 1] if 1 <= screen <= len(self.status.screens) else ""
        return self._there and self._listener.send(self._presses.place(screen, name))

    def close(self) -> None:
        """Stop listening; the stage goes on."""
        self._looking.stop()
        self._listener.close()

    def _look(self) -> None:
        self._listener.connect_to(link_name(self.folder))

    def _greet(self, greeting: Greeting) -> None:
        self._run = fold(greeting.snapshot, greeting.cues)
        for cue in greeting.cues:
            self._remember_hold(cue)
        self.status = greeting.status
        self.stage_pid = greeting.pid
        self._looks = 0
        self._there = True
        lost = self._presses.meet(greeting.cues, greeting.counted)
        for message in (*self._presses.untaken, *self._presses.wishes):
            self._listener.send(message)
        self.greeted.emit(greeting)
        self.stage_changed.emit(True)
        if lost:
            self.refused.emit(Refusal("no-stage"))

    def _take(self, number: int) -> None:
        """A press is counted; the status that counts it too follows."""
        press = self._presses.take(number, self._heard_ns)
        if press is not None and press.refused:
            count = self.status.refusals + 1
            self.status = msgspec.structs.replace(self.status, refusals=count)

    def _remember_hold(self, cue: Cue) -> None:
        if isinstance(cue.action, Hold):
            self.slept = cue.action.reason == "gap"

    def _lose(self) -> None:
        """No stage: either it has just died, or the one started does not listen yet."""
        if self._there:
            self._there = False
            self._placed = self.status
            self.status = Status(refusals=self.status.refusals)
            if self._run is not None and self._run.ended_ns is not None:
                self.stage_left.emit()
                return
            _log.warning("the stage is gone")
            self.restarts += 1
            resting = self._dies_too_often()
            if not resting:
                self._start_or_look()  # before anybody is told: the audience sees nothing meanwhile
            self.stage_changed.emit(False)
            if resting:
                QTimer.singleShot(_REST_MS, self, self._look)
            return
        self._start_or_look()

    def _start_or_look(self) -> None:
        """Start the stage, unless one that has just been started may still come up; look again soon."""
        if self._looks % _PATIENCE_LOOKS == 0 and not self._start():
            _log.error("the stage can't be started")
        self._looks += 1
        self._looking.start()

    def _dies_too_often(self) -> bool:
        now_ns = self._clock.now_ns()
        self._deaths = [*self._deaths, now_ns][-_DEATHS:]
        return len(self._deaths) == _DEATHS and now_ns - self._deaths[0] < _DEATHS_NS
