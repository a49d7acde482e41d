# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tests of the run in real time, with a clock that only the tests move."""
