# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rehearsal as one file for a browser, for presenters who may install nothing. No Qt."""
