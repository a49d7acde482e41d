# SPDX-License-Identifier: AGPL-3.0-or-later
"""From files to slides: kinds of file, renderers, the worker process, the library of decks."""
