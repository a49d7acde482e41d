# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small PPTX files with just one thing in them, made by python-pptx and by hand."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pptx
from PIL import Image
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.util import Emu

from pechakucha.decks.pptx_facts import read_facts
from pechakucha.show.deck import Slide

WIDTH, HEIGHT = 12_192_000, 6_858_000
BLANK, TITLE_AND_BODY, TWO_BODIES = 6, 1, 3
MAIN_KIND = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.{rest}"'
    for prefix, rest in {
        "a": "openxmlformats.org/drawingml/2006/main",
        "p": "openxmlformats.org/presentationml/2006/main",
        "r": "openxmlformats.org/officeDocument/2006/relationships",
        "mc": "openxmlformats.org/markup-compatibility/2006",
        "p14": "microsoft.com/office/powerpoint/2010/main",
        "p159": "microsoft.com/office/powerpoint/2015/09/main",
        "asvg": "microsoft.com/office/drawing/2016/SVG/main",
        "dsp": "microsoft.com/office/drawing/2008/diagram",
    }.items()
)


def xml(text: str) -> Any:
    """An element with all the namespaces that files use."""
    return parse_xml(re.sub(r"^<([\w:]+)", rf"<\1 {_NAMESPACES}", text.strip(), count=1))


def read(
    folder: Path,
    *changes: Callable[[Any], object],
    layout: int = BLANK,
    size: tuple[int, int] = (WIDTH, HEIGHT),
) -> tuple[Slide, ...]:
    """The facts of a deck with a slide for each change."""
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = map(Emu, size)
    for change in changes:
        change(deck.slides.add_slide(deck.slide_layouts[layout]))
    deck.save(str(folder / "deck.pptx"))
    return read_facts(folder / "deck.pptx").slides


def picture(width: int, height: int, format: str = "PNG") -> io.BytesIO:
    """A plain picture."""
    content = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(content, format)
    return io.BytesIO(content.getvalue())


def text_box(slide: Any, text: str = "Text", run: str = "", body: str = "", left: int = 0) -> Any:
    """A text box; ``run`` and ``body`` are what stands in ``a:rPr`` and ``a:bodyPr``."""
    box = slide.shapes.add_textbox(left, 0, WIDTH // 2, HEIGHT // 2)
    element = box._element.txBody
    element.replace(element.bodyPr, xml(f"<a:bodyPr>{body}</a:bodyPr>"))
    box.text_frame.text = text
    if run:
        element.p_lst[0].r_lst[0].insert(0, xml(run))
    return box


def image_relation(slide: Any, width: int = 100, height: int = 50) -> str:
    """A picture in the file that the slide may refer to by this name."""
    part, name = slide.part.get_or_add_image_part(picture(width, height))
    assert part is not None
    return str(name)


def external(slide: Any, kind: str, target: str) -> str:
    """Something elsewhere that the slide may refer to by this name."""
    return str(slide.part.relate_to(target, getattr(RELATIONSHIP_TYPE, kind), is_external=True))


def changed(path: Path, target: Path, kind: str = MAIN_KIND, **replaced: tuple[str, str]) -> Path:
    """A copy with another content type of its main part, and words replaced in its parts.

    ``replaced`` names parts without folder and ending: ``slide1=("old", "new")``.
    """
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as copy:
        for name in source.namelist():
            content = source.read(name)
            if name == "[Content_Types].xml":
                content = content.replace(MAIN_KIND.encode(), kind.encode())
            words = replaced.get(Path(name).stem) if name.endswith(".xml") else None
            if words:
                assert words[0].encode() in content
                content = content.replace(words[0].encode(), words[1].encode())
            copy.writestr(name, content)
    return target
