# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tests of the console: what the moderator sees, and what a hand can and cannot do."""
