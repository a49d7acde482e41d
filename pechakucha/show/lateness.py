# SPDX-License-Identifier: AGPL-3.0-or-later
"""When slides were shown and how late, but for those that the moderator wanted to come late."""

from __future__ import annotations

import bisect
import math
from collections.abc import Callable, Sequence

from pechakucha.show.journal import Journal, Shown
from pechakucha.show.run import Run, apply, open_run

_NS_PER_MS = 1_000_000


def late_is_wanted(journal: Journal) -> Callable[[int], bool]:
    """Whether the stage was covered or time stood still at a time of the run's clock."""
    run = open_run(journal.snapshot)
    times: list[int] = []
    wanted = [_is_wanted(run)]
    for cue in journal.cues:
        run = apply(run, cue)
        times.append(cue.at_ns)
        wanted.append(_is_wanted(run))
    return lambda due_ns: wanted[bisect.bisect_right(times, due_ns)]


def first_paints(journal: Journal) -> dict[tuple[str, int, int], Shown]:
    """The first paint of each slide, by talk, index and due time (a restart has other due times)."""
    first: dict[tuple[str, int, int], Shown] = {}
    for shown in journal.shown:
        first.setdefault((shown.talk, shown.index, shown.due_ns), shown)
    return first


def percentile(values_ns: Sequence[int], share: float) -> float | None:
    """Nearest rank, in milliseconds; None of nothing."""
    if not values_ns:
        return None
    rank = max(1, math.ceil(share * len(values_ns)))
    return milliseconds(sorted(values_ns)[rank - 1])


def milliseconds(ns: int) -> float:
    """To the microsecond."""
    return round(ns / _NS_PER_MS, 3)


def _is_wanted(run: Run) -> bool:
    """Whether the moderator has covered the stage or the talk is held."""
    attempt = run.on_stage.attempt if run.on_stage else None
    held = attempt is not None and attempt.held_ns is not None
    return run.black or run.message is not None or held
