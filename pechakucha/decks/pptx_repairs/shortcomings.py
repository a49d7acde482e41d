# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the renderer draws wrongly or not at all and no repair mends, told from a slide's parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from pechakucha.decks.pptx_repairs.drawingml import NAMESPACES, Element, find, find_all, named
from pechakucha.decks.pptx_repairs.parts import Parts

_TABLE = "http://schemas.openxmlformats.org/drawingml/2006/table"
_CHART = NAMESPACES["c"]
_SMARTART = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
_OLE = "http://schemas.openxmlformats.org/presentationml/2006/ole"
_DRAWING, _LEGACY_DRAWING = "diagramDrawing", "vmlDrawing"
_OTHER_CHARTS = frozenset({"ofPieChart", "surfaceChart", "surface3DChart"})
_PLAIN_TEXTS = frozenset({"textNoShape", "textPlain"})
_PLAIN_VIEW = "orthographicFront"


def shortcomings_of(parts: Parts, name: str) -> Iterator[str]:
    """Each kind of thing on a slide that is drawn other than its author meant it.

    Args:
        parts: the deck.
        name: the slide's part.
    """
    slide = parts.tree(name)
    if slide is None:
        return
    yield from (kind for kind, is_there in _KINDS.items() if is_there(slide))
    frames = list(slide.iter(named("a:graphicData")))
    kinds = [relation.kind for relation in parts.relations(name).values()]
    if sum(each.get("uri") == _SMARTART for each in frames) > kinds.count(_DRAWING):
        yield "smartart"
    if any(_is_unknown(each, has_legacy_picture=_LEGACY_DRAWING in kinds) for each in frames):
        yield "object"
    charts = (parts.tree(each.target) for each in parts.relations(name).values() if each.kind == "chart")
    if any(chart is not None and _is_other_chart(chart) for chart in charts):
        yield "chart"


def _has_equation(slide: Element) -> bool:
    return next(slide.iter(named("m:oMath")), None) is not None


def _has_ink(slide: Element) -> bool:
    """Handwriting of which the file keeps no picture."""
    for ink in slide.iter(named("p:contentPart")):
        alternative = next(ink.iterancestors(named("mc:AlternateContent")), None)
        if find(alternative, "mc:Fallback//p:pic") is None:
            return True
    return False


def _has_bent_text(slide: Element) -> bool:
    warps = find_all(slide, ".//p:txBody/a:bodyPr/a:prstTxWarp")
    bodies = (each.getparent().getparent() for each in warps if each.get("prst") not in _PLAIN_TEXTS)
    return any(text.text for body in bodies for text in body.iter(named("a:t")))


def _has_pattern(slide: Element) -> bool:
    return any(find(each, "a:pattFill") is not None for each in slide.iter(named("p:spPr"), named("p:bgPr")))


def _is_spatial(slide: Element) -> bool:
    cameras = list(find_all(slide, ".//p:spPr/a:scene3d/a:camera"))
    turns = (find(each, "a:rot") for each in cameras)
    turned = any(
        turn.get(axis, "0") != "0" for turn in turns if turn is not None for axis in ("lat", "lon", "rev")
    )
    return turned or any(each.get("prst") != _PLAIN_VIEW for each in cameras)


def _has_marked_text(slide: Element) -> bool:
    looks = find_all(slide, ".//a:r/a:rPr")
    return any(
        each.get("strike", "noStrike") != "noStrike" or find(each, "a:highlight") is not None
        for each in looks
    )


_KINDS: Mapping[str, Callable[[Element], bool]] = {
    "equation": _has_equation,
    "ink": _has_ink,
    "wordart": _has_bent_text,
    "pattern": _has_pattern,
    "spatial": _is_spatial,
    "marked-text": _has_marked_text,
}


def _is_unknown(frame: Element, *, has_legacy_picture: bool) -> bool:
    uri = frame.get("uri", "")
    if uri == _OLE:
        return find(frame, ".//p:pic") is None and not has_legacy_picture
    return uri not in (_TABLE, _CHART, _SMARTART)


def _is_other_chart(chart: Element) -> bool:
    """One of a kind that is drawn as another, several in one, or rings of which only the first is drawn."""
    plots = list(find_all(chart, "c:chart/c:plotArea/*"))
    kinds = [each.tag.rpartition("}")[2] for each in plots if each.tag.endswith("Chart")]
    rings = max(
        (len(list(find_all(each, "c:ser"))) for each in find_all(chart, ".//c:doughnutChart")), default=0
    )
    return len(kinds) > 1 or rings > 1 or not _OTHER_CHARTS.isdisjoint(kinds)
