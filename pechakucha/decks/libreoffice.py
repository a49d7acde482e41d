# SPDX-License-Identifier: AGPL-3.0-or-later
"""PPTX drawn by an installed LibreOffice, by way of a PDF."""

from __future__ import annotations

import subprocess
from pathlib import Path

from pechakucha.decks import limits
from pechakucha.decks.drawing import Drawn, Job, Refused
from pechakucha.decks.pdf import draw_pages, open_pdf
from pechakucha.decks.soffice import find_soffice
from pechakucha.show.deck import Slide

_NAME = "libreoffice"

_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Misc", "CrashReport", "false"),
    ("/org.openoffice.Office.Common/Misc", "CollectUsageInformation", "false"),
    ("/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments",
     "AutoCheckEnabled", "false"),
)  # fmt: skip
"""Macros and active content off, nothing fetched from elsewhere, nothing sent."""


class LibreOfficeRenderer:
    """Converts to PDF with a profile of its own, then draws the pages."""

    def draw(self, job: Job) -> Drawn:
        """See ``Renderer.draw``."""
        converted = _convert(job.source, job.scratch)
        try:
            document = open_pdf(converted)
        except Refused as refused:
            # What is wrong with its PDF is its fault and not the deck's.
            raise Refused("renderer-failed", renderer=_NAME, reason=refused.finding.code) from refused
        with document:
            return draw_pages(document, pages_of_slides(job.slides, document.page_count), job)


def pages_of_slides(slides: tuple[Slide, ...], pages: int) -> dict[int, int]:
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
    raise Refused("pages-mismatch", renderer=_NAME, pages=pages, slides=len(slides), visible=len(visible))


def _convert(source: Path, scratch: Path) -> Path:
    program = find_soffice()
    if program is None:
        raise Refused("renderer-failed", renderer=_NAME, reason="not installed any more")
    profile = scratch / "profile"
    _write_settings(profile / "user")
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--convert-to",
        "pdf:impress_pdf_Export",
        "--outdir",
        str(scratch),
        str(source),
    ]
    with limits.limits_of_converter():
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
    # No limit here: whoever started this worker kills it together with its children.
    _, complaint = process.communicate()
    converted = scratch / f"{source.stem}.pdf"
    # It ends with 0 even where it could not load the file, so only the PDF counts.
    if not converted.exists():
        lines = complaint.decode("utf-8", "replace").splitlines()
        # It also warns of things that do not matter here, such as a missing Java.
        reason = next((line[:160] for line in lines if line.startswith("Error")), "no PDF was written")
        raise Refused("renderer-failed", renderer=_NAME, reason=reason)
    return converted


def _write_settings(folder: Path) -> None:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        'xmlns:xs="http://www.w3.org/2001/XMLSchema" '
        f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>',
        encoding="utf-8",
    )
