# SPDX-License-Identifier: AGPL-3.0-or-later
"""PPTX drawn by the renderer that comes with us, with nothing else installed."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import betteroffice_pptx
import msgspec

from pechakucha.decks.display_list import DisplayList, lay_out
from pechakucha.decks.drawing import Drawn, Job, Refused, picture_name, short_reason
from pechakucha.decks.embedded_fonts import DeckFonts
from pechakucha.decks.font_files import faces_by_family
from pechakucha.decks.font_folders import font_folders
from pechakucha.decks.fonts import families_used
from pechakucha.decks.pptx_repairs.missing_glyphs import missing_signs
from pechakucha.decks.pptx_repairs.repairing import DeckCopy
from pechakucha.decks.pptx_repairs.symbol_typefaces import SYMBOL_TYPEFACES
from pechakucha.decks.qt_pictures import read_picture, write_fitted
from pechakucha.show.problem import Finding, Parameter, Severity

_log = logging.getLogger(__name__)

_NAME = "embedded"
_EMU_PER_PIXEL = 9525
_MOST_ROUNDS = 6
"""How often to look anew at what did not fit; each time it shrinks by what it was too large."""


class EmbeddedRenderer:
    """Draws slides with betteroffice-pptx."""

    def draw(self, job: Job) -> Drawn:
        """See ``Renderer.draw``."""
        try:
            opened = _open_repaired(job) or _open(job.source, _fonts_of(job.source))
        except betteroffice_pptx.PptxError as error:
            raise Refused("renderer-failed", renderer=_NAME, reason=short_reason(error)) from error
        if len(opened.deck) != len(job.slides):
            pages, slides = len(opened.deck), len(job.slides)
            raise Refused("pages-mismatch", renderer=_NAME, pages=pages, slides=slides)
        return _draw_slides(opened, job)


class _Opened(NamedTuple):
    """A deck in the renderer; by slide number and where it is known, what it is about to draw and what
    of that is not as it should be.
    """

    deck: betteroffice_pptx.Presentation
    fonts: DeckFonts
    lists: dict[int, DisplayList]
    shortcomings: Mapping[int, tuple[str, ...]]


def _open_repaired(job: Job) -> _Opened | None:
    """The repaired copy, or None where repairing fails in any way: then the deck is drawn as it is."""
    visible = [slide.number for slide in job.slides if not slide.hidden]
    try:
        with DeckCopy.of(job.source, job.scratch) as copy:
            copy.repair(visible)
            path = copy.write()
            opened = _settle(copy, _open(path, _fonts_of(path)), visible)
            return opened._replace(shortcomings=copy.shortcomings)
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    # Rust libraries panic with a BaseException of their own.
    except BaseException:
        _log.warning("the deck is drawn unrepaired", exc_info=True)
        return None


def _settle(copy: DeckCopy, opened: _Opened, visible: list[int]) -> _Opened:
    """Look at what is about to be drawn and repair what only that shows, until it stays the same."""
    _lay_out(opened, visible)
    fresh = set(opened.lists)
    for _ in range(_MOST_ROUNDS):
        missing = {number: missing_signs(opened.lists[number]) for number in fresh}
        signs = set().union(*missing.values())
        found = opened.fonts.families_for(signs) if signs else {}
        families = {number: {each: found[each] for each in missing[number] & set(found)} for number in fresh}
        runs_alike = opened.fonts.runs_alike
        fresh = {
            number
            for number in fresh
            if copy.adjust(number, opened.lists[number], families[number], runs_alike)
        }
        if not fresh:
            break
        opened = _open(copy.write(), opened.fonts)._replace(lists=opened.lists)
        _lay_out(opened, fresh)
        fresh &= set(opened.lists)
    return opened


def _lay_out(opened: _Opened, numbers: Iterable[int]) -> None:
    for number in numbers:
        opened.lists.pop(number, None)
        try:
            opened.lists[number] = lay_out(opened.deck, number)
        except (betteroffice_pptx.PptxError, msgspec.DecodeError):
            _log.warning("slide %s is drawn without a look at it before", number, exc_info=True)


def _open(path: Path, fonts: DeckFonts) -> _Opened:
    deck = betteroffice_pptx.Presentation.open_path(str(path))
    fonts.register(deck)
    return _Opened(deck, fonts, {}, {})


def _fonts_of(path: Path) -> DeckFonts:
    return DeckFonts(families_used(path), faces_by_family(font_folders()))


def _draw_slides(opened: _Opened, job: Job) -> Drawn:
    deck = opened.deck
    scale = job.stage.fitting(deck.width_emu / _EMU_PER_PIXEL, deck.height_emu / _EMU_PER_PIXEL)
    visible = [slide.number for slide in job.slides if not slide.hidden]
    pictures: dict[int, str] = {}
    findings: list[Finding] = []
    reason = ""
    for done, number in enumerate(visible, start=1):
        try:
            png = deck.render_png(number - 1, scale=scale)
        except betteroffice_pptx.PptxError as error:
            reason = short_reason(error)
        else:
            # May be a pixel larger than asked for; writing makes it fit.
            write_fitted(read_picture(png.bytes), job.stage, job.pictures / picture_name(number))
            pictures[number] = picture_name(number)
            findings += _findings(opened, number, png.skipped_images)
        job.progress(done, len(visible), pictures.get(number))
    if visible and not pictures:
        raise Refused("renderer-failed", renderer=_NAME, reason=reason)
    return Drawn(pictures, tuple(findings), _drawn_fonts(opened, job))


def _drawn_fonts(opened: _Opened, job: Job) -> dict[int, tuple[str, ...]]:
    """The families on each slide: those that stand for what its text asks for, as we and the deck see it."""
    drawn = {}
    for slide in job.slides:
        if slide.number in opened.lists:
            seen = {run.font_family for run in opened.lists[slide.number].runs()}
            # Signs that were written otherwise look as they should without their typeface.
            replaced = {each for each in slide.fonts if each.casefold() in SYMBOL_TYPEFACES} - seen
            families = opened.fonts.drawn(sorted(seen | set(slide.fonts) - replaced))
            drawn[slide.number] = (*families, *sorted(replaced))
    return drawn


def _findings(opened: _Opened, number: int, pictures_left_out: int) -> list[Finding]:
    drawn = opened.lists.get(number)
    boxes = ("signs",) if drawn and missing_signs(drawn) else ()
    found = [
        Finding(code="drawn-incompletely", severity=Severity.WARNING, slide=number, params={"case": kind})
        for kind in (*opened.shortcomings.get(number, ()), *boxes)
    ]
    if pictures_left_out:
        params: dict[str, Parameter] = {"pictures": pictures_left_out}
        found.append(
            Finding(code="pictures-left-out", severity=Severity.WARNING, slide=number, params=params)
        )
    return found
