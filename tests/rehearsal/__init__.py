# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tests of the presenter's preview, on a clock that only the tests move."""
