# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pecha Kucha: strict 20 x 20 blocks from one laptop."""

__version__ = "0.1.0"
