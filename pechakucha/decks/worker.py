# SPDX-License-Identifier: AGPL-3.0-or-later
"""The import worker: a process that draws one deck and may die of it.

Reads one request from stdin, writes answers to stdout, one a line; see ``worker_messages``.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import traceback
from pathlib import Path
from typing import BinaryIO

import msgspec
import psutil

from pechakucha.decks import kinds, limits
from pechakucha.decks.drawing import Facts, Job, Refused, Size, short_reason
from pechakucha.decks.renderers import load_renderer
from pechakucha.decks.worker_messages import Answer, Finished, Progress, Request
from pechakucha.show.deck import Deck
from pechakucha.show.problem import Finding, Severity


def main() -> None:
    """Answer the one request."""
    limits.set_own_limits()
    request = msgspec.json.decode(sys.stdin.buffer.readline(), type=Request)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with _only_our_answers() as answers:
        _send(answers, Finished(import_here(request, answers)))


def import_here(request: Request, answers: BinaryIO) -> Deck:
    """Read and draw the deck; whatever goes wrong becomes a finding on it."""
    facts = Facts(())
    try:
        facts = _read_facts(request)
        drawn = load_renderer(request.renderer).draw(_job(request, facts, answers))
    except Refused as refused:
        return _undrawn(request, facts, refused.finding)
    except MemoryError:
        return _failed(request, facts, "import-memory", renderer=request.renderer)
    # Rust libraries panic with a BaseException of their own.
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | BrokenPipeError):
            raise
        traceback.print_exc()
        reason = short_reason(error)
        return _failed(request, facts, "renderer-failed", renderer=request.renderer, reason=reason)
    slides = tuple(
        msgspec.structs.replace(slide, picture=drawn.pictures.get(slide.number)) for slide in facts.slides
    )
    if not any(slide.picture for slide in slides if not slide.hidden):
        return _failed(request, facts, "damaged", reason="no slide could be drawn")
    return Deck(
        kind=request.kind,
        renderer=request.renderer,
        digest="",
        slides=slides,
        findings=(*facts.findings, *drawn.findings),
    )


def _read_facts(request: Request) -> Facts:
    source = Path(request.source)
    if request.kind == kinds.PPTX:
        from pechakucha.decks import pptx_facts  # noqa: PLC0415 - only what this deck needs

        return pptx_facts.read_facts(source)
    if request.kind == kinds.PDF:
        from pechakucha.decks import pdf  # noqa: PLC0415

        return pdf.read_facts(source)
    from pechakucha.decks import pictures  # noqa: PLC0415

    return pictures.read_facts(source)


def _job(request: Request, facts: Facts, answers: BinaryIO) -> Job:
    def progress(done: int, total: int) -> None:
        _send(answers, Progress(done, total))

    progress(0, sum(not slide.hidden for slide in facts.slides))
    size = Size(request.width, request.height)
    return Job(
        Path(request.source), facts.slides, size, Path(request.pictures), Path(request.scratch), progress
    )


def _failed(request: Request, facts: Facts, code: str, **params: str) -> Deck:
    return _undrawn(request, facts, Finding(code=code, severity=Severity.ERROR, params={**params}))


def _undrawn(request: Request, facts: Facts, finding: Finding) -> Deck:
    findings = (*facts.findings, finding)
    return Deck(kind=request.kind, renderer="", digest="", slides=facts.slides, findings=findings)


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
