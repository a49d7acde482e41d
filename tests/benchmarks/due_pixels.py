# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which pixels of the stage are due when, told by a block's snapshot alone, and what was to be seen of it.

The block runs by ``--auto``, so its cues can be told in advance; what is on stage follows from them. A
slide is one plain colour of its own. Cards are painted here once more; a few places suffice to tell them
from each other.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter

from pechakucha.show.cues import Cue, End
from pechakucha.show.run import Run, apply, open_run, settle
from pechakucha.show.scene import OnSlide, State, state_of
from pechakucha.show.schedule import automatic_cue
from pechakucha.show.snapshot import Snapshot
from pechakucha.texts import Texts
from pechakucha.ui.card_painting import moving_part, paint_card
from pechakucha.ui.cards import card
from pechakucha.ui.slide_marks import marked_height
from tests.benchmarks.stage_under_watch import NEAR, Flip, is_near

Place = tuple[int, int]
Look = tuple[str, ...]
"""The colours at the places that are watched, "" where any will do."""

_STEP = 16
"""Pixels between the places tried."""
_NEXT = 6
"""So many cards of a block one after the other must differ; cities far apart may look alike."""
_APART = 30
"""By how much of a channel two colours differ that nobody takes for each other."""


class Span(NamedTuple):
    """What is due from a moment to another, nanoseconds of the run's clock."""

    from_ns: int
    until_ns: int
    state: State
    run: Run


class Sight(NamedTuple):
    """From when on the places had these colours; ``since_ns`` is how long ago the look before was."""

    at_ns: int
    look: Look
    since_ns: int


def predict(snapshot: Snapshot) -> tuple[list[Cue], list[Span]]:
    """All cues of a block that starts its talks by itself, and what is on stage until it ends."""
    run, now_ns = open_run(snapshot), snapshot.opened_ns
    cues: list[Cue] = []
    spans: list[Span] = []
    while True:
        run = settle(run, now_ns)
        cue = automatic_cue(run)
        if cue is not None and cue.at_ns <= now_ns:
            cues.append(cue)
            if isinstance(cue.action, End):
                return cues, spans
            run = apply(run, cue)
            continue
        state = state_of(run, now_ns)
        until_ns = min(at for at in (state.until_ns, cue.at_ns if cue else None) if at is not None)
        spans.append(Span(now_ns, until_ns, state, run))
        now_ns = until_ns


class Looks:
    """The colours due at a few places for every state of a block."""

    def __init__(self, spans: Sequence[Span], colours: Mapping[tuple[str, int], str], size: QSize) -> None:
        """
        Args:
            spans: what will be on stage.
            colours: of the slides, by talk and 0-based index.
            size: the stage's, pixels.
        """
        self._colours = colours
        pictures = {
            _name(span.state): _painted(span.run, span.state, size)
            for span in spans
            if not isinstance(span.state.scene, OnSlide)
        }
        self.places = _telling_places(list(pictures.values()), size)
        self._cards: dict[object, Look] = {
            name: tuple(_even_colour(picture, place) for place in self.places)
            for name, picture in pictures.items()
        }

    def due(self, state: State) -> Look:
        """What the places must look like."""
        if isinstance(state.scene, OnSlide):
            return (self._colours[state.scene.talk, state.scene.index],) * len(self.places)
        return self._cards[_name(state)]


def _name(state: State) -> object:
    """States whose cards look alike, whatever the time, have the same name."""
    scene = state.scene
    return type(scene).__name__, getattr(scene, "talk", None), getattr(scene, "left", None)


def _painted(run: Run, state: State, size: QSize) -> QImage:
    image = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_card(painter, size, card(run, state, Texts(run.snapshot.language)), 0)
    painter.end()
    return image


def _telling_places(pictures: Sequence[QImage], size: QSize) -> list[Place]:
    """Places of which two pictures look different at one at least: each and the next ones, and each and
    the first, which a stage would show that knew nothing.
    """
    wide = range(_STEP, size.width() - _STEP, _STEP)
    # Below the mark of a dry run, which the cards painted here do not have.
    high = range(marked_height(size) + _STEP, moving_part(size).top() - _STEP, _STEP)
    colours = {
        place: [_even_colour(picture, place) for picture in pictures]
        for place in itertools.product(wide, high)
    }
    places: list[Place] = []
    pairs = itertools.combinations(range(len(pictures)), 2)
    alike = {(one, other) for one, other in pairs if one == 0 or other - one <= _NEXT}
    while alike:
        told = {
            place: {(one, other) for one, other in alike if _are_apart(seen[one], seen[other])}
            for place, seen in colours.items()
        }
        best = max(told, key=lambda place: len(told[place]))
        if not told[best]:
            raise SystemExit("some cards can't be told from each other")
        places.append(best)
        alike -= told[best]
    return places


def _even_colour(picture: QImage, place: Place) -> str:
    """The colour at a place, "" where an edge is so near that a pixel more or less would matter."""
    bits = picture.constBits()
    stride = picture.bytesPerLine()
    at = place[1] * stride + 4 * place[0]
    colour = bytes(bits[at : at + 3])
    around = (bits[at + shift : at + shift + 3] for shift in (-8, 8, -2 * stride, 2 * stride))
    if any(abs(one - other) > NEAR for each in around for one, other in zip(each, colour, strict=True)):
        return ""
    return colour[::-1].hex()


def _are_apart(one: str, other: str) -> bool:
    pairs = zip(bytes.fromhex(one), bytes.fromhex(other), strict=False)
    return any(abs(each - another) > _APART for each, another in pairs)


def sights(flips: Sequence[Sequence[Flip]]) -> list[Sight]:
    """All places together, in the order of time."""
    look = [""] * len(flips)
    seen: list[Sight] = []
    changes = sorted((flip, which) for which, each in enumerate(flips) for flip in each)
    for flip, which in changes:
        look[which] = flip.colour
        seen.append(Sight(flip.at_ns, tuple(look), flip.since_ns))
    return [sight for sight in seen if all(sight.look)]


class Watched:
    """What was due beside what was seen."""

    def __init__(self, spans: Sequence[Span], looks: Looks, seen: Sequence[Sight]) -> None:
        self.spans, self._looks, self._seen = spans, looks, seen
        self._starts = [span.from_ns for span in spans]
        self._times = [sight.at_ns for sight in seen]

    def span_at(self, at_ns: int) -> Span:
        """What is due then."""
        return self.spans[max(0, bisect.bisect_right(self._starts, at_ns) - 1)]

    def first(self, *, right: bool, from_ns: int, until_ns: int) -> Sight | None:
        """The first moment in a stretch of time at which what is seen is what is due (or is not)."""
        return next(
            (each for each in self._moments(from_ns, until_ns) if self._is_right(each) is right), None
        )

    def _is_right(self, sight: Sight) -> bool:
        wanted = self._looks.due(self.span_at(sight.at_ns).state)
        return all(not due or is_near(seen, due) for seen, due in zip(sight.look, wanted, strict=True))

    def _moments(self, from_ns: int, until_ns: int) -> Iterator[Sight]:
        """What is seen at the begin of the stretch and at every change of what is seen or due in it."""
        times = {from_ns}
        times.update(
            self._times[bisect.bisect_left(self._times, from_ns) : bisect.bisect(self._times, until_ns)]
        )
        times.update(
            self._starts[bisect.bisect_left(self._starts, from_ns) : bisect.bisect(self._starts, until_ns)]
        )
        for at_ns in sorted(times):
            sight = self._seen[max(0, bisect.bisect_right(self._times, at_ns) - 1)]
            yield sight._replace(at_ns=at_ns)
