# SPDX-License-Identifier: AGPL-3.0-or-later
"""The moderator's window. It never imports the stage."""
