# SPDX-License-Identifier: AGPL-3.0-or-later
"""The dry run of a whole block: what runs, and from its journal what was seen of each talk."""

from __future__ import annotations

import bisect
import enum
from collections.abc import Iterator, Mapping

import msgspec

from pechakucha.show import cues
from pechakucha.show.deaths import precautions
from pechakucha.show.deck import CARD
from pechakucha.show.journal import Journal, Shown, last_sign_ns
from pechakucha.show.problem import Finding
from pechakucha.show.run import Attempt, Outcome, Run, Turn, apply, due_ns, open_run, settle
from pechakucha.show.snapshot import NS, Snapshot, SnapshotSlide

SPEED = 10.0
"""How many times faster than real a dry run goes."""

LATE_MS = 250
"""Real milliseconds after its due time from which on an audience notices that a slide is late."""

_NS_PER_MS = 1_000_000


class Verdict(enum.StrEnum):
    """What a dry run says of a talk."""

    READY = "ready"
    LOOK = "look"
    """It was on stage, but something was seen that has to be looked at."""
    NOT_READY = "not-ready"
    """It can't start."""
    NOT_RUN = "not-run"
    """Not enough is known of it: the dry run was over before, or a hand left it out."""


class Sight(enum.StrEnum):
    """What may be seen of a talk."""

    UNDRAWN = "undrawn"
    """A slide that has no picture."""
    KILLER = "killer"
    """A picture at which stages died, so that it was left out."""
    UNSEEN = "unseen"
    """A slide that nobody saw, for whatever other reason."""
    STAGE_GONE = "stage-gone"
    """A slide that nobody saw because no stage was there."""
    COVERED = "covered"
    """A slide that a hand had covered."""
    LATE = "late"
    CARDS = "cards"
    """The city's card in place of slides, which was wanted."""
    STAGE_DIED = "stage-died"
    SLEPT = "slept"
    CUT = "cut"
    NOT_RUN = "not-run"
    LEFT_OUT_BY_HAND = "left-out-by-hand"


class Remark(msgspec.Struct, frozen=True, kw_only=True):
    """Something that was seen.

    Attributes:
        code: what.
        slides: the slides' numbers in their file.
        count: how often, or how many milliseconds.
    """

    code: Sight
    slides: tuple[int, ...] = ()
    count: int = 0


class TalkSeen(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen of a talk; ``blocker`` is why it can't start."""

    id: str
    city: str
    verdict: Verdict
    remarks: tuple[Remark, ...] = ()
    blocker: Finding | None = None


def as_dry_run(snapshot: Snapshot) -> Snapshot:
    """The same block as a dry run: every talk starts by itself, at ``SPEED``."""
    return msgspec.structs.replace(snapshot, speed=SPEED, auto=True, planned_start_ns=None)


def still_planned(run: Run) -> Snapshot:
    """What is left of a run that has begun, as a block of its own."""
    talks = tuple(turn.talk for turn in run.turns if turn.outcome is Outcome.PLANNED)
    return msgspec.structs.replace(run.snapshot, talks=talks)


def can_be_tried(run: Run) -> bool:
    """Whether a dry run disturbs nobody: no talk has begun, and one will, but none by itself meanwhile."""
    begun = run.last is not None or any(turn.attempt is not None for turn in run.turns)
    return run.upcoming is not None and not begun and not run.snapshot.auto


def expected_seconds(snapshot: Snapshot) -> float:
    """How long a dry run of this block takes, real seconds."""
    talks = len(snapshot.talks) * snapshot.format.talk_seconds
    return (talks + sum(talk.changeover + talk.pause for talk in snapshot.talks)) / SPEED


def seen_in(journal: Journal) -> tuple[TalkSeen, ...]:
    """What was seen of each talk, in running order."""
    watched = _Watched(journal)
    return tuple(_talk_seen(watched, turn) for turn in watched.run.turns)


class _Watched:
    """A journal followed to its end."""

    def __init__(self, journal: Journal) -> None:
        self.journal = journal
        run = open_run(journal.snapshot)
        self._times: list[int] = []
        self._covered = [False]
        for cue in journal.cues:
            run = apply(run, cue)
            self._times.append(cue.at_ns)
            self._covered.append(_is_covered(run))
        self.last_ns = last_sign_ns(journal)
        self.run = settle(run, self.last_ns)
        self.left_out = precautions(journal.begun).left_out
        self._painted: dict[tuple[str, int, int], Shown] = {}
        for shown in journal.shown:
            self._painted.setdefault((shown.talk, shown.index, shown.due_ns), shown)

    def was_covered(self, at_ns: int) -> bool:
        """Whether a hand had covered the stage then, or time stood still."""
        return self._covered[bisect.bisect_right(self._times, at_ns)]

    def began_again(self, from_ns: int, until_ns: int) -> int:
        """How many stages took over from a dead one in this span."""
        return sum(from_ns <= begun.at_ns < until_ns for begun in self.journal.begun[1:])

    def painted(self, talk: str, index: int, slide_due_ns: int) -> Shown | None:
        """The first paint of a slide, None where nobody saw it."""
        return self._painted.get((talk, index, slide_due_ns))


def _is_covered(run: Run) -> bool:
    attempt = run.on_stage.attempt if run.on_stage else None
    held = attempt is not None and attempt.held_ns is not None
    return run.black or run.message is not None or held


def _talk_seen(watched: _Watched, turn: Turn) -> TalkSeen:
    talk, attempt = turn.talk, turn.attempt
    if attempt is None:
        if talk.blocker is not None:
            return TalkSeen(id=talk.id, city=talk.city, verdict=Verdict.NOT_READY, blocker=talk.blocker)
        code = Sight.LEFT_OUT_BY_HAND if turn.outcome is Outcome.NO_SHOW else Sight.NOT_RUN
        return TalkSeen(id=talk.id, city=talk.city, verdict=Verdict.NOT_RUN, remarks=(Remark(code=code),))
    until_ns = attempt.ended_ns or attempt.held_ns or watched.last_ns
    remarks = (*_of_slides(watched, turn, attempt, until_ns), *_of_talk(watched, turn, attempt, until_ns))
    codes = {remark.code for remark in remarks} - {Sight.CARDS}  # which were wanted
    verdict = Verdict.READY if not codes else Verdict.NOT_RUN if codes == {Sight.CUT} else Verdict.LOOK
    return TalkSeen(id=talk.id, city=talk.city, verdict=verdict, remarks=remarks)


def _of_slides(watched: _Watched, turn: Turn, attempt: Attempt, until_ns: int) -> Iterator[Remark]:
    """Slides that nobody saw, by the reason; then those that came late, and cards in place of slides."""
    unseen: dict[Sight, list[int]] = {}
    late: dict[int, int] = {}
    cards = 0
    for index, slide in enumerate(turn.talk.slides):
        slide_due_ns = due_ns(watched.run.snapshot, attempt, index)
        if slide_due_ns >= until_ns:
            break
        cards += slide.number == CARD.number
        over_ns = slide_due_ns + watched.run.snapshot.due_ns(1)
        shown = watched.painted(turn.talk.id, index, slide_due_ns)
        if shown is None:
            unseen.setdefault(_why_unseen(watched, slide, slide_due_ns, over_ns), []).append(slide.number)
        elif not watched.was_covered(slide_due_ns) and not watched.began_again(slide_due_ns, over_ns):
            late_ms = (shown.painted_ns - slide_due_ns) // _NS_PER_MS
            if late_ms > LATE_MS and slide.number != CARD.number:
                late[slide.number] = max(late_ms, late.get(slide.number, 0))
    for code in _UNSEEN:
        if code in unseen:
            yield Remark(code=code, slides=_numbers(unseen[code]))
    if late:
        yield Remark(code=Sight.LATE, slides=_numbers(late), count=max(late.values()))
    if cards:
        yield Remark(code=Sight.CARDS, count=cards)


_UNSEEN = (Sight.UNDRAWN, Sight.KILLER, Sight.UNSEEN, Sight.STAGE_GONE, Sight.COVERED)
"""Why nobody saw a slide, the worst first."""


def _why_unseen(watched: _Watched, slide: SnapshotSlide, due_at_ns: int, over_ns: int) -> Sight:
    if slide.picture is None and slide.number != CARD.number:
        return Sight.UNDRAWN
    if slide.picture in watched.left_out:
        return Sight.KILLER
    if watched.was_covered(due_at_ns):
        return Sight.COVERED
    return Sight.STAGE_GONE if watched.began_again(due_at_ns, over_ns + NS) else Sight.UNSEEN


def _of_talk(watched: _Watched, turn: Turn, attempt: Attempt, until_ns: int) -> Iterator[Remark]:
    began_again = watched.began_again(attempt.start_ns, until_ns)
    if began_again:
        yield Remark(code=Sight.STAGE_DIED, count=began_again)
    if any(
        isinstance(cue.action, cues.Hold) and cue.action.reason == "gap"
        for cue in watched.journal.cues
        if attempt.start_ns <= cue.at_ns < until_ns
    ):
        yield Remark(code=Sight.SLEPT)
    if turn.outcome is not Outcome.DONE:
        yield Remark(code=Sight.CUT)


def _numbers(slides: Mapping[int, int] | list[int]) -> tuple[int, ...]:
    """Each once, rising; a card has no number."""
    return tuple(sorted({number for number in slides if number != CARD.number}))
