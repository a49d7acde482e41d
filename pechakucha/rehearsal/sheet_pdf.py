# SPDX-License-Identifier: AGPL-3.0-or-later
"""A take's sheet as a PDF: drawn by Qt, so that the chart is the window's on paper."""

from __future__ import annotations

import html

from PySide6.QtCore import QBuffer, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
)

from pechakucha.rehearsal.bars_painting import PAPER, paint_bars
from pechakucha.rehearsal.sheet import Sheet, SheetSlide
from pechakucha.show.marks import bars
from pechakucha.texts import Texts
from pechakucha.ui import theme

_DPI = 96
"""So that a unit is a logical pixel, as in a window."""
_MARGIN_MM = 18.0
_HEAD, _CHART, _GAP = 92.0, 176.0, 24.0


def as_pdf(sheet: Sheet, texts: Texts) -> bytes:
    """The sheet as PDF, A4, with as many pages as its notes need."""
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(sheet.title)
    writer.setCreator("pechakucha")
    writer.setResolution(_DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4),
            QPageLayout.Orientation.Portrait,
            QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM),
            QPageLayout.Unit.Millimeter,
        )
    )
    painter = QPainter(writer)
    page = QRectF(0, 0, writer.width(), writer.height())
    _paint_head(painter, page, sheet)
    paint_bars(painter, QRectF(0, _HEAD, page.width(), _CHART), bars(sheet.take), sheet.take.seconds, PAPER)
    document = _document(sheet, page.size(), texts)
    for number in range(document.pageCount()):
        if number:
            writer.newPage()
        painter.save()
        painter.translate(0, -number * page.height())
        _draw(document, painter, page.translated(0, number * page.height()))
        painter.restore()
    painter.end()
    return bytes(buffer.data().data())


def _paint_head(painter: QPainter, page: QRectF, sheet: Sheet) -> None:
    lines = (
        (sheet.title, theme.font(26, theme.BOLD), PAPER.text, 34.0),
        (sheet.when, theme.font(13), PAPER.quiet, 22.0),
        (sheet.summary, theme.font(15), PAPER.text, 24.0),
    )
    top = 0.0
    for words, face, shade, height in lines:
        painter.setFont(face)
        painter.setPen(shade)
        painter.drawText(QRectF(0, top, page.width(), height), words)
        top += height


def _draw(document: QTextDocument, painter: QPainter, part: QRectF) -> None:
    """Draw a part, in the paper's colours and not in the application's, whose text is light."""
    context = QAbstractTextDocumentLayout.PaintContext()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, PAPER.text)
    context.palette = palette
    context.clip = part
    painter.setClipRect(part)
    document.documentLayout().draw(painter, context)


def _document(sheet: Sheet, page: QSizeF, texts: Texts) -> QTextDocument:
    """All that is words, below the chart and on further pages."""
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setDefaultFont(theme.font(13))
    document.setDefaultStyleSheet(
        f"h2 {{ font-size: 17px; }} .quiet {{ color: {PAPER.quiet.name()}; }} td {{ padding: 4px 0; }}"
    )
    work = "".join(f"<p><b>{_words(each.words)}</b><br>{_notes(each)}</p>" for each in sheet.work)
    heading = texts("take.needs-work", count=len(sheet.work)) if sheet.work else ""
    rows = "".join(
        f"<tr><td><b>{_words(each.words)}</b><br>{_notes(each)}</td></tr>" for each in sheet.slides
    )
    document.setHtml(
        f'<p class="quiet">{_words(sheet.progress)}</p>'
        + (f"<h2>{_words(heading)}</h2>{work}" if work else "")
        + f"<h2>{_words(texts('take.all-notes'))}</h2>"
        + f'<p class="quiet">{_words(sheet.pace)}. {_words(sheet.fits)}</p>'
        + f"<table>{rows}</table>"
    )
    _leave_room(document, _HEAD + _CHART + _GAP)
    document.setPageSize(page)
    return document


def _leave_room(document: QTextDocument, height: float) -> None:
    """Begin so far below the top, by an empty line: a margin above the first one counts for nothing."""
    room = QTextBlockFormat()
    room.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    cursor = QTextCursor(document)
    cursor.insertBlock()
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    cursor.setBlockFormat(room)


def _notes(slide: SheetSlide) -> str:
    notes = _words(slide.notes).replace("\n", "<br>")
    return f'<span class="quiet">{_words(slide.length)}</span><br>{notes}' if notes else ""


def _words(text: str) -> str:
    return html.escape(text)
