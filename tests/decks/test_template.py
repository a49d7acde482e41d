# SPDX-License-Identifier: AGPL-3.0-or-later
"""The deck for presenters: what is in it, and that it comes back as twenty slides without a warning."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pptx
import pytest
from lxml import etree
from PIL import Image
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Emu

from pechakucha import cli
from pechakucha.decks.importing import import_deck
from pechakucha.decks.library import Library
from pechakucha.decks.template import write_template
from pechakucha.show.checks import check_deck
from pechakucha.show.deck import Deck
from pechakucha.show.format import PECHA_KUCHA
from pechakucha.show.pace import Pace, seconds_to_speak
from pechakucha.show.problem import Problem, Severity
from pechakucha.texts import LANGUAGES, Texts

_P15 = "{http://schemas.microsoft.com/office/powerpoint/2012/main}"
_GUIDES_AN_INCH = 576


@pytest.fixture(params=LANGUAGES)
def texts(request: pytest.FixtureRequest) -> Texts:
    return Texts(request.param)


@pytest.fixture
def template(texts: Texts, tmp_path: Path) -> Path:
    """The template in each language."""
    target = tmp_path / "template.pptx"
    write_template(target, texts)
    return target


def prompts(deck: Any) -> list[Any]:
    """Every place to fill in, of all layouts."""
    return [shape for layout in deck.slide_layouts for shape in layout.placeholders]


def sizes_pt(element: Any) -> list[float]:
    """Every size of text that is named in an element."""
    return [int(size) / 100 for size in element.xpath(".//a:defRPr/@sz | .//a:rPr/@sz")]


def filled(template: Path, target: Path) -> None:
    """What somebody makes of it who fills in everything."""
    deck = pptx.Presentation(str(template))
    picture = io.BytesIO()
    for number, slide in enumerate(deck.slides, start=1):
        for shape in list(slide.placeholders):
            if shape.placeholder_format.type == PP_PLACEHOLDER.PICTURE:
                picture.seek(0)
                Image.new("RGB", (1600, 1000), (40, 10 * number, 90)).save(picture, "PNG")
                shape.insert_picture(picture)
            else:
                shape.text_frame.text = f"Das ist Folie {number}."
        slide.notes_slide.notes_text_frame.text = f"Zu Folie {number}."
    deck.save(str(target))


def complaints(deck: Deck, language: str) -> list[str]:
    """The codes of what is more than a note."""
    checked = check_deck(deck, PECHA_KUCHA, language=language)
    assert checked.ready
    return [each.code for each in checked.findings if each.severity is not Severity.NOTE]


def test_it_has_twenty_slides_in_16_to_9(template: Path, texts: Texts) -> None:
    deck = pptx.Presentation(str(template))
    assert deck.slide_width * 9 == deck.slide_height * 16
    names = [slide.slide_layout.name for slide in deck.slides]
    assert len(names) == PECHA_KUCHA.slides
    assert (names[0], names[-1]) == (texts("template.layout-title"), texts("template.layout-contact"))
    assert set(names[1:-1]) == {texts(f"template.layout-{each}") for each in ("both", "picture", "sentence")}


def test_all_text_is_large_and_none_shrinks(template: Path) -> None:
    deck = pptx.Presentation(str(template))
    for owner in (deck.slide_master, *deck.slide_layouts, *deck.slides):
        assert all(size >= 36 for size in sizes_pt(owner._element))
        assert not owner._element.xpath(".//a:normAutofit")
    assert sizes_pt(deck.slide_master._element)


def test_every_place_says_what_belongs_there(template: Path, texts: Texts) -> None:
    deck = pptx.Presentation(str(template))
    assert prompts(deck)
    for shape in prompts(deck):
        assert shape.text_frame.text.strip()
        assert shape._element.xpath(".//p:ph/@hasCustomPrompt") == ["1"]
        assert set(shape._element.xpath(".//a:rPr/@lang")) == {{"de": "de-DE", "en": "en-GB"}[texts.language]}
    written = [shape for slide in deck.slides for shape in slide.placeholders if shape.has_text_frame]
    assert not any(shape.text_frame.text for shape in written)


def test_places_for_text_are_within_the_guides(template: Path) -> None:
    deck = pptx.Presentation(str(template))
    root = deck.slide_master._element
    across, down = (
        sorted(
            int(guide.get("pos")) / _GUIDES_AN_INCH
            for guide in root.iter(f"{_P15}guide")
            if guide.get("orient") == orientation
        )
        for orientation in (None, "horz")
    )
    assert len(across) == len(down) == 2
    for shape in prompts(deck):
        if shape.placeholder_format.type != PP_PLACEHOLDER.PICTURE:
            assert shape.left.inches >= across[0] - 0.01
            assert Emu(shape.left + shape.width).inches <= across[1] + 0.01
            assert shape.top.inches >= down[0] - 0.01
            assert Emu(shape.top + shape.height).inches <= down[1] + 0.01


def test_guides_are_seen_when_it_is_opened(template: Path) -> None:
    with zipfile.ZipFile(template) as archive:
        view = etree.fromstring(archive.read("ppt/viewProps.xml"))
        assert view.xpath("//*[local-name()='cSldViewPr']/@showGuides") == ["1"]
        assert len(view.xpath("//*[local-name()='guide']")) == 4
        names = archive.namelist()
    assert not [name for name in names if "thumbnail" in name or "printerSettings" in name]


def test_the_rules_are_in_the_notes_of_the_first_slide_and_can_be_said_in_time(
    template: Path, texts: Texts
) -> None:
    deck = pptx.Presentation(str(template))
    rules = deck.slides[0].notes_slide.notes_text_frame.text
    assert rules == texts("template.rules")
    assert all(figure in rules for figure in ("20", "36 pt"))
    assert seconds_to_speak(rules, texts.language, Pace()) <= PECHA_KUCHA.seconds
    assert [slide.has_notes_slide for slide in deck.slides] == [True] + [False] * 19


@pytest.mark.parametrize("texts", ["de"], indirect=True)
def test_untouched_it_comes_back_as_twenty_slides_without_a_warning(
    template: Path, tmp_path: Path, texts: Texts
) -> None:
    deck = import_deck(template, library=Library(tmp_path / "library"), renderer="embedded").deck
    assert len(deck.visible) == PECHA_KUCHA.slides
    assert all(slide.picture for slide in deck.slides)
    assert complaints(deck, texts.language) == []


@pytest.mark.parametrize("texts", ["de"], indirect=True)
def test_filled_in_it_comes_back_without_a_warning(template: Path, tmp_path: Path, texts: Texts) -> None:
    filled(template, tmp_path / "filled.pptx")
    library = Library(tmp_path / "library")
    deck = import_deck(tmp_path / "filled.pptx", library=library, renderer="embedded").deck
    assert complaints(deck, texts.language) == []
    assert min(slide.smallest_pt or 36 for slide in deck.slides) >= 36
    assert deck.slides[4].notes == "Zu Folie 5."


@pytest.mark.slow
def test_libreoffice_opens_it_without_a_warning(
    template: Path, tmp_path: Path, texts: Texts, needs_libreoffice: None
) -> None:
    filled(template, tmp_path / "filled.pptx")
    for path in (template, tmp_path / "filled.pptx"):
        deck = import_deck(path, library=Library(tmp_path / "library"), renderer="libreoffice").deck
        assert deck.renderer == "libreoffice"
        assert len(deck.visible) == PECHA_KUCHA.slides
        assert complaints(deck, texts.language) == []


# Bad calls


def test_a_talk_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    talk = tmp_path / "talk.pptx"
    talk.write_bytes(b"a talk")
    with pytest.raises(Problem) as refused:
        write_template(talk, Texts("en"))
    assert refused.value.code == "template-taken"
    assert talk.read_bytes() == b"a talk"


@pytest.mark.parametrize(
    ("name", "code"),
    [("template.ppt", "template-ending"), ("no/such/folder/template.pptx", "template-not-written")],
)
def test_what_cannot_be_written_is_said(tmp_path: Path, name: str, code: str) -> None:
    with pytest.raises(Problem) as refused:
        write_template(tmp_path / name, Texts("en"))
    assert refused.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_it_in_the_language_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "Vorlage.pptx"
    assert cli.main(["template", "-o", str(target), "--language", "de"]) == 0
    assert "Vorlage" in capsys.readouterr().err
    notes = pptx.Presentation(str(target)).slides[0].notes_slide.notes_text_frame.text
    assert notes.startswith("Die Regeln: 20 Folien")
    assert cli.main(["template", "-o", str(target)]) == 2
