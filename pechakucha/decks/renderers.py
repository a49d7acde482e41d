# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which renderers there are, which of them to try in which order, and how the worker gets one."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable
from typing import NamedTuple

from pechakucha.decks import kinds
from pechakucha.decks.drawing import Renderer
from pechakucha.decks.font_folders import fonts_fingerprint
from pechakucha.decks.powerpoint_install import find_powerpoint, powerpoint_fingerprint
from pechakucha.decks.soffice import find_soffice, soffice_fingerprint
from pechakucha.show.problem import Problem

POWERPOINT = "powerpoint"
LIBREOFFICE = "libreoffice"
EMBEDDED = "embedded"
_REPAIRS = 1
"""Raise it whenever ``pptx_repairs`` mends something else or otherwise than before."""


class Choice(NamedTuple):
    """A renderer to try; ``version`` changes whenever the same deck might be drawn differently."""

    name: str
    version: str


def choose_renderers(
    kind: str,
    wanted: str = "auto",
    soffice: Callable[[], str | None] = find_soffice,
    powerpoint: Callable[[], str | None] = find_powerpoint,
) -> tuple[Choice, ...]:
    """The renderers for this kind of deck in the order in which to try them, best first.

    Args:
        kind: one of ``kinds``; only office files leave a choice, which for those other than PPTX
            may be empty.
        wanted: ``auto`` or the only renderer to use for office files.
        soffice: finds LibreOffice.
        powerpoint: finds PowerPoint.

    Raises:
        Problem: ``renderer-not-available`` where the wanted one is not on this machine.
    """
    programs = {POWERPOINT: powerpoint(), LIBREOFFICE: soffice()}
    if wanted not in ("auto", EMBEDDED) and not programs.get(wanted):
        raise Problem("renderer-not-available", renderer=wanted)
    if kind == kinds.PDF:
        return (Choice("pymupdf", importlib.metadata.version("pymupdf")),)
    if kind in (kinds.PICTURES, kinds.ZIP):
        drawn_by = ("pyside6-essentials", "pillow", "pillow-heif")
        return (Choice("qt", " ".join(map(_version, drawn_by))),)
    fonts = fonts_fingerprint()
    choices = []
    if (program := programs[POWERPOINT]) and wanted in ("auto", POWERPOINT):
        choices.append(Choice(POWERPOINT, f"{powerpoint_fingerprint(program)} {fonts}"))
    if (program := programs[LIBREOFFICE]) and wanted in ("auto", LIBREOFFICE):
        choices.append(Choice(LIBREOFFICE, f"{soffice_fingerprint(program)} {fonts}"))
    if kind == kinds.PPTX and wanted in ("auto", EMBEDDED):
        versions = " ".join(map(_version, ("betteroffice-pptx", "metafile-render")))
        choices.append(Choice(EMBEDDED, f"{versions} {_REPAIRS} {fonts}"))
    return tuple(choices)


def _version(distribution: str) -> str:
    """Of an installed library; "" where there is none, as for some systems."""
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return ""


def load_renderer(name: str) -> Renderer:
    """The renderer with this name; for the worker, since this imports its heavy libraries."""
    if name == POWERPOINT:
        from pechakucha.decks.powerpoint import PowerPointRenderer  # noqa: PLC0415

        return PowerPointRenderer()
    if name == LIBREOFFICE:
        from pechakucha.decks.libreoffice import LibreOfficeRenderer  # noqa: PLC0415

        return LibreOfficeRenderer()
    if name == EMBEDDED:
        from pechakucha.decks.embedded import EmbeddedRenderer  # noqa: PLC0415

        return EmbeddedRenderer()
    if name == "pymupdf":
        from pechakucha.decks.pdf import PdfRenderer  # noqa: PLC0415

        return PdfRenderer()
    from pechakucha.decks.pictures import PictureRenderer  # noqa: PLC0415

    return PictureRenderer()
