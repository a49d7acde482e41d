# SPDX-License-Identifier: AGPL-3.0-or-later
"""``python -m pechakucha.stage``."""

import os

from pechakucha.stage.main import main

# At the end everything is written. A thread may still hang in a dead disk: it must not keep the process,
# nor may taking Qt and Python apart around it turn a good end into a crash.
os._exit(main())
