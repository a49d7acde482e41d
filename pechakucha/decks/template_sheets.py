# SPDX-License-Identifier: AGPL-3.0-or-later
"""Master and layouts of the deck for presenters, as PowerPoint writes them.

Lengths are inches where they are floats and EMU (914,400 an inch) where they are integers.
"""

from __future__ import annotations

from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from pptx.oxml import parse_xml

from pechakucha.texts import Texts

_INCH = 914_400
_GUIDE_UNITS = 576
"""In an inch, of the places of PowerPoint's drawing guides."""

WIDTH, HEIGHT = 12_192_000, 6_858_000
"""16:9, as PowerPoint makes it: 13.333 by 7.5 inches."""

_ACROSS, _DOWN = WIDTH / _INCH, HEIGHT / _INCH
_SIDE, _EDGE = 0.75, 0.6
"""How far guides and text stay from the sides, and from top and bottom."""

_PICTURE_FROM = 5.9
"""Where a picture begins that has words beside it."""

SMALLEST_PT = 36
_CITY_PT, _SENTENCE_PT, _WORDS_PT = 66, 60, 40

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.{rest}"'
    for prefix, rest in {
        "a": "openxmlformats.org/drawingml/2006/main",
        "p": "openxmlformats.org/presentationml/2006/main",
        "r": "openxmlformats.org/officeDocument/2006/relationships",
        "p15": "microsoft.com/office/powerpoint/2012/main",
    }.items()
)
_MASTER_GUIDES = "{27BBF7A9-308A-43DC-89C8-2F10F3537804}"
"""The extension of a master in which PowerPoint keeps its guides ([MS-PPTX] 2.4.1.6)."""


class _Box(NamedTuple):
    """A place on the slide, inches."""

    x: float
    y: float
    width: float
    height: float

    def xml(self) -> str:
        x, y, width, height = (round(each * _INCH) for each in self)
        return f'<a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


_INSIDE = _Box(_SIDE, _EDGE, _ACROSS - 2 * _SIDE, _DOWN - 2 * _EDGE)
_BESIDE = _Box(_SIDE, _EDGE, _PICTURE_FROM - _SIDE - 0.4, _DOWN - 2 * _EDGE)


def layouts(texts: Texts) -> list[Any]:
    """Title, picture with a sentence, picture, sentence, contact, and an empty one."""
    head, below = _Box(_SIDE, 2.3, _INSIDE.width, 1.2), _Box(_SIDE, 3.7, _INSIDE.width, 1.4)
    prompts = _Prompts(texts)
    half = _Box(_PICTURE_FROM, 0, _ACROSS - _PICTURE_FROM, _DOWN)
    return [
        _layout(
            texts("template.layout-title"),
            _accent(head),
            prompts.title("template.city", head, _CITY_PT),
            prompts.body("template.talk", 1, below, _WORDS_PT),
            prompts.body("template.who", 13, _Box(_SIDE, 5.5, _INSIDE.width, 1.4), SMALLEST_PT, quiet=True),
        ),
        _layout(
            texts("template.layout-both"),
            prompts.picture("template.picture", half),
            prompts.title("template.sentence", _BESIDE, _WORDS_PT, anchor="ctr"),
        ),
        _layout(
            texts("template.layout-picture"), prompts.picture("template.whole", _Box(0, 0, _ACROSS, _DOWN))
        ),
        _layout(
            texts("template.layout-sentence"),
            prompts.title("template.sentence", _INSIDE, _SENTENCE_PT, anchor="ctr"),
        ),
        _layout(
            texts("template.layout-contact"),
            _accent(head),
            prompts.title("template.thanks", head, _CITY_PT),
            prompts.body("template.contact", 1, _Box(_SIDE, 3.7, _INSIDE.width, 3.2), _WORDS_PT, quiet=True),
        ),
        _layout(texts("template.layout-empty")),
    ]


def with_master(master: Any, texts: Texts) -> None:
    """Dress the master that python-pptx brings: dark, its text large, left and without bullets."""
    prompts = _Prompts(texts)
    shapes = (
        prompts.title("template.sentence", _Box(_SIDE, _EDGE, _INSIDE.width, 1.3), _WORDS_PT, custom=False),
        prompts.body("template.text", 1, _Box(_SIDE, 2.2, _INSIDE.width, 4.7), _WORDS_PT, custom=False),
    )
    children = {child.tag.rpartition("}")[2]: child for child in master}
    _replace(children["cSld"], f"<p:cSld {_NAMESPACES}>{_BACKGROUND}{_tree(shapes)}</p:cSld>")
    mapped = children["clrMap"]
    # Light on dark: what the theme calls dark is the background here.
    for name, value in (("bg1", "dk1"), ("tx1", "lt1"), ("bg2", "dk2"), ("tx2", "lt2")):
        mapped.set(name, value)
    _replace(children["txStyles"], f"<p:txStyles {_NAMESPACES}>{_STYLES}</p:txStyles>")
    master.append(parse_xml(f"<p:extLst {_NAMESPACES}>{guides()}</p:extLst>"))


def line(name: str, share: float) -> Any:
    """A thin line along the top, as long as this share of the talk; it tells slides apart, too."""
    box = _Box(0, 0, _ACROSS * share, 0.07)
    return parse_xml(_rectangle(name, 100, box).replace("<p:sp>", f"<p:sp {_NAMESPACES}>", 1))


def guides() -> str:
    """The extension with the guides that keep text away from the edges."""
    lines = "".join(
        f'<p15:guide id="{number}"{orientation} pos="{round(inches * _GUIDE_UNITS)}" userDrawn="1">'
        '<p15:clr><a:srgbClr val="35D0A5"/></p15:clr></p15:guide>'
        for number, (orientation, inches) in enumerate(_places(), start=1)
    )
    return f'<p:ext uri="{_MASTER_GUIDES}"><p15:sldGuideLst>{lines}</p15:sldGuideLst></p:ext>'


def view_with_guides() -> Any:
    """The view that opens with the deck: its guides are seen; older programs find them here."""
    lines = "".join(
        f'<p:guide{orientation} pos="{round(inches * _GUIDE_UNITS)}"/>' for orientation, inches in _places()
    )
    scale = '<p:scale><a:sx n="100" d="100"/><a:sy n="100" d="100"/></p:scale>'
    return parse_xml(
        f'<p:viewPr {_NAMESPACES}><p:slideViewPr><p:cSldViewPr snapToGrid="0" showGuides="1">'
        f'<p:cViewPr varScale="1">{scale}<p:origin x="0" y="0"/></p:cViewPr>'
        f"<p:guideLst>{lines}</p:guideLst></p:cSldViewPr></p:slideViewPr>"
        f'<p:notesTextViewPr><p:cViewPr>{scale}<p:origin x="0" y="0"/></p:cViewPr></p:notesTextViewPr>'
        '<p:gridSpacing cx="72008" cy="72008"/></p:viewPr>'
    )


def _places() -> tuple[tuple[str, float], ...]:
    """Where the guides are: the orientation as an attribute, and inches."""
    return (
        (' orient="horz"', _EDGE),
        (' orient="horz"', _DOWN - _EDGE),
        ("", _SIDE),
        ("", _ACROSS - _SIDE),
    )


class _Prompts:
    """Places to fill in; what to fill in is written there until somebody has."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts

    def title(self, code: str, box: _Box, points: int, *, anchor: str = "t", custom: bool = True) -> str:
        """A place for a few large words."""
        spacing = '<a:lnSpc><a:spcPct val="95000"/></a:lnSpc>'
        style = f'<a:lvl1pPr>{spacing}<a:defRPr sz="{points}00" b="1"/></a:lvl1pPr>'
        return self._place(code, 'type="title"', box, style, anchor=anchor, custom=custom)

    def body(
        self, code: str, number: int, box: _Box, points: int, *, quiet: bool = False, custom: bool = True
    ) -> str:
        """A place for other words."""
        shade = '<a:solidFill><a:schemeClr val="tx2"/></a:solidFill>' if quiet else ""
        style = f'<a:lvl1pPr><a:defRPr sz="{points}00">{shade}</a:defRPr></a:lvl1pPr>' if custom else ""
        return self._place(code, f'type="body" idx="{number}"', box, style, custom=custom)

    def picture(self, code: str, box: _Box) -> str:
        """A place for a picture; its colour is seen only while it is edited."""
        style = (
            f'<a:lvl1pPr algn="ctr"><a:defRPr sz="{SMALLEST_PT}00">'
            '<a:solidFill><a:schemeClr val="tx2"/></a:solidFill></a:defRPr></a:lvl1pPr>'
        )
        return self._place(code, 'type="pic" idx="14"', box, style, anchor="ctr")

    def _place(
        self, code: str, kind: str, box: _Box, style: str, *, anchor: str = "t", custom: bool = True
    ) -> str:
        words = self._texts(code)
        prompt = ' hasCustomPrompt="1"' if custom else ""
        language = f'<a:rPr lang="{_LANGUAGE[self._texts.language]}"/>'
        paragraphs = "".join(
            f"<a:p><a:r>{language}<a:t>{escape(each)}</a:t></a:r></a:p>" for each in words.splitlines()
        )
        return (
            f'<p:sp><p:nvSpPr><p:cNvPr id="%d" name={quoteattr(words.splitlines()[0])}/>'
            f'<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}{prompt}/></p:nvPr></p:nvSpPr>'
            f'<p:spPr>{box.xml()}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
            f'<a:bodyPr vert="horz" lIns="0" tIns="0" rIns="0" bIns="0" rtlCol="0" anchor="{anchor}">'
            # Never smaller than it is meant to be: words that are too many are seen to be.
            f"<a:noAutofit/></a:bodyPr><a:lstStyle>{style}</a:lstStyle>{paragraphs}</p:txBody></p:sp>"
        )


def _layout(name: str, *shapes: str) -> Any:
    return parse_xml(
        f'<p:sldLayout {_NAMESPACES} preserve="1" userDrawn="1">'
        f"<p:cSld name={quoteattr(name)}>{_tree(shapes)}</p:cSld>"
        "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
    )


def _tree(shapes: tuple[str, ...]) -> str:
    numbered = "".join(shape.replace("%d", str(number), 1) for number, shape in enumerate(shapes, start=2))
    return (
        '<p:spTree><p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
        f"{numbered}</p:spTree>"
    )


def _accent(below: _Box) -> str:
    """The short bar above a title."""
    return _rectangle("–", "%d", _Box(below.x, below.y - 0.35, 1.2, 0.09))


def _rectangle(name: str, number: int | str, box: _Box) -> str:
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}/><p:cNvSpPr/><p:nvPr userDrawn="1"/>'
        f'</p:nvSpPr><p:spPr>{box.xml()}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


def _replace(old: Any, new: str) -> None:
    old.getparent().replace(old, parse_xml(new))


_LANGUAGE = {"de": "de-DE", "en": "en-GB"}
_BACKGROUND = (
    '<p:bg><p:bgPr><a:solidFill><a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
)


def _level(number: int, points: int, indent: float, fonts: str, *, bold: bool = False) -> str:
    return (
        f'<a:lvl{number}pPr marL="{round(indent * _INCH)}" indent="0" algn="l" defTabSz="914400" rtl="0" '
        'eaLnBrk="1" latinLnBrk="0" hangingPunct="1"><a:lnSpc><a:spcPct val="100000"/></a:lnSpc>'
        f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{points}00" b="{int(bold)}" kern="1200">'
        '<a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
        f'<a:latin typeface="+{fonts}-lt"/><a:ea typeface="+{fonts}-ea"/><a:cs typeface="+{fonts}-cs"/>'
        f"</a:defRPr></a:lvl{number}pPr>"
    )


def _levels(points: int, step: float) -> str:
    return "".join(_level(each, max(points, SMALLEST_PT), step * (each - 1), "mn") for each in range(1, 10))


_STYLES = (
    f"<p:titleStyle>{_level(1, _WORDS_PT, 0, 'mj', bold=True)}</p:titleStyle>"
    f"<p:bodyStyle>{_levels(_WORDS_PT, 0.4)}</p:bodyStyle>"
    f"<p:otherStyle>{_levels(SMALLEST_PT, 0)}</p:otherStyle>"
)
