# SPDX-License-Identifier: AGPL-3.0-or-later
"""Headless Chromium, told what to do by its own protocol where WebDriver has no word for it."""

from __future__ import annotations

import base64
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from selenium import webdriver

from .browser import Browser

_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
_DRIVER = "chromedriver"


def missing_for_chromium() -> list[str]:
    """What of browser and driver is not installed."""
    missing = [] if _program() else [_PROGRAMS[0]]
    return missing + ([] if shutil.which(_DRIVER) else [_DRIVER])


def _program() -> str | None:
    return next((path for each in _PROGRAMS if (path := shutil.which(each))), None)


class Chromium(Browser):
    """What Chrome, Edge and Opera show as well."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver: webdriver.Chrome = driver

    def command(self, name: str, **parameters: Any) -> dict[str, Any]:
        """Tell the browser something that no page may."""
        told: dict[str, Any] = self.driver.execute_cdp_cmd(name, parameters)
        return told

    def _begin_with(self, script: str) -> None:
        self.command("Page.addScriptToEvaluateOnNewDocument", source=script)

    def _dress(self, *, language: str, light: bool, size: tuple[int, int], phone: bool) -> None:
        agent = self.driver.execute_script("return navigator.userAgent")
        self.command("Emulation.setUserAgentOverride", userAgent=agent, acceptLanguage=language)
        scheme = {"name": "prefers-color-scheme", "value": "light" if light else "dark"}
        self.command("Emulation.setEmulatedMedia", features=[scheme])
        width, height = size
        self.command(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=phone,
        )
        self.command("Emulation.setTouchEmulationEnabled", enabled=phone)

    def hold_down(self, key: str) -> None:
        """A letter's key goes down, repeats itself twice, and is still down."""
        for repeat in (False, True, True):
            self.command("Input.dispatchKeyEvent", type="keyDown", key=key, text=key, autoRepeat=repeat)

    def paste(self, text: str) -> None:
        """Paste what was copied elsewhere, no field having the focus."""
        self.run(
            "const data = new DataTransfer(); data.setData('text', arguments[0]);"
            "document.body.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true}));",
            text,
        )

    def printed(self) -> bytes:
        """The page on paper, as PDF."""
        printed = self.command("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
        return base64.b64decode(printed["data"])

    def requests(self) -> list[str]:
        """Every address that was asked for since the last call."""
        asked = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] in ("Network.requestWillBeSent", "Network.webSocketCreated"):
                parameters = message["params"]
                asked.append(parameters.get("request", parameters)["url"])
        return asked

    def said(self) -> list[str]:
        """What the browser's console said since the last call."""
        return [entry["message"] for entry in self.driver.get_log("browser")]


@contextmanager
def started_chromium() -> Iterator[Browser]:
    """A browser without a window and without anything of the person's own."""
    options = webdriver.ChromeOptions()
    options.binary_location = _program() or ""
    options.add_argument("--headless=new")
    options.add_argument("--disable-gpu")
    if sys.platform == "linux" and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # which root, as in CI, can't have
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which(_DRIVER)))
    try:
        yield Chromium(driver)
    finally:
        driver.quit()
