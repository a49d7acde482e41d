# SPDX-License-Identifier: AGPL-3.0-or-later
"""Packs that are opened: as they were packed, or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
import sys
import tempfile
import threading
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QImage

from pechakucha.cli.check import check_paths
from pechakucha.decks import unpacking
from pechakucha.decks.importing import Cancelled
from pechakucha.decks.library import Imported, Library
from pechakucha.decks.pack_task import open_pack
from pechakucha.decks.show_source import bring_decks, open_show
from pechakucha.decks.unpacking import look_into_pack, unpack_decks
from pechakucha.decks.worker_messages import Answer, OpenPack, PackOpened, PackRefused
from pechakucha.files.pack import MIMETYPE
from pechakucha.files.show_file import read_show
from pechakucha.show.problem import Problem
from pechakucha.texts import Texts

from .conftest import COLOURS, picture, python
from .packs import (
    Members,
    files_below,
    make_show,
    members_of,
    pack,
    rewrite,
    with_picture,
    with_record,
    write_members,
)

PICTURE = "slides/bern-1234/slide-002.jpg"


class Packed(NamedTuple):
    """A show that was packed, with its decks as they were imported for that."""

    show: Path
    pack: Path
    imports: dict[str, Imported]


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Packed:
    """The show of ``packs``, packed; not to be changed."""
    folder = tmp_path_factory.mktemp("packed")
    show = make_show(folder / "show")
    target = folder / "mashup.pechakucha"
    return Packed(show, target, pack(show, target, Library(folder / "library")))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """Deep enough that what climbs out of it is still found."""
    return Library(tmp_path / "home" / "data" / "library")


@pytest.fixture
def copy(tmp_path: Path, original: Packed) -> Path:
    """The pack, on another machine."""
    return Path(shutil.copy(original.pack, tmp_path / "mashup.pechakucha"))


def open_all(path: Path, library: Library, worker: Sequence[str] | None = None) -> dict[str, Imported]:
    """Everything that is in a pack."""
    others = {} if worker is None else {"worker": worker}
    return unpack_decks(path, look_into_pack(path, library, **others), library, **others)


def pictures_of(imported: Imported) -> list[bytes | None]:
    """The bytes of each slide's picture."""
    return [
        None if slide.picture is None else (imported.folder / slide.picture).read_bytes()
        for slide in imported.deck.slides
    ]


def problem_of(path: Path, library: Library) -> Problem:
    """Why it cannot be opened, said in a whole sentence; nothing is written by the attempt."""
    outside = files_below(path.parent)
    with pytest.raises(Problem) as raised:
        open_all(path, library)
    assert files_below(library.folder) == {}
    shutil.rmtree(library.folder)
    for folder in (library.folder.parent, library.folder.parent.parent):
        folder.rmdir()
    assert files_below(path.parent) == outside
    for language in ("de", "en"):
        sentence = Texts(language).problem(raised.value)
        assert str(path) in sentence
        assert "{" not in sentence
        assert sentence.endswith(".")
    return raised.value


# As it was packed


def test_the_show_its_decks_and_every_byte_of_their_slides_come_back(
    original: Packed, copy: Path, library: Library
) -> None:
    source = open_show(copy, library)
    decks = bring_decks(source, library)

    assert source.show == read_show(original.show)
    assert {talk: each.deck for talk, each in decks.items()} == {
        talk: each.deck for talk, each in original.imports.items()
    }
    for talk, imported in decks.items():
        assert imported.folder.parent == library.folder
        assert pictures_of(imported) == pictures_of(original.imports[talk])
    ulm = decks["ulm-4k7q"].deck
    assert (ulm.renderer, [slide.hidden for slide in ulm.slides].index(True)) == ("embedded", 2)
    assert [slide.notes for slide in ulm.slides] == [*COLOURS, "#102030"]
    assert [finding.code for finding in decks["köln / 1"].deck.findings] == ["not-found"]


def test_a_pack_is_told_by_its_content(original: Packed, tmp_path: Path, library: Library) -> None:
    other = shutil.copy(original.pack, tmp_path / "Täst 🎤.bin")
    assert open_show(Path(other), library).show.title == "Mashup"


def test_what_check_finds_in_a_pack_is_what_it_found_in_the_show(
    original: Packed, copy: Path, library: Library
) -> None:
    def judged(path: Path, library: Library) -> list[tuple[str, Any]]:
        decks = check_paths([path], library, "embedded", lambda *_: None)
        return [(Path(each.path).name, each.checked) for each in decks]

    assert judged(copy, library) == judged(original.show, Library(library.folder / "other"))
    (ulm, *_) = check_paths([copy], library, "embedded", lambda *_: None)
    assert ulm.path == str(copy / "Ulm Straße 🎤.pptx")
    assert "hidden-slides" in {finding.code for finding in ulm.checked.findings}


def test_packs_shows_and_decks_are_checked_in_one_call_and_in_its_order(
    original: Packed, copy: Path, library: Library
) -> None:
    deck = original.show.parent / "decks" / "bern.pdf"
    decks = check_paths([deck, copy, original.show, deck], library, "embedded", lambda *_: None)
    names = ["Ulm Straße 🎤.pptx", "bern.pdf", "graz", "nowhere.pdf"]
    assert [Path(each.path).name for each in decks] == ["bern.pdf", *names, *names, "bern.pdf"]


def test_another_renderer_or_a_larger_stage_changes_nothing(
    original: Packed, copy: Path, library: Library
) -> None:
    from pechakucha.decks.drawing import STAGE_4K

    source = open_show(copy, library)
    decks = bring_decks(source, library, renderer="powerpoint", stage=STAGE_4K)
    assert pictures_of(decks["ulm-4k7q"]) == pictures_of(original.imports["ulm-4k7q"])


def test_progress_is_told_by_talk(copy: Path, library: Library) -> None:
    seen: list[tuple[str, int, int]] = []
    packed = look_into_pack(copy, library)

    unpack_decks(copy, packed, library, on_progress=lambda *told: seen.append(told))

    ulm, bern, graz = (
        [(talk, done, 5) for done in range(1, 6)] for talk in ("ulm-4k7q", "bern-1234", "graz-aaaa")
    )
    there = [(talk.id, len(talk.pictures), len(talk.pictures)) for talk in packed.record.talks]
    assert seen == [*ulm, *bern, *graz, *there]


# The second time


def test_the_second_time_neither_worker_nor_decoding_is_needed(
    copy: Path, library: Library, no_worker: Sequence[str], tmp_path: Path
) -> None:
    first = open_all(copy, library)
    moved = copy.rename(tmp_path / "Renamed.pechakucha")
    assert open_all(moved, library, no_worker) == first


def test_a_pack_written_again_finds_its_decks(
    original: Packed, copy: Path, library: Library, tmp_path: Path
) -> None:
    open_all(copy, library)
    before = {each.name for each in library.folder.iterdir() if each.is_dir()}
    rewrite(copy, with_record(lambda record: record.update(packed="2026-06-01T00:00:00Z")))
    open_all(copy, library)
    assert {each.name for each in library.folder.iterdir() if each.is_dir()} == before


@pytest.mark.parametrize("damage", ["picture", "note"])
def test_what_is_damaged_in_the_library_is_taken_out_again(
    original: Packed, copy: Path, library: Library, damage: str
) -> None:
    first = open_all(copy, library)
    if damage == "picture":
        (first["bern-1234"].folder / "slide-002.jpg").write_bytes(b"")
    else:
        (note,) = library.folder.glob("pack-*.json")
        note.write_bytes(note.read_bytes()[:-9])
    again = open_all(copy, library)
    assert again == first
    assert pictures_of(again["bern-1234"]) == pictures_of(original.imports["bern-1234"])


def test_two_that_open_a_pack_at_once_both_end_well(copy: Path, library: Library) -> None:
    packed = look_into_pack(copy, library)
    results: list[dict[str, Imported]] = []
    threads = [
        threading.Thread(target=lambda: results.append(unpack_decks(copy, packed, library))) for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 2
    assert results[0] == results[1]


# Not at all


def add(name: str) -> Callable[[Members], None]:
    return lambda members: members.update({name: b"evil"})


def forget(name: str) -> Callable[[Members], None]:
    return lambda members: members.pop(name) and None


def replace(name: str, content: bytes) -> Callable[[Members], None]:
    return lambda members: members.update({name: content})


def in_talk(change: Callable[[Any], Any]) -> Callable[[Members], None]:
    """Changes what the record says about Bern."""
    return with_record(lambda record: change(record["talks"][1]))


def in_deck(**fields: Any) -> Callable[[Members], None]:
    return in_talk(lambda talk: talk["deck"].update(fields))


def rename_folder(talk: Any) -> None:
    talk["folder"] = "../../evil"


def rename_picture(members: Members) -> None:
    """Everywhere, so that only the name itself is wrong."""
    members["slides/bern-1234/../../../evil.jpg"] = members.pop(PICTURE)

    def rename(talk: Any) -> None:
        talk["pictures"][1]["name"] = talk["deck"]["slides"][1]["picture"] = "../../../evil.jpg"

    in_talk(rename)(members)


def two_of_one_name(members: Members) -> None:
    """Two originals that are one file on Windows and macOS."""
    members["decks/bern-1234/BERN.pdf"] = b"%PDF"
    in_talk(lambda talk: talk["originals"].append("BERN.pdf"))(members)


def jpeg(width: int, height: int) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return picture(Path(folder) / "picture.jpg", "#123456", width, height).read_bytes()


def png() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return picture(Path(folder) / "picture.png", "#123456").read_bytes()


def claims_to_be_huge() -> bytes:
    """A small JPEG whose header says 65000 x 65000."""
    content = jpeg(160, 90)
    place = content.index(b"\xff\xc0") + 5
    return content[:place] + (65_000).to_bytes(2, "big") * 2 + content[place + 4 :]


def without_tables() -> bytes:
    """A JPEG with a sound header whose pixels cannot be decoded."""
    content = jpeg(160, 90)
    while (place := content.find(b"\xff\xdb")) >= 0:
        length = int.from_bytes(content[place + 2 : place + 4], "big")
        content = content[:place] + content[place + 2 + length :]
    return content


CONTENT = {
    "above": add("../../evil.txt"),
    "absolute": add("/tmp/evil.txt"),
    "backslash": add("slides\\..\\..\\evil.txt"),
    "drive": add("C:/evil.txt"),
    "folder": add("slides/bern-1234/"),
    "unasked": add("decks/bern-1234/second.pdf"),
    "other case": add("SHOW.TOML"),
    "one name": two_of_one_name,
    "thousands": lambda members: members.update({f"slides/{number}": b"" for number in range(30_000)}),
    "picture gone": forget(PICTURE),
    "original gone": forget("decks/bern-1234/bern.pdf"),
    "record gone": forget("pack.json"),
    "show gone": forget("show.toml"),
    "no json": replace("pack.json", b"\x00\xff nothing"),
    "other json": replace("pack.json", b'{"name": "package", "version": "1.0.0"}'),
    "json of a type": replace("pack.json", b"[]"),
    "deep json": replace("pack.json", b"[" * 100_000),
    "no version": with_record(lambda record: record.pop("format")),
    "no talk": with_record(lambda record: record.update(talks=[])),
    "talk twice": with_record(lambda record: record["talks"].append(record["talks"][0])),
    "folder above": in_talk(rename_folder),
    "picture above": rename_picture,
    "renderer above": in_deck(renderer="../../../evil"),
    "digest above": in_deck(digest="../../../../../evil"),
    "key above": in_talk(
        lambda talk: talk.update(pin={"digest": "", "renderer": "qt", "key": "../../../evil"})
    ),
    "finding": in_deck(findings=[{"code": "empty", "severity": "note", "params": {"self": 1}}]),
    "slide numbers": in_talk(lambda talk: talk["deck"]["slides"].reverse()),
    "a slide twice": in_talk(lambda talk: talk["deck"]["slides"][1].update(picture="slide-001.jpg")),
    "no toml": replace("show.toml", b"title = "),
    "toml in latin-1": replace("show.toml", 'title = "Köln"'.encode("latin-1")),
    "another show": replace(
        "show.toml", b'title = "a"\n[[talk]]\nid = "x"\ncity = "Ulm"\ndeck = "bern.pdf"\n'
    ),
}
PICTURES = {
    "hash": replace(PICTURE, jpeg(64, 64)),
    "png": with_picture(png()),
    "png in a jpeg's clothes": with_picture(b"\xff\xd8" + png() + b"\xff\xd9"),
    "nothing inside": with_picture(b"\xff\xd8\xff\xd9"),
    "no tables": with_picture(without_tables()),
    "cut off": with_picture(jpeg(160, 90)[:-2]),
    "too wide": with_picture(jpeg(3841, 40)),
    "too high": with_picture(jpeg(40, 2161)),
    "claims to be huge": with_picture(claims_to_be_huge()),
}
SIZES = {
    "bomb as show": replace("show.toml", bytes(100 << 20)),
    "bomb as record": replace("pack.json", b" " * (100 << 20)),
}
HOSTILE = [
    *(("content", each) for each in CONTENT),
    *(("picture", each) for each in PICTURES),
    *(("size", each) for each in SIZES),
]


@pytest.mark.parametrize(("case", "what"), HOSTILE)
def test_a_hostile_pack_is_refused_and_writes_nothing(
    copy: Path, library: Library, case: str, what: str
) -> None:
    rewrite(copy, (CONTENT | PICTURES | SIZES)[what])
    problem = problem_of(copy, library)
    assert (problem.code, problem.params["case"]) == ("pack-damaged", case)


def test_without_a_change_such_a_pack_is_opened(original: Packed, copy: Path, library: Library) -> None:
    """What the others are refused for is the change alone."""
    rewrite(copy, lambda members: None)
    assert open_all(copy, library).keys() == original.imports.keys()
    rewrite(copy, with_picture(jpeg(3840, 2160)))
    assert open_all(copy, library).keys() == original.imports.keys()


def test_a_newer_format_asks_for_an_update(copy: Path, library: Library) -> None:
    rewrite(copy, replace("pack.json", b'{"format": 2, "whatever": {"comes": ["then"]}}'))
    problem = problem_of(copy, library)
    assert problem.code == "pack-newer"
    assert "Update the program" in Texts("en").problem(problem)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFIFO])
def test_a_member_that_is_no_plain_file_is_refused(copy: Path, library: Library, kind: int) -> None:
    members = members_of(copy)
    members[PICTURE] = b"../../../../evil"
    with zipfile.ZipFile(copy, "w") as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.create_system = 3
            info.external_attr = ((kind if name == PICTURE else stat.S_IFREG) | 0o777) << 16
            archive.writestr(info, content)
    problem = problem_of(copy, library)
    assert (problem.params["case"], problem.params["name"]) == ("content", PICTURE)


def test_a_name_with_a_zero_in_it_is_not_cut_there(copy: Path, library: Library) -> None:
    """Python's ``filename`` ends before it."""
    disguised = PICTURE[:-1] + "\0"
    copy.write_bytes(copy.read_bytes().replace(PICTURE.encode(), disguised.encode()))
    members = members_of(copy)
    assert PICTURE[:-1] in members
    problem = problem_of(copy, library)
    assert (problem.params["case"], problem.params["name"]) == ("content", PICTURE[:-1] + "\ufffd")


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", ["pack.json", "show.toml", PICTURE])
def test_a_name_that_comes_twice_is_refused(copy: Path, library: Library, name: str) -> None:
    members = members_of(copy)
    with zipfile.ZipFile(copy, "a") as archive:
        archive.writestr(name, members[name])
    problem = problem_of(copy, library)
    assert (problem.params["case"], problem.params["name"]) == ("content", name)


def test_a_bomb_that_lies_about_its_size_does_not_go_off(copy: Path, library: Library) -> None:
    """The directory says 1000 bytes; a quarter of a gigabyte is in it."""
    with zipfile.ZipFile(copy, "w") as archive:
        archive.writestr("mimetype", MIMETYPE)
        archive.writestr("pack.json", bytes(256 << 20), zipfile.ZIP_DEFLATED)
        archive.getinfo("pack.json").file_size = 1000
    tracemalloc.start()
    answer, _ = opened_in_here(copy)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(answer, PackRefused)
    assert most < 64 << 20
    assert problem_of(copy, library).code == "pack-damaged"


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04", b"title = 'a'\n", bytes(3000), b"%PDF-1.7 " + bytes(3000)]
)
def test_what_is_only_called_a_pack_is_a_damaged_one(
    tmp_path: Path, library: Library, content: bytes
) -> None:
    path = tmp_path / "mashup.pechakucha"
    path.write_bytes(content)
    problem = problem_of(path, library)
    assert (problem.code, problem.params["case"]) == ("pack-damaged", "archive")


def test_a_foreign_archive_is_no_pack(tmp_path: Path, library: Library) -> None:
    path = write_members(tmp_path / "mashup.pechakucha", {"ppt/presentation.xml": b"<x/>"})
    problem = problem_of(path, library)
    assert (problem.params["case"], problem.params["name"]) == ("content", "mimetype")


@pytest.mark.parametrize("tenth", range(1, 10))
def test_cut_off_at_every_tenth_it_is_damaged(copy: Path, library: Library, tenth: int) -> None:
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) * tenth // 10])
    problem = problem_of(copy, library)
    assert (problem.code, problem.params["case"]) == ("pack-damaged", "archive")


def test_a_pack_that_is_not_there_or_a_folder(tmp_path: Path, library: Library) -> None:
    with pytest.raises(Problem) as raised:
        open_show(tmp_path / "gone.pechakucha", library)
    assert raised.value.code == "show-not-found"
    (tmp_path / "folder.pechakucha").mkdir()
    with pytest.raises(Problem) as raised:
        open_show(tmp_path / "folder.pechakucha", library)
    assert raised.value.code == "show-unreadable"


def opened_in_here(path: Path) -> tuple[Answer, dict[str, bytes]]:
    """What the worker's task answers last, and what it wrote; in this process, since that is faster."""
    answers: list[Answer] = []
    with tempfile.TemporaryDirectory() as folder:
        open_pack(OpenPack(pack=os.fsencode(path), target=folder, pictures=True), answers.append)
        return answers[-1], files_below(Path(folder))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, tuple[Answer, dict[str, bytes]]]:
    """A pack of a few kilobytes, and what is in it."""
    folder = tmp_path_factory.mktemp("small")
    show = make_show(folder / "show")
    head, *talks = show.read_text("utf-8").split("[[talk]]")
    show.write_text(f"{head}[[talk]]{talks[2]}", encoding="utf-8")
    path = folder / "small.pechakucha"
    pack(show, path, Library(folder / "library"))
    opened = opened_in_here(path)
    assert isinstance(opened[0], PackOpened)
    return path.read_bytes(), opened


@settings(max_examples=400, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), flip=st.integers(1, 255))
def test_a_flipped_byte_is_noticed_or_does_no_harm(
    small: tuple[bytes, tuple[Answer, dict[str, bytes]]], place: float, flip: int
) -> None:
    whole, opened = small
    content = bytearray(whole)
    content[int(place * len(content))] ^= flip
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "mashup.pechakucha"
        path.write_bytes(content)
        answer, written = opened_in_here(path)
    assert isinstance(answer, PackRefused) or (answer, written) == opened


# Workers and disks


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import os; os.abort()", "import-died"),
        ("raise SystemExit(0)", "import-died"),
        ("print('no answer at all')", "import-died"),
        ('print(\'{"type": "done"}\')', "import-died"),
        ('print(\'{"type": "pack-opened", "show": {}, "record": {}}\')', "import-died"),
        ('print(\'{"type": "pack-refused", "why": "mood"}\')', "import-died"),
        ("import sys; sys.stdin.read()", "import-timeout"),
    ],
)
def test_a_worker_that_dies_lies_or_hangs_is_a_problem(
    copy: Path, library: Library, monkeypatch: pytest.MonkeyPatch, script: str, reason: str
) -> None:
    monkeypatch.setattr(unpacking, "LOOK_LIMIT_S", 1.0)
    with pytest.raises(Problem) as raised:
        look_into_pack(copy, library, worker=python(script))
    assert (raised.value.code, raised.value.params["reason"]) == ("pack-not-opened", reason)
    assert files_below(library.folder) == {}


def test_a_picture_that_takes_too_long_to_decode_is_a_problem(
    copy: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stage would have to decode it as well."""
    monkeypatch.setattr(unpacking, "_PICTURE_LIMIT_S", 0.5)
    packed = look_into_pack(copy, library)
    script = (
        'import sys; print(\'{"type": "progress", "done": 0, "total": 15}\', flush=True); sys.stdin.read()'
    )
    with pytest.raises(Problem) as raised:
        unpack_decks(copy, packed, library, worker=python(script))
    assert (raised.value.code, raised.value.params["reason"]) == ("pack-not-opened", "import-timeout")
    assert files_below(library.folder) == {}


TAKES_OUT_PICTURES = """
import json, os, sys, zipfile
from pathlib import Path
task = json.loads(sys.stdin.readline())
target = Path(task['target'])
with zipfile.ZipFile({pack!r}) as archive:
    for talk in json.loads(archive.read('pack.json'))['talks']:
        (target / talk['folder']).mkdir()
        for each in talk['pictures']:
            name = f"{{talk['folder']}}/{{each['name']}}"
            (target / name).write_bytes(archive.read(f'slides/{{name}}'))
one = target / 'bern-1234' / 'slide-002.jpg'
{deed}
print(Path({answer!r}).read_text())
"""


@pytest.mark.parametrize(
    ("deed", "believed"),
    [
        ("", True),
        ("one.unlink()", False),
        ("one.write_bytes(one.read_bytes()[:-2])", False),
        ("one.write_bytes(bytes.fromhex('ffd8ffd9'))", False),
        ("one.unlink(); one.symlink_to(target / 'bern-1234' / 'slide-003.jpg')", False),
        ("one.unlink(); one.mkdir()", False),
    ],
)
def test_pictures_that_a_worker_only_claims_are_not_believed(
    copy: Path, library: Library, tmp_path: Path, deed: str, believed: bool
) -> None:
    packed = look_into_pack(copy, library)
    answer = tmp_path / "answer"
    answer.write_bytes(msgspec.json.encode(PackOpened(packed.show, packed.record)))
    worker = python(TAKES_OUT_PICTURES.format(pack=str(copy), deed=deed, answer=str(answer)))

    if believed:
        assert unpack_decks(copy, packed, library, worker=worker).keys() == {t.id for t in packed.show.talks}
        return
    with pytest.raises(Problem) as raised:
        unpack_decks(copy, packed, library, worker=worker)
    assert raised.value.code == "pack-damaged"
    assert files_below(library.folder) == {}


def test_a_pack_that_changes_while_it_is_opened_is_refused(copy: Path, library: Library) -> None:
    packed = look_into_pack(copy, library)
    rewrite(copy, with_record(lambda record: record.update(packed="2026-06-01T00:00:00Z")))
    with pytest.raises(Problem) as raised:
        unpack_decks(copy, packed, library)
    assert raised.value.code == "pack-damaged"
    assert files_below(library.folder) == {}


def test_who_gives_up_leaves_nothing(copy: Path, library: Library) -> None:
    source = open_show(copy, library)
    begun: list[str] = []

    with pytest.raises(Cancelled):
        bring_decks(
            source,
            library,
            on_progress=lambda talk, _done, _total: begun.append(talk),
            cancelled=lambda: bool(begun),
        )

    assert files_below(library.folder) == {}


def test_a_library_that_cannot_be_written_says_so(copy: Path, library: Library) -> None:
    library.folder.parent.mkdir(parents=True)
    library.folder.touch()
    with pytest.raises(Problem) as raised:
        look_into_pack(copy, library)
    assert raised.value.code == "pack-not-stored"


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit on the size of files")
def test_a_disk_that_fills_up_while_a_worker_writes_says_so(copy: Path, library: Library) -> None:
    script = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)); "
        "from pechakucha.decks.worker import main; main()"
    )
    packed = look_into_pack(copy, library)
    with pytest.raises(Problem) as raised:
        unpack_decks(copy, packed, library, worker=python(script))
    assert raised.value.code == "pack-not-stored"
    assert "File too large" in Texts("en").problem(raised.value)
    assert files_below(library.folder) == {}


@pytest.mark.skipif(sys.platform != "linux", reason="there names are UTF-8 always")
def test_a_name_that_is_no_utf_8_is_as_good_as_any(
    original: Packed, tmp_path: Path, library: Library
) -> None:
    path = tmp_path / os.fsdecode(b"\xfcmlaut.pechakucha")
    shutil.copy(original.pack, path)
    assert open_show(path, library).show.title == "Mashup"


def test_the_pictures_that_were_packed_are_those_that_people_see(original: Packed, copy: Path) -> None:
    """The hash in the record is that of the file, and the file is a picture."""
    record = json.loads(members_of(copy)["pack.json"])
    for talk in record["talks"]:
        for each in talk["pictures"]:
            content = members_of(copy)[f"slides/{talk['folder']}/{each['name']}"]
            assert hashlib.sha256(content).hexdigest() == each["sha256"]
            assert not QImage.fromData(content).isNull()
