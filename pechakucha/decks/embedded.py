# SPDX-License-Identifier: AGPL-3.0-or-later
"""PPTX drawn by the renderer that comes with us, with nothing else installed."""

from __future__ import annotations

import betteroffice_pptx

from pechakucha.decks.drawing import Drawn, Job, Refused, picture_name, short_reason
from pechakucha.decks.font_folders import font_folders
from pechakucha.decks.fonts import faces_by_family, fallback_faces, families_used, nearest_faces
from pechakucha.decks.qt_pictures import read_picture, write_jpeg
from pechakucha.show.problem import Finding, Severity

_NAME = "embedded"
_EMU_PER_PIXEL = 9525


class EmbeddedRenderer:
    """Draws slides with betteroffice-pptx."""

    def draw(self, job: Job) -> Drawn:
        """See ``Renderer.draw``."""
        try:
            deck = betteroffice_pptx.Presentation.open_path(str(job.source))
        except betteroffice_pptx.PptxError as error:
            raise Refused("renderer-failed", renderer=_NAME, reason=short_reason(error)) from error
        if len(deck) != len(job.slides):
            raise Refused("pages-mismatch", renderer=_NAME, pages=len(deck), slides=len(job.slides))
        _register_fonts(deck, job)
        return _draw_slides(deck, job)


def _register_fonts(deck: betteroffice_pptx.Presentation, job: Job) -> None:
    # The first one registered stands in for every family that is not.
    for face in fallback_faces():
        deck.register_font("Source Sans Pro", face.content(), bold=face.bold, italic=face.italic)
    installed = faces_by_family(font_folders())
    for family in families_used(job.source):
        for face in nearest_faces(family, installed):
            deck.register_font(family, face.content(), bold=face.bold, italic=face.italic)


def _draw_slides(deck: betteroffice_pptx.Presentation, job: Job) -> Drawn:
    scale = job.stage.fitting(deck.width_emu / _EMU_PER_PIXEL, deck.height_emu / _EMU_PER_PIXEL)
    visible = [slide.number for slide in job.slides if not slide.hidden]
    pictures: dict[int, str] = {}
    findings: list[Finding] = []
    reason = ""
    for done, number in enumerate(visible, start=1):
        try:
            png = deck.render_png(number - 1, scale=scale)
        except betteroffice_pptx.PptxError as error:
            reason = short_reason(error)
        else:
            # May be a pixel larger than asked for; writing makes it fit.
            write_jpeg(read_picture(png.bytes), job.stage, job.pictures / picture_name(number))
            pictures[number] = picture_name(number)
            if png.skipped_images:
                findings.append(_left_out(number, png.skipped_images))
        job.progress(done, len(visible), pictures.get(number))
    if visible and not pictures:
        raise Refused("renderer-failed", renderer=_NAME, reason=reason)
    return Drawn(pictures, tuple(findings))


def _left_out(number: int, pictures: int) -> Finding:
    return Finding(
        code="pictures-left-out", severity=Severity.WARNING, slide=number, params={"pictures": pictures}
    )
