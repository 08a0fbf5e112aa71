"""The place of a report in a real browser: found by words, by position, on the map; looked over."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Person, drawn, person
from tests.program import Running

pytestmark = pytest.mark.browser

CROWDED = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def at_place_step(resident: Person, words: str = "楼下路灯坏了") -> None:
    """Go to the screen of the place with an ordinary category chosen."""
    page = resident.page
    page.goto("/report/?c=02.1")
    page.fill("#id_words", words)
    for answer in page.locator("input[name=danger][value=none], input[name=in_danger][value=none]").all():
        answer.check()
    page.locator("form[enctype] button.btn-primary").click()
    page.wait_for_url("**/report/place/**")


@pytest.mark.parametrize(("size", "language"), [("phone", "zh-hans"), ("desktop", "en")])
def test_a_place_is_found_looked_over_and_sent(
    sample: Running, chromium: Browser, size: str, language: str
) -> None:
    resident = person(chromium, sample.address, size, language)
    page = resident.page
    at_place_step(resident)
    expect(page.locator("#id_q")).to_be_visible()
    resident.picture("place-empty")
    page.locator("#id_q").press_sequentially("海堂苑三栋2单元501")
    expect(page.locator("#places button").first).to_contain_text("海棠苑3栋")
    assert not page.evaluate(CROWDED)
    resident.picture("place-found")
    page.locator("#id_q").fill("海棠苑")
    expect(page.locator("#places .inside button").first).to_be_visible()
    resident.picture("place-compound")
    page.locator("#id_q").fill("海棠苑3栋2单元501")
    expect(page.locator("#places button").first).to_contain_text("海棠苑3栋")
    page.locator("#places button").first.click()
    page.wait_for_url(re.compile(r"/report/(known|contact)/"))
    if "/known/" in page.url:
        page.locator("main a[href^='/report/contact/']").click()
        page.wait_for_url("**/report/contact/**")
    expect(page.locator(".review").first).to_contain_text("501")
    expect(page.locator("svg.sketch")).to_be_visible()
    resident.picture("review")
    page.locator(".review .change").nth(1).click()
    page.fill("#id_words", "楼下路灯坏了三天")
    page.locator("form[enctype] button.btn-primary").click()
    page.wait_for_load_state()
    if "/category/" in page.url:
        page.locator("button[name=category]").first.click()
    page.wait_for_url("**/report/contact/**")
    expect(page.locator(".review").nth(1)).to_contain_text("三天")
    assert resident.faults == []


def test_the_map_is_loaded_when_it_is_opened_and_says_what_lies_at_the_pin(
    sample: Running, chromium: Browser
) -> None:
    resident = person(chromium, sample.address, "phone")
    page = resident.page
    loaded: list[str] = []
    page.on("request", lambda asked: loaded.append(asked.url))
    resident.context.set_extra_http_headers({"Save-Data": "on"})
    at_place_step(resident)
    page.wait_for_load_state("networkidle")
    assert not [url for url in loaded if "maplibre" in url or ".mvt" in url]
    page.locator("[data-pin-map] summary").click()
    drawn(page)
    assert [url for url in loaded if "maplibre" in url]
    page.locator(".pin-frame canvas").click(position={"x": 150, "y": 150})
    expect(page.locator("[data-pin-map] .pin-said")).to_contain_text("附近")
    for _ in range(3):
        page.locator(".maplibregl-ctrl-zoom-in").click()
        page.wait_for_timeout(500)
    drawn(page)
    resident.picture("place-map")
    page.locator("[data-pin-map] .pin-go button").click()
    page.wait_for_url(re.compile(r"/report/(known|contact)/"))
    assert resident.faults == []


def test_a_position_elsewhere_is_said_before_sending(sample: Running, chromium: Browser) -> None:
    resident = person(chromium, sample.address, "phone")
    resident.context.grant_permissions(["geolocation"])
    resident.context.set_geolocation({"longitude": 104.5, "latitude": 30.1})
    page = resident.page
    at_place_step(resident)
    page.locator("[data-pin-here]").click()
    expect(page.locator(".pin-said").first).to_contain_text("不在")
    resident.picture("place-position")
    page.locator("#pin-form .pin-go button").click()
    expect(page.locator("a[href='tel:12345']")).to_be_visible()
    resident.picture("place-outside")
    page.locator("button[name=outside]").click()
    page.wait_for_url("**/report/contact/**")
    expect(page.locator(".review").first).to_contain_text("不在")


def test_large_type_keeps_the_results_inside_the_screen(sample: Running, chromium: Browser) -> None:
    resident = person(chromium, sample.address, "phone")
    page = resident.page
    page.goto("/")
    page.locator(".elder-switch").click()
    at_place_step(resident)
    page.locator("#id_q").press_sequentially("海棠苑")
    expect(page.locator("#places .inside button").first).to_be_visible()
    assert not page.evaluate(CROWDED)
    resident.picture("place-elder")
    page.goto("/report/solved/")
    expect(page.locator("form[action='/report/solved/'] button")).to_be_visible()
    resident.picture("forget")


@pytest.mark.parametrize(("size", "language"), [("phone", "zh-hans"), ("phone", "en")])
def test_a_place_that_nobody_finds_is_sent_as_it_was_written(
    sample: Running, chromium: Browser, size: str, language: str
) -> None:
    resident = person(chromium, sample.address, size, language)
    page = resident.page
    at_place_step(resident)
    page.locator("#id_q").press_sequentially("海棠苑99栋")
    expect(page.locator("#places .notice")).to_contain_text("99栋")
    page.locator("#id_q").fill("1号楼")
    expect(page.locator("#places .notice")).not_to_contain_text("99栋")
    expect(page.locator("#places button")).to_have_count(1)
    page.locator("#id_q").fill("海棠苑99栋2单元501")
    expect(page.locator("#places .notice")).to_contain_text("99栋")
    assert not page.evaluate(CROWDED)
    resident.picture("place-as-written")
    page.locator("button[value=written]:visible").click()
    page.wait_for_url("**/report/contact/**")
    expect(page.locator(".review").first).to_contain_text("海棠苑99栋")
    resident.picture("review-as-written")
    page.locator("button[name=anonymous]").click()
    page.wait_for_url("**/m/**")
    expect(page.locator("dl.facts")).to_contain_text("海棠苑99栋")
    assert resident.faults == []
