# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which slides of a deck go on stage, as a person writes it: ``1-9, 11-21``."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pechakucha.show.problem import Problem

_HIGHEST_NUMBER = 9999


def parse_selection(text: str) -> tuple[int, ...]:
    """Slide numbers in the order written; ``9-7`` counts down.

    Raises:
        Problem: ``selection-invalid`` where a part is neither a number nor a range.
    """
    numbers: list[int] = []
    for part in text.replace("–", "-").split(","):
        match = re.fullmatch(r"\s*(\d{1,4})\s*(?:-\s*(\d{1,4})\s*)?", part)
        if not match:
            raise Problem("selection-invalid", given=text, part=part.strip())
        first = int(match[1])
        last = int(match[2] or first)
        if not (1 <= first <= _HIGHEST_NUMBER and 1 <= last <= _HIGHEST_NUMBER):
            raise Problem("selection-invalid", given=text, part=part.strip())
        step = 1 if last >= first else -1
        numbers.extend(range(first, last + step, step))
    return tuple(numbers)


def write_selection(numbers: Iterable[int]) -> str:
    """Slide numbers as a person would write them, rising runs as ranges: ``1-9, 11``."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
