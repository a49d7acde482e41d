# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which language notes are in: as many little words give it away as nothing else needs to be known for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"[^\W\d_]+")


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


_LITTLE_WORDS = {
    "de": _words(
        "aber als auch auf aus das dass dem den der die dies diese durch ein eine einem einen einer es "
        "für haben hier ich ihr im ist kann können mehr mit nach nicht noch nur oder sehr sich sie sind "
        "über und uns unser unsere unter vom von vor wenn werden wie wir wird zu zum zur"
    ),
    "en": _words(
        "and are as at be been but by can do for from had has have he her his how if is it its more not "
        "of or our than that the their them there these they this to we were what when which who with "
        "would you your"
    ),
}
"""Frequent, and in one of the languages only; so without an, in, so, was, will, war, man …"""

_FEWEST = 6
"""Little words; two short sentences have so many. Below, a heading or a name might decide."""

_CLEAR = 3
"""So many times as often as those of the other language."""


def notes_language(notes: Iterable[str], otherwise: str | None = None) -> str | None:
    """The language that most of a talk is said in: ``de``, ``en``, or ``otherwise`` where that is not clear.

    Args:
        notes: of all its slides.
        otherwise: what is assumed then, such as the language of the show.
    """
    found: Counter[str] = Counter()
    for text in notes:
        for word in _WORD.findall(text.lower()):
            found.update(language for language, words in _LITTLE_WORDS.items() if word in words)
    if not found:
        return otherwise
    (language, often), *rest = found.most_common()
    other = rest[0][1] if rest else 0
    return language if often >= _FEWEST and often >= _CLEAR * other else otherwise
