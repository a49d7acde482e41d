# SPDX-License-Identifier: AGPL-3.0-or-later
"""pympress with its automatic navigation switched on, as if by its menu; run by the Python that has it.

    /usr/bin/python3 auto_pympress.py DECK SECONDS

Only the question how long and from where to where is answered in a person's place.
"""

import sys

import gi

gi.require_version("Gtk", "3.0")

from gi.repository import GLib, Gtk
from pympress import __main__ as program
from pympress import dialog

START_MS = 10_000  # when peers.py has made its window fill the screen

deck, seconds = sys.argv[1:]
set_pages = dialog.AutoPlay.set_doc_pages


class Applying:
    """The dialog, with somebody who presses Apply."""

    def run(self):
        """Pressed."""
        return Gtk.ResponseType.APPLY

    def hide(self):
        """There is nothing to hide."""


def begin(auto):
    """What the menu's item does."""
    auto.autoplay_spin_time.set_value(float(seconds))
    auto.autoplay_dialog = Applying()
    auto.run(None)


def set_pages_and_begin(auto, count):
    """Begin as soon as there is a document."""
    set_pages(auto, count)
    if count > 2:
        GLib.timeout_add(START_MS, begin, auto)


dialog.AutoPlay.set_doc_pages = set_pages_and_begin
program.main(["pympress", deck])
