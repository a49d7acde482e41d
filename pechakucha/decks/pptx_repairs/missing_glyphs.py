# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signs that a text's typeface lacks: the renderer draws boxes instead of looking in another one."""

from __future__ import annotations

import copy
import itertools
from collections.abc import Mapping

from lxml import etree

from pechakucha.decks.display_list import DisplayList, Run
from pechakucha.decks.pptx_repairs.drawingml import (
    AFTER_EASTERN,
    AFTER_LATIN,
    Element,
    child_made,
    find,
    named,
    put,
)
from pechakucha.decks.pptx_repairs.page import Page

_BEFORE_BULLET = ("a:buNone", "a:buAutoNum", "a:buChar", "a:buBlip", "a:tabLst", "a:defRPr", "a:extLst")
_BULLET_FONTS = ("a:buFont", "a:buFontTx")


def missing_signs(drawn: DisplayList) -> set[str]:
    """The characters that stand on a slide as boxes."""
    return {sign for run in drawn.runs() for sign in _boxes(run) if sign.isprintable()}


def give_typefaces(page: Page, families: Mapping[str, str]) -> bool:
    """Put every sign that has one into its family; whether there was any.

    Args:
        page: a slide.
        families: the family to use by sign.
    """
    changed = False
    for run in list(page.root.iter(named("a:r"), named("a:fld"))):
        changed |= _split(run, families)
    for bullet in page.root.iter(named("a:buChar")):
        family = families.get(bullet.get("char", "")[:1])
        if family:
            _set_bullet_font(bullet.getparent(), family)
            changed = True
    return changed


def _boxes(run: Run) -> list[str]:
    """The characters behind the boxes; clusters count UTF-16 units from the beginning of the story."""
    units = run.text.encode("utf-16-le")
    starts = [2 * (glyph.cluster - run.start) for glyph in run.glyphs if glyph.glyph_id == 0]
    signs = [units[start : start + 4].decode("utf-16-le", "ignore")[:1] for start in starts]
    return [sign for sign in signs if sign]


def _split(run: Element, families: Mapping[str, str]) -> bool:
    text = find(run, "a:t")
    whole = (text.text or "") if text is not None else ""
    if not any(sign in families for sign in whole):
        return False
    if run.tag == named("a:fld"):
        _set_typeface(run, next(families[sign] for sign in whole if sign in families))
        return True
    for family, signs in itertools.groupby(whole, families.get):
        piece = copy.deepcopy(run)
        child_made(piece, "a:t", ()).text = "".join(signs)
        if family:
            _set_typeface(piece, family)
        run.addprevious(piece)
    run.getparent().remove(run)
    return True


def _set_typeface(run: Element, family: str) -> None:
    properties = child_made(run, "a:rPr", ("a:pPr", "a:t"))
    for name, following in (("a:latin", AFTER_LATIN), ("a:ea", AFTER_EASTERN)):
        if (own := find(properties, name)) is not None:
            properties.remove(own)
        put(properties, etree.Element(named(name), typeface=family), following)


def _set_bullet_font(style: Element, family: str) -> None:
    for name in _BULLET_FONTS:
        if (own := find(style, name)) is not None:
            style.remove(own)
    put(style, etree.Element(named("a:buFont"), typeface=family), _BEFORE_BULLET)
