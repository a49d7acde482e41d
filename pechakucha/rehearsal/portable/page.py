# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a talk to its page: one file of HTML that asks nothing of anybody.

The page carries its own script and style, named in its Content-Security-Policy by their hashes, its
pictures as ``data:`` addresses, and its sentences in every language we speak. Nothing else is allowed
to it: no request leaves the browser, and no script in a deck's notes would run.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping

from pechakucha import __version__
from pechakucha.files.page_templates import page_source, page_template, source_hash
from pechakucha.rehearsal.portable.pictures import KIND
from pechakucha.rehearsal.portable.talk import PortableTalk
from pechakucha.texts import LANGUAGES, Texts
from pechakucha.texts.catalogue import read_catalogue

_SCRIPTS = ("clock", "take", "marks", "run_along", "words", "slides", "session", "view", "review", "hands")
"""In this order: each uses those before it, and the last one begins."""

_ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" '
    'fill="#0e1116"/><circle cx="16" cy="16" r="9" fill="none" stroke="#2a323d" stroke-width="4"/>'
    '<path d="M16 7a9 9 0 0 1 0 18" fill="none" stroke="#35d0a5" stroke-width="4" stroke-linecap="round"/>'
    "</svg>"
)


def page_of(talk: PortableTalk, texts: Texts) -> bytes:
    """The page, UTF-8.

    Args:
        talk: what is rehearsed.
        texts: the language for where no script runs; else the browser's counts.
    """
    import markupsafe  # noqa: PLC0415  # comes with jinja2, and is wanted by one command

    style = page_source("rehearse.css")
    script = '"use strict";\n' + "\n".join(page_source(f"rehearse/{name}.js") for name in _SCRIPTS)
    page = page_template("rehearse.html", trimmed=True).render(
        talk=talk,
        texts=texts,
        kind=KIND,
        policy=_policy(script, style),
        icon=f"data:image/svg+xml;base64,{base64.b64encode(_ICON.encode()).decode()}",
        style=markupsafe.Markup(style),
        script=markupsafe.Markup(script),
        words=markupsafe.Markup(_words()),
        version=__version__,
    )
    # A name of a file may hold what no encoding knows.
    return page.encode("utf-8", "replace")


def _policy(script: str, style: str) -> str:
    """What the page may do: run its script, use its style, show what it carries."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{source_hash(script)}'",
            f"style-src '{source_hash(style)}'",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _words() -> str:
    """The page's sentences by language and code, as JSON that ends no script."""
    words = {language: dict(_sentences(read_catalogue(language))) for language in LANGUAGES}
    return json.dumps(words, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _sentences(catalogue: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    """Those of the page, and what may be wrong with a code for running along."""
    for name, sentence in _flat(catalogue):
        if name.startswith(("page.", "problem.code-")):
            yield name, sentence


def _flat(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence with its dotted name, variants included."""
    for key, entry in table.items():
        if isinstance(entry, Mapping):
            yield from _flat(entry, f"{before}{key}.")
        else:
            yield f"{before}{key}", str(entry)
