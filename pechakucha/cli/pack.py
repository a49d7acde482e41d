# SPDX-License-Identifier: AGPL-3.0-or-later
"""``pechakucha pack``: a show with everything in one file."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from rich.console import Console

from pechakucha.cli.bars import import_bars
from pechakucha.cli.interrupt import interruptible
from pechakucha.cli.terminal import say
from pechakucha.decks.library import Library
from pechakucha.decks.packing import pack_show, read_show_to_pack
from pechakucha.decks.show_source import ShowSource, bring_decks
from pechakucha.exit_codes import EXIT_ERRORS, EXIT_FINE
from pechakucha.files.locations import library_folder
from pechakucha.files.settings import read_standards
from pechakucha.show.checks import check_show
from pechakucha.texts import Texts


def write_show_pack(path: Path, target: Path, texts: Texts) -> int:
    """Import a show, write its pack, and say what is not ready; returns the exit code.

    Raises:
        Problem: the show can't be read, or the pack can't be written.
        KeyboardInterrupt: the person does not want it any more; nothing is left of the pack.
    """
    console = Console(stderr=True, soft_wrap=True)
    to_pack = read_show_to_pack(path, target)
    show = to_pack.show
    names = {talk.id: talk.city for talk in show.talks}
    with interruptible() as cancelled, import_bars(console, texts, names) as tell:
        imports = bring_decks(
            ShowSource(path, show), Library(library_folder()), on_progress=tell, cancelled=cancelled
        )
    pack_show(to_pack, imports, target, dt.datetime.now().astimezone())
    checked = check_show(show, {talk: imported.deck for talk, imported in imports.items()}, read_standards())
    for talk in show.talks:
        blocker = checked[talk.id].blocker
        if blocker is not None:
            reason = f"{texts.message(blocker)} {texts.remedy(blocker)}"
            words = texts("headless.not-ready", city=talk.city, deck=talk.deck, reason=reason)
            say(words, style="yellow")
    ready = sum(each.ready for each in checked.values())
    size = f"{target.stat().st_size / 1e6:.1f}"
    words = texts("pack.written", path=str(target), ready=ready, talks=len(show.talks), size_mb=size)
    say(words)
    return EXIT_ERRORS if ready < len(show.talks) else EXIT_FINE
