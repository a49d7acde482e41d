# SPDX-License-Identifier: AGPL-3.0-or-later
"""A sentence in the terminal."""

from __future__ import annotations


def say(words: str, *, style: str | None = None) -> None:
    """Print to standard error, as it stands; ``style`` is rich's, for a terminal with colours."""
    from rich.console import Console  # noqa: PLC0415  # a twentieth of a second that most starts do not need

    Console(stderr=True, soft_wrap=True).print(words, style=style, markup=False, highlight=False)
