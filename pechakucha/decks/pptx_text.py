# SPDX-License-Identifier: AGPL-3.0-or-later
"""The text that can be seen on a slide of a PPTX: which families it asks for, how small it gets.

A run's format is looked for in the run, in its shape, in the placeholders behind that one, in the
master's styles and in the deck's, in this order (ECMA-376 part 1, 19.7.10 and 21.1.2.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from pptx.oxml import parse_xml

from pechakucha.decks.pptx_charts import labels_of
from pechakucha.decks.pptx_shapes import Shape, placeholder, qname
from pechakucha.decks.pptx_sheets import THEME_BODY, Sheets
from pechakucha.show.deck import STANDARD_HEIGHT_PT, Slide

_EMU_PER_PT = 12_700
_DEFAULT_SIZE = 1800
"""In hundredths of a point, where nothing says otherwise."""

_DIAGRAM = "http://schemas.microsoft.com/office/drawing/2008/diagram"
_DIAGRAM_DRAWING = "/diagramDrawing"
_THEME_OF_STYLE = {"major": "+mj-lt", "minor": THEME_BODY}
_FOOTERS = frozenset({"dt", "ftr", "sldNum", "hdr"})
_RUNS = (qname("a:r"), qname("a:fld"))
_BULLETS = tuple(qname(tag) for tag in ("a:buNone", "a:buAutoNum", "a:buChar", "a:buBlip"))
_BULLET_FONTS = (qname("a:buFontTx"), qname("a:buFont"))

_SCRIPTS = (
    (qname("a:sym"), re.compile("[\uf000-\uf0ff]")),
    (qname("a:ea"), re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")),
    (qname("a:cs"), re.compile("[\u0590-\u08ff\u0e00-\u0eff\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufeff]")),
)
"""The characters that are not set in the Latin typeface, and what names theirs."""


class _Body(NamedTuple):
    """The text of a shape or cell.

    Attributes:
        element: ``a:txBody`` or the like.
        own: its own list style, None where it has none.
        styles: the list styles that hold besides, nearest first.
        theme_font: what its shape's style asks for, which goes between ``own`` and ``styles``.
        scale: what PowerPoint shrank it by to fit, None where its size says nothing.
    """

    element: Any
    own: Any
    styles: tuple[Any, ...]
    theme_font: str
    scale: float | None


class _Format(NamedTuple):
    """Where the format of a paragraph's runs is looked for.

    Attributes:
        paragraphs: paragraph properties, nearest first.
        nearer: how many of them go before ``theme_font``.
        theme_font: see ``_Body``.
    """

    paragraphs: tuple[Any, ...]
    nearer: int
    theme_font: str


def read_text(slide: Slide, part: Any, shapes: list[Shape], sheets: Sheets) -> Slide:
    """The slide with its fonts and its smallest text, footers left out.

    Args:
        slide: so far.
        part: the slide's, of python-pptx.
        shapes: on the slide.
        sheets: what it inherits.
    """
    fonts: set[str] = set()
    sizes: list[float] = []
    for shape in shapes:
        own = placeholder(shape.element)
        is_footer = own is not None and own.kind in _FOOTERS
        for body in _bodies(shape.element, sheets):
            sizes += [] if is_footer else _sizes(body)
            fonts |= _fonts(body, sheets)
        labels = labels_of(shape.element, part)
        fonts |= {sheets.family(typeface) for typeface in labels.typefaces}
        sizes += labels.sizes
    for body in _bodies_of_diagrams(part):
        sizes += _sizes(body)
        fonts |= _fonts(body, sheets)
    for _, shape in sheets.shapes_behind(part._element):
        for body in _bodies(shape.element, sheets):
            fonts |= _fonts(body, sheets)
    smallest = min(sizes, default=None)
    scale = STANDARD_HEIGHT_PT * _EMU_PER_PT / sheets.height
    return msgspec.structs.replace(
        slide,
        fonts=tuple(sorted(fonts - {""})),
        smallest_pt=None if smallest is None else round(smallest * scale / 100, 1),
    )


def _bodies(element: Any, sheets: Sheets) -> Iterator[_Body]:
    """The text of a shape, or of the cells of a table."""
    text = element.find(qname("p:txBody"))
    if text is not None:
        theme_font = "" if placeholder(element) else _theme_font(element.find(qname("p:style")))
        yield _body(text, sheets.list_styles(element), theme_font)
    for cell in element.iterfind(
        f"{qname('a:graphic')}/{qname('a:graphicData')}/{qname('a:tbl')}//{qname('a:txBody')}"
    ):
        yield _body(cell, sheets.list_styles(element), THEME_BODY)


def _bodies_of_diagrams(part: Any) -> Iterator[_Body]:
    """The text of SmartArt, from the drawing that PowerPoint keeps of it."""
    for relation in part.rels.values():
        if relation.reltype.endswith(_DIAGRAM_DRAWING) and not relation.is_external:
            for shape in parse_xml(relation.target_part.blob).iter(f"{{{_DIAGRAM}}}sp"):
                text = shape.find(f"{{{_DIAGRAM}}}txBody")
                if text is not None:
                    yield _body(text, (), _theme_font(shape.find(f"{{{_DIAGRAM}}}style")) or THEME_BODY)


def _body(text: Any, styles: tuple[Any, ...], theme_font: str) -> _Body:
    properties = text.find(qname("a:bodyPr"))
    scale: float | None = 1.0
    if properties is not None:
        fitted, warp = properties.find(qname("a:normAutofit")), properties.find(qname("a:prstTxWarp"))
        scale = 1.0 if fitted is None else _share(fitted.get("fontScale", "100000"))
        # WordArt is as large as its shape, whatever its size says.
        scale = None if warp is not None and warp.get("prst") != "textNoShape" else scale
    return _Body(text, text.find(qname("a:lstStyle")), styles, theme_font, scale)


def _theme_font(style: Any) -> str:
    reference = None if style is None else style.find(qname("a:fontRef"))
    return "" if reference is None else _THEME_OF_STYLE.get(reference.get("idx"), "")


def _share(text: str) -> float:
    """A share in either of the two ways in which files write it: ``62500`` and ``62.5%``."""
    return float(text[:-1]) / 100 if text.endswith("%") else float(text) / 100_000


def _runs(body: _Body) -> Iterator[tuple[str, Any, _Format]]:
    """What can be read of a text: each run's characters, its properties, its paragraph's format."""
    for paragraph in body.element.iterfind(qname("a:p")):
        format_ = None
        for run in paragraph.iterchildren(*_RUNS):
            text = run.findtext(qname("a:t")) or ""
            if text.strip():
                format_ = format_ or _format(paragraph, body)
                yield text, run.find(qname("a:rPr")), format_


def _format(paragraph: Any, body: _Body) -> _Format:
    properties = paragraph.find(qname("a:pPr"))
    level = 1 + int(properties.get("lvl", "0")) if properties is not None else 1
    nearer = [properties, *_levels(body.own, level)]
    further = [each for style in body.styles for each in _levels(style, level)]
    found = [each for each in nearer if each is not None]
    return _Format((*found, *(each for each in further if each is not None)), len(found), body.theme_font)


def _levels(style: Any, level: int) -> tuple[Any, ...]:
    return () if style is None else (style.find(qname(f"a:lvl{level}pPr")), style.find(qname("a:defPPr")))


def _sizes(body: _Body) -> list[float]:
    """The size of every run, in hundredths of a point."""
    if body.scale is None:
        return []
    return [_size(properties, format_) * body.scale for _, properties, format_ in _runs(body)]


def _size(properties: Any, format_: _Format) -> float:
    for each in (properties, *_defaults(format_)):
        if each is not None and each.get("sz") is not None:
            return float(each.get("sz"))
    return _DEFAULT_SIZE


def _defaults(format_: _Format) -> Iterator[Any]:
    """The run properties of the styles; those in a paragraph itself count for nothing in PowerPoint."""
    for each in format_.paragraphs:
        if each.tag != qname("a:pPr"):
            yield each.find(qname("a:defRPr"))


def _fonts(body: _Body, sheets: Sheets) -> set[str]:
    found: set[str] = set()
    for text, properties, format_ in _runs(body):
        found.update(sheets.family(_typeface(tag, properties, format_)) for tag in _typefaces_in(text))
        found.add(sheets.family(_bullet_font(format_)))
    return found


def _typefaces_in(text: str) -> Iterator[str]:
    """Which of its typefaces a run makes use of."""
    for tag, characters in _SCRIPTS:
        if characters.search(text):
            yield tag
            text = characters.sub("", text)
    if text.strip():
        yield qname("a:latin")


def _typeface(tag: str, properties: Any, format_: _Format) -> str:
    """The typeface of a run, maybe one that stands for another (``+mn-lt``); "" for none."""
    if properties is not None and (named := _named(tag, properties)):
        return named
    for place, each in enumerate(format_.paragraphs):
        if place == format_.nearer and format_.theme_font:
            break
        defaults = None if each.tag == qname("a:pPr") else each.find(qname("a:defRPr"))
        if defaults is not None and (named := _named(tag, defaults)):
            return named
    theme_font = format_.theme_font or THEME_BODY
    return theme_font[:-2] + {qname("a:latin"): "lt", qname("a:ea"): "ea", qname("a:cs"): "cs"}.get(tag, "lt")


def _named(tag: str, properties: Any) -> str:
    found = properties.find(tag)
    return "" if found is None else found.get("typeface", "")


def _bullet_font(format_: _Format) -> str:
    bullet = _first(_BULLETS, format_)
    if bullet is None or bullet.tag != qname("a:buChar"):
        return ""
    font = _first(_BULLET_FONTS, format_)
    return "" if font is None else font.get("typeface", "")


def _first(tags: tuple[str, ...], format_: _Format) -> Any:
    found = (each for properties in format_.paragraphs for each in properties.iterchildren(*tags))
    return next(found, None)
