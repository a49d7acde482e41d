# SPDX-License-Identifier: AGPL-3.0-or-later
"""How near the embedded renderer comes to LibreOffice, on the decks it is given.

    python -m tests.benchmarks.compare_renderers --decks FOLDER [--html FILE] [--same-fonts]

Needs LibreOffice and the extra ``benchmarks``. Every PPTX in the folder is imported with both. Each
slide's two pictures are compared at a width of 320 pixels by their structural similarity (SSIM,
scikit-image's with its defaults, the mean over red, green and blue): 1 is the same picture. A slide
below 0.5 ought to carry a warning about its drawing, on itself or on its deck.

Where a typeface is missing, the two choose different ones in its place, and most of what is measured
then is how different these are. With ``--same-fonts`` (Linux), LibreOffice is given those of the
embedded renderer, and what is left is how each of them draws.
"""

from __future__ import annotations

import argparse
import base64
import io
import os
import statistics
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

import jinja2
import numpy as np
from PIL import Image
from rich.console import Console
from rich.table import Table
from skimage.metrics import structural_similarity

from pechakucha.decks.font_files import faces_by_family
from pechakucha.decks.font_folders import font_folders
from pechakucha.decks.fonts import fallback_faces, families_used, nearest_faces
from pechakucha.decks.importing import import_deck
from pechakucha.decks.library import Imported, Library
from pechakucha.decks.package import is_package
from pechakucha.decks.renderers import EMBEDDED, LIBREOFFICE
from pechakucha.show.checks import check_deck
from pechakucha.show.deck import Deck
from pechakucha.show.format import PECHA_KUCHA
from pechakucha.show.problem import Finding, Severity
from pechakucha.show.selection import parse_selection
from pechakucha.texts.catalogue import Texts

WIDTH = 320
SHOWN_WIDTH = 640
LOW = 0.5
ABOUT_DRAWING = frozenset({"drawn-incompletely", "fonts-missing", "pictures-left-out", "slide-not-drawn"})
"""Warnings that tell of what a renderer makes of a slide; others are about the slide itself."""


class Pair(NamedTuple):
    """One slide drawn by both, with what the embedded renderer's import says about it."""

    deck: str
    number: int
    similarity: float
    libreoffice: Path
    embedded: Path
    warned: bool
    sentences: tuple[str, ...]

    @property
    def low(self) -> bool:
        """Whether it ought to carry a warning."""
        return self.similarity < LOW


class Compared(NamedTuple):
    """One deck; without pairs where a renderer refused it, and then with its reasons."""

    name: str
    pairs: tuple[Pair, ...]
    seconds: tuple[float, float]
    refusals: tuple[str, ...]


def main() -> None:
    """Compare, print the table, write the page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--decks", type=Path, required=True, help="a folder of PPTX files")
    parser.add_argument("--html", type=Path, help="write the pictures side by side there")
    parser.add_argument("--same-fonts", action="store_true", help="let LibreOffice use our typefaces")
    arguments = parser.parse_args()
    texts = Texts("en")
    with tempfile.TemporaryDirectory() as folder:
        paths = sorted(arguments.decks.glob("*.pptx"))
        if arguments.same_fonts:
            lend_fonts(paths, Path(folder) / "fonts.conf")
        library = Library(Path(folder))
        decks = [compare(path, library, texts) for path in paths]
        print_table(decks)
        if arguments.html:
            arguments.html.write_text(page(decks), encoding="utf-8")


def lend_fonts(decks: Sequence[Path], target: Path) -> None:
    """From now on LibreOffice finds for a missing typeface what the embedded renderer would take."""
    installed = faces_by_family(font_folders())
    used = {family: kind for deck in decks if is_package(deck) for family, kind in _families(deck).items()}
    pairs = [
        (family, nearest_faces(family, installed, kind)[0].family)
        for family, kind in used.items()
        if family.casefold() not in installed
    ]
    rules = "".join(
        f'<match><test name="family"><string>{escape(family)}</string></test>'
        f'<edit name="family" mode="assign" binding="strong"><string>{escape(nearest)}</string></edit>'
        "</match>"
        for family, nearest in pairs
    )
    folder = fallback_faces()[0].path.parent
    target.write_text(
        f"<fontconfig><dir>{folder}</dir>{rules}<include>/etc/fonts/fonts.conf</include></fontconfig>",
        encoding="utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(target)


def _families(deck: Path) -> dict[str, int]:
    try:
        return families_used(deck)
    except (OSError, ValueError, zipfile.BadZipFile):
        return {}


def compare(path: Path, library: Library, texts: Texts) -> Compared:
    """Import one deck with both renderers and compare their pictures."""
    one, one_s = _timed_import(path, library, LIBREOFFICE)
    other, other_s = _timed_import(path, library, EMBEDDED)
    errors = [(name, each.deck.error) for name, each in ((LIBREOFFICE, one), (EMBEDDED, other))]
    refusals = tuple(f"{name}: {texts.message(error)}" for name, error in errors if error)
    pairs = () if refusals else tuple(_pairs(path.name, one, other, texts))
    return Compared(path.name, pairs, (one_s, other_s), refusals)


def similarity(one: Path, other: Path) -> float:
    """The structural similarity of two pictures."""
    with Image.open(one) as first, Image.open(other) as second:
        size = (WIDTH, round(WIDTH * first.height / first.width))
        pixels = [np.asarray(each.convert("RGB").resize(size)) for each in (first, second)]
    return float(structural_similarity(*pixels, channel_axis=2))


def print_table(decks: Sequence[Compared]) -> None:
    """One row a deck, then the decks that were refused."""
    table = Table(title=f"SSIM of the embedded renderer against LibreOffice, {WIDTH} px, colour")
    for heading in (
        "deck",
        "slides",
        "mean",
        "worst",
        f"below {LOW}",
        "of them warned",
        "s LO",
        "s embedded",
    ):
        table.add_column(heading, justify="left" if heading == "deck" else "right")
    for deck in decks:
        if deck.pairs:
            table.add_row(deck.name, *_cells(deck.pairs), *(f"{each:.1f}" for each in deck.seconds))
    every = [pair for deck in decks for pair in deck.pairs]
    seconds = [sum(each) for each in zip(*(deck.seconds for deck in decks if deck.pairs), strict=True)]
    if every:
        table.add_section()
        table.add_row("all", *_cells(every), *(f"{each:.1f}" for each in seconds))
    console = Console(width=120)
    console.print(table)
    for pair in every:
        if pair.low:
            said = "warned" if pair.warned else "NOT WARNED"
            console.print(f"{pair.deck} {pair.number}: {pair.similarity:.3f} {said}", highlight=False)
    for deck in decks:
        for refusal in deck.refusals:
            console.print(f"{deck.name}: refused by {refusal}", highlight=False)


def page(decks: Sequence[Compared]) -> str:
    """A page that needs nothing else: each slide's two pictures side by side, worst first."""
    pairs = sorted((pair for deck in decks for pair in deck.pairs), key=lambda pair: pair.similarity)
    environment = jinja2.Environment(autoescape=True)
    return environment.from_string(_PAGE).render(pairs=pairs, decks=decks, picture=_embedded_picture)


def _timed_import(path: Path, library: Library, renderer: str) -> tuple[Imported, float]:
    started = time.perf_counter()
    imported = import_deck(path, library=library, renderer=renderer)
    return imported, time.perf_counter() - started


def _pairs(name: str, one: Imported, other: Imported, texts: Texts) -> Iterator[Pair]:
    others = {slide.number: slide.picture for slide in other.deck.visible}
    findings = _findings(other.deck)
    for slide in one.deck.visible:
        drawn = others.get(slide.number)
        if slide.picture is None or drawn is None:
            continue
        first, second = one.folder / slide.picture, other.folder / drawn
        concerning = [each for each in findings if _concerns(each, slide.number)]
        warned = any(each.severity is not Severity.NOTE for each in concerning)
        sentences = tuple(f"{each.severity}: {texts.message(each)}" for each in concerning)
        yield Pair(name, slide.number, similarity(first, second), first, second, warned, sentences)


def _findings(deck: Deck) -> list[Finding]:
    """What a person is told about the drawing of a deck."""
    found = check_deck(deck, PECHA_KUCHA).findings
    return [each for each in found if each in deck.findings or each.code in ABOUT_DRAWING]


def _concerns(finding: Finding, number: int) -> bool:
    if finding.slide is not None:
        return finding.slide == number
    numbers = finding.params.get("numbers")
    return numbers is None or number in parse_selection(str(numbers))


def _cells(pairs: Sequence[Pair]) -> list[str]:
    worst = min(pairs, key=lambda pair: pair.similarity)
    low = [pair for pair in pairs if pair.low]
    mean = statistics.fmean(pair.similarity for pair in pairs)
    warned = sum(pair.warned for pair in low)
    return [
        str(len(pairs)),
        f"{mean:.3f}",
        f"{worst.similarity:.3f} ({worst.number})",
        str(len(low)),
        str(warned),
    ]


def _embedded_picture(path: Path) -> str:
    """The picture, made smaller, as the address of an ``img``."""
    with Image.open(path) as image:
        image.thumbnail((SHOWN_WIDTH, SHOWN_WIDTH))
        written = io.BytesIO()
        image.save(written, "JPEG", quality=80)
    return "data:image/jpeg;base64," + base64.b64encode(written.getvalue()).decode("ascii")


_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>LibreOffice and the embedded renderer</title>
<style>
body { font: 15px/1.4 sans-serif; margin: 2em; background: #eee; color: #222 }
section { margin: 0 0 2em } section.unsaid h2 { color: #b00 }
h2 { font-size: 1em; margin: 0 } p { margin: 0 }
img { width: 49%; border: 1px solid #999; box-sizing: border-box }
</style>
<h1>LibreOffice (left) and the embedded renderer (right), worst first</h1>
{% for deck in decks %}{% for refusal in deck.refusals %}
<p>{{ deck.name }}: refused by {{ refusal }}</p>
{% endfor %}{% endfor %}
{% for pair in pairs %}
<section{% if pair.low and not pair.warned %} class="unsaid"{% endif %}>
<h2>{{ "%.3f"|format(pair.similarity) }} · {{ pair.deck }}, slide {{ pair.number }}
{%- if pair.low and not pair.warned %} · without a warning{% endif %}</h2>
{% for sentence in pair.sentences %}<p>{{ sentence }}</p>{% endfor %}
<img src="{{ picture(pair.libreoffice) }}" alt="LibreOffice">
<img src="{{ picture(pair.embedded) }}" alt="embedded">
</section>
{% endfor %}
</html>
"""


if __name__ == "__main__":
    main()
