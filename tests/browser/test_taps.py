"""From the first page to the code in few presses, without leaving a contact: typing is no press."""

import re
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import person
from tests.program import Running

pytestmark = pytest.mark.browser

ORDINARY, FAMILY = 5, 7
MOST_PAGES = 9

ANSWERS = {
    "words": "button[name=danger][value=none]",
    "more": "button[name=hurt][value=no]",
    "category": "button[name=category]",
    "place": "#places button",
    "known": "main a[href^='/report/contact/']",
    "contact": "button[name=anonymous]",
}
"""What is pressed on each page of the way, by the last part of its address."""


@dataclass
class Presses:
    """Somebody who presses, and what was pressed, in order."""

    page: Page
    pressed: list[str] = field(default_factory=list)

    def press(self, name: str, selector: str) -> None:
        """Press the first of what fits with a finger, and wait for the page that it leads to."""
        before = self.page.url
        self.page.locator(selector).first.tap()
        self.pressed.append(name)
        self.page.wait_for_url(lambda url: url != before)

    def name_page(self) -> str:
        """Return which page of the way is open, or `code` at its end."""
        if re.search(r"/m/[^/]+/", self.page.url):
            return "code"
        found = re.search(r"/report/(\w*)", self.page.url)
        assert found, self.page.url
        return found[1] or "words"


def file(page: Page, words: str, place: str) -> list[str]:
    """Report a matter from the first page on as whoever takes what is offered; return what was pressed."""
    resident = Presses(page)
    page.goto("/")
    resident.press("report", ".choices .first a")
    page.fill("#id_words", words)
    for _ in range(MOST_PAGES):
        name = resident.name_page()
        if name == "code":
            return resident.pressed
        if name == "place":
            page.locator("#id_q").press_sequentially(place)
        resident.press(name, ANSWERS[name])
    raise AssertionError(resident.pressed)


@pytest.mark.parametrize(
    ("words", "most"),
    [
        ("楼下路灯坏了三天，晚上看不清路", ORDINARY),
        ("楼道里堆满了纸箱和旧家具", ORDINARY),
        ("有个事情想请你们来看一下", ORDINARY),
        ("夫妻为带孩子的事天天吵，想请人来劝劝", FAMILY),
        ("两兄弟为赡养妈妈的费用吵架", FAMILY),
    ],
)
def test_a_matter_is_sent_with_few_presses(sample: Running, chromium: Browser, words: str, most: int) -> None:
    resident = person(chromium, sample.address, "phone")
    pressed = file(resident.page, words, "玉兰华庭3栋")
    resident.context.close()
    assert "contact" in pressed and len(pressed) <= most, pressed
