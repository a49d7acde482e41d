# SPDX-License-Identifier: AGPL-3.0-or-later
"""One browser of each kind for all tests of the page, and a page to open in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from pechakucha.rehearsal.portable.page import page_of
from pechakucha.texts import Texts

from .browser import Browser
from .builders import a_talk
from .chromium import missing_for_chromium, started_chromium
from .firefox import missing_for_firefox, started_firefox

_KINDS = {
    "chromium": (missing_for_chromium, started_chromium),
    "firefox": (missing_for_firefox, started_firefox),
}


@pytest.fixture(
    scope="session", params=["chromium", pytest.param("firefox", marks=pytest.mark.slow)], ids=str
)
def running_browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Skips with a reason where there is none; in CI, which has Chromium, its absence is a failure.

    Debian has no driver for Firefox: ``geckodriver`` comes from Mozilla.
    """
    missing_programs, started = _KINDS[request.param]
    missing = missing_programs()
    if missing and ("CI" not in os.environ or request.param == "firefox"):
        pytest.skip(f"not installed: {', '.join(missing)}")
    assert not missing
    with started() as browser:
        yield browser


@pytest.fixture
def browser(running_browser: Browser) -> Iterator[Browser]:
    """The browser; whatever a test does, nothing may be asked of the network, and no error be said."""
    running_browser.requests()
    running_browser.said()
    yield running_browser
    asked = [url for url in running_browser.requests() if not url.startswith(("file:", "data:", "about:"))]
    assert asked == []
    assert running_browser.said() == []


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page with twenty plain slides."""
    path = tmp_path_factory.mktemp("page") / "Ulm.html"
    path.write_bytes(page_of(a_talk(), Texts("en")))
    return path
