# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tests of what every window shares: cards, screens, colours."""
