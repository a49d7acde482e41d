# SPDX-License-Identifier: AGPL-3.0-or-later
"""Headless Firefox, told what to do by WebDriver BiDi and its own settings."""

from __future__ import annotations

import base64
import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.common.print_page_options import PrintOptions

from .browser import Browser

_PROGRAMS = ("firefox-esr", "firefox")
_DRIVER = "geckodriver"
_DARK, _LIGHT = 0, 1


def missing_for_firefox() -> list[str]:
    """What of browser and driver is not installed."""
    missing = [] if _program() else [_PROGRAMS[0]]
    return missing + ([] if shutil.which(_DRIVER) else [_DRIVER])


def _program() -> str | None:
    return next((path for each in _PROGRAMS if (path := shutil.which(each))), None)


class Firefox(Browser):
    """The engine that is not Chromium's."""

    def __init__(self, driver: webdriver.Firefox) -> None:
        self.driver: webdriver.Firefox = driver
        self._scripts: list[str] = []
        self._asked: list[str] = []
        self._said: list[str] = []
        driver.network.add_event_handler("before_request", self._note_request)
        driver.script.add_console_message_handler(lambda entry: self._said.append(entry.text))
        driver.script.add_javascript_error_handler(lambda entry: self._said.append(entry.text))

    def _note_request(self, params: dict[str, Any]) -> None:
        self._asked.append(params["request"]["url"])

    def _begin_with(self, script: str) -> None:
        for each in self._scripts:
            self.driver.script.remove_preload_script(each)
        self._scripts = []
        self._add_script(script)

    def _add_script(self, script: str) -> None:
        added = self.driver.script.add_preload_script(function_declaration=f"() => {{ {script} }}")
        self._scripts.append(added["script"])

    def _dress(self, *, language: str, light: bool, size: tuple[int, int], phone: bool) -> None:
        """Fingers can't be had here: a telephone is a small window."""
        del phone
        languages = json.dumps(language.split(","))
        self._add_script(f"Object.defineProperty(navigator, 'languages', {{ get: () => {languages} }});")
        with self.driver.context(self.driver.CONTEXT_CHROME):
            self.driver.execute_script(
                "Services.prefs.setIntPref('layout.css.prefers-color-scheme.content-override', arguments[0])",
                _LIGHT if light else _DARK,
            )
        self.driver.browsing_context.set_viewport(
            context=self.driver.current_window_handle, viewport={"width": size[0], "height": size[1]}
        )

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page, where WebDriver's own would not see what its scripts declare."""
        told = self.driver.script.execute(
            f"(given) => JSON.stringify((function () {{ {script} }})(...JSON.parse(given)) ?? null)",
            json.dumps(arguments),
        )
        return json.loads(told["value"])

    def hold_down(self, key: str) -> None:
        """WebDriver can't say that a key repeats itself; the page hears the same from this."""
        for repeat in (False, True, True):
            self.run(
                "const [key, repeat] = arguments;"
                "document.body.dispatchEvent(new KeyboardEvent('keydown', { key, repeat, bubbles: true }));",
                key,
                repeat,
            )

    def paste(self, text: str) -> None:
        """Paste what was copied elsewhere, no field having the focus."""
        with self.driver.context(self.driver.CONTEXT_CHROME):
            self.driver.execute_script(
                "Cc['@mozilla.org/widget/clipboardhelper;1'].getService(Ci.nsIClipboardHelper)"
                ".copyString(arguments[0])",
                text,
            )
        accelerator = Keys.COMMAND if sys.platform == "darwin" else Keys.CONTROL
        ActionChains(self.driver).key_down(accelerator).send_keys("v").key_up(accelerator).perform()

    def printed(self) -> bytes:
        """The page on paper, as PDF."""
        options = PrintOptions()
        options.background = True
        options.page_width, options.page_height = 21.0, 29.7
        return base64.b64decode(self.driver.print_page(options))

    def requests(self) -> list[str]:
        """Every address that was asked for since the last call; the page's own file is not among them."""
        self._wait_for_events()
        asked, self._asked = self._asked, []
        return asked

    def said(self) -> list[str]:
        """What the browser's console said since the last call."""
        self._wait_for_events()
        said, self._said = self._said, []
        return said

    def _wait_for_events(self) -> None:
        """They come in order, so those before this answer are there with it."""
        self.run("")


@contextmanager
def started_firefox() -> Iterator[Browser]:
    """A browser without a window and without anything of the person's own."""
    options = webdriver.FirefoxOptions()
    options.binary_location = _program() or ""
    options.add_argument("-headless")
    options.add_argument("-remote-allow-system-access")  # for settings that no page may change
    options.enable_bidi = True
    driver = webdriver.Firefox(options=options, service=webdriver.FirefoxService(shutil.which(_DRIVER)))
    try:
        yield Firefox(driver)
    finally:
        driver.quit()
