# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shows, cues and times for tests, in the words of a moderator.

Times are told in real seconds after the program was ready, so that a test reads like an evening:
``cue(10, Start("ulm"))`` is ten seconds in, ``after(10)`` that moment on the run's clock.
"""

from __future__ import annotations

import math

from pechakucha.show.cues import Action, By, Cue
from pechakucha.show.deck import Deck, Slide
from pechakucha.show.format import PECHA_KUCHA, Format
from pechakucha.show.problem import Finding, Severity
from pechakucha.show.run import Attempt, Run, fold
from pechakucha.show.scene import Scene, State, state
from pechakucha.show.snapshot import NS, Snapshot, SnapshotTalk

OPENED_NS = 4_321_987_654_321
"""The system clock when the program was ready: a machine that is up for a good hour."""

OPENED_WALL_NS = 1_616_658_000 * NS
"""The wall clock at that moment."""

TOO_FEW = Finding(code="slide-count", severity=Severity.ERROR, params={"case": "under"})


def a_talk(
    id: str = "ulm",
    *,
    changeover: int = 45,
    pause: int = 0,
    blocker: Finding | None = None,
    title: str = "",
) -> SnapshotTalk:
    """A talk of the city that its id names."""
    return SnapshotTalk(
        id=id, city=id.capitalize(), title=title, changeover=changeover, pause=pause, blocker=blocker
    )


def a_blocked_talk(id: str, *, changeover: int = 45) -> SnapshotTalk:
    """A talk whose deck has the wrong number of slides."""
    return a_talk(id, changeover=changeover, blocker=TOO_FEW)


def a_snapshot(
    *talks: SnapshotTalk | str,
    format: Format = PECHA_KUCHA,
    speed: float = 1.0,
    auto: bool = False,
    planned_start_s: int | None = None,
) -> Snapshot:
    """A show about to begin; ``planned_start_s`` counts from the moment the program was ready."""
    planned_start_ns = None if planned_start_s is None else OPENED_WALL_NS + planned_start_s * NS
    return Snapshot(
        title="Mashup",
        format=format,
        talks=tuple(a_talk(each) if isinstance(each, str) else each for each in talks),
        opened_ns=OPENED_NS,
        opened_wall_ns=OPENED_WALL_NS,
        boot="boot-1",
        version="0",
        speed=speed,
        auto=auto,
        planned_start_ns=planned_start_ns,
    )


def after(seconds: float) -> int:
    """The run's clock so many real seconds after the program was ready."""
    return OPENED_NS + round(seconds * NS)


def cue(seconds: float, action: Action, by: By = By.HAND) -> Cue:
    """An action accepted so many real seconds after the program was ready."""
    return Cue(after(seconds), action, by)


def scene(snapshot: Snapshot, cues: list[Cue], seconds: float) -> Scene:
    """What the audience sees so many seconds after the program was ready."""
    return stage(snapshot, cues, seconds).scene


def stage(snapshot: Snapshot, cues: list[Cue], seconds: float) -> State:
    """The whole state of the stage so many seconds after the program was ready."""
    assert all(each.at_ns <= after(seconds) for each in cues), "a cue of the future"
    return state(snapshot, cues, after(seconds))


def order(run: Run) -> list[str]:
    """The ids of the rundown."""
    return [turn.talk.id for turn in run.turns]


def outcomes(snapshot: Snapshot, cues: list[Cue]) -> dict[str, str]:
    """What has become of each talk."""
    return {turn.talk.id: turn.outcome.value for turn in fold(snapshot, cues).turns}


def attempt_of(run: Run, talk: str) -> Attempt:
    """The last attempt of a talk that has been on stage."""
    turn = run.turn(talk)
    assert turn is not None
    assert turn.attempt is not None
    return turn.attempt


def a_deck(slides: int = 20, *, hidden: tuple[int, ...] = (), undrawn: tuple[int, ...] = ()) -> Deck:
    """A PowerPoint deck; the numbers say which slides are hidden and which could not be drawn."""
    numbers = range(1, slides + 1)
    return Deck(
        kind="pptx",
        renderer="embedded",
        digest="0" * 64,
        slides=tuple(
            Slide(
                number=number,
                picture=None if number in hidden or number in undrawn else f"{number}.png",
                hidden=number in hidden,
            )
            for number in numbers
        ),
    )


def nearly(ns: int, seconds: float) -> bool:
    """Whether a span in nanoseconds is so many seconds, rounded once."""
    return math.isclose(ns, seconds * NS, rel_tol=0, abs_tol=1)
