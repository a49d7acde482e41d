# SPDX-License-Identifier: AGPL-3.0-or-later
"""Repairs of text: each writes out what the deck means, and leaves alone what needs none."""

from __future__ import annotations

import pytest

from pechakucha.decks.display_list import DisplayList, Line, Primitive, Run
from pechakucha.decks.pptx_repairs.bullets import mend_bullets
from pechakucha.decks.pptx_repairs.drawingml import find, find_all
from pechakucha.decks.pptx_repairs.link_looks import show_links
from pechakucha.decks.pptx_repairs.missing_glyphs import give_typefaces
from pechakucha.decks.pptx_repairs.page import Page
from pechakucha.decks.pptx_repairs.style_fonts import write_out_style_fonts
from pechakucha.decks.pptx_repairs.symbol_typefaces import write_symbols_as_unicode
from pechakucha.decks.pptx_repairs.text_fitting import fit_texts

from .repair_builders import bulleted, only, page, run, shape, texts, value

TITLE = '<p:ph type="title"/>'
BODY = '<p:ph idx="1"/>'
RED = '<a:solidFill><a:srgbClr val="FF0000"/></a:solidFill>'


def test_a_shape_has_the_typeface_of_its_style() -> None:
    style = '<a:fontRef idx="minor"/>'
    slide = page(shape(text=f'<a:p><a:pPr lvl="1"/>{run("x")}</a:p>', style=style))

    assert write_out_style_fonts(slide)

    assert value(slide.root, ".//a:lstStyle/a:lvl2pPr/a:defRPr/a:latin", "typeface") == "+mn-lt"
    assert not write_out_style_fonts(slide), "there is nothing left to do"


def test_a_placeholder_has_the_typeface_of_its_master() -> None:
    style = '<a:fontRef idx="minor"/>'

    assert not write_out_style_fonts(page(shape(text=f"<a:p>{run('x')}</a:p>", style=style, place=TITLE)))


@pytest.mark.parametrize(
    ("typeface", "before", "after"),
    [("Wingdings", "\u00d8", "➢"), ("Wingdings", "\uf0fc", "✓"), ("Symbol", "\uf0b7", "•")],
)
def test_a_bullet_in_a_symbol_typeface_is_the_sign_it_looks_like(
    typeface: str, before: str, after: str
) -> None:
    bullet = f'<a:pPr><a:buFont typeface="{typeface}"/><a:buChar char="{before}"/></a:pPr>'
    slide = page(shape(text=f"<a:p>{bullet}{run('x')}</a:p>"))

    assert write_symbols_as_unicode(slide)

    assert value(slide.root, ".//a:buChar", "char") == after
    assert find(slide.root, ".//a:buFont") is None


def test_text_in_a_symbol_typeface_is_written_as_it_looks() -> None:
    greek = run("abc", '<a:latin typeface="Symbol"/>')
    arrow = run("next \uf0e0 x", '<a:sym typeface="Wingdings"/>')
    slide = page(shape(text=f"<a:p>{greek}{arrow}</a:p>"))

    assert write_symbols_as_unicode(slide)

    assert texts(slide.root) == ["αβχ", "next → x"]


def test_letters_of_other_typefaces_stay() -> None:
    bullet = '<a:pPr><a:buFont typeface="Arial"/><a:buChar char="Ø"/></a:pPr>'
    letters = run("abc", '<a:latin typeface="Arial"/>')
    slide = page(shape(text=f"<a:p>{bullet}{letters}</a:p>"))

    assert not write_symbols_as_unicode(slide)


LINK = '<a:hlinkClick r:id="rId1"/>'


def test_a_link_is_underlined_in_the_themes_colour() -> None:
    slide = page(shape(text=f"<a:p>{run('before')}{run('link', RED + LINK)}</a:p>"))

    assert show_links(slide)

    looks = list(find_all(slide.root, ".//a:rPr"))[1]
    assert looks.get("u") == "sng"
    assert [each.get("val") for each in find_all(looks, "a:solidFill/*")] == ["hlink"]
    assert texts(slide.root) == ["before", "link"]


def test_a_bullet_before_a_link_stays_plain() -> None:
    link = run("link", RED + LINK, 'u="sng"')
    slide = page(shape(text=f"<a:p>{link}</a:p>"))

    assert show_links(slide)

    first, second = find_all(slide.root, ".//a:rPr")
    assert texts(slide.root) == ["\u200b", "link"]
    assert (first.get("u"), value(first, "a:solidFill/a:srgbClr", "val")) == (None, "FF0000")
    assert second.get("u") == "sng"


def test_a_link_that_keeps_the_colour_of_its_text_is_only_underlined() -> None:
    keeps = (
        '<a:hlinkClick r:id="rId1"><a:extLst><a:ext uri="x"><ahyp:hlinkClr val="tx" '
        'xmlns:ahyp="http://schemas.microsoft.com/office/drawing/2018/hyperlinkcolor"/>'
        "</a:ext></a:extLst></a:hlinkClick>"
    )
    slide = page(shape(text=f"<a:p>{run('x')}{run('link', RED + keeps)}</a:p>"))

    assert show_links(slide)

    looks = list(find_all(slide.root, ".//a:rPr"))[1]
    assert (looks.get("u"), value(looks, "a:solidFill/a:srgbClr", "val")) == ("sng", "FF0000")


@pytest.mark.parametrize("attributes", ["", 'algn="ctr" marL="300" indent="-300"', 'indent="200"'])
def test_a_bullet_without_room_is_written_into_the_text(attributes: str) -> None:
    colour = '<a:buClr><a:schemeClr val="accent3"/></a:buClr><a:buFont typeface="Arial"/><a:buChar char="•"/>'
    slide = page(shape(text=bulleted(attributes, colour)))

    assert mend_bullets(slide)

    assert texts(slide.root) == ["• ", "text"]
    look = next(find_all(slide.root, ".//a:rPr"))
    assert value(look, "a:solidFill/a:schemeClr", "val") == "accent3"
    assert value(look, "a:latin", "typeface") == "Arial"
    assert find(slide.root, ".//a:pPr/a:buNone") is not None
    assert find(slide.root, ".//a:buChar") is None


def test_a_bullet_that_hangs_out_stays() -> None:
    assert not mend_bullets(page(shape(text=bulleted('marL="300" indent="-300"'))))


def test_room_that_is_inherited_is_room() -> None:
    """From the master's style for bodies, by way of a placeholder on the layout."""
    styles = '<p:bodyStyle><a:lvl1pPr marL="300" indent="-300"/></p:bodyStyle>'
    layout = shape(place=BODY, text="<a:p/>")
    slide = page(shape(text=bulleted(""), place=BODY), layout=layout, styles=styles)

    assert not mend_bullets(slide)
    assert mend_bullets(page(shape(text=bulleted("")), styles=styles)), "it is no placeholder"


def test_a_bullet_that_is_inherited_is_mended_as_well() -> None:
    layout = (
        f"<p:sp><p:nvSpPr><p:nvPr>{BODY}</p:nvPr></p:nvSpPr><p:txBody><a:lstStyle><a:lvl1pPr>"
        '<a:buChar char="–"/></a:lvl1pPr></a:lstStyle></p:txBody></p:sp>'
    )
    slide = page(shape(text=f"<a:p>{run('text')}</a:p>", place=BODY), layout=layout)

    assert mend_bullets(slide)

    assert texts(slide.root) == ["– ", "text"]


def test_a_number_without_room_gets_some() -> None:
    slide = page(shape(text=bulleted('marL="1000"', '<a:buAutoNum type="arabicPeriod"/>')))

    assert mend_bullets(slide)

    style = only(slide.root, ".//a:pPr")
    assert (style.get("marL"), style.get("indent")) == ("343900", "-342900")


def test_smartart_means_one_bullet_where_it_writes_two() -> None:
    slide = page(shape(text=bulleted('marL="300" indent="-300"', '<a:buChar char="••"/>')))

    assert mend_bullets(slide)

    assert value(slide.root, ".//a:buChar", "char") == "•"


def test_signs_get_a_typeface_that_has_them() -> None:
    slide = page(shape(text=f"<a:p>{run('so ✔✗ it is', RED)}</a:p>"))

    assert give_typefaces(slide, {"✔": "Signs", "✗": "Signs"})

    assert texts(slide.root) == ["so ", "✔✗", " it is"]
    looks = list(find_all(slide.root, ".//a:rPr"))
    assert [find(look, "a:latin") is not None for look in looks] == [False, True, False]
    assert value(looks[1], "a:latin", "typeface") == value(looks[1], "a:ea", "typeface") == "Signs"
    assert all(find(look, "a:solidFill") is not None for look in looks)


def test_a_bullet_gets_a_typeface_that_has_it() -> None:
    bullet = '<a:buFont typeface="Arial"/><a:buChar char="❖"/>'
    slide = page(shape(text=bulleted('marL="300" indent="-300"', bullet)))

    assert give_typefaces(slide, {"❖": "Signs"})

    assert value(slide.root, ".//a:buFont", "typeface") == "Signs"
    assert len(list(find_all(slide.root, ".//a:buFont"))) == 1


def test_text_that_lacks_nothing_stays() -> None:
    assert not give_typefaces(page(shape(text=f"<a:p>{run('plain')}</a:p>")), {"✔": "Signs"})


def drawn(height: float, lines: int, empty_lines: int = 0, number: int = 2) -> DisplayList:
    """A text of lines of 20 pixels in a box of this height."""
    made = [Line(20.0 * place, 20.0, (Run("text", font_family="Asked"),)) for place in range(lines)]
    made += [Line(20.0 * (lines + place), 20.0) for place in range(empty_lines)]
    text = Primitive("textBox", object_id=number, h=height, lines=tuple(made))
    return DisplayList(960, 540, (text,))


def fitting(attributes: str = "", kind: str = "normAutofit") -> Page:
    body = f'<a:bodyPr tIns="0" bIns="0"><a:{kind} {attributes}/></a:bodyPr>'
    return page(shape(text=f"<a:p>{run('x')}</a:p>", body=body))


def test_text_is_shrunk_until_it_fits() -> None:
    slide = fitting('fontScale="90000"')

    assert fit_texts(slide, drawn(height=100, lines=8), lambda _family: False)

    scale = int(value(slide.root, ".//a:normAutofit", "fontScale") or 0)
    assert 60_000 <= scale <= 75_000
    assert scale % 2_500 == 0
    assert not fit_texts(slide, drawn(height=100, lines=5), lambda _family: False)


def test_empty_lines_at_the_end_need_no_room() -> None:
    assert not fit_texts(fitting(), drawn(height=100, lines=5, empty_lines=4), lambda _family: False)


def test_text_in_its_own_typeface_may_be_a_little_higher() -> None:
    """The deck's figures are PowerPoint's own, so that what sticks out is a difference of rounding."""
    assert not fit_texts(fitting(), drawn(height=95, lines=5), lambda _family: True)
    assert fit_texts(fitting(), drawn(height=95, lines=5), lambda _family: False)
    assert fit_texts(fitting(), drawn(height=50, lines=5), lambda _family: True)


def test_lines_are_squeezed_for_the_authors_typeface_only() -> None:
    mine, other = (fitting('fontScale="90000" lnSpcReduction="20000"') for _ in range(2))

    assert not fit_texts(mine, drawn(height=100, lines=4), lambda _family: True)
    assert fit_texts(other, drawn(height=100, lines=4), lambda _family: False)

    assert dict(only(other.root, ".//a:normAutofit").attrib) == {"fontScale": "90000"}


@pytest.mark.parametrize("kind", ["spAutoFit", "noAutofit"])
def test_only_text_that_powerpoint_shrinks_is_shrunk(kind: str) -> None:
    assert not fit_texts(fitting(kind=kind), drawn(height=50, lines=5), lambda _family: False)


def test_that_it_is_shrunk_may_be_inherited() -> None:
    layout = shape(place=BODY, text="<a:p/>", body="<a:bodyPr><a:normAutofit/></a:bodyPr>")
    slide = page(shape(place=BODY, text=f"<a:p>{run('x')}</a:p>"), layout=layout)

    assert fit_texts(slide, drawn(height=50, lines=5), lambda _family: False)

    assert value(slide.root, ".//a:bodyPr/a:normAutofit", "fontScale") is not None
