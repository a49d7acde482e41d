# SPDX-License-Identifier: AGPL-3.0-or-later
"""What else a machine may have to do while slides are on stage."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from pechakucha.files.locations import examples_folder
from tests.benchmarks.stage_under_watch import HERE

CORES = os.cpu_count() or 1

_IMPORTING = 'mkdir -p "$0"; while D=$(mktemp -d -p "$0"); do XDG_DATA_HOME=$D "$@"; rm -rf "$D"; done'
_WRITING = 'while dd if=/dev/zero of="$0" bs=1M count=256 conv=fsync; do :; done'


@contextlib.contextmanager
def load(name: str, folder: Path, environment: dict[str, str]) -> Iterator[None]:
    """While this lasts, the machine is busy with what ``name`` says: ``busy``, ``importing``, ``disk``,
    ``hands``, ``moderator``, anything else is nothing; files go into ``folder``.
    """
    running = [
        subprocess.Popen(
            command,
            env=environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in _commands(name, folder)
    ]
    try:
        yield
    finally:
        for process in running:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, 9)
            process.wait()


def _commands(name: str, folder: Path) -> list[list[str]]:
    if name == "busy":
        return [[sys.executable, "-c", "while True: pass"]] * CORES
    if name == "importing":
        decks = sorted((examples_folder() / "mpsc-mashup" / "decks").glob("*.pptx"))
        check = [sys.executable, "-m", "pechakucha", "check", *map(str, decks)]
        return [["bash", "-c", _IMPORTING, str(folder / "imports"), *check]]
    if name == "disk":
        return [["bash", "-c", _WRITING, str(folder / "junk")]]
    if name == "hands":
        return [["bash", str(HERE / "hands.sh")]]
    if name == "moderator":
        return [["bash", str(HERE / "moderator.sh"), str(folder)]]
    return []
