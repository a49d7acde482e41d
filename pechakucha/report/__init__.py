# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a journal to figures, JSON, CSV and HTML."""
