# SPDX-License-Identifier: AGPL-3.0-or-later
"""The typefaces that the embedded renderer is given for a deck; it looks for none by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from pechakucha.decks.font_files import Face
from pechakucha.decks.fonts import FALLBACK, faces_with, fallback_faces, nearest_faces
from pechakucha.show.font_names import is_same_family, stands_in


class Registry(Protocol):
    """A deck that the renderer has opened."""

    def register_font(self, family: str, data: bytes, *, bold: bool = ..., italic: bool = ...) -> int:
        """Draw a style of a family with this font."""


class DeckFonts:
    """For each family that a deck asks for the faces that stand for it."""

    def __init__(self, used: Mapping[str, int], installed: Mapping[str, list[Face]]) -> None:
        """Choose them.

        Args:
            used: the families with their kinds, see ``families_used``.
            installed: the faces there are, by family in small letters.
        """
        self._installed = installed
        # The first one registered stands in for every family that is not.
        self._faces = {FALLBACK: fallback_faces()}
        self._faces |= {family: nearest_faces(family, installed, kind) for family, kind in used.items()}
        self._contents: dict[Face, bytes] = {}

    def register(self, deck: Registry) -> None:
        """Hand all of them to an opened deck."""
        for family, faces in self._faces.items():
            for face in faces:
                if face not in self._contents:
                    self._contents[face] = face.content()
                deck.register_font(family, self._contents[face], bold=face.bold, italic=face.italic)

    def families_for(self, signs: set[str]) -> dict[str, str]:
        """A family for each sign that any has, from now on among those that are registered."""
        found = faces_with(signs, self._installed)
        self._faces |= {faces[0].family: faces for faces in found.values()}
        return {sign: faces[0].family for sign, faces in found.items()}

    def drawn(self, families: Iterable[str]) -> tuple[str, ...]:
        """The families that really stand for these, each once."""
        chosen = {family: self._chosen(family) for family in families}
        # Written as the deck does, where only small and capital letters differ.
        return tuple(
            dict.fromkeys(
                family if family.casefold() == drawn.casefold() else drawn for family, drawn in chosen.items()
            )
        )

    def runs_alike(self, family: str) -> bool:
        """Whether what stands for a family breaks lines where the family itself would."""
        chosen = self._chosen(family)
        return is_same_family(family, chosen) or stands_in(family, chosen)

    def _chosen(self, family: str) -> str:
        faces = next(
            (faces for name, faces in self._faces.items() if name.casefold() == family.casefold()), None
        )
        return faces[0].family if faces else FALLBACK
