# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a page holds: one talk with its slides' pictures and notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from pechakucha.rehearsal.portable.pictures import PortablePicture, portable_pictures
from pechakucha.show.advice import advice
from pechakucha.show.deck import Slide
from pechakucha.show.pace import Pace


class PortableSlide(msgspec.Struct, frozen=True, kw_only=True):
    """A slide of a page.

    Attributes:
        picture: None where the deck's name stands in its place.
        within: the notes as far as they can be said in the slide's time.
        beyond: the rest of them.
        needed_s: seconds that all of them take.
    """

    picture: PortablePicture | None
    within: str = ""
    beyond: str = ""
    needed_s: float = 0.0


class PortableTalk(msgspec.Struct, frozen=True, kw_only=True):
    """What is rehearsed.

    Attributes:
        name: the city, or what the deck is called.
        title, presenters: "" for none.
        place: its number in the rundown, None outside of a show.
        seconds: that each slide has.
        language: of the notes, None where it is not known.
        slides: at least one, once it is a page.
    """

    name: str
    title: str = ""
    presenters: str = ""
    place: int | None = None
    seconds: int
    language: str | None = None
    slides: tuple[PortableSlide, ...] = ()


def portable_slides(
    slides: Sequence[Slide],
    folder: Path,
    *,
    seconds: int,
    language: str | None,
    pace: Pace,
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[PortableSlide, ...]:
    """The slides of a page.

    Args:
        slides: those that go on stage, cards included.
        folder: where their pictures are.
        seconds: that each has.
        language: of the notes, None where it is not known.
        pace: how fast they are spoken.
        cancelled: asked between pictures whether to give up.

    Raises:
        Problem: ``page-picture-lost``.
        KeyboardInterrupt: ``cancelled`` said so.
    """
    names = list(dict.fromkeys(slide.picture for slide in slides if slide.picture is not None))
    shrunk = portable_pictures([folder / name for name in names], cancelled)
    pictures = dict(zip(names, shrunk, strict=True))
    return tuple(
        _with_notes(slide.notes, pictures.get(slide.picture or ""), seconds, language, pace)
        for slide in slides
    )


def _with_notes(
    notes: str, picture: PortablePicture | None, seconds: int, language: str | None, pace: Pace
) -> PortableSlide:
    notes = notes.strip()
    told = advice(notes, language, pace, seconds)
    cut = len(notes) if told.over_at is None else told.over_at
    return PortableSlide(picture=picture, within=notes[:cut], beyond=notes[cut:], needed_s=told.needed_s)
