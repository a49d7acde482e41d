# SPDX-License-Identifier: AGPL-3.0-or-later
"""The catalogues in ``assets/translations``: one TOML file a language, one table a part of the program.

A sentence is ``table.key`` with ``{parameters}``. An entry that is a table itself has variants: one
of them is chosen by the parameter ``case``, or by ``count`` (``one`` and ``other``, which is all that
German and English need).

A ``{parameter:table}`` is said in the words of that table, for parameters that are names of ours or
of a system; its entry ``other`` is for the rest, which is written as it is where there is none. A
``{parameter:decimal}`` is a number with the language's decimal point.
"""

from __future__ import annotations

import logging
import string
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from pechakucha.files.locations import assets_folder
from pechakucha.show.problem import Finding, Parameter, Problem
from pechakucha.show.rules import Refusal

LANGUAGES = ("de", "en")

DECIMAL = "decimal"
_POINTS = {"de": ",", "en": "."}

_log = logging.getLogger(__name__)


class Texts:
    """All sentences in one language."""

    def __init__(self, language: str) -> None:
        """``language`` is ``de`` or ``en``; anything else is English."""
        self.language = language if language in LANGUAGES else "en"
        self._catalogue = read_catalogue(self.language)
        self._formatter = _Formatter(self._catalogue, _POINTS[self.language])

    def __call__(self, code: str, **params: Parameter) -> str:
        """The sentence ``code`` with its parameters; the code itself where there is none."""
        entry: object = self._catalogue
        for part in code.split("."):
            entry = entry.get(part) if isinstance(entry, Mapping) else None
        if isinstance(entry, Mapping):
            entry = entry.get(_variant(params))
        if not isinstance(entry, str):
            _log.error("no sentence for %s %s", code, params)
            return code
        try:
            return self._formatter.vformat(entry, (), params)
        except (KeyError, IndexError):
            _log.exception("a parameter is missing for %s", code)
            return entry

    def message(self, finding: Finding) -> str:
        """What a check noticed, and on which slide."""
        where = "" if finding.slide is None else self("check.slide", slide=finding.slide) + ": "
        return where + self(f"finding.{finding.code}", **finding.params)

    def remedy(self, finding: Finding) -> str:
        """What can be done about it."""
        return self(f"remedy.{finding.code}", **finding.params)

    def own_remedy(self, finding: Finding) -> str:
        """What can be done about it by somebody whose own deck it is."""
        own = self._catalogue.get("own-remedy")
        if isinstance(own, Mapping) and finding.code in own:
            return self(f"own-remedy.{finding.code}", **finding.params)
        return self.remedy(finding)

    def problem(self, problem: Problem) -> str:
        """What went wrong and what the person can do now."""
        return self(f"problem.{problem.code}", **problem.params)

    def refusal(self, refused: Refusal) -> str:
        """Why a command was refused."""
        reason = remedy = ""
        if refused.finding is not None:
            reason, remedy = self.message(refused.finding), self.remedy(refused.finding)
        return self(f"refused.{refused.code}", reason=reason, remedy=remedy, **refused.params)


class _Formatter(string.Formatter):
    """Formats a sentence; a format specification may be ``decimal`` or one of the catalogue's tables."""

    def __init__(self, catalogue: Mapping[str, object], point: str) -> None:
        self._catalogue, self._point = catalogue, point

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec == DECIMAL:
            return str(value).replace(".", self._point)
        table = self._catalogue.get(format_spec)
        if not isinstance(table, Mapping):
            return str(super().format_field(value, format_spec))
        words = table.get(str(value))
        if isinstance(words, str):
            return words
        other = table.get("other")
        return other.format(value=value) if isinstance(other, str) else str(value)


def _variant(params: Mapping[str, Parameter]) -> str:
    if "case" in params:
        return str(params["case"])
    return "one" if params.get("count") == 1 else "other"


@cache
def read_catalogue(language: str) -> Mapping[str, object]:
    """The whole catalogue of a language, as written."""
    path = assets_folder() / "translations" / f"{language}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))
