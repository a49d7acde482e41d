# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long it takes to say something.

The rates are those at which adults read a text aloud that they have before them (IReST:
Trauzettel-Klosinski and Dietz, "Standardized Assessment of Reading Performance", Investigative
Ophthalmology & Visual Science 53, 2012, 5452-5461). Nobody speaks freely faster than that for long,
so they are a ceiling, and notes that need more time than a slide has are too long for anybody.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from typing import Annotated

import msgspec


class Measure(enum.StrEnum):
    """What is counted in a text."""

    CHARACTERS = "characters"
    SYLLABLES = "syllables"


class Pace(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How fast somebody speaks.

    Characters are the default: they can be counted exactly in any language, and where both are
    known, the two measures differ less than two readers do.

    Attributes:
        measure: what is counted.
        per_minute: how many of them in a minute; None for what readers of the language manage.
    """

    measure: Measure = Measure.CHARACTERS
    per_minute: Annotated[float, msgspec.Meta(gt=0)] | None = None


class PaceChoice(enum.StrEnum):
    """At which pace notes are measured: one's own as learnt, one as set, a reader's, or a calm one."""

    OWN = "own"
    SET = "set"
    READERS = "readers"
    CALM = "calm"


_PER_MINUTE: Mapping[tuple[str, Measure], float] = {
    ("de", Measure.CHARACTERS): 920,
    ("de", Measure.SYLLABLES): 307,
    ("en", Measure.CHARACTERS): 987,
    ("en", Measure.SYLLABLES): 313,
}
_SLOWEST = "de"
"""Where the language is not known: a warning too many is better than a talk that runs out of time."""

_DIGIT_SYLLABLES = 2
"""2021 has four digits and seven syllables in German, and seven in English."""
_GERMAN = re.compile(r"aa|ee|oo|ie|ei|ai|au|äu|eu|ey|ay|oi|[aeiouyäöü]")
_ENGLISH = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[aeiouy])([^aeiouy\W\d]{1,3})(?:e|es|ed)$")
_SPOKEN_ENDING = re.compile(r"(?:[^aeiouy]le|[^aeiouy]les|[td]ed|(?:s|z|x|sh|ch|c|g)es)$")


def seconds_to_speak(text: str, language: str | None, pace: Pace) -> float:
    """How many seconds it takes to say ``text``.

    Args:
        text: the notes of a slide.
        language: ``de`` or ``en``; any other, or None, counts as the slower of them.
        pace: how fast.
    """
    return 60 * spoken(text, language, pace.measure) / per_minute(language, pace)


def per_minute(language: str | None, pace: Pace) -> float:
    """How many characters or syllables a minute has; ``language`` as in ``seconds_to_speak``."""
    return pace.per_minute or _PER_MINUTE[_known(language), pace.measure]


def spoken(text: str, language: str | None, measure: Measure) -> int:
    """How many characters or syllables there are to say; ``language`` as in ``seconds_to_speak``."""
    return characters(text) if measure is Measure.CHARACTERS else syllables(text, _known(language))


def characters(text: str) -> int:
    """How many characters there are, blanks left out.

    That is how IReST counts: 920 characters and 179 German words a minute are 5.1 characters a word.
    """
    return sum(not each.isspace() for each in text)


def syllables(text: str, language: str) -> int:
    """How many syllables there are, nearly: groups of vowels, as no dictionary is at hand here.

    Args:
        text: in any case.
        language: ``de`` or ``en``.
    """
    count = _in_german if language == "de" else _in_english
    return sum(count(word) for word in re.findall(r"\w+", text.lower()))


def _known(language: str | None) -> str:
    return language if language in ("de", "en") else _SLOWEST


def _in_german(word: str) -> int:
    # The u of qu is no vowel.
    return _of_digits(word) or max(1, len(_GERMAN.findall(word.replace("qu", "kw"))))


def _in_english(word: str) -> int:
    if digits := _of_digits(word):
        return digits
    spoken = word if _SPOKEN_ENDING.search(word) else _SILENT.sub(r"\1", word)
    return max(1, len(_ENGLISH.findall(spoken)))


def _of_digits(word: str) -> int:
    return _DIGIT_SYLLABLES * sum(each.isdigit() for each in word)
