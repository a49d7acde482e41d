# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures that the renderer leaves out.

A PNG is put in the place of EMF and WMF pictures; and PNG files that lack their last mark, as some
programs write them, are given it.
"""

from __future__ import annotations

import posixpath
import time
from collections.abc import Iterable, Iterator

from lxml import etree

from pechakucha.decks.metafiles import LARGEST_BYTES, drawn_metafile
from pechakucha.decks.pptx_repairs.drawingml import Element, find_all, named, written
from pechakucha.decks.pptx_repairs.parts import CONTENT_TYPES, Parts, relations_name

_METAFILES, _PNG = (".emf", ".wmf"), ".png"
_PNG_START = b"\x89PNG\r\n\x1a\n"
_PNG_END = b"\0\0\0\0IEND\xae\x42\x60\x82"
_IMAGE, _LEGACY_DRAWING = "image", "vmlDrawing"
_LONGEST_S = 10.0
"""A deck may be made of hundreds of metafiles; after this no further one is begun."""


def mend_pictures(parts: Parts, names: Iterable[str]) -> None:
    """Mend every picture that these parts show and that can be mended.

    Args:
        parts: the deck.
        names: slides and what they are made of.
    """
    end = time.monotonic() + _LONGEST_S
    seen: dict[str, str] = {}
    for name in dict.fromkeys(_with_legacy_drawings(parts, names)):
        shown = [each.target for each in parts.relations(name).values() if each.kind == _IMAGE]
        for target in dict.fromkeys(shown):
            if target not in seen and target in parts:
                seen[target] = _mend(parts, target, end)
        replaced = {target: seen[target] for target in shown if seen.get(target, target) != target}
        if replaced:
            _relate(parts, name, replaced)


def _mend(parts: Parts, target: str, end: float) -> str:
    """The name of the picture to show instead, which may be its own."""
    if parts.size(target) > LARGEST_BYTES:
        return target
    if target.lower().endswith(_METAFILES) and time.monotonic() < end:
        return _draw(parts, target) or target
    if target.lower().endswith(_PNG) and not parts.ends_with(target, _PNG_END):
        content = parts.content(target)
        if content.startswith(_PNG_START):
            parts.replace(target, content + _PNG_END)
    return target


def _with_legacy_drawings(parts: Parts, names: Iterable[str]) -> Iterator[str]:
    """Pictures of embedded objects belong to a drawing beside the slide."""
    for name in names:
        yield name
        relations = parts.relations(name).values()
        yield from (each.target for each in relations if each.kind == _LEGACY_DRAWING)


def _draw(parts: Parts, name: str) -> str | None:
    """The name of the PNG, None where there is none."""
    content = drawn_metafile(parts.content(name))
    if content is None:
        return None
    png = f"{name}.png"
    parts.replace(png, content)
    _declare_png(parts)
    return png


def _declare_png(parts: Parts) -> None:
    types = parts.tree(CONTENT_TYPES)
    known = (
        {each.get("Extension", "").lower() for each in find_all(types, "ct:Default")}
        if types is not None
        else {}
    )
    if types is not None and "png" not in known:
        types.insert(0, etree.Element(named("ct:Default"), Extension="png", ContentType="image/png"))
        parts.replace(CONTENT_TYPES, written(types))


def _relate(parts: Parts, name: str, replaced: dict[str, str]) -> None:
    relations: Element | None = parts.tree(relations_name(name))
    known = parts.relations(name)
    for each in find_all(relations, "rel:Relationship") if relations is not None else ():
        relation = known.get(each.get("Id", ""))
        if relation is not None and relation.kind == _IMAGE and relation.target in replaced:
            each.set("Target", posixpath.relpath(replaced[relation.target], posixpath.dirname(name)))
    if relations is not None:
        parts.replace(relations_name(name), written(relations))
