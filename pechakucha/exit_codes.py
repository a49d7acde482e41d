# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the program's exit code tells whoever started it."""

from __future__ import annotations

EXIT_FINE = 0

EXIT_ERRORS = 1
"""The decks or the run have errors."""

EXIT_USAGE = 2
"""The call itself is wrong."""

EXIT_UNEXPECTED = 70
"""An error that nobody foresaw; it is in the log."""

EXIT_INTERRUPTED = 130
"""Ctrl+C: 128 and the signal's number, as shells have it."""
