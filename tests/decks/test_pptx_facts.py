# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a PPTX says about itself and about what moves, sounds and is linked on its slides."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pptx
import pytest
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.util import Emu

from pechakucha.decks.drawing import Refused
from pechakucha.decks.pptx_facts import read_facts
from pechakucha.show.deck import Slide

from .conftest import coloured_pptx
from .pptx_builders import (
    HEIGHT,
    WIDTH,
    changed,
    external,
    image_relation,
    picture,
    read,
    text_box,
    xml,
)

OTHER_KINDS = {
    "show": "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
    "template": "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    "with macros": "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml",
    "show with macros": "application/vnd.ms-powerpoint.slideshow.macroEnabled.main+xml",
    "template with macros": "application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
}
PICTURE = (
    '<p:pic><p:nvPicPr><p:cNvPr id="9" name=""/><p:cNvPicPr/><p:nvPr>{media}</p:nvPr></p:nvPicPr></p:pic>'
)
EFFECT = (
    "<p:timing><p:tnLst><p:par><p:cTn><p:childTnLst>{}</p:childTnLst></p:cTn></p:par></p:tnLst></p:timing>"
)


def add(slide: Any, element: str) -> None:
    """Put an element at the end of a slide, as transitions and timings are."""
    slide._element.append(xml(element))


def add_shape(slide: Any, element: str) -> None:
    """Put an element among a slide's shapes."""
    slide.shapes._spTree.append(xml(element))


@pytest.mark.parametrize("kind", OTHER_KINDS.values(), ids=OTHER_KINDS)
def test_shows_and_templates_are_read_as_well(tmp_path: Path, kind: str) -> None:
    plain = coloured_pptx(tmp_path / "plain.pptx", hidden=(2,))
    other = read_facts(changed(plain, tmp_path / "other.pptx", kind))

    assert other == read_facts(plain)
    assert [slide.notes for slide in other.slides][:2] == ["#c02020", "#20a020"]
    assert [slide.number for slide in other.slides if slide.hidden] == [2]


def test_the_slides_size_is_told_in_points(tmp_path: Path) -> None:
    facts = read_facts(coloured_pptx(tmp_path / "deck.pptx"))

    assert (facts.width_pt, facts.height_pt, facts.macros) == (960, 540, False)


def test_a_file_that_does_not_tell_the_slides_size_has_the_usual_one(tmp_path: Path) -> None:
    plain = coloured_pptx(tmp_path / "plain.pptx")
    size = 'sldSz cx="12192000" cy="6858000" type="screen4x3"'
    facts = read_facts(changed(plain, tmp_path / "other.pptx", presentation=(size, "notKnown")))

    assert (facts.width_pt, facts.height_pt) == (720, 540)


def test_a_deck_with_too_many_slides_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pechakucha.decks.pptx_facts.MOST_SLIDES", 4)
    with pytest.raises(Refused) as refused:
        read_facts(coloured_pptx(tmp_path / "deck.pptx"))

    assert refused.value.finding.params == {"slides": 5, "limit": 4}


def test_macros_are_seen(tmp_path: Path) -> None:
    deck = pptx.Presentation()
    deck.slides.add_slide(deck.slide_layouts[6])
    code = Part(
        PackURI("/ppt/vbaProject.bin"), "application/vnd.ms-office.vbaProject", deck.part.package, b"x"
    )
    deck.part.relate_to(code, "http://schemas.microsoft.com/office/2006/relationships/vbaProject")
    deck.save(str(tmp_path / "deck.pptm"))

    assert read_facts(tmp_path / "deck.pptm").macros


def test_a_plain_slide_says_nothing_special(tmp_path: Path) -> None:
    assert read(tmp_path, lambda slide: None) == (Slide(number=1),)


def test_a_video_is_no_animation(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    film.write_bytes(b"x")

    def with_film(slide: Any) -> None:
        # PowerPoint and python-pptx add what plays it to the slide's timing.
        slide.shapes.add_movie(str(film), 0, 0, Emu(WIDTH), Emu(HEIGHT), picture(640, 360), "video/mp4")

    def that_starts_by_itself(slide: Any) -> None:
        with_film(slide)
        slide._element.remove(slide._element.find(f"{{{slide._element.nsmap['p']}}}timing"))
        add(
            slide,
            EFFECT.format('<p:cmd type="call" cmd="playFrom(0.0)"/><p:cmd type="call" cmd="togglePause"/>'),
        )

    for slide in read(tmp_path, with_film, that_starts_by_itself):
        assert (slide.videos, slide.sounds, slide.animated) == (1, 0, False)


@pytest.mark.parametrize(
    ("media", "videos", "sounds"),
    [
        ('<a:audioFile r:link="{file}"/>', 0, 1),
        ('<a:wavAudioFile r:embed="{file}"/>', 0, 1),
        (
            '<a:videoFile r:link="{file}"/><p:extLst><p:ext><p14:media r:embed="{file}"/></p:ext></p:extLst>',
            1,
            0,
        ),
        ('<a:quickTimeFile r:link="{file}"/>', 1, 0),
        ('<p:extLst><p:ext><p14:media r:embed="{file}"/></p:ext></p:extLst>', 0, 1),
        ('<p:extLst><p:ext><p14:media r:link="{file}"/></p:ext></p:extLst>', 1, 0),
    ],
)
def test_media_are_told_apart(tmp_path: Path, media: str, videos: int, sounds: int) -> None:
    def with_media(slide: Any) -> None:
        part = Part(PackURI("/ppt/media/a.mp3"), "audio/mpeg", slide.part.package, b"x")
        name = slide.part.relate_to(part, RELATIONSHIP_TYPE.AUDIO)
        for _ in range(2):
            add_shape(slide, PICTURE.format(media=media.format(file=name)))

    (slide,) = read(tmp_path, with_media)

    assert (slide.videos, slide.sounds) == (2 * videos, 2 * sounds)


@pytest.mark.parametrize(
    "element",
    [
        '<p:transition><p:sndAc><p:stSnd><p:snd r:embed="rId1"/></p:stSnd></p:sndAc></p:transition>',
        EFFECT.format(
            '<p:audio><p:cMediaNode><p:tgtEl><p:sndTgt r:embed="rId1"/></p:tgtEl></p:cMediaNode></p:audio>'
        ),
    ],
)
def test_sounds_of_transitions_and_animations_are_sounds(tmp_path: Path, element: str) -> None:
    (slide,) = read(tmp_path, lambda slide: add(slide, element))

    assert (slide.sounds, slide.transition, slide.animated) == (1, False, False)


@pytest.mark.parametrize(
    ("element", "animated"),
    [
        (EFFECT.format("<p:set/>"), True),
        (EFFECT.format("<p:animMotion/>"), True),
        (EFFECT.format('<p:cmd type="verb" cmd="0"/>'), True),
        (EFFECT.format('<p:cmd type="call" cmd="stop"/>'), False),
        (EFFECT.format(""), False),
    ],
)
def test_animations_are_effects_and_not_the_list_they_stand_in(
    tmp_path: Path, element: str, animated: bool
) -> None:
    (slide,) = read(tmp_path, lambda slide: add(slide, element))

    assert slide.animated is animated


@pytest.mark.parametrize(
    ("element", "transition", "advances_s"),
    [
        ("<p:transition/>", False, None),
        ('<p:transition spd="slow"><p:cut/></p:transition>', False, None),
        ("<p:transition><p:fade/></p:transition>", True, None),
        ('<p:transition advTm="20000"/>', False, 20),
        ('<p:transition advClick="0" advTm="1500"><p:push/></p:transition>', True, 1.5),
        (
            '<mc:AlternateContent><mc:Choice Requires="p159"><p:transition advTm="100"><p159:morph/>'
            '</p:transition></mc:Choice><mc:Fallback><p:transition advTm="200"/></mc:Fallback>'
            "</mc:AlternateContent>",
            True,
            0.1,
        ),
        (
            '<mc:AlternateContent><mc:Choice Requires="v"><p:transition><p:fade/></p:transition></mc:Choice>'
            '<mc:Fallback><p:transition advTm="200"/></mc:Fallback></mc:AlternateContent>',
            False,
            0.2,
        ),
    ],
)
def test_transitions_and_timings(
    tmp_path: Path, element: str, transition: bool, advances_s: float | None
) -> None:
    (slide,) = read(tmp_path, lambda slide: add(slide, element))

    assert (slide.transition, slide.advances_s) == (transition, advances_s)


@pytest.mark.parametrize(
    ("kind", "target", "name"),
    [
        ("IMAGE", "file:///C:\\Users\\Eva\\My%20Bild.png", "My Bild.png"),
        ("IMAGE", "../pictures/bild.png", "bild.png"),
        ("VIDEO", "https://www.example.org/watch/abc?x=1", "www.example.org/abc"),
        ("MEDIA", "https://example.org", "example.org"),
        ("OLE_OBJECT", "\\\\server\\share\\Zahlen.xlsx", "Zahlen.xlsx"),
    ],
)
def test_links_are_told_by_their_last_part(tmp_path: Path, kind: str, target: str, name: str) -> None:
    def linked(slide: Any) -> None:
        add_shape(slide, PICTURE.format(media=f'<a:videoFile r:link="{external(slide, kind, target)}"/>'))

    (slide,) = read(tmp_path, linked)

    assert slide.links == (name,)


def test_hyperlinks_and_leftovers_are_no_links(tmp_path: Path) -> None:
    def linked(slide: Any) -> None:
        external(slide, "IMAGE", "file:///gone.png")
        slide.shapes.title.text_frame.text = "x"
        slide.shapes.title.click_action.hyperlink.address = "https://example.org"
        add_shape(slide, PICTURE.format(media=f'<a:videoFile r:link="{image_relation(slide)}"/>'))
        for _ in range(2):
            add_shape(
                slide, PICTURE.format(media=f'<a:videoFile r:link="{external(slide, "VIDEO", "film.mp4")}"/>')
            )

    assert read(tmp_path, linked, layout=5)[0].links == ("film.mp4",)


def test_what_a_layout_links_is_missing_on_its_slides(tmp_path: Path) -> None:
    def linked(slide: Any) -> None:
        layout = slide.slide_layout
        name = external(layout, "IMAGE", "logo.png")
        fill = f'<p:blipFill><a:blip r:link="{name}"/></p:blipFill>'
        add_shape(layout, PICTURE.format(media="").replace("</p:pic>", f"{fill}</p:pic>"))

    assert read(tmp_path, linked)[0].links == ("logo.png",)


def test_an_odd_value_costs_a_slide_only_what_it_is_about(tmp_path: Path) -> None:
    def odd(slide: Any) -> None:
        slide.notes_slide.notes_text_frame.text = "Notes"
        slide.shapes.add_picture(picture(400, 200), 0, 0, Emu(WIDTH), Emu(HEIGHT))
        text_box(slide, run='<a:rPr sz="1200"/>')
        add(slide, '<p:transition advTm="500"/>')

    read(tmp_path, odd, odd)
    facts = read_facts(
        changed(
            tmp_path / "deck.pptx",
            tmp_path / "odd.pptx",
            slide1=('sz="1200"', 'sz="big"'),
            slide2=("500", "soon"),
        )
    )

    first, second = facts.slides
    assert (first.notes, first.smallest_pt, first.advances_s) == ("Notes", None, 0.5)
    assert (second.notes, second.smallest_pt, second.advances_s) == ("Notes", 12, None)
    assert len(first.pictures) == len(second.pictures) == 1
