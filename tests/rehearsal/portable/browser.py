# SPDX-License-Identifier: AGPL-3.0-or-later
"""A page in a headless browser, with a clock that a test moves."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

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


class Browser(ABC):
    """Opens pages, presses keys, and knows what was asked of the network and said to the console."""

    driver: WebDriver

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
        self._begin_with(clock)
        self._dress(language=language, light=light, size=size, phone=phone)
        self.driver.get(page.as_uri())

    def _renew_tab(self) -> None:
        """A tab that was frozen or hidden before is a little slow for good."""
        before = self.driver.current_window_handle
        self.driver.switch_to.new_window("tab")
        renewed = self.driver.current_window_handle
        self.driver.switch_to.window(before)
        self.driver.close()
        self.driver.switch_to.window(renewed)

    @abstractmethod
    def _begin_with(self, script: str) -> None:
        """Run a script in the next page, before its own."""

    @abstractmethod
    def _dress(self, *, language: str, light: bool, size: tuple[int, int], phone: bool) -> None:
        """Languages as a browser sends them, light or dark, logical pixels, and whether fingers touch it."""

    def run(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(script, *arguments)

    @abstractmethod
    def hold_down(self, key: str) -> None:
        """A letter's key goes down, repeats itself twice, and is still down."""

    @abstractmethod
    def paste(self, text: str) -> None:
        """Paste what was copied elsewhere, no field having the focus."""

    @abstractmethod
    def printed(self) -> bytes:
        """The page on paper, as PDF."""

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

    @abstractmethod
    def requests(self) -> list[str]:
        """Every address that was asked for since the last call."""

    @abstractmethod
    def said(self) -> list[str]:
        """What the browser's console said since the last call."""


__all__ = ["FAST_CLOCK", "NO_TIMERS", "RECORDER", "STANDING_CLOCK", "Browser", "Keys"]
