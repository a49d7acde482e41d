# SPDX-License-Identifier: AGPL-3.0-or-later
"""A deck, or other slides of it, for a talk of a run that goes on: checked like any other."""

from __future__ import annotations

import msgspec

from pechakucha.show.checks import Checked, Standards, check_show
from pechakucha.show.deck import Deck
from pechakucha.show.opening import snapshot_talk
from pechakucha.show.plan import Show, Talk
from pechakucha.show.problem import Finding, Severity
from pechakucha.show.snapshot import Snapshot, SnapshotTalk


def plan_of(snapshot: Snapshot, talk: SnapshotTalk, deck: str) -> Show:
    """A plan of this talk alone, with a deck.

    Args:
        snapshot: of the run.
        talk: as it is in the rundown, or new.
        deck: path of the file as a show file would name it.
    """
    planned = Talk(
        id=talk.id,
        city=talk.city,
        deck=deck,
        title=talk.title,
        presenters=talk.presenters,
        changeover=talk.changeover,
        pause=talk.pause,
        pause_title=talk.pause_title,
        announcement=talk.announcement,
    )
    return Show(
        title=snapshot.title,
        changeover=talk.changeover,
        language=snapshot.language,
        format=snapshot.format,
        talks=(planned,),
    )


def late_talk(
    plan: Show,
    deck: Deck,
    standards: Standards,
    *,
    slides: tuple[int, ...] | None = None,
    fill: bool = False,
    others: tuple[SnapshotTalk, ...] = (),
) -> tuple[SnapshotTalk, Checked]:
    """The talk as the run would take it, and what is to be said about its deck.

    Args:
        plan: what ``plan_of`` made.
        deck: as imported.
        standards: what the checks hold it against.
        slides: numbers of the slides that go on stage, None for all that are not hidden.
        fill: whether the city's card takes the place of slides that are missing.
        others: the other talks of the run, of which one may have the same file.
    """
    talk = msgspec.structs.replace(plan.talks[0], slides=slides, fill=fill)
    show = msgspec.structs.replace(plan, talks=(talk,))
    checked = check_show(show, {talk.id: deck}, standards)[talk.id]
    twice = ", ".join(other.city for other in others if deck.digest and other.digest == deck.digest)
    if twice:
        same = Finding(code="same-deck-twice", severity=Severity.WARNING, params={"city": twice})
        checked = Checked(checked.slides, (*checked.findings, same))
    return snapshot_talk(show, talk, deck, checked), checked
