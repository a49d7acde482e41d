# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a PDF says about its pages before they are drawn, and which fonts drew them."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pymupdf
import pytest
from PIL import Image

from pechakucha.decks.drawing import STAGE, Job
from pechakucha.decks.fonts import fallback_faces
from pechakucha.decks.pdf import draw_pages, open_pdf, read_facts
from pechakucha.show.deck import PlacedPicture, Slide
from pechakucha.show.problem import Finding, Severity

WIDE = (960.0, 540.0)
Paint = Callable[[pymupdf.Page], object]


def pdf(path: Path, *pages: Paint, size: tuple[float, float] = WIDE) -> Path:
    """A PDF with what each of ``pages`` puts on a page."""
    document = pymupdf.open()
    for paint in pages:
        paint(document.new_page(width=size[0], height=size[1]))
    document.save(path)
    return path


def blank(page: pymupdf.Page) -> None:
    """Nothing."""


def write(text: str = "Text", size: float = 20, down: float = 0.5, **options: object) -> Paint:
    """Text at this part of the page's height."""
    return lambda page: page.insert_text((90, page.rect.height * down), text, fontsize=size, **options)


def embedded(page: pymupdf.Page) -> None:
    """Text in a font of our own that the file holds."""
    page.insert_text((90, 90), "Text", fontname="own", fontfile=str(fallback_faces()[0].path))


def absent(font: str, text: str = "Text", **options: object) -> Paint:
    """Text in a font that the file only names."""

    def paint(page: pymupdf.Page) -> None:
        page.insert_text((90, 90), text, fontname="helv", **options)
        document = page.parent
        named = document.get_new_xref()
        document.update_object(named, f"<</Type/Font/Subtype/TrueType/BaseFont/{font}>>")
        resources = int(document.xref_get_key(page.xref, "Resources")[1].split()[0])
        document.xref_set_key(resources, "Font/helv", f"{named} 0 R")

    return paint


def put(width: int, height: int, at: tuple[float, float, float, float], turn: int = 0) -> Paint:
    """A picture of so many pixels at these parts of the page: left, top, right, bottom."""
    content = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(content, "PNG")

    def paint(page: pymupdf.Page) -> None:
        place = pymupdf.Rect(at) * pymupdf.Matrix(page.rect.width, page.rect.height)
        page.insert_image(place, stream=content.getvalue(), rotate=turn, keep_proportion=False)

    return paint


def both(*paints: Paint) -> Paint:
    """All of these on one page."""
    return lambda page: [paint(page) for paint in paints]


def turned(by: int, paint: Paint) -> Paint:
    """A page that its reader turns."""

    def on_its_side(page: pymupdf.Page) -> None:
        paint(page)
        page.set_rotation(by)

    return on_its_side


def first(path: Path) -> Slide:
    """The first page's facts."""
    return read_facts(path).slides[0]


def test_the_size_of_all_pages_is_told(tmp_path: Path) -> None:
    facts = read_facts(pdf(tmp_path / "deck.pdf", blank, blank))

    assert (facts.width_pt, facts.height_pt) == WIDE
    assert facts.slides == (Slide(number=1), Slide(number=2))
    assert facts.findings == ()


@pytest.mark.parametrize(("width", "known"), [(961, True), (975, False)])
def test_pages_of_different_sizes_have_none_in_common(tmp_path: Path, width: float, known: bool) -> None:
    document = pymupdf.open()
    document.new_page(width=960, height=540)
    document.new_page(width=width, height=540)
    document.save(tmp_path / "deck.pdf")

    facts = read_facts(tmp_path / "deck.pdf")

    assert (facts.width_pt, facts.height_pt) == ((960, 540) if known else (0, 0))


def test_a_turned_page_is_as_wide_as_it_is_shown(tmp_path: Path) -> None:
    facts = read_facts(pdf(tmp_path / "deck.pdf", turned(90, blank), size=(540, 960)))

    assert (facts.width_pt, facts.height_pt) == WIDE


@pytest.mark.parametrize(("height", "points"), [(540, 12), (270, 24), (1080, 6)])
def test_the_smallest_text_is_told_as_on_a_slide(tmp_path: Path, height: float, points: float) -> None:
    path = pdf(tmp_path / "deck.pdf", both(write(size=30), write(size=12)), size=(960, height))

    assert first(path).smallest_pt == points


@pytest.mark.parametrize(
    "small",
    [
        write(size=8, down=0.95),
        write(" ", size=8),
        write("\u2022", size=8),
        write("2", size=8),
        write(size=8, render_mode=3),
    ],
    ids=["footer", "blank", "bullet", "raised digit", "invisible"],
)
def test_text_that_nobody_has_to_read_may_be_small(tmp_path: Path, small: Paint) -> None:
    path = pdf(tmp_path / "deck.pdf", both(write(size=30), small), small)

    assert [slide.smallest_pt for slide in read_facts(path).slides] == [30, None]


def test_the_footer_of_a_turned_page_is_where_it_is_shown(tmp_path: Path) -> None:
    at_the_right = turned(90, lambda page: page.insert_text((520, 400), "88", fontsize=8))
    at_the_bottom = turned(90, lambda page: page.insert_text((200, 950), "88", fontsize=8))

    path = pdf(tmp_path / "deck.pdf", at_the_right, at_the_bottom, size=(540, 960))

    assert [slide.smallest_pt for slide in read_facts(path).slides] == [None, 8]


@pytest.mark.parametrize(
    ("paint", "found"),
    [
        (put(400, 200, (0.1, 0.1, 0.6, 0.35)), PlacedPicture(400, 200, 0.5, 0.25)),
        (put(400, 200, (0.1, 0.1, 0.6, 0.35), turn=90), PlacedPicture(200, 400, 0.5, 0.25)),
        (put(400, 200, (-0.25, 0.75, 0.25, 1.25)), PlacedPicture(200, 100, 0.25, 0.25)),
        (put(400, 200, (1.1, 0, 1.5, 0.5)), None),
    ],
    ids=["upright", "on its side", "over the edge", "outside"],
)
def test_pictures_are_told_with_their_place(
    tmp_path: Path, paint: Paint, found: PlacedPicture | None
) -> None:
    assert first(pdf(tmp_path / "deck.pdf", paint)).pictures == ((found,) if found else ())


def test_pictures_on_a_turned_page_are_told_as_they_are_shown(tmp_path: Path) -> None:
    path = pdf(tmp_path / "deck.pdf", turned(90, put(200, 400, (0, 0, 0.5, 0.25))), size=(540, 960))

    assert first(path).pictures == (PlacedPicture(400, 200, 0.25, 0.5),)


def test_fonts_that_are_not_in_the_file_are_told_with_their_pages(tmp_path: Path) -> None:
    path = pdf(
        tmp_path / "deck.pdf", absent("Garamond-Bold"), embedded, absent("Garamond"), absent("Lobster")
    )

    assert read_facts(path).findings == (
        Finding(
            code="fonts-not-embedded",
            severity=Severity.WARNING,
            params={"case": "slides", "family": "Garamond", "numbers": "1, 3"},
        ),
        Finding(
            code="fonts-not-embedded",
            severity=Severity.WARNING,
            slide=4,
            params={"case": "slide", "family": "Lobster", "numbers": "4"},
        ),
    )


@pytest.mark.parametrize(
    "paint",
    [
        embedded,
        absent("Helvetica-Bold"),
        absent("ArialMT"),
        absent("TimesNewRomanPS-BoldMT"),
        absent("Symbol"),
        absent("Garamond", " "),
        absent("Garamond", render_mode=3),
    ],
)
def test_fonts_that_every_reader_has_or_nobody_sees_are_not_missed(tmp_path: Path, paint: Paint) -> None:
    assert read_facts(pdf(tmp_path / "deck.pdf", paint)).findings == ()


def drawn_fonts(path: Path, *slides: Slide) -> dict[int, tuple[str, ...]]:
    """The fonts that drawing these slides from the pages of a PDF tells."""
    job = Job(
        source=path,
        slides=slides,
        stage=STAGE,
        pictures=path.parent,
        scratch=path.parent,
        progress=lambda _done, _total, _picture: None,
    )
    with open_pdf(path) as document:
        drawn = draw_pages(document, {slide.number: slide.number - 1 for slide in slides}, job)
    assert set(drawn.pictures) == {slide.number for slide in slides}
    return dict(drawn.fonts)


def test_drawing_tells_the_families_of_each_page(tmp_path: Path) -> None:
    """LibreOffice gives every page all fonts of the file; what counts is the text on the page."""
    path = pdf(tmp_path / "deck.pdf", embedded, both(embedded, write()), blank)
    document = pymupdf.open(path)
    for page in list(document)[1:]:
        document.xref_set_key(page.xref, "Resources", document.xref_get_key(document[1].xref, "Resources")[1])
    document.saveIncr()
    slides = [Slide(number=number, fonts=("Arial",)) for number in (1, 2, 3)]

    assert drawn_fonts(path, *slides) == {1: ("Source Sans Pro",), 2: ("Helvetica", "Source Sans Pro")}


def test_fonts_of_slides_that_ask_for_none_are_not_told(tmp_path: Path) -> None:
    path = pdf(tmp_path / "deck.pdf", embedded, embedded)

    assert drawn_fonts(path, Slide(number=1), Slide(number=2, fonts=("Arial",))) == {2: ("Source Sans Pro",)}


def test_long_names_of_fonts_are_told_whole(tmp_path: Path) -> None:
    """MuPDF cuts them, and would make of a bold italic a family of its own."""
    path = pdf(tmp_path / "deck.pdf", absent("BAAAAA+LiberationSansNarrow-BoldItalic"))

    assert drawn_fonts(path, Slide(number=1, fonts=("Arial",))) == {1: ("Liberation Sans Narrow",)}
