# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a PPTX says about its slides: how many, which are hidden, their notes."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pptx

from pechakucha.decks.drawing import MOST_SLIDES, Facts, Refused, short_reason
from pechakucha.decks.kinds import look_into_zip
from pechakucha.decks.qt_pictures import refuse_huge_picture
from pechakucha.show.deck import Slide

_FALSE = frozenset({"0", "false"})


def read_facts(path: Path) -> Facts:
    """Every slide with its notes, hidden ones marked.

    Raises:
        Refused: the file is damaged, something else, too large, has no slides or a picture
            that is too large.
    """
    look_into_zip(path)
    try:
        presentation = pptx.Presentation(str(path))
        slides = tuple(
            Slide(number=number, notes=_notes(slide), hidden=slide.element.get("show") in _FALSE)
            for number, slide in enumerate(presentation.slides, start=1)
        )
        _refuse_huge_pictures(presentation)
    except (MemoryError, Refused):
        raise
    # A damaged file can make python-pptx and lxml fail in any way: KeyError, XMLSyntaxError, zlib.error …
    except Exception as error:
        raise Refused("damaged", reason=short_reason(error)) from error
    if not slides:
        raise Refused("slides-none")
    if all(slide.hidden for slide in slides):
        raise Refused("slides-all-hidden", slides=len(slides))
    if len(slides) > MOST_SLIDES:
        raise Refused("too-many-slides", slides=len(slides), limit=MOST_SLIDES)
    return Facts(slides)


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
    return _tidied(frame.text) if frame is not None else ""


def _tidied(text: str) -> str:
    """Paragraphs kept, blanks within a line single, no more than one empty line in a row."""
    lines = (" ".join(line.split()) for line in re.split(r"[\n\v\r]", text))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
