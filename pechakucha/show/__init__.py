# SPDX-License-Identifier: AGPL-3.0-or-later
"""The functional core: what a show is and what is on stage at a given time.

Pure Python. Nothing in here knows Qt, a clock, a file, a process or a sentence:
times and data come in as arguments, codes with parameters come out.
"""
