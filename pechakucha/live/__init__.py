# SPDX-License-Identifier: AGPL-3.0-or-later
"""The run in real time: the clock, the conductor, the link between processes."""
