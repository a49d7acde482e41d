# SPDX-License-Identifier: AGPL-3.0-or-later
"""A new run made from a show and its imported decks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

from pechakucha.files.dry_runs import make_dry_run
from pechakucha.files.run_folder import make_run
from pechakucha.show.deck import Deck
from pechakucha.show.opening import run_picture, snapshot_of
from pechakucha.show.plan import Show
from pechakucha.show.snapshot import NS, Snapshot

_OVER, _AHEAD = dt.timedelta(hours=12), dt.timedelta(hours=20)


def new_run(
    path: Path,
    show: Show,
    decks: Mapping[str, tuple[Deck, Path]],
    *,
    language: str,
    speed: float,
    auto: bool,
    now: dt.datetime,
) -> Path:
    """Make the folder of a new run; returns it.

    Args:
        path: the show file.
        show: what it says.
        decks: the imported deck of each talk with the folder of its pictures, by talk id.
        language: of the cards where the show names none.
        speed, auto: how to run.
        now: local time with its zone.

    Raises:
        Problem: ``run-not-writable``.
    """
    snapshot = snapshot_of(
        show,
        {talk: deck for talk, (deck, _) in decks.items()},
        language=show.language or language,
        speed=speed,
        auto=auto,
        planned_start_ns=planned_start_ns(show, now),
    )
    return make_run(path, snapshot, _pictures(snapshot, decks), now)


def new_dry_run(
    path: Path,
    show: Show,
    decks: Mapping[str, tuple[Deck, Path]],
    *,
    language: str,
    now: dt.datetime,
    is_alive: Callable[[Path], bool],
) -> Path:
    """Make the folder of a dry run, apart from the show's runs; returns it.

    Args:
        path, show, decks, language, now: as for ``new_run``.
        is_alive: see ``make_dry_run``.

    Raises:
        Problem: ``run-not-writable``.
    """
    snapshot = snapshot_of(
        show, {talk: deck for talk, (deck, _) in decks.items()}, language=show.language or language
    )
    return make_dry_run(path, snapshot, _pictures(snapshot, decks), now, is_alive)


def _pictures(snapshot: Snapshot, decks: Mapping[str, tuple[Deck, Path]]) -> dict[str, Path]:
    """Where each picture of a snapshot is now."""
    pictures: dict[str, Path] = {}
    for talk in snapshot.talks:
        deck, folder = decks[talk.id]
        for number in {slide.number for slide in talk.slides}:
            slide = deck.slide(number)
            name = run_picture(deck, slide) if slide else None
            if name is not None and slide is not None and slide.picture is not None:
                pictures[name] = folder / slide.picture
    return pictures


def planned_start_ns(show: Show, now: dt.datetime) -> int | None:
    """The planned start in local time as nanoseconds since the Unix epoch, None where none is planned.

    Without a date it is today's; where that is long over tomorrow's, for a block that begins at midnight,
    and where it is nearly a day ahead yesterday's, for one that is late.
    """
    if show.start is None:
        return None
    planned = dt.datetime.combine(show.date or now.date(), show.start).astimezone()
    if show.date is None and now - planned > _OVER:
        planned = dt.datetime.combine(now.date() + dt.timedelta(days=1), show.start).astimezone()
    elif show.date is None and planned - now > _AHEAD:
        planned = dt.datetime.combine(now.date() - dt.timedelta(days=1), show.start).astimezone()
    return round(planned.timestamp()) * NS
