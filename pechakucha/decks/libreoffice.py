# SPDX-License-Identifier: AGPL-3.0-or-later
"""Slides drawn from the PDF that an office program made of a deck."""

from __future__ import annotations

from pechakucha.decks.drawing import Drawn, Job, Refused
from pechakucha.decks.pdf import draw_pages, open_pdf
from pechakucha.show.deck import Slide

_NAME = "libreoffice"


class LibreOfficeRenderer:
    """Draws the pages of the job's PDF, which a converting worker had made (``converting_task``)."""

    def draw(self, job: Job) -> Drawn:
        """See ``Renderer.draw``."""
        if job.converted is None:
            raise Refused("renderer-failed", renderer=_NAME, reason="no PDF was written")
        try:
            document = open_pdf(job.converted)
        except Refused as refused:
            # What is wrong with its PDF is its fault and not the deck's.
            raise Refused("renderer-failed", renderer=_NAME, reason=refused.finding.code) from refused
        with document:
            return draw_pages(document, pages_of_slides(job.slides, document.page_count, _NAME), job)


def pages_of_slides(slides: tuple[Slide, ...], pages: int, renderer: str) -> dict[int, int]:
    """The 0-based page of each visible slide by slide number.

    LibreOffice leaves hidden slides out; a version that draws all of them is understood too.

    Raises:
        Refused: ``pages-mismatch``, where pages cannot be matched with slides.
    """
    visible = [slide.number for slide in slides if not slide.hidden]
    if pages == len(visible):
        return {number: page for page, number in enumerate(visible)}
    if pages == len(slides):
        return {number: number - 1 for number in visible}
    raise Refused("pages-mismatch", renderer=renderer, pages=pages, slides=len(slides), visible=len(visible))
