# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same talks in several runs."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from pechakucha.show.comparison import compared_talks
from pechakucha.show.figures import Report, report
from pechakucha.show.journal import Journal

from .builders import a_snapshot


def with_talks(*names: str) -> Report:
    """A run that had these talks at its end."""
    return report(Journal(a_snapshot(*names)), dt.UTC)


def table(*reports: Report) -> list[tuple[str, list[bool]]]:
    """Each talk, and in which of the runs it is."""
    return [(each.id, [talk is not None for talk in each.in_runs]) for each in compared_talks(reports)]


def test_a_talk_is_one_row_wherever_it_stands() -> None:
    assert table(with_talks("ulm", "bern"), with_talks("bern", "ulm")) == [
        ("ulm", [True, True]),
        ("bern", [True, True]),
    ]


def test_a_talk_of_one_run_stands_after_the_one_before_it_there() -> None:
    assert table(with_talks("ulm", "bern"), with_talks("graz", "ulm", "linz", "bern", "kiel")) == [
        ("graz", [False, True]),
        ("ulm", [True, True]),
        ("linz", [False, True]),
        ("bern", [True, True]),
        ("kiel", [False, True]),
    ]


def test_of_nothing_there_is_nothing() -> None:
    assert compared_talks([]) == ()


_cities = st.lists(st.sampled_from(["ulm", "bern", "graz", "linz", "kiel"]), unique=True, min_size=1)


@given(st.lists(_cities, min_size=1, max_size=4))
def test_every_talk_of_every_run_is_there_once(runs: list[list[str]]) -> None:
    compared = compared_talks([with_talks(*names) for names in runs])
    ids = [each.id for each in compared]
    assert sorted(ids) == sorted({name for names in runs for name in names})
    assert [name for name in ids if name in runs[0]] == runs[0]
    for place, names in enumerate(runs):
        assert {each.id for each in compared if each.in_runs[place] is not None} == set(names)
