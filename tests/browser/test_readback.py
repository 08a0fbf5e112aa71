"""An address that is opened once more shows nothing of harm, with JavaScript and without."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import LOCALES, SIZES, Person, person, tell_place
from tests.browser.test_ahead import fits
from tests.program import Running

pytestmark = pytest.mark.browser

WORDS = "微网格员收了钱不办事，态度很差"


def unscripted(chromium: Browser, address: str, size: str) -> Person:
    """Give somebody a fresh browser without JavaScript."""
    context = chromium.new_context(
        viewport=SIZES[size], base_url=address, java_script_enabled=False, locale=LOCALES["zh-hans"]
    )
    return Person(context, context.new_page(), size, "zh-hans", [])


@pytest.mark.parametrize("size", ["phone", "desktop"])
@pytest.mark.parametrize("scripted", [True, False])
def test_an_address_opened_again_shows_nothing_of_harm(
    sample: Running, chromium: Browser, size: str, scripted: bool
) -> None:
    resident = (person if scripted else unscripted)(chromium, sample.address, size)
    page = resident.page
    page.goto("/report/")
    page.fill("#id_words", "我男人打我")
    page.locator("button[name=danger][value=none]").click()
    page.wait_for_url("**/report/next/?d=*")
    key = re.findall(r"d=([\w-]+)", page.url)[0]
    page.goto(f"/report/?d={key}")
    expect(page.locator("#id_words")).to_have_value("")
    expect(page.locator("main")).to_contain_text("留空即按原内容继续")
    expect(page.locator("html")).not_to_contain_text("我男人打我")
    resident.keep(f"words-not-read-back-{scripted}", whole=True)
    fits(resident)


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_last_screen_shows_a_complaint_to_whoever_wrote_it_and_to_nobody_after(
    sample: Running, chromium: Browser, size: str
) -> None:
    resident = person(chromium, sample.address, size)
    page = resident.page
    tell_place(page, "11.3", WORDS, "玉兰苑")
    expect(page.locator(".review").nth(1)).to_contain_text(WORDS)
    page.goto(page.url)
    expect(page.locator(".review").nth(1)).to_contain_text("这里不再显示")
    expect(page.locator("main")).not_to_contain_text(WORDS)
    resident.picture("review-not-read-back")
    fits(resident)
