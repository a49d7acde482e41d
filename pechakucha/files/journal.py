# SPDX-License-Identifier: AGPL-3.0-or-later
"""A run's journal on disk: one JSON record a line, appended, read back even where it is torn."""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import msgspec

from pechakucha.show.cues import Cue
from pechakucha.show.journal import Alive, CueRecord, Journal, Press, Record, RunRecord, Shown, StageBegun
from pechakucha.show.problem import Problem
from pechakucha.show.run import Run, apply, open_run

_LONGEST_WAIT_S = 0.2
"""How long a cue waits for a disk before the show goes on without it."""

_STUCK_S = 2.0
"""After so long a line that is not in the file is told, even where no call has failed."""

_RETRY_S = 1.0

_LAST_WAIT_S = 5.0

_log = logging.getLogger(__name__)
_encoder = msgspec.json.Encoder()
_decoder: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)


class JournalWriter:
    """Appends records; never raises and never makes the show wait for a disk.

    All lines of the run are kept in memory (about 60 bytes a second), so that a journal whose disk
    was full or whose folder was gone for a while is complete again as soon as it can be. One thread
    appends and another forces to disk: either may hang without the other, and without the show.
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
        self._path = path
        self._write, self._sync = write, sync
        self._lines = _whole_lines(path)
        self._written = len(self._lines)
        self._rest = b""
        self._failures = 0
        self._kept = self._forced = True
        self._behind_since_s: float | None = None
        self._told = threading.Condition()
        self._holding = threading.Lock()
        self._to_append, self._to_force = threading.Event(), threading.Event()
        self._closing = self._closed = False
        self._descriptor = self._open()
        self._appending = threading.Thread(target=self._keep_up, name="journal", daemon=True)
        self._forcing = threading.Thread(target=self._keep_forcing, name="journal-disk", daemon=True)
        self._appending.start()
        self._forcing.start()

    @property
    def recording(self) -> bool:
        """Whether everything so far is in the file, as far as is known."""
        since_s = self._behind_since_s
        stuck = since_s is not None and time.monotonic() - since_s > _STUCK_S
        return self._kept and self._forced and not stuck

    def write(self, record: Record) -> None:
        """Append a record now: when this returns and ``recording`` is true, it survives a kill (not yet
        a power cut).
        """
        failures = self._failures
        self._add(record)
        number = len(self._lines)
        self._to_append.set()
        if not self._kept:
            return  # it has been waited for once
        with self._told:
            if not self._told.wait_for(
                lambda: self._written >= number or self._failures > failures, _LONGEST_WAIT_S
            ):
                self._kept = False
                _log.warning("the disk does not answer; the show goes on without it")

    def note(self, record: Record) -> None:
        """Append a record soon, from the writer's thread."""
        self._add(record)
        self._to_append.set()

    def close(self) -> None:
        """Write what is left and force it to disk; nothing can be recorded afterwards."""
        if self._closing:
            return
        self._closing = True
        self._to_append.set()
        self._appending.join(timeout=_LAST_WAIT_S)
        self._closed = True
        self._to_force.set()
        self._forcing.join(timeout=_LAST_WAIT_S)
        if not self._appending.is_alive():
            os.close(self._descriptor)

    def _add(self, record: Record) -> None:
        self._lines.append(_encoder.encode(record) + b"\n")
        if self._behind_since_s is None:
            self._behind_since_s = time.monotonic()

    def _open(self) -> int:
        # O_BINARY (Windows only) keeps line ends as they are.
        flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
        descriptor = os.open(self._path, flags, 0o644)
        os.ftruncate(descriptor, sum(map(len, self._lines[: self._written])))
        return descriptor

    def _keep_up(self) -> None:
        closing = False
        while not closing:
            self._to_append.wait(timeout=_RETRY_S)
            self._to_append.clear()
            closing = self._closing
            self._append(in_place=self._is_in_place())

    def _append(self, *, in_place: bool) -> None:
        """Write what is left; where the file's place is gone, what is open still takes it."""
        try:
            while self._rest or self._written < len(self._lines):
                if not self._rest:
                    self._rest = self._lines[self._written]
                self._rest = self._rest[self._write(self._descriptor, self._rest) :]
                self._written += not self._rest
                self._to_force.set()
            self._behind_since_s = None
            self._kept = in_place
        except OSError as error:
            self._kept = self._note_failure(error, was_well=self._kept)
        with self._told:
            self._told.notify_all()

    def _keep_forcing(self) -> None:
        closed = False
        while not closed:
            self._to_force.wait()
            self._to_force.clear()
            closed = self._closed
            try:
                with self._holding:  # so that the descriptor is not closed between
                    descriptor = os.dup(self._descriptor)
                try:
                    self._sync(descriptor)
                finally:
                    os.close(descriptor)
                self._forced = True
            except OSError as error:
                self._forced = self._note_failure(error, was_well=self._forced)

    def _is_in_place(self) -> bool:
        """Whether the file is where it should be; where it is gone or another, it is written anew.

        It is written beside and put in place whole: what is there is never emptied.
        """
        try:
            there = self._path.stat()
        except FileNotFoundError:
            return self._write_anew()
        except OSError as error:
            self._kept = self._note_failure(error, was_well=self._kept)
            return False
        try:
            same = os.path.samestat(there, os.fstat(self._descriptor))
        except OSError:  # some file systems can't tell
            same = True
        return same or self._write_anew()

    def _write_anew(self) -> bool:
        beside = self._path.with_name(f".{self._path.name}.anew")
        try:
            beside.write_bytes(b"".join(self._lines[: self._written]))
            beside.replace(self._path)
            fresh = self._open()
        except OSError as error:
            self._kept = self._note_failure(error, was_well=self._kept)
            return False
        self._rest = b""  # a line of which a part was written is written again, whole
        with self._holding:
            os.close(self._descriptor)
            self._descriptor = fresh
        return True

    def _note_failure(self, error: OSError, *, was_well: bool) -> bool:
        self._failures += 1
        if was_well:
            _log.error("the journal can't be written: %s", error)
        return False


def _whole_lines(path: Path) -> list[bytes]:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return []
    return [line + b"\n" for line in content.split(b"\n")[:-1]]


def read_journal(path: Path) -> Journal:
    """The journal at ``path``. Lines that are torn or can't have happened are left out and logged.

    Raises:
        Problem: ``journal-missing`` or ``journal-unreadable`` where there is no run to be told.
    """
    try:
        *lines, torn = path.read_bytes().split(b"\n")
    except OSError as error:
        raise Problem("journal-missing", path=str(path), reason=error.strerror or "") from error
    if torn:  # the writer cuts it off too, even where only its line end is missing
        _log.warning("%s: a torn last line is left out", path)
    records = [record for line in lines if (record := _decode(path, line)) is not None]
    if not records or not isinstance(records[0], RunRecord):
        raise Problem("journal-unreadable", path=str(path))
    return Journal(
        snapshot=records[0].snapshot,
        cues=_possible(records),
        shown=tuple(record for record in records if isinstance(record, Shown)),
        presses=tuple(record for record in records if isinstance(record, Press)),
        alive=next((record for record in reversed(records) if isinstance(record, Alive)), None),
        begun=tuple(record for record in records if isinstance(record, StageBegun)),
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
