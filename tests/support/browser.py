"""Our pages in the reader's program: Chromium, driven by Playwright, with axe-core to find barriers."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

from tests.support.backends import chromium

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
RULES = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
}
"""What axe-core is asked: WCAG 2.2 at level AA, and its own best practice."""
COUNT_SHIFTS = """
window.layoutShifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.layoutShifts.push(entry.value);
}).observe({type: "layout-shift", buffered: true});
"""
"""Counts what moves under the reader: https://web.dev/articles/cls."""


@dataclass
class Reader:
    """One tab of a reader, and what their browser complained of in it."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note every error on the console (a refusal of the content security policy is one) and every failed script."""
        self.page.on("console", self._note)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script failed: {error}"))

    def _note(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type} on the console: {message.text}")

    def open_all_details(self) -> None:
        """Unfold everything that can be unfolded."""
        self.page.evaluate("document.querySelectorAll('details').forEach((details) => { details.open = true; })")

    def layout_shift(self) -> float:
        """How much has moved by itself since the page was opened: the sum of layout shifts, none is 0."""
        return math.fsum(self.page.evaluate("window.layoutShifts"))

    def scrolls_sideways(self) -> bool:
        """Whether the page is wider than the window."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))

    def barriers(self) -> str:
        """What axe-core finds on the page as it is now, for people; empty if nothing."""
        results = Axe().run(self.page, options=RULES)
        return results.generate_report() if results.violations_count else ""


@contextmanager
def running_browser() -> Iterator[Browser]:
    """Chromium as it is installed; without its sandbox, since CI runs as root."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def reading(
    browser: Browser,
    base_url: str,
    *,
    window: dict[str, int] | None = None,
    dark: bool = False,
    scripts: bool = True,
) -> Iterator[Reader]:
    """A reader with a fresh browser profile. Fails at the end if their browser complained of anything."""
    size = window or DESKTOP
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": size["width"], "height": size["height"]},
        color_scheme="dark" if dark else "light",
        java_script_enabled=scripts,
        reduced_motion="reduce",
    )
    try:
        if scripts:
            context.add_init_script(COUNT_SHIFTS)
        reader = Reader(context.new_page())
        reader.watch()
        yield reader
        assert reader.complaints == []
    finally:
        context.close()
