# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be read on the report's page, without a browser."""

from __future__ import annotations

import base64
import hashlib
import html
import re

import msgspec
import pytest

from pechakucha.report.page import report_page
from pechakucha.show.figures import Lateness, Report
from pechakucha.texts import Texts

from .builders import a_cue, a_report, a_talk_told

ENGLISH, GERMAN = Texts("en"), Texts("de")

ULM = msgspec.structs.replace(a_talk_told("ulm"), title="Kreativraum", presenters=("Ada", "Ben"))


def page(report: Report, texts: Texts = ENGLISH) -> str:
    """The page."""
    return report_page(report, texts).decode()


def words(report: Report, texts: Texts = ENGLISH) -> str:
    """What is read on it."""
    body = re.sub(r"<style>.*?</style>|<title>.*?</title>", " ", page(report, texts), flags=re.DOTALL)
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", body).split()))


def test_it_allows_its_own_style_and_nothing_else() -> None:
    content = page(a_report(ULM))
    style = re.search(r"<style>(.*?)</style>", content, re.DOTALL)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', content)
    assert style is not None
    assert policy is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert html.unescape(policy[1]) == (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )
    assert not re.search(r"<script|<link|<img| style=|https?:|url\(|@import", content)


def test_its_head_says_what_it_is_of() -> None:
    said = words(a_report(ULM))
    assert said.startswith("Report · March 25, 2021 Mashup 1 of 1 talk; on time to 4 ms; ended as planned.")
    assert "Planned 08:45 – 08:51 Actual 08:45 – 08:51 ended as planned" in said
    assert "Later than due 3.0 ms at most 99 of 100 slides; half within 2.0 ms" in said
    assert "Format 20 × 20 s" in said
    assert "times faster" not in said


def test_a_row_has_who_spoke() -> None:
    assert "1 Ulm Kreativraum Ada, Ben 08:45 08:45:00 08:51:40 completed" in words(a_report(ULM))


def test_a_dry_run_is_marked_and_told_to_the_second() -> None:
    said = words(a_report(ULM, speed=10.0))
    assert "dry run, 10 times faster" in said
    assert "Planned 08:45:00 – 08:51:40" in said


def test_in_german_numbers_have_a_comma() -> None:
    content = page(a_report(ULM), GERMAN)
    assert 'lang="de"' in content
    assert "Bericht · 25. März 2021" in words(a_report(ULM), GERMAN)
    assert "4,0 ms" in content
    assert "4.0 ms" not in content


def test_there_is_a_column_for_what_was_done_only_where_something_was() -> None:
    assert "Interventions" not in words(a_report(ULM))
    assert "Slides nobody saw" not in words(a_report(ULM))
    held = a_report(ULM, cues=(a_cue("hold", "08:46:00", detail="hand"),))
    assert "Interventions" in words(held)
    missed = words(a_report(a_talk_told("ulm", missed=(1,))))
    assert "Slides nobody saw" in missed


@pytest.mark.parametrize("texts", [ENGLISH, GERMAN], ids=["en", "de"])
def test_of_a_run_in_which_nothing_happened_there_is_a_page(texts: Texts) -> None:
    nothing = msgspec.structs.replace(
        a_report(a_talk_told("ulm", outcome="planned", started=None, ended=None)),
        started=None,
        last_ended=None,
        ended=None,
        behind_s=None,
        drift_ms=None,
        lateness_ms=Lateness(None, None, None),
    )
    content = page(nothing, texts)
    assert "<svg" not in content
    assert "None" not in content
