# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs side by side, in words and as a page."""

from __future__ import annotations

import re

import msgspec

from pechakucha.report.comparison import compare, comparison_page
from pechakucha.show.figures import Lateness
from pechakucha.texts import Texts

from .builders import a_report, a_talk_told

ENGLISH = Texts("en")

BLOCK = a_report(
    a_talk_told("ulm"),
    a_talk_told("bern", outcome="cut", started="08:53:00", ended="08:55:00", missed=(2,)),
    a_talk_told("graz", outcome="no-show", started=None, ended=None),
)
DRY = msgspec.structs.replace(
    a_report(a_talk_told("bern", ended="08:45:40"), speed=10.0), lateness_ms=Lateness(None, None, None)
)
BROKEN = msgspec.structs.replace(
    a_report(a_talk_told("ulm", outcome="on-stage", ended=None)), ended=None, behind_s=None
)


def test_each_figure_of_each_run() -> None:
    compared = compare([BLOCK, DRY, BROKEN], ENGLISH)
    assert [(each.day, each.time, each.dry_run) for each in compared.columns] == [
        ("March 25, 2021", "08:45", ""),
        ("March 25, 2021", "08:45", "Dry run 10 ×"),
        ("March 25, 2021", "08:45", ""),
    ]
    assert {row.heading: [cell.words for cell in row.cells] for row in compared.figures} == {
        "Talks": ["2 of 3", "1 of 1", "0 of 1"],
        "Start": ["08:45:00", "08:45:00", "08:45:00"],
        "End": ["08:51:40", "08:51:40", "Not finished"],
        "Against the plan": ["ended as planned", "ended as planned", "–"],
        "No-shows": ["1", "0", "0"],
        "Cut short": ["1", "0", "0"],
        "Slides nobody saw": ["1", "0", "0"],
        "Half of the slides within": ["2.0 ms", "–", "2.0 ms"],
        "99 of 100 slides within": ["3.0 ms", "–", "3.0 ms"],
        "Latest slide": ["4.0 ms", "–", "4.0 ms"],
    }


def test_each_talk_of_each_run() -> None:
    compared = compare([BLOCK, DRY, BROKEN], ENGLISH)
    assert {row.heading: [(cell.words, cell.warns) for cell in row.cells] for row in compared.talks} == {
        "Ulm": [("08:45 – 08:51", False), ("–", False), ("08:45 –, on stage", True)],
        "Bern": [("08:53 – 08:55, cut short", True), ("08:45:00 – 08:45:40", False), ("–", False)],
        "Graz": [("no-show", True), ("–", False), ("–", False)],
    }


def test_the_page_needs_nothing_else_and_shows_words_as_they_are() -> None:
    nasty = msgspec.structs.replace(BLOCK, show="<b>Mashup</b>")
    page = comparison_page([nasty, DRY], ENGLISH).decode()
    assert "&lt;b&gt;Mashup&lt;/b&gt;" in page
    assert "Dry run 10 ×" in page
    assert not re.search(r"https?:|url\(|@import|<script|<link|style=", page)
