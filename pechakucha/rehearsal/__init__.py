# SPDX-License-Identifier: AGPL-3.0-or-later
"""The presenter's preview: one deck, exactly as strict as on the day."""
