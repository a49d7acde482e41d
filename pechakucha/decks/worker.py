# SPDX-License-Identifier: AGPL-3.0-or-later
"""The worker: a process that does one dangerous or slow task and may die of it.

Reads the task from stdin, writes answers to stdout, one a line; see ``worker_messages``.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable
from typing import BinaryIO

import msgspec
import psutil

from pechakucha.decks import limits
from pechakucha.decks.worker_messages import Answer, Convert, Draw, OpenPack, Task
from pechakucha.decks.worker_process import LOADED

Send = Callable[[Answer], None]


def main() -> None:
    """Do the one task."""
    limits.set_own_limits()
    if LOADED in sys.argv:
        from pechakucha.decks import drawing_task, pdf, pptx_facts  # noqa: F401, PLC0415
    line = sys.stdin.buffer.readline()
    if not line:
        return  # started ahead, and nobody needed it
    task: Draw | Convert | OpenPack = msgspec.json.decode(line, type=Task)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with _only_our_answers() as answers:
        _do(task, lambda answer: _send(answers, answer))


def _do(task: Draw | Convert | OpenPack, send: Send) -> None:
    # Only what this task needs is imported: each of them is heavy in its own way.
    match task:
        case Draw():
            from pechakucha.decks.drawing_task import draw_deck  # noqa: PLC0415

            draw_deck(task, send)
        case Convert():
            from pechakucha.decks.converting_task import convert_decks  # noqa: PLC0415

            convert_decks(task, send)
        case OpenPack():
            from pechakucha.decks.pack_task import open_pack  # noqa: PLC0415

            open_pack(task, send)


def _end_with_parent() -> None:
    """Our stdin ends when the program that started us does, however that came about."""
    while os.read(0, 1024):
        pass
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            child.kill()
    os._exit(1)


def _only_our_answers() -> BinaryIO:
    """Take stdout for ourselves: what libraries print goes to stderr from now on."""
    answers = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return answers


def _send(answers: BinaryIO, answer: Answer) -> None:
    answers.write(msgspec.json.encode(answer) + b"\n")


if __name__ == "__main__":
    main()
