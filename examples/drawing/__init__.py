# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws the nine example decks: one set of layouts, painted with Qt or written as PowerPoint objects."""
