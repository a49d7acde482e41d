# SPDX-License-Identifier: AGPL-3.0-or-later
"""From changes of a pixel to figures, and from figures to bars: what ``pacing`` computes, and nothing else.

Lateness is a distance in time, in milliseconds, from a slide's due time to the first look that saw its
colour; too early counts like too late. A row whose look before was longer than 4 ms ago is the watcher's
own lateness: it is left out and counted, and more than 5 % of them make a run void.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from tests.benchmarks.stage_under_watch import PALETTE, Flip, is_near

WATCHER_LATE_NS = 4_000_000
VOID_SHARE = 0.05
DRIFT_BAR = 10.0
OFF_BAR = 10.0
FRAME_BARS = (17.0, 34.0)
"""p99 and the most: one and two frames at 60 Hz, milliseconds."""
BARE_TIMES, BARE_PLUS = 2, 3.0
PEER_SHARE = 0.1


class Slide(NamedTuple):
    """A slide that ought to be seen; times in nanoseconds of CLOCK_BOOTTIME.

    ``shown_ns`` is when the program says that it had it painted, None where it says nothing.
    """

    number: int
    due_ns: int
    opens_talk: bool = False
    shown_ns: int | None = None

    @property
    def colour(self) -> str:
        """Its colour: that of its neighbours, also of the one after next, is another."""
        return PALETTE[self.number % len(PALETTE)]


class Figures(NamedTuple):
    """Milliseconds, of the rows that are kept."""

    slides: int
    left_out: int
    never_seen: int
    strays: int
    """Changes during a talk to what is not the slide that is due."""
    p50: float = math.nan
    p99: float = math.nan
    worst: float = math.nan
    worst_opening: float = math.nan
    """The most of those that open a talk."""
    drift: float = math.nan
    """The last slide's lateness less the first one's."""
    off: tuple[float, float] | None = None
    """How far the program's own word is from the pixels: the median and the most."""
    left_out_worst: float = 0.0
    """What those left out can have been late at most."""

    @property
    def void(self) -> bool:
        """Whether the watcher was late too often for the run to count."""
        return self.left_out > VOID_SHARE * self.slides


def find_slides(flips: Sequence[Flip], slides: Sequence[Slide], period_ns: int) -> dict[int, Flip]:
    """By place in ``slides``, the change to a slide's colour nearest to when it is due, where one is within
    half a period.
    """
    found = {}
    for place, slide in enumerate(slides):
        near = [
            flip
            for flip in flips
            if abs(flip.at_ns - slide.due_ns) < period_ns // 2 and is_near(flip.colour, slide.colour)
        ]
        if near:
            found[place] = min(near, key=lambda flip, due_ns=slide.due_ns: abs(flip.at_ns - due_ns))
    return found


def follow_slides(flips: Sequence[Flip], count: int, period_ns: int) -> tuple[list[Slide], dict[int, Flip]]:
    """The slides of a program that counts from its own first one, and the changes to them in their order,
    however late: for one that may drift by more than a period.
    """
    found: dict[int, Flip] = {}
    for flip in flips:
        if len(found) < count and is_near(flip.colour, PALETTE[len(found) % len(PALETTE)]):
            found[len(found)] = flip
    start_ns = found[0].at_ns if found else 0
    return [Slide(number, start_ns + number * period_ns) for number in range(count)], found


def figures_of(
    flips: Sequence[Flip], slides: Sequence[Slide], seen: dict[int, Flip], period_ns: int
) -> Figures:
    """What the pixels say."""
    kept = {place: flip for place, flip in seen.items() if flip.since_ns <= WATCHER_LATE_NS}
    late = {place: (flip.at_ns - slides[place].due_ns) / 1e6 for place, flip in seen.items()}
    counts = Figures(
        len(slides), len(seen) - len(kept), len(slides) - len(seen), _strays(flips, slides, seen, period_ns)
    )
    if not kept:
        return counts
    size = sorted(abs(late[place]) for place in kept)
    off = sorted(
        abs(flip.at_ns - shown_ns) / 1e6
        for place, flip in kept.items()
        if (shown_ns := slides[place].shown_ns) is not None
    )
    return counts._replace(
        p50=size[(len(size) - 1) // 2],
        p99=size[math.ceil(0.99 * len(size)) - 1],
        worst=size[-1],
        worst_opening=max((abs(late[each]) for each in kept if slides[each].opens_talk), default=math.nan),
        drift=late[max(kept)] - late[min(kept)],
        off=(off[(len(off) - 1) // 2], off[-1]) if off else None,
        left_out_worst=max((abs(late[each]) for each in seen if each not in kept), default=0.0),
    )


def _strays(flips: Sequence[Flip], slides: Sequence[Slide], seen: dict[int, Flip], period_ns: int) -> int:
    """Changes between a slide and the one after it, or the end of the talk."""
    spans = []
    for place, flip in seen.items():
        last = place + 1 == len(slides) or slides[place + 1].opens_talk
        if last or place + 1 in seen:
            until_ns = slides[place].due_ns + period_ns if last else seen[place + 1].at_ns
            spans.append((flip.at_ns, until_ns))
    return sum(any(start < flip.at_ns < end for start, end in spans) for flip in flips)


def missed_bars(
    ours: Figures,
    bare: Figures,
    peers_drift: float | None,
    frame_bars: tuple[float, float],
    block: float | None = None,
) -> list[str]:
    """What does not hold, in words.

    Args:
        ours, bare: the stage's figures and the prototype's.
        peers_drift: the best peer's.
        frame_bars: p99 and the most.
        block: how much longer the whole block was than planned, whatever its report says.
    """
    bars = [
        ("p99", ours.p99, frame_bars[0]),
        ("max", ours.worst, frame_bars[1]),
        ("drift", abs(ours.drift), DRIFT_BAR),
        ("p99 beside the prototype's", ours.p99, BARE_TIMES * bare.p99 + BARE_PLUS),
        ("report off the pixels", ours.off[1] if ours.off else math.nan, OFF_BAR),
        ("slides never seen", ours.never_seen, 0),
        ("stray changes", ours.strays, 0),
    ]
    if block is not None:
        bars.append(("the whole block's drift", abs(block), DRIFT_BAR))
    if peers_drift is not None:
        bars.append(("drift beside the best peer's", abs(ours.drift), PEER_SHARE * peers_drift))
    missed = [f"{name} {is_:.1f} > {bar:.1f}" for name, is_, bar in bars if not is_ <= bar]
    voids = [who for who, each in (("stage", ours), ("prototype", bare)) if each.void]
    return missed + [f"void: the watcher was late too often ({who})" for who in voids]
