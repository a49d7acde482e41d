# SPDX-License-Identifier: AGPL-3.0-or-later
"""``python -m pechakucha``."""

import sys

from pechakucha.cli import main

sys.exit(main())
