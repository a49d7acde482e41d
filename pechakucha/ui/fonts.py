# SPDX-License-Identifier: AGPL-3.0-or-later
"""Our typeface, which comes as a package so that every system shows the same."""

from __future__ import annotations

import logging
from pathlib import Path

import font_source_sans_pro
from PySide6.QtGui import QFontDatabase

_log = logging.getLogger(__name__)


def load_typeface() -> None:
    """Make the typeface known to this process. Needs a QGuiApplication."""
    for style in ("Regular", "Semibold", "Bold", "Black", "Light"):
        path = Path(font_source_sans_pro.font_directory) / f"SourceSansPro-{style}.ttf"
        if QFontDatabase.addApplicationFont(str(path)) < 0:
            _log.error("%s can't be loaded", path)
