# SPDX-License-Identifier: AGPL-3.0-or-later
"""Slides drawn by PowerPoint on Windows, by way of a PDF.

Written from PowerPoint's documented object model and tested with a stand-in for it.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import psutil
from PySide6.QtCore import QLockFile

from pechakucha.decks.drawing import Drawn, Job, Refused, short_reason
from pechakucha.decks.libreoffice import pages_of_slides
from pechakucha.decks.package import is_package
from pechakucha.decks.pdf import draw_pages, open_pdf
from pechakucha.decks.powerpoint_source import harmless_copy

_NAME = "powerpoint"
_PROGRAM = "powerpnt.exe"
_ONE_AT_A_TIME = "pechakucha-powerpoint.lock"

_TRUE, _FALSE = -1, 0
"""MsoTriState"""
_MACROS_OFF = 3
"""msoAutomationSecurityForceDisable; a program that COM starts lets macros run unless told."""
_NO_ALERTS = 1
"""ppAlertsNone"""
_AS_PDF, _AS_PPTX = 32, 24
"""ppSaveAsPDF, ppSaveAsOpenXMLPresentation"""


class Com(NamedTuple):
    """What is used of COM.

    Attributes:
        initialize, uninitialize: for this thread.
        dispatch: gives the application of a class, started where it is not running.
        processes: the process ids of this person's PowerPoints.
    """

    initialize: Callable[[], object]
    uninitialize: Callable[[], object]
    dispatch: Callable[[str], Any]
    processes: Callable[[], frozenset[int]]


class Saved(NamedTuple):
    """What PowerPoint made of a deck: its pages, and a file to read its notes from."""

    pdf: Path
    pptx: Path


class PowerPointRenderer:
    """Draws the pages of the PDF that PowerPoint makes of the job's deck, or has made of it.

    Args:
        com: gives what is used of COM.
    """

    def __init__(self, com: Callable[[], Com] | None = None) -> None:
        self._com = com

    def draw(self, job: Job) -> Drawn:
        """See ``Renderer.draw``."""
        pdf = job.converted or _pdf_of(job)
        if pdf != job.converted:
            _save(job, {pdf: _AS_PDF}, self._com)
        try:
            document = open_pdf(pdf)
        except Refused as refused:
            # What is wrong with its PDF is its fault and not the deck's.
            raise Refused("renderer-failed", renderer=_NAME, reason=refused.finding.code) from refused
        with document:
            return draw_pages(document, pages_of_slides(job.slides, document.page_count, _NAME), job)


def save_with_powerpoint(job: Job, com: Callable[[], Com] | None = None) -> Saved:
    """Save a deck that only PowerPoint reads (PPT, ODP), for its facts and its drawing at once.

    Args:
        job: its slides need not be known yet.
        com: gives what is used of COM.

    Raises:
        Refused: ``renderer-failed``, whatever it was.
    """
    saved = Saved(_pdf_of(job), job.scratch / "powerpoint.pptx")
    _save(job, {saved.pdf: _AS_PDF, saved.pptx: _AS_PPTX}, com)
    return saved


def com_of_windows() -> Com:
    """COM by pywin32.

    Raises:
        ImportError: this is not Windows.
    """
    import pythoncom  # type: ignore[import-not-found, import-untyped, unused-ignore] # noqa: PLC0415
    import win32com.client  # type: ignore[import-not-found, import-untyped, unused-ignore] # noqa: PLC0415

    return Com(
        pythoncom.CoInitialize, pythoncom.CoUninitialize, win32com.client.DispatchEx, powerpoint_processes
    )


def powerpoint_processes() -> frozenset[int]:
    """The process ids of this person's PowerPoints."""
    person = psutil.Process().username()
    running = psutil.process_iter(["name", "username"])
    return frozenset(
        each.pid
        for each in running
        if (each.info["name"] or "").lower() == _PROGRAM and each.info["username"] == person
    )


def _pdf_of(job: Job) -> Path:
    return job.scratch / "powerpoint.pdf"


def _save(job: Job, targets: Mapping[Path, int], com: Callable[[], Com] | None) -> None:
    """Let PowerPoint write each target in its format, or raise ``Refused``."""
    # Our copy of the deck has no mark of the web, as only bytes were copied: so it is not opened in
    # Protected View, which automation cannot leave.
    source = harmless_copy(job.source, job.scratch) if is_package(job.source) else job.source
    with _alone():
        reason = _try_to_save(source, job, targets, com or com_of_windows)
    if not reason and not all(target.is_file() for target in targets):
        reason = "no PDF was written"
    if reason:
        raise Refused("renderer-failed", renderer=_NAME, reason=reason)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """No two workers at a time: the first to be done would end the other's PowerPoint."""
    lock = QLockFile(str(Path(tempfile.gettempdir()) / _ONE_AT_A_TIME))
    lock.setStaleLockTime(0)
    lock.lock()
    try:
        yield
    finally:
        lock.unlock()


def _try_to_save(source: Path, job: Job, targets: Mapping[Path, int], com: Callable[[], Com]) -> str:
    """Why it failed, "" where it did not.

    No error leaves this: it would keep objects of COM beyond COM's end, which crashes.
    """
    try:
        used = com()
        used.initialize()
    except Exception as error:
        return _reason(error)
    try:
        _open_and_save(source, job, targets, used)
    except Exception as error:
        return _reason(error)
    finally:
        used.uninitialize()
    return ""


def _open_and_save(source: Path, job: Job, targets: Mapping[Path, int], com: Com) -> None:
    with _application(job, com) as application:
        # Positions: file, read only, untitled, with a window. Links are not updated unless asked for.
        presentation = application.Presentations.Open(str(source), _TRUE, _FALSE, _FALSE)
        try:
            # Where there is no printer, this cannot be set; the pages are matched either way.
            with contextlib.suppress(Exception):
                presentation.PrintOptions.PrintHiddenSlides = _FALSE
            for target, kind in targets.items():
                presentation.SaveAs(str(target), kind)
        finally:
            with contextlib.suppress(Exception):
                presentation.Close()


@contextlib.contextmanager
def _application(job: Job, com: Com) -> Iterator[Any]:
    """PowerPoint without macros and dialogs.

    A machine has one at a time: it is started for us, or it is the one that the person works with
    and that stays as it was. It may become the person's own in the meantime.
    """
    before = com.processes()
    application = com.dispatch("PowerPoint.Application")
    started = com.processes() - before
    for process in started:
        job.foreign(process)
    settings = application.AutomationSecurity, application.DisplayAlerts
    try:
        application.AutomationSecurity, application.DisplayAlerts = _MACROS_OFF, _NO_ALERTS
        yield application
    finally:
        # What was written counts, however it takes its leave.
        with contextlib.suppress(Exception):
            if started and not application.Visible and not application.Presentations.Count:
                application.Quit()
            else:
                application.AutomationSecurity, application.DisplayAlerts = settings
                for process in started:
                    job.released(process)


def _reason(error: Exception) -> str:
    """What PowerPoint says, where it says something; COM puts it among numbers."""
    described = getattr(error, "excepinfo", None)
    said = (described and described[2]) or getattr(error, "strerror", None)
    return short_reason(RuntimeError(said) if said else error)
