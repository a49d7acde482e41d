# SPDX-License-Identifier: AGPL-3.0-or-later
"""A run in one sentence."""

from __future__ import annotations

import msgspec
import pytest

from pechakucha.report.verdict import behind, verdict
from pechakucha.show.figures import Lateness, Report
from pechakucha.texts import Texts

from .builders import a_report, a_talk_told

ENGLISH, GERMAN = Texts("en"), Texts("de")

NINE = tuple(a_talk_told(str(number)) for number in range(9))


def spoken(*outcomes: str, **more: object) -> Report:
    """A finished run whose talks came to this."""
    talks = tuple(a_talk_told(str(number), outcome=each) for number, each in enumerate(outcomes))
    return msgspec.structs.replace(a_report(*talks), **more)


@pytest.mark.parametrize(
    ("report", "english", "german"),
    [
        (
            msgspec.structs.replace(a_report(*NINE), behind_s=180.0),
            "9 of 9 talks; on time to 4 ms; 3 min later than planned.",
            "9 von 9 Vorträgen; auf 4 ms genau; 3 min später als geplant.",
        ),
        (
            spoken("completed", "cut", "no-show", "no-show", behind_s=-420.0),
            "2 of 4 talks, 1 of them cut short, 2 no-shows; on time to 4 ms; 7 min earlier than planned.",
            "2 von 4 Vorträgen, davon 1 abgebrochen, 2 nicht erschienen; auf 4 ms genau; 7 min früher als "
            "geplant.",
        ),
        (
            spoken("completed", "on-stage", ended=None, behind_s=None),
            "Not finished; 1 of 2 talks; on time to 4 ms.",
            "Nicht beendet; 1 von 2 Vorträgen; auf 4 ms genau.",
        ),
        (
            spoken("no-show", lateness_ms=Lateness(None, None, None), behind_s=None),
            "0 of 1 talk, 1 no-show.",
            "0 von 1 Vortrag, 1 nicht erschienen.",
        ),
        (
            msgspec.structs.replace(
                a_report(a_talk_told("ulm", missed=(3, 4))), lateness_ms=Lateness(2, 9, 5500), behind_s=59.9
            ),
            "1 of 1 talk; the latest slide 5.5 s late; 2 slides nobody saw; ended as planned.",
            "1 von 1 Vortrag; die späteste Folie 5,5 s zu spät; 2 Folien nicht gezeigt; Ende wie geplant.",
        ),
    ],
)
def test_the_sentence(report: Report, english: str, german: str) -> None:
    assert verdict(report, ENGLISH) == english
    assert verdict(report, GERMAN) == german


@pytest.mark.parametrize(
    ("latest_ms", "words"),
    [
        (0.0, "on time to 1 ms"),
        (4.0, "to 4 ms"),
        (4.001, "to 5 ms"),
        (99.9, "to 100 ms"),
        (100, "0.1 s late"),
    ],
)
def test_lateness_is_never_rounded_down(latest_ms: float, words: str) -> None:
    assert words in verdict(spoken("completed", lateness_ms=Lateness(1, 1, latest_ms)), ENGLISH)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "ended as planned"),
        (-59.9, "ended as planned"),
        (60, "1 min later than planned"),
        (89, "1 min later than planned"),
        (-91, "2 min earlier than planned"),
        (119 * 60, "119 min later than planned"),
        (-(5 * 60 + 17) * 60, "5 h 17 min earlier than planned"),
    ],
)
def test_how_far_from_the_plan(seconds: float, words: str) -> None:
    assert behind(seconds, ENGLISH) == words
