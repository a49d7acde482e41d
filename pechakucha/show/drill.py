# SPDX-License-Identifier: AGPL-3.0-or-later
"""One slide again and again: its time, a short breath, its time again.

A drill is a talk in which the same slide comes many times, each time with the breath after it. So what
is on stage follows from the snapshot, the cues and the time as always, holds included.
"""

from __future__ import annotations

import msgspec

from pechakucha.show.format import Format
from pechakucha.show.scene import OnSlide
from pechakucha.show.snapshot import Snapshot

BREATH_SECONDS = 1
"""Between two repetitions."""

MOST_REPETITIONS = 999
"""More than five hours; nobody comes so far."""


class Repetition(msgspec.Struct, frozen=True):
    """Where a drill is.

    Attributes:
        number: of the repetition that runs, or that comes after the breath; counted from 1.
        left_ns: of the slide's time, or of the breath, nanoseconds.
        breath: whether this is the breath.
    """

    number: int
    left_ns: int
    breath: bool


def drill_of(talk: Snapshot, index: int) -> Snapshot:
    """The snapshot for drilling a slide (0-based index) of the only talk of another snapshot."""
    (only,) = talk.talks
    return msgspec.structs.replace(
        talk,
        format=Format(MOST_REPETITIONS, talk.format.seconds + BREATH_SECONDS),
        talks=(msgspec.structs.replace(only, slides=(only.slides[index],) * MOST_REPETITIONS),),
    )


def repetition(drill: Snapshot, scene: OnSlide, at_ns: int) -> Repetition:
    """Which repetition runs at ``at_ns``, nanoseconds of the run's clock (while held: since when)."""
    left_ns = scene.until_ns - at_ns
    breath_ns = drill.span_ns(BREATH_SECONDS)
    if left_ns > breath_ns:
        return Repetition(scene.index + 1, left_ns - breath_ns, breath=False)
    return Repetition(scene.index + 2, max(0, left_ns), breath=True)
