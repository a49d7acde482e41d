# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a PPTX says about its slides: how many, which are hidden, their notes, what is on them."""

from __future__ import annotations

import functools
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
from pptx.opc.package import PartFactory
from pptx.package import Package
from pptx.parts.presentation import PresentationPart

from pechakucha.decks.drawing import Facts, Refused, short_reason
from pechakucha.decks.kinds import look_into_zip
from pechakucha.decks.picture_size import refuse_huge_picture
from pechakucha.decks.pptx_motion import read_motion
from pechakucha.decks.pptx_pictures import read_pictures
from pechakucha.decks.pptx_shapes import Shape, choose_alternatives
from pechakucha.decks.pptx_sheets import Sheets, read_sheets, size_of_slides
from pechakucha.decks.pptx_text import read_text
from pechakucha.show.deck import MOST_SLIDES, Slide

_log = logging.getLogger(__name__)

_FALSE = frozenset({"0", "false"})
_LONGEST_NOTES = 20_000
"""Characters: twenty minutes of speaking; more would only slow down whoever shows them."""
_EMU_PER_PT = 12_700
_VBA = "/vbaProject"

# python-pptx knows shows and templates, but not those with macros.
for _kind in ("slideshow", "template"):
    PartFactory.part_type_for.setdefault(
        f"application/vnd.ms-powerpoint.{_kind}.macroEnabled.main+xml", PresentationPart
    )


def read_facts(path: Path) -> Facts:
    """Every slide with its notes and what is on it, hidden ones marked; shows and templates as well.

    What cannot be read of a single slide is left at its default.

    Raises:
        Refused: the file is damaged, something else, too large, has no slides or a picture
            that is too large.
    """
    look_into_zip(path)
    try:
        # pptx.Presentation() would refuse shows and templates.
        presentation = Package.open(str(path)).main_document_part.presentation
        _refuse_too_many(len(presentation.slides))
        slides = _read_slides(presentation)
        _refuse_huge_pictures(presentation)
        width_pt, height_pt = (length / _EMU_PER_PT for length in size_of_slides(presentation))
        macros = any(each.reltype.endswith(_VBA) for each in presentation.part.rels.values())
    except (MemoryError, Refused):
        raise
    # A damaged file can make python-pptx and lxml fail in any way: KeyError, XMLSyntaxError, zlib.error …
    except Exception as error:
        raise Refused("damaged", reason=short_reason(error)) from error
    if not slides:
        raise Refused("slides-none")
    if all(slide.hidden for slide in slides):
        raise Refused("slides-all-hidden", slides=len(slides))
    return Facts(slides, width_pt=width_pt, height_pt=height_pt, macros=macros)


def _refuse_too_many(slides: int) -> None:
    if slides > MOST_SLIDES:
        raise Refused("too-many-slides", slides=slides, limit=MOST_SLIDES)


def _read_slides(presentation: Any) -> tuple[Slide, ...]:
    @functools.cache
    def sheets_of(layout: Any) -> Sheets:
        return read_sheets(layout, presentation)

    return tuple(
        _read_slide(number, slide, sheets_of) for number, slide in enumerate(presentation.slides, start=1)
    )


def _read_slide(number: int, source: Any, sheets_of: Callable[[Any], Sheets]) -> Slide:
    part = source.part
    slide = Slide(number=number, hidden=part._element.get("show") in _FALSE)

    def read_notes(slide: Slide) -> Slide:
        return msgspec.structs.replace(slide, notes=_notes(source))

    def read_moving(slide: Slide) -> Slide:
        choose_alternatives(part._element)
        return read_motion(slide, part, sheets_of(source.slide_layout.part).parts)

    @functools.cache
    def shapes() -> tuple[list[Shape], Sheets]:
        sheets = sheets_of(source.slide_layout.part)
        return sheets.shapes(part._element), sheets

    def read_texts(slide: Slide) -> Slide:
        return read_text(slide, part, *shapes())

    def read_images(slide: Slide) -> Slide:
        return read_pictures(slide, part, *shapes())

    for read in (read_notes, read_moving, read_texts, read_images):
        slide = _as_far_as_possible(read, slide)
    return slide


def _as_far_as_possible(read: Callable[[Slide], Slide], slide: Slide) -> Slide:
    """A slide that says something odd about itself is still a slide."""
    try:
        return read(slide)
    except MemoryError:
        raise
    except Exception as error:
        _log.warning("slide %d: %s: %s", slide.number, read.__name__, short_reason(error))
        return slide


def _refuse_huge_pictures(presentation: Any) -> None:
    """A few bytes of PNG can ask for gigabytes; renderers would try."""
    seen: set[str] = set()
    owners: list[tuple[int | None, Any]] = [
        (number, slide.part) for number, slide in enumerate(presentation.slides, start=1)
    ]
    owners += [(None, layout.part) for layout in presentation.slide_layouts]
    owners += [(None, master.part) for master in presentation.slide_masters]
    for number, owner in owners:
        for relation in owner.rels.values():
            if relation.is_external or not relation.reltype.endswith("/image"):
                continue
            part = relation.target_part
            if part.partname not in seen:
                seen.add(part.partname)
                refuse_huge_picture(part.blob, slide=number)


def _notes(slide: Any) -> str:
    if not slide.has_notes_slide:
        return ""
    frame = slide.notes_slide.notes_text_frame
    return _tidied(frame.text)[:_LONGEST_NOTES] if frame is not None else ""


def _tidied(text: str) -> str:
    """Paragraphs kept, blanks within a line single, no more than one empty line in a row."""
    lines = (" ".join(line.split()) for line in re.split(r"[\n\v\r]", text))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
