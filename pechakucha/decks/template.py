# SPDX-License-Identifier: AGPL-3.0-or-later
"""The deck that presenters get to begin with: twenty prepared slides in our colours, and the rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pptx
from lxml import etree
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Emu

from pechakucha.decks.template_sheets import (
    HEIGHT,
    WIDTH,
    layouts,
    line,
    view_with_guides,
    with_master,
)
from pechakucha.files.atomic import written_atomic
from pechakucha.files.locations import assets_folder
from pechakucha.show.format import PECHA_KUCHA
from pechakucha.show.problem import Problem
from pechakucha.texts import Texts

ENDING = ".pptx"


def write_template(target: Path, texts: Texts) -> None:
    """Write the deck, its prompts and rules in the language of ``texts``.

    Raises:
        Problem: ``template-ending``, ``template-taken`` where there is a file already (it may be
            somebody's talk), or ``template-not-written``.
    """
    if target.suffix.lower() != ENDING:
        raise Problem("template-ending", path=str(target))
    if target.exists():
        raise Problem("template-taken", path=str(target))
    deck = _made(texts)
    try:
        with written_atomic(target) as file:
            deck.save(file)
    except OSError as error:
        raise Problem("template-not-written", path=str(target), reason=error.strerror or "") from error


def _made(texts: Texts) -> Any:
    deck = pptx.Presentation()
    deck.slide_width, deck.slide_height = Emu(WIDTH), Emu(HEIGHT)
    _dress(deck, texts)
    title, both, picture, sentence, contact = list(deck.slide_layouts)[:5]
    middle = (both, picture, sentence)
    between = PECHA_KUCHA.slides - 2
    for number, layout in enumerate(
        (title, *(middle[place % len(middle)] for place in range(between)), contact), start=1
    ):
        slide = deck.slides.add_slide(layout)
        slide.shapes._spTree.append(line(texts("template.progress"), number / PECHA_KUCHA.slides))
    deck.slides[0].notes_slide.notes_text_frame.text = texts("template.rules")
    _describe(deck, texts)
    return deck


def _dress(deck: Any, texts: Texts) -> None:
    """Our master and layouts in the place of those that python-pptx brings."""
    master = deck.slide_master
    ours = layouts(texts)
    for spare in list(deck.slide_layouts)[len(ours) :]:
        deck.slide_layouts.remove(spare)
    for layout, element in zip(deck.slide_layouts, ours, strict=True):
        _take_over(layout._element, element)
    with_master(master._element, texts)
    master.part.part_related_by(RELATIONSHIP_TYPE.THEME)._blob = (
        assets_folder() / "template" / "theme.xml"
    ).read_bytes()
    view = deck.part.part_related_by(RELATIONSHIP_TYPE.VIEW_PROPS)
    view._blob = etree.tostring(view_with_guides(), xml_declaration=True, encoding="UTF-8", standalone=True)


def _take_over(element: Any, new: Any) -> None:
    """Everything of ``new`` in the place of everything of ``element``, which stays the part's own."""
    for name in list(element.attrib):
        del element.attrib[name]
    element.attrib.update(new.attrib)
    element[:] = list(new)


def _describe(deck: Any, texts: Texts) -> None:
    """Its properties; python-pptx's own deck has a thumbnail, a printer and an author."""
    properties = deck.core_properties
    properties.title = texts("template.title")
    properties.author = properties.last_modified_by = ""
    properties.language = texts.language
    printer, thumbnail = RELATIONSHIP_TYPE.PRINTER_SETTINGS, RELATIONSHIP_TYPE.THUMBNAIL
    for relations in (deck.part.rels, deck.part.package._rels):
        for name, relation in list(relations.items()):
            if relation.reltype in (printer, thumbnail):
                relations.pop(name)
