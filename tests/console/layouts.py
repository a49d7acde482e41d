# SPDX-License-Identifier: AGPL-3.0-or-later
"""Walks through every window in every form and tells what does not fit: ``python -m console.layouts``.

A program of its own because Qt takes its scale factor once, before anything is shown. It prints what is
wrong as a JSON list; with ``--grabs FOLDER`` it keeps pictures of what it has seen.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from live.builders import FakeClock
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QWidget,
)
from show.builders import OPENED_NS, a_snapshot

from pechakucha.console.deck_review import DeckState, Review
from pechakucha.console.deck_work import DeckWork
from pechakucha.console.decks_window import DecksWindow
from pechakucha.console.dry_run_result import DryRunResult
from pechakucha.console.on_stage_view import FiguresView
from pechakucha.console.panel import Panel
from pechakucha.console.preparing import PreparingView
from pechakucha.console.presenter_view import PresenterView
from pechakucha.console.session import Session
from pechakucha.console.start_window import StartWindow
from pechakucha.console.status_view import StatusLine
from pechakucha.console.window import ConsoleWindow
from pechakucha.decks.library import Imported
from pechakucha.files.recent import RecentShow
from pechakucha.live.messages import Greeting, Status
from pechakucha.show import cues
from pechakucha.show.cues import Action, By, Cue
from pechakucha.show.deck import Deck, Slide
from pechakucha.show.dry_run import Remark, Sight, TalkSeen, Verdict
from pechakucha.show.plan import Show, Talk
from pechakucha.show.problem import Finding, Problem, Severity
from pechakucha.show.snapshot import NS, Snapshot, SnapshotSlide, SnapshotTalk
from pechakucha.show.status import Disk, Power
from pechakucha.texts import LANGUAGES, Texts
from pechakucha.ui import theme
from pechakucha.ui.controls import ElidedLabel
from pechakucha.ui.fonts import load_typeface
from pechakucha.ui.pictures import Pictures
from pechakucha.ui.style import dress

SIZES = ((1440, 900), (1920, 1080), (1280, 720), (1120, 720), (944, 1055), (480, 900), (480, 720))
PRESENTER_SIZES = ((1920, 1080), (1280, 720), (1024, 768), (896, 504))
START_SIZES = ((960, 640), (720, 560), (1440, 900))
PREPARING_SIZES = ((1440, 900), (720, 560))
RESULT_SIZES = ((1440, 900), (800, 480))
DECKS_SIZES = ((1440, 900), (1920, 1080), (1280, 720), (1120, 640))

TALK_S = 400
CITIES = (
    ("Ulm", "Vom Münster aus gesehen"),
    ("Mönchengladbach", "Wie wir eine Straßenbahn in einen Garten verwandelt haben"),
    ("Clausthal-Zellerfeld", "Bergwerke, Bäche und das, was davon übrig blieb"),
    ("Bern", ""),
    ("Ludwigshafen am Rhein", "Brücken"),
    ("Freiburg im Breisgau", "Ein Quartier wird autofrei – und keiner merkt es"),
    ("Graz", "Schlossbergstiege"),
    ("Jena", "Licht"),
    ("Castrop-Rauxel", "Zehn Jahre Altstadtmarkt in zwanzig Bildern"),
)
NOTES = (
    "Hier kurz innehalten und auf die Karte zeigen: links die alte Trasse, rechts die neue. Dann die drei "
    "Namen nennen, denen wir das verdanken, und erst danach von der Eröffnung im Mai erzählen, zu der "
    "vierhundert Leute kamen, obwohl es regnete und niemand Stühle aufgestellt hatte."
)
LINE = "Bitte etwas näher ans Mikrofon und die Straßenbahnhaltestelle zeigen, danke!"
TOO_MANY = Finding(
    code="slide-count",
    severity=Severity.ERROR,
    params={"case": "over", "selected": 34, "wanted": 20, "slides": 34, "hidden": 0},
)


class Moment(NamedTuple):
    """A moment of the block: seconds since it was opened, what happened before, what is done then."""

    name: str
    seconds: float
    cues: tuple[Cue, ...] = ()
    key: Qt.Key | None = None
    status: Status = Status(screen="HDMI-A-1", width=1920, height=1080, full=True, screens=("HDMI-A-1",))
    speed: float = 1.0
    blocked: bool = False
    report: bool = False
    power: Power | None = None
    disk: Disk | None = None
    auto: bool = False
    line: str = ""
    """What the moderator says to whoever presents."""


def a_block(*, speed: float = 1.0, blocked: bool = False, auto: bool = False) -> Snapshot:
    """Nine cities with names and notes as long as they get."""
    talks = []
    for place, (city, title) in enumerate(CITIES):
        slides = tuple(SnapshotSlide(number=number, picture=None, notes=NOTES) for number in range(1, 21))
        talk = SnapshotTalk(
            id=f"talk-{place}",
            city=city,
            title=title,
            slides=slides,
            changeover=90,
            pause=900 if place == 4 else 0,
            announcement=NOTES if place % 2 else "",
            deck=f"decks/{city} – endgültige Fassung vom Dienstag (2).pptx",
            blocker=TOO_MANY if blocked and place == 1 else None,
        )
        talks.append(talk)
    block = a_snapshot(*talks, speed=speed, auto=auto)
    return msgspec.structs.replace(block, title="Mitteldeutscher Pecha-Kucha-Städtetag 2026")


def moments() -> Iterator[Moment]:
    """Everything that the console can look like."""
    window = Status(screen="eDP-1", width=1280, height=720, screens=("eDP-1", "HDMI-A-1"), refusals=12)
    first = (_cue(400, cues.Start("talk-0")),)
    over = 403 + TALK_S
    started = (*first, _cue(over + 92, cues.Start("talk-1")))
    seven = over + 95 + 6 * 20 + 8
    ill = msgspec.structs.replace(window, awake=False, lateness_ns=340_000_000)
    short, full = Power(23, plugged_in=False, left_s=1260), Disk(120)
    yield Moment("before", 30)
    yield Moment("before-late", 1000, status=window)
    yield Moment("countdown", over + 93.2, started)
    yield Moment("talk", seven, started)
    yield Moment("talk-code", seven, started, Qt.Key.Key_C)
    yield Moment("talk-ignored", seven, started, status=window)
    yield Moment("talk-refused", seven, started, Qt.Key.Key_Space, status=window)
    yield Moment("black", seven, (*started, _cue(seven - 1, cues.Black(on=True))))
    yield Moment("held", seven + 300, (*started, _cue(seven, cues.Hold())))
    yield Moment("message", seven, (*started, _cue(seven - 1, cues.Message(""))))
    yield Moment("question", seven, started, Qt.Key.Key_P)
    yield Moment("question-message", seven, started, Qt.Key.Key_M)
    gap = (*started, Cue(_at(seven), cues.Hold("gap"), By.AUTO))
    yield Moment("question-gap", seven + 30, gap)
    yield Moment("question-no-show", over + 30, first, Qt.Key.Key_N)
    yield Moment("question-end", over + 30, first, Qt.Key.Key_E)
    yield Moment("thanks", over + 2, first)
    yield Moment("next", over + 30, first)
    yield Moment("next-blocked", over + 30, first, status=window, blocked=True)
    yield Moment("dry", (over + 30) / 60, (_cue(400 / 60, cues.Start("talk-0")),), speed=60)
    yield Moment("catch-up", seven, started, Qt.Key.Key_T)
    yield Moment("battery", seven, started, power=short, disk=full)
    yield Moment("status-ill", seven, started, Qt.Key.Key_I, status=ill, power=short, disk=full)
    yield Moment("dry-auto", (over + 30) / 10, (_cue(400 / 10, cues.Start("talk-0")),), speed=10, auto=True)
    yield Moment("line", seven, started, line=LINE)
    yield Moment("line-open", seven, started, Qt.Key.Key_L, line=LINE)
    yield Moment("line-next", over + 30, first, line=LINE)
    yield Moment("no-disk", seven, started, status=msgspec.structs.replace(window, recording=False))
    everything = tuple(_cue(400 + 500 * place, cues.Start(f"talk-{place}")) for place in range(len(CITIES)))
    yield Moment("after", 400 + 500 * 9, everything)
    yield Moment("ended", 400 + 500 * 9, (*everything, _cue(400 + 500 * 9 - 1, cues.End())), report=True)


def a_session(folder: Path, moment: Moment, language: str) -> Session:
    """What is known of the run at this moment; its clock stands still."""
    clock = FakeClock()
    clock.pass_seconds(moment.seconds)
    session = Session(folder, clock, lambda: True)
    block = a_block(speed=moment.speed, blocked=moment.blocked, auto=moment.auto)
    session.hear(
        Greeting(
            version="0",
            folder=str(folder),
            pid=1,
            snapshot=msgspec.structs.replace(block, language=language),
            cues=moment.cues,
            status=moment.status,
        )
    )
    return session


def a_console(folder: Path, moment: Moment, language: str) -> ConsoleWindow:
    """The console at this moment."""
    session = a_session(folder, moment, language)
    machine = SimpleNamespace(power=moment.power, disk=moment.disk, close=lambda: None)
    window = ConsoleWindow(session, Texts(language), machine=machine)
    session.setParent(window)
    if moment.line:
        window.line.say(moment.line)
    window.refresh()
    window.let_close()
    window.show()
    if moment.key is not None:
        QTest.keyClick(window, moment.key)
    if moment.report:
        window.offer_report(lambda: None, lambda: None)
    return window


def a_presenter_view(folder: Path, moment: Moment, language: str) -> PresenterView:
    """The presenter's view at this moment."""
    session = a_session(folder, moment, language)
    view = PresenterView(Pictures(folder), Texts(language))
    session.setParent(view)
    run, state = session.run, session.state()
    assert run is not None
    assert state is not None
    view.show_state(run, state, session.now_ns())
    view.show_line(moment.line)
    return view


def a_start_window(language: str) -> StartWindow:
    """The start window with as many shows as it tells of, one with a long name."""
    long = "Mitteldeutscher Pecha-Kucha-Städtetag 2026 – Generalprobe mit allen Städten"
    titles = ("Mashup", long, "Probe", "Block", "Ulm", "Bern", "Graz", "Jena")
    recent = tuple(
        RecentShow(f"/home/somebody/Dokumente/Veranstaltungen 2026/{number}/show.toml", title)
        for number, title in enumerate(titles)
    )
    window = StartWindow(recent, Texts(language))
    name = "Ablauf und Sprechzettel der Moderation, Stand Dienstag.docx"
    window.say(Texts(language)("start.not-taken", name=name))
    return window


def a_dry_run_result(language: str) -> DryRunResult:
    """Every verdict, with as much to say as there may be."""
    slides = tuple(range(1, 21, 2))
    seen = [TalkSeen(id=city, city=city, verdict=Verdict.READY) for city, _ in CITIES]
    seen[1] = msgspec.structs.replace(
        seen[1], verdict=Verdict.LOOK, remarks=tuple(Remark(code=each, slides=slides) for each in Sight)
    )
    seen[2] = msgspec.structs.replace(seen[2], verdict=Verdict.NOT_READY, blocker=TOO_MANY)
    seen[3] = msgspec.structs.replace(seen[3], verdict=Verdict.NOT_RUN, remarks=(Remark(code=Sight.NOT_RUN),))
    return DryRunResult("Mitteldeutscher Pecha-Kucha-Städtetag 2026", tuple(seen), Texts(language))


def a_preparing_window(language: str) -> QMainWindow:
    """Decks on their way."""
    talks = tuple(Talk(id=f"talk-{n}", city=city, deck="deck.pptx") for n, (city, _) in enumerate(CITIES))
    show = Show(title="Mitteldeutscher Pecha-Kucha-Städtetag 2026", talks=talks)
    path = Path("/home/somebody/Dokumente/Veranstaltungen 2026/show.toml")
    view = PreparingView(show, path, Texts(language))
    view.show_progress("talk-0", 20, 20)
    view.show_progress("talk-1", 7, 134)
    view.show_deck("talk-0", DeckState.NOT_READY, "14 von 20 Folien + 6 Karten · eingebaut dargestellt")
    window = QMainWindow()
    window.setCentralWidget(view)
    return window


def a_decks_window(folder: Path, language: str) -> DecksWindow:
    """A review: too many slides, too few, one that is not there, and one still on its way."""
    deck = "Präsentation der Stadt – endgültige Fassung vom Dienstag, mit Änderungen der Kämmerei (2).pptx"
    talks = tuple(
        Talk(id=f"talk-{n}", city=city, title=title, deck=f"decks/{n} {deck}")
        for n, (city, title) in enumerate(CITIES)
    )
    show = Show(title="Mitteldeutscher Pecha-Kucha-Städtetag 2026", talks=talks)
    review = Review(folder / "show.toml", show, {})
    for number, slides in enumerate((34, 14, 0, 20, 20, 21, 1, 20)):
        review.take(f"talk-{number}", Imported(a_long_deck(number, slides), folder))
    work = DeckWork(review, never)
    window = DecksWindow(review, work, Texts(language), goes_on=True)
    work.setParent(window)
    work.troubled.emit(
        Problem("show-not-writable", path=str(folder / "show.toml"), reason="Permission denied")
    )
    return window


def a_long_deck(number: int, slides: int) -> Deck:
    """A deck with so many slides; none at all where its file is gone."""
    if not slides:
        gone = Finding(code="not-found", severity=Severity.ERROR, params={"name": f"{NOTES[:60]}.pptx"})
        return Deck(kind="pptx", renderer="", digest="", findings=(gone,))
    fell_back = Finding(
        code="renderer-fell-back",
        severity=Severity.WARNING,
        params={"failed": "libreoffice", "instead": "embedded", "reason": "import-timeout"},
    )
    return Deck(
        kind="pptx",
        renderer="embedded",
        digest=str(number),
        slides=tuple(Slide(number=each, notes=NOTES) for each in range(1, slides + 1)),
        findings=(fell_back,),
    )


def never(*_: object, **__: object) -> dict[str, Imported]:
    """Imports nothing."""
    return {}


# What does not fit


def complaints(window: QWidget) -> Iterator[str]:
    """Everything in a window that is cut off, covered or outside."""
    for widget in (window, *window.findChildren(QWidget)):
        if not widget.isVisible() or isinstance(widget, QScrollBar):
            continue
        if isinstance(widget, QLabel):
            yield from _label(widget)
        elif isinstance(widget, QPushButton):
            yield from _button(widget)
        elif isinstance(widget, FiguresView):
            yield from _figures(widget)
        elif isinstance(widget, QAbstractScrollArea):
            line = widget.fontMetrics().height()
            if widget.viewport().height() < line:
                yield f"{_name(widget)} shows less than a line"
        yield from _siblings(widget)
        if widget is not window:
            yield from _outside(widget, window)


def _label(widget: QLabel) -> Iterator[str]:
    words, metrics, area = widget.text(), widget.fontMetrics(), widget.contentsRect()
    if not words:
        return
    if isinstance(widget, ElidedLabel):
        if widget.width() < 24:
            yield f"{_name(widget)} is {widget.width()} wide"
        needed = QSize(0, metrics.height())
    elif widget.wordWrap():
        width = max(1, area.width())
        wraps = int(Qt.TextFlag.TextWordWrap)
        needed = metrics.boundingRect(QRect(0, 0, width, 100_000), wraps, words).size()
        needed = needed.expandedTo(QSize(0, widget.heightForWidth(widget.width())))
    else:
        needed = metrics.size(0, words).expandedTo(widget.sizeHint())
    if widget.width() < needed.width() or widget.height() < needed.height():
        yield f"{_name(widget)} needs {_pair(needed)} and has {_pair(widget.size())}"


def _button(widget: QPushButton) -> Iterator[str]:
    """A link, and the status line, may end in an ellipsis; other buttons have room around their words."""
    words, least = widget.fontMetrics().size(0, widget.text()), widget.minimumSizeHint().width()
    if widget.property("form") == "link" or isinstance(widget, StatusLine):
        needed = QSize(least, words.height())
    else:
        needed = QSize(max(words.width(), least), words.height() + 2 * theme.GRID)
    if widget.width() < needed.width() or widget.height() < needed.height():
        yield f"{_name(widget)} needs {_pair(needed)} and has {_pair(widget.size())}"


def _figures(widget: FiguresView) -> Iterator[str]:
    """What it paints itself."""
    written = [(each.words, each.ink()) for each in widget.written() if each.words.strip()]
    for words, ink in written:
        if not widget.rect().adjusted(-1, 0, 1, 0).contains(ink):
            yield f"“{words}” at {_place(ink)} is outside the figures' {_pair(widget.size())}"
    for (words, ink), (other, another) in itertools.combinations(written, 2):
        if ink.adjusted(-2, -2, 2, 2).intersects(another):
            yield f"“{words}” at {_place(ink)} covers “{other}” at {_place(another)}"


def _siblings(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QAbstractScrollArea):
        return
    kind = Qt.FindChildOption.FindDirectChildrenOnly
    found = widget.findChildren(QWidget, options=kind)
    # A panel is there to stand over something.
    children = [each for each in found if each.isVisible() and not isinstance(each, Panel)]
    for one, other in itertools.combinations(children, 2):
        if not one.isWindow() and not other.isWindow() and one.geometry().intersects(other.geometry()):
            places = _place(one.geometry()), _place(other.geometry())
            yield f"{_name(one)} at {places[0]} covers {_name(other)} at {places[1]}"


def _outside(widget: QWidget, window: QWidget) -> Iterator[str]:
    """Nothing may be cut off; what scrolls may be so only where it scrolls to."""
    parent, scroll = widget.parentWidget(), _scroll_area(widget)
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    if scroll is not None:
        left = widget.mapTo(scroll.viewport(), QPoint(0, 0)).x()
        if left < 0 or left + widget.width() > scroll.viewport().width():
            yield f"{_name(widget)} at {_place(place)} is cut off by its scroll area"
    elif not window.rect().contains(place) or (parent and not parent.rect().contains(widget.geometry())):
        yield f"{_name(widget)} at {_place(place)} is outside"


def _scroll_area(widget: QWidget) -> QScrollArea | None:
    """The scroll area in which a widget is."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        inner, parent = parent, parent.parentWidget()
        if isinstance(parent, QScrollArea) and inner is parent.viewport():
            return parent
    return None


def _name(widget: QWidget) -> str:
    words = widget.text() if isinstance(widget, QLabel | QPushButton) else ""
    return f"{type(widget).__name__} “{words[:40]}”"


def _pair(size: QSize) -> str:
    return f"{size.width()} × {size.height()}"


def _place(rect: QRect) -> str:
    return f"({rect.x()}, {rect.y()}, {rect.width()}, {rect.height()})"


def _at(seconds: float) -> int:
    return OPENED_NS + round(seconds * NS)


def _cue(seconds: float, action: Action) -> Cue:
    return Cue(_at(seconds), action)


# The walk


class Walk:
    """Goes from window to window and gathers what is wrong."""

    def __init__(self, grabs: Path | None) -> None:
        self.found: list[str] = []
        self._grabs = grabs

    def see(self, name: str, window: QWidget, sizes: tuple[tuple[int, int], ...]) -> None:
        """Look at a window in these sizes."""
        if self._grabs is None:
            # Laid out like any other, but not painted, which would take most of the time.
            window.setUpdatesEnabled(False)
        window.show()
        for width, height in sizes:
            window.resize(width, height)
            for _ in range(5):
                QApplication.processEvents()
                if isinstance(window, ConsoleWindow):
                    window.refresh()
            where = f"{name} {width}x{height}"
            if window.size() != QSize(width, height):  # it is no smaller than it says it can be
                self.found.append(f"{where}: takes {_pair(window.size())}")
            self.found += [f"{where}: {each}" for each in complaints(window)]
            if self._grabs is not None:
                window.grab().save(str(self._grabs / f"{name}-{width}x{height}.png"))
        window.close()
        window.deleteLater()


def main() -> None:
    """Walk, and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--grabs", type=Path)
    grabs = parser.parse_args().grabs
    if grabs is not None:
        grabs.mkdir(parents=True, exist_ok=True)
    app = QApplication(sys.argv[:1])
    load_typeface()
    dress(app)
    walk = Walk(grabs)
    makers: tuple[tuple[str, Callable[[str], QWidget], tuple[tuple[int, int], ...]], ...] = (
        ("start", a_start_window, START_SIZES),
        ("preparing", a_preparing_window, PREPARING_SIZES),
        ("dry-run-result", a_dry_run_result, RESULT_SIZES),
    )
    with tempfile.TemporaryDirectory() as folder:
        for language in LANGUAGES:
            for moment in moments():
                console = a_console(Path(folder), moment, language)
                walk.see(f"{moment.name}-{language}", console, SIZES)
                if moment.key is None:
                    presenter = a_presenter_view(Path(folder), moment, language)
                    walk.see(f"presenter-{moment.name}-{language}", presenter, PRESENTER_SIZES)
            for name, make, sizes in makers:
                walk.see(f"{name}-{language}", make(language), sizes)
            for at in range(len(CITIES)):
                decks = a_decks_window(Path(folder), language)
                decks.decks.select(f"talk-{at}")
                walk.see(f"decks-{at}-{language}", decks, DECKS_SIZES)
    print(json.dumps(walk.found, ensure_ascii=False))


if __name__ == "__main__":
    main()
