# SPDX-License-Identifier: AGPL-3.0-or-later
"""All repairs on a copy of the deck: those of the deck by itself, and those of what is drawn of it."""

from __future__ import annotations

import contextlib
import itertools
import logging
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from pechakucha.decks.display_list import DisplayList
from pechakucha.decks.pptx_repairs.bullets import mend_bullets
from pechakucha.decks.pptx_repairs.connectors import draw_arrows
from pechakucha.decks.pptx_repairs.drawingml import Element, find, written
from pechakucha.decks.pptx_repairs.flowchart_shapes import draw_flowcharts
from pechakucha.decks.pptx_repairs.gradients import stretch_gradients
from pechakucha.decks.pptx_repairs.left_out_pictures import mend_pictures
from pechakucha.decks.pptx_repairs.link_looks import show_links
from pechakucha.decks.pptx_repairs.missing_glyphs import give_typefaces
from pechakucha.decks.pptx_repairs.page import Page
from pechakucha.decks.pptx_repairs.parts import PRESENTATION, Parts
from pechakucha.decks.pptx_repairs.pattern_fills import fill_patterns
from pechakucha.decks.pptx_repairs.shape_styles import write_out_styles
from pechakucha.decks.pptx_repairs.shortcomings import shortcomings_of
from pechakucha.decks.pptx_repairs.style_fonts import write_out_style_fonts
from pechakucha.decks.pptx_repairs.symbol_typefaces import write_symbols_as_unicode
from pechakucha.decks.pptx_repairs.text_fitting import fit_texts

_log = logging.getLogger(__name__)

_DRAWING = "diagramDrawing"

Repair = Callable[[Page], bool]
"""Changes a page's tree and tells whether it did."""

REPAIRS: tuple[Repair, ...] = (
    write_out_styles,
    stretch_gradients,
    fill_patterns,
    draw_arrows,
    draw_flowcharts,
    write_out_style_fonts,
    write_symbols_as_unicode,
    show_links,
    mend_bullets,
)


class DeckCopy:
    """A copy of a deck in the making; a repair that fails leaves its part of the deck as it is.

    ``shortcomings`` is by slide number what will not be drawn as its author meant it, see
    ``shortcomings_of``.
    """

    def __init__(self, source: Path, archive: zipfile.ZipFile, folder: Path) -> None:
        self._source, self._folder = source, folder
        self._parts = Parts(archive)
        self._slides = self._parts.slides()
        self._pages = Pages(self._parts)
        self._written: Path | None = None
        self._numbers = itertools.count(1)
        self.shortcomings: dict[int, tuple[str, ...]] = {}

    @classmethod
    @contextlib.contextmanager
    def of(cls, source: Path, folder: Path) -> Iterator[DeckCopy]:
        """The copy of a deck, to be written into a folder.

        Raises:
            zipfile.BadZipFile: it is damaged.
        """
        with zipfile.ZipFile(source) as archive:
            yield cls(source, archive, folder)

    def repair(self, numbers: Sequence[int]) -> None:
        """Repair the slides with these numbers and all that they are made of."""
        self.shortcomings = {number: self._shortcomings_of(number) for number in numbers}
        names = []
        for name, page in self._pages.of([self._slides[number - 1] for number in numbers]):
            self._change(name, page, REPAIRS)
            names.append(name)
        try:
            mend_pictures(self._parts, names)
        except Exception:
            _log.exception("pictures stay as they are")

    def adjust(
        self,
        number: int,
        drawn: DisplayList,
        families: Mapping[str, str],
        runs_alike: Callable[[str], bool],
    ) -> bool:
        """Repair what only drawing a slide has shown; whether anything changed.

        Args:
            number: the slide's.
            drawn: what the renderer makes of it.
            families: the typeface for each sign that has none.
            runs_alike: whether what is drawn for a family has the same widths.
        """
        changed = False
        for name, page in self._pages.of_slide(self._slides[number - 1]):
            repairs = (
                lambda page: give_typefaces(page, families),
                lambda page: fit_texts(page, drawn, runs_alike),
            )
            changed |= self._change(name, page, repairs)
        return changed

    def write(self) -> Path:
        """The file with all repairs so far, which is the deck itself where there are none.

        The one written before is gone then.
        """
        if not self._parts.changed:
            return self._source
        before = self._written
        self._written = self._folder / f"repaired-{next(self._numbers)}.pptx"
        self._parts.write(self._written)
        if before is not None:
            # Some system may still have it open; it goes with the folder.
            with contextlib.suppress(OSError):
                before.unlink()
        return self._written

    def _shortcomings_of(self, number: int) -> tuple[str, ...]:
        try:
            return tuple(shortcomings_of(self._parts, self._slides[number - 1]))
        except Exception:
            _log.exception("slide %s: it is not known what is drawn wrongly", number)
            return ()

    def _change(self, name: str, page: Page, repairs: Sequence[Repair]) -> bool:
        try:
            if not sum(repair(page) for repair in repairs):
                return False
            self._parts.replace(name, written(page.root))
        except Exception:
            _log.exception("%s is drawn unrepaired", name)
            return False
        return True


class Pages:
    """The pages that slides are made of; what many of them inherit from is read once."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._shared: dict[str, Element | None] = {}
        presentation = parts.tree(PRESENTATION)
        self._defaults = find(presentation, "p:defaultTextStyle")
        size = find(presentation, "p:sldSz")
        self._size = None if size is None else (int(size.get("cx", "0")), int(size.get("cy", "0")))

    def of(self, slides: Sequence[str]) -> Iterator[tuple[str, Page]]:
        """Every master and layout of these slides, then each slide with its SmartArt drawings."""
        layouts = list(dict.fromkeys(layout for slide in slides for layout in self._above(slide)[:1]))
        masters = dict.fromkeys(master for layout in layouts for master in self._above(layout))
        for name in (*masters, *layouts):
            yield from self._page(name, self._shared_tree(name))
        for slide in slides:
            yield from self.of_slide(slide)

    def of_slide(self, slide: str) -> Iterator[tuple[str, Page]]:
        """A slide with its SmartArt drawings."""
        yield from self._page(slide, self._parts.tree(slide))

    def _page(self, name: str, root: Element | None) -> Iterator[tuple[str, Page]]:
        above = self._above(name)
        theme = self._shared_tree(self._parts.related(above[-1] if above else name, "theme"))
        inherited = [self._shared_tree(each) for each in above]
        present = tuple(each for each in inherited if each is not None)
        if root is not None:
            yield name, Page(root, present, theme, self._defaults, self._size)
        for relation in self._parts.relations(name).values():
            drawing = self._parts.tree(relation.target) if relation.kind == _DRAWING else None
            if drawing is not None:
                yield relation.target, Page(drawing, (), theme, self._defaults)

    def _above(self, name: str) -> list[str]:
        """Layout and master of a slide, the master of a layout, nothing of a master."""
        master = self._parts.related(name, "slideMaster")
        if master is not None:
            return [master]
        layout = self._parts.related(name, "slideLayout")
        # A master refers to its layouts as well, but they do to it.
        if layout is None or self._parts.related(name, "theme") is not None:
            return []
        return [layout, *self._above(layout)]

    def _shared_tree(self, name: str | None) -> Element | None:
        if name is None:
            return None
        if name not in self._shared:
            self._shared[name] = self._parts.tree(name)
        return self._shared[name]
