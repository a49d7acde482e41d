# SPDX-License-Identifier: AGPL-3.0-or-later
"""The templates of pages that need nothing else: report, rehearsal, a take's sheet."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

from pechakucha.files.locations import assets_folder

if TYPE_CHECKING:
    import jinja2


def page_template(name: str, *, trimmed: bool = False) -> jinja2.Template:
    """The template of this name; what is put into it is escaped, and what is missing is an error.

    Args:
        name: of its file.
        trimmed: leave out the lines on which there is only a statement.
    """
    import jinja2  # noqa: PLC0415  # a tenth of the program's start, and wanted late

    pages = jinja2.Environment(
        loader=jinja2.FileSystemLoader(assets_folder() / "pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=trimmed,
        lstrip_blocks=trimmed,
    )
    return pages.get_template(name)


def page_source(name: str) -> str:
    """A style or script of the pages, with plain line ends, which is what a browser hashes, whatever a
    checkout made of them.
    """
    return (assets_folder() / "pages" / name).read_text(encoding="utf-8")


def source_hash(source: str) -> str:
    """What a Content-Security-Policy calls this very style or script."""
    return f"sha256-{base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()}"
