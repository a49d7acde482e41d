# SPDX-License-Identifier: AGPL-3.0-or-later
"""A run's report as JSON, CSV or HTML."""

from __future__ import annotations

import csv
import errno
import io
import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from pechakucha.files.atomic import write_atomic
from pechakucha.files.run_folder import read_run
from pechakucha.report.comparison import comparison_page
from pechakucha.report.page import report_page
from pechakucha.show.figures import Report, report
from pechakucha.show.problem import Problem
from pechakucha.texts import Texts

ENDINGS = (".json", ".html", ".csv")
RUNS_REPORT = "report.html"
"""In the run's own folder."""

_COLUMNS = (
    *("id", "city", "outcome", "started", "ended", "missed", "index", "number", "due_s", "shown_s"),
    # What came later stands at the end, for those who go by the place.
    *("title", "presenters", "planned_start", "late_ms"),
)


def report_of(run: Path) -> Report:
    """The report of the run in this folder, times in this machine's zone.

    Raises:
        Problem: what ``read_run`` raises.
    """
    return report(read_run(run))


def as_json(figures: Report) -> bytes:
    """The report as the contract has it."""
    return msgspec.json.format(msgspec.json.encode(figures), indent=2) + b"\n"


def as_csv(figures: Report) -> bytes:
    """One row a slide; with a byte order mark, without which Excel misreads umlauts."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\r\n")
    rows.writerow(_COLUMNS)
    for talk in figures.talks:
        head = [talk.id, _no_formula(talk.city), talk.outcome, talk.started, talk.ended, talk.missed]
        more = [_no_formula(talk.title), _no_formula(", ".join(talk.presenters)), talk.planned_start]
        for slide in talk.slides:
            rows.writerow(
                [*head, slide.index, slide.number, slide.due_s, slide.shown_s, *more, slide.late_ms]
            )
        if not talk.slides:
            rows.writerow([*head, "", "", "", "", *more, ""])
    return text.getvalue().encode("utf-8-sig")


def _no_formula(words: str) -> str:
    """Words that a spreadsheet does not take for a formula."""
    return f"'{words}" if words.startswith(("=", "+", "-", "@")) else words


def write_report(run: Path, target: Path, texts: Texts) -> None:
    """Write the report in the format that the ending of ``target`` names.

    Raises:
        Problem: ``report-ending``, ``report-not-writable``, or what ``read_run`` raises.
    """
    check_target(target)
    figures = report_of(run)
    made = {".json": as_json, ".csv": as_csv}.get(target.suffix.lower())
    content = made(figures) if made else report_page(figures, texts)
    _write(target, content)


def newest_report(run: Path, texts: Texts) -> Path:
    """The page of a run's report in the run's folder, written anew where that can be; returns where it is.

    Raises:
        Problem: there is none and none can be written.
    """
    target = run / RUNS_REPORT
    try:
        write_report(run, target, texts)
    except Problem:
        if not target.is_file():
            raise
    return target


def write_comparison(folder: Path, figures: Sequence[Report], texts: Texts) -> Path:
    """Write the page of these runs side by side into the folder of a show's runs; returns where it is.

    Raises:
        Problem: ``report-not-writable``.
    """
    target = folder / "comparison.html"
    _write(target, comparison_page(figures, texts))
    return target


def check_target(target: Path) -> None:
    """See before a show whether its report can be written at all.

    Raises:
        Problem: ``report-ending`` or ``report-not-writable``.
    """
    if target.suffix.lower() not in ENDINGS:
        raise Problem("report-ending", path=str(target))
    if not target.absolute().parent.is_dir():
        raise Problem("report-not-writable", path=str(target), reason=os.strerror(errno.ENOENT))


def _write(target: Path, content: bytes) -> None:
    try:
        write_atomic(target, content)
    except OSError as error:
        raise Problem("report-not-writable", path=str(target), reason=error.strerror or "") from error
