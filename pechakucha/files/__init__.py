# SPDX-License-Identifier: AGPL-3.0-or-later
"""What we keep on disk: show files, runs with their journals, our own assets."""
