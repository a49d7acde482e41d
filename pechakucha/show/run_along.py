# SPDX-License-Identifier: AGPL-3.0-or-later
"""Running along: a short code for when a talk began, and what is due at a time of day.

The code goes through the chat of a conference to presenters elsewhere; no server stands behind it. It
has eight characters of Crockford's base32 (figures and capitals without I, L, O and U), 5 bits each,
and the page that needs nothing installed reads it too, so nothing here needs more than 32 bits at once:

    time   = the start (first slide due), units of 50 ms since the Unix epoch, modulo 2**22
    pace   = 0 for slides of 20 s, 1 for 15 s, 2 for any other length, which is not told
    number = talk * 2**24 + pace * 2**22 + time     30 bits; talk is 1 to 63, 0 where none is told
    d[0] … d[5] = number, 5 bits each, the highest first
    c[6]   = d[0] ^ d[1] ^ … ^ d[5]
    c[7]   = s after: s = 0; for each d: s = twice(s ^ d)
             where twice(x) = (2 * x) ^ (37 if x >= 16 else 0), as in the field of 32 elements

Any two characters that are wrong, or have changed places, are noticed; of three and more, or of a code
that was made up, one in 1024 passes, and then it mostly is of another day. In reading, lower case, O for
0, I and L for 1, blanks and hyphens do not matter. Reading needs the wall clock: a code means the nearest
such time, which repeats each 58 hours; of another day it is old or ahead, or its talk is long over.

What it is good for: a view is in step to within 25 ms plus what the two computers' wall clocks differ.
Clocks set over the network differ by some 10 ms; one set by hand may be off by a slide or two, and
nobody can see that in the code.
"""

from __future__ import annotations

import re

import msgspec

from pechakucha.show.format import IGNITE, PECHA_KUCHA, Format
from pechakucha.show.problem import Problem
from pechakucha.show.run import Run
from pechakucha.show.snapshot import NS

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
UNIT_NS = NS // 20
"""The resolution, nanoseconds."""

MOST_TALKS = 63

AHEAD_SECONDS = 60
"""A code is made when a talk starts, three seconds before its first slide: one further ahead than this
is of another day, or the wall clock is wrong."""

OLD_SECONDS = 12 * 3600
"""Nobody runs along with a talk that began so long ago."""

_TIMES = 1 << 22
_PACES = 1 << 2
_TOLD_SECONDS = (PECHA_KUCHA.seconds, IGNITE.seconds)
_OTHER_SECONDS = len(_TOLD_SECONDS)
_DATA = 6
_MISREAD = str.maketrans("OIL", "011")


class RunAlong(msgspec.Struct, frozen=True):
    """What a code tells.

    Attributes:
        talk: the talk's number in the rundown, None where it is not told.
        start_wall_ns: when its first slide is due, nanoseconds since the Unix epoch, to within 25 ms.
        seconds: that each slide has, None where it is a number that no code can tell.
    """

    talk: int | None
    start_wall_ns: int
    seconds: int | None = PECHA_KUCHA.seconds


class CountIn(msgspec.Struct, frozen=True):
    """The first slide is due in ``left_ns`` nanoseconds."""

    left_ns: int


class AtSlide(msgspec.Struct, frozen=True):
    """Slide ``index`` (0-based) is due, for ``left_ns`` nanoseconds more."""

    index: int
    left_ns: int


class Over(msgspec.Struct, frozen=True):
    """The talk has been over for ``since_ns`` nanoseconds."""

    since_ns: int


Position = CountIn | AtSlide | Over


def position(start_wall_ns: int, now_wall_ns: int, format: Format) -> Position:
    """What is due at a time of day in a talk whose first slide is due at another.

    Args:
        start_wall_ns: nanoseconds since the Unix epoch.
        now_wall_ns: the same.
        format: of the talk.
    """
    elapsed_ns = now_wall_ns - start_wall_ns
    if elapsed_ns < 0:
        return CountIn(-elapsed_ns)
    index, into_ns = divmod(elapsed_ns, format.seconds * NS)
    if index >= format.slides:
        return Over(elapsed_ns - format.talk_seconds * NS)
    return AtSlide(index, format.seconds * NS - into_ns)


def run_along_of(run: Run, now_ns: int, wall_ns: int) -> RunAlong | None:
    """What the talk on stage lets others run along with.

    None where no talk is on stage, while time stands still, and in a dry run that is faster than real:
    nobody elsewhere goes at that speed. After a hold the start has moved by as much as it lasted.

    Args:
        run: settled at ``now_ns``.
        now_ns: the run's clock.
        wall_ns: the wall clock at that moment, nanoseconds since the Unix epoch.
    """
    turn = run.on_stage
    if turn is None or turn.attempt is None or turn.attempt.held_ns is not None or run.snapshot.speed != 1:
        return None
    seconds = run.snapshot.format.seconds
    return RunAlong(
        talk=run.turns.index(turn) + 1,
        start_wall_ns=wall_ns + turn.attempt.t0_ns - now_ns,
        seconds=seconds if seconds in _TOLD_SECONDS else None,
    )


def encode(talk: int | None, start_wall_ns: int, seconds: int | None = PECHA_KUCHA.seconds) -> str:
    """The code of a talk that starts then.

    Args:
        talk: its number in the rundown; above 63 it is left out, as where it is None.
        start_wall_ns: when its first slide is due, nanoseconds since the Unix epoch.
        seconds: that each slide has; other than 20 and 15 it is left out, as where it is None.
    """
    told = talk if talk is not None and 1 <= talk <= MOST_TALKS else 0
    pace = _TOLD_SECONDS.index(seconds) if seconds in _TOLD_SECONDS else _OTHER_SECONDS
    time = (start_wall_ns + UNIT_NS // 2) // UNIT_NS % _TIMES
    number = (told * _PACES + pace) * _TIMES + time
    values = [number >> 5 * place & 31 for place in reversed(range(_DATA))]
    return "".join(ALPHABET[value] for value in (*values, *_checks(values)))


def decode(code: str, now_wall_ns: int) -> RunAlong:
    """What a code tells to somebody who reads it now.

    Args:
        code: as typed or pasted.
        now_wall_ns: the reader's wall clock, nanoseconds since the Unix epoch.

    Raises:
        Problem: ``code-length``, ``code-character``, ``code-mistyped``, ``code-ahead`` or ``code-old``.
    """
    values = _values(code)
    if _checks(values[:_DATA]) != tuple(values[_DATA:]):
        raise Problem("code-mistyped", given=code.strip())
    number = 0
    for value in values[:_DATA]:
        number = number * 32 + value
    rest, time = divmod(number, _TIMES)
    talk, pace = divmod(rest, _PACES)
    now = now_wall_ns // UNIT_NS
    away = (time - now + _TIMES // 2) % _TIMES - _TIMES // 2
    _refuse_another_day(code, away * UNIT_NS // NS)
    return RunAlong(
        talk=talk or None,
        start_wall_ns=(now + away) * UNIT_NS,
        seconds=_TOLD_SECONDS[pace] if pace < _OTHER_SECONDS else None,
    )


def seconds_along(code: str, told: RunAlong, own: int) -> int:
    """How many seconds each slide has in a view that runs along.

    Args:
        code: as typed or pasted.
        told: by it.
        own: what each slide has in this view otherwise; that counts where both are unusual.

    Raises:
        Problem: ``code-seconds`` where the code does not tell, and it can't be as many as here.
    """
    if told.seconds is None and own in _TOLD_SECONDS:
        raise Problem("code-seconds", given=code.strip(), own=own)
    return own if told.seconds is None else told.seconds


def _values(code: str) -> list[int]:
    written = re.sub(r"[\s‐‑–-]", "", code).upper().translate(_MISREAD)
    unknown = next((each for each in written if each not in ALPHABET), None)
    if unknown is not None:
        raise Problem("code-character", given=code.strip(), character=unknown)
    if len(written) != LENGTH:
        raise Problem("code-length", given=code.strip(), characters=len(written), length=LENGTH)
    return [ALPHABET.index(each) for each in written]


def _refuse_another_day(code: str, seconds: int) -> None:
    if seconds > AHEAD_SECONDS:
        raise Problem("code-ahead", given=code.strip())
    if seconds < -OLD_SECONDS:
        raise Problem("code-old", given=code.strip())


def _checks(values: list[int]) -> tuple[int, int]:
    plain = weighted = 0
    for value in values:
        plain ^= value
        weighted = _twice(weighted ^ value)
    return plain, weighted


def _twice(value: int) -> int:
    return 2 * value ^ (37 if value >= 16 else 0)
