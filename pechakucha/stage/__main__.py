# SPDX-License-Identifier: AGPL-3.0-or-later
"""``python -m pechakucha.stage``."""

import sys

from pechakucha.stage.main import main

sys.exit(main())
