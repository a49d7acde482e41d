# SPDX-License-Identifier: AGPL-3.0-or-later
"""``pechakucha check``: what is wrong with shows and decks, without windows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
from rich.console import Console
from rich.padding import Padding

from pechakucha.cli.bars import import_bars
from pechakucha.cli.interrupt import interruptible
from pechakucha.decks.deck_folder import decks_in
from pechakucha.decks.importing import Listeners, Wanted, import_decks
from pechakucha.decks.library import Library
from pechakucha.decks.show_source import ShowSource, bring_decks, open_show
from pechakucha.files.locations import library_folder
from pechakucha.files.pack import is_pack
from pechakucha.files.pins import read_pins
from pechakucha.files.settings import read_standards, settings_problem
from pechakucha.files.show_file import SHOW_ENDING
from pechakucha.show.checks import Checked, check_deck, check_show
from pechakucha.show.deck import CARD, Deck
from pechakucha.show.format import PECHA_KUCHA
from pechakucha.show.problem import Finding, Problem, Severity
from pechakucha.texts import Texts

_MARKS = {Severity.ERROR: ("✗", "red"), Severity.WARNING: ("!", "yellow"), Severity.NOTE: ("·", "dim")}


class CheckedDeck(NamedTuple):
    """A deck that was looked at, with its path as given and, where a show names one, its city; or the
    problem that kept a whole show from being looked at.
    """

    path: str
    deck: Deck
    checked: Checked
    city: str = ""
    problem: Problem | None = None

    @property
    def ready(self) -> bool:
        """Whether it may go on stage."""
        return self.problem is None and self.checked.ready

    @property
    def selected(self) -> int:
        """How many slides of the file go on stage, cards that fill not counted."""
        return sum(slide.number != CARD.number for slide in self.checked.slides)


class _FindingJson(msgspec.Struct, frozen=True):
    severity: str
    code: str
    slide: int | None
    message: str
    remedy: str


class _DeckJson(msgspec.Struct, frozen=True):
    path: str
    kind: str
    renderer: str
    slides: int
    selected: int
    notes: int
    ready: bool
    findings: list[_FindingJson]


class _CheckJson(msgspec.Struct, frozen=True):
    ready: bool
    decks: list[_DeckJson]


def check_all(paths: list[Path], renderer: str, texts: Texts) -> list[CheckedDeck]:
    """Look at shows, decks and folders of decks, with bars in the terminal.

    Raises:
        what ``check_paths`` raises.
    """
    everything = [each for path in paths for each in decks_in(path)]
    with interruptible() as cancelled, import_bars(Console(stderr=True), texts) as tell:
        return check_paths(everything, Library(library_folder()), renderer, tell, cancelled)


def check_paths(
    paths: list[Path],
    library: Library,
    renderer: str,
    on_progress: Callable[[str, int, int], None],
    cancelled: Callable[[], bool] = lambda: False,
) -> list[CheckedDeck]:
    """Look at every deck of every show, and at every deck on its own.

    Raises:
        Cancelled: ``cancelled`` said so.
        Problem: a show can't be read, or the renderer is not there.
    """
    troubles: dict[Path, Problem] = {}
    shows: list[ShowSource | None] = []
    for path in paths:
        try:
            shows.append(open_show(path, library) if is_show(path) else None)
        except Problem as problem:
            if len(paths) == 1:
                raise
            # What is wrong with one says nothing of the others.
            troubles[path] = problem
            shows.append(None)
    packed = {
        path: _decks_of_pack(show, library, on_progress, cancelled)
        for path, show in zip(paths, shows, strict=True)
        if show is not None and show.packed is not None
    }
    # All others at once, since LibreOffice takes several in one call.
    wanted = [
        each
        for path, show in zip(paths, shows, strict=True)
        if path not in packed and path not in troubles
        for each in _wanted(path, show, renderer)
    ]
    names = [str(each.path) for each in wanted]
    listeners = Listeners(
        on_progress=lambda which, done, total: on_progress(names[which], done, total), cancelled=cancelled
    )
    imports = import_decks(wanted, library=library, listeners=listeners)
    decks = iter([each.deck for each in imports])
    return [
        each
        for path, show in zip(paths, shows, strict=True)
        for each in (
            [_untold(path, troubles[path])]
            if path in troubles
            else _judge(path, show, iter(packed[path]) if path in packed else decks)
        )
    ]


def as_json(decks: list[CheckedDeck], texts: Texts) -> bytes:
    """The result as the contract has it."""
    entries = [
        _DeckJson(
            path=each.path,
            kind=each.deck.kind,
            renderer=each.deck.renderer,
            slides=len(each.deck.slides),
            selected=len(each.checked.slides),
            notes=sum(bool(slide.notes) for slide in each.deck.slides),
            ready=each.ready,
            findings=[
                *([_problem(each.problem, texts)] if each.problem else []),
                *(_finding(finding, texts) for finding in each.checked.findings),
            ],
        )
        for each in decks
    ]
    result = _CheckJson(ready=all(entry.ready for entry in entries), decks=entries)
    return msgspec.json.format(msgspec.json.encode(result), indent=2)


def print_decks(decks: list[CheckedDeck], texts: Texts, console: Console | None = None) -> None:
    """The result for a person, by default to standard output."""
    console = console or Console()
    if problem := settings_problem():
        console.print(f"[yellow]![/] {_plain(texts.problem(problem))}")
    for each in decks:
        ready = each.ready
        word = texts("check.ready" if ready else "check.not-ready")
        mark, style = ("✓", "green") if ready else ("✗", "red")
        console.print(f"[{style}]{mark} {word}[/]  [bold]{_plain(each.city or each.path)}[/]", end="")
        console.print(f"  [dim]{_plain(each.path)}[/]" if each.city else "")
        if each.problem:
            console.print(Padding(_plain(texts.problem(each.problem)), (0, 0, 0, 4)))
            continue
        console.print(
            Padding(
                texts(
                    "check.line",
                    selected=each.selected,
                    slides=len(each.deck.slides),
                    notes=sum(bool(slide.notes) for slide in each.deck.slides),
                    renderer=each.deck.renderer or "–",
                ),
                (0, 0, 0, 2),
            ),
            style="dim",
        )
        for finding in each.checked.findings:
            _print_finding(finding, texts, console)
    count = sum(each.ready for each in decks)
    console.print(texts("check.total", ready=count, decks=len(decks)))


def is_show(path: Path) -> bool:
    """Whether a path stands for a whole show: a show file or a pack."""
    return path.suffix.lower() == SHOW_ENDING or is_pack(path)


def _decks_of_pack(
    source: ShowSource,
    library: Library,
    on_progress: Callable[[str, int, int], None],
    cancelled: Callable[[], bool],
) -> list[Deck]:
    """In the order of the talks."""
    names = {talk.id: source.path_of(talk.deck) for talk in source.show.talks}
    imports = bring_decks(
        source,
        library,
        on_progress=lambda talk, done, total: on_progress(names[talk], done, total),
        cancelled=cancelled,
    )
    return [imports[talk.id].deck for talk in source.show.talks]


def _wanted(path: Path, source: ShowSource | None, renderer: str) -> list[Wanted]:
    if source is None:
        return [Wanted(path, renderer)]
    pins = read_pins(path) if renderer == "auto" else {}
    return [Wanted(path.parent / talk.deck, renderer, pins.get(talk.id)) for talk in source.show.talks]


def _judge(path: Path, source: ShowSource | None, decks: Iterator[Deck]) -> Iterator[CheckedDeck]:
    """What is to be said of one path; takes its decks from ``decks``."""
    standards = read_standards()
    if source is None:
        deck = next(decks)
        yield CheckedDeck(str(path), deck, check_deck(deck, PECHA_KUCHA, standards=standards))
        return
    show = source.show
    of_talk = {talk.id: next(decks) for talk in show.talks}
    for talk, checked in zip(show.talks, check_show(show, of_talk, standards).values(), strict=True):
        yield CheckedDeck(source.path_of(talk.deck), of_talk[talk.id], checked, talk.city)


def _untold(path: Path, problem: Problem) -> CheckedDeck:
    kind = path.suffix.lower().removeprefix(".")
    return CheckedDeck(str(path), Deck(kind=kind, renderer="", digest=""), Checked((), ()), problem=problem)


def _problem(problem: Problem, texts: Texts) -> _FindingJson:
    return _FindingJson(
        severity=str(Severity.ERROR),
        code=problem.code,
        slide=None,
        message=texts.problem(problem),
        remedy="",
    )


def _finding(finding: Finding, texts: Texts) -> _FindingJson:
    return _FindingJson(
        severity=str(finding.severity),
        code=finding.code,
        slide=finding.slide,
        message=texts.message(finding),
        remedy=texts.remedy(finding),
    )


def _print_finding(finding: Finding, texts: Texts, console: Console) -> None:
    mark, style = _MARKS[finding.severity]
    words = f"{texts.message(finding)} {texts.remedy(finding)}"
    console.print(Padding(f"[{style}]{mark}[/] {_plain(words)}", (0, 0, 0, 2)))


def _plain(words: str) -> str:
    """Square brackets in a file's name are no markup."""
    return words.replace("[", "\\[")
