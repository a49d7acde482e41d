# SPDX-License-Identifier: AGPL-3.0-or-later
"""The first window: open a show, rehearse a deck, try the example; or drop either onto it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QMainWindow,
    QSizePolicy,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from pechakucha.console.dry_run_result import DRY_RUN_KEY
from pechakucha.decks import kinds
from pechakucha.files.pack import ENDING, is_pack
from pechakucha.files.recent import RecentShow
from pechakucha.files.run_folder import begun_runs
from pechakucha.files.show_file import SHOW_ENDING
from pechakucha.texts import Texts
from pechakucha.ui import theme
from pechakucha.ui.card_painting import paint_background
from pechakucha.ui.controls import CommandButton, ElidedLabel, label, scrolling

SHOW_ENDINGS = (SHOW_ENDING, ENDING)
DECK_ENDINGS = tuple(f".{ending}" for ending in (*kinds.DECK_ENDINGS, kinds.ZIP))

_SIZE = QSize(960, 640)
_HUE = theme.city_hue(0)
_QUIET_LINK = f"""
    QPushButton {{ color: {theme.QUIET.name()}; font-size: {theme.SMALL}px; font-weight: 400; }}
    QPushButton:hover, QPushButton:focus {{ color: {theme.NEXT.name()}; }}
"""


class StartWindow(QMainWindow):
    """What ``pechakucha`` alone opens.

    Signals:
        show_chosen(Path): run this show.
        check_chosen(Path): judge the decks of this show.
        runs_chosen(Path, str): look at the earlier runs of this show, which has this title.
        deck_chosen(Path): rehearse this deck.
        dry_run_chosen(Path): a dry run of this show.
        example_chosen(): run the example.
    """

    show_chosen = Signal(object)
    check_chosen = Signal(object)
    runs_chosen = Signal(object, str)
    deck_chosen = Signal(object)
    dry_run_chosen = Signal(object)
    example_chosen = Signal()

    def __init__(self, recent: tuple[RecentShow, ...], texts: Texts) -> None:
        super().__init__()
        self._texts = texts
        self.setWindowTitle("Pecha Kucha")
        self.setAcceptDrops(True)
        self._trouble = label("attention", wraps=True)
        self._trouble.hide()
        everything = QWidget()
        column = QVBoxLayout(everything)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_Banner(texts))
        below = QHBoxLayout()
        below.setContentsMargins(6 * theme.GRID, 4 * theme.GRID, 6 * theme.GRID, 4 * theme.GRID)
        below.setSpacing(6 * theme.GRID)
        below.addLayout(self._build_choices(), 1)
        below.addLayout(self._build_recent(recent), 1)
        column.addLayout(below, 1)
        column.addWidget(self._build_foot())
        self.setCentralWidget(everything)
        self.resize(_SIZE)
        self.setMinimumSize(720, 560)

    def say(self, words: str) -> None:
        """Say what went wrong, until something else is chosen."""
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802  # Qt's name
        """Take files."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802  # Qt's name
        """A show is run, a deck is rehearsed."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            self.take(paths[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  # Qt's name
        """Each choice has a key."""
        key = Qt.Key(event.key())
        chosen = {
            Qt.Key.Key_O: self._open,
            Qt.Key.Key_C: self._check,
            DRY_RUN_KEY: self._dry_run,
            Qt.Key.Key_P: self._rehearse,
            Qt.Key.Key_E: self._example,
        }
        if key in chosen and not event.isAutoRepeat():
            chosen[key]()
        else:
            super().keyPressEvent(event)

    def take(self, path: Path) -> None:
        """Do with a file or folder what it is for."""
        self.say("")
        if _is_show(path):
            self.show_chosen.emit(path)
        elif path.is_dir() or path.suffix.lower() in DECK_ENDINGS:
            self.deck_chosen.emit(path)
        else:
            self.say(self._texts("start.not-taken", name=path.name))

    def check(self, path: Path) -> None:
        """Judge the decks of a show, if this is one."""
        self._take_show(path, self.check_chosen.emit)

    def try_out(self, path: Path) -> None:
        """Begin a dry run of a show, if this is one."""
        self._take_show(path, self.dry_run_chosen.emit)

    def _take_show(self, path: Path, take: Callable[[Path], object]) -> None:
        self.say("")
        if _is_show(path):
            take(path)
        else:
            self.say(self._texts("start.not-taken", name=path.name))

    def _open(self) -> None:
        name = self._ask_for_show(self._texts("start.open"))
        if name:
            self.take(Path(name))

    def _check(self) -> None:
        name = self._ask_for_show(self._texts("start.check"))
        if name:
            self.check(Path(name))

    def _dry_run(self) -> None:
        name = self._ask_for_show(self._texts("start.dry-run"))
        if name:
            self.try_out(Path(name))

    def _ask_for_show(self, title: str) -> str:
        pattern = f"{self._texts('start.show-files')} ({_patterns(SHOW_ENDINGS)})"
        return QFileDialog.getOpenFileName(self, title, "", pattern)[0]

    def _rehearse(self) -> None:
        pattern = f"{self._texts('start.deck-files')} ({_patterns(DECK_ENDINGS)})"
        name, _ = QFileDialog.getOpenFileName(self, self._texts("start.rehearse"), "", pattern)
        if name:
            self.take(Path(name))

    def _example(self) -> None:
        self.say("")
        self.example_chosen.emit()

    def _build_choices(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2 * theme.GRID)
        for code, key, action in (
            ("start.open", "O", self._open),
            ("start.check", "C", self._check),
            ("start.dry-run", DRY_RUN_KEY.name.removeprefix("Key_"), self._dry_run),
            ("start.rehearse", "P", self._rehearse),
            ("start.example", "E", self._example),
        ):
            button = CommandButton(key, "primary" if code == "start.open" else "")
            button.setText(self._texts(code))
            button.setAccessibleName(self._texts(code))
            button.setMinimumHeight(56)
            button.clicked.connect(lambda _checked=False, each=action: each())
            column.addWidget(button)
        column.addStretch(1)
        return column

    def _build_recent(self, recent: tuple[RecentShow, ...]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.GRID)
        heading = label("heading")
        heading.setText(self._texts("start.recent").upper())
        column.addWidget(heading)
        if not recent:
            nothing = label("quiet", wraps=True)
            nothing.setText(self._texts("start.no-recent"))
            column.addWidget(nothing)
            column.addStretch(1)
            return column
        entries = QWidget()
        inside = QVBoxLayout(entries)
        inside.setContentsMargins(0, 0, theme.GRID, 0)
        inside.setSpacing(theme.GRID)
        for show in recent:
            inside.addWidget(self._recent_button(show))
        inside.addStretch(1)
        column.addWidget(scrolling(entries), 1)
        return column

    def _recent_button(self, show: RecentShow) -> QWidget:
        entry = QWidget()
        column = QVBoxLayout(entry)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        button = Link()
        button.setText(show.title)
        button.setAccessibleName(self._texts("start.open-recent", show=show.title))
        button.clicked.connect(lambda _checked=False: self.take(Path(show.path)))
        where = ElidedLabel(role="quiet", pixels=theme.SMALL)
        where.setText(str(Path(show.path).parent))
        where.setToolTip(show.path)
        first = QHBoxLayout()
        first.setSpacing(2 * theme.GRID)
        first.addWidget(button, 1)
        links = (
            ("start.check-short", "start.check-recent", self.check),
            ("start.dry-run-short", "start.dry-run-recent", self.try_out),
        )
        for name, tip, action in links:
            link = CommandButton()
            link.setProperty("form", "link")
            link.setStyleSheet(_QUIET_LINK)
            link.setText(self._texts(name))
            link.setToolTip(self._texts(tip, show=show.title))
            link.setAccessibleName(link.toolTip())
            link.clicked.connect(lambda _checked=False, each=action: each(Path(show.path)))
            first.addWidget(link)
        if begun_runs(Path(show.path)):
            first.addWidget(self._runs_link(show))
        column.addLayout(first)
        column.addWidget(where)
        return entry

    def _runs_link(self, show: RecentShow) -> CommandButton:
        """The way to what was on earlier days."""
        link = CommandButton()
        link.setProperty("form", "link")
        link.setStyleSheet(_QUIET_LINK)
        link.setText(self._texts("start.runs-short"))
        link.setToolTip(self._texts("start.runs-recent", show=show.title))
        link.setAccessibleName(link.toolTip())
        link.clicked.connect(lambda _checked=False: self.runs_chosen.emit(Path(show.path), show.title))
        return link

    def _build_foot(self) -> QWidget:
        foot = QWidget()
        column = QVBoxLayout(foot)
        column.setContentsMargins(6 * theme.GRID, 0, 6 * theme.GRID, 3 * theme.GRID)
        hint = label("quiet", wraps=True)
        hint.setText(self._texts("start.drop"))
        column.addWidget(self._trouble)
        column.addWidget(hint)
        return foot


def _is_show(path: Path) -> bool:
    return path.suffix.lower() in SHOW_ENDINGS or is_pack(path)


def _patterns(endings: tuple[str, ...]) -> str:
    return " ".join(f"*{each}" for each in endings)


class Link(CommandButton):
    """A button that looks like a line of text, whose end gives way where there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("form", "link")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:  # noqa: N802  # Qt's name
        """It may become narrow."""
        return QSize(8 * theme.GRID, self.sizeHint().height())

    def initStyleOption(self, option: QStyleOptionButton) -> None:  # noqa: N802  # Qt's name
        """As much as there is room for."""
        super().initStyleOption(option)
        room = self.width() - 5 * theme.GRID
        option.text = self.fontMetrics().elidedText(option.text, Qt.TextElideMode.ElideRight, room)


class _Banner(QWidget):
    """The name, as a card would have it."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        self.setFixedHeight(184)
        self.setAccessibleName("Pecha Kucha")
        self._claim = texts("start.claim")

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  # Qt's name
        """A card's background with our name on it."""
        ratio = self.devicePixelRatio()
        pixels = self.size() * ratio
        image = QImage(pixels, QImage.Format.Format_RGB32)
        over = QPainter(image)
        paint_background(over, pixels, _HUE)
        over.end()
        painter = QPainter(self)
        painter.drawImage(self.rect(), image)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setPen(theme.TEXT)
        painter.setFont(theme.font(56, theme.BLACK))
        left = 6 * theme.GRID
        painter.drawText(left, 96, "Pecha Kucha")
        painter.setFont(theme.font(theme.LARGE))
        painter.setPen(theme.QUIET)
        painter.drawText(left, 136, self._claim)
