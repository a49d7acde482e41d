# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a presenter's rehearsal to the moderator's stage: what is handed in comes back as it was seen."""

from __future__ import annotations

import hashlib
import random
import shutil
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest
from PIL import Image

from pechakucha.cli.check import check_paths
from pechakucha.decks import handing_in
from pechakucha.decks.deck_folder import decks_in
from pechakucha.decks.handed_in import talk_in
from pechakucha.decks.handing_in import About, hand_in, weigh
from pechakucha.decks.importing import Wanted, import_deck, import_decks
from pechakucha.decks.library import Imported, Library
from pechakucha.decks.show_import import import_show
from pechakucha.files.edited_notes import change_notes
from pechakucha.files.new_run import new_run
from pechakucha.files.run_folder import read_snapshot
from pechakucha.files.show_file import read_show
from pechakucha.files.takes import KeptTake, keep_take
from pechakucha.show.checks import check_show
from pechakucha.show.marks import Spoken, Take
from pechakucha.show.pin import Pin
from pechakucha.show.problem import Finding, Problem, Severity
from pechakucha.texts import LANGUAGES, Texts

from .conftest import COLOURS, coloured_pptx, python
from .packs import NOON, make_show, members_of, pack, rewrite, with_record

ULM = About(city="Ulm", title="Das Münster", presenters=("Anna Beispiel", "Jörg Muster"))


class HandedIn(NamedTuple):
    """A deck, how its presenter saw it, and the pack made of it."""

    deck: Path
    seen: Imported
    pack: Path


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> HandedIn:
    """Five slides, one of them hidden, with notes edited in the rehearsal; not to be changed."""
    folder = tmp_path_factory.mktemp("presenter")
    deck = coloured_pptx(folder / "Ulm – Münster.pptx", hidden=[3])
    digest = imported(deck, folder / "library").deck.digest
    change_notes(deck, digest, {2: "In Ulm, um Ulm\nund um Ulm herum."})
    seen = imported(deck, folder / "library")
    pack = folder / "ulm.pechakucha"
    hand_in(deck, seen, ULM, pack, NOON)
    return HandedIn(deck, seen, pack)


@pytest.fixture
def arrived(original: HandedIn, tmp_path: Path) -> Path:
    """The pack, saved from a mail beside the moderator's show."""
    return Path(shutil.copy(original.pack, tmp_path / "ulm.pechakucha"))


def imported(deck: Path, library: Path) -> Imported:
    """A deck drawn by the renderer that is always there."""
    return import_deck(deck, library=Library(library), renderer="embedded")


def hashes(folder: Path) -> dict[str, str]:
    """Every picture below a folder."""
    files = sorted(folder.rglob("*.jpg"))
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in files}


def a_show(folder: Path, deck: str, *, format: str = "4x2") -> Path:
    """A show file with one talk."""
    show = folder / "show.toml"
    show.write_text(
        f'title = "Abend"\nformat = "{format}"\n[[talk]]\nid = "ulm-1"\ncity = "Ulm"\ndeck = "{deck}"\n',
        encoding="utf-8",
    )
    return show


def error_of(deck: Path, library: Library) -> Finding:
    """What is wrong with it, which can be said in both languages."""
    result = import_deck(deck, library=library)
    assert result.deck.error is not None
    for language in LANGUAGES:
        texts = Texts(language)
        assert "{" not in texts.message(result.deck.error) + texts.remedy(result.deck.error)
    return result.deck.error


def noisy(deck: Imported, folder: Path) -> Imported:
    """The same deck with pictures that JPEG can hardly make smaller."""
    shutil.copytree(deck.folder, folder)
    for number, slide in enumerate(deck.deck.visible):
        noise = random.Random(number).randbytes(480 * 270 * 3)
        picture = Image.frombytes("RGB", (480, 270), noise).resize((1920, 1080))
        picture.save(folder / (slide.picture or ""), "JPEG", quality=92)
    return Imported(deck.deck, folder)


# As it was seen


def test_what_the_presenter_saw_is_byte_for_byte_what_the_stage_shows(
    original: HandedIn, arrived: Path, tmp_path: Path
) -> None:
    library = Library(tmp_path / "library")
    path = a_show(tmp_path, arrived.name)
    show = read_show(path)
    imports = import_show(show, tmp_path, library=library, pins={})
    assert hashes(imports["ulm-1"].folder) == hashes(original.seen.folder)
    decks = {talk: (each.deck, each.folder) for talk, each in imports.items()}
    run = new_run(path, show, decks, language="de", speed=1, auto=False, now=NOON)
    on_stage = hashes(run)
    assert len(on_stage) == 4
    assert on_stage.items() <= hashes(original.seen.folder).items()
    (talk,) = read_snapshot(run).talks
    assert [slide.notes for slide in talk.slides][:2] == [COLOURS[0], "In Ulm, um Ulm\nund um Ulm herum."]


def test_city_title_presenters_and_notes_come_along(
    original: HandedIn, arrived: Path, library: Library
) -> None:
    talk = talk_in(arrived, library)
    assert (talk.city, talk.title, talk.presenters) == ("Ulm", "Das Münster", ULM.presenters)
    deck = import_deck(arrived, library=library).deck
    assert deck == original.seen.deck
    assert deck.slides[1].notes == "In Ulm, um Ulm\nund um Ulm herum."


def test_it_is_ready_where_its_deck_was(arrived: Path, tmp_path: Path, library: Library) -> None:
    show = read_show(a_show(tmp_path, arrived.name))
    imports = import_show(show, tmp_path, library=library, pins={})
    checked = check_show(show, {talk: each.deck for talk, each in imports.items()})["ulm-1"]
    assert checked.ready
    assert len(checked.slides) == 4


def test_it_is_a_show_of_its_own_as_well(arrived: Path, library: Library) -> None:
    (checked,) = check_paths([arrived], library, "auto", lambda *_: None)
    assert (checked.city, len(checked.deck.slides)) == ("Ulm", 5)


def test_a_folder_with_what_was_handed_in_is_a_folder_of_decks(arrived: Path) -> None:
    assert decks_in(arrived.parent) == [arrived]


def test_progress_is_told_and_the_second_time_it_is_there(
    arrived: Path, library: Library, no_worker: list[str]
) -> None:
    told: list[tuple[int, int]] = []
    first = import_deck(arrived, library=library, on_progress=lambda *each: told.append(each))
    assert told[-1] == (4, 4)
    assert import_deck(arrived, library=library, worker=no_worker) == first


def test_what_was_approved_is_found_again_and_another_one_is_said_to_be_changed(
    arrived: Path, tmp_path: Path, library: Library
) -> None:
    first = import_deck(arrived, library=library)
    pin = Pin(digest=first.deck.digest, renderer=first.deck.renderer, key=first.folder.name, ready=True)
    (again,) = import_decks([Wanted(arrived, pin=pin)], library=library)
    assert again == first
    other = coloured_pptx(tmp_path / "other.pptx", colours=COLOURS[:3])
    hand_in(other, imported(other, library.folder), ULM, arrived, NOON)
    (changed,) = import_decks([Wanted(arrived, pin=pin)], library=library)
    assert [each.code for each in changed.deck.findings] == ["changed-since-ready"]


def test_a_selection_is_handed_in_with_it(original: HandedIn, tmp_path: Path, library: Library) -> None:
    about = msgspec.structs.replace(ULM, slides="1-2, 5")
    hand_in(original.deck, original.seen, about, tmp_path / "ulm.pechakucha", NOON)
    assert talk_in(tmp_path / "ulm.pechakucha", library).slides == (1, 2, 5)


def test_a_folder_that_one_is_in_is_handed_in_by_its_name(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "münster"
    folder.mkdir()
    Image.new("RGB", (160, 90), "red").save(folder / "1.png")
    monkeypatch.chdir(folder)
    hand_in(Path(), import_deck(Path(), library=library), ULM, tmp_path / "ulm.pechakucha", NOON)
    assert talk_in(tmp_path / "ulm.pechakucha", library).deck == "decks/münster"


# What is in it


def test_nothing_of_the_rehearsals_is_in_it(original: HandedIn, tmp_path: Path) -> None:
    take = KeptTake(
        at=NOON,
        digest=original.seen.deck.digest,
        take=Take(seconds=20, slides=(Spoken(number=1, used_s=17.5),)),
    )
    keep_take(original.deck, take)
    written = hand_in(original.deck, original.seen, ULM, tmp_path / "ulm.pechakucha", NOON)
    members = members_of(tmp_path / "ulm.pechakucha")
    folders = {name.split("/")[0] for name in members}
    assert folders == {"mimetype", "show.toml", "pack.json", "slides", "decks"}
    assert [name for name in members if name.startswith("decks")] == [
        next(name for name in members if name.endswith("/Ulm – Münster.pptx"))
    ]
    assert written.with_original
    assert written.shrinking is None
    assert written.size == (tmp_path / "ulm.pechakucha").stat().st_size


def test_the_same_gives_the_same_bytes(original: HandedIn, tmp_path: Path) -> None:
    hand_in(original.deck, original.seen, ULM, tmp_path / "again.pechakucha", NOON)
    assert (tmp_path / "again.pechakucha").read_bytes() == original.pack.read_bytes()


# Small enough for a mail


def test_the_smaller_variant_leaves_out_the_file_and_keeps_every_picture(
    original: HandedIn, tmp_path: Path
) -> None:
    target = tmp_path / "ulm.pechakucha"
    written = hand_in(original.deck, original.seen, ULM, target, NOON, small=True)
    assert (written.with_original, written.shrinking) == (False, None)
    assert not [name for name in members_of(target) if name.startswith("decks")]
    there = imported(target, tmp_path / "library")
    assert hashes(there.folder) == hashes(original.seen.folder)


@pytest.mark.parametrize("share", [0.9, 0.5, 0.001])
def test_where_that_is_not_enough_pictures_become_smaller_and_it_is_said_how(
    original: HandedIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    large = noisy(original.seen, tmp_path / "noisy")
    pictures = weigh(original.deck, large).pictures
    monkeypatch.setattr(handing_in, "SMALL_BYTES", round(pictures * share))
    target = tmp_path / "ulm.pechakucha"
    written = hand_in(original.deck, large, ULM, target, NOON, small=True)
    assert written.shrinking in handing_in.SHRINKINGS
    assert (written.shrinking == handing_in.SHRINKINGS[-1]) is (share < 0.01)
    there = imported(target, tmp_path / "library")
    assert weigh(target, there).pictures <= max(pictures * share, pictures // 3)
    with Image.open(there.folder / "slide-001.jpg") as picture:
        assert picture.size == (written.shrinking.width, written.shrinking.width * 9 // 16)
    (told,) = there.deck.findings
    assert (told.code, told.severity) == ("pictures-shrunk", Severity.NOTE)
    assert str(written.shrinking.quality) in Texts("de").message(told)
    assert there.deck.slides == large.deck.slides


def test_what_a_deck_weighs(original: HandedIn) -> None:
    weight = weigh(original.deck, original.seen)
    assert weight.originals == original.deck.stat().st_size
    assert weight.pictures == sum(each.stat().st_size for each in original.seen.folder.glob("*.jpg"))
    assert abs(original.pack.stat().st_size - weight.whole) < 20_000


def test_what_was_handed_in_can_be_handed_in_again(arrived: Path, tmp_path: Path, library: Library) -> None:
    there = import_deck(arrived, library=library)
    written = hand_in(arrived, there, ULM, tmp_path / "again.pechakucha", NOON)
    assert not written.with_original
    assert hashes(imported(tmp_path / "again.pechakucha", tmp_path / "other").folder) == hashes(there.folder)


# What is wrong


def test_without_a_city_nothing_is_written(original: HandedIn, tmp_path: Path) -> None:
    with pytest.raises(Problem) as refused:
        hand_in(original.deck, original.seen, About(city=" "), tmp_path / "x.pechakucha", NOON)
    assert refused.value.code == "city-missing"
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_pack_is_never_overwritten(original: HandedIn, tmp_path: Path) -> None:
    (tmp_path / "talk.pptx").write_bytes(b"a talk")
    with pytest.raises(Problem) as refused:
        hand_in(original.deck, original.seen, ULM, tmp_path / "talk.pptx", NOON)
    assert refused.value.code == "pack-target-taken"
    assert (tmp_path / "talk.pptx").read_bytes() == b"a talk"


def test_a_full_disk_while_pictures_are_made_smaller_is_a_message(
    original: HandedIn, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(handing_in, "SMALL_BYTES", 1)
    monkeypatch.setattr(Image.Image, "save", refuse)
    with pytest.raises(Problem) as refused:
        hand_in(original.deck, original.seen, ULM, tmp_path / "ulm.pechakucha", NOON, small=True)
    assert refused.value.code == "pack-not-written"
    assert refused.value.params["reason"] == "No space left on device"
    assert list(tmp_path.iterdir()) == []


def test_a_whole_show_is_no_deck(tmp_path: Path, library: Library) -> None:
    pack(make_show(tmp_path / "show"), tmp_path / "show.pechakucha", library)
    assert error_of(tmp_path / "show.pechakucha", library).params == {"talks": 4}
    with pytest.raises(Problem) as refused:
        talk_in(tmp_path / "show.pechakucha", library)
    assert refused.value.code == "pack-of-several"


def test_damage_of_every_kind_is_a_finding(arrived: Path, library: Library) -> None:
    content = arrived.read_bytes()
    for damaged in (content[: len(content) // 2], content[:100], b"", b"PK\x03\x04", b"\0" * 500):
        arrived.write_bytes(damaged)
        assert error_of(arrived, library).code in ("damaged", "pack-damaged", "empty")
    arrived.write_bytes(content)
    rewrite(arrived, lambda members: members.update({"pack.json": b"{}"}))
    assert error_of(arrived, library).code == "pack-damaged"


def test_a_picture_that_was_exchanged_is_a_finding(arrived: Path, library: Library) -> None:
    def exchange(members: dict[str, bytes]) -> None:
        one, other = [name for name in members if name.startswith("slides")][:2]
        members[one] = members[other]

    rewrite(arrived, exchange)
    assert error_of(arrived, library).code == "pack-damaged"


def test_one_of_a_newer_program_is_a_finding(arrived: Path, library: Library) -> None:
    rewrite(arrived, with_record(lambda record: record.update(format=99)))
    assert error_of(arrived, library).code == "pack-newer"


def test_one_that_is_gone_is_a_finding(arrived: Path, library: Library) -> None:
    arrived.unlink()
    assert error_of(arrived, library).code == "not-found"


def test_a_worker_that_dies_is_a_finding(arrived: Path, library: Library) -> None:
    deck = import_deck(arrived, library=library, worker=python("raise SystemExit(1)")).deck
    assert deck.error is not None
    assert deck.error.code == "pack-not-opened"
