# SPDX-License-Identifier: AGPL-3.0-or-later
"""A run's journal on disk: one JSON record a line, appended, read back even where it is torn."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

import msgspec

from pechakucha.show.cues import Cue
from pechakucha.show.journal import Alive, CueRecord, Journal, Record, RunRecord, Shown
from pechakucha.show.problem import Problem
from pechakucha.show.run import Run, apply, open_run

_LONGEST_WAIT_S = 0.2
"""How long a cue waits for a disk before the show goes on without it."""

_RETRY_S = 1.0

_log = logging.getLogger(__name__)
_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)


class JournalWriter:
    """Appends records; never raises and never makes the show wait for a disk.

    All lines of the run are kept in memory (about 60 bytes a second), so that a journal whose disk
    was full or whose folder was gone for a while is complete again as soon as it can be.

    Attributes:
        recording: whether everything so far is in the file.
    """

    def __init__(
        self,
        path: Path,
        *,
        write: Callable[[int, bytes], int] = os.write,
        sync: Callable[[int], None] = os.fsync,
    ) -> None:
        """Open or continue the journal at ``path``.

        Args:
            path: the journal; what it holds already is kept, a torn last line is cut off.
            write, sync: the system's calls, handed in by tests.

        Raises:
            OSError: the file can't be opened at all.
        """
        self.recording = True
        self._path = path
        self._write, self._sync = write, sync
        self._lines = _whole_lines(path)
        self._written = len(self._lines)
        self._rest = b""
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._closing = False
        self._descriptor = self._open()
        self._thread = threading.Thread(target=self._keep_up, name="journal", daemon=True)
        self._thread.start()

    def write(self, record: Record) -> None:
        """Append a record now: when this returns it survives a kill (not yet a power cut)."""
        self._lines.append(_encoder.encode(record) + b"\n")
        if self._lock.acquire(timeout=_LONGEST_WAIT_S):
            try:
                self._append()
            finally:
                self._lock.release()
        else:
            self.recording = False
        self._wake.set()

    def note(self, record: Record) -> None:
        """Append a record soon, from the writer's thread."""
        self._lines.append(_encoder.encode(record) + b"\n")
        self._wake.set()

    def close(self) -> None:
        """Write what is left and force it to disk."""
        self._closing = True
        self._wake.set()
        self._thread.join(timeout=5)
        os.close(self._descriptor)

    def _open(self) -> int:
        # O_BINARY (Windows only) keeps line ends as they are.
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        descriptor = os.open(self._path, flags, 0o644)
        os.ftruncate(descriptor, sum(map(len, self._lines[: self._written])))
        return descriptor

    def _keep_up(self) -> None:
        while not self._closing:
            self._wake.wait(timeout=_RETRY_S)
            self._wake.clear()
            with self._lock:
                self._reopen_if_gone()
                self._append()
            self._force()

    def _append(self) -> None:
        try:
            while self._rest or self._written < len(self._lines):
                if not self._rest:
                    self._rest = self._lines[self._written]
                self._rest = self._rest[self._write(self._descriptor, self._rest) :]
                self._written += not self._rest
            self.recording = True
        except OSError as error:
            self._note_failure(error)

    def _force(self) -> None:
        try:
            self._sync(self._descriptor)
        except OSError as error:
            self._note_failure(error)

    def _reopen_if_gone(self) -> None:
        try:
            there = self._path.stat()
            same = os.path.samestat(there, os.fstat(self._descriptor))
        except OSError:
            same = False
        if same:
            return
        written, rest = self._written, self._rest
        try:
            self._written, self._rest = 0, b""
            fresh = self._open()
        except OSError as error:
            self._written, self._rest = written, rest
            self._note_failure(error)
            return
        os.close(self._descriptor)
        self._descriptor = fresh

    def _note_failure(self, error: OSError) -> None:
        if self.recording:
            _log.error("the journal can't be written: %s", error)
        self.recording = False


def _whole_lines(path: Path) -> list[bytes]:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    return [line for line in content.splitlines(keepends=True) if line.endswith(b"\n")]


def read_journal(path: Path) -> Journal:
    """The journal at ``path``. Lines that are torn or can't have happened are left out and logged.

    Raises:
        Problem: ``journal-missing`` or ``journal-unreadable`` where there is no run to be told.
    """
    try:
        lines = path.read_bytes().splitlines()
    except OSError as error:
        raise Problem("journal-missing", path=str(path), reason=error.strerror or "") from error
    records = [record for line in lines if (record := _decode(path, line)) is not None]
    if not records or not isinstance(records[0], RunRecord):
        raise Problem("journal-unreadable", path=str(path))
    return Journal(
        snapshot=records[0].snapshot,
        cues=_possible(records),
        shown=tuple(record for record in records if isinstance(record, Shown)),
        alive=next((record for record in reversed(records) if isinstance(record, Alive)), None),
    )


def _decode(path: Path, line: bytes) -> Record | None:
    try:
        return _decoder.decode(line)
    except msgspec.MsgspecError as error:
        _log.warning("%s: a line is left out: %s", path, error)
        return None


def _possible(records: list[Record]) -> tuple[Cue, ...]:
    first = records[0]
    assert isinstance(first, RunRecord)
    run: Run = open_run(first.snapshot)
    kept: list[Cue] = []
    for record in records:
        if isinstance(record, CueRecord):
            try:
                run = apply(run, record.cue)
            except LookupError as error:
                _log.warning("a cue is left out: %s", error)
            else:
                kept.append(record.cue)
    return tuple(kept)
