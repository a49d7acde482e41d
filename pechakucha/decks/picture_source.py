# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pictures of a deck as a folder and an archive both give them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pechakucha.decks.drawing import Refused

_LARGEST_FILE = 200 << 20
"""Bytes; a picture of 100 megapixels with nothing compressed takes 300 MB, and no slide does."""


class Picture(NamedTuple):
    """One picture of a deck.

    Attributes:
        name: as it can be written anywhere, with its folder where the deck has several.
        kind: see ``picture_kinds``; "" where it is no picture.
        read: gives its bytes; raises ``Refused`` where they are too many, ``ValueError`` where
            they are damaged.
    """

    name: str
    kind: str
    read: Callable[[], bytes]


class Pictures(NamedTuple):
    """The pictures that are slides, in order, and those of kinds that are not taken."""

    slides: tuple[Picture, ...]
    left_out: tuple[Picture, ...]


def refuse_large_file(name: str, size: int) -> None:
    """Refuse a picture before it is read.

    Raises:
        Refused: ``picture-file-too-large``.
    """
    if size > _LARGEST_FILE:
        raise Refused("picture-file-too-large", name=name, size_mb=size >> 20, limit_mb=_LARGEST_FILE >> 20)
