# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with a deck, given the format and the slides chosen from it.

``judging`` asks every check there is; each module beside it is about one thing that may be wrong.
"""

from pechakucha.show.checks.judging import Checked, check_deck, check_show
from pechakucha.show.checks.standards import Standards

__all__ = ["Checked", "Standards", "check_deck", "check_show"]
