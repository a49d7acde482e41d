# SPDX-License-Identifier: AGPL-3.0-or-later
"""One run on stage: conductor, journal, link and window put together."""

from __future__ import annotations

import enum
import logging
import os
from pathlib import Path

import msgspec
from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QLocalSocket

from pechakucha import __version__
from pechakucha.files.journal import JournalWriter
from pechakucha.files.run_folder import journal_path, read_run, read_snapshot
from pechakucha.live.boot import boot_identity
from pechakucha.live.clock import Clock
from pechakucha.live.conductor import Conductor
from pechakucha.live.link import StageLink, link_name
from pechakucha.live.messages import Command, Cued, Greeting, Refused, Status
from pechakucha.show.cues import By, Cue, GoOn, Hold, Reboot, Restart, Resume
from pechakucha.show.journal import Journal, RunRecord
from pechakucha.show.problem import Problem
from pechakucha.show.rules import refusal
from pechakucha.show.run import Run, fold
from pechakucha.show.snapshot import Snapshot
from pechakucha.stage.pager import Pager
from pechakucha.stage.window import StageWindow
from pechakucha.texts import Texts
from pechakucha.ui.screens import stage_screen

LOCK = "stage.lock"

_log = logging.getLogger(__name__)


class Continue(enum.StrEnum):
    """How a run that broke off in the middle of a talk goes on."""

    SCHEDULE = "schedule"
    """Where the schedule is by now."""
    REST = "rest"
    """With what the slide on stage had left."""
    RESTART = "restart"
    """The talk begins again."""


class Stage(QObject):
    """The stage of one run.

    Signals:
        finished(): the run has ended and everything is written.
    """

    finished = Signal()

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        texts: Texts,
        *,
        attended: bool = True,
        go_on: Continue = Continue.SCHEDULE,
    ) -> None:
        """Begin the run in ``folder``, or take it up where its journal ends.

        Raises:
            Problem: ``run-busy`` where a stage of this run is alive; what ``files.run_folder`` raises;
                ``run-not-writable``.
        """
        super().__init__()
        self._lock = QLockFile(str(folder / LOCK))
        self._lock.setStaleLockTime(0)
        if not self._lock.tryLock(0):
            raise Problem("run-busy", path=str(folder))
        self._folder = folder
        self._cues: list[Cue] = []
        self._answering: int | None = None
        self._status = Status()
        journal, begun = _journal(folder, clock)
        self.journal = _writer(folder)
        if not begun:
            self.journal.write(RunRecord(journal.snapshot))
        self._cues.extend(journal.cues)
        run = fold(journal.snapshot, journal.cues)
        self.conductor = Conductor(
            run, clock, self.journal, shown=journal.shown, attended=attended, parent=self
        )
        self.pager = Pager(folder, self)
        self.window = StageWindow(self.conductor, self.pager, texts)
        self.link = StageLink(self._greeting, self)
        self.link.commanded.connect(self._obey)
        self.conductor.cued.connect(self._cued)
        self.conductor.finished.connect(self._finish)
        self.conductor.changed.connect(self._tell_status)
        self.conductor.refused.connect(self._tell_status)
        self.window.moved.connect(self._tell_status)
        if begun:
            self._take_up(journal, clock, go_on)

    def begin(self, *, full: bool | None = None, screen: int | None = None) -> None:
        """Open the window and let time pass.

        Args:
            full: fill the screen or be a window; None leaves it to the screens there are.
            screen: the screen wanted, counted from 1.
        """
        place, fills = stage_screen(QGuiApplication.screens(), QGuiApplication.primaryScreen(), screen)
        self.window.place(place, full=fills if full is None else full)
        if not self.link.listen(link_name(self._folder)):
            _log.error("nobody can listen: the local socket can't be opened")
        self.conductor.begin()

    def close(self) -> None:
        """Stop, with everything written; the run itself may go on in another process."""
        self.link.close()
        self.pager.close()
        self.journal.close()
        self._lock.unlock()

    def _take_up(self, journal: Journal, clock: Clock, go_on: Continue) -> None:
        """After a break: account for a reboot, then go on as wanted."""
        _account_for_reboot(self.conductor, journal, clock)
        turn = self.conductor.run.on_stage
        if turn is None or go_on is Continue.SCHEDULE:
            return
        now_ns = self.conductor.now_ns()
        if go_on is Continue.RESTART:
            self.conductor.accept(Cue(now_ns, Restart(turn.talk.id)))
            return
        last_ns = _last_sign_ns(journal)
        if refusal(self.conductor.run, Hold("gap"), last_ns) is None:
            self.conductor.accept(Cue(last_ns, Hold("gap"), By.AUTO))
        self.conductor.accept(Cue(now_ns, Resume(GoOn.REST)))

    def _obey(self, command: Command, listener: QLocalSocket) -> None:
        self._answering = command.number
        objection = self.conductor.command(command.action)
        self._answering = None
        if objection is not None:
            self.link.tell(listener, Refused(command.number, objection))

    def _cued(self, cue: Cue) -> None:
        self._cues.append(cue)
        self.link.tell_all(Cued(cue, self._answering if cue.by is By.HAND else None))

    def _tell_status(self) -> None:
        status = self._status_now()
        if status != self._status:
            self._status = status
            self.link.tell_all(status)

    def _status_now(self) -> Status:
        pixels = self.window.pixels()
        screen = self.window.screen()
        return Status(
            recording=self.journal.recording,
            refusals=self.conductor.refusals,
            lateness_ns=self.conductor.lateness_ns,
            screen=screen.name() if screen else "",
            width=pixels.width(),
            height=pixels.height(),
            full=self.window.full,
        )

    def _greeting(self) -> Greeting:
        return Greeting(
            version=__version__,
            folder=str(self._folder),
            pid=os.getpid(),
            snapshot=self.conductor.run.snapshot,
            cues=tuple(self._cues),
            status=self._status_now(),
        )

    def _finish(self) -> None:
        self.close()
        self.finished.emit()


def _journal(folder: Path, clock: Clock) -> tuple[Journal, bool]:
    """What happened so far, and whether anything did."""
    path = journal_path(folder)
    if path.is_file() and path.stat().st_size > 0:
        return read_run(folder), True
    snapshot: Snapshot = msgspec.structs.replace(
        read_snapshot(folder),
        opened_ns=clock.now_ns(),
        opened_wall_ns=clock.wall_ns(),
        boot=boot_identity(),
        version=__version__,
    )
    return Journal(snapshot), False


def _writer(folder: Path) -> JournalWriter:
    try:
        return JournalWriter(journal_path(folder))
    except OSError as error:
        raise Problem("run-not-writable", path=str(folder), reason=error.strerror or "") from error


def _last_sign_ns(journal: Journal) -> int:
    """The last moment of which the journal knows, nanoseconds of the run's clock."""
    times = [journal.snapshot.opened_ns]
    times += [cue.at_ns for cue in journal.cues[-1:]]
    times += [shown.painted_ns for shown in journal.shown[-1:]]
    times += [journal.alive.at_ns] if journal.alive else []
    return max(times)


def _account_for_reboot(conductor: Conductor, journal: Journal, clock: Clock) -> None:
    """In another boot the system clock began anew: the wall clock bridges the gap."""
    run: Run = conductor.run
    boot = boot_identity()
    if boot == run.boot or journal.alive is None:
        return
    asleep_ns = max(0, clock.wall_ns() - journal.alive.wall_ns)
    at_ns = max(journal.alive.at_ns + asleep_ns, _last_sign_ns(journal))
    conductor.accept(Cue(at_ns, Reboot(boot, at_ns - clock.now_ns()), By.AUTO))
