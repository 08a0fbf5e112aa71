"""A real Chromium, in the sizes and languages in which people meet the program."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, FloatRect, Page, sync_playwright

from tests.browser.signing_in import session_of
from tests.cluster_fixture import copy_data, reachable_folder
from tests.program import Running, copied, started
from tests.run_folder import made_once

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--enable-unsafe-swiftshader",
    "--use-angle=swiftshader",
]
SIZES = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
LOCALES = {"zh-hans": "zh-CN", "en": "en-GB"}
AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
HIGHEST = 6000
"""Pixels of a picture: of a list of hundreds nobody looks at more, and a picture of all takes seconds."""

DRAWN = """() => {
  const marked = [...document.querySelectorAll('.map, [data-chart]')].filter((one) => one.checkVisibility());
  return document.readyState === 'complete'
    && marked.every((one) => 'drawn' in one.dataset || one.classList.contains('map-none'))
    && !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')
    && !document.querySelector('#matter-map:not([data-loaded], .map-none)');
}"""
"""Maps and charts carry a mark once they are drawn, parts of a page a class while they are asked for."""

SETTLED = """document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime !== Infinity).forEach((one) => one.finish())"""
"""Colours on their way from one to another have no contrast of their own: look at where they end."""

SCREENSHOTS = Path(__file__).parents[2] / "screenshots" if "SHIGE_PICTURES" in os.environ else None
"""Where pictures are kept for whoever looks at them (`make pictures`): drawing them takes long."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave these tests out where there is no Chromium, except in CI, where that is a failure."""
    here = [item for item in items if "browser" in item.path.parts]
    if CHROMIUM is None and os.environ.get("CI") != "true":
        for item in here:
            item.add_marker(
                pytest.mark.skip(reason="no Chromium on this machine: the browser part is left out")
            )


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start the browser once for a file: while it runs, Django refuses the database to this thread."""
    assert CHROMIUM, "install Chromium: CI plays people in a real browser"
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a browser of their own, who looks at pages and keeps pictures of them."""

    context: BrowserContext
    page: Page
    size: str
    language: str
    faults: list[str]

    def picture(self, name: str) -> None:
        """Look at the page as this person sees it: a screen reader must not fail on it; keep a picture."""
        self.keep(name, whole=True)
        assert serious_faults(self.page) == []

    def keep(self, name: str, *, whole: bool = False) -> None:
        """Keep a picture of what is on the screen, or of the whole page, where pictures are kept."""
        if SCREENSHOTS is None:
            return
        SCREENSHOTS.mkdir(exist_ok=True)
        wide, high = self.page.evaluate(
            "(({scrollWidth: w, scrollHeight: h}) => [w, h])(document.documentElement)"
        )
        path = SCREENSHOTS / f"{name}-{self.size}-{self.language}.png"
        clip: FloatRect | None = (
            {"x": 0, "y": 0, "width": wide, "height": HIGHEST} if high > HIGHEST else None
        )
        self.page.screenshot(path=path, full_page=whole, clip=clip if whole else None)


def drawn(page: Page) -> None:
    """Wait until everything that a page draws or asks for by itself is there."""
    page.wait_for_function(DRAWN)


@cache
def axe() -> str:
    """Return the checks of axe-core, which need no page before they are asked for."""
    return AXE.read_text()


def serious_faults(page: Page) -> list[str]:
    """Return what axe-core calls serious or critical on a page; it is brought into each document once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe())
    page.evaluate(SETTLED)
    result = page.evaluate("axe.run({resultTypes: ['violations']})")
    return [
        f"{fault['id']}: {node['html']}"
        for fault in result["violations"]
        if fault["impact"] in {"serious", "critical"}
        for node in fault["nodes"]
    ]


def person(
    chromium: Browser, address: str, size: str = "desktop", language: str = "zh-hans", session: str = ""
) -> Person:
    """Give somebody a fresh browser of a size, in a language, that notes what goes wrong on a page."""
    context = chromium.new_context(
        viewport=SIZES[size], base_url=address, has_touch=size == "phone", locale=LOCALES[language]
    )
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
    if session:
        context.add_cookies([{"name": "sessionid", "value": session, "url": address}])
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("dialog", lambda dialog: dialog.accept())
    return Person(context, page, size, language, faults)


def tell_place(page: Page, category: str, words: str, compound: str) -> None:
    """Say as a resident does what it is about and in which compound, up to the screen of the contact."""
    page.goto(f"/report/?c={category}")
    page.fill("#id_words", words)
    page.locator("button[name=danger][value=none]").click()
    page.wait_for_url(re.compile("/report/(place|more)/"))
    if "/report/more/" in page.url:
        page.locator("button[name=hurt][value=no]").click()
        page.wait_for_url("**/report/place/?d=*")
    page.locator("#id_q").press_sequentially(compound)
    page.locator("#places button").first.click()
    page.wait_for_url("**/report/contact/?d=*")


def act(page: Page, action: str, note: str) -> None:
    """Carry out an action of a matter or a task that asks for a note."""
    form = page.locator(f"details:has(form[action$='/{action}/'])")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    form.locator("textarea").fill(note)
    form.locator("form button.btn").last.click()
    page.wait_for_load_state()


@pytest.fixture(scope="session")
def sample_data(migrated_data: Path) -> Path:
    """A data folder at rest with the sample, to be copied: making the sample takes longest of a start."""

    def make(target: Path) -> None:
        with reachable_folder() as data:
            copy_data(migrated_data, data)
            with started(data):
                pass  # it stops after the links of the sample are there
            copy_data(data, target)

    return made_once("sample", make)


@pytest.fixture(scope="session")
def sample(sample_data: Path) -> Iterator[Running]:
    """Run the program on its sample; each test process has its own."""
    with copied(sample_data) as running:
        yield running


@pytest.fixture(scope="session")
def sessions(sample: Running) -> dict[str, str]:
    """Sign one person of each role in by the sample's links, once for all files."""
    return {role: session_of(link) for role, link in sample.links.items()}


@pytest.fixture(scope="session")
def empty(migrated_data: Path) -> Iterator[Running]:
    """Run the program on an empty database."""
    with copied(migrated_data, "--no-sample") as running:
        yield running
