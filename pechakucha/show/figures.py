# SPDX-License-Identifier: AGPL-3.0-or-later
"""The figures of a run's report: a function of its journal alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from pechakucha.show import cues
from pechakucha.show.changes import kind_of
from pechakucha.show.cues import Cue, name_of
from pechakucha.show.forecast import planned_starts
from pechakucha.show.journal import Journal, Press
from pechakucha.show.lateness import first_paints, late_is_wanted, milliseconds, percentile
from pechakucha.show.run import Outcome, Run, Turn, apply, due_ns, open_run, settle
from pechakucha.show.snapshot import NS, Snapshot, SnapshotTalk


class Lateness(msgspec.Struct, frozen=True):
    """From due time to the end of the paint, real milliseconds; None where nothing was shown."""

    p50: float | None
    p99: float | None
    max: float | None


class SlideFigures(msgspec.Struct, frozen=True):
    """A slide, ``index`` counted from 1. Seconds of the run's own time since the talk's start.

    ``shown_s`` is None for a slide that nobody saw; ``late_ms``, real milliseconds, is so too for one
    that was wanted late: it was due while the stage was covered or time stood still.
    """

    index: int
    number: int
    due_s: float
    shown_s: float | None
    late_ms: float | None


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
            talk went on; of ``move`` and ``add`` the city before which, None for last; of ``no-show``
            ``kept`` where its slot was; of ``replace`` what is another: ``deck``, ``slides``, ``pause``
            or ``changeover``, None for words.
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
    run ended or broke off before the talk did. ``planned_start`` is None for a talk that was added
    during the run, ``missed_numbers`` are the numbers of the slides missed in their deck.
    """

    id: str
    city: str
    title: str
    presenters: tuple[str, ...]
    outcome: str
    planned_start: str | None
    started: str | None
    started_clock_ns: int | None
    ended: str | None
    missed: int
    missed_numbers: tuple[int, ...]
    slides: tuple[SlideFigures, ...]
    cues: tuple[CueFigures, ...]


class WithdrawnFigures(msgspec.Struct, frozen=True, kw_only=True):
    """A talk that left the rundown during the run."""

    id: str
    city: str
    title: str
    presenters: tuple[str, ...]
    planned_start: str | None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A run.

    Attributes:
        planned_start: what the show says, None where it says nothing.
        plan_start, plan_end: the plan that counted, from the first talk's start to the last one's end:
            a dry run, ``--auto`` and a rehearsal on another day begin when the program is ready.
        started: the first talk's start.
        last_ended: the last talk's end.
        ended: the end of the run, None where it broke off.
        behind_s: how much later than planned the last talk ended, seconds of the run's own time,
            negative for earlier; None where a talk was left or none was on stage.
        drift_ms: how far the last slide was from its due time.
    """

    show: str
    speed: float
    format: str
    planned_start: str | None
    plan_start: str | None
    plan_end: str | None
    started: str | None
    last_ended: str | None
    ended: str | None
    behind_s: float | None
    drift_ms: float | None
    lateness_ms: Lateness
    talks: tuple[TalkFigures, ...]
    withdrawn: tuple[WithdrawnFigures, ...]
    cues: tuple[RunCueFigures, ...]
    presses: tuple[PressFigures, ...]
    stage_again: tuple[str, ...] = ()
    """When the stage had died or was closed, and took the run up again (ISO 8601)."""


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
    told = _Told(journal, zone)
    mentions = _mentions(story)
    begun = [turn.attempt.origins[0].t0_ns for turn in run.turns if turn.attempt]
    late = [each.painted_ns - each.due_ns for each in journal.shown if not told.late_is_wanted(each.due_ns)]
    last_ns = _last_ended_ns(run)
    return Report(
        show=snapshot.title,
        speed=snapshot.speed,
        format=str(snapshot.format),
        planned_start=_iso(planned_ns, zone),
        plan_start=told.at(min(told.planned.values(), default=None)),
        plan_end=told.at(told.planned_end_ns) if told.planned else None,
        started=told.at(min(begun, default=None)),
        last_ended=told.at(last_ns),
        ended=told.at(run.ended_ns),
        behind_s=_behind_s(run, last_ns, told.planned_end_ns),
        drift_ms=milliseconds(late[-1]) if late else None,
        lateness_ms=Lateness(*(percentile(late, share) for share in (0.5, 0.99, 1.0))),
        talks=tuple(_talk(told, run, turn, mentions.get(turn.talk.id, ())) for turn in run.turns),
        withdrawn=tuple(_withdrawn(told, talk) for talk in _left(run, story)),
        cues=tuple(_cue(before, cue, zone) for before, cue in story),
        presses=tuple(
            _press(snapshot, press, zone) for press in sorted(journal.presses, key=lambda each: each.at_ns)
        ),
        stage_again=tuple(told.at(begun.at_ns) or "" for begun in journal.begun[1:]),
    )


class _Told:
    """A journal and what is looked up in it for every talk."""

    def __init__(self, journal: Journal, zone: dt.tzinfo | None) -> None:
        self.journal, self._zone = journal, zone
        self.planned, self.planned_end_ns = planned_starts(journal.snapshot)
        self.painted = first_paints(journal)
        self.late_is_wanted: Callable[[int], bool] = late_is_wanted(journal)

    def at(self, clock_ns: int | None) -> str | None:
        """A time of the run's clock as the wall clock had it (ISO 8601)."""
        return None if clock_ns is None else _iso(self.journal.snapshot.wall_ns(clock_ns), self._zone)


def _last_ended_ns(run: Run) -> int | None:
    ends = [turn.attempt.ended_ns for turn in run.turns if turn.attempt and turn.attempt.ended_ns is not None]
    return max(ends, default=None)


def _behind_s(run: Run, last_ns: int | None, planned_end_ns: int) -> float | None:
    if last_ns is None or any(turn.outcome in (Outcome.PLANNED, Outcome.ON_STAGE) for turn in run.turns):
        return None
    return _own_seconds(run.snapshot, last_ns - planned_end_ns)


def _left(run: Run, story: list[tuple[Run, Cue]]) -> list[SnapshotTalk]:
    """The talks that left the rundown and did not come back, in the order in which they left."""
    left: dict[str, SnapshotTalk] = {}
    for before, cue in story:
        match cue.action:
            case cues.Withdraw(name):
                turn = before.turn(name)
                if turn is not None:
                    left.pop(name, None)
                    left[name] = turn.talk
    return [talk for talk in left.values() if run.turn(talk.id) is None]


def _withdrawn(told: _Told, talk: SnapshotTalk) -> WithdrawnFigures:
    return WithdrawnFigures(
        id=talk.id,
        city=talk.city,
        title=talk.title,
        presenters=talk.presenters,
        planned_start=told.at(told.planned.get(talk.id)),
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
        case cues.NoShow(keep=True):
            return "kept"
        case cues.Replace():
            kind = kind_of(before, cue.action)
            return kind if kind != "words" else None
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


def _talk(told: _Told, run: Run, turn: Turn, said: tuple[Cue, ...]) -> TalkFigures:
    talk, attempt = turn.talk, turn.attempt
    began_ns = attempt.origins[0].t0_ns if attempt else None
    slides, missed = _slides(told, run.snapshot, turn)
    return TalkFigures(
        id=talk.id,
        city=talk.city,
        title=talk.title,
        presenters=talk.presenters,
        outcome="completed" if turn.outcome is Outcome.DONE else str(turn.outcome),
        planned_start=told.at(told.planned.get(talk.id)),
        started=told.at(began_ns),
        started_clock_ns=began_ns,
        ended=told.at(attempt.ended_ns) if attempt else None,
        missed=len(missed),
        missed_numbers=missed,
        slides=slides,
        cues=tuple(CueFigures(name_of(cue.action), told.at(cue.at_ns) or "") for cue in said),
    )


def _slides(told: _Told, snapshot: Snapshot, turn: Turn) -> tuple[tuple[SlideFigures, ...], tuple[int, ...]]:
    """The slides of the attempt that counts, and the numbers of those that nobody saw."""
    attempt, alive = turn.attempt, told.journal.alive
    if attempt is None:
        return (), ()
    began_ns = attempt.origins[0].t0_ns
    last_ns = attempt.ended_ns or attempt.held_ns or (alive.at_ns if alive else began_ns)
    slides: list[SlideFigures] = []
    missed: list[int] = []
    for index, slide in enumerate(turn.talk.slides):
        slide_due_ns = due_ns(snapshot, attempt, index)
        shown = told.painted.get((turn.talk.id, index, slide_due_ns))
        due_s, shown_s, late_ms = _own_seconds(snapshot, slide_due_ns - began_ns), None, None
        if shown is not None:
            shown_s = _own_seconds(snapshot, shown.painted_ns - began_ns)
            if not told.late_is_wanted(slide_due_ns):
                late_ms = milliseconds(shown.painted_ns - slide_due_ns)
        elif slide_due_ns < last_ns:
            missed.append(slide.number)
        slides.append(SlideFigures(index + 1, slide.number, due_s, shown_s, late_ms))
    return tuple(slides), tuple(missed)


def _own_seconds(snapshot: Snapshot, real_ns: int) -> float:
    return round(real_ns * snapshot.speed / NS, 6)


def _iso(wall_ns: int | None, zone: dt.tzinfo | None) -> str | None:
    if wall_ns is None:
        return None
    # Not fromtimestamp(…, zone of now): in winter a summer's evening has to stay a summer's.
    return dt.datetime.fromtimestamp(wall_ns / NS, dt.UTC).astimezone(zone).isoformat(timespec="milliseconds")
