# SPDX-License-Identifier: AGPL-3.0-or-later
"""``pechakucha rehearse-page``: the rehearsal as a file for a browser, of a deck or of each of a show's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
from rich.console import Console

from pechakucha.cli.bars import import_bars
from pechakucha.cli.check import CheckedDeck, is_show, print_decks
from pechakucha.cli.interrupt import interruptible
from pechakucha.cli.terminal import say
from pechakucha.decks.importing import import_deck
from pechakucha.decks.library import Imported, Library
from pechakucha.decks.show_source import bring_decks, open_show
from pechakucha.exit_codes import EXIT_ERRORS, EXIT_FINE
from pechakucha.files.locations import library_folder
from pechakucha.files.settings import read_standards
from pechakucha.rehearsal.portable.page import page_of
from pechakucha.rehearsal.portable.talk import PortableTalk, portable_slides
from pechakucha.rehearsal.portable.writing import (
    check_page_target,
    open_page_folder,
    page_names,
    write_mailable,
    write_page,
)
from pechakucha.rehearsal.take import deck_name
from pechakucha.show.checks import check_deck, check_show
from pechakucha.show.deck import Slide
from pechakucha.show.format import PECHA_KUCHA, Format
from pechakucha.show.notes_language import notes_language
from pechakucha.show.plan import Show, Talk
from pechakucha.show.problem import Problem
from pechakucha.texts import Texts


def write_rehearsal(
    path: Path,
    target: Path,
    renderer: str,
    texts: Texts,
    *,
    selection: tuple[int, ...] | None = None,
    format: Format | None = None,
) -> int:
    """Write the page of a deck, or the pages of a show; returns the exit code.

    A deck with the wrong number of slides has a page all the same, with all that its author did not
    hide; what is wrong is told, and counts as an error.

    Args:
        path: the deck, the show file or the pack.
        target: the page of a deck, or the folder for those of a show.
        renderer: as for ``import_deck``.
        texts: the language.
        selection: of a deck, slide numbers in order; None for every slide that is not hidden.
        format: of the block that a deck is for, None for Pecha Kucha's.

    Raises:
        Problem: the show can't be read, or nothing can be written there.
        KeyboardInterrupt: the person does not want it any more.
    """
    if not is_show(path):
        rehearsed = format or PECHA_KUCHA
        return _write_deck(path, target, renderer, texts, selection=selection, format=rehearsed)
    if selection is not None:
        raise Problem("page-slides-of-show", path=str(path))
    if format is not None:
        raise Problem("page-format-of-show", path=str(path))
    return _write_show(path, target, renderer, texts)


def _write_deck(
    path: Path,
    target: Path,
    renderer: str,
    texts: Texts,
    *,
    selection: tuple[int, ...] | None,
    format: Format,
) -> int:
    check_page_target(target)
    console = Console(stderr=True, soft_wrap=True)
    name, standards = str(path), read_standards()
    with interruptible() as cancelled, import_bars(console, texts) as tell:
        imported = import_deck(
            path,
            library=Library(library_folder()),
            renderer=renderer,
            on_progress=lambda done, total: tell(name, done, total),
            cancelled=cancelled,
        )
        checked = check_deck(imported.deck, format, selection, standards=standards)
        talk = PortableTalk(name=deck_name(path), seconds=format.seconds)
        page = _page(talk, checked.slides, imported, texts, cancelled)
    print_decks([CheckedDeck(name, imported.deck, checked)], texts, Console(stderr=True))
    if page is None:
        say(texts("rehearse-page.nothing", path=name))
        return EXIT_ERRORS
    write_page(target, page)
    slides, size = texts("decks.slides", count=len(checked.slides)), f"{len(page) / 1e6:.1f}"
    say(texts("rehearse-page.written", path=str(target), slides=slides, size_mb=size))
    return EXIT_FINE if checked.ready else EXIT_ERRORS


def _write_show(path: Path, folder: Path, renderer: str, texts: Texts) -> int:
    console, library = Console(stderr=True, soft_wrap=True), Library(library_folder())
    source = open_show(path, library)
    open_page_folder(folder)
    show, names = source.show, {talk.id: talk.city for talk in source.show.talks}
    with interruptible() as cancelled, import_bars(console, texts, names) as tell:
        imports = bring_decks(source, library, renderer=renderer, on_progress=tell, cancelled=cancelled)
        decks = {talk: imported.deck for talk, imported in imports.items()}
        checked = check_show(show, decks, read_standards())
        files, written = page_names(names.values()), 0
        for talk, place, file in zip(show.talks, range(1, len(files) + 1), files, strict=True):
            slides, imported = checked[talk.id].slides, imports[talk.id]
            page = _page(_talk_of(show, talk, place), slides, imported, texts, cancelled)
            if page is not None:
                write_mailable(folder, file, page)
                written += 1
    print_decks(
        [
            CheckedDeck(source.path_of(talk.deck), decks[talk.id], checked[talk.id], talk.city)
            for talk in show.talks
        ],
        texts,
        Console(stderr=True),
    )
    say(texts("rehearse-page.folder", path=str(folder), pages=written, talks=len(show.talks)))
    return EXIT_FINE if all(each.ready for each in checked.values()) else EXIT_ERRORS


def _talk_of(show: Show, talk: Talk, place: int) -> PortableTalk:
    """Without its slides."""
    return PortableTalk(
        name=talk.city,
        title=talk.title,
        presenters=", ".join(talk.presenters),
        place=place,
        seconds=show.format.seconds,
        language=show.language,
    )


def _page(
    talk: PortableTalk,
    slides: Sequence[Slide],
    imported: Imported,
    texts: Texts,
    cancelled: Callable[[], bool],
) -> bytes | None:
    """The page, or None where there is no picture at all."""
    if not any(slide.picture for slide in slides):
        return None
    talk = _in_its_language(talk, slides)
    made = portable_slides(
        slides,
        imported.folder,
        seconds=talk.seconds,
        language=talk.language,
        pace=read_standards().pace,
        cancelled=cancelled,
    )
    return page_of(msgspec.structs.replace(talk, slides=made), texts)


def _in_its_language(talk: PortableTalk, slides: Sequence[Slide]) -> PortableTalk:
    """Its notes may be in another language than the show."""
    language = notes_language((slide.notes for slide in slides), talk.language)
    return msgspec.structs.replace(talk, language=language)
