# SPDX-License-Identifier: AGPL-3.0-or-later
"""Text that PowerPoint shrinks to its box, and that does not fit in another typeface.

The deck says by how much its letters and the space between its lines were shrunk, but in the author's
typeface. Where another one stands for it, the text is fitted anew, and by its letters alone: lines
that were squeezed for one typeface touch each other in the next.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

from lxml import etree

from pechakucha.decks.display_list import DisplayList, Primitive
from pechakucha.decks.pptx_repairs.drawingml import Element, child_of, find, named, put
from pechakucha.decks.pptx_repairs.page import Page, text_body_name

_FITS = ("a:noAutofit", "a:normAutofit", "a:spAutoFit")
_AFTER_FIT = ("a:scene3d", "a:sp3d", "a:flatTx", "a:extLst")
_INSET_EMU, _EMU_PER_PIXEL = "45720", 9525
_WHOLE, _STEP, _SMALLEST = 100_000, 2_500, 25_000
"""Thousandths of a percent: PowerPoint shrinks in such steps, and down to a quarter at the most."""
_TOLERANCE, _TOLERANCE_OF_OWN = 1.01, 1.1
"""By how much a text may be higher than its box; in its own typeface the deck's figures are right."""


def fit_texts(page: Page, drawn: DisplayList, runs_alike: Callable[[str], bool]) -> bool:
    """Shrink the texts of a slide that run out of their boxes by one step; whether there was any.

    Args:
        page: a slide.
        drawn: what the renderer makes of it.
        runs_alike: whether what is drawn for a family has the same widths.
    """
    boxes = {str(each.object_id): each for each in drawn.primitives if each.kind == "textBox" and each.lines}
    changed = False
    for shape in page.shapes():
        box = boxes.get(_id_of(shape))
        if box is not None:
            alike = all(runs_alike(run.font_family) for line in box.lines for run in line.runs)
            changed |= _fit(page, shape, box, alike=alike)
    return changed


def _fit(page: Page, shape: Element, box: Primitive, *, alike: bool) -> bool:
    bodies = list(_body_properties(page, shape))
    fit = next((found for body in bodies if (found := child_of(body, _FITS)) is not None), None)
    if fit is None or fit.tag != named("a:normAutofit") or _first(bodies, "vert", "horz") != "horz":
        return False
    attributes = dict(fit.attrib)
    if not alike and attributes.pop("lnSpcReduction", None):
        _set_fit(bodies[0], attributes)
        return True
    insets = int(_first(bodies, "tIns", _INSET_EMU)) + int(_first(bodies, "bIns", _INSET_EMU))
    room, needed = box.h - insets / _EMU_PER_PIXEL, _height(box)
    scale = int(attributes.get("fontScale", str(_WHOLE)))
    if room <= 0 or needed <= room * (_TOLERANCE_OF_OWN if alike else _TOLERANCE) or scale <= _SMALLEST:
        return False
    # Smaller letters make lines both lower and fewer.
    wanted = math.floor(scale * math.sqrt(room / needed) / _STEP) * _STEP
    smaller = max(_SMALLEST, min(wanted, scale - _STEP))
    _set_fit(bodies[0], {**attributes, "fontScale": str(smaller)})
    return True


def _set_fit(body: Element, attributes: dict[str, str]) -> None:
    if (written := child_of(body, _FITS)) is not None:
        body.remove(written)
    put(body, etree.Element(named("a:normAutofit"), attributes), _AFTER_FIT)


def _height(box: Primitive) -> float:
    """From the first line to the last one with anything on it (pixels)."""
    last = next((line for line in reversed(box.lines) if line.runs), box.lines[0])
    return last.y + last.height - box.lines[0].y


def _body_properties(page: Page, shape: Element) -> Iterator[Element]:
    """What says how a text is placed in its box, the nearest first."""
    for owner in (shape, *page.ancestors(shape)):
        found = find(owner, f"{text_body_name(owner)}/a:bodyPr")
        if found is not None:
            yield found


def _first(elements: list[Element], name: str, default: str) -> str:
    return next((value for each in elements if (value := each.get(name)) is not None), default)


def _id_of(shape: Element) -> str:
    properties = find(shape, "p:nvSpPr/p:cNvPr")
    return "" if properties is None else str(properties.get("id", ""))
