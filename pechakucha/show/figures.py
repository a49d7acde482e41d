# SPDX-License-Identifier: AGPL-3.0-or-later
"""The figures of a run's report: a function of its journal alone."""

from __future__ import annotations

import bisect
import datetime as dt
import math
from collections.abc import Mapping

import msgspec

from pechakucha.show import cues
from pechakucha.show.cues import Cue, name_of
from pechakucha.show.journal import Journal, Press, Shown
from pechakucha.show.run import Outcome, Run, Turn, apply, due_ns, open_run, settle
from pechakucha.show.snapshot import NS, Snapshot

_NS_PER_MS = 1_000_000

_Painted = Mapping[tuple[str, int, int], Shown]
"""The first paint of each slide, by talk, index and due time (a restart has other due times)."""


class Lateness(msgspec.Struct, frozen=True):
    """From due time to the end of the paint, real milliseconds; None where nothing was shown."""

    p50: float | None
    p99: float | None
    max: float | None


class SlideFigures(msgspec.Struct, frozen=True):
    """A slide, ``index`` counted from 1. Seconds of the run's own time since the talk's start.

    ``shown_s`` is None for a slide that nobody saw.
    """

    index: int
    number: int
    due_s: float
    shown_s: float | None


class CueFigures(msgspec.Struct, frozen=True):
    """What happened in or to a talk, and when (ISO 8601)."""

    cue: str
    at: str


class RunCueFigures(msgspec.Struct, frozen=True, kw_only=True):
    """What happened in the run, in order, whether it concerned a talk or none.

    Attributes:
        by: ``hand`` or ``auto``.
        talk, city: of the talk that it concerned.
        detail: of ``black`` whether it was ``on`` or ``off``; of ``message`` its words, "" for “one
            moment, please”, None where it was taken away; of ``hold`` its reason; of ``resume`` how the
            talk went on; of ``move`` and ``add`` the city before which, None for last.
    """

    cue: str
    at: str
    by: str
    talk: str | None
    city: str | None
    detail: str | None


class PressFigures(msgspec.Struct, frozen=True, kw_only=True):
    """Presses that became no cue, ``count`` equal ones from ``at`` on.

    ``refused`` is the refusal's code, "" where it was carried out; ``detail`` is the screen on which
    the stage was put.
    """

    press: str
    at: str
    count: int
    refused: str
    detail: str


class TalkFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A talk; ``missed`` counts the slides that were due and that nobody saw.

    ``outcome`` is ``completed``, ``cut`` or ``no-show``; ``planned`` or ``on-stage`` where the
    run ended or broke off before the talk did.
    """

    id: str
    city: str
    outcome: str
    started: str | None
    started_clock_ns: int | None
    ended: str | None
    missed: int
    slides: tuple[SlideFigures, ...]
    cues: tuple[CueFigures, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A run. ``drift_ms`` is how far the last slide was from its due time."""

    show: str
    speed: float
    format: str
    planned_start: str | None
    started: str | None
    ended: str | None
    drift_ms: float | None
    lateness_ms: Lateness
    talks: tuple[TalkFigures, ...]
    cues: tuple[RunCueFigures, ...]
    presses: tuple[PressFigures, ...]


def report(journal: Journal, zone: dt.tzinfo | None = None) -> Report:
    """Everything the report says. Times of day are those of the wall clock as it was set last.

    Args:
        journal: of a finished or a broken run.
        zone: the time zone in which times are written; None is this machine's, summer time where it was.
    """
    planned_ns = journal.snapshot.planned_start_ns
    journal = _as_set_last(journal)
    snapshot = journal.snapshot
    run, story = _follow(journal)
    mentions, painted = _mentions(story), _painted(journal)
    talks = tuple(
        _talk(run, turn, journal, painted, mentions.get(turn.talk.id, ()), zone=zone) for turn in run.turns
    )
    begun = [turn.attempt.origins[0].t0_ns for turn in run.turns if turn.attempt]
    late = _unwanted_lateness(journal)
    return Report(
        show=snapshot.title,
        speed=snapshot.speed,
        format=str(snapshot.format),
        planned_start=_iso(planned_ns, zone),
        started=_iso(snapshot.wall_ns(min(begun)), zone) if begun else None,
        ended=_iso(snapshot.wall_ns(run.ended_ns), zone) if run.ended_ns is not None else None,
        drift_ms=_ms(late[-1]) if late else None,
        lateness_ms=Lateness(*(_percentile(late, share) for share in (0.5, 0.99, 1.0))),
        talks=talks,
        cues=tuple(_cue(before, cue, zone) for before, cue in story),
        presses=tuple(
            _press(snapshot, press, zone) for press in sorted(journal.presses, key=lambda each: each.at_ns)
        ),
    )


def _as_set_last(journal: Journal) -> Journal:
    alive = journal.alive
    if alive is None:
        return journal
    return msgspec.structs.replace(journal, snapshot=journal.snapshot.as_set_by(alive.at_ns, alive.wall_ns))


def _follow(journal: Journal) -> tuple[Run, list[tuple[Run, Cue]]]:
    """The run at the journal's end, and each cue with the run right before it."""
    run = open_run(journal.snapshot)
    story: list[tuple[Run, Cue]] = []
    for cue in journal.cues:
        story.append((settle(run, cue.at_ns), cue))
        run = apply(run, cue)
    times = [shown.painted_ns for shown in journal.shown]
    if journal.alive is not None:
        times.append(journal.alive.at_ns)
    return (settle(run, max(times)) if times else run), story


def _mentions(story: list[tuple[Run, Cue]]) -> dict[str, tuple[Cue, ...]]:
    """Which cues concerned which talk."""
    mentions: dict[str, tuple[Cue, ...]] = {}
    for before, cue in story:
        talk = _concerned(before, cue)
        if talk is not None:
            mentions[talk] = (*mentions.get(talk, ()), cue)
    return mentions


def _concerned(run: Run, cue: Cue) -> str | None:
    match cue.action:
        case cues.Replace(talk) | cues.Add(talk):
            return talk.id
        case (
            cues.Start(talk=name)
            | cues.TakeBack(talk=name)
            | cues.Restart(talk=name)
            | cues.Cut(talk=name)
            | cues.NoShow(talk=name)
            | cues.PutBack(talk=name)
            | cues.Move(talk=name)
            | cues.Withdraw(talk=name)
        ):
            return name
        case cues.End():
            return None
    return run.on_stage.talk.id if run.on_stage else None


def _cue(before: Run, cue: Cue, zone: dt.tzinfo | None) -> RunCueFigures:
    talk = _concerned(before, cue)
    match cue.action:
        case cues.Add(new, _) | cues.Replace(new):
            city: str | None = new.city
        case _:
            city = _city(before, talk)
    return RunCueFigures(
        cue=name_of(cue.action),
        at=_iso(before.snapshot.wall_ns(cue.at_ns), zone) or "",
        by=str(cue.by),
        talk=talk,
        city=city,
        detail=_detail(before, cue),
    )


def _detail(before: Run, cue: Cue) -> str | None:
    match cue.action:
        case cues.Black(on):
            return "on" if on else "off"
        case cues.Message(text):
            return text
        case cues.Hold(reason):
            return reason
        case cues.Resume(mode):
            return str(mode)
        case cues.Move(_, following) | cues.Add(_, following):
            return _city(before, following)
    return None


def _city(run: Run, talk: str | None) -> str | None:
    turn = run.turn(talk) if talk is not None else None
    return turn.talk.city if turn is not None else None


def _press(snapshot: Snapshot, press: Press, zone: dt.tzinfo | None) -> PressFigures:
    return PressFigures(
        press=press.what,
        at=_iso(snapshot.wall_ns(press.at_ns), zone) or "",
        count=press.count,
        refused=press.refused,
        detail=press.detail,
    )


def _talk(
    run: Run,
    turn: Turn,
    journal: Journal,
    painted: _Painted,
    said: tuple[Cue, ...],
    *,
    zone: dt.tzinfo | None,
) -> TalkFigures:
    snapshot, attempt = run.snapshot, turn.attempt
    began_ns = attempt.origins[0].t0_ns if attempt else None
    ended_ns = attempt.ended_ns if attempt else None
    slides, missed = _slides(snapshot, turn, journal, painted)
    outcome = "completed" if turn.outcome is Outcome.DONE else str(turn.outcome)
    return TalkFigures(
        id=turn.talk.id,
        city=turn.talk.city,
        outcome=outcome,
        started=_iso(snapshot.wall_ns(began_ns), zone) if began_ns is not None else None,
        started_clock_ns=began_ns,
        ended=_iso(snapshot.wall_ns(ended_ns), zone) if ended_ns is not None else None,
        missed=missed,
        slides=slides,
        cues=tuple(
            CueFigures(name_of(cue.action), _iso(snapshot.wall_ns(cue.at_ns), zone) or "") for cue in said
        ),
    )


def _slides(
    snapshot: Snapshot, turn: Turn, journal: Journal, painted: _Painted
) -> tuple[tuple[SlideFigures, ...], int]:
    attempt = turn.attempt
    if attempt is None:
        return (), 0
    began_ns = attempt.origins[0].t0_ns
    last_ns = attempt.ended_ns or attempt.held_ns or (journal.alive.at_ns if journal.alive else began_ns)
    slides: list[SlideFigures] = []
    missed = 0
    for index, slide in enumerate(turn.talk.slides):
        slide_due_ns = due_ns(snapshot, attempt, index)
        shown = painted.get((turn.talk.id, index, slide_due_ns))
        missed += shown is None and slide_due_ns < last_ns
        shown_s = None if shown is None else _own_seconds(snapshot, shown.painted_ns - began_ns)
        slides.append(
            SlideFigures(index + 1, slide.number, _own_seconds(snapshot, slide_due_ns - began_ns), shown_s)
        )
    return tuple(slides), missed


def _unwanted_lateness(journal: Journal) -> list[int]:
    """Of each slide shown, nanoseconds; but for those due while the stage was covered or time stood still."""
    run = open_run(journal.snapshot)
    times: list[int] = []
    wanted = [_late_is_wanted(run)]
    for cue in journal.cues:
        run = apply(run, cue)
        times.append(cue.at_ns)
        wanted.append(_late_is_wanted(run))
    return [
        shown.painted_ns - shown.due_ns
        for shown in journal.shown
        if not wanted[bisect.bisect_right(times, shown.due_ns)]
    ]


def _late_is_wanted(run: Run) -> bool:
    """Whether the moderator has covered the stage or the talk is held."""
    attempt = run.on_stage.attempt if run.on_stage else None
    held = attempt is not None and attempt.held_ns is not None
    return run.black or run.message is not None or held


def _painted(journal: Journal) -> _Painted:
    first: dict[tuple[str, int, int], Shown] = {}
    for shown in journal.shown:
        first.setdefault((shown.talk, shown.index, shown.due_ns), shown)
    return first


def _own_seconds(snapshot: Snapshot, real_ns: int) -> float:
    return round(real_ns * snapshot.speed / NS, 6)


def _ms(ns: int) -> float:
    return round(ns / _NS_PER_MS, 3)


def _percentile(values_ns: list[int], share: float) -> float | None:
    """Nearest rank, in milliseconds."""
    if not values_ns:
        return None
    rank = max(1, math.ceil(share * len(values_ns)))
    return _ms(sorted(values_ns)[rank - 1])


def _iso(wall_ns: int | None, zone: dt.tzinfo | None) -> str | None:
    if wall_ns is None:
        return None
    # Not fromtimestamp(…, zone of now): in winter a summer's evening has to stay a summer's.
    return dt.datetime.fromtimestamp(wall_ns / NS, dt.UTC).astimezone(zone).isoformat(timespec="milliseconds")
