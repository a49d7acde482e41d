# SPDX-License-Identifier: AGPL-3.0-or-later
"""From single slides to findings that can be taken in at one look."""

from __future__ import annotations

from collections.abc import Mapping

from pechakucha.show.problem import Finding, Parameter, Severity
from pechakucha.show.selection import write_selection

Params = Mapping[str, Parameter]

_MOST_ONE_BY_ONE = 3


def for_slides(
    code: str,
    severity: Severity,
    concerned: Mapping[int, Params],
    together: Params | None = None,
    *,
    one_by_one: int = _MOST_ONE_BY_ONE,
) -> tuple[Finding, ...]:
    """A finding for each slide (case ``slide``), or where these are many, one for all (``slides``).

    Args:
        code: of the finding.
        severity: of the finding.
        concerned: what the sentence needs to know, by the slide's number.
        together: what the one sentence for all needs to know besides their ``numbers``.
        one_by_one: up to so many slides get a finding each.
    """
    if len(concerned) <= one_by_one:
        return tuple(
            Finding(code=code, severity=severity, slide=number, params={"case": "slide", **params})
            for number, params in sorted(concerned.items())
        )
    numbers = write_selection(sorted(concerned))
    return (
        Finding(
            code=code, severity=severity, params={"case": "slides", "numbers": numbers, **(together or {})}
        ),
    )
