# SPDX-License-Identifier: AGPL-3.0-or-later
"""Progress of imports in the terminal: a bar a deck and one for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from pechakucha.texts import Texts


@contextmanager
def import_bars(
    console: Console, texts: Texts, names: dict[str, str] | None = None
) -> Iterator[Callable[[str, int, int], None]]:
    """Yields what to tell about progress: a key, slides done, slides in all.

    Args:
        console: where the bars go; nothing is drawn where that is no terminal.
        texts: the language.
        names: how each deck is called by its key; the key itself where it is not in here.
    """
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        total = progress.add_task(texts("import.all"), total=len(names) if names else None)
        bars: dict[str, int] = {}
        finished: set[str] = set()

        def tell(key: str, done: int, slides: int) -> None:
            if key not in bars:
                bars[key] = progress.add_task((names or {}).get(key, key), total=slides)
            progress.update(bars[key], completed=done, total=slides)  # type: ignore[arg-type]
            if done == slides:
                finished.add(key)
                progress.update(total, completed=len(finished))

        yield tell
