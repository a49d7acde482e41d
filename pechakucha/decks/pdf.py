# SPDX-License-Identifier: AGPL-3.0-or-later
# PyMuPDF is annotated in parts only.
# mypy: disable-error-code="no-untyped-call"
"""PDF files: facts and drawing by PyMuPDF."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pymupdf

from pechakucha.decks.drawing import (
    JPEG_QUALITY,
    MOST_PIXELS,
    MOST_SLIDES,
    Drawn,
    Facts,
    Job,
    Refused,
    Size,
    picture_name,
    short_reason,
)
from pechakucha.show.deck import Slide
from pechakucha.show.problem import Finding, Severity


def read_facts(path: Path) -> Facts:
    """One slide a page; of a file that is cut off, the pages that are left, with a warning.

    Raises:
        Refused: the file is damaged, has a password, no pages or too many.
    """
    with open_pdf(path) as document:
        slides = tuple(Slide(number=number) for number in range(1, document.page_count + 1))
        if not document.is_repaired:
            return Facts(slides)
        return Facts(slides, (Finding(code="pdf-repaired", severity=Severity.WARNING),))


def open_pdf(path: Path) -> pymupdf.Document:
    """Open a PDF for its pages.

    Raises:
        Refused: the file is damaged, has a password, no pages or too many.
    """
    # Its complaints about damaged files go to stdout otherwise.
    pymupdf.TOOLS.mupdf_display_errors(False)
    try:
        document = pymupdf.open(path, filetype="pdf")
        encrypted, pages = bool(document.needs_pass), document.page_count
    except (RuntimeError, ValueError) as error:
        raise Refused("damaged", reason=short_reason(error)) from error
    if encrypted:
        raise Refused("encrypted")
    if not pages and document.is_repaired:
        raise Refused("damaged", reason="no pages could be found")
    if not pages:
        raise Refused("slides-none")
    if pages > MOST_SLIDES:
        raise Refused("too-many-slides", slides=pages, limit=MOST_SLIDES)
    return document


def draw_pages(document: pymupdf.Document, pages: Mapping[int, int], job: Job) -> Drawn:
    """Draw ``pages`` (slide number to 0-based page); a page that cannot be drawn is left out."""
    pictures: dict[int, str] = {}
    findings: list[Finding] = []
    for done, (number, page) in enumerate(pages.items(), start=1):
        name = picture_name(number)
        try:
            _draw_page(document[page], job.stage, job.pictures / name)
        except Refused as refused:
            finding = refused.finding
            findings.append(
                Finding(code=finding.code, severity=Severity.WARNING, slide=number, params=finding.params)
            )
        except (RuntimeError, ValueError) as error:
            findings.append(
                Finding(
                    code="page-damaged",
                    severity=Severity.WARNING,
                    slide=number,
                    params={"reason": short_reason(error)},
                )
            )
        else:
            pictures[number] = name
        job.progress(done, len(pages), pictures.get(number))
    return Drawn(pictures, tuple(findings))


class PdfRenderer:
    """Draws a PDF's pages."""

    def draw(self, job: Job) -> Drawn:
        """See ``Renderer.draw``."""
        with open_pdf(job.source) as document:
            return draw_pages(document, {slide.number: slide.number - 1 for slide in job.slides}, job)


def _draw_page(page: pymupdf.Page, stage: Size, target: Path) -> None:
    width, height = page.rect.width, page.rect.height
    if width <= 0 or height <= 0:
        raise ValueError("the page has no size")
    for image in page.get_images():
        pixels = image[2] * image[3]
        if pixels > MOST_PIXELS:
            raise Refused("picture-too-large", megapixels=pixels // 1_000_000, limit=MOST_PIXELS // 1_000_000)
    zoom = stage.fitting(width, height)
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), colorspace=pymupdf.csRGB, alpha=False)
    pixmap.save(target, output="jpeg", jpg_quality=JPEG_QUALITY)
