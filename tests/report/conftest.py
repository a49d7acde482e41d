# SPDX-License-Identifier: AGPL-3.0-or-later
"""The browser that the rehearsal's page is tested in."""

from rehearsal.portable.conftest import browser, running_browser

__all__ = ["browser", "running_browser"]
