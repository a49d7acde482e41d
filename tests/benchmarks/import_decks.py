# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long imports take, each beside the bare tools doing the same work in the same run.

    python -m tests.benchmarks.import_decks [--rounds 3] [--only pdf,libreoffice,…]

Needs LibreOffice, pdftoppm (poppler-utils) and a screen (or xvfb-run). The decks are the example's five PPTX
and copies of four of them. Every figure is the best of the rounds; a ratio above its bar is marked. The bare
tools get the low priority that our workers give themselves, so that a busy machine hits both alike.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pymupdf
from PySide6.QtGui import QImage
from rich.console import Console
from rich.table import Table

from pechakucha.decks.conversion import Converter
from pechakucha.decks.drawing import JPEG_QUALITY, STAGE
from pechakucha.decks.importing import Listeners, Wanted, import_decks
from pechakucha.decks.library import Library
from pechakucha.decks.limits import NICENESS
from pechakucha.decks.worker_process import WORKER, Ahead
from pechakucha.files.locations import examples_folder

CORES = os.cpu_count() or 1
SHOW = examples_folder() / "mpsc-mashup" / "show.toml"
EXAMPLES = sorted((SHOW.parent / "decks").glob("*.pptx"))
DECKS: list[Path] = []
"""Nine PPTX, all different to the byte; the example has five."""
BARE_WINDOW = Path(__file__).with_name("bare_window.py")
CONSOLE_WINDOW = Path(__file__).with_name("console_window.py")


class Row(NamedTuple):
    """One line of the table; times in seconds, memory in MiB."""

    what: str
    ours: float
    beside: str
    theirs: float
    bar: str
    met: bool
    unit: str = "s"


def main() -> None:
    """Measure and print the table."""
    # On a person's machine modules are compiled once and not at every start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", default=",".join(PARTS))
    given = parser.parse_args()
    console = Console(width=150)
    table = Table(title=f"Imports, {CORES} cores, best of {given.rounds}")
    for heading in ("what", "ours", "beside it", "theirs", "ratio", "bar", ""):
        table.add_column(heading, justify="left" if heading in {"what", "beside it", "bar"} else "right")
    with tempfile.TemporaryDirectory() as folder:
        DECKS.extend(_nine(Path(folder)))
        for name in given.only.split(","):
            for row in PARTS[name](Path(folder), given.rounds):
                ours, theirs = f"{row.ours:.2f} {row.unit}", f"{row.theirs:.2f} {row.unit}"
                ratio = f"{row.ours / row.theirs:.2f}"
                met = "[green]✓[/]" if row.met else "[red]✗[/]"
                table.add_row(row.what, ours, row.beside, theirs, ratio, row.bar, met)
    console.print(table)


def pdfs(folder: Path, rounds: int) -> Iterator[Row]:
    """Nine PDFs against pdftoppm."""
    decks = _example_pdfs(folder)

    def poppler(scratch: Path) -> None:
        def one(deck: Path) -> None:
            size = ("-scale-to-x", str(STAGE.width), "-scale-to-y", str(STAGE.height))
            _run(["pdftoppm", "-jpeg", *size, str(deck), str(scratch / deck.stem)])

        with ThreadPoolExecutor(CORES) as pool:
            list(pool.map(one, decks))

    ours, theirs = _best(rounds, _importing(decks), poppler)
    yield Row("9 PDFs to pictures", ours, "pdftoppm -jpeg", theirs, "≤ 0.5", ours <= 0.5 * theirs)


def libreoffice(folder: Path, rounds: int) -> Iterator[Row]:
    """Nine PPTX by LibreOffice: all of it, and the conversion alone."""
    converted = _example_pdfs(folder)

    def bare(scratch: Path) -> None:
        _soffice(scratch)
        _rasterise(converted, scratch)

    ours, theirs = _best(rounds, _importing(DECKS, "libreoffice"), bare)
    beside = "soffice once + PyMuPDF and Qt JPEG"
    yield Row("9 PPTX by LibreOffice", ours, beside, theirs, "≤ 1.25", ours <= 1.25 * theirs)
    ours, theirs = _best(rounds, _convert, _soffice)
    yield Row("… the conversion alone", ours, "soffice once", theirs, "≤ 1.25", ours <= 1.25 * theirs)


def embedded(folder: Path, rounds: int) -> Iterator[Row]:
    """Nine PPTX by the built-in renderer against one soffice call for the nine."""
    ours, theirs = _best(rounds, _lay_out_embedded, _soffice)
    yield Row("9 PPTX built in, layout alone", ours, "soffice once", theirs, "≤ 0.5", ours <= 0.5 * theirs)
    ours, theirs = _best(rounds, _render_embedded, _soffice)
    yield Row("… and pixels of the stage's size", ours, "soffice once, no pixels", theirs, "", True)
    ours, theirs = _best(rounds, _importing(DECKS, "embedded"), _importing(DECKS, "libreoffice"))
    yield Row("9 PPTX built in, whole import", ours, "by LibreOffice", theirs, "", True)


def thumbnails(folder: Path, rounds: int) -> Iterator[Row]:
    """The first picture of one deck against its whole import."""
    pdf = _example_pdfs(folder)[0]
    pictures = folder / "pictures"
    if not pictures.exists():
        pictures.mkdir()
        _rasterise([pdf], pictures)
    for name, deck in (("PDF", pdf), ("folder of pictures", pictures)):
        times = [_first_and_last(folder, deck) for _ in range(rounds)]
        first, last = min(times)
        yield Row(f"first picture of a {name}", first, "its whole import", last, "≤ 0.2", first <= 0.2 * last)


def second_start(folder: Path, rounds: int) -> Iterator[Row]:
    """The window of a show that was imported before against a bare window."""
    home = _home(folder / "second")
    _window_time(CONSOLE_WINDOW, home)
    bare = min(_window_time(BARE_WINDOW, home)[0] for _ in range(rounds))
    ours = min(_window_time(CONSOLE_WINDOW, home)[0] for _ in range(rounds))
    yield Row("second start of a show", ours, "bare window", bare, "≤ +0.3 s", ours <= bare + 0.3)


def memory(folder: Path, rounds: int) -> Iterator[Row]:
    """The console's process while it imports against itself idle."""
    peaks = []
    for turn in range(rounds):
        home = _home(folder / f"memory-{turn}")
        _, idle, peak = _window_time(CONSOLE_WINDOW, home)
        peaks.append((peak, idle))
    peak, idle = min(peaks)
    met = peak <= idle + 60
    yield Row("console while importing", peak, "idle", idle, "≤ +60 MiB", met, unit="MiB")


PARTS: dict[str, Callable[[Path, int], Iterator[Row]]] = {
    "pdf": pdfs,
    "libreoffice": libreoffice,
    "embedded": embedded,
    "thumbnails": thumbnails,
    "second-start": second_start,
    "memory": memory,
}


def _best(rounds: int, *works: Callable[[Path], None]) -> tuple[float, ...]:
    """The shortest time of each, taken in turns, so that a busy moment hits all alike."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for taken, work in zip(times, works, strict=True):
            with tempfile.TemporaryDirectory() as scratch:
                started = time.perf_counter()
                work(Path(scratch))
                taken.append(time.perf_counter() - started)
    return tuple(map(min, times))


def _importing(decks: Sequence[Path], renderer: str = "auto") -> Callable[[Path], None]:
    def work(scratch: Path) -> None:
        wanted = [Wanted(deck, renderer) for deck in decks]
        for imported in import_decks(wanted, library=Library(scratch)):
            assert all(slide.picture for slide in imported.deck.visible), imported.deck.findings

    return work


def _convert(scratch: Path) -> None:
    folders = iter(range(len(DECKS)))

    def new_folder() -> Path:
        folder = scratch / f"call-{next(folders)}"
        folder.mkdir()
        return folder

    with (
        Converter(range(len(DECKS)), new_folder, worker=WORKER, limit_s=60, look=lambda: None) as converter,
        ThreadPoolExecutor(len(DECKS)) as pool,
    ):
        for conversion in pool.map(converter.convert, range(len(DECKS)), DECKS):
            assert conversion.file is not None


def _soffice(scratch: Path) -> None:
    profile = f"-env:UserInstallation={(scratch / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(scratch)]
    _run([*command, *map(str, DECKS)])


def _rasterise(documents: Sequence[Path], scratch: Path) -> None:
    with ProcessPoolExecutor(CORES, initializer=os.nice, initargs=(NICENESS,)) as pool:
        list(pool.map(_rasterise_one, documents, [scratch] * len(documents)))


def _rasterise_one(path: Path, scratch: Path) -> None:
    with pymupdf.open(path) as document:
        for page in document:
            zoom = STAGE.width / page.rect.width
            pixmap = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False)
            image = QImage(
                pixmap.samples_mv, pixmap.width, pixmap.height, pixmap.stride, QImage.Format.Format_RGB888
            )
            assert image.save(str(scratch / f"{path.stem}-{page.number:02}.jpg"), quality=JPEG_QUALITY)


def _lay_out_embedded(_scratch: Path) -> None:
    # soffice writes vectors: the like of it is everything but the pixels, so as few as possible.
    _draw_embedded(16)


def _render_embedded(_scratch: Path) -> None:
    _draw_embedded(STAGE.width)


def _draw_embedded(width: int) -> None:
    with ProcessPoolExecutor(CORES, initializer=os.nice, initargs=(NICENESS,)) as pool:
        list(pool.map(_render_one, DECKS, [width] * len(DECKS)))


def _render_one(deck: Path, width: int) -> None:
    import betteroffice_pptx  # only the renderer's own work is measured

    from pechakucha.decks.fonts import fallback_faces

    presentation = betteroffice_pptx.Presentation.open_path(str(deck))
    for face in fallback_faces():
        presentation.register_font("Source Sans Pro", face.content(), bold=face.bold, italic=face.italic)
    for index in range(len(presentation)):
        presentation.render_png(index, scale=width / (presentation.width_emu / 9525))


def _first_and_last(folder: Path, deck: Path) -> tuple[float, float]:
    """When the first picture is there and when all, with a worker started ahead as the start window does."""
    first: list[float] = []
    listeners = Listeners(on_picture=lambda _which, _file: first.append(time.perf_counter()))
    ahead = Ahead()
    time.sleep(1)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        started = time.perf_counter()
        import_decks([Wanted(deck)], library=Library(Path(scratch)), listeners=listeners, ahead=ahead)
        return first[0] - started, time.perf_counter() - started


def _nine(folder: Path) -> Iterator[Path]:
    for number in range(9):
        deck = folder / f"deck-{number}.pptx"
        shutil.copyfile(EXAMPLES[number % len(EXAMPLES)], deck)
        with zipfile.ZipFile(deck, "a") as archive:
            archive.writestr("docProps/number.txt", str(number))
        yield deck


def _example_pdfs(folder: Path) -> list[Path]:
    made = folder / "pdfs"
    if not made.exists():
        made.mkdir()
        _soffice(made)
    return sorted(made.glob("*.pdf"))


def _home(folder: Path) -> Path:
    """A user's folders, with a copy of the example in them."""
    shutil.copytree(SHOW.parent, folder / "show")
    return folder


def _window_time(script: Path, home: Path) -> tuple[float, float, float]:
    """Seconds from the start of a process to its window, its memory idle and at its peak (MiB)."""
    folders = {f"XDG_{kind}_HOME": str(home / kind.lower()) for kind in ("DATA", "STATE", "CONFIG", "CACHE")}
    started = time.time()
    done = subprocess.run(
        [sys.executable, str(script), str(home / "show" / SHOW.name)],
        env={**os.environ, **folders},
        capture_output=True,
        text=True,
        check=True,
    )
    shown, idle, peak = map(float, done.stdout.split())
    with contextlib.suppress(FileNotFoundError):
        shutil.rmtree(home / "show" / f"{SHOW.stem}.runs")
    return shown - started, idle, peak


def _run(command: Sequence[str]) -> None:
    subprocess.run(
        ["nice", "-n", str(NICENESS), *command],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


if __name__ == "__main__":
    main()
