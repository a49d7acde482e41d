# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws the nine decks of the example block again: ``python examples/draw_decks.py [city …]``.

Needs what the project needs, and for fonts and icons also
``pip install font-manrope font-hanken-grotesk qtawesome``.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

HERE = Path(__file__).parent
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["QT_HASH_SEED"] = "0"  # the order of fonts in a PDF


def main(names: list[str]) -> None:
    """Draw the decks called ``names``, or all."""
    from drawing.model import load_city  # noqa: PLC0415
    from drawing.writers import write  # noqa: PLC0415
    from PySide6.QtGui import QGuiApplication  # noqa: PLC0415  # after the platform is chosen

    app = QGuiApplication(sys.argv[:1])
    for path in sorted((HERE / "content").glob("*.toml")):
        if names and path.stem not in names:
            continue
        target = write(load_city(path), HERE / "mpsc-mashup" / "decks")
        files = [target] if target.is_file() else list(target.iterdir())
        print(f"{target.name}: {sum(file.stat().st_size for file in files) / 1e6:.2f} MB")
    app.quit()


if __name__ == "__main__":
    main(sys.argv[1:])
