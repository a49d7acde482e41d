# SPDX-License-Identifier: AGPL-3.0-or-later
"""The show file as people write it, and what is said where it can't be read."""

from __future__ import annotations

import codecs
import datetime as dt
import errno
import os
import tomllib
from pathlib import Path

import msgspec
import pytest

from pechakucha.files import show_file
from pechakucha.files.show_file import change_talk, new_talk_id, read_show, show_of, take_up_talk
from pechakucha.show.format import PECHA_KUCHA, Format
from pechakucha.show.plan import DEFAULT_CHANGEOVER_SECONDS, Talk
from pechakucha.show.problem import Problem
from pechakucha.texts import Texts

FULL = """\
title = "MPSC Mashup"
date = 2021-03-25
start = 08:45:00
changeover = 30
language = "de"
format = "20x15"

[[talk]]
id = "ulm-4k7q"
city = "Ulm"
title = "Vom Münster – und zurück"
presenters = ["Projektteam Ulm", "Jörg Groß"]
deck = "decks/ulm.pptx"
slides = "1-9, 11-21"
changeover = 60
pause = 600
pause_title = "Kaffee"
announcement = "Mikrofon prüfen"
"""

SHORT = """\
# Unser Abend
title = "Abend"   # läuft

[[talk]]
city = "Köln"     # zuerst
deck = "k.pdf"

[[talk]]
city = "Ulm"
deck = "u.pdf"
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "show.toml"


def problem(path: Path, content: str | bytes | None = None) -> Problem:
    """What is said about a show file with this content."""
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(Problem) as caught:
        read_show(path)
    return caught.value


def with_talk(lines: str, top: str = 'title = "Abend"') -> str:
    """A show whose second talk has these lines."""
    return f'{top}\n[[talk]]\nid = "a"\ncity = "Ulm"\ndeck = "u.pdf"\n[[talk]]\nid = "b"\n{lines}\n'


def bare(lines: str) -> str:
    """A show with these lines at the top."""
    return f'{lines}\n[[talk]]\nid = "a"\ncity = "Ulm"\ndeck = "u.pdf"\n'


# What is in it


def test_everything_that_a_show_can_say(path: Path) -> None:
    path.write_text(FULL, encoding="utf-8")
    show = read_show(path)
    assert (show.title, show.date, show.start) == ("MPSC Mashup", dt.date(2021, 3, 25), dt.time(8, 45))
    assert (show.changeover, show.language, show.format) == (30, "de", Format(20, 15))
    (talk,) = show.talks
    assert (talk.id, talk.city, talk.deck) == ("ulm-4k7q", "Ulm", "decks/ulm.pptx")
    assert (talk.title, talk.presenters) == ("Vom Münster – und zurück", ("Projektteam Ulm", "Jörg Groß"))
    assert talk.slides == (*range(1, 10), *range(11, 22))
    assert (talk.changeover, talk.pause, talk.pause_title) == (60, 600, "Kaffee")
    assert talk.announcement == "Mikrofon prüfen"


def test_what_is_left_out_has_a_meaning(path: Path) -> None:
    path.write_text(SHORT, encoding="utf-8")
    show = read_show(path)
    assert (show.date, show.start, show.language, show.format) == (None, None, None, PECHA_KUCHA)
    assert show.changeover == DEFAULT_CHANGEOVER_SECONDS
    talk = show.talks[0]
    assert (talk.slides, talk.changeover, talk.pause, talk.presenters) == (None, None, 0, ())


def test_a_file_with_all_ids_is_not_touched(path: Path) -> None:
    path.write_text(FULL, encoding="utf-8")
    os.utime(path, (1, 1))
    read_show(path)
    assert path.stat().st_mtime == 1


# Ids


def test_ids_left_out_are_added_and_everything_else_stays(path: Path) -> None:
    path.write_text(SHORT, encoding="utf-8")
    ids = [talk.id for talk in read_show(path).talks]
    lines = path.read_text(encoding="utf-8").splitlines()
    added = [line for line in lines if line.startswith("id = ")]
    assert [tomllib.loads(line)["id"] for line in added] == ids
    assert [line for line in lines if line not in added] == SHORT.splitlines()


def test_an_id_never_changes_once_it_is_written(path: Path) -> None:
    path.write_text(SHORT, encoding="utf-8")
    first = [talk.id for talk in read_show(path).talks]
    content = path.read_bytes()
    assert [talk.id for talk in read_show(path).talks] == first
    assert path.read_bytes() == content
    changed = content.decode().replace('"Ulm"', '"Neu-Ulm"').replace("u.pdf", "neu.pdf")
    path.write_text(changed, encoding="utf-8")
    assert [talk.id for talk in read_show(path).talks] == first


def test_a_file_that_cannot_be_written_gets_the_same_ids_each_time(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(SHORT, encoding="utf-8")

    def refuse(path: Path, content: bytes) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(show_file, "write_atomic", refuse)
    first, second = read_show(path), read_show(path)
    assert first == second
    assert all(talk.id for talk in first.talks)
    assert path.read_text(encoding="utf-8") == SHORT


def test_the_ids_of_a_read_only_file_are_those_it_would_have_been_given(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.write_text(SHORT, encoding="utf-8")
    writable = tmp_path / "copy.toml"
    writable.write_text(SHORT, encoding="utf-8")
    written = [talk.id for talk in read_show(writable).talks]

    def refuse(path: Path, content: bytes) -> None:
        raise OSError(errno.EACCES, "Permission denied")

    monkeypatch.setattr(show_file, "write_atomic", refuse)
    assert [talk.id for talk in read_show(path).talks] == written


def test_two_talks_of_one_city_and_deck_get_two_ids(path: Path) -> None:
    path.write_text('title = "A"\n' + '[[talk]]\ncity = "Ulm"\ndeck = "u.pdf"\n' * 3)
    assert len({talk.id for talk in read_show(path).talks}) == 3


def test_a_given_id_is_never_given_again(path: Path) -> None:
    path.write_text(SHORT, encoding="utf-8")
    taken = read_show(path).talks[0].id
    path.write_text(
        f'title = "A"\n[[talk]]\ncity = "Köln"\ndeck = "k.pdf"\n[[talk]]\nid = "{taken}"\n'
        'city = "X"\ndeck = "x"\n',
        encoding="utf-8",
    )
    new, old = (talk.id for talk in read_show(path).talks)
    assert old == taken != new


@pytest.mark.parametrize(
    ("city", "start"),
    [
        ("Ulm", "ulm"),
        ("Weißenfels", "weissenfels"),
        ("Köln", "koeln"),
        ("Übersee (Chiemgau)", "uebersee-chiemgau"),
        ("Besançon", "besancon"),
        ("Neustadt an der Weinstraße", "neustadt-an-der-weinstra"),
        ("東京", "talk"),
    ],
)
def test_an_id_begins_like_its_city(city: str, start: str) -> None:
    given = new_talk_id(city, "deck.pdf", set())
    assert given.rpartition("-")[0] == start
    assert given.isascii()
    assert given == given.lower()


def test_no_two_ids_are_alike() -> None:
    taken: set[str] = set()
    for _ in range(100):
        taken.add(new_talk_id("Ulm", "u.pdf", taken))
    assert len(taken) == 100


# Windows


@pytest.mark.parametrize("bom", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_line_ends_and_byte_order_mark_stay_as_the_editor_wrote_them(
    path: Path, bom: bytes, end: bytes
) -> None:
    path.write_bytes(bom + SHORT.encode().replace(b"\n", end))
    assert [talk.city for talk in read_show(path).talks] == ["Köln", "Ulm"]
    content = path.read_bytes()
    assert content.count(b"id = ") == 2
    assert content.startswith(codecs.BOM_UTF8) is bool(bom)
    assert content.count(b"\n") == SHORT.count("\n") + 2
    assert content.count(b"\r\n") == (content.count(b"\n") if end == b"\r\n" else 0)


# Problems


def test_a_file_that_is_not_there(path: Path) -> None:
    assert problem(path).code == "show-not-found"


def test_a_folder_is_no_show(tmp_path: Path) -> None:
    said = problem(tmp_path)
    assert said.code == "show-unreadable"
    assert said.params["reason"]


@pytest.mark.parametrize(
    ("content", "reason"), [("title = Abend", "line 1"), (b'title = "K\xf6ln"', "UTF-8")]
)
def test_what_is_not_toml(path: Path, content: str | bytes, reason: str) -> None:
    said = problem(path, content)
    assert said.code == "show-not-toml"
    assert reason in str(said.params["reason"])


@pytest.mark.parametrize("content", ['title = "Abend"', 'title = "Abend"\ntalk = []'])
def test_a_show_without_a_talk(path: Path, content: str) -> None:
    assert problem(path, content).code == "show-empty"


def test_the_same_id_twice(path: Path) -> None:
    said = problem(path, with_talk('city = "Bern"\ndeck = "b"').replace('"b"\ncity', '"a"\ncity'))
    assert (said.code, said.params["id"]) == ("id-twice", "a")


@pytest.mark.parametrize("given", ["20", "0x20", "20x0", "zwanzig", "20x20x20", ""])
def test_a_format_that_is_none(path: Path, given: str) -> None:
    said = problem(path, bare(f'title = "A"\nformat = "{given}"'))
    assert (said.code, said.params) == ("show-format-invalid", {"path": str(path), "given": given})


@pytest.mark.parametrize("given", ["1-", "one", "1, ,3", "0", "1-99999", ""])
def test_slides_that_cannot_be_meant(path: Path, given: str) -> None:
    said = problem(path, with_talk(f'city = "Bern"\ndeck = "b"\nslides = "{given}"'))
    assert said.code == "talk-selection-invalid"
    assert (said.params["city"], said.params["given"]) == ("Bern", given)


@pytest.mark.parametrize(
    ("content", "case", "field", "talk"),
    [
        (bare('title = "A"\nfoo = 1'), "unknown-show", "foo", 0),
        (bare(""), "missing-show", "title", 0),
        (bare('title = ""'), "value-show", "title", 0),
        (bare('title = "A"\nchangeover = "kurz"'), "value-show", "changeover", 0),
        (bare('title = "A"\nchangeover = -1'), "value-show", "changeover", 0),
        (bare('title = "A"\nchangeover = 100000'), "value-show", "changeover", 0),
        (bare('title = "A"\ndate = "morgen"'), "value-show", "date", 0),
        (bare('title = "A"\nstart = "8:45"'), "value-show", "start", 0),
        (bare('title = "A"\nformat = 20'), "value-show", "format", 0),
        ('title = "A"\n[talk]\ncity = "Ulm"', "value-show", "talk", 0),
        (with_talk('city = "Bern"\ndeck = "b"\npausetitle = "x"'), "misspelt-talk", "pausetitle", 2),
        (with_talk('city = "Bern"\ndeck = "b"\npause-title = "x"'), "misspelt-talk", "pause-title", 2),
        (with_talk('city = "Bern"\ndeck = "b"\n"Präsentator" = "x"'), "unknown-talk", "Präsentator", 2),
        (with_talk('deck = "b"'), "missing-talk", "city", 2),
        (with_talk('city = "Bern"'), "missing-talk", "deck", 2),
        (with_talk('city = ""\ndeck = "b"'), "value-talk", "city", 2),
        (with_talk('city = "Bern"\ndeck = "b"\npresenters = "Eva"'), "value-talk", "presenters", 2),
        (with_talk('city = "Bern"\ndeck = "b"\npresenters = ["Eva", 3]'), "value-talk", "presenters", 2),
        (with_talk('city = "Bern"\ndeck = "b"\nslides = 20'), "value-talk", "slides", 2),
        (with_talk('city = "Bern"\ndeck = "b"\npause = 1.5'), "value-talk", "pause", 2),
    ],
)
def test_what_does_not_fit_is_named_with_its_place(
    path: Path, content: str, case: str, field: str, talk: int
) -> None:
    said = problem(path, content)
    assert said.code == "show-invalid"
    assert (said.params["case"], said.params["field"], said.params["talk"]) == (case, field, talk)
    sentence = Texts("en").problem(said)
    assert field in sentence
    assert (f"talk {talk}" in sentence) is (talk > 0)


def test_a_show_that_cannot_be_read_is_not_changed(path: Path) -> None:
    content = SHORT.replace("[[talk]]", "[[talk]]\nfoo = 1", 1)
    problem(path, content)
    assert path.read_text(encoding="utf-8") == content


# One talk changed by the program

COMMENTED = """\
# Unser Abend
title = "Abend"   # läuft

[[talk]]
id = "koeln-aaaa"
city = "Köln"     # zuerst
deck = "k.pdf"

# Ulm kommt mit dem Zug
[[talk]]
id = "ulm-bbbb"
city = "Ulm"
deck = "u.pdf"
slides = "1-3"    # vorläufig
"""


def lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_a_key_is_added_to_its_talk_and_taken_out_again(path: Path) -> None:
    path.write_text(COMMENTED, encoding="utf-8")
    show = change_talk(path, "koeln-aaaa", fill=True)
    assert [talk.fill for talk in show.talks] == [True, False]
    at = COMMENTED.splitlines().index('deck = "k.pdf"') + 1
    assert lines_of(path) == [*COMMENTED.splitlines()[:at], "fill = true", *COMMENTED.splitlines()[at:]]
    assert not any(talk.fill for talk in change_talk(path, "koeln-aaaa", fill=False).talks)
    assert path.read_text(encoding="utf-8") == COMMENTED


def test_the_slides_of_a_talk_are_written_beside_their_comment(path: Path) -> None:
    path.write_text(COMMENTED, encoding="utf-8")
    show = change_talk(path, "ulm-bbbb", slides="2-3, 1")
    assert [talk.slides for talk in show.talks] == [None, (2, 3, 1)]
    changed = COMMENTED.replace('slides = "1-3"    # vorläufig', 'slides = "2-3, 1"    # vorläufig')
    assert path.read_text(encoding="utf-8") == changed
    assert change_talk(path, "ulm-bbbb", slides="").talks[1].slides is None
    assert lines_of(path) == COMMENTED.splitlines()[:-1]


def test_what_is_not_said_stays(path: Path) -> None:
    path.write_text(COMMENTED, encoding="utf-8")
    change_talk(path, "ulm-bbbb", fill=True)
    show = change_talk(path, "ulm-bbbb", slides="1")
    assert (show.talks[1].fill, show.talks[1].slides) == (True, (1,))


@pytest.mark.parametrize("bom", [b"", codecs.BOM_UTF8])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_change_keeps_line_ends_and_byte_order_mark(path: Path, bom: bytes, end: bytes) -> None:
    before = bom + COMMENTED.encode().replace(b"\n", end)
    path.write_bytes(before)
    change_talk(path, "koeln-aaaa", fill=True)
    line = b'deck = "k.pdf"' + end
    assert path.read_bytes() == before.replace(line, line + b"fill = true" + end)


def test_a_talk_written_on_one_line_is_changed_there(path: Path) -> None:
    path.write_text('title = "A"\ntalk = [{id = "a", city = "Ulm", deck = "u.pdf"}]  # kurz\n')
    assert change_talk(path, "a", slides="1-2").talks[0].slides == (1, 2)
    assert path.read_text().endswith('deck = "u.pdf", slides = "1-2"}]  # kurz\n')


def test_a_talk_without_an_id_is_changed_by_the_one_it_is_given(path: Path) -> None:
    path.write_text(SHORT, encoding="utf-8")
    given = read_show(path).talks[1].id
    path.write_text(SHORT, encoding="utf-8")
    assert [talk.fill for talk in change_talk(path, given, fill=True).talks] == [False, True]


def test_a_talk_that_is_not_there_cannot_be_changed(path: Path) -> None:
    path.write_text(COMMENTED, encoding="utf-8")
    with pytest.raises(Problem) as caught:
        change_talk(path, "graz-cccc", fill=True)
    assert (caught.value.code, caught.value.params) == (
        "talk-not-found",
        {"path": str(path), "id": "graz-cccc"},
    )
    assert path.read_text(encoding="utf-8") == COMMENTED


def test_slides_that_cannot_be_meant_are_not_written(path: Path) -> None:
    path.write_text(COMMENTED, encoding="utf-8")
    with pytest.raises(Problem) as caught:
        change_talk(path, "ulm-bbbb", slides="1-")
    assert caught.value.code == "selection-invalid"
    assert path.read_text(encoding="utf-8") == COMMENTED


def test_a_file_that_cannot_be_written_is_said_to_be_so(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(COMMENTED, encoding="utf-8")

    def refuse(path: Path, content: bytes) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(show_file, "write_atomic", refuse)
    with pytest.raises(Problem) as caught:
        change_talk(path, "ulm-bbbb", fill=True)
    assert caught.value.code == "show-not-writable"
    assert "nothing can be written on that drive" in Texts("en").problem(caught.value)
    assert path.read_text(encoding="utf-8") == COMMENTED


# Talks that were handed in

GRAZ = Talk(id="graz-cccc", city="Graz", title="Schloßberg", presenters=("Ö. „Ö“",), deck="g.pechakucha")


@pytest.mark.parametrize(
    "talk", [GRAZ, msgspec.structs.replace(GRAZ, title="", presenters=(), slides=(2, 1))]
)
def test_a_show_of_one_talk_says_what_the_talk_says(path: Path, talk: Talk) -> None:
    path.write_bytes(show_of(talk))
    show = read_show(path)
    assert show.talks == (talk,)
    assert show.title == ("Graz: Schloßberg" if talk.title else "Graz")
    assert path.read_bytes() == show_of(talk), "nothing had to be added"


def test_a_talk_that_is_new_comes_last_and_all_else_stays(path: Path) -> None:
    path.write_text(COMMENTED, encoding="utf-8")
    show = take_up_talk(path, GRAZ)
    assert show.talks[2] == GRAZ
    text = path.read_text(encoding="utf-8")
    assert text.startswith(COMMENTED)
    assert text.removeprefix(COMMENTED).startswith("\n[[talk]]\n")


def test_a_talk_takes_the_place_of_the_one_with_its_id(path: Path) -> None:
    path.write_text(COMMENTED, encoding="utf-8")
    show = take_up_talk(path, msgspec.structs.replace(GRAZ, id="koeln-aaaa", city="Köln"))
    assert [talk.city for talk in show.talks] == ["Köln", "Ulm"]
    assert (show.talks[0].title, show.talks[0].deck) == ("Schloßberg", "g.pechakucha")
    lines = lines_of(path)
    assert 'city = "Köln"     # zuerst' in lines
    assert "# Ulm kommt mit dem Zug" in lines


def test_slides_chosen_from_the_file_before_mean_nothing_in_the_new_one(path: Path) -> None:
    path.write_text(COMMENTED, encoding="utf-8")
    other = msgspec.structs.replace(GRAZ, id="ulm-bbbb")
    assert take_up_talk(path, other).talks[1].slides is None
    chosen = msgspec.structs.replace(other, slides=(1, 2))
    assert take_up_talk(path, chosen).talks[1].slides == (1, 2)


def test_talks_written_on_one_line_get_another_there(path: Path) -> None:
    path.write_text('title = "Abend"\ntalk = [{id = "a", city = "Ulm", deck = "u.pdf"}]\n', encoding="utf-8")
    assert [talk.city for talk in take_up_talk(path, GRAZ).talks] == ["Ulm", "Graz"]


def test_words_that_are_left_out_stay_as_they_were(path: Path) -> None:
    path.write_text(FULL, encoding="utf-8")
    nameless = Talk(id="ulm-4k7q", city="Ulm", deck="ulm.pechakucha")
    (talk,) = take_up_talk(path, nameless).talks
    assert (talk.title, talk.deck) == ("Vom Münster – und zurück", "ulm.pechakucha")
    assert (talk.pause, talk.announcement) == (600, "Mikrofon prüfen")
