# SPDX-License-Identifier: AGPL-3.0-or-later
"""The stage process: the audience's window and what paints it."""
