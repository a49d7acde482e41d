# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page in headless Chromium, with a clock that a test moves."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
DRIVER = "chromedriver"

STANDING_CLOCK = """
{
  let ticks = 1000, wall = 1616658300000;
  performance.now = () => ticks;
  Date.now = () => wall;
  window.letPass = (ms) => { ticks += ms; wall += ms; };
  window.letSleep = (ms) => { wall += ms; };
  window.setWall = (ms) => { wall = ms; };
}
"""
"""Time passes only when a test says so."""

NO_TIMERS = "window.setTimeout = () => 0;"
"""No timer helps: what is seen follows from the clock alone, and from somebody's looking at it."""

FAST_CLOCK = """
{
  const speed = SPEED, ticks = performance.now.bind(performance), wall = Date.now.bind(Date);
  const ticks0 = ticks(), wall0 = wall(), timer = window.setTimeout.bind(window);
  performance.now = () => ticks0 + (ticks() - ticks0) * speed;
  Date.now = () => wall0 + (wall() - wall0) * speed;
  window.setTimeout = (what, ms) => timer(what, ms / speed);
}
"""

RECORDER = """
{
  window.seen = [];
  const record = () => {
    const { phase, slide } = document.body.dataset;
    const last = window.seen.at(-1);
    if (last && last[0] === phase && last[1] === slide) return;
    window.seen.push([phase, slide, (performance.now() - (session.take?.t0 ?? 0)) / 1000]);
  };
  const options = { attributes: true, attributeFilter: ["data-phase", "data-slide"] };
  new MutationObserver(record).observe(document.body, options);
}
"""
"""Notes each change of what is on stage, in seconds since the take's first slide was due."""


def missing_programs() -> list[str]:
    """What of browser and driver is not installed."""
    missing = [] if browser_path() else [BROWSERS[0]]
    return missing + ([] if shutil.which(DRIVER) else [DRIVER])


def browser_path() -> str | None:
    """The browser."""
    return next((path for each in BROWSERS if (path := shutil.which(each))), None)


class Browser:
    """Opens pages, presses keys, and knows what was asked of the network and said to the console."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(
        self,
        page: Path,
        *,
        clock: str = STANDING_CLOCK + NO_TIMERS,
        language: str = "de",
        light: bool = False,
        size: tuple[int, int] = (1440, 900),
        phone: bool = False,
    ) -> None:
        """Open a page in a new tab, as somebody with these habits sees it."""
        self._renew_tab()
        self.command("Page.addScriptToEvaluateOnNewDocument", source=clock)
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
        self.driver.get(page.as_uri())

    def _renew_tab(self) -> None:
        """A tab that was frozen or hidden before is a little slow for good."""
        before = self.driver.current_window_handle
        self.driver.switch_to.new_window("tab")
        renewed = self.driver.current_window_handle
        self.driver.switch_to.window(before)
        self.driver.close()
        self.driver.switch_to.window(renewed)

    def command(self, name: str, **parameters: Any) -> dict[str, Any]:
        """Tell the browser something that no page may."""
        told: dict[str, Any] = self.driver.execute_cdp_cmd(name, parameters)
        return told

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(script, *arguments)

    def press(self, *keys: str) -> None:
        """Keys go down and up."""
        chain = ActionChains(self.driver, duration=0)
        for key in keys:
            chain.send_keys(key)
        chain.perform()

    def pass_seconds(self, seconds: float) -> None:
        """Time passes, and the page looks at the clock once."""
        self.run("letPass(arguments[0]); look();", seconds * 1000)

    def click(self, name: str) -> None:
        """Click what has this id."""
        self.driver.find_element(By.ID, name).click()

    def text(self, name: str) -> str:
        """What can be read in the element with this id."""
        return self.driver.find_element(By.ID, name).text

    def is_seen(self, name: str) -> bool:
        """Whether the element with this id is there to be seen."""
        return self.driver.find_element(By.ID, name).is_displayed()

    @property
    def phase(self) -> str:
        """``ready``, ``count-in``, ``slide`` or ``over``."""
        return str(self.run("return document.body.dataset.phase"))

    @property
    def slide(self) -> int:
        """The number of the slide that is due."""
        return int(self.run("return document.body.dataset.slide"))

    @property
    def figure(self) -> str:
        """What stands in the ring."""
        return str(self.run("return document.getElementById('figure').textContent"))

    @property
    def marks(self) -> dict[int, float]:
        """Seconds used, by the 0-based index within the take."""
        return {int(index): used for index, used in self.run("return [...session.marks]")}

    def picture_on_stage(self) -> str:
        """Where the picture on stage comes from, "" for a card."""
        return str(self.run("return document.querySelector('#frame img')?.src ?? ''"))

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
def started_browser() -> Iterator[Browser]:
    """A browser without a window and without anything of the person's own."""
    options = webdriver.ChromeOptions()
    options.binary_location = browser_path() or ""
    options.add_argument("--headless=new")
    options.add_argument("--disable-gpu")
    if sys.platform == "linux" and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # which root, as in CI, can't have
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(shutil.which(DRIVER)))
    try:
        yield Browser(driver)
    finally:
        driver.quit()


__all__ = [
    "FAST_CLOCK",
    "RECORDER",
    "STANDING_CLOCK",
    "Browser",
    "Keys",
    "missing_programs",
    "started_browser",
]
