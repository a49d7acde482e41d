# SPDX-License-Identifier: AGPL-3.0-or-later
"""A pack as it is written: what is in it, under which names, and where it goes."""

from __future__ import annotations

import datetime as dt
import errno
import os
import sys
import unicodedata
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
from decks.conftest import picture

from pechakucha.files import pack, pack_writing
from pechakucha.files.pack import MIMETYPE, Pack, PackedPicture, PackedTalk, is_pack
from pechakucha.files.pack_writing import TalkToPack, check_pack_target, write_pack
from pechakucha.show.deck import Deck, Slide
from pechakucha.show.pin import Pin
from pechakucha.show.problem import Finding, Problem, Severity
from pechakucha.texts import Texts

NOON = dt.datetime(2026, 5, 4, 12, 0, 2, tzinfo=dt.UTC)
SHOW = b"\xef\xbb\xbf# Kommentar \xc3\xa4\r\ntitle = 'a'\r\n"
FINDING = Finding(code="pictures-left-out", severity=Severity.WARNING, slide=2, params={"pictures": 3})
DECK = Deck(
    kind="pptx",
    renderer="embedded",
    digest="ab" * 32,
    slides=(
        Slide(
            number=1, picture="slide-001.jpg", notes="Grüße 🎤", fonts=("Calibri",), drawn_fonts=("Carlito",)
        ),
        Slide(number=2, picture="slide-002.jpg"),
        Slide(number=3, hidden=True),
    ),
    findings=(FINDING,),
)
GONE = Deck(
    kind="pdf", renderer="", digest="", findings=(Finding(code="not-found", severity=Severity.ERROR),)
)
PIN = Pin(digest="ab" * 32, renderer="embedded", key="cd" * 20, ready=True)


@pytest.fixture
def talk(tmp_path: Path) -> TalkToPack:
    """A talk with two pictures and its deck."""
    pictures = tmp_path / "library" / "deck"
    pictures.mkdir(parents=True)
    for number, colour in enumerate(("#c02020", "#20c020"), start=1):
        picture(pictures / f"slide-{number:03}.jpg", colour)
    original = tmp_path / "ulm.pptx"
    original.write_bytes(b"deck" * 1000)
    return TalkToPack("ulm-4k7q", DECK, pictures, [original], PIN)


@pytest.fixture
def target(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder / "mashup.pechakucha"


def names(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()


def files_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def record(path: Path) -> Pack:
    """What the pack says, read as strictly as a worker does."""
    with zipfile.ZipFile(path) as archive:
        return msgspec.json.decode(archive.read("pack.json"), type=Pack)


def refused(write: Callable[[], None]) -> Problem:
    """The problem, which can be said."""
    with pytest.raises(Problem) as raised:
        write()
    for language in ("de", "en"):
        assert str(raised.value.params["path"]) in Texts(language).problem(raised.value)
    return raised.value


# What is in it


def test_everything_is_in_it_as_it_was(talk: TalkToPack, target: Path) -> None:
    write_pack(target, SHOW, [talk], NOON)
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert archive.read("show.toml") == SHOW
        assert archive.read("decks/ulm-4k7q/ulm.pptx") == talk.originals[0].read_bytes()
        for name in ("slide-001.jpg", "slide-002.jpg"):
            info = archive.getinfo(f"slides/ulm-4k7q/{name}")
            assert archive.read(info) == (talk.pictures / name).read_bytes()
            assert info.compress_type == zipfile.ZIP_STORED
    written = record(target)
    assert (written.format, written.packed) == (1, NOON)
    (packed,) = written.talks
    assert (packed.id, packed.deck, packed.pin, packed.originals) == (talk.id, DECK, PIN, ("ulm.pptx",))
    assert sorted(names(target)) == sorted(written.members)


def test_its_kind_is_told_from_its_first_bytes(talk: TalkToPack, target: Path, tmp_path: Path) -> None:
    write_pack(target, SHOW, [talk], NOON)
    content = target.read_bytes()
    assert content[:4] == b"PK\x03\x04"
    assert content[30 : 38 + len(MIMETYPE)] == b"mimetype" + MIMETYPE
    assert names(target)[0] == "mimetype"
    other = tmp_path / "holiday.jpg"
    other.write_bytes(content)
    assert is_pack(other)


@pytest.mark.parametrize("content", [b"", b"title = 'a'", b"PK\x03\x04" + bytes(200), b"mimetype" + MIMETYPE])
def test_other_files_are_no_packs_unless_they_are_called_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "show.toml"
    path.write_bytes(content)
    assert not is_pack(path)
    assert is_pack(path.rename(tmp_path / "show.PechaKucha"))


def test_what_is_no_file_is_no_pack(tmp_path: Path) -> None:
    assert not is_pack(tmp_path)
    assert not is_pack(tmp_path / "gone")
    assert not is_pack(Path("a\0b"))
    if sys.platform != "win32":
        os.mkfifo(tmp_path / "pipe")  # whoever opens it waits for ever
        assert not is_pack(tmp_path / "pipe")


def test_the_same_show_gives_the_same_bytes(talk: TalkToPack, target: Path) -> None:
    write_pack(target, SHOW, [talk], NOON)
    first, talks = target.read_bytes(), record(target).talks
    os.utime(talk.originals[0], (0, 0))
    write_pack(target, SHOW, [talk], NOON)
    assert target.read_bytes() == first
    write_pack(target, SHOW, [talk], NOON + dt.timedelta(days=1))
    assert target.read_bytes() != first
    assert record(target).talks == talks


def test_a_clock_that_was_never_set_stops_nobody(talk: TalkToPack, target: Path) -> None:
    write_pack(target, SHOW, [talk], dt.datetime(1970, 1, 1, tzinfo=dt.UTC))
    assert record(target).packed.year == 1970


def test_what_deflates_is_deflated_and_what_does_not_is_stored(talk: TalkToPack, target: Path) -> None:
    hard = talk.originals[0].with_name("hard.pptx")
    hard.write_bytes(os.urandom(3 << 20))
    write_pack(target, SHOW, [talk._replace(originals=[*talk.originals, hard])], NOON)
    with zipfile.ZipFile(target) as archive:
        easy, stored = (archive.getinfo(f"decks/ulm-4k7q/{name}") for name in ("ulm.pptx", "hard.pptx"))
        assert archive.read(stored) == hard.read_bytes()
    assert (easy.compress_type, stored.compress_type) == (zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED)


def test_a_deck_that_is_not_there_is_missing_with_its_finding(talk: TalkToPack, target: Path) -> None:
    gone = TalkToPack("bern-1111", GONE, Path("/nowhere"), [Path("/nowhere/bern.pdf")])
    write_pack(target, SHOW, [talk, gone], NOON)
    packed = record(target).talks[1]
    assert (packed.originals, packed.pictures, packed.deck) == ((), (), GONE)


# Names


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no such names")
@pytest.mark.parametrize(
    ("files", "members"),
    [
        (["Ulm Straße 🎤.pptx"], ["Ulm Straße 🎤.pptx"]),
        (["x" * 250 + ".pptx"], ["x" * 250 + ".pptx"]),
        (["a\\..\\b.pptx", "C:b.pptx"], ["a_.._b.pptx", "C_b.pptx"]),
        (["two\nlines\x1b[31m.pdf"], ["two_lines_[31m.pdf"]),
        ([os.fsdecode(b"\xfcmlaut.pdf")], ["_mlaut.pdf"]),
        (["a.jpg", "A.jpg", "a.JPG"], ["a.jpg", "A (2).jpg", "a (3).JPG"]),
        (["dot.", "dot", ".hidden", "..."], ["dot", "dot (2)", ".hidden", "_"]),
        (
            [unicodedata.normalize(form, "Köln.jpg") for form in ("NFC", "NFD")],
            ["Köln.jpg", unicodedata.normalize("NFD", "Köln") + " (2).jpg"],
        ),
        (["y" * 250 + ".jpg", "Y" * 250 + ".jpg"], ["y" * 250 + ".jpg", "Y" * 200 + " (2).jpg"]),
    ],
)
def test_files_get_names_that_every_system_can_have(
    talk: TalkToPack, target: Path, tmp_path: Path, files: Sequence[str], members: Sequence[str]
) -> None:
    folder = tmp_path / "decks"
    folder.mkdir()
    originals = [folder / name for name in files]
    for number, each in enumerate(originals):
        each.write_bytes(bytes([number]))
    write_pack(target, SHOW, [talk._replace(originals=originals)], NOON)
    assert list(record(target).talks[0].originals) == members
    with zipfile.ZipFile(target) as archive:
        content = [archive.read(f"decks/ulm-4k7q/{name}") for name in members]
    assert content == [bytes([number]) for number in range(len(files))]


@pytest.mark.parametrize(
    "id", ["../../evil", "Köln", "ULM", "a/b", "a\\b", "🎤", "x" * 300, ".", " ", "talk_1", "C:"]
)
def test_an_id_that_is_no_folders_name_gets_another(talk: TalkToPack, target: Path, id: str) -> None:
    write_pack(target, SHOW, [talk, talk._replace(id=id)], NOON)
    one, other = record(target).talks
    assert (one.folder, other.id, other.folder) == ("ulm-4k7q", id, "talk_2")


def test_a_key_depends_on_the_deck_and_its_pictures(talk: TalkToPack, target: Path) -> None:
    write_pack(target, SHOW, [talk, talk._replace(id="other")], NOON)
    one, other = record(target).talks
    assert one.key == other.key
    (first, second) = one.pictures
    swapped = PackedPicture(second.name, first.sha256, first.size)
    assert msgspec.structs.replace(one, pictures=(first, swapped)).key != one.key
    assert msgspec.structs.replace(one, deck=msgspec.structs.replace(DECK, findings=())).key != one.key


# What a record may not say


def said(**changes: Any) -> Any:
    """A talk as JSON has it."""
    plain = {
        "id": "ulm",
        "folder": "ulm",
        "deck": msgspec.to_builtins(DECK),
        "pictures": [{"name": f"slide-00{each}.jpg", "sha256": "0" * 64, "size": 9} for each in (1, 2)],
    }
    return {**plain, **changes}


def with_deck(**changes: Any) -> Any:
    return said(deck={**msgspec.to_builtins(DECK), **changes})


def with_picture(**changes: Any) -> Any:
    first, second = said()["pictures"]
    return said(pictures=[first, {**second, **changes}])


def test_a_record_as_it_may_be() -> None:
    assert msgspec.convert(said(), PackedTalk).folder == "ulm"


@pytest.mark.parametrize(
    "talk",
    [
        said(id=""),
        said(folder=".."),
        said(folder=""),
        said(folder="Ulm"),
        said(folder="a/b"),
        said(folder="ulm\n"),
        said(folder="x" * 65),
        said(originals=[".."]),
        said(originals=["."]),
        said(originals=["a/b"]),
        said(originals=["a\\b"]),
        said(originals=["C:b"]),
        said(originals=["a\0b"]),
        said(originals=[""]),
        said(originals=["x" * 256]),
        said(pictures=said()["pictures"][:1]),
        said(pictures=[*said()["pictures"], *said()["pictures"][:1]]),
        with_picture(name="../slide-002.jpg"),
        with_picture(name="slide-002.jpg\n"),
        with_picture(name="slide-002.png"),
        with_picture(sha256="0" * 63),
        with_picture(size=-1),
        with_picture(size=33 << 20),
        with_deck(renderer="../x"),
        with_deck(digest="../x"),
        with_deck(digest="AB" * 32),
        with_deck(slides=[]),
        with_deck(
            slides=[{"number": 1, "picture": "slide-001.jpg"}, {"number": 3, "picture": "slide-002.jpg"}]
        ),
        with_deck(findings=[{"code": "a.b", "severity": "error"}]),
        with_deck(findings=[{"code": "empty", "severity": "error", "params": {"code": "x"}}]),
        with_deck(findings=[{"code": "empty", "severity": "error", "params": {"a b": "x"}}]),
        with_deck(findings=[{"code": "empty", "severity": "mild"}]),
        said(pin={"digest": "", "renderer": "qt", "key": "../x"}),
    ],
)
def test_a_record_that_we_would_not_write_is_not_read(talk: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(talk, PackedTalk)


@pytest.mark.parametrize(
    ("other", "allowed"),
    [
        (said(id="bern", folder="bern"), True),
        (said(folder="bern"), False),
        (said(id="bern"), False),
        (said(id="bern", folder="bern", originals=["a.jpg", "A.jpg"]), False),
        (said(id="bern", folder="bern", originals=["Köln", unicodedata.normalize("NFD", "Köln")]), False),
    ],
)
def test_nothing_in_a_pack_has_the_same_name(other: Any, allowed: bool) -> None:
    plain = {"format": 1, "program": "1", "packed": "2026-05-04T12:00:00Z", "talks": [said(), other]}
    if allowed:
        assert len(msgspec.convert(plain, Pack).talks) == 2
        return
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(plain, Pack)


# Where it goes


def test_a_pack_that_is_there_is_replaced(talk: TalkToPack, target: Path) -> None:
    write_pack(target, SHOW, [talk], NOON)
    plain = target.rename(target.with_name("no ending"))
    plain.chmod(0o640)
    write_pack(plain, b"title = 'b'", [talk], NOON)
    with zipfile.ZipFile(plain) as archive:
        assert archive.read("show.toml") == b"title = 'b'"
    assert plain.stat().st_mode & 0o777 == 0o640
    assert files_in(plain.parent) == ["no ending"]


@pytest.mark.parametrize("content", [b"", b"title = 'a'", b"PK\x03\x04"])
def test_any_other_file_stays(talk: TalkToPack, target: Path, content: bytes) -> None:
    other = target.with_name("show.toml")
    other.write_bytes(content)
    for attempt in (lambda: check_pack_target(other), lambda: write_pack(other, SHOW, [talk], NOON)):
        assert refused(attempt).code == "pack-target-taken"
    assert other.read_bytes() == content
    assert refused(lambda: check_pack_target(target.parent)).code == "pack-target-taken"


def test_a_folder_that_is_not_there_is_said_before_the_work(target: Path) -> None:
    problem = refused(lambda: check_pack_target(target.parent / "gone" / "a.pechakucha"))
    assert (problem.code, problem.params["reason"]) == ("pack-not-written", os.strerror(errno.ENOENT))


@pytest.mark.skipif(sys.platform != "linux", reason="needs a folder that nobody may write to, not even root")
def test_a_folder_that_cannot_be_written_is_said_before_the_work() -> None:
    assert refused(lambda: check_pack_target(Path("/sys/kernel/a.pechakucha"))).code == "pack-not-written"


def test_to_look_leaves_nothing(target: Path) -> None:
    check_pack_target(target)
    assert files_in(target.parent) == []


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("there", [True, False])
def test_where_the_disk_is_full_the_old_pack_stays_alone(
    talk: TalkToPack, target: Path, monkeypatch: pytest.MonkeyPatch, call: str, there: bool
) -> None:
    if there:
        write_pack(target, SHOW, [talk], NOON)
    before = {each.name: each.read_bytes() for each in target.parent.iterdir()}

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    problem = refused(lambda: write_pack(target, b"title = 'b'", [talk], NOON))
    assert (problem.code, problem.params["reason"]) == ("pack-not-written", "No space left on device")
    assert {each.name: each.read_bytes() for each in target.parent.iterdir()} == before


def test_who_interrupts_leaves_nothing(
    talk: TalkToPack, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_pack(target, SHOW, [talk], NOON)
    assert files_in(target.parent) == []


# Too much


def test_two_hundred_talks_fit_and_more_do_not(talk: TalkToPack, target: Path) -> None:
    talks = [TalkToPack(f"talk-{number}", GONE, Path("/nowhere"), []) for number in range(201)]
    write_pack(target, SHOW, talks[:200], NOON)
    assert len(record(target).talks) == 200
    target.unlink()
    assert refused(lambda: write_pack(target, SHOW, talks, NOON)).code == "pack-too-large"
    assert files_in(target.parent) == []


@pytest.mark.parametrize(
    ("module", "limit"),
    [
        (pack, "MOST_PICTURE_BYTES"),
        (pack, "MOST_MEMBERS"),
        (pack_writing, "LARGEST_RECORD"),
        (pack_writing, "LARGEST_SHOW"),
    ],
)
def test_what_would_not_be_opened_again_is_not_written(
    talk: TalkToPack, target: Path, monkeypatch: pytest.MonkeyPatch, module: Any, limit: str
) -> None:
    monkeypatch.setattr(module, limit, 2)
    assert refused(lambda: write_pack(target, SHOW, [talk], NOON)).code == "pack-too-large"
    assert files_in(target.parent) == []
