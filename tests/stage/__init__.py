# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tests of the stage: what the audience sees, and that it goes on whatever happens."""
