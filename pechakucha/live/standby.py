# SPDX-License-Identifier: AGPL-3.0-or-later
"""A second stage process that has everything loaded and waits: loading is most of what a restart takes.

It holds nothing of the run and shows nothing. Whoever called it keeps a local socket open: a line with the
stage's arguments lets it begin, and the socket's end, also by the caller's death, ends it.
"""

from __future__ import annotations

import logging
import uuid

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

STANDBY = "--standby"
"""The stage's first argument where it is to wait; the socket's name is the second."""

_CONNECT_MS = 5000
_WRITE_MS = 50
"""A line has room in any socket; the console must not wait for a process that hangs."""

_log = logging.getLogger(__name__)
_arguments = msgspec.json.Decoder(list[str])


class Caller(QObject):
    """The end that lets the process that waits begin."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.name = f"pechakucha-standby-{uuid.uuid4().hex[:20]}"
        """What the process is started with, after ``STANDBY``."""
        self._socket: QLocalSocket | None = None
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._take)
        if not self._server.listen(self.name):
            _log.warning("no stage can stand by: %s", self._server.errorString())

    @property
    def is_answered(self) -> bool:
        """Whether a process waits."""
        connected = QLocalSocket.LocalSocketState.ConnectedState
        return self._socket is not None and self._socket.state() == connected

    def call(self, arguments: list[str]) -> bool:
        """Let the process begin as a stage with these arguments; False where none waits.

        Whoever kills stages may have killed it too, an instant ago. One that hangs is not noticed here.
        This object stays until the process has read them (on Windows a pipe forgets what it held), then
        deletes itself.
        """
        if self._socket is not None:
            self._socket.waitForReadyRead(0)  # only its end can come, not yet known here
        answered = self.is_answered
        socket, self._socket = self._socket, None
        if socket is None or not answered:
            self.deleteLater()
            return False
        socket.disconnected.connect(self.deleteLater)
        socket.write(msgspec.json.encode(arguments) + b"\n")
        return socket.waitForBytesWritten(_WRITE_MS) or not socket.bytesToWrite()

    def close(self) -> None:
        """Let the process go, and this object with it."""
        self._server.close()
        socket, self._socket = self._socket, None
        if socket is not None:
            socket.abort()
        self.deleteLater()

    def _take(self) -> None:
        while (waiting := self._server.nextPendingConnection()) is not None:
            if self.is_answered:
                waiting.abort()
            else:
                self._socket = waiting


def await_call(name: str) -> list[str] | None:
    """Wait, without end, for the arguments to begin with; None where the caller has gone.

    Needs no application, so that on macOS nothing appears in the Dock meanwhile.
    """
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(_CONNECT_MS):
        return None
    while not socket.canReadLine():
        if not socket.waitForReadyRead(-1):
            return None
    try:
        return _arguments.decode(bytes(socket.readLine().data()))
    except msgspec.MsgspecError:
        return None
    finally:
        socket.abort()
