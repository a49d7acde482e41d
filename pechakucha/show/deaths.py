# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a stage does differently because those before it died: the picture on stage may be what kills it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pechakucha.show.journal import StageBegun
from pechakucha.show.snapshot import NS

DEATHS = 3
"""After so many deaths at the same picture its city's card is shown in its place …"""

DEATHS_SECONDS = 10
"""… if they come within so long, real seconds at any speed."""


class Precautions(msgspec.Struct, frozen=True):
    """How a stage is to go on.

    Attributes:
        left_out: pictures that killed stages and are not opened again in this run.
        ahead: whether pictures are decoded before they are due. After two deaths in a row they are
            not: it may be the next picture that kills, and it must not take this slide with it.
    """

    left_out: frozenset[str] = frozenset()
    ahead: bool = True


def precautions(begun: Sequence[StageBegun]) -> Precautions:
    """What follows from when the stages of a run began, the one now beginning last.

    Every one but the first came after a death.
    """
    reborn = begun[1:]
    killers = {
        series[0].picture
        for series in zip(*(reborn[number:] for number in range(DEATHS)), strict=False)
        if len({each.picture for each in series}) == 1 and _is_short(series)
    }
    return Precautions(frozenset(killers - {""}), ahead=not _is_short(reborn[1 - DEATHS :], DEATHS - 1))


def _is_short(series: Sequence[StageBegun], least: int = DEATHS) -> bool:
    return len(series) >= least and series[-1].at_ns - series[0].at_ns < DEATHS_SECONDS * NS
