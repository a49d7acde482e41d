# SPDX-License-Identifier: AGPL-3.0-or-later
"""Both catalogues say everything that the package has to say, and nothing else."""

from __future__ import annotations

import errno
import os
import re
import string
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

import pechakucha
from pechakucha.cli.commands import RendererName
from pechakucha.console.questions import Control
from pechakucha.console.talk_actions import TalkAction
from pechakucha.decks.renderers import choose_renderers
from pechakucha.files.locations import assets_folder
from pechakucha.show import cues
from pechakucha.show.dry_run import Sight, Verdict
from pechakucha.show.pace import Measure
from pechakucha.show.run import Outcome
from pechakucha.show.status import Grade, What, grade_of
from pechakucha.show.work import Reason
from pechakucha.texts.catalogue import DECIMAL, read_catalogue

from .source import Use, Uses, read_source

SAID_BY_TABLE = frozenset({"renderer", "kind", "reason"})
"""Tables of words for parameters; no code names their entries."""
PLURALS = {"one", "other"}
FIELD = re.compile(r"\{([^}]*)\}")

SAME_IN_BOTH = {
    "console.badge-countdown",
    "console.code",
    "console.code-is",
    "console.earlier-short",
    "console.key-enter",
    "console.later-short",
    "console.pause-short",
    "console.start",
    "console.undo-short",
    "headless.done",
    "page.hold",
    "page.key-enter",
    "page.start",
    "presenter.in",
    "press.start",
    "report.delay",
    "report.format",
    "report.held-for",
    "runs.ms",
    "runs.size",
    "verdict.hours",
    "verdict.minutes",
    "rehearsal.hold",
    "rehearsal.seconds",
    "month.4",
    "month.8",
    "month.9",
    "month.11",
    "renderer.libreoffice",
    "renderer.powerpoint",
}
"""Sentences that are the same in German and English because both languages say so."""

REASONS_OF_LIBRARIES = {"File is not a zip file"}


def flat(table: Mapping[str, object], before: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence of a catalogue with its dotted name, variants included."""
    for key, entry in table.items():
        if isinstance(entry, Mapping):
            yield from flat(entry, f"{before}{key}.")
        else:
            assert isinstance(entry, str), f"{before}{key} is no text"
            yield f"{before}{key}", entry


EN, DE = dict(flat(read_catalogue("en"))), dict(flat(read_catalogue("de")))


@cache
def uses() -> Uses:
    """What the package uses."""
    folder = Path(pechakucha.__file__).parent
    return read_source(folder, assets_folder() / "pages", {*read_catalogue("en"), *read_catalogue("de")})


_ASKED = {each.value for each in Control} - {"start", "take-back", "black", "resume"}


def _presses() -> set[str]:
    """What a press may be recorded as: an action, a kind of key, or what has no cue."""
    actions = {each.__struct_config__.tag for each in get_args(cues.Action)}
    others = {"answer", "clicker", "key", "place", "bring-forward", "end-stage", "leave-console"}
    at_stage = {"stage-click", "close-stage", "console-hint", "console-forward"}
    consoles = {"copy-code", "presenter", "undo", "redo", "status", "catch-up", "dry-run", "line", "line-off"}
    return actions | others | at_stage | consoles


_CHANGES = {"add", "withdraw", "move", "no-show", "no-show-kept", "put-back"}
_CHANGES |= {"deck", "slides", "pause", "changeover", "words"}
"""What ``show.changes`` calls a change."""


VALUES: dict[str, Callable[[], Collection[str]]] = {
    "month.{date.month}": lambda: {str(number) for number in range(1, 13)},
    "outcome.{talk.outcome}": lambda: {
        "completed" if each is Outcome.DONE else each.value for each in Outcome
    },
    "cue.{cue.cue}": lambda: {each.__struct_config__.tag for each in get_args(cues.Action)},
    "press.{press.press}": _presses,
    "why.{press.refused}": lambda: {use.code for use in uses().refusals} | {"no-use", "stage-stays"},
    "why.{self._refused}": lambda: {use.code for use in uses().refusals} | {"no-use", "stage-stays"},
    "finding.{finding.code}": lambda: {use.code for use in uses().findings},
    "remedy.{finding.code}": lambda: {use.code for use in uses().findings},
    "own-remedy.{finding.code}": lambda: (
        {u.code for u in uses().findings} & {*read_catalogue("en")["own-remedy"]}
    ),
    "problem.{problem.code}": lambda: {use.code for use in uses().problems},
    "refused.{refused.code}": lambda: {use.code for use in uses().refusals},
    "console.{control}": lambda: {each.value for each in Control},
    "console.{control}-off": lambda: {"black", "message"},
    "console.ask-{control}": lambda: _ASKED,
    "console.do-{control}": lambda: _ASKED,
    "console.{wanted}-short": lambda: {each.value for each in TalkAction},
    "console.{wanted}-tip": lambda: {each.value for each in TalkAction},
    "status.grade-{grade}": lambda: {each.value for each in Grade},
    "remark.{remark.what}": lambda: {each.value for each in What} - {"stage-problem"},
    "advice.{remark.what}": lambda: {
        each.value for each in What if grade_of(each) is not Grade.KNOW and each is not What.STAGE_PROBLEM
    },
    "console.ask-{wanted}": lambda: {"withdraw", "put-back"},
    "console.do-{wanted}": lambda: {"withdraw", "put-back"},
    "cue.replace-{what}": lambda: {"deck", "slides", "pause", "changeover"},
    "menu.{wanted}": lambda: {each.value for each in TalkAction} - {"undo"},
    "change.{change.kind}": lambda: _CHANGES,
    "change.{undo.kind}": lambda: _CHANGES,
    "console.state-{key}": lambda: {"next", "ready", "held", "kept"} | {each.value for each in Outcome},
    "console.badge-{kind}": lambda: {"welcome", "next", "pause", "slot"},
    "dry-run.verdict-{talk.verdict}": lambda: {each.value for each in Verdict},
    "seen.{remark.code}": lambda: {each.value for each in Sight},
    "to-do.{remark.code}": lambda: {each.value for each in Sight},
    "take.{pace.measure}": lambda: {each.value for each in Measure},
    "console.waiting-{kind}": lambda: {"welcome", "next", "pause", "slot"},
    "page.used-{verdict}": lambda: {"tight", "short"},
    "page.work-{work.reason}": lambda: {each.value for each in Reason} - {"unmarked"},
    "problem.{read.problem}": lambda: {u.code for u in uses().problems if u.code.startswith("code-")},
}
"""What stands in the braces of codes that are put together from an expression."""


@cache
def expanded() -> tuple[Use, ...]:
    """Every code in use with the expressions in it replaced by all their values."""
    found: list[Use] = []
    for use in uses().sentences:
        if "{" not in use.code:
            found.append(use)
        else:
            values = VALUES.get(use.code, set)()
            found += [use._replace(code=FIELD.sub(value, use.code)) for value in values]
    for table, built, extra in (
        ("finding", uses().findings, set()),
        ("remedy", uses().findings, set()),
        ("problem", uses().problems, set()),
        ("refused", uses().refusals, {"reason", "remedy"}),
    ):
        for use in built:
            params = None if use.params is None else use.params | extra
            found.append(Use(f"{table}.{use.code}", params, use.where))
    return tuple(found)


def sentences_of(code: str, catalogue: Mapping[str, str]) -> dict[str, str]:
    """The sentence with this code, or its variants."""
    if code in catalogue:
        return {code: catalogue[code]}
    return {name: text for name, text in catalogue.items() if name.rpartition(".")[0] == code}


def fields(sentence: str) -> dict[str, str]:
    """The parameters of a sentence, each with what follows its colon."""
    parts = string.Formatter().parse(sentence)
    return {name: spec or "" for _, name, spec, _ in parts if name is not None}


def test_the_source_is_read_as_it_is_meant_to_be() -> None:
    findings = {use.code: sorted(use.params) for use in uses().findings if use.params is not None}
    assert findings["import-timeout"] == ["renderer", "seconds"]
    assert findings["page-damaged"] == ["reason"]
    assert findings["selected-missing"] == ["numbers", "slides"]
    assert findings["pictures-none"] == []
    assert "picture-damaged" in {use.code for use in uses().findings}
    assert {"is-over", "is-no-show", "not-held", "already-held"} <= {use.code for use in uses().refusals}
    assert "talk-selection-invalid" in {use.code for use in uses().problems}
    assert {"report.html", "stage.log"}.isdisjoint(use.code for use in uses().sentences)
    assert len(expanded()) > 200


@pytest.mark.parametrize("catalogue", [EN, DE], ids=["en", "de"])
def test_every_code_in_use_has_a_sentence(catalogue: Mapping[str, str]) -> None:
    missing = {use.code: use.where for use in expanded() if not sentences_of(use.code, catalogue)}
    assert not missing, "\n" + "\n".join(f"{code}  {where}" for code, where in sorted(missing.items()))


def test_it_is_known_what_stands_in_codes_that_are_put_together() -> None:
    composed = {use.code: use.where for use in uses().sentences if "{" in use.code}
    assert {code: where for code, where in composed.items() if code not in VALUES} == {}, "add to VALUES"
    assert {code for code in VALUES if code not in composed} == set(), "take out of VALUES"


def test_every_sentence_is_in_use() -> None:
    used = {name for use in expanded() for name in sentences_of(use.code, EN)}
    unused = {name for name in EN if name not in used and name.partition(".")[0] not in SAID_BY_TABLE}
    assert unused == set()


def test_both_languages_have_the_same_sentences() -> None:
    assert set(EN) - set(DE) == set()
    assert set(DE) - set(EN) == set()


def test_a_sentence_has_the_same_parameters_in_both_languages() -> None:
    other = {name: (fields(EN[name]), fields(DE[name])) for name in EN if name in DE}
    assert {name: both for name, both in other.items() if both[0] != both[1]} == {}


def test_a_sentence_asks_only_for_parameters_that_it_is_given() -> None:
    wrong = {
        (name, use.where): set(fields(sentence)) - use.params
        for use in expanded()
        if use.params is not None
        for catalogue in (EN, DE)
        for name, sentence in sentences_of(use.code, catalogue).items()
        if not set(fields(sentence)) <= use.params
    }
    assert wrong == {}


def test_variants_are_chosen_by_a_case_or_are_both_plurals() -> None:
    for use in expanded():
        variants = sentences_of(use.code, EN)
        if use.code in variants or not variants or use.params is None:
            continue
        names = {name.rpartition(".")[2] for name in variants}
        assert "case" in use.params or (names == PLURALS and "count" in use.params), use


def test_what_follows_a_colon_is_a_table_or_decimal() -> None:
    specs = {spec for text in (*EN.values(), *DE.values()) for spec in fields(text).values() if spec}
    assert specs - {DECIMAL} == SAID_BY_TABLE


def test_german_is_translated() -> None:
    assert {name for name in EN if DE.get(name) == EN[name]} == SAME_IN_BOTH


@pytest.mark.parametrize("catalogue", [EN, DE], ids=["en", "de"])
def test_findings_problems_and_refusals_are_whole_sentences(catalogue: Mapping[str, str]) -> None:
    spoken = {
        name: text for name, text in catalogue.items() if name.startswith(("finding.", "remedy.", "own-"))
    }
    spoken |= {name: text for name, text in catalogue.items() if name.startswith(("problem.", "refused."))}
    open_end = {name for name, text in spoken.items() if not text.endswith((".", "{log}", "{remedy}"))}
    assert open_end == set()
    assert {name for name, text in spoken.items() if not re.match(r"[A-ZÄÖÜ„“{]", text)} == set()


def test_quotation_marks_are_each_languages_own() -> None:
    assert {name for name, text in EN.items() if "„" in text or text.count("“") != text.count("”")} == set()
    assert {name for name, text in DE.items() if "”" in text or text.count("„") != text.count("“")} == set()


@pytest.mark.parametrize("catalogue", [EN, DE], ids=["en", "de"])
def test_texts_printed_with_markup_have_no_square_brackets(catalogue: Mapping[str, str]) -> None:
    bracketed = {name for name, text in catalogue.items() if "[" in text}
    assert bracketed <= {"problem.show-empty"}


def test_the_words_for_renderers_are_those_of_our_renderers() -> None:
    named = {each.value for each in RendererName} - {"auto"}
    for kind in ("pptx", "pdf", "pictures"):
        named |= {choice.name for choice in choose_renderers(kind)}
    assert set(read_catalogue("en")["renderer"]) == named  # type: ignore[call-overload]


def test_the_words_for_kinds_are_those_of_kinds_we_tell_apart() -> None:
    kinds = set(read_catalogue("en")["kind"]) - {"", "other"}  # type: ignore[call-overload]
    assert kinds <= uses().constants


@pytest.mark.skipif(sys.platform != "linux", reason="systems word their errors differently")
def test_the_words_for_reasons_are_of_reasons_that_are_given() -> None:
    given = {os.strerror(number) for number in (0, *errno.errorcode)} | uses().constants
    given |= {use.code for use in uses().findings} | REASONS_OF_LIBRARIES
    patterns = [re.compile(FIELD.sub(".+", text)) for text in uses().constants if "not a {" in text]
    reasons = set(read_catalogue("en")["reason"]) - {""}  # type: ignore[call-overload]
    unknown = {each for each in reasons if not any(pattern.fullmatch(each) for pattern in patterns)} - given
    assert unknown == set()
