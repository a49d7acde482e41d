# SPDX-License-Identifier: AGPL-3.0-or-later
"""The same talks in several runs, side by side."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from pechakucha.show.figures import Report, TalkFigures


class ComparedTalk(msgspec.Struct, frozen=True):
    """A talk in each of the runs, None in a run whose rundown did not have it at the end."""

    id: str
    city: str
    in_runs: tuple[TalkFigures | None, ...]


def compared_talks(reports: Sequence[Report]) -> tuple[ComparedTalk, ...]:
    """Every talk of these runs, in the order of the first run, others before what follows them there.

    A talk's id is never used again, so that it is the same talk under another city's name too; the
    name is the one in the first run that has it.
    """
    order: list[str] = []
    for report in reports:
        place = 0
        for talk in report.talks:
            if talk.id in order:
                place = order.index(talk.id) + 1
            else:
                order.insert(place, talk.id)
                place += 1
    told = [{talk.id: talk for talk in report.talks} for report in reports]
    compared: list[ComparedTalk] = []
    for name in order:
        in_runs = tuple(each.get(name) for each in told)
        city = next(talk.city for talk in in_runs if talk is not None)
        compared.append(ComparedTalk(name, city, in_runs))
    return tuple(compared)
