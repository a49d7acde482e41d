# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signs in Wingdings and Symbol, typefaces in which a letter looks like something else.

Nobody but Windows has them, and the renderer draws letters or boxes. Each sign is written as the
Unicode character that looks like it, in no particular typeface.
"""

from __future__ import annotations

from collections.abc import Mapping

from pechakucha.decks.pptx_repairs.drawingml import Element, find, find_all, named
from pechakucha.decks.pptx_repairs.page import Page

_PRIVATE = 0xF000
"""PowerPoint keeps the sign with code ``c`` as ``0xF000 + c``, older programs as ``c``."""


def _run(first: int, signs: str) -> dict[int, str]:
    return dict(enumerate(signs, first))


_WINGDINGS: Mapping[int, str] = {
    **_run(0x22, "✂✁"),
    **_run(0x28, "☎✆✉"),
    0x36: "⌛",
    **_run(0x3E, "✇✍"),
    **_run(0x41, "✌"),
    **_run(0x45, "☜☞☝☟"),
    **_run(0x4A, "☺☺☹"),
    0x4E: "☠",
    0x51: "✈",
    0x52: "☼",
    0x54: "❄",
    **_run(0x58, "✠✡☪☯"),
    **_run(0x5E, "♈♉♊♋♌♍♎♏♐♑♒♓"),
    **_run(0x6C, "●❍■□❐❑❒⬧⧫◆❖⬥⌧⍓⌘❀✿❝❞"),
    **_run(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **_run(0x9E, "·•"),
    **_run(0xA1, "○"),
    **_run(0xA4, "◉◎"),
    **_run(0xA7, "▪◻"),
    **_run(0xAA, "✦★✶✴✹"),
    0xB5: "✪",
    0xB6: "✰",
    **_run(0xD5, "⌫⌦"),
    0xD8: "➢",
    0xDC: "➲",
    **_run(0xDF, "←→↑↓↖↗↙↘←➔↑↓↖↗↙↘⇦⇨⇧⇩⬄⇳"),
    **_run(0xFB, "✗✓☒☑"),
}
"""After Unicode's own table of Wingdings (document L2/12-052), nearest signs where fonts lack the exact."""

_SYMBOL: Mapping[int, str] = {
    **_run(0x41, "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ"),
    **_run(0x61, "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"),
    **_run(0xA1, "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    **_run(0xC0, "ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇"),
    **_run(0xD5, "∏√⋅¬∧∨⇔⇐⇑⇒⇓◊"),
    0xE5: "∑",
    0xF2: "∫",
}
"""After Adobe's table of its Symbol encoding."""

_TABLES: Mapping[str, Mapping[int, str]] = {"wingdings": _WINGDINGS, "symbol": _SYMBOL}
SYMBOL_TYPEFACES = frozenset(_TABLES)
"""Their names in small letters."""
_TYPEFACES = ("a:sym", "a:latin")


def write_symbols_as_unicode(page: Page) -> bool:
    """Write bullets and texts in symbol typefaces with Unicode's signs; whether there were any."""
    changed = False
    for bullet in page.root.iter(named("a:buChar")):
        changed |= _rewrite_bullet(bullet)
    for run in page.root.iter(named("a:r")):
        changed |= _rewrite_text(run)
    return changed


def _rewrite_bullet(bullet: Element) -> bool:
    font = find(bullet.getparent(), "a:buFont")
    table = _table_of(font)
    signs = bullet.get("char", "")
    rewritten = _rewritten(signs, table)
    if font is None or rewritten == signs:
        return False
    bullet.set("char", rewritten)
    font.getparent().remove(font)
    return True


def _rewrite_text(run: Element) -> bool:
    text = find(run, "a:t")
    before = text.text or "" if text is not None else ""
    changed = False
    for name in _TYPEFACES:
        for font in list(find_all(run, f"a:rPr/{name}")):
            table = _table_of(font)
            # A typeface for signs beside the one for letters leaves the letters alone.
            plain = {} if name == "a:sym" else table
            after = "".join(_sign(each, table if ord(each) >= _PRIVATE else plain) for each in before)
            if after != before and text is not None:
                text.text = before = after
                font.getparent().remove(font)
                changed = True
    return changed


def _table_of(font: Element | None) -> Mapping[int, str]:
    return {} if font is None else _TABLES.get(font.get("typeface", "").casefold(), {})


def _rewritten(signs: str, table: Mapping[int, str]) -> str:
    return "".join(_sign(each, table) for each in signs)


def _sign(letter: str, table: Mapping[int, str]) -> str:
    code = ord(letter)
    return table.get(code - _PRIVATE if _PRIVATE <= code <= _PRIVATE + 0xFF else code, letter)
