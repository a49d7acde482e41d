# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which pictures the stage needs now, which soon, and which for the rest of the block."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from pechakucha.show.deck import CARD
from pechakucha.show.run import Outcome, Run, Turn
from pechakucha.show.scene import Countdown, EndCard, OnSlide, StandingBy, State, Welcome

SOON = 2
"""How many pictures are decoded before they are due."""

MOST_COMING = 200
"""How many pictures are looked ahead at the most: a block of nine or ten talks."""


def picture_on_stage(run: Run, state: State) -> str | None:
    """The picture that is on stage in this state, None where a card is."""
    scene = state.scene
    return _picture(run.turn(scene.talk), scene.index) if isinstance(scene, OnSlide) else None


def is_card_in_place_of_slide(run: Run, state: State) -> bool:
    """Whether the city's card is what the moderator wants in the place of this slide."""
    scene = state.scene
    turn = run.turn(scene.talk) if isinstance(scene, OnSlide) else None
    if turn is None or not isinstance(scene, OnSlide) or scene.index >= len(turn.talk.slides):
        return False
    return turn.talk.slides[scene.index].number == CARD.number


def pictures_soon(run: Run, state: State, ahead: int = SOON) -> list[str]:
    """The picture on stage, or the first of the talk that comes next, and ``ahead`` more."""
    turn: Turn | None
    match state.scene:
        case OnSlide(talk, index):
            turn, first = run.turn(talk), index
        case Countdown(talk) | StandingBy(talk):
            turn, first = run.turn(talk), 0
        case Welcome() | EndCard():
            turn, first = run.upcoming, 0
        case _:
            return []
    names = (_picture(turn, index) for index in range(first, first + 1 + ahead))
    return [name for name in names if name is not None]


def pictures_coming(run: Run) -> list[str]:
    """Every picture of the talk on stage and of those planned, in running order, up to ``MOST_COMING``."""
    return list(itertools.islice(_all_coming(run), MOST_COMING))


def _all_coming(run: Run) -> Iterator[str]:
    on_stage = run.on_stage
    planned = (turn for turn in run.turns if turn.outcome is Outcome.PLANNED)
    for turn in itertools.chain([on_stage] if on_stage else [], planned):
        yield from (slide.picture for slide in turn.talk.slides if slide.picture is not None)


def _picture(turn: Turn | None, index: int) -> str | None:
    if turn is None or not 0 <= index < len(turn.talk.slides):
        return None
    return turn.talk.slides[index].picture
