# SPDX-License-Identifier: AGPL-3.0-or-later
"""A show as planned: what the show file says."""

from __future__ import annotations

import datetime as dt

import msgspec

from pechakucha.show.format import PECHA_KUCHA, Format

DEFAULT_CHANGEOVER_SECONDS = 45


class Talk(msgspec.Struct, frozen=True, kw_only=True):
    """One city's turn as planned.

    ``deck`` is the path as written in the show file. ``slides`` are the numbers of the slides
    that go on stage, None for all that are not hidden. ``changeover`` (seconds) overrides the
    show's; ``pause`` (seconds) is a break before this talk. ``fill`` puts the city's card in the
    place of slides that are missing at the end.
    """

    id: str
    city: str
    deck: str
    title: str = ""
    presenters: tuple[str, ...] = ()
    slides: tuple[int, ...] | None = None
    fill: bool = False
    changeover: int | None = None
    pause: int = 0
    pause_title: str = ""
    announcement: str = ""


class Show(msgspec.Struct, frozen=True, kw_only=True):
    """The whole block. ``start`` is the planned start in local time.

    ``line`` and ``number`` ask for the line of seconds and the slide's number on stage.
    """

    title: str
    date: dt.date | None = None
    start: dt.time | None = None
    changeover: int = DEFAULT_CHANGEOVER_SECONDS
    language: str | None = None
    format: Format = PECHA_KUCHA
    line: bool = False
    number: bool = False
    talks: tuple[Talk, ...] = ()
