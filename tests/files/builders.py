# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small run folders with plain pictures, and one record of every kind."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
from decks.conftest import picture
from PySide6.QtGui import QColor
from show.builders import a_snapshot, a_talk, after

from pechakucha.files.run_folder import make_run
from pechakucha.show.cues import (
    Action,
    Add,
    Black,
    By,
    Cut,
    End,
    GoOn,
    Hold,
    Message,
    Move,
    NoShow,
    PutBack,
    Reboot,
    Replace,
    Restart,
    Resume,
    Start,
    TakeBack,
    Withdraw,
)
from pechakucha.show.format import Format
from pechakucha.show.journal import Alive, CueRecord, Press, Record, RunRecord, Shown, StageBegun
from pechakucha.show.snapshot import Snapshot, SnapshotSlide, SnapshotTalk

EVENING = dt.datetime(2026, 5, 4, 19, 30, tzinfo=dt.UTC)

FOUR = Format(slides=4, seconds=20)
"""Enough slides to see them change."""

LIFE: tuple[Action, ...] = (
    NoShow("bern"),
    PutBack("bern"),
    NoShow("bern", keep=True),
    PutBack("bern"),
    Move("bern", "ulm"),
    Move("bern"),
    Replace(a_talk("bern", title="Zytglogge – „die Zeit“")),
    Add(a_talk("graz"), "bern"),
    Withdraw("graz"),
    Start("ulm"),
    TakeBack("ulm"),
    Start("ulm"),
    Hold("gap"),
    Resume(GoOn.SCHEDULE),
    Restart("ulm"),
    Black(on=True),
    Message("Gleich geht’s weiter"),
    Message(None),
    Cut("ulm"),
    Reboot("boot-2", 5_000_000_000),
    End(),
)
"""Every cue there is, in an order in which it can happen."""


def every_record(snapshot: Snapshot | None = None) -> list[Record]:
    """A run in which everything happens once."""
    cues = [
        CueRecord(after(number), By.AUTO if number % 2 else By.HAND, each) for number, each in enumerate(LIFE)
    ]
    return [
        RunRecord(snapshot or a_snapshot("ulm", "bern")),
        StageBegun(after(-1), ""),
        *cues,
        Shown("ulm", 3, after(63), after(63.002)),
        Press(after(63.5), "start", "talk-on-stage", count=7),
        Press(after(63.7), "place", detail="HDMI-1"),
        Alive(after(64), 1_616_658_064_000_000_000),
    ]


def hue_of(talk: str, number: int) -> str:
    """The colour of a talk's slide: each has its own."""
    return QColor.fromHsv((ord(talk[0]) * 31 + number * 47) % 360, 220, 210).name()


def picture_of(talk: str, number: int) -> str:
    """Where the picture of a talk's slide lies in the run's folder."""
    return f"slides/{talk}-{number}.jpg"


def with_slides(talk: SnapshotTalk, format: Format = FOUR) -> SnapshotTalk:
    """The talk with a picture for each slide."""
    slides = tuple(
        SnapshotSlide(number=number, picture=picture_of(talk.id, number))
        for number in range(1, format.slides + 1)
    )
    return msgspec.structs.replace(talk, slides=slides)


def a_run(folder: Path, snapshot: Snapshot, *, size: tuple[int, int] = (160, 90)) -> Path:
    """The folder of a run that has not begun, with a plain picture for every slide of the snapshot."""
    originals = folder / "originals"
    originals.mkdir(parents=True, exist_ok=True)
    pictures = {
        slide.picture: picture(originals / Path(slide.picture).name, hue_of(talk.id, slide.number), *size)
        for talk in snapshot.talks
        for slide in talk.slides
        if slide.picture is not None
    }
    return make_run(folder / "show.toml", snapshot, pictures, EVENING)
