# SPDX-License-Identifier: AGPL-3.0-or-later
# PyMuPDF is annotated in parts only.
# mypy: disable-error-code="no-untyped-call"
"""PDF files: facts and drawing by PyMuPDF."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pymupdf

from pechakucha.decks.drawing import (
    MOST_PIXELS,
    Drawn,
    Facts,
    Job,
    Refused,
    Size,
    picture_name,
    short_reason,
)
from pechakucha.decks.jpeg import write_jpeg
from pechakucha.decks.pdf_pages import (
    families_in,
    families_not_embedded,
    pictures_on,
    smallest_pt,
    text_on,
)
from pechakucha.show.deck import MOST_SLIDES, Slide
from pechakucha.show.problem import Finding, Severity
from pechakucha.show.selection import write_selection

_log = logging.getLogger(__name__)

_SAME_SIZE = 0.01
"""Pages whose sides differ by less than this part count as equal."""


def read_facts(path: Path) -> Facts:
    """One slide a page; of a file that is cut off, the pages that are left, with a warning.

    What cannot be read of a single page is left at its default.

    Raises:
        Refused: the file is damaged, has a password, no pages or too many.
    """
    with open_pdf(path) as document:
        pages = [_read_page(document, number) for number in range(1, document.page_count + 1)]
        width_pt, height_pt = _common_size(pages)
        findings = _not_embedded(pages)
        if document.is_repaired:
            findings.append(Finding(code="pdf-repaired", severity=Severity.WARNING))
        slides = tuple(page.slide for page in pages)
        return Facts(slides, tuple(findings), width_pt=width_pt, height_pt=height_pt)


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
    """Draw ``pages`` (slide number to 0-based page); a page that cannot be drawn is left out.

    The fonts are told of slides that ask for any: a PDF deck's own slides do not.
    """
    pictures: dict[int, str] = {}
    findings: list[Finding] = []
    fonts: dict[int, tuple[str, ...]] = {}
    asks_for_fonts = {slide.number for slide in job.slides if slide.fonts}
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
            if number in asks_for_fonts and (families := _families(document[page])):
                fonts[number] = families
        job.progress(done, len(pages), pictures.get(number))
    return Drawn(pictures, tuple(findings), fonts)


class PdfRenderer:
    """Draws a PDF's pages."""

    def draw(self, job: Job) -> Drawn:
        """See ``Renderer.draw``."""
        with open_pdf(job.source) as document:
            return draw_pages(document, {slide.number: slide.number - 1 for slide in job.slides}, job)


class _Page(NamedTuple):
    """A page as a slide, its size in points, and the families that its text lacks."""

    slide: Slide
    width: float = 0.0
    height: float = 0.0
    absent: frozenset[str] = frozenset()


def _read_page(document: pymupdf.Document, number: int) -> _Page:
    try:
        page = document[number - 1]
        text = text_on(page)
        slide = Slide(number=number, smallest_pt=smallest_pt(page, text), pictures=pictures_on(page))
        return _Page(slide, page.rect.width, page.rect.height, families_not_embedded(page, text))
    except MemoryError:
        raise
    # What is damaged may surprise PyMuPDF in any way; drawing it will tell.
    except Exception as error:
        _log.warning("page %d: %s", number, short_reason(error))
        return _Page(Slide(number=number))


def _families(page: pymupdf.Page) -> tuple[str, ...]:
    """The families of its text, none where they cannot be told."""
    try:
        return families_in(text_on(page)) or ()
    except MemoryError:
        raise
    except Exception:  # its picture is there, and that is what counts
        return ()


def _common_size(pages: list[_Page]) -> tuple[float, float]:
    """The size of all pages, zeros where they differ."""
    _, width, height, _ = pages[0]
    same = all(
        abs(page.width - width) <= _SAME_SIZE * width and abs(page.height - height) <= _SAME_SIZE * height
        for page in pages
    )
    return (width, height) if same else (0.0, 0.0)


def _not_embedded(pages: list[_Page]) -> list[Finding]:
    """A finding for each family that is missing, with the numbers of its slides."""
    findings = []
    for family in sorted({family for page in pages for family in page.absent}):
        numbers = [page.slide.number for page in pages if family in page.absent]
        alone = len(numbers) == 1
        findings.append(
            Finding(
                code="fonts-not-embedded",
                severity=Severity.WARNING,
                slide=numbers[0] if alone else None,
                params={
                    "case": "slide" if alone else "slides",
                    "family": family,
                    "numbers": write_selection(numbers),
                },
            )
        )
    return findings


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
    write_jpeg(pixmap.samples_mv, Size(pixmap.width, pixmap.height), "RGB", pixmap.stride, target)
