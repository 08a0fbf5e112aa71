"""Pages that everybody may open: what is told of the figures, of personal data, of codes and of wishes."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import SIZES, Person, person
from tests.program import Running

pytestmark = pytest.mark.browser

SIGHTS = [("desktop", "zh-hans"), ("phone", "zh-hans"), ("desktop", "en"), ("phone", "en")]
HAN = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(params=SIGHTS, ids="-".join)
def visitor(request: pytest.FixtureRequest, sample: Running, chromium: Browser) -> Person:
    """Return somebody without an account."""
    return person(chromium, sample.address, *request.param)


def fits(somebody: Person) -> None:
    """Nothing scrolls sideways."""
    width = somebody.page.evaluate("document.documentElement.scrollWidth")
    assert width <= SIZES[somebody.size]["width"]


def test_the_open_figures_tell_months_that_are_over_and_cases_that_name_nobody(visitor: Person) -> None:
    page = visitor.page
    page.goto("/open/")
    expect(page.locator("h2")).not_to_have_count(0)
    received = page.locator("section dl.facts dd").first
    expect(received).to_have_text(re.compile(r"^\d+$"))
    page.locator("#id_month").select_option(index=1)
    page.locator("main form button").click()
    expect(page).to_have_url(re.compile("month="))
    page.locator("main details summary").last.click()
    visitor.picture("open")
    fits(visitor)
    cases = page.locator("main > ul.rows li")
    expect(cases).not_to_have_count(0)
    assert not re.search(r"1\d{10}|\d+室|先生|女士", " ".join(cases.all_inner_texts()))
    assert visitor.faults == []


def test_the_privacy_page_says_what_is_held_why_and_how_long(visitor: Person) -> None:
    page = visitor.page
    page.goto("/privacy/")
    expect(page.locator("section[aria-labelledby=sealed-title] li")).not_to_have_count(0)
    for row in page.locator("section[aria-labelledby=sealed-title] li").all():
        expect(row.locator(".meta span")).to_have_count(2)  # a purpose and an end (P6)
    visitor.picture("privacy")
    fits(visitor)
    if visitor.language == "en":
        assert not HAN.search(page.locator("main").inner_text())
    page.locator("section[aria-labelledby=rights-title] a").click()
    expect(page).to_have_url(re.compile("/my/$"))
    assert visitor.faults == []


def test_whoever_lost_a_code_is_told_whom_to_ask_where_nothing_can_be_sent(visitor: Person) -> None:
    page = visitor.page
    page.goto("/my/")
    page.goto("/my/codes/")
    expect(page.locator("input[name=phone]")).to_have_count(0)
    visitor.picture("recover-by-the-office")
    page.locator("main a[href*='/my/worker/']").click()
    expect(page.locator("#id_q")).to_be_visible()
    assert visitor.faults == []


def test_a_claim_is_taken_back_and_the_wish_is_on_offer_again(sample: Running, chromium: Browser) -> None:
    neighbour = person(chromium, sample.address, "phone", "zh-hans")
    page = neighbour.page
    page.goto("/wishes/")
    offer = page.locator("a[href^='/wishes/']:not([href*='?'])").first
    address = offer.get_attribute("href") or ""
    offer.click()
    page.fill("#id_name", "周先生")
    page.fill("#id_phone", "13800138000")
    page.locator("main form button").last.click()
    page.wait_for_url("**/wishes/claimed/**")
    expect(page.locator("#code")).to_be_visible()
    neighbour.picture("wish-claimed")
    fits(neighbour)
    page.locator("details", has=page.locator("input[value=withdraw]")).locator("summary").click()
    page.locator("form:has(input[value=withdraw]) button").click()
    page.wait_for_load_state()
    expect(page.locator("form:has(input[value=withdraw])")).to_have_count(0)
    neighbour.picture("claim-withdrawn")
    page.goto(address)
    expect(page.locator("#id_phone")).to_be_visible()
    assert neighbour.faults == []
