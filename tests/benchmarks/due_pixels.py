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
from tests.benchmarks.stage_under_watch import Flip, is_near

Place = tuple[int, int]
Look = tuple[str, ...]
"""The colours at the places that are watched."""

_STEP = 16
_APART = 30
"""By how much of a channel two colours differ that nobody takes for each other."""
_MOST_PLACES = 6


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
            name: tuple(picture.pixelColor(*place).name()[1:] for place in self.places)
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
    """Places at which no two of the pictures look the same, and where a pixel more or less is no matter."""
    places: list[Place] = []
    wide, high = size.width() - _STEP, moving_part(size).top() - _STEP
    colours = {
        place: seen
        for place in itertools.product(range(_STEP, wide, _STEP), range(_STEP, high, _STEP))
        if (seen := _even_colours(pictures, place)) is not None
    }
    alike = set(itertools.combinations(range(len(pictures)), 2))
    while alike and len(places) < _MOST_PLACES:
        told = {
            place: {pair for pair in alike if _are_apart(seen[pair[0]], seen[pair[1]])}
            for place, seen in colours.items()
        }
        best = max(told, key=lambda place: len(told[place]))
        places.append(best)
        alike -= told[best]
    if alike:
        raise SystemExit("some cards can't be told from each other")
    return places


def _even_colours(pictures: Sequence[QImage], place: Place) -> list[int] | None:
    """The colours of all pictures at a place, None where one has an edge there."""
    x, y = place
    colours = []
    for picture in pictures:
        colour = picture.pixel(x, y)
        if any(_are_apart(colour, picture.pixel(x + dx, y + dy), 8) for dx in (-2, 2) for dy in (-2, 2)):
            return None
        colours.append(colour)
    return colours


def _are_apart(one: int, other: int, by: int = _APART) -> bool:
    return any(abs((one >> shift & 255) - (other >> shift & 255)) > by for shift in (0, 8, 16))


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
        return all(itertools.starmap(is_near, zip(sight.look, wanted, strict=True)))

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
