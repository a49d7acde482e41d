# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tests of the report's three formats; its figures are tested beside ``show``."""
