# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tests of what is kept on disk."""
