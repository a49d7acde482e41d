# SPDX-License-Identifier: AGPL-3.0-or-later
"""Qt that several windows share: colours, cards, screens."""
