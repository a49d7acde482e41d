# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pictures decoded ahead: only those wanted, undistorted, the right way up."""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ErrorLog
from decks.conftest import is_near, picture
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from pechakucha.stage.pager import Pager, decode

STAGE = QSize(320, 180)


@pytest.fixture
def pager(tmp_path: Path, qapp: object) -> Iterator[Pager]:
    pager = Pager(tmp_path)
    yield pager
    pager.close()


def want(qtbot: QtBot, pager: Pager, *names: str, size: QSize = STAGE) -> None:
    """Ask for pictures and wait until they are there."""
    pager.want(names, size)
    qtbot.waitUntil(lambda: all(pager.knows(name, size) for name in names))


@pytest.mark.parametrize(
    ("given", "fitted"),
    [
        ((160, 90), (320, 180)),
        ((1920, 1080), (320, 180)),
        ((320, 180), (320, 180)),
        ((640, 480), (240, 180)),
        ((90, 160), (101, 180)),
        ((1000, 10), (320, 3)),
    ],
)
def test_a_picture_is_fitted_in_without_distortion(
    tmp_path: Path, given: tuple[int, int], fitted: tuple[int, int]
) -> None:
    image = decode(picture(tmp_path / "a.png", "#c02020", *given), STAGE)
    assert image is not None
    assert (image.width(), image.height()) == pytest.approx(fitted, abs=1)
    assert is_near(image.pixelColor(image.rect().center()), "#c02020")


@pytest.mark.parametrize("ending", ["jpg", "png", "webp"])
def test_every_kind_that_a_worker_writes_can_be_decoded(tmp_path: Path, ending: str) -> None:
    image = decode(picture(tmp_path / f"a.{ending}", "#20a020"), STAGE)
    assert image is not None
    assert is_near(image.pixelColor(160, 90), "#20a020")


def test_a_picture_taken_with_the_camera_on_its_side_stands_upright(tmp_path: Path) -> None:
    """The bottom half of what the camera saw turned by 90 degrees becomes the left half."""
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(QColor("#c02020"))
    painter = QPainter(image)
    painter.fillRect(0, 50, 200, 50, QColor("#2020c0"))
    painter.end()
    path = tmp_path / "a.jpg"
    assert image.save(str(path))
    turned = struct.pack(">2sHLHHHLHHL", b"MM", 42, 8, 1, 0x0112, 3, 1, 6, 0, 0)
    exif = b"Exif\0\0" + turned
    jpeg = path.read_bytes()
    path.write_bytes(jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + jpeg[2:])
    upright = decode(path, STAGE)
    assert upright is not None
    assert (upright.width(), upright.height()) == (90, 180)
    assert is_near(upright.pixelColor(20, 90), "#2020c0")
    assert is_near(upright.pixelColor(70, 90), "#c02020")


def test_transparent_pictures_stand_on_black(tmp_path: Path) -> None:
    image = QImage(320, 180, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    image.save(str(tmp_path / "a.png"))
    decoded = decode(tmp_path / "a.png", STAGE)
    assert decoded is not None
    assert decoded.pixelColor(10, 10) == Qt.GlobalColor.black


@pytest.mark.parametrize("content", [None, b"", b"hello", b"\xff\xd8\xff\xe0 and then nothing"])
def test_a_broken_picture_is_none_and_logged(
    tmp_path: Path, error_log: ErrorLog, content: bytes | None
) -> None:
    error_log.expect("a.jpg")
    if content is not None:
        (tmp_path / "a.jpg").write_bytes(content)
    assert decode(tmp_path / "a.jpg", STAGE) is None


def test_nothing_is_known_before_it_is_decoded(pager: Pager, tmp_path: Path, qtbot: QtBot) -> None:
    picture(tmp_path / "a.jpg", "#c02020")
    pager.want(["a.jpg"], STAGE)
    assert not pager.knows("a.jpg", STAGE)
    assert pager.picture("a.jpg", STAGE) is None
    with qtbot.waitSignal(pager.ready, timeout=5000) as ready:
        pass
    assert ready.args == ["a.jpg"]
    assert pager.knows("a.jpg", STAGE)


def test_only_what_is_wanted_is_kept(pager: Pager, tmp_path: Path, qtbot: QtBot) -> None:
    for name in ("a.jpg", "b.jpg", "c.jpg"):
        picture(tmp_path / name, "#c02020")
    want(qtbot, pager, "a.jpg", "b.jpg")
    want(qtbot, pager, "b.jpg", "c.jpg")
    assert [pager.knows(name, STAGE) for name in ("a.jpg", "b.jpg", "c.jpg")] == [False, True, True]


def test_what_is_there_already_is_not_decoded_again(pager: Pager, tmp_path: Path, qtbot: QtBot) -> None:
    path = picture(tmp_path / "a.jpg", "#c02020")
    picture(tmp_path / "b.jpg", "#20a020")
    want(qtbot, pager, "a.jpg")
    path.unlink()
    want(qtbot, pager, "a.jpg", "b.jpg")
    kept = pager.picture("a.jpg", STAGE)
    assert kept is not None
    assert is_near(kept.pixelColor(160, 90), "#c02020")


def test_another_size_is_another_picture(pager: Pager, tmp_path: Path, qtbot: QtBot) -> None:
    picture(tmp_path / "a.jpg", "#c02020")
    want(qtbot, pager, "a.jpg")
    want(qtbot, pager, "a.jpg", size=QSize(640, 360))
    assert not pager.knows("a.jpg", STAGE)
    bigger = pager.picture("a.jpg", QSize(640, 360))
    assert bigger is not None
    assert bigger.size() == QSize(640, 360)


def test_a_broken_picture_is_known_and_the_next_one_comes(
    pager: Pager, tmp_path: Path, qtbot: QtBot, error_log: ErrorLog
) -> None:
    error_log.expect("missing.jpg")
    picture(tmp_path / "b.jpg", "#20a020")
    want(qtbot, pager, "missing.jpg", "b.jpg")
    assert pager.picture("missing.jpg", STAGE) is None
    assert pager.picture("b.jpg", STAGE) is not None


def test_the_most_urgent_comes_first(pager: Pager, tmp_path: Path, qtbot: QtBot) -> None:
    names = [f"{number}.jpg" for number in range(5)]
    for name in names:
        picture(tmp_path / name, "#c02020")
    came: list[str] = []
    pager.ready.connect(came.append)
    want(qtbot, pager, *reversed(names))
    assert came[0] in names[-2:]  # two are decoded at a time
    assert sorted(came) == names


def hold(qtbot: QtBot, pager: Pager, *names: str) -> None:
    """Have files held and wait until they are."""
    pager.hold(names)
    qtbot.waitUntil(lambda: all(pager.holds(name) for name in names))


def test_what_is_held_needs_no_disk(pager: Pager, tmp_path: Path, qtbot: QtBot) -> None:
    path = picture(tmp_path / "a.jpg", "#c02020")
    hold(qtbot, pager, "a.jpg")
    path.unlink()
    want(qtbot, pager, "a.jpg")
    image = pager.picture("a.jpg", STAGE)
    assert image is not None
    assert is_near(image.pixelColor(160, 90), "#c02020")


def test_what_is_wanted_first_keeps_back_what_is_held_only_until_then(
    pager: Pager, tmp_path: Path, qtbot: QtBot
) -> None:
    names = [f"{number}.jpg" for number in range(4)]
    for name in names:
        picture(tmp_path / name, "#c02020", 1920, 1080)
    pager.want(names, QSize(1920, 1080))
    hold(qtbot, pager, *names)


def test_what_is_needed_no_longer_is_let_go(pager: Pager, tmp_path: Path, qtbot: QtBot) -> None:
    for name in ("a.jpg", "b.jpg"):
        picture(tmp_path / name, "#c02020")
    hold(qtbot, pager, "a.jpg")
    hold(qtbot, pager, "b.jpg")
    assert not pager.holds("a.jpg")


def test_a_file_that_is_not_there_keeps_back_no_other(pager: Pager, tmp_path: Path, qtbot: QtBot) -> None:
    picture(tmp_path / "b.jpg", "#c02020")
    pager.hold(["missing.jpg", "b.jpg"])
    qtbot.waitUntil(lambda: pager.holds("b.jpg"))
    assert not pager.holds("missing.jpg")


def test_no_more_is_held_than_there_is_room_for(
    pager: Pager, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = [picture(tmp_path / name, "#c02020").stat().st_size for name in ("a.jpg", "b.jpg", "c.jpg")]
    monkeypatch.setattr("pechakucha.stage.pager.MOST_HELD", sum(sizes[:2]))
    hold(qtbot, pager, "a.jpg", "b.jpg")
    pager.hold(["a.jpg", "b.jpg", "c.jpg"])
    want(qtbot, pager, "c.jpg")
    assert not pager.holds("c.jpg")
    assert pager.picture("c.jpg", STAGE) is not None


def test_a_picture_left_out_is_never_opened(tmp_path: Path, qtbot: QtBot) -> None:
    picture(tmp_path / "a.jpg", "#c02020")
    careful = Pager(tmp_path, left_out=frozenset({"a.jpg"}))
    careful.want(["a.jpg"], STAGE)
    assert careful.knows("a.jpg", STAGE)
    assert careful.picture("a.jpg", STAGE) is None
    careful.close()


def test_a_picture_that_cannot_even_be_looked_for_keeps_no_other_back(
    pager: Pager, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, error_log: ErrorLog
) -> None:
    """As on a stick that was pulled: the system says more than that there is no such file."""
    error_log.expect("can't be decoded")
    picture(tmp_path / "good.png", "#20a020")

    def decode_or_not(path: Path, size: QSize, content: bytes | None = None) -> QImage | None:
        if path.name.startswith("gone"):
            raise OSError(5, "Input/output error")
        return decode(path, size, content)

    monkeypatch.setattr("pechakucha.stage.pager.decode", decode_or_not)
    want(qtbot, pager, "gone-1.png", "gone-2.png", "gone-3.png", "good.png")
    assert pager.picture("gone-1.png", STAGE) is None
    assert pager.picture("good.png", STAGE) is not None


class Disk:
    """A disk that does not answer for some files until it is told to."""

    def __init__(self, pager: Pager, monkeypatch: pytest.MonkeyPatch) -> None:
        self.pager = pager
        self.asked: list[str] = []
        self._answers = threading.Event()
        monkeypatch.setattr("pechakucha.stage.pager.decode", self._decode)

    def answer(self) -> None:
        """From now on it does."""
        self._answers.set()

    def _decode(self, path: Path, size: QSize, content: bytes | None = None) -> QImage | None:
        self.asked.append(path.name)
        if path.name.startswith("hung"):
            self._answers.wait()
        return decode(path, size, content)


@pytest.fixture
def hanging(tmp_path: Path, qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Disk]:
    """Twelve pictures that hang and one that does not, and a pager without patience."""
    for name in (*(f"hung-{number}.png" for number in range(12)), "good.png"):
        picture(tmp_path / name, "#20a020")
    disk = Disk(Pager(tmp_path, patience_ms=10), monkeypatch)
    yield disk
    disk.answer()
    disk.pager.close()


def pagers_threads() -> int:
    """How many threads decode or wait for a disk."""
    return sum(thread.name == "pager" for thread in threading.enumerate())


def test_however_many_reads_hang_a_picture_comes_for_which_the_disk_answers(
    hanging: Disk, qtbot: QtBot
) -> None:
    for number in range(4):
        hanging.pager.want([f"hung-{number}.png"], STAGE)
        qtbot.waitUntil(lambda: f"hung-{number}.png" in hanging.asked)  # noqa: B023
    want(qtbot, hanging.pager, "good.png")
    assert hanging.pager.picture("good.png", STAGE) is not None


def test_a_disk_that_hangs_takes_few_threads_and_gives_them_back(hanging: Disk, qtbot: QtBot) -> None:
    before = pagers_threads() - 2  # of pagers of other tests
    names = [f"hung-{number}.png" for number in range(12)]
    hanging.pager.want(names, STAGE)
    qtbot.waitUntil(lambda: len(hanging.asked) == 5)
    qtbot.wait(50)
    assert len(hanging.asked) == 5, "the last thread is kept for what is in memory"
    assert pagers_threads() - before == 6
    hanging.answer()
    qtbot.waitUntil(lambda: all(hanging.pager.knows(name, STAGE) for name in names))
    qtbot.waitUntil(lambda: pagers_threads() - before == 2)
    assert sorted(hanging.asked) == sorted(names), "none is asked for twice"


def test_what_is_held_comes_although_the_disk_does_not_answer(hanging: Disk, qtbot: QtBot) -> None:
    held = [f"hung-{number}.png" for number in range(8)]
    hold(qtbot, hanging.pager, *held)
    for name in held:
        want(qtbot, hanging.pager, name)
        assert hanging.pager.picture(name, STAGE) is not None
    assert len(hanging.asked) == 1, "once it is known to hang it is not asked for what is there"


def test_a_disk_that_answers_late_does_not_take_away_what_came_from_memory(
    hanging: Disk, tmp_path: Path, qtbot: QtBot
) -> None:
    hold(qtbot, hanging.pager, "hung-0.png")
    want(qtbot, hanging.pager, "hung-0.png")
    (tmp_path / "hung-0.png").unlink()
    came: list[str] = []
    hanging.pager.ready.connect(came.append)
    hanging.answer()
    qtbot.wait(50)
    assert came == []
    assert hanging.pager.picture("hung-0.png", STAGE) is not None


def test_a_held_file_that_somebody_overwrites_is_shown_as_it_was(
    pager: Pager, tmp_path: Path, qtbot: QtBot
) -> None:
    path = picture(tmp_path / "a.png", "#20a020")
    pager.hold(["a.png"])
    qtbot.waitUntil(lambda: pager.holds("a.png"))
    path.write_bytes(b"something else")
    want(qtbot, pager, "a.png")
    image = pager.picture("a.png", STAGE)
    assert image is not None
    assert is_near(image.pixelColor(160, 90), "#20a020")
