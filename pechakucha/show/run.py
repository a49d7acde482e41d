# SPDX-License-Identifier: AGPL-3.0-or-later
"""A run as the fold of its cues: snapshot and cues so far in, what has become of each talk out.

Nothing counts ticks. ``apply`` takes one cue after the other; ``settle`` lets a talk end when its
time is over. What is on stage at a time is in ``scene``.
"""

from __future__ import annotations

import bisect
import enum
import itertools
from collections.abc import Iterable

import msgspec

from pechakucha.show import cues
from pechakucha.show.cues import Cue, GoOn
from pechakucha.show.snapshot import Snapshot, SnapshotTalk

COUNTDOWN_SECONDS = 3
"""3-2-1 on stage before the first slide, in the run's own time."""


class Outcome(enum.StrEnum):
    """What has become of a talk."""

    PLANNED = "planned"
    ON_STAGE = "on-stage"
    DONE = "done"
    CUT = "cut"
    NO_SHOW = "no-show"


class Origin(msgspec.Struct, frozen=True):
    """From slide ``index`` on, slides are due as if the talk had started at ``t0_ns``."""

    index: int
    t0_ns: int


class Attempt(msgspec.Struct, frozen=True):
    """A talk on stage, from its start on.

    ``origins`` has one entry, and one more for each hold that was made up for afterwards.
    ``held_ns`` is when the hold that lasts began, None while time runs.
    """

    start_ns: int
    origins: tuple[Origin, ...]
    held_ns: int | None = None
    ended_ns: int | None = None
    again: bool = False
    """Whether this talk had been on stage before and was begun again."""

    @property
    def t0_ns(self) -> int:
        """The start that counts now."""
        return self.origins[-1].t0_ns


class Turn(msgspec.Struct, frozen=True):
    """A talk's turn in a run, with its last attempt.

    ``kept`` is whether the slot of this no-show is still to pass before the next talk.
    """

    talk: SnapshotTalk
    outcome: Outcome = Outcome.PLANNED
    attempt: Attempt | None = None
    kept: bool = False


class Run(msgspec.Struct, frozen=True, kw_only=True):
    """What the cues so far have made of the snapshot.

    Attributes:
        turns: in running order.
        changeover_since_ns: when the changeover (with its pause) to the talk that stands by began.
        opening: whether no talk has ended yet, and no slot that was kept.
        last: id of the talk that ended last, ``last_ended_ns`` when that became known.
        last_cue_ns: when the latest cue was decided; time does not run backwards.
        boot, offset_ns: see ``cues.Reboot``.
    """

    snapshot: Snapshot
    turns: tuple[Turn, ...]
    changeover_since_ns: int
    opening: bool = True
    last: str | None = None
    last_ended_ns: int | None = None
    last_cue_ns: int
    black: bool = False
    message: str | None = None
    ended_ns: int | None = None
    boot: str = ""
    offset_ns: int = 0

    @property
    def on_stage(self) -> Turn | None:
        """The turn on stage, countdown included."""
        return next((turn for turn in self.turns if turn.outcome is Outcome.ON_STAGE), None)

    @property
    def standing_by(self) -> Turn | None:
        """The turn that would start next, None while one is on stage or when none is left."""
        if self.on_stage or self.ended_ns is not None:
            return None
        return self.upcoming

    @property
    def upcoming(self) -> Turn | None:
        """The first turn still planned, whatever is on stage; none once the run has ended."""
        if self.ended_ns is not None:
            return None
        return next((turn for turn in self.turns if turn.outcome is Outcome.PLANNED), None)

    @property
    def slots(self) -> tuple[Turn, ...]:
        """The no-shows before the upcoming talk, or before the end, whose slots are still to pass."""
        upcoming = self.upcoming
        before = itertools.takewhile(lambda turn: turn is not upcoming, self.turns)
        return tuple(turn for turn in before if turn.kept)

    @property
    def lacks_a_talk(self) -> bool:
        """Whether a talk has not taken place because its deck was not ready."""
        return any(turn.talk.blocker and turn.outcome is not Outcome.DONE for turn in self.turns)

    def turn(self, talk: str) -> Turn | None:
        """The turn of the talk with this id, or None."""
        return next((turn for turn in self.turns if turn.talk.id == talk), None)


def open_run(snapshot: Snapshot) -> Run:
    """The run before its first cue."""
    return Run(
        snapshot=snapshot,
        turns=tuple(Turn(talk) for talk in snapshot.talks),
        changeover_since_ns=snapshot.opened_ns,
        last_cue_ns=snapshot.opened_ns,
        boot=snapshot.boot,
    )


def fold(snapshot: Snapshot, so_far: Iterable[Cue]) -> Run:
    """The run after these cues.

    Raises:
        LookupError: a cue names a talk that is not in the rundown.
    """
    run = open_run(snapshot)
    for cue in so_far:
        run = apply(run, cue)
    return run


def end_of_talk_ns(run: Run) -> int | None:
    """When the talk on stage will be over, None where none is or time stands still."""
    turn = run.on_stage
    if turn is None or turn.attempt is None or turn.attempt.held_ns is not None:
        return None
    return turn.attempt.t0_ns + run.snapshot.talk_ns


def settle(run: Run, now_ns: int) -> Run:
    """Let the talk on stage end if its time is over at ``now_ns``, and slots that were kept."""
    turn, end_ns = run.on_stage, end_of_talk_ns(run)
    if turn is not None and end_ns is not None and now_ns >= end_ns:
        run = _off_stage(run, turn, Outcome.DONE, end_ns)
    while (slot_ns := slot_until_ns(run)) is not None and slot_ns <= now_ns:
        passed = msgspec.structs.replace(run.slots[0], kept=False)
        run = msgspec.structs.replace(_with_turn(run, passed), changeover_since_ns=slot_ns, opening=False)
    return run


def slot_until_ns(run: Run) -> int | None:
    """Until when the slot lasts that is kept now, None where none is or a talk is on stage."""
    if run.on_stage is not None or run.ended_ns is not None or not run.slots:
        return None
    return begins_ns(run, run.slots[0].talk) + run.snapshot.talk_ns


def begins_ns(run: Run, talk: SnapshotTalk) -> int:
    """When this talk should begin if its changeover, with its pause, is the one that lasts now."""
    start_ns = run.changeover_since_ns + run.snapshot.span_ns(talk.pause + talk.changeover)
    planned_ns = run.snapshot.begins_ns
    if run.opening and planned_ns is not None:
        return max(start_ns, planned_ns)
    return start_ns


def apply(run: Run, cue: Cue) -> Run:
    """The run after one more cue. Whether a cue may happen is decided in ``rules``.

    Raises:
        LookupError: the cue names a talk that is not in the rundown, or none is on stage.
    """
    at_ns = cue.at_ns
    run = msgspec.structs.replace(settle(run, at_ns), last_cue_ns=at_ns)
    match cue.action:
        case cues.Start(talk) | cues.Restart(talk):
            # A talk must not begin behind a curtain that somebody forgot.
            uncovered = msgspec.structs.replace(run, black=False, message=None)
            again = isinstance(cue.action, cues.Restart)
            return _begin(uncovered, _turn(run, talk), at_ns, again=again)
        case cues.TakeBack(talk):
            turn = _turn(run, talk)
            # The changeover begins anew, but not the pause before it.
            since_ns = at_ns - run.snapshot.span_ns(turn.talk.pause)
            return _begin_changeover(_with_turn(run, Turn(turn.talk)), since_ns)
        case cues.Hold():
            turn = _staged(run)
            return _with_attempt(run, turn, msgspec.structs.replace(_attempt(turn), held_ns=at_ns))
        case cues.Resume(mode):
            return _go_on(run, _staged(run), mode, at_ns)
        case cues.Cut(talk):
            if _attempt(_turn(run, talk)).held_ns is not None:
                # Time stood still: no slide fell due during the hold.
                run = _go_on(run, _turn(run, talk), GoOn.REST, at_ns)
            return _off_stage(run, _turn(run, talk), Outcome.CUT, at_ns)
        case cues.Black(on):
            return msgspec.structs.replace(run, black=on)
        case cues.Message(text):
            return msgspec.structs.replace(run, message=text)
        case cues.End():
            return msgspec.structs.replace(run, ended_ns=at_ns, black=False, message=None)
        case cues.Reboot(boot, offset_ns):
            return msgspec.structs.replace(run, boot=boot, offset_ns=offset_ns)
    return _change_rundown(run, cue)


def _change_rundown(run: Run, cue: Cue) -> Run:
    at_ns = cue.at_ns
    match cue.action:
        case cues.NoShow(talk, keep):
            changed = _with_turn(run, Turn(_turn(run, talk).talk, Outcome.NO_SHOW, kept=keep))
        case cues.PutBack(talk):
            turn = _turn(run, talk)
            changed = _with_turn(run, msgspec.structs.replace(turn, outcome=Outcome.PLANNED, kept=False))
        case cues.Move(talk, before):
            changed = _insert(_without(run, talk), _turn(run, talk), before)
        case cues.Replace(new):
            changed = _replace(run, new, at_ns)
        case cues.Add(new, before):
            changed = _insert(run, Turn(new), before)
        case cues.Withdraw(talk):
            _turn(run, talk)
            changed = _without(run, talk)
        case _:
            raise AssertionError(cue)
    awaited = _awaited(changed)
    same = awaited is not None and awaited == _awaited(run) and not _comes_late(changed, cue)
    # Before the first talk the planned start counts, unless talks start by themselves.
    waits_for_plan = changed.opening and not changed.snapshot.auto
    if same or changed.on_stage or waits_for_plan:
        return changed
    return _begin_changeover(changed, at_ns)  # another city stands by now, or none is left


def _comes_late(run: Run, cue: Cue) -> bool:
    """Whether the next talk was put back after it should have begun: its slot was kept."""
    next_on = run.upcoming
    if next_on is None or cue.action != cues.PutBack(next_on.talk.id):
        return False
    return begins_ns(run, next_on.talk) < cue.at_ns


def _awaited(run: Run) -> str | None:
    """The talk for which everybody waits now, also where only its slot is kept."""
    first = run.slots[0] if run.slots else run.upcoming
    return first.talk.id if first else None


def _replace(run: Run, new: SnapshotTalk, at_ns: int) -> Run:
    """Other slides or words; a pause that is made shorter than it was already gives way to the changeover."""
    turn = _turn(run, new.id)
    changed = _with_turn(run, msgspec.structs.replace(turn, talk=new))
    since_ns = run.changeover_since_ns
    in_pause = at_ns < since_ns + run.snapshot.span_ns(turn.talk.pause)
    latest_ns = at_ns - run.snapshot.span_ns(new.pause)
    if run.on_stage or run.opening or _awaited(run) != new.id or not in_pause or latest_ns <= since_ns:
        return changed
    return _begin_changeover(changed, latest_ns)


def _begin_changeover(run: Run, at_ns: int) -> Run:
    return msgspec.structs.replace(run, changeover_since_ns=at_ns)


def _begin(run: Run, turn: Turn, at_ns: int, *, again: bool = False) -> Run:
    for slot in run.slots:  # nobody waits any longer
        run = _with_turn(run, msgspec.structs.replace(slot, kept=False))
    t0_ns = at_ns + run.snapshot.span_ns(COUNTDOWN_SECONDS)
    attempt = Attempt(start_ns=at_ns, origins=(Origin(0, t0_ns),), again=again)
    return _with_turn(run, Turn(turn.talk, Outcome.ON_STAGE, attempt))


def _go_on(run: Run, turn: Turn, mode: GoOn, at_ns: int) -> Run:
    attempt = _attempt(turn)
    held_ns = at_ns if attempt.held_ns is None else attempt.held_ns
    attempt = msgspec.structs.replace(attempt, held_ns=None)
    if mode is GoOn.REST:
        # The slide on stage keeps its due time; the ones after it are late by the hold.
        following = slide_index(run.snapshot, attempt, held_ns) + 1
        origin = Origin(following, attempt.t0_ns + at_ns - held_ns)
        kept = tuple(each for each in attempt.origins if each.index < following)
        attempt = msgspec.structs.replace(attempt, origins=(*kept, origin))
    run = _with_attempt(run, turn, attempt)
    end_ns = end_of_talk_ns(run)
    if end_ns is not None and end_ns <= at_ns:
        # The schedule is past the talk's end; nobody knew before now.
        return _off_stage(run, _staged(run), Outcome.DONE, end_ns, known_ns=at_ns)
    return run


def due_ns(snapshot: Snapshot, attempt: Attempt, index: int) -> int:
    """When slide ``index`` (0-based) of this attempt is due, nanoseconds of the run's clock."""
    origin = next(each for each in reversed(attempt.origins) if each.index <= index)
    return origin.t0_ns + snapshot.due_ns(index)


def slide_index(snapshot: Snapshot, attempt: Attempt, now_ns: int) -> int:
    """The 0-based index of the slide due at ``now_ns``; -1 in the countdown, at most the last."""
    if attempt.held_ns is not None:
        now_ns = min(now_ns, attempt.held_ns)
    elapsed_ns = now_ns - attempt.t0_ns
    return bisect.bisect_right(range(snapshot.format.slides), elapsed_ns, key=snapshot.due_ns) - 1


def _off_stage(run: Run, turn: Turn, outcome: Outcome, at_ns: int, *, known_ns: int | None = None) -> Run:
    """The talk is over at ``at_ns``; the changeover begins when that is known."""
    known_ns = at_ns if known_ns is None else known_ns
    attempt = msgspec.structs.replace(_attempt(turn), ended_ns=at_ns, held_ns=None)
    return msgspec.structs.replace(
        _with_turn(run, Turn(turn.talk, outcome, attempt)),
        changeover_since_ns=known_ns,
        opening=False,
        last=turn.talk.id,
        last_ended_ns=known_ns,
    )


def _turn(run: Run, talk: str) -> Turn:
    turn = run.turn(talk)
    if turn is None:
        raise LookupError(talk)
    return turn


def _staged(run: Run) -> Turn:
    if run.on_stage is None:
        raise LookupError("no talk is on stage")
    return run.on_stage


def _attempt(turn: Turn) -> Attempt:
    if turn.attempt is None:
        raise LookupError(turn.talk.id)
    return turn.attempt


def _with_attempt(run: Run, turn: Turn, attempt: Attempt) -> Run:
    return _with_turn(run, msgspec.structs.replace(turn, attempt=attempt))


def _with_turn(run: Run, new: Turn) -> Run:
    turns = tuple(new if turn.talk.id == new.talk.id else turn for turn in run.turns)
    return msgspec.structs.replace(run, turns=turns)


def _without(run: Run, talk: str) -> Run:
    return msgspec.structs.replace(run, turns=tuple(t for t in run.turns if t.talk.id != talk))


def _insert(run: Run, turn: Turn, before: str | None) -> Run:
    turns = list(run.turns)
    ids = [each.talk.id for each in turns]
    turns.insert(ids.index(before) if before in ids else len(turns), turn)
    return msgspec.structs.replace(run, turns=tuple(turns))
