# SPDX-License-Identifier: AGPL-3.0-or-later
"""A worker's task: read what a deck says about its slides, and draw them."""

from __future__ import annotations

import errno
import hashlib
import os
import traceback
from collections.abc import Callable
from pathlib import Path

import msgspec

from pechakucha.decks import kinds
from pechakucha.decks.drawing import Drawn, Facts, Job, Refused, Size, short_reason
from pechakucha.decks.renderers import POWERPOINT, load_renderer
from pechakucha.decks.worker_messages import Answer, Draw, Finished, Foreign, Progress, Released
from pechakucha.show.deck import Deck, Slide
from pechakucha.show.problem import Finding, Severity

_DISK_TROUBLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG})


def draw_deck(task: Draw, send: Callable[[Answer], None]) -> None:
    """Read and draw the deck; whatever goes wrong becomes a finding on it."""
    send(Finished(_deck(task, send)))


def _deck(task: Draw, send: Callable[[Answer], None]) -> Deck:
    facts = Facts(())
    try:
        if task.renderer == POWERPOINT and task.kind != kinds.PPTX:
            task = _saved_by_powerpoint(task, send)
        facts = _read_facts(task)
        drawn = load_renderer(task.renderer).draw(_job(task, facts, send))
    except Refused as refused:
        return _undrawn(task, facts, refused.finding)
    except MemoryError:
        return _failed(task, facts, "import-memory", renderer=task.renderer)
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        if error.errno not in _DISK_TROUBLE:
            return _renderer_failed(task, facts, error)
        return _failed(task, facts, "library-not-writable", reason=os.strerror(error.errno))
    # Rust libraries panic with a BaseException of their own.
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return _renderer_failed(task, facts, error)
    slides = tuple(_drawn_slide(slide, drawn, Path(task.pictures)) for slide in facts.slides)
    if not any(slide.picture for slide in slides if not slide.hidden):
        return _failed(task, facts, "damaged", reason="no slide could be drawn")
    return Deck(
        kind=task.kind,
        renderer=task.renderer,
        digest="",
        slides=slides,
        findings=(*facts.findings, *drawn.findings),
        width_pt=facts.width_pt,
        height_pt=facts.height_pt,
        macros=facts.macros,
    )


def _read_facts(task: Draw) -> Facts:
    """The facts; of an office file that only its renderer could read, those of the PDF it made."""
    source = Path(task.facts or task.source)
    if task.kind in (kinds.PDF, kinds.PICTURES, kinds.ZIP):
        return _reader_of(task.kind)(source)
    try:
        if task.kind == kinds.PPTX or task.facts:
            return _reader_of(kinds.PPTX)(source)
    except Refused as refused:
        if task.converted is None or refused.finding.code != "damaged":
            raise
    if task.kind == kinds.ODP:
        kinds.look_into_odp(Path(task.source))
    if task.converted is None:
        raise Refused("renderer-failed", renderer=task.renderer, reason="no PDF was written")
    facts = _reader_of(kinds.PDF)(Path(task.converted))
    notes_lost = Finding(code="notes-unreadable", severity=Severity.WARNING)
    return facts._replace(findings=(*facts.findings, notes_lost))


def _saved_by_powerpoint(task: Draw, send: Callable[[Answer], None]) -> Draw:
    """What only PowerPoint reads, as a PDF to draw and a PPTX to read the facts from."""
    from pechakucha.decks.powerpoint import save_with_powerpoint  # noqa: PLC0415

    saved = save_with_powerpoint(_job(task, Facts(()), send))
    return msgspec.structs.replace(task, converted=str(saved.pdf), facts=str(saved.pptx))


def _reader_of(kind: str) -> Callable[[Path], Facts]:
    if kind == kinds.PPTX:
        from pechakucha.decks import pptx_facts  # noqa: PLC0415 - only what this deck needs

        return pptx_facts.read_facts
    if kind == kinds.PDF:
        from pechakucha.decks import pdf  # noqa: PLC0415

        return pdf.read_facts
    from pechakucha.decks import pictures  # noqa: PLC0415

    return pictures.read_facts


def _job(task: Draw, facts: Facts, send: Callable[[Answer], None]) -> Job:
    def progress(done: int, total: int, picture: str | None = None) -> None:
        send(Progress(done, total, picture))

    progress(0, sum(not slide.hidden for slide in facts.slides))
    return Job(
        source=Path(task.source),
        slides=facts.slides,
        stage=Size(task.width, task.height),
        pictures=Path(task.pictures),
        scratch=Path(task.scratch),
        progress=progress,
        converted=Path(task.converted) if task.converted else None,
        foreign=lambda process: send(Foreign(process)),
        released=lambda process: send(Released(process)),
    )


def _drawn_slide(slide: Slide, drawn: Drawn, folder: Path) -> Slide:
    picture = drawn.pictures.get(slide.number)
    look = hashlib.sha256((folder / picture).read_bytes()).hexdigest()[:16] if picture else ""
    fonts = drawn.fonts.get(slide.number, ())
    return msgspec.structs.replace(slide, picture=picture, look=look, drawn_fonts=fonts)


def _renderer_failed(task: Draw, facts: Facts, error: BaseException) -> Deck:
    traceback.print_exception(error)
    return _failed(task, facts, "renderer-failed", renderer=task.renderer, reason=short_reason(error))


def _failed(task: Draw, facts: Facts, code: str, **params: str) -> Deck:
    return _undrawn(task, facts, Finding(code=code, severity=Severity.ERROR, params={**params}))


def _undrawn(task: Draw, facts: Facts, finding: Finding) -> Deck:
    findings = (*facts.findings, finding)
    return Deck(kind=task.kind, renderer="", digest="", slides=facts.slides, findings=findings)
