# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is known about the decks of a show and what the moderator has decided; no widgets, no threads."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from pathlib import Path

import msgspec

from pechakucha.decks.library import Imported
from pechakucha.decks.renderers import choose_renderers
from pechakucha.decks.show_source import ShowSource
from pechakucha.files.pack import is_pack
from pechakucha.files.pins import change_pins, read_pins
from pechakucha.files.settings import read_standards
from pechakucha.files.show_file import change_talk, read_show, take_up_talk
from pechakucha.show.checks import Checked, check_show
from pechakucha.show.deck import CARD, Deck
from pechakucha.show.pin import Pin
from pechakucha.show.plan import Show, Talk
from pechakucha.show.problem import Finding, Severity
from pechakucha.show.selection import parse_selection, write_selection

_SINCE_READY = frozenset({"changed-since-ready", "redrawn-since-ready"})


class DeckState(enum.StrEnum):
    """What a deck is like, in one word."""

    COMING = "coming"
    NOT_READY = "not-ready"
    LOOK = "look"
    READY = "ready"
    APPROVED = "approved"


class Review:
    """The decks of a show, judged; whatever is decided is written at once.

    Attributes:
        path: the show file.
        show: what it says, also after a change made here.
        pins: the renderings that were chosen, by talk id.
        imports: the decks that are there, by talk id.
        packed: whether all this is a pack, in which nothing can be decided any more.
    """

    def __init__(self, path: Path, show: Show, pins: Mapping[str, Pin], *, packed: bool = False) -> None:
        self.path, self.show, self.packed = path, show, packed
        self.pins = dict(pins)
        self.imports: dict[str, Imported] = {}
        self._renderings: dict[tuple[str, str], Imported] = {}
        self._slides_before: dict[str, str] = {}
        self._drawn_already: set[str] = set()
        """Talks that were handed in: nothing else can draw what is in a pack."""
        self._checked: dict[str, Checked] = {}
        self._standards = read_standards()

    # What is known

    def talk(self, talk: str) -> Talk:
        """The talk with this id, which must be one of the show's."""
        return next(each for each in self.show.talks if each.id == talk)

    def file(self, talk: str) -> Path:
        """The talk's deck on disk."""
        return self.path.parent / self.talk(talk).deck

    def checked(self, talk: str) -> Checked | None:
        """What is to be said about a talk's deck; None until it is there."""
        return self._checked.get(talk)

    def state(self, talk: str) -> DeckState:
        """What a talk's deck is like."""
        checked = self.checked(talk)
        if checked is None:
            return DeckState.COMING
        if not checked.ready:
            return DeckState.NOT_READY
        if self.is_approved(talk):
            return DeckState.APPROVED
        doubtful = any(each.severity is Severity.WARNING for each in checked.findings)
        return DeckState.LOOK if doubtful else DeckState.READY

    def is_approved(self, talk: str) -> bool:
        """Whether the moderator has approved these very pictures."""
        pin = self.pins.get(talk)
        return pin is not None and pin.ready and talk in self.imports and not self._since_ready(talk)

    def can_be_approved(self, talk: str) -> bool:
        """Whether the deck is there and may go on stage."""
        checked = self.checked(talk)
        return checked is not None and checked.ready and not self.packed

    @property
    def is_complete(self) -> bool:
        """Whether every deck is there, or known not to be."""
        return all(talk.id in self.imports for talk in self.show.talks)

    @property
    def needs_the_moderator(self) -> bool:
        """Whether a talk can't start, or is not what was approved."""
        states = [self.state(talk.id) for talk in self.show.talks]
        return DeckState.NOT_READY in states or any(map(self._since_ready, self.imports))

    def other_renderers(self, talk: str) -> tuple[str, ...]:
        """What else on this machine could draw a talk's deck, best first."""
        imported = self.imports.get(talk)
        if imported is None or imported.deck.error or self.packed or talk in self._drawn_already:
            return ()
        names = [choice.name for choice in choose_renderers(imported.deck.kind)]
        return tuple(name for name in names if name != imported.deck.renderer)

    def rendering(self, talk: str, renderer: str) -> Imported | None:
        """The talk's deck as another renderer has drawn it, if it has."""
        imported, other = self.imports.get(talk), self._renderings.get((talk, renderer))
        # Of a file that has changed since, it shows what is no more.
        same = imported is not None and other is not None and other.deck.digest == imported.deck.digest
        return other if same else None

    # Imports

    def take(self, talk: str, imported: Imported) -> None:
        """A talk's deck is there."""
        self.imports[talk] = imported
        (self._drawn_already.add if is_pack(self.file(talk)) else self._drawn_already.discard)(talk)
        self._judge()

    def take_rendering(self, talk: str, imported: Imported) -> Finding | None:
        """Another renderer has drawn the deck; returns why it could not."""
        error = imported.deck.error
        if error is None:
            self._renderings[talk, imported.deck.renderer] = imported
        return error

    def read_again(self) -> None:
        """Read the show file anew; decks that it no longer names, or names otherwise, are forgotten.

        Raises:
            Problem: what ``read_show`` raises.
        """
        self._adopt(read_show(self.path))

    # Decisions

    def approve(self, talk: str) -> None:
        """Let this very rendering be what goes on stage, or take that back.

        Raises:
            Problem: ``pins-not-writable``.
        """
        self._pin(talk, self.imports[talk], ready=not self.is_approved(talk))

    def choose_renderer(self, talk: str, renderer: str) -> None:
        """Let the rendering of another renderer, which has been taken, go on stage; not yet approved.

        Raises:
            Problem: ``pins-not-writable``.
        """
        other = self._renderings[talk, renderer]
        self._pin(talk, other, ready=False)
        before = self.imports[talk]
        self._renderings[talk, before.deck.renderer] = before
        self.take(talk, other)

    def fill(self, talk: str) -> None:
        """Let the city's card take the place of missing slides, or no longer; written to the show file.

        Raises:
            Problem: ``pins-not-writable``, or what ``change_talk`` raises.
        """
        changed = change_talk(self.path, talk, fill=not self.talk(talk).fill)
        self._withdraw(talk)
        self._adopt(changed)

    def choose_slides(self, talk: str, written: str) -> None:
        """Choose the slides that go on stage, "" for all; written to the show file.

        Raises:
            Problem: ``selection-invalid``, ``pins-not-writable``, or what ``change_talk`` raises.
        """
        if written.strip():
            parse_selection(written)
        before = self.slides_written(talk)
        changed = change_talk(self.path, talk, slides=written.strip())
        self._withdraw(talk)
        self._slides_before[talk] = before
        self._adopt(changed)

    def take_in(self, talk: Talk) -> None:
        """Let a talk that was handed in take the place of the one with its id, or be the last.

        Raises:
            Problem: what ``take_up_talk`` raises.
        """
        self._adopt(take_up_talk(self.path, talk))

    def slides_written(self, talk: str) -> str:
        """The slides that go on stage as a person would write them, "" for all."""
        return write_selection(self.talk(talk).slides or ())

    def slides_before(self, talk: str) -> str | None:
        """What the slides were before the last choice made here; None where none was."""
        return self._slides_before.get(talk)

    def with_slides(self, talk: str, written: str) -> Checked | None:
        """What a choice of slides would make of the talk; None while its deck is not there.

        Raises:
            Problem: ``selection-invalid``.
        """
        selection = parse_selection(written) if written.strip() else None
        if talk not in self.imports:
            return None
        changed = msgspec.structs.replace(self.talk(talk), slides=selection)
        show = msgspec.structs.replace(self.show, talks=(changed,))
        return check_show(show, {talk: self._with_since_ready(talk)}, self._standards)[talk]

    def _withdraw(self, talk: str) -> None:
        """What goes on stage becomes something else than what was approved."""
        if self.is_approved(talk):
            self._pin(talk, self.imports[talk], ready=False)

    def _pin(self, talk: str, imported: Imported, *, ready: bool) -> None:
        pin = Pin(
            digest=imported.deck.digest,
            renderer=imported.deck.renderer,
            key=imported.folder.name,
            ready=ready,
        )
        # Another window may have decided about other talks.
        change_pins(self.path, {talk: pin})
        self.pins[talk] = pin
        self._judge()

    def _adopt(self, show: Show) -> None:
        """Take the show file as it is on disk; where it names another deck by now, the old is forgotten."""
        before = {talk.id: talk.deck for talk in self.show.talks}
        self.show = show
        same = {talk.id for talk in show.talks if before.get(talk.id) == talk.deck}
        self.imports = {talk: each for talk, each in self.imports.items() if talk in same}
        self._judge()

    def _judge(self) -> None:
        known = tuple(talk for talk in self.show.talks if talk.id in self.imports)
        decks = {talk.id: self._with_since_ready(talk.id) for talk in known}
        self._checked = check_show(msgspec.structs.replace(self.show, talks=known), decks, self._standards)

    def _with_since_ready(self, talk: str) -> Deck:
        """The deck with what its approval is worth by now, instead of when it was imported."""
        deck = self.imports[talk].deck
        findings = tuple(each for each in deck.findings if each.code not in _SINCE_READY)
        return msgspec.structs.replace(deck, findings=(*findings, *self._since_ready(talk)))

    def _since_ready(self, talk: str) -> tuple[Finding, ...]:
        pin, imported = self.pins.get(talk), self.imports[talk]
        if pin is None or not pin.ready or imported.deck.error:
            return ()
        if pin.digest != imported.deck.digest:
            return (Finding(code="changed-since-ready", severity=Severity.WARNING),)
        if pin.key != imported.folder.name:
            return (Finding(code="redrawn-since-ready", severity=Severity.WARNING),)
        return ()


def review_of(source: ShowSource, renderer: str = "auto") -> Review:
    """The review of a show or a pack.

    Args:
        source: where it comes from.
        renderer: what was asked for on the command line; one that is named goes before the pins.
    """
    packed = source.packed is not None
    pins = read_pins(source.path) if renderer == "auto" and not packed else {}
    return Review(source.path, source.show, pins, packed=packed)


def shown_slides(checked: Checked) -> int:
    """How many slides of the file go on stage, cards that fill not counted."""
    return sum(slide.number != CARD.number for slide in checked.slides)
