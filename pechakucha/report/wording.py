# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happened in a run, in words."""

from __future__ import annotations

import datetime as dt

import msgspec

from pechakucha.show.figures import PressFigures, Report, RunCueFigures
from pechakucha.texts import Texts


class Happening(msgspec.Struct, frozen=True):
    """One line of the story: when (ISO 8601), in or to which city ("" for none), and what."""

    at: str
    city: str
    words: str


def story(report: Report, texts: Texts) -> list[Happening]:
    """Everything that happened or was done, in order; not what was refused."""
    happened = [Happening(cue.at, cue.city or "", cue_words(cue, texts)) for cue in report.cues]
    happened += [
        Happening(press.at, "", press_words(press, texts)) for press in report.presses if not press.refused
    ]
    happened += [Happening(at, "", texts("cue.stage-again")) for at in report.stage_again]
    return sorted(happened, key=lambda each: dt.datetime.fromisoformat(each.at))


class InVain(msgspec.Struct, frozen=True):
    """Presses that were refused: the first of ``count`` alike within a minute."""

    at: str
    words: str
    count: int
    refused: str


def in_vain(report: Report, texts: Texts) -> list[InVain]:
    """What was refused, in order; a hand that hammers is one line a minute."""
    lines: dict[tuple[str, str, str], InVain] = {}
    for press in report.presses:
        if press.refused:
            minute = press.at[: len("2021-03-25T08:45")]
            first = lines.get((minute, press.press, press.refused))
            words = press_words(press, texts)
            count = press.count + (first.count if first else 0)
            at = first.at if first else press.at
            lines[minute, press.press, press.refused] = InVain(at, words, count, press.refused)
    return list(lines.values())


def cue_words(cue: RunCueFigures, texts: Texts) -> str:
    """What a cue did."""
    match cue.cue, cue.detail:
        case "black", "off":
            return texts("cue.black-off")
        case "message", None:
            return texts("cue.message-off")
        case "message", str(words) if words:
            return texts("cue.message-words", words=words)
        case "hold", "gap":
            return texts("cue.hold-gap")
        case "resume", "schedule":
            return texts("cue.resume-schedule")
        case "move", str(city):
            return texts("cue.move-before", city=city)
        case "no-show", "kept":
            return texts("cue.no-show-kept")
        case "replace", str(what):
            return texts(f"cue.replace-{what}")
    return texts(f"cue.{cue.cue}")


def press_words(press: PressFigures, texts: Texts) -> str:
    """What was pressed."""
    if press.press == "place" and press.detail:
        return texts("press.place-on", screen=press.detail)
    return texts(f"press.{press.press}")
