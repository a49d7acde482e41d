# SPDX-License-Identifier: AGPL-3.0-or-later
"""One run on stage: conductor, journal, link and window put together."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QLockFile, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QLocalSocket

from pechakucha import __version__
from pechakucha.files.journal import JournalWriter
from pechakucha.files.run_folder import journal_path, read_run, read_snapshot
from pechakucha.live.boot import this_machine
from pechakucha.live.clock import Clock
from pechakucha.live.conductor import Conductor
from pechakucha.live.link import StageLink, link_name, stage_answers, stage_lock
from pechakucha.live.messages import (
    BringForward,
    ClosingAsked,
    Command,
    ConsoleWanted,
    Cued,
    Greeting,
    Place,
    Pressed,
    Refused,
    Status,
    Taken,
    ToStage,
)
from pechakucha.live.unexpected import Unexpected
from pechakucha.show.cues import By, Cue, Reboot
from pechakucha.show.deaths import DEATHS_SECONDS, precautions
from pechakucha.show.journal import CueRecord, Journal, Press, RunRecord, StageBegun, last_sign_ns
from pechakucha.show.pictures import picture_on_stage
from pechakucha.show.problem import Problem
from pechakucha.show.rules import Refusal
from pechakucha.show.run import Run, fold
from pechakucha.show.scene import state_of
from pechakucha.show.snapshot import Snapshot
from pechakucha.show.taking_up import Continue, taking_up
from pechakucha.stage.pager import Pager
from pechakucha.stage.placement import Placement
from pechakucha.stage.window import StageWindow
from pechakucha.texts import Texts

_STATUS_MS = 1000
_LAST_WORDS_MS = 1000

_log = logging.getLogger(__name__)


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
        unexpected: Unexpected | None = None,
    ) -> None:
        """Begin the run in ``folder``, or take it up where its journal ends.

        ``unexpected`` is what hears of this process's exceptions, so that the console is told.

        Raises:
            Problem: ``run-busy`` where a stage of this run is alive; what ``files.run_folder`` raises;
                ``run-not-writable``.
        """
        super().__init__()
        self._lock = _lock(folder)
        self._folder = folder
        self._answering: int | None = None
        self._status = Status()
        self._beats = 0
        self._unexpected = unexpected or Unexpected(self)
        self._unexpected.happened.connect(self._tell_status)
        self._awake: Callable[[], bool] = lambda: True
        journal, begun = _journal(folder, clock)
        self.journal = _writer(folder)
        if not begun:
            self.journal.write(RunRecord(journal.snapshot))
        self._cues = list(journal.cues)
        self.rebooted = False
        """Whether the machine was restarted since the run was last alive."""
        for cue in taking_up(journal, this_machine(clock), go_on, attended=attended) if begun else ():
            self.journal.write(CueRecord(cue.at_ns, cue.by, cue.action))
            self._cues.append(cue)
            self.rebooted |= isinstance(cue.action, Reboot)
        run = fold(journal.snapshot, self._cues)
        began = _note_begin(self.journal, run, clock)
        careful = precautions((*journal.begun, began))
        if careful.left_out:
            _log.error("left out, since stages died at it: %s", ", ".join(sorted(careful.left_out)))
        self.conductor = Conductor(
            run,
            clock,
            self.journal,
            shown=journal.shown,
            presses=journal.presses,
            attended=attended,
            seen_ns=last_sign_ns(journal) if begun else None,
            parent=self,
        )
        self.pager = Pager(folder, self, left_out=careful.left_out)
        self.window = StageWindow(self.conductor, self.pager, texts)
        if not careful.ahead:
            self.window.decode_ahead(0)
            QTimer.singleShot(DEATHS_SECONDS * 1000, self, self.window.decode_ahead)
        self.link = StageLink(self._greeting, self)
        self.link.commanded.connect(self._obey)
        self.conductor.cued.connect(self._cued)
        self.conductor.finished.connect(self._finish)
        self.conductor.changed.connect(self._tell_status)
        self.conductor.refused.connect(self._tell_status)
        self.window.moved.connect(self._tell_status)
        self.window.console_wanted.connect(lambda: self.link.tell_all(ConsoleWanted()))
        self.window.pressed.connect(self._press)
        self.window.closing_asked.connect(lambda: self.link.tell_all(ClosingAsked()))
        self.placement = Placement(self.window, self)
        self.placement.changed.connect(self._tell_status)
        self._telling = QTimer(self)  # a disk fills up while nothing else changes
        self._telling.setInterval(_STATUS_MS)
        self._telling.timeout.connect(self._beat)

    def begin(
        self,
        *,
        full: bool | None = None,
        screen: int | None = None,
        awake: Callable[[], bool] = lambda: True,
    ) -> None:
        """Open the window and let time pass.

        Args:
            full: fill the screen or be a window; None leaves it to the screens there are.
            screen: the screen wanted, counted from 1.
            awake: whether the machine is kept awake.
        """
        self._awake = awake
        self.placement.begin(full=full, screen=screen)
        if not self.link.listen(link_name(self._folder)):
            _log.error("nobody can listen: the local socket can't be opened")
        self._telling.start()
        self.conductor.begin()
        if self.conductor.run.ended_ns is not None:
            # An earlier stage died while it ended; whoever starts us shall still hear of the end.
            QTimer.singleShot(_LAST_WORDS_MS, self, self._finish)

    def close(self) -> None:
        """Stop, with everything written; the run itself may go on in another process."""
        self._telling.stop()
        self.link.close()
        self.conductor.close()
        self.journal.close()
        self._lock.unlock()
        self.pager.close()

    def _obey(self, message: ToStage, listener: QLocalSocket) -> None:
        match message:
            case Command():
                self._command(message, listener)
            case Pressed(number=number, at_ns=at_ns, what=what, refused=refused, source=source):
                # First that it is taken: who counts it as waiting must not count it twice.
                self.link.tell(listener, Taken(number))
                self.conductor.press(Press(at_ns, what, refused, source=source, number=number))
            case BringForward():
                self.window.raise_()
                self._have_done(message, "bring-forward", listener)
            case Place(screen=screen, name=name):
                filled = self.placement.fill(screen, name)
                gone = Refusal("screen-gone") if filled is None else None
                self._have_done(message, "place", listener, gone, detail=filled or "")

    def _have_done(
        self,
        wish: BringForward | Place,
        what: str,
        listener: QLocalSocket,
        refused: Refusal | None = None,
        *,
        detail: str = "",
    ) -> None:
        """A wish that changes no talk is carried out, or can't be."""
        self.link.tell(listener, Taken(wish.number))
        at_ns, code = self.conductor.now_ns(), refused.code if refused is not None else ""
        press = Press(at_ns, what, code, detail=detail, source=wish.source, number=wish.number)
        self.conductor.press(press)
        if refused is not None:
            self.link.tell_all(Refused(None, refused))

    def _command(self, command: Command, listener: QLocalSocket) -> None:
        self._answering = command.number
        objection = self.conductor.command(command.action, source=command.source, number=command.number)
        self._answering = None
        if objection is not None:
            self.link.tell(listener, Refused(command.number, objection))

    def _press(self, what: str, refused: str = "") -> None:
        """Something at the stage was pressed."""
        self.conductor.press(Press(self.conductor.now_ns(), what, refused))
        if refused:
            self.link.tell_all(Refused(None, Refusal(refused)))

    def _cued(self, cue: Cue) -> None:
        self._cues.append(cue)
        self.link.tell_all(Cued(cue, self._answering if cue.by is By.HAND else None))

    def _beat(self) -> None:
        self._beats += 1
        self._tell_status()

    def _tell_status(self) -> None:
        status = self._status_now()
        if status != self._status:
            self._status = status
            self.link.tell_all(status)

    def _status_now(self) -> Status:
        pixels = self.window.pixels()
        # Not ``window.screen()``: PySide makes the screen a child of the window, and deletes it with it.
        screen = QGuiApplication.screenAt(self.window.geometry().center())
        return Status(
            recording=self.journal.recording,
            awake=self._awake(),
            refusals=self.conductor.refusals,
            lateness_ns=self.conductor.lateness_ns,
            screen=screen.name() if screen else "",
            width=pixels.width(),
            height=pixels.height(),
            full=self.window.full,
            screens=tuple(each.name() for each in QGuiApplication.screens()),
            beat=self._beats,
            unexpected=self._unexpected.places,
        )

    def _greeting(self) -> Greeting:
        return Greeting(
            version=__version__,
            folder=str(self._folder),
            pid=os.getpid(),
            snapshot=self.conductor.run.snapshot,
            cues=tuple(self._cues),
            status=self._status_now(),
            counted=self.conductor.counted,
        )

    def _finish(self) -> None:
        self.close()
        self.finished.emit()


def _lock(folder: Path) -> QLockFile:
    """Keeps a second stage away from this run, until it is unlocked or this process ends."""
    if not folder.is_dir():
        raise Problem("run-not-found", path=str(folder))
    lock = stage_lock(folder)
    if lock.tryLock(0):
        return lock
    if lock.error() != QLockFile.LockError.LockFailedError:
        _log.warning("there is no lock against a second stage")
        return lock
    if stage_answers(folder) or _is_ours(lock):
        raise Problem("run-busy", path=str(folder))
    lock.removeStaleLockFile()
    if not lock.tryLock(0):
        raise Problem("run-busy", path=str(folder))
    return lock


def _is_ours(lock: QLockFile) -> bool:
    """Whether the process that holds a lock is one of this program, not a later one with its number."""
    import psutil  # noqa: PLC0415  # hardly ever needed, and nothing to wait for at a restart

    try:
        words = psutil.Process(lock.getLockInfo()[0]).cmdline()
    except psutil.Error:
        return False
    return any("pechakucha" in word for word in words)


def _journal(folder: Path, clock: Clock) -> tuple[Journal, bool]:
    """What happened so far, and whether anything did."""
    path = journal_path(folder)
    if path.is_file() and path.stat().st_size > 0:
        return read_run(folder), True
    snapshot, machine = read_snapshot(folder), this_machine(clock)
    opened: Snapshot = msgspec.structs.replace(
        snapshot,
        opened_ns=machine.clock_ns,
        opened_wall_ns=machine.wall_ns,
        boot=machine.boot,
        version=__version__,
    )
    return Journal(opened), False


def _writer(folder: Path) -> JournalWriter:
    try:
        return JournalWriter(journal_path(folder))
    except OSError as error:
        raise Problem("run-not-writable", path=str(folder), reason=error.strerror or "") from error


def _note_begin(journal: JournalWriter, run: Run, clock: Clock) -> StageBegun:
    """Record that this stage begins, before it touches a picture that may be its end."""
    now_ns = clock.now_ns() + run.offset_ns
    began = StageBegun(now_ns, picture_on_stage(run, state_of(run, now_ns)) or "")
    journal.write(began)
    return began
