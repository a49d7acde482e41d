# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a plan and its imported decks to the snapshot that a run begins with."""

from __future__ import annotations

from collections.abc import Mapping

from pechakucha.show.checks import Checked, check_show
from pechakucha.show.deck import Deck, Slide
from pechakucha.show.plan import Show, Talk
from pechakucha.show.snapshot import Snapshot, SnapshotSlide, SnapshotTalk


def snapshot_of(
    show: Show,
    decks: Mapping[str, Deck],
    *,
    language: str,
    speed: float = 1.0,
    auto: bool = False,
    planned_start_ns: int | None = None,
) -> Snapshot:
    """The snapshot of a show. The stage fills in when and where it was opened.

    Args:
        show: as planned.
        decks: the imported deck of each talk, by the talk's id.
        language: of the cards, ``de`` or ``en``.
        speed: how many times faster than real.
        auto: talks start by themselves.
        planned_start_ns: nanoseconds since the Unix epoch.
    """
    checked = check_show(show, decks)
    return Snapshot(
        title=show.title,
        date=show.date.isoformat() if show.date else "",
        format=show.format,
        talks=tuple(snapshot_talk(show, talk, decks[talk.id], checked[talk.id]) for talk in show.talks),
        language=language,
        speed=speed,
        auto=auto,
        planned_start_ns=planned_start_ns,
        line=show.line,
        number=show.number,
        opened_ns=0,
        opened_wall_ns=0,
        boot="",
        version="",
    )


def snapshot_talk(show: Show, talk: Talk, deck: Deck, checked: Checked) -> SnapshotTalk:
    """A talk as the run takes it."""
    return SnapshotTalk(
        id=talk.id,
        city=talk.city,
        title=talk.title,
        presenters=talk.presenters,
        slides=tuple(
            SnapshotSlide(number=slide.number, picture=run_picture(deck, slide), notes=slide.notes)
            for slide in checked.slides
        ),
        changeover=show.changeover if talk.changeover is None else talk.changeover,
        pause=talk.pause,
        pause_title=talk.pause_title,
        announcement=talk.announcement,
        deck=talk.deck,
        digest=deck.digest,
        renderer=deck.renderer,
        blocker=checked.blocker,
    )


def run_picture(deck: Deck, slide: Slide) -> str | None:
    """Where a slide's picture lies inside the run's folder."""
    if slide.picture is None:
        return None
    return f"slides/{deck.digest[:16]}-{deck.renderer}/{slide.picture}"
