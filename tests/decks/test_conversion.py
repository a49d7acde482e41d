# SPDX-License-Identifier: AGPL-3.0-or-later
"""Several decks in one call of LibreOffice, and what one of them may do to the others."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from pechakucha.decks.importing import Cancelled, Listeners, Wanted, import_decks
from pechakucha.decks.library import Imported, Library
from pechakucha.files.pins import change_pins, read_pins
from pechakucha.show.deck import Deck
from pechakucha.show.pin import Pin
from pechakucha.show.problem import Problem, Severity

from .conftest import COLOURS, centre_colour, coloured_pdf, coloured_pptx, is_near, python

NOTE_THE_CALL = "Path({log!r}).open('a').write(' '.join(each.name for each in sources) + chr(10))\n"
CONVERT = """
import pymupdf
def convert(deck):
    document = pymupdf.open()
    for _ in range(5):
        document.new_page()
    document.save(outdir / deck.with_suffix('.tmp').name)
    (outdir / deck.with_suffix('.tmp').name).rename(outdir / deck.with_suffix('.pdf').name)
for deck in sources:
    content = deck.read_bytes()
    if b'STOPPER' in content:
        {stop}
    convert(deck)
"""


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    return tmp_path / "calls"


def show_of(folder: Path, decks: int, stopper: int | None = None) -> list[Wanted]:
    """So many decks; the one that is named stops the converter."""
    wanted = []
    for number in range(decks):
        path = coloured_pptx(folder / f"{number}.pptx", [f"#{number:02}{number:02}00"] * 5, notes=False)
        if number == stopper:
            with zipfile.ZipFile(path, "a") as archive:
                archive.writestr("STOPPER", b"")
        wanted.append(Wanted(path, "libreoffice"))
    return wanted


def errors(deck: Deck) -> list[str]:
    return [each.code for each in deck.findings if each.severity is Severity.ERROR]


def test_nine_decks_take_two_calls(
    tmp_path: Path, library: Library, fake_soffice: Callable[[str], None], calls: Path
) -> None:
    fake_soffice(NOTE_THE_CALL.format(log=str(calls)) + CONVERT.format(stop="pass"))

    imports = import_decks(show_of(tmp_path, 9), library=library)

    assert all(len(each.deck.visible) == 5 and not errors(each.deck) for each in imports)
    assert sorted(len(line.split()) for line in calls.read_text().splitlines()) == [4, 5]


@pytest.mark.parametrize(
    ("stop", "code", "limit_s"),
    [
        ("sys.exit(139)", "import-died", 60),
        ("import os; os.abort()", "import-died", 60),
        ("sys.stdin = open('/dev/zero', 'rb'); [None for _ in iter(int, 1)]", "import-timeout", 4),
        ("continue", "renderer-failed", 60),
    ],
    ids=["exits", "aborts", "hangs", "does-not-load"],
)
def test_a_deck_that_stops_the_converter_takes_nobody_with_it(
    tmp_path: Path,
    library: Library,
    fake_soffice: Callable[[str], None],
    stop: str,
    code: str,
    limit_s: float,
) -> None:
    fake_soffice(CONVERT.format(stop=stop))

    imports = import_decks(show_of(tmp_path, 4, stopper=1), library=library, limit_s=limit_s)

    assert [errors(each.deck) for each in imports] == [[], [code], [], []]


def test_a_deck_in_the_library_is_not_waited_for(
    tmp_path: Path, library: Library, fake_soffice: Callable[[str], None], calls: Path
) -> None:
    fake_soffice(NOTE_THE_CALL.format(log=str(calls)) + CONVERT.format(stop="pass"))
    wanted = show_of(tmp_path, 3)
    import_decks(wanted[:2], library=library)

    imports = import_decks(wanted, library=library)
    import_decks(wanted, library=library, worker=("/nonexistent/worker",))

    assert [errors(each.deck) for each in imports] == [[], [], []]
    assert len(calls.read_text().splitlines()) == 3  # two side by side, then the third alone


def test_cancelling_ends_the_call(
    tmp_path: Path, library: Library, fake_soffice: Callable[[str], None], calls: Path
) -> None:
    fake_soffice(NOTE_THE_CALL.format(log=str(calls)) + "import time; time.sleep(600)")

    with pytest.raises(Cancelled):
        import_decks(show_of(tmp_path, 3), library=library, listeners=Listeners(cancelled=calls.exists))

    assert list(library.folder.iterdir()) == []


def test_each_deck_is_told_as_soon_as_it_is_there(tmp_path: Path, library: Library) -> None:
    pictures: list[tuple[int, str]] = []
    there: list[int] = []
    wanted = [Wanted(coloured_pdf(tmp_path / "a.pdf")), Wanted(tmp_path / "absent.pdf")]

    import_decks(
        wanted,
        library=library,
        listeners=Listeners(
            on_picture=lambda which, file: pictures.append((which, file.name)),
            on_imported=lambda which, imported: there.append(which),
        ),
    )

    assert pictures == [(0, f"slide-{number:03}.jpg") for number in range(1, 6)]
    assert sorted(there) == [0, 1]


def pinned(path: Path, library: Library, imported: Imported, *, ready: bool = True) -> Imported:
    """The deck once more, with what was imported before as its pin."""
    pin = Pin(
        digest=imported.deck.digest,
        renderer=imported.deck.renderer,
        key=imported.folder.name,
        ready=ready,
    )
    (again,) = import_decks([Wanted(path, pin=pin)], library=library)
    return again


def test_what_was_pinned_is_what_comes(
    tmp_path: Path, library: Library, fake_soffice: Callable[[str], None]
) -> None:
    fake_soffice(CONVERT.format(stop="pass"))
    path = coloured_pptx(tmp_path / "deck.pptx")
    (best,) = import_decks([Wanted(path)], library=library)
    (chosen,) = import_decks([Wanted(path, "embedded")], library=library)

    assert best.deck.renderer == "libreoffice"
    assert pinned(path, library, chosen) == chosen


def test_a_pinned_renderer_draws_again_what_is_lost(
    tmp_path: Path, library: Library, fake_soffice: Callable[[str], None]
) -> None:
    fake_soffice(CONVERT.format(stop="pass"))
    path = coloured_pptx(tmp_path / "deck.pptx")
    (chosen,) = import_decks([Wanted(path, "embedded")], library=library)
    shutil.rmtree(library.folder)

    again = pinned(path, library, chosen)

    assert again.deck.renderer == "embedded"
    assert again.deck.slides == chosen.deck.slides


def test_a_file_that_changed_since_it_was_approved_says_so(tmp_path: Path, library: Library) -> None:
    path = coloured_pdf(tmp_path / "deck.pdf")
    (approved,) = import_decks([Wanted(path)], library=library)
    coloured_pdf(path, COLOURS[:3])

    changed, not_approved = (pinned(path, library, approved, ready=ready) for ready in (True, False))

    assert [each.code for each in changed.deck.findings] == ["changed-since-ready"]
    assert not_approved.deck.findings == ()
    assert len(changed.deck.slides) == 3


def converted(path: Path, ending: str) -> Path:
    """The deck as LibreOffice saves it in another format."""
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", str(path.parent)]
    subprocess.run([*command, str(path)], check=True, capture_output=True)
    return path.with_suffix(f".{ending}")


@pytest.mark.parametrize("ending", ["odp", "ppt"])
def test_other_office_files_keep_notes_and_hidden_slides(
    tmp_path: Path, library: Library, needs_libreoffice: None, ending: str
) -> None:
    deck_file = converted(coloured_pptx(tmp_path / "deck.pptx", hidden=[2]), ending)

    (imported,) = import_decks([Wanted(deck_file)], library=library)

    deck = imported.deck
    assert (deck.kind, deck.renderer, errors(deck)) == (ending, "libreoffice", [])
    assert [slide.hidden for slide in deck.slides] == [False, True, False, False, False]
    assert [slide.notes for slide in deck.slides] == list(COLOURS)
    for slide in deck.visible:
        assert slide.picture is not None
        assert is_near(centre_colour(imported.folder / slide.picture), COLOURS[slide.number - 1])


@pytest.mark.parametrize("renderer", ["auto", "embedded"])
def test_other_office_files_without_an_office_ask_for_a_pdf(
    tmp_path: Path,
    library: Library,
    needs_libreoffice: None,
    monkeypatch: pytest.MonkeyPatch,
    renderer: str,
) -> None:
    deck_file = converted(coloured_pptx(tmp_path / "deck.pptx"), "odp")
    if renderer == "auto":
        monkeypatch.setattr("pechakucha.decks.importing.choose_renderers", lambda kind, wanted: ())

    (imported,) = import_decks([Wanted(deck_file, renderer)], library=library)

    (finding,) = imported.deck.findings
    assert (finding.code, finding.params) == ("needs-office", {"kind": "odp"})


def test_a_damaged_odp_is_damaged_and_not_in_want_of_an_office(
    tmp_path: Path, library: Library, needs_libreoffice: None
) -> None:
    deck_file = converted(coloured_pptx(tmp_path / "deck.pptx"), "odp")
    _break_member(deck_file, "META-INF/manifest.xml", drop=True)

    (imported,) = import_decks([Wanted(deck_file)], library=library)

    assert errors(imported.deck) == ["damaged"]


def test_a_deck_whose_notes_cannot_be_read_is_shown_without_them(
    tmp_path: Path, library: Library, fake_soffice: Callable[[str], None]
) -> None:
    fake_soffice(CONVERT.format(stop="pass"))
    path = coloured_pptx(tmp_path / "deck.pptx")
    _break_member(path, "ppt/presentation.xml")

    (imported,) = import_decks([Wanted(path)], library=library)

    assert [each.code for each in imported.deck.findings] == ["notes-unreadable"]
    assert len(imported.deck.visible) == 5


def _break_member(path: Path, broken: str, *, drop: bool = False) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members[broken] = b"<p:presentation"
    if drop:
        del members[broken]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)


@pytest.mark.parametrize("decks", [3, 40])
def test_what_nobody_foresaw_ends_the_import_and_nobody_waits(
    tmp_path: Path, library: Library, fake_soffice: Callable[[str], None], decks: int
) -> None:
    fake_soffice("import time; time.sleep(600)")
    wanted = [Wanted(coloured_pdf(tmp_path / "told.pdf")), *show_of(tmp_path, decks)]

    def refuse(_which: int, _imported: Imported) -> None:
        raise RuntimeError("a listener's own mistake")

    with pytest.raises(RuntimeError, match="a listener's own mistake"):
        import_decks(wanted, library=library, listeners=Listeners(on_imported=refuse))


LOOKS_AND_DIES = """
import io, os, sys
line = sys.stdin.buffer.readline()
if b'"type":"convert"' in line:
    import pechakucha.decks.converting_task as task
    look = task._danger_in
    def die_at_the_stopper(source):
        if b'STOPPER' in source.read_bytes():
            os.abort()
        return look(source)
    task._danger_in = die_at_the_stopper
sys.stdin = io.TextIOWrapper(io.BytesIO(line))
from pechakucha.decks.worker import main
main()
"""


def test_a_deck_that_ends_the_worker_before_libreoffice_sees_any_takes_only_itself(
    tmp_path: Path, library: Library, fake_soffice: Callable[[str], None]
) -> None:
    fake_soffice(CONVERT.format(stop="pass"))

    imports = import_decks(show_of(tmp_path, 4, stopper=2), library=library, worker=python(LOOKS_AND_DIES))

    assert [errors(each.deck) for each in imports] == [[], [], ["import-died"], []]


@pytest.mark.parametrize("key", ["/etc", "../../outside", "\\\\host\\share", "0" * 39, ""])
def test_a_pin_leads_out_of_no_library(tmp_path: Path, key: str) -> None:
    show = tmp_path / "show.toml"
    show.with_name("show.pins.json").write_text(
        json.dumps({"ulm": {"digest": "d", "renderer": "libreoffice", "key": key, "ready": True}})
    )

    assert read_pins(show) == {}
    assert Library(tmp_path).find(key) is None
    with pytest.raises(Problem) as caught:
        change_pins(show, {})
    assert caught.value.code == "pins-unreadable"
