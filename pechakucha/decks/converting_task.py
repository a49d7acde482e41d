# SPDX-License-Identifier: AGPL-3.0-or-later
"""A worker's task: one call of LibreOffice for several decks, with a profile of our own."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

from pechakucha.decks import limits
from pechakucha.decks.drawing import Refused, short_reason
from pechakucha.decks.package import is_package, open_package
from pechakucha.decks.picture_size import refuse_huge_picture
from pechakucha.decks.soffice import find_soffice
from pechakucha.decks.worker_messages import Answer, Convert, Converted, Crashed, Done, Looking

_FILTERS = {"pdf": "pdf:impress_pdf_Export", "pptx": "pptx:Impress MS PowerPoint 2007 XML"}
_MEDIA = ("ppt/media/", "Pictures/")
_LOOK_EVERY_S = 0.05
_NOT_LOADED = "no PDF was written"

_SETTINGS = (
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("/org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("/org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("/org.openoffice.Office.Common/Misc", "CrashReport", "false"),
    ("/org.openoffice.Office.Common/Misc", "CollectUsageInformation", "false"),
    ("/org.openoffice.Office.Recovery/RecoveryInfo", "Enabled", "false"),
    ("/org.openoffice.Office.Jobs/Jobs/org.openoffice.Office.Jobs:Job['UpdateCheck']/Arguments",
     "AutoCheckEnabled", "false"),
)  # fmt: skip
"""Macros and active content off, nothing fetched from elsewhere, nothing sent, nothing recovered."""


def convert_decks(task: Convert, send: Callable[[Answer], None]) -> None:
    """Convert the sources one after the other; each is answered for as soon as it is done.

    Its end says nothing (LibreOffice ends with 0 even where it could not load a file), so only
    what it wrote counts. It appears whole: LibreOffice writes beside it and renames.
    """
    safe: list[int] = []
    for index, source in enumerate(map(Path, task.sources)):
        send(Looking(index))
        reason = _danger_in(source)
        if reason:
            send(Converted(index, reason))
        else:
            safe.append(index)
    send(Looking(None))
    program = find_soffice()
    if program is None:
        for index in safe:
            send(Converted(index, "not installed any more"))
    elif safe and not _run(program, task, safe, send):
        send(Crashed())
        return
    send(Done())


def _danger_in(source: Path) -> str:
    """Why LibreOffice must not see it, "" where it may; the drawing worker says it at length."""
    try:
        if is_package(source):
            _refuse_huge_pictures(source)
    except Refused as refused:
        return refused.finding.code
    return ""


def _refuse_huge_pictures(source: Path) -> None:
    with open_package(source) as archive:
        for entry in archive.infolist():
            if entry.filename.startswith(_MEDIA):
                try:
                    content = archive.read(entry)
                except Exception as error:  # zlib, lzma and bz2 have errors of their own each
                    raise Refused("damaged", reason=short_reason(error)) from error
                refuse_huge_picture(content)


def _run(program: str, task: Convert, safe: Sequence[int], send: Callable[[Answer], None]) -> bool:
    """One call; whether it came to its end by itself."""
    waiting = list(safe)
    targets = {index: _target(task, index) for index in waiting}

    def answer_for_finished() -> None:
        # They are converted in their order: what has none and comes before one that has, failed.
        done = [place for place, index in enumerate(waiting) if targets[index].exists()]
        for index in waiting[: done[-1] + 1] if done else ():
            waiting.remove(index)
            send(Converted(index, "" if targets[index].exists() else _NOT_LOADED))

    # It warns of things that do not matter here, such as a missing Java.
    quiet = subprocess.DEVNULL
    with limits.limits_of_converter():
        process = subprocess.Popen(_command(program, task, safe), stdin=quiet, stdout=quiet, stderr=quiet)
        # No limit of time: whoever started this worker kills it together with its children.
        while process.poll() is None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_LOOK_EVERY_S)
            answer_for_finished()
    answer_for_finished()
    if process.returncode != 0:
        return not waiting
    for index in waiting:
        send(Converted(index, _NOT_LOADED))
    return True


def _target(task: Convert, index: int) -> Path:
    return Path(task.target) / f"{Path(task.sources[index]).stem}.{task.format}"


def _command(program: str, task: Convert, safe: Sequence[int]) -> list[str]:
    profile = Path(task.scratch) / "profile"
    _write_settings(profile / "user")
    return [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--norestore",
        "--nologo",
        "--nodefault",
        "--nolockcheck",
        "--convert-to",
        _FILTERS[task.format],
        "--outdir",
        task.target,
        *(task.sources[index] for index in safe),
    ]


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
