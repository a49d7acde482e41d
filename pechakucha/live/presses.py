# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counting and recording the presses that become no cue."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from pechakucha.show.journal import Press
from pechakucha.show.snapshot import NS

_TOGETHER_NS = NS
"""Within so long equal presses become one record: a hand that hammers must not fill the disk."""


class Presses:
    """Takes presses one by one. The first of its kind is recorded at once, those that follow it within a
    second together.
    """

    def __init__(self, note: Callable[[Press], None], before: Iterable[Press] = ()) -> None:
        """
        Args:
            note: records one, without waiting for it.
            before: those that the journal holds already.
        """
        self._note = note
        self.refused = sum(press.count for press in before if press.refused)
        """How many were refused so far."""
        self._first: dict[_Kind, int] = {}
        """When the first of each kind was recorded that was pressed of late."""
        self._rest: dict[_Kind, Press] = {}
        """Those that followed it, not recorded yet."""
        self._last = {_kind(press): press for press in before if press.source}
        """The last of each kind that came from a console."""

    @property
    def counted(self) -> tuple[Press, ...]:
        """The last of each kind that came from a console; all of its kind before it are counted too."""
        return tuple(self._last.values())

    def take(self, press: Press) -> bool:
        """Count and record one; False where a console has sent it again and it is counted already."""
        kind = _kind(press)
        if press.source:
            if kind in self._last and press.number <= self._last[kind].number:
                return False
            self._last[kind] = press
        self.refused += press.count if press.refused else 0
        self.tell(press.at_ns)
        if kind not in self._first:
            self._first[kind] = press.at_ns
            self._note(press)
        elif kind in self._rest:
            before = self._rest[kind]
            count = before.count + press.count
            self._rest[kind] = msgspec.structs.replace(before, count=count, number=press.number)
        else:
            self._rest[kind] = press
        return True

    def tell(self, now_ns: int) -> None:
        """Record what has waited long enough."""
        for kind in [kind for kind, at_ns in self._first.items() if now_ns - at_ns >= _TOGETHER_NS]:
            self._tell(kind)

    def tell_all(self) -> None:
        """Record everything: nothing more will come."""
        for kind in list(self._first):
            self._tell(kind)

    def _tell(self, kind: _Kind) -> None:
        del self._first[kind]
        rest = self._rest.pop(kind, None)
        if rest is not None:
            self._note(rest)


_Kind = tuple[str, str, str, str]
"""What, why refused, the detail, and where it came from."""


def _kind(press: Press) -> _Kind:
    return press.what, press.refused, press.detail, press.source
