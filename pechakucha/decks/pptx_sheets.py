# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a slide of a PPTX inherits: from its layout, that one's master, the theme and the deck."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml

from pechakucha.decks.pptx_shapes import (
    Box,
    Placeholder,
    Shape,
    box_of_shape,
    choose_alternatives,
    placeholder,
    qname,
    shapes_of,
)

THEME_BODY = "+mn-lt"
"""What stands for the theme's family for everything but titles."""

_THEME_FONTS = {"+mj": "a:majorFont", "+mn": "a:minorFont"}
_SCRIPTS = {"lt": "a:latin", "ea": "a:ea", "cs": "a:cs"}
_OF_MASTER = {"title": "title", "ctrTitle": "title", "dt": "dt", "ftr": "ftr", "sldNum": "sldNum"}
"""The placeholder of a master that one of this kind goes back to; any other is ``body``."""
_STYLE_OF = {"title": "p:titleStyle", "body": "p:bodyStyle"}
_USUAL_SIZE = (9_144_000, 6_858_000)
_FALSE = frozenset({"0", "false"})


class Sheets(NamedTuple):
    """A layout with everything behind it.

    Attributes:
        parts: the layout's and the master's part; what they draw lies behind each slide.
        inherited: the placeholders of the layout, then of the master.
        styles: ``p:txStyles`` of the master, None where it has none.
        default: ``p:defaultTextStyle`` of the deck, None where it has none.
        fonts: the theme's families by the names that stand for them (``+mj-lt``).
        width, height: of the slides, in EMU.
    """

    parts: tuple[Any, Any]
    inherited: tuple[Mapping[Placeholder, Any], Mapping[Placeholder, Any]]
    styles: Any
    default: Any
    fonts: Mapping[str, str]
    width: int
    height: int

    def family(self, typeface: str) -> str:
        """The family that a typeface in the file stands for, "" for none."""
        return self.fonts.get(typeface, "") if typeface.startswith("+") else typeface.strip()

    def behind(self, element: Any) -> tuple[Any, ...]:
        """The placeholders that a placeholder of a slide inherits from, nearest first."""
        own = placeholder(element)
        if own is None:
            return ()
        of_layout, of_master = self.inherited
        nearest = _same_kind(of_layout, own) if own.kind in _OF_MASTER else _same_number(of_layout, own)
        last = _same_kind(of_master, own)
        return tuple(each for each in (nearest, last) if each is not None)

    def list_styles(self, element: Any) -> tuple[Any, ...]:
        """Where a shape's text gets its format from after its own, nearest first."""
        own = placeholder(element)
        found = [each.find(f"{qname('p:txBody')}/{qname('a:lstStyle')}") for each in self.behind(element)]
        if own is None:
            found += [self.default, self._style("p:otherStyle")]
        else:
            kind = _OF_MASTER.get(own.kind, "body")
            found += [self._style(_STYLE_OF.get(kind, "p:otherStyle")), self.default]
        return tuple(each for each in found if each is not None)

    def shapes(self, sheet: Any) -> list[Shape]:
        """A slide's shapes without those that lie wholly beside it."""
        return [each for each in shapes_of(sheet, self._inherited_box) if self._is_seen(each.box)]

    def shapes_behind(self, slide: Any) -> list[tuple[Any, Shape]]:
        """What layout and master draw on a slide, each with its part; placeholders are never drawn."""
        layout, master = (part._element for part in self.parts)
        shown = [slide.get("showMasterSp") not in _FALSE]
        shown.append(shown[0] and layout.get("showMasterSp") not in _FALSE)
        return [
            (part, shape)
            for part, sheet, is_shown in zip(self.parts, (layout, master), shown, strict=True)
            if is_shown
            for shape in self.shapes(sheet)
            if placeholder(shape.element) is None
        ]

    def _style(self, name: str) -> Any:
        return None if self.styles is None else self.styles.find(qname(name))

    def _inherited_box(self, element: Any) -> Box | None:
        return next(filter(None, map(box_of_shape, self.behind(element))), None)

    def _is_seen(self, box: Box | None) -> bool:
        if box is None:
            return True
        right, bottom = box.left + box.width, box.top + box.height
        return box.left < self.width and box.top < self.height and right > 0 and bottom > 0


def read_sheets(layout: Any, presentation: Any) -> Sheets:
    """What a slide with this layout (a part of python-pptx) inherits."""
    master = layout.slide_layout.slide_master.part
    for part in (layout, master):
        choose_alternatives(part._element)
    width, height = size_of_slides(presentation)
    return Sheets(
        parts=(layout, master),
        inherited=(_placeholders(layout._element), _placeholders(master._element)),
        styles=master._element.find(qname("p:txStyles")),
        default=presentation.element.find(qname("p:defaultTextStyle")),
        fonts=_theme_fonts(parse_xml(master.part_related_by(RELATIONSHIP_TYPE.THEME).blob)),
        width=width,
        height=height,
    )


def size_of_slides(presentation: Any) -> tuple[int, int]:
    """The width and height of the slides in EMU; a file need not tell them."""
    return presentation.slide_width or _USUAL_SIZE[0], presentation.slide_height or _USUAL_SIZE[1]


def _placeholders(sheet: Any) -> dict[Placeholder, Any]:
    found = ((placeholder(shape.element), shape.element) for shape in shapes_of(sheet, lambda _element: None))
    return {key: element for key, element in found if key is not None}


def _same_number(placeholders: Mapping[Placeholder, Any], wanted: Placeholder) -> Any:
    found = (each for key, each in placeholders.items() if key.number == wanted.number)
    return next(found, None)


def _same_kind(placeholders: Mapping[Placeholder, Any], wanted: Placeholder) -> Any:
    kind = _OF_MASTER.get(wanted.kind, "body")
    found = (each for key, each in placeholders.items() if _OF_MASTER.get(key.kind, "body") == kind)
    return next(found, None)


def _theme_fonts(theme: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for prefix, tag in _THEME_FONTS.items():
        for script, name in _SCRIPTS.items():
            font = theme.find(f".//{qname(tag)}/{qname(name)}")
            if font is not None:
                found[f"{prefix}-{script}"] = font.get("typeface", "").strip()
    return found
