# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws the pictures of the README and the guides: ``python assets/draw_screenshots.py [FOLDER]``.

The real windows, fed with a run of the nine-city example and a clock that stands still, in German and
English. Works with and without a screen; the pictures are the same.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pechakucha.console.deck_review import review_of
from pechakucha.console.deck_work import DeckWork, import_of
from pechakucha.console.decks_window import DecksWindow
from pechakucha.console.session import Session
from pechakucha.console.start_window import StartWindow
from pechakucha.console.window import ConsoleWindow
from pechakucha.decks.drawing import STAGE
from pechakucha.decks.importing import import_deck
from pechakucha.decks.library import Library
from pechakucha.decks.show_import import import_show
from pechakucha.decks.show_source import open_show
from pechakucha.files.locations import examples_folder, library_folder
from pechakucha.files.new_run import new_run
from pechakucha.files.recent import RecentShow
from pechakucha.files.run_folder import read_snapshot
from pechakucha.files.show_file import change_talk, read_show
from pechakucha.live.messages import Greeting, Status
from pechakucha.rehearsal.window import PreviewWindow
from pechakucha.show import cues
from pechakucha.show.cues import Cue
from pechakucha.show.run import Run, fold
from pechakucha.show.scene import state_of
from pechakucha.show.snapshot import NS, Snapshot
from pechakucha.texts import LANGUAGES, Texts
from pechakucha.ui.card_painting import paint_card
from pechakucha.ui.cards import card
from pechakucha.ui.fonts import load_typeface
from pechakucha.ui.pictures import Pictures
from pechakucha.ui.style import dress

TALK = 400
OPENED = dt.datetime(2021, 3, 25, 8, 40)  # noqa: DTZ001  # local, like the example's start
CONSOLES = {"before", "next", "talk", "held", "after"}
CARDS = {"before", "next", "countdown", "thanks", "message", "after"}
WIDE, NARROW = QSize(1440, 900), QSize(480, 900)
SETTLE_MS = 400
QUALITY = 90
"""Of the JPEG files: small enough to keep in the repository, sharp enough for text."""


class StillClock:
    """A clock that stands where it is put, in seconds since the run was opened."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now_ns(self) -> int:
        return NS + round(self.seconds * NS)

    def wall_ns(self) -> int:
        return round(OPENED.timestamp() * NS) + round(self.seconds * NS)


class Moment(NamedTuple):
    """A moment of the block that is worth a picture: seconds since it was opened, cues before it."""

    name: str
    seconds: float
    cues: tuple[Cue, ...]


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    load_typeface()
    dress(app)
    with tempfile.TemporaryDirectory() as scratch:
        run = _make_run(Path(scratch))
        for language in LANGUAGES:
            snapshot = msgspec.structs.replace(read_snapshot(run), language=language)
            _draw_consoles(folder, run, snapshot, language)
            _draw_cards(folder, snapshot, language)
            _draw_previews(folder, language)
            _draw_start(folder, language)
            _draw_decks(Path(scratch), folder, language)


def _make_run(scratch: Path) -> Path:
    path = examples_folder() / "mpsc-mashup" / "show.toml"
    show = read_show(path)
    imports = import_show(show, path.parent, library=Library(library_folder()), pins={})
    decks = {talk: (imported.deck, imported.folder) for talk, imported in imports.items()}
    run = new_run(
        scratch / "show.toml", show, decks, language="de", speed=1.0, auto=False, now=OPENED.astimezone()
    )
    snapshot = msgspec.structs.replace(
        read_snapshot(run),
        opened_ns=NS,
        opened_wall_ns=round(OPENED.timestamp() * NS),
        boot="still",
        version="0",
    )
    (run / "snapshot.json").write_bytes(msgspec.json.encode(snapshot))
    return run


def _moments(snapshot: Snapshot) -> Iterator[Moment]:
    ids = [talk.id for talk in snapshot.talks]
    starts = [332.0, 332 + 449, 332 + 449 * 2, 332 + 449 * 3 + 104]
    begun = tuple(_cue(at, cues.Start(talk)) for at, talk in zip(starts, ids, strict=False))
    slide_seven = starts[3] + 3 + 6 * 20 + 8
    yield Moment("before", 118, ())
    yield Moment("next", starts[3] + 3 + TALK + 22, begun)
    yield Moment("countdown", starts[3] + 1.2, begun)
    yield Moment("talk", slide_seven, begun)
    yield Moment("held", slide_seven + 30, (*begun, _cue(slide_seven, cues.Hold())))
    yield Moment("message", slide_seven, (*begun, _cue(slide_seven - 1, cues.Message(""))))
    yield Moment("thanks", starts[3] + 3 + TALK + 2, begun)
    everything = tuple(_cue(332 + 449 * place, cues.Start(talk)) for place, talk in enumerate(ids))
    yield Moment("after", 332 + 449 * 9, everything)


def _cue(seconds: float, action: cues.Action) -> Cue:
    return Cue(NS + round(seconds * NS), action)


def _draw_consoles(folder: Path, run: Path, snapshot: Snapshot, language: str) -> None:
    clock, texts = StillClock(), Texts(language)
    for moment in _moments(snapshot):
        session = Session(run, clock, lambda: True)
        clock.seconds = moment.seconds
        status = Status(screen="HDMI", width=1920, height=1080, full=True)
        session.hear(
            Greeting(version="0", folder=str(run), pid=1, snapshot=snapshot, cues=moment.cues, status=status)
        )
        window = ConsoleWindow(session, texts)
        window.let_close()
        window.resize(WIDE)
        if moment.name in CONSOLES:
            _grab(window, window.pictures, folder / f"console-{moment.name}-{language}.jpg")
        if moment.name == "talk":
            QTest.keyClick(window, Qt.Key.Key_X)
            _grab(window, window.pictures, folder / f"console-question-{language}.jpg")
            QTest.keyClick(window, Qt.Key.Key_Escape)
            window.resize(NARROW)
            _grab(window, window.pictures, folder / f"console-narrow-{language}.jpg")
        window.close()


def _draw_cards(folder: Path, snapshot: Snapshot, language: str) -> None:
    texts = Texts(language)
    for moment in _moments(snapshot):
        if moment.name not in CARDS:
            continue
        _draw_card(folder / f"card-{moment.name}-{language}.jpg", fold(snapshot, moment.cues), moment, texts)
    with_pause = msgspec.structs.replace(snapshot.talks[1], pause=600)
    paused = msgspec.structs.replace(snapshot, talks=(snapshot.talks[0], with_pause, *snapshot.talks[2:]))
    start = (_cue(332, cues.Start(snapshot.talks[0].id)),)
    moment = Moment("pause", 332 + 3 + TALK + 120, start)
    _draw_card(folder / f"card-pause-{language}.jpg", fold(paused, start), moment, texts)


def _draw_card(path: Path, run: Run, moment: Moment, texts: Texts, size: QSize = QSize(1920, 1080)) -> None:  # noqa: B008
    now_ns = NS + round(moment.seconds * NS)
    image = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint_card(painter, size, card(run, state_of(run, now_ns), texts), now_ns)
    painter.end()
    image.save(str(path), quality=QUALITY)


def _draw_previews(folder: Path, language: str) -> None:
    """A rehearsal of Ulm, time going by second by second."""
    deck = examples_folder() / "mpsc-mashup" / "decks" / "ulm.pptx"
    imported = import_deck(deck, library=Library(library_folder()))
    clock = StillClock()
    window = PreviewWindow(deck, lambda _tell, _give_up: imported, clock, Texts(language))
    window.show_deck(imported)
    view = window.view
    assert view is not None

    def until(seconds: float) -> None:
        while clock.seconds < seconds:
            clock.seconds = min(seconds, clock.seconds + 1)
            view.rehearsal.conductor.look()
        view.refresh()

    window.resize(WIDE)
    QTest.keyClick(window, Qt.Key.Key_Space)
    until(3 + 3 * 20 + 11)
    _grab(window, view.page.pictures, folder / f"preview-{language}.jpg")
    window.close()


def _draw_start(folder: Path, language: str) -> None:
    recent = (RecentShow("/home/ada/mashup/show.toml", "MPSC Mashup"),)
    window = StartWindow(recent, Texts(language))
    window.show()
    QTest.qWait(SETTLE_MS)
    window.grab().save(str(folder / f"start-{language}.jpg"), quality=QUALITY)
    window.close()


def _draw_decks(scratch: Path, folder: Path, language: str) -> None:
    show = scratch / "decks" / language / "show.toml"
    shutil.copytree(examples_folder() / "mpsc-mashup", show.parent)
    # One of the nine has a slide too few here, so that there is something to look at.
    change_talk(show, read_show(show).talks[6].id, slides="1-19")
    source = open_show(show, Library(library_folder()))
    review = review_of(source)
    window = DecksWindow(
        review,
        work := DeckWork(review, import_of(source, Library(library_folder()), STAGE)),
        Texts(language),
    )
    window.resize(WIDE)
    window.show()
    work.open()
    while work.is_busy:
        QTest.qWait(SETTLE_MS)
    window.show_first_in_need()
    review.path = Path("/home/ada/mashup/show.toml")
    window.refresh()
    # What a grab asks for is there at the next one.
    for _ in range(4):
        window.grab()
        QTest.qWait(2 * SETTLE_MS)
    window.grab().save(str(folder / f"decks-{language}.jpg"), quality=QUALITY)
    window.close()


def _grab(window: QWidget, pictures: Pictures, path: Path) -> None:
    window.show()
    QTest.qWait(SETTLE_MS)
    while pictures.pending:
        QTest.qWait(SETTLE_MS)
    window.grab().save(str(path), quality=QUALITY)


if __name__ == "__main__":
    main()
