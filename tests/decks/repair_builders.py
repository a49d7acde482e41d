# SPDX-License-Identifier: AGPL-3.0-or-later
"""Slides and what they inherit from, written as XML, for the tests of repairs."""

from __future__ import annotations

from pechakucha.decks.pptx_repairs.drawingml import NAMESPACES, Element, find, find_all, parse
from pechakucha.decks.pptx_repairs.page import Page

NAMES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())

THEME = f"""<a:theme {NAMES} name="t"><a:themeElements><a:fmtScheme name="f">
<a:fillStyleLst>
  <a:solidFill><a:schemeClr val="phClr"/></a:solidFill>
  <a:solidFill><a:schemeClr val="phClr"><a:tint val="50000"/></a:schemeClr></a:solidFill>
  <a:gradFill><a:gsLst><a:gs pos="0"><a:schemeClr val="phClr"/></a:gs>
    <a:gs pos="100000"><a:srgbClr val="FFFFFF"/></a:gs></a:gsLst><a:lin ang="5400000"/></a:gradFill>
</a:fillStyleLst>
<a:lnStyleLst><a:ln w="9525"><a:solidFill><a:schemeClr val="phClr"/></a:solidFill></a:ln></a:lnStyleLst>
<a:effectStyleLst><a:effectStyle><a:effectLst><a:outerShdw blurRad="40000"><a:schemeClr val="phClr"/>
  </a:outerShdw></a:effectLst></a:effectStyle></a:effectStyleLst>
<a:bgFillStyleLst>
  <a:gradFill><a:gsLst><a:gs pos="0"><a:schemeClr val="phClr"/></a:gs>
    <a:gs pos="100000"><a:srgbClr val="FFFFFF"/></a:gs></a:gsLst><a:lin ang="5400000"/></a:gradFill>
</a:bgFillStyleLst>
</a:fmtScheme></a:themeElements></a:theme>"""


def page(
    shapes: str = "",
    *,
    layout: str = "",
    master: str = "",
    styles: str = "",
    defaults: str = "",
    before: str = "",
) -> Page:
    """A slide with these shapes on a layout and a master with theirs.

    Args:
        shapes, layout, master: the elements in each shape tree.
        styles: what is in the master's ``p:txStyles``.
        defaults: what is in the presentation's ``p:defaultTextStyle``.
        before: what stands before the slide's shape tree.
    """
    return Page(
        root=_sheet("sld", shapes, before),
        above=(
            _sheet("sldLayout", layout),
            _sheet("sldMaster", master, after=f"<p:txStyles>{styles}</p:txStyles>"),
        ),
        theme=element(THEME),
        defaults=element(f"<p:defaultTextStyle {NAMES}>{defaults}</p:defaultTextStyle>"),
        size=(12_192_000, 6_858_000),
    )


def shape(
    *,
    text: str = "",
    properties: str = "",
    style: str = "",
    place: str = "",
    body: str = "<a:bodyPr/>",
    number: int = 2,
) -> str:
    """A shape; ``place`` is a ``p:ph`` or nothing, ``text`` its paragraphs."""
    words = f"<p:txBody>{body}<a:lstStyle/>{text}</p:txBody>" if text else ""
    looks = f"<p:style>{style}</p:style>" if style else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name="s"/><p:cNvSpPr/><p:nvPr>{place}</p:nvPr></p:nvSpPr>'
        f"<p:spPr>{properties}</p:spPr>{looks}{words}</p:sp>"
    )


def box(width: int, height: int) -> str:
    """Where a shape is, with its size in EMU."""
    return f'<a:xfrm><a:off x="1000000" y="2000000"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def run(text: str, properties: str = "", attributes: str = "") -> str:
    """A piece of text."""
    return f"<a:r><a:rPr {attributes}>{properties}</a:rPr><a:t>{text}</a:t></a:r>"


def bulleted(attributes: str, bullet: str = '<a:buChar char="•"/>') -> str:
    """A paragraph with a bullet."""
    return f"<a:p><a:pPr {attributes}>{bullet}</a:pPr>{run('text')}</a:p>"


def element(xml: str) -> Element:
    """The root of some XML."""
    return parse(xml.encode())


def piece(xml: str) -> Element:
    """An element to put into another, its names understood."""
    return element(f"<piece {NAMES}>{xml}</piece>")[0]


def only(root: Element, path: str) -> Element:
    """The only element at a path."""
    (found,) = find_all(root, path)
    return found


def texts(root: Element) -> list[str]:
    """What each run says."""
    return [found.text or "" for found in find_all(root, ".//a:r/a:t")]


def value(root: Element, path: str, name: str) -> str | None:
    """An attribute of the first element at a path."""
    found = find(root, path)
    assert found is not None, path
    attribute: str | None = found.get(name)
    return attribute


def _sheet(name: str, shapes: str, before: str = "", after: str = "") -> Element:
    return element(
        f"<p:{name} {NAMES}><p:cSld>{before}<p:spTree>{shapes}</p:spTree></p:cSld>{after}</p:{name}>"
    )
