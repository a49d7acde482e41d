# SPDX-License-Identifier: AGPL-3.0-or-later
"""The local socket between the stage and those who listen to it, for this user only."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import QDir, QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from pechakucha.live.messages import (
    FromStage,
    Greeting,
    ToStage,
    from_stage,
    line,
    to_stage,
)

_LONGEST_LINE = 16 * 1024 * 1024
_MOST_UNREAD = 4 * 1024 * 1024
"""Bytes that a listener may leave unread (it is frozen) before it is let go."""

_log = logging.getLogger(__name__)


def link_name(run: Path) -> str:
    """The socket's name, which follows from the run's folder."""
    return f"pechakucha-{hashlib.sha256(str(run.resolve()).encode()).hexdigest()[:20]}"


def stage_lock(run: Path) -> QLockFile:
    """What keeps a second stage away from this run; it knows the process that holds it.

    It is not in the run's folder, whose disk may be full and which may be copied to another machine.
    """
    lock = QLockFile(QDir.temp().filePath(f"{link_name(run)}.lock"))
    lock.setStaleLockTime(0)
    return lock


def stage_pid(run: Path) -> int | None:
    """The process that holds the run's lock, or held it when it died; None where no stage has it."""
    return stage_lock(run).getLockInfo()[0] or None


def stage_answers(run: Path, wait_ms: int = 300) -> bool:
    """Whether a stage of this run is alive; waits no longer than ``wait_ms`` milliseconds."""
    socket = QLocalSocket()
    socket.connectToServer(link_name(run))
    there = socket.waitForConnected(wait_ms)
    socket.abort()
    return there


class StageLink(QObject):
    """The stage's end: greets every listener, tells all of them everything, takes commands.

    Signals:
        commanded(ToStage, listener): answer with ``tell``.
    """

    commanded = Signal(object, object)

    def __init__(self, greeting: Callable[[], Greeting], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._greeting = greeting
        self._listeners: list[QLocalSocket] = []
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._welcome)

    def listen(self, name: str) -> bool:
        """Open the socket; a dead stage's leftover is removed. False where that is impossible."""
        if self._server.listen(name):
            return True
        QLocalServer.removeServer(name)
        return self._server.listen(name)

    def tell_all(self, message: FromStage) -> None:
        """Say something to every listener; one that does not read is let go."""
        for listener in list(self._listeners):
            self.tell(listener, message)

    def tell(self, listener: QLocalSocket, message: FromStage) -> None:
        """Say something to one listener."""
        if listener.bytesToWrite() > _MOST_UNREAD:
            _log.warning("a listener does not read and is let go")
            listener.abort()
            return
        listener.write(line(message))
        listener.flush()

    def close(self) -> None:
        """Say nothing more."""
        for listener in list(self._listeners):
            listener.waitForBytesWritten(200)
            listener.disconnectFromServer()
        self._server.close()

    def _welcome(self) -> None:
        while (listener := self._server.nextPendingConnection()) is not None:
            self._listeners.append(listener)
            # No closures over the listener: PySide deletes one that its own connection keeps alive twice.
            listener.readyRead.connect(self._read_all)
            listener.disconnected.connect(self._forget_who_is_gone)
            self.tell(listener, self._greeting())

    def _forget_who_is_gone(self) -> None:
        for listener in list(self._listeners):
            if listener.state() == QLocalSocket.LocalSocketState.UnconnectedState:
                self._listeners.remove(listener)
                listener.deleteLater()

    def _read_all(self) -> None:
        for listener in list(self._listeners):
            self._read(listener)

    def _read(self, listener: QLocalSocket) -> None:
        while listener.canReadLine():
            try:
                command = to_stage.decode(bytes(listener.readLine().data()))
            except msgspec.MsgspecError as error:
                _log.warning("a command can't be read: %s", error)
                continue
            self.commanded.emit(command, listener)
        if listener.bytesAvailable() > _LONGEST_LINE:
            listener.abort()


class Listener(QObject):
    """The other end: hears what the stage says and sends commands.

    Signals:
        heard(FromStage): a message, the greeting first.
        lost(): there is no stage at the other end (any more).
    """

    heard = Signal(object)
    lost = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._number = 0
        self._socket = QLocalSocket(self)
        self._socket.readyRead.connect(self._read)
        self._socket.disconnected.connect(self.lost)
        self._socket.errorOccurred.connect(self._failed)

    def connect_to(self, name: str) -> None:
        """Look for a stage; ``heard`` or ``lost`` follows."""
        self._socket.abort()
        self._socket.connectToServer(name)

    @property
    def connected(self) -> bool:
        """Whether a stage is at the other end."""
        return self._socket.state() == QLocalSocket.LocalSocketState.ConnectedState

    def send(self, message: ToStage) -> bool:
        """Say something to the stage; False where there is no stage to hear it."""
        if not self.connected:
            return False
        self._socket.write(line(message))
        self._socket.flush()
        return True

    def close(self) -> None:
        """Stop listening, without a ``lost``."""
        self._socket.blockSignals(True)
        self._socket.abort()

    def _failed(self, error: QLocalSocket.LocalSocketError) -> None:
        # A stage that goes away while connected is told by ``disconnected`` alone.
        if error != QLocalSocket.LocalSocketError.PeerClosedError:
            self.lost.emit()

    def _read(self) -> None:
        while self._socket.canReadLine():
            try:
                message = from_stage.decode(bytes(self._socket.readLine().data()))
            except msgspec.MsgspecError as error:
                _log.warning("a message of the stage can't be read: %s", error)
                continue
            self.heard.emit(message)
