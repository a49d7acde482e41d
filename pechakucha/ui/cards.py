# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the cards say: from the run's state to words. ``card_painting`` draws them."""

from __future__ import annotations

import datetime as dt
import math

import msgspec

from pechakucha.show.run import Run
from pechakucha.show.scene import (
    Closing,
    Countdown,
    EndCard,
    OnSlide,
    Pause,
    Slot,
    StandingBy,
    State,
    Welcome,
)
from pechakucha.show.schedule import expected_start_ns
from pechakucha.show.snapshot import NS
from pechakucha.texts import Texts
from pechakucha.ui.theme import city_hue


class Card(msgspec.Struct, frozen=True, kw_only=True):
    """Words of a card.

    Attributes:
        figure: the countdown's 3, 2 or 1.
        hue: degrees.
        footer: the line of words at the bottom; while ``counts`` it ends with the time left.
        afterwards: what the footer says when no time is left.
        since_ns, until_ns: over which span the line at the bottom runs, nanoseconds of the run's
            clock; None where there is no line.
        speed: of the run, so that the time left is in the run's own seconds.
    """

    heading: str
    title: str = ""
    subtitle: str = ""
    left: str = ""
    right: str = ""
    figure: str = ""
    hue: float = 0.0
    footer: str = ""
    counts: bool = False
    afterwards: str = ""
    since_ns: int | None = None
    until_ns: int | None = None
    speed: float = 1.0

    def progress(self, now_ns: int) -> float | None:
        """How much of the line has run, from 0 to 1."""
        if self.since_ns is None or self.until_ns is None:
            return None
        return min(1.0, max(0.0, (now_ns - self.since_ns) / max(1, self.until_ns - self.since_ns)))

    def footer_at(self, now_ns: int) -> str:
        """The footer as it reads at a time of the run's clock."""
        if not self.counts or self.until_ns is None:
            return self.footer
        left_s = (self.until_ns - now_ns) * self.speed / NS
        return f"{self.footer} {minutes(left_s)}" if left_s > 0 else self.afterwards


def minutes(seconds: float) -> str:
    """A length of time as minutes and seconds, rounded up: 4:12."""
    whole = max(0, math.ceil(seconds - 1e-6))
    return f"{whole // 60}:{whole % 60:02}"


def position_of(run: Run, talk: str) -> int:
    """The place of a talk among the snapshot's (added ones come after), from which its hue follows."""
    ids = dict.fromkeys(each.id for each in run.snapshot.talks)
    ids |= dict.fromkeys(turn.talk.id for turn in run.turns)
    return list(ids).index(talk) if talk in ids else 0


def order_number(run: Run, talk: str) -> tuple[int, int]:
    """A talk's place in the rundown, counted from 1, and how many there are."""
    ids = [turn.talk.id for turn in run.turns]
    return (ids.index(talk) + 1 if talk in ids else 0), len(ids)


def card(run: Run, state: State, texts: Texts) -> Card:
    """The card for this state; for a slide, the city's card that takes its place."""
    if state.message is not None:
        words = state.message or texts("card.one-moment")
        return Card(heading=words, left=run.snapshot.title, hue=city_hue(0))
    match state.scene:
        case Welcome() as scene:
            return _welcome(run, scene, texts)
        case Pause() as scene:
            return _pause(run, scene, texts)
        case Slot() as scene:
            return _slot(run, scene, texts)
        case Closing():
            return Card(heading=texts("card.closing"), title=run.snapshot.title, hue=city_hue(0))
        case Countdown(talk, left):
            return msgspec.structs.replace(_city(run, talk, texts), figure=str(left))
        case EndCard(talk):
            city = _city(run, talk, texts)
            return Card(
                heading=texts("card.thanks"),
                title=city.heading,
                left=city.left,
                right=city.right,
                hue=city.hue,
            )
        case StandingBy(talk) if _is_blocked(run, talk):
            return _city(run, talk, texts)
        case StandingBy(talk, since_ns, start_ns):
            return msgspec.structs.replace(
                _city(run, talk, texts), footer=texts("card.soon"), since_ns=since_ns, until_ns=start_ns
            )
        case OnSlide(talk):
            return _city(run, talk, texts)


def _is_blocked(run: Run, talk: str) -> bool:
    turn = run.turn(talk)
    return turn is not None and turn.talk.blocker is not None


def _city(run: Run, talk: str, texts: Texts) -> Card:
    turn = run.turn(talk)
    if turn is None:
        return Card(heading=run.snapshot.title)
    number, count = order_number(run, talk)
    return Card(
        heading=turn.talk.city,
        title=turn.talk.title,
        subtitle=", ".join(turn.talk.presenters),
        left=run.snapshot.title,
        right=texts("card.order", number=number, count=count) if count > 1 else "",
        hue=city_hue(position_of(run, talk)),
    )


def _welcome(run: Run, scene: Welcome, texts: Texts) -> Card:
    snapshot = run.snapshot
    return Card(
        heading=snapshot.title,
        title=date_words(snapshot.date, texts),
        footer=texts("card.starts-in" if scene.start_ns is not None else "card.soon"),
        counts=scene.start_ns is not None,
        afterwards=texts("card.soon"),
        speed=snapshot.speed,
        since_ns=snapshot.opened_ns if scene.start_ns is not None else None,
        until_ns=scene.start_ns,
        hue=city_hue(0),
    )


def _pause(run: Run, scene: Pause, texts: Texts) -> Card:
    turn = run.turn(scene.talk)
    title = turn.talk.pause_title if turn else ""
    clock = dt.datetime.fromtimestamp(run.snapshot.wall_ns(scene.until_ns) / NS)  # noqa: DTZ006  # local
    return Card(
        heading=title or texts("card.pause"),
        title=texts("card.goes-on-at", time=clock.strftime("%H:%M")),
        left=run.snapshot.title,
        footer=texts("card.goes-on-in"),
        counts=True,
        speed=run.snapshot.speed,
        since_ns=scene.since_ns,
        until_ns=scene.until_ns,
        hue=city_hue(0),
    )


def _slot(run: Run, scene: Slot, texts: Texts) -> Card:
    """The city that is not there, and when it goes on with another one; at the end nothing goes on."""
    missing = msgspec.structs.replace(_city(run, scene.talk, texts), subtitle="", right="")
    start_ns, upcoming = expected_start_ns(run), run.upcoming
    if start_ns is None or upcoming is None:
        return msgspec.structs.replace(missing, title=texts("card.not-here"))
    return msgspec.structs.replace(
        missing,
        title=texts("card.not-here"),
        subtitle=texts("card.goes-on-with", city=upcoming.talk.city),
        footer=texts("card.goes-on-in"),
        counts=True,
        speed=run.snapshot.speed,
        since_ns=scene.since_ns,
        until_ns=start_ns,
    )


def date_words(iso: str, texts: Texts) -> str:
    """A date (ISO 8601) as it is read out, "" for none."""
    if not iso:
        return ""
    date = dt.date.fromisoformat(iso)
    return texts("card.date", day=date.day, month=texts(f"month.{date.month}"), year=date.year)
