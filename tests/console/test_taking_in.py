# SPDX-License-Identifier: AGPL-3.0-or-later
"""Talks that were handed in, dropped onto the review of a show."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from decks.conftest import COLOURS, coloured_pptx
from decks.packs import make_show, pack
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from pytestqt.qtbot import QtBot

from pechakucha.console.deck_work import import_of
from pechakucha.decks.drawing import STAGE
from pechakucha.decks.handing_in import About, hand_in
from pechakucha.decks.importing import import_deck
from pechakucha.decks.library import Library
from pechakucha.decks.show_source import open_show
from pechakucha.files.edited_notes import change_notes
from pechakucha.files.show_file import read_show
from pechakucha.texts import Texts

from .reviewing import Moderator

NOON = dt.datetime(2026, 5, 4, 12, 0, tzinfo=dt.UTC)
SHOW = """\
title = "Abend"
format = "3x20"

[[talk]]
id = "ulm-1"
city = "Ulm"
deck = "decks/ulm.pptx"
slides = "1-2"      # vorläufig
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library")


@pytest.fixture
def show(tmp_path: Path) -> Path:
    """A show of one talk whose deck has not come yet."""
    show = tmp_path / "show" / "show.toml"
    (show.parent / "decks").mkdir(parents=True)
    show.write_text(SHOW, encoding="utf-8")
    return show


@pytest.fixture
def moderator(show: Path, library: Library, qtbot: QtBot, english: Texts) -> Moderator:
    source = open_show(show, library)
    made = Moderator(source, import_of(source, library, STAGE), qtbot, english, library=library)
    made.open()
    return made


def handed_in(folder: Path, city: str, colours: tuple[str, ...] = COLOURS[:3]) -> Path:
    """A pack as it comes by mail."""
    folder.mkdir(exist_ok=True)
    deck = coloured_pptx(folder / "talk.pptx", colours)
    library = Library(folder / "library")
    digest = import_deck(deck, library=library, renderer="embedded").deck.digest
    change_notes(deck, digest, {1: f"Grüße aus {city}."})
    seen = import_deck(deck, library=library, renderer="embedded")
    hand_in(deck, seen, About(city=city, title="Neu"), folder / "talk.pechakucha", NOON)
    return folder / "talk.pechakucha"


def drop(moderator: Moderator, *files: Path) -> None:
    """Drag files into the window and let go."""
    mime, at, copy = QMimeData(), QPointF(200, 200), Qt.DropAction.CopyAction
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(at.toPoint(), copy, mime, buttons, keys)
    moderator.window.dragEnterEvent(enter)
    assert enter.isAccepted()
    moderator.window.dropEvent(QDropEvent(at, copy, mime, buttons, keys))
    moderator.settle()


def test_a_talk_takes_the_place_of_the_one_of_its_city(
    moderator: Moderator, show: Path, tmp_path: Path
) -> None:
    assert "not ready" in moderator.rows()[0]
    drop(moderator, handed_in(tmp_path / "mail", "ULM "))
    (talk,) = read_show(show).talks
    assert (talk.id, talk.city, talk.title, talk.deck) == ("ulm-1", "Ulm", "Neu", "decks/talk.pechakucha")
    assert talk.slides is None
    assert moderator.rows() == ["1, Ulm, ready, 3 slides · drawn built-in"]
    assert moderator.review.imports["ulm-1"].deck.slides[0].notes == "Grüße aus ULM ."
    assert "now come from “talk.pechakucha” (before from decks/ulm.pptx)" in moderator.says()


def test_a_city_that_is_not_there_yet_comes_last(moderator: Moderator, show: Path, tmp_path: Path) -> None:
    drop(moderator, handed_in(tmp_path / "mail", "Bern"))
    assert [talk.city for talk in read_show(show).talks] == ["Ulm", "Bern"]
    assert moderator.window.talk == read_show(show).talks[1].id
    assert "Bern is now the last of the rundown" in moderator.says()


def test_a_second_version_replaces_the_first_and_both_files_stay(
    moderator: Moderator, show: Path, tmp_path: Path
) -> None:
    first = handed_in(tmp_path / "mail", "Ulm")
    drop(moderator, first)
    drop(moderator, first)
    assert read_show(show).talks[0].deck == "decks/talk.pechakucha"
    drop(moderator, handed_in(tmp_path / "mail", "Ulm", COLOURS[1:4]))
    assert read_show(show).talks[0].deck == "decks/talk (2).pechakucha"
    assert len(list((show.parent / "decks").glob("*.pechakucha"))) == 2


def test_a_file_that_lies_beside_the_show_is_not_copied(
    moderator: Moderator, show: Path, tmp_path: Path
) -> None:
    there = Path(shutil.copy(handed_in(tmp_path / "mail", "Ulm"), show.parent / "ulm.pechakucha"))
    drop(moderator, there)
    assert read_show(show).talks[0].deck == "ulm.pechakucha"
    assert not list((show.parent / "decks").glob("*.pechakucha"))


def test_nothing_else_can_draw_what_is_drawn_already(moderator: Moderator, tmp_path: Path) -> None:
    drop(moderator, handed_in(tmp_path / "mail", "Ulm"))
    assert moderator.review.other_renderers("ulm-1") == ()


def test_what_is_no_talk_is_said_and_changes_nothing(
    moderator: Moderator, show: Path, tmp_path: Path, library: Library
) -> None:
    before = show.read_text(encoding="utf-8")
    drop(moderator, coloured_pptx(tmp_path / "other.pptx"))
    assert "“other.pptx” is no talk that was handed in" in moderator.says()
    damaged = tmp_path / "damaged.pechakucha"
    damaged.write_bytes(handed_in(tmp_path / "mail", "Ulm").read_bytes()[:2000])
    drop(moderator, damaged)
    assert "damaged" in moderator.says()
    pack(make_show(tmp_path / "whole"), tmp_path / "whole.pechakucha", library)
    drop(moderator, tmp_path / "whole.pechakucha")
    assert "holds 4 talks and is a whole show" in moderator.says()
    assert show.read_text(encoding="utf-8") == before


def test_of_several_files_each_is_told(moderator: Moderator, show: Path, tmp_path: Path) -> None:
    drop(
        moderator,
        coloured_pptx(tmp_path / "other.pptx"),
        handed_in(tmp_path / "mail", "Bern"),
        handed_in(tmp_path / "post", "Ulm"),
    )
    assert [talk.city for talk in read_show(show).talks] == ["Ulm", "Bern"]
    assert "“other.pptx” is no talk that was handed in" in moderator.says()
    assert "Bern is now the last of the rundown" in moderator.says()
    assert "before from decks/ulm.pptx" in moderator.says()


def test_a_show_that_is_a_pack_takes_nothing_in(
    tmp_path: Path, show: Path, library: Library, qtbot: QtBot, english: Texts
) -> None:
    packed = tmp_path / "show.pechakucha"
    pack(show, packed, library)
    source = open_show(packed, library)
    made = Moderator(source, import_of(source, library, STAGE), qtbot, english, library=library)
    made.open()
    drop(made, handed_in(tmp_path / "mail", "Ulm"))
    assert "is a pack and can't be changed" in made.says()
