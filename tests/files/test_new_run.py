# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a show and its decks to a run that is ready for the stage."""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from decks.conftest import picture
from show.builders import a_deck

from pechakucha.files.new_run import new_run, planned_start_ns
from pechakucha.files.run_folder import read_snapshot
from pechakucha.show.deck import Deck
from pechakucha.show.format import Format
from pechakucha.show.plan import Show, Talk
from pechakucha.show.snapshot import NS

CET = dt.timezone(dt.timedelta(hours=1), "CET")
CEST = dt.timezone(dt.timedelta(hours=2), "CEST")

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a process has the system's zone there")


@pytest.fixture(autouse=True)
def _in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def a_show(**fields: object) -> Show:
    """A show of Ulm and Bern with four slides each."""
    talks = (
        Talk(id="ulm", city="Ulm", deck="u.pptx", slides=(4, 2, 2, 1)),
        Talk(id="bern", city="Bern", deck="b.pptx"),
    )
    return msgspec.structs.replace(Show(title="Abend", format=Format(4, 20), talks=talks), **fields)


def ns(moment: dt.datetime) -> int:
    """Nanoseconds since the epoch."""
    return round(moment.timestamp()) * NS


@pytest.mark.parametrize(
    ("date", "start", "now", "planned"),
    [
        (None, None, dt.datetime(2026, 5, 4, 18, tzinfo=CEST), None),
        (dt.date(2026, 5, 4), None, dt.datetime(2026, 5, 4, 18, tzinfo=CEST), None),
        (
            dt.date(2026, 5, 9),
            dt.time(19, 30),
            dt.datetime(2026, 5, 4, 18, tzinfo=CEST),
            dt.datetime(2026, 5, 9, 19, 30, tzinfo=CEST),
        ),
        (
            None,
            dt.time(19, 30),
            dt.datetime(2026, 5, 4, 23, 59, tzinfo=CEST),
            dt.datetime(2026, 5, 4, 19, 30, tzinfo=CEST),
        ),
        (  # a block that begins at midnight
            None,
            dt.time(0, 15),
            dt.datetime(2026, 5, 4, 23, 50, tzinfo=CEST),
            dt.datetime(2026, 5, 5, 0, 15, tzinfo=CEST),
        ),
        (  # a block that is late
            None,
            dt.time(23, 45),
            dt.datetime(2026, 5, 5, 0, 5, tzinfo=CEST),
            dt.datetime(2026, 5, 4, 23, 45, tzinfo=CEST),
        ),
        (  # in the morning of the evening
            None,
            dt.time(21, 0),
            dt.datetime(2026, 5, 5, 8, 0, tzinfo=CEST),
            dt.datetime(2026, 5, 5, 21, 0, tzinfo=CEST),
        ),
        (  # on a day that is named nothing is guessed
            dt.date(2026, 5, 4),
            dt.time(0, 15),
            dt.datetime(2026, 5, 4, 23, 50, tzinfo=CEST),
            dt.datetime(2026, 5, 4, 0, 15, tzinfo=CEST),
        ),
        (  # an hour before summer time begins, half an hour after it has begun
            None,
            dt.time(3, 30),
            dt.datetime(2026, 3, 29, 1, 0, tzinfo=CET),
            dt.datetime(2026, 3, 29, 3, 30, tzinfo=CEST),
        ),
        (  # planned in summer, for winter
            dt.date(2026, 12, 1),
            dt.time(8, 45),
            dt.datetime(2026, 5, 4, 18, tzinfo=CEST),
            dt.datetime(2026, 12, 1, 8, 45, tzinfo=CET),
        ),
    ],
)
def test_the_planned_start_is_local_time(
    date: dt.date | None, start: dt.time | None, now: dt.datetime, planned: dt.datetime | None
) -> None:
    given = planned_start_ns(a_show(date=date, start=start), now)
    assert given == (None if planned is None else ns(planned))


def decks_in(folder: Path) -> dict[str, tuple[Deck, Path]]:
    """Two imported decks of four drawn slides, with their pictures."""
    decks: dict[str, tuple[Deck, Path]] = {}
    for talk, colour in (("ulm", "#c02020"), ("bern", "#20a020")):
        (folder / talk).mkdir(parents=True)
        for number in range(1, 5):
            picture(folder / talk / f"{number}.png", colour, width=16 * number, height=9)
        digest = ("a" if talk == "ulm" else "b") * 64
        decks[talk] = (msgspec.structs.replace(a_deck(4), digest=digest), folder / talk)
    return decks


def test_a_new_run_has_the_chosen_pictures_and_no_others(tmp_path: Path) -> None:
    now = dt.datetime(2026, 5, 4, 18, tzinfo=CEST)
    decks = decks_in(tmp_path / "library")
    run = new_run(tmp_path / "show.toml", a_show(), decks, language="de", speed=2.0, auto=True, now=now)
    snapshot = read_snapshot(run)
    ulm, bern = snapshot.talks
    assert [slide.number for slide in ulm.slides] == [4, 2, 2, 1]
    assert [slide.number for slide in bern.slides] == [1, 2, 3, 4]
    for talk in snapshot.talks:
        for slide in talk.slides:
            assert slide.picture is not None
            source = decks[talk.id][1] / f"{slide.number}.png"
            assert (run / slide.picture).read_bytes() == source.read_bytes()
    assert len([path for path in (run / "slides").rglob("*") if path.is_file()]) == 3 + 4
    assert (snapshot.language, snapshot.speed, snapshot.auto) == ("de", 2.0, True)
    assert run.name == "2026-05-04T18-00-00"


@pytest.mark.parametrize(("own", "language"), [(None, "de"), ("en", "en")])
def test_the_shows_own_language_goes_first(tmp_path: Path, own: str | None, language: str) -> None:
    run = new_run(
        tmp_path / "show.toml",
        a_show(language=own),
        decks_in(tmp_path / "library"),
        language="de",
        speed=1.0,
        auto=False,
        now=dt.datetime(2026, 5, 4, 18, tzinfo=CEST),
    )
    assert read_snapshot(run).language == language


def test_a_talk_that_cannot_start_is_in_the_run_with_its_reason(tmp_path: Path) -> None:
    decks = decks_in(tmp_path / "library")
    run = new_run(
        tmp_path / "show.toml",
        a_show(),
        {"ulm": decks["ulm"], "bern": (a_deck(0), tmp_path)},
        language="de",
        speed=1.0,
        auto=False,
        now=dt.datetime(2026, 5, 4, 18, tzinfo=CEST),
    )
    ulm, bern = read_snapshot(run).talks
    assert ulm.blocker is None
    assert bern.blocker is not None
    assert bern.blocker.code == "slide-count"
