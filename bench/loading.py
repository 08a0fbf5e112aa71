"""How soon a resident's pages can be used on a cheap phone: slow 4G, a processor four times slower."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, Request, sync_playwright
from tests.browser.conftest import CHROMIUM, FLAGS, SIZES
from tests.program import Running

from .timing import Line

SLOW_4G: Final = {
    "offline": False,
    "latency": 562.5,
    "downloadThroughput": 1.6e6 * 0.9 / 8,
    "uploadThroughput": 0.75e6 * 0.9 / 8,
}
"""The preset of Chromium's developer tools: milliseconds for each request, bytes in a second.

Its latency stands for a round trip of 150 ms with the several that a new connection takes.
"""

SLOWER: Final = 4
PHONE: Final[Any] = {
    "viewport": SIZES["phone"],
    "locale": "zh-CN",
    "has_touch": True,
    "service_workers": "block",
}
"""A service worker keeps files of the report: with it the screen of the place would not be a first visit."""
RUNS: Final = 3
WITHIN: Final = 60_000
"""Milliseconds after which a page that does not come is given up."""

MARKS: Final = """
new MutationObserver((_, watch) => {
  if (!document.querySelector('.map[data-drawn]')) return;
  watch.disconnect();
  window.mapDrawn = performance.now();
}).observe(document, { subtree: true, attributeFilter: ['data-drawn'] });
"""
PRESSED: Final = """
addEventListener('DOMContentLoaded', () => new PerformanceObserver((entries, watch) => {
  if (!entries.getEntriesByName('first-contentful-paint').length) return;
  watch.disconnect();
  document.querySelector('details[data-pin-map] > summary').click();
}).observe({ type: 'paint', buffered: true }));
"""
"""Presses the map's line in the page itself once it is painted and its scripts have run.

A browser that is driven from outside presses some tenths of a second later.
"""

USABLE: Final = """
new Promise((told) => new PerformanceObserver((entries) => {
  const painted = entries.getEntriesByName('first-contentful-paint')[0];
  const ready = performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd;
  if (painted) told(Math.max(painted.startTime, ready) / 1000);
}).observe({ type: 'paint', buffered: true }))
"""
"""Seconds until the page was painted and its scripts had run, whichever came last."""


@dataclass(slots=True)
class Line4G:
    """A page of a fresh browser behind the slow line, and what has come over it."""

    page: Page
    sent: dict[str, int] = field(default_factory=dict)

    def transferred(self, *kinds: str) -> float:
        """Return the kilobytes of what came, of some kinds of address where they are named."""
        chosen = (size for url, size in self.sent.items() if not kinds or any(kind in url for kind in kinds))
        return sum(chosen) / 1000


def lines(running: Running) -> Iterator[Line]:
    """Load the first page, the report and the screen of the place, each with nothing kept from before."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield from _page(browser, running.address, "first page", "/")
        yield from _page(browser, running.address, "report", "/report/")
        yield from _place(browser, running.address)
        browser.close()


def _page(browser: Browser, address: str, name: str, path: str) -> Iterator[Line]:
    runs = []
    for _ in range(RUNS):
        with browser.new_context(**PHONE, base_url=address) as context:
            line = slow_line(context)
            runs.append(_opened(line, path))
            size = line.transferred()
    yield Line(f"{name}, usable", _middle(runs), "s", f"slow 4G, processor / {SLOWER}; middle of {RUNS}")
    yield Line(f"{name}, transferred", size, "kB", "headers included")


def _place(browser: Browser, address: str) -> Iterator[Line]:
    usable, drawn, sizes = [], [], []
    for _ in range(RUNS):
        with browser.new_context(**PHONE, base_url=address) as context:
            path = _begun(context)
            line = slow_line(context)
            line.page.add_init_script(PRESSED)
            usable.append(_opened(line, path))
            line.page.locator(".map[data-drawn]").wait_for(timeout=WITHIN)
            drawn.append(line.page.evaluate("window.mapDrawn / 1000"))
            line.page.wait_for_load_state("networkidle")
            library = line.transferred("maplibre", "map-worker")
            sizes = [library, line.transferred("/tiles/"), line.transferred() - library]
    yield Line("place, field usable", _middle(usable), "s", f"slow 4G, processor / {SLOWER}; asked: 2")
    yield Line("place, map drawn", _middle(drawn), "s", "from the beginning, pressed once usable; asked: 5")
    yield Line("place, library of the map", sizes[0], "kB", "asked: 370")
    yield Line("place, all else", sizes[2], "kB", f"of it tiles {sizes[1]:.0f}; asked: 80")


def _begun(context: BrowserContext) -> str:
    """Write a report up to the screen of the place, at full speed; return the address of that screen.

    The session stays, what was loaded does not: the browser may keep files, but begins with none.
    """
    page = context.new_page()
    page.goto("/report/?c=02.1")
    page.fill("#id_words", "楼下路灯坏了")
    page.locator("button[name=danger][value=none]").click()
    page.wait_for_url("**/report/place/**")
    path = page.url
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.close()
    return path


def _opened(line: Line4G, path: str) -> float:
    """Open a page; return the seconds until it was painted and its scripts had run."""
    line.page.goto(path, wait_until="load", timeout=WITHIN)
    return float(line.page.evaluate(USABLE))


def slow_line(context: BrowserContext) -> Line4G:
    """Open a page behind the slow line, with its workers."""
    page = context.new_page()
    page.add_init_script(MARKS)
    line = Line4G(page)
    page.on("requestfinished", lambda request: _count(line, request))
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", SLOW_4G)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    session.on("Target.attachedToTarget", lambda target: _slow_worker(session, target))
    attached = {"autoAttach": True, "waitForDebuggerOnStart": True, "flatten": False}
    session.send("Target.setAutoAttach", attached)
    return line


def _slow_worker(session: CDPSession, target: dict[str, Any]) -> None:
    """Put a worker, which fetches the tiles, behind the slow line as well."""
    for number, (method, given) in enumerate(
        (
            ("Network.enable", {}),
            ("Network.emulateNetworkConditions", SLOW_4G),
            ("Runtime.runIfWaitingForDebugger", {}),
        )
    ):
        message = json.dumps({"id": number, "method": method, "params": given})
        session.send("Target.sendMessageToTarget", {"sessionId": target["sessionId"], "message": message})


def _count(line: Line4G, request: Request) -> None:
    sizes = request.sizes()
    size = sizes["responseBodySize"] + sizes["responseHeadersSize"]
    line.sent[request.url] = max(size, line.sent.get(request.url, 0))  # the worker takes from what is kept


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
