# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes a take's sheet: one HTML page that needs nothing else, or a PDF."""

from __future__ import annotations

import errno
import itertools
import os
from pathlib import Path

import msgspec
from PySide6.QtCore import QRectF

from pechakucha.files.atomic import write_atomic
from pechakucha.files.page_templates import page_template
from pechakucha.rehearsal.bars_painting import bar_figure, bar_places
from pechakucha.rehearsal.sheet import Sheet
from pechakucha.rehearsal.sheet_pdf import as_pdf
from pechakucha.rehearsal.take_words import bar_words
from pechakucha.show.marks import GRACE_SHARE, Bar, Take, bars
from pechakucha.show.problem import Problem
from pechakucha.texts import Texts

ENDINGS = (".html", ".pdf")
_CHART = QRectF(0, 24, 1000, 160)
"""In the page's own units, which scale with its width."""


class SheetBar(msgspec.Struct, frozen=True):
    """A bar in units of the chart."""

    bar: Bar
    words: str
    left: float
    width: float
    top: float
    height: float
    said: str


def as_html(sheet: Sheet, texts: Texts) -> bytes:
    """A page that needs nothing else."""
    line = _CHART.bottom() - _CHART.height() / (1 + GRACE_SHARE)
    page = page_template("take.html")
    return page.render(
        sheet=sheet, bars=_sheet_bars(sheet.take, texts), chart=_CHART, line=line, texts=texts
    ).encode()


def free_target(target: Path) -> Path:
    """This name, or one with a number after it where something has it already."""
    numbered = (target.with_stem(f"{target.stem} ({number})") for number in itertools.count(2))
    return next(each for each in itertools.chain((target,), numbered) if not each.exists())


def write_sheet(sheet: Sheet, target: Path, texts: Texts) -> None:
    """Write it in the format that the ending of ``target`` names.

    Raises:
        Problem: ``sheet-ending`` or ``sheet-not-writable``; what was there before is untouched.
    """
    ending = target.suffix.lower()
    if ending not in ENDINGS:
        raise Problem("sheet-ending", path=str(target))
    if not target.absolute().parent.is_dir():
        raise Problem("sheet-not-writable", path=str(target), reason=os.strerror(errno.ENOENT))
    content = as_html(sheet, texts) if ending == ".html" else as_pdf(sheet, texts)
    try:
        write_atomic(target, content)
    except OSError as error:
        raise Problem("sheet-not-writable", path=str(target), reason=error.strerror or "") from error


def _sheet_bars(take: Take, texts: Texts) -> list[SheetBar]:
    most = take.seconds * (1 + GRACE_SHARE)
    columns = bar_places(_CHART, len(take.slides))
    made: list[SheetBar] = []
    for bar, column in zip(bars(take), columns, strict=True):
        height = column.height() * min(most, take.seconds if bar.used_s is None else bar.used_s) / most
        words = bar_words(bar, take.seconds, texts)
        top = column.bottom() - height
        made.append(
            SheetBar(bar, words, column.left(), column.width(), top, height, bar_figure(bar, take.seconds))
        )
    return made
