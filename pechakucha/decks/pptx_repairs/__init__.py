# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is changed in a copy of a PPTX before the embedded renderer draws it, because it misreads it.

One module a fault. A repair writes out what the deck means in a way that the renderer understands;
what the deck looks like in PowerPoint stays the same.
"""
