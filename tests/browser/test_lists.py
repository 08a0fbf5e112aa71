"""The officer at the list of matters: filters, search, a filter that is kept, many passed on; the map."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SIZES, Person, drawn, person
from tests.program import Running

pytestmark = pytest.mark.browser

OFFICER, CHIEF = "镇(街道)工作人员", "总网格长"


def at_list(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str = "desktop", who: str = OFFICER
) -> Person:
    """Open the list as somebody at work."""
    found = person(chromium, sample.address, size, session=sessions[who])
    found.page.goto("/office/matters/")
    return found


def settled(page: Page, address: str) -> None:
    """Wait until the list has followed the filter bar."""
    page.wait_for_url(re.compile(address))
    drawn(page)
    expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)


def test_filter_search_and_a_filter_that_is_kept(
    sample: Running, chromium: Browser, sessions: dict[str, str]
) -> None:
    officer = at_list(sample, chromium, sessions)
    page = officer.page
    page.locator("#id_state").select_option("all")
    settled(page, "state=all")
    everything = page.locator("[data-row]").count()
    words = page.locator("[data-row] td .quiet").first.inner_text()[:4]
    page.locator("h1").click()
    page.keyboard.press("/")
    page.keyboard.type(words)
    settled(page, "text=")
    expect(page.locator("[data-row]").first).to_contain_text(words[:2])
    page.locator("details.further > summary").click()
    page.locator("#id_tier").select_option(index=2)
    settled(page, "tier=")
    officer.picture("matters-filtered")
    page.goto("/office/matters/?state=all&category=02")
    assert 0 < page.locator("[data-row]").count() <= everything
    page.locator(".kept details summary").click()
    page.locator("#id_name").fill("所有环境事件")
    page.locator(".kept form.filters button").click()
    kept = page.locator(".kept li a")
    expect(kept).to_have_text("所有环境事件")
    page.goto("/office/matters/")
    kept.click()
    page.wait_for_url(re.compile("category=02"))
    officer.picture("matters-kept-filter")
    page.locator(".kept li button").click()
    expect(kept).to_have_count(0)
    assert officer.faults == []
    officer.context.close()


def test_several_are_ticked_by_key_and_passed_on(
    sample: Running, chromium: Browser, sessions: dict[str, str]
) -> None:
    officer = at_list(sample, chromium, sessions)
    page = officer.page
    page.goto("/office/matters/?tier=C")
    expect(page.locator("[data-ticked] button")).to_be_disabled()
    for _row in range(2):
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(page.locator("[data-ticked-count]")).to_have_text("2")
    officer.picture("matters-ticked")
    page.locator("[data-ticked] button").click()
    page.wait_for_url(re.compile("/assign/"))
    page.locator("#id_post").select_option(index=1)
    page.locator("#id_note").fill("由邻近社区统一办理")
    officer.picture("matters-assign")
    page.locator("main form.stacked button").click()
    expect(page.locator(".numbers li, .refused li")).to_have_count(2)
    assert page.locator(".numbers li").count() >= 1
    officer.picture("matters-assigned")
    assert officer.faults == []
    officer.context.close()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_what_cannot_be_searched_for_is_said(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str
) -> None:
    officer = at_list(sample, chromium, sessions, size)
    officer.page.goto("/office/matters/?text=？？")
    expect(officer.page.locator("#list .empty")).to_contain_text("没有可检索的内容")
    officer.picture("matters-wordless")
    officer.context.close()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_telephone_is_looked_up_without_opening_any(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str
) -> None:
    officer = at_list(sample, chromium, sessions, size)
    page = officer.page
    page.locator("details.by-phone summary").click()
    page.locator("details.by-phone input[name=phone]").fill("199 0000 0000")
    page.locator("details.by-phone input[name=reason]").fill("居民来电，忘记了编号")
    officer.picture("matters-by-phone-asked")
    page.locator("details.by-phone button").click()
    page.wait_for_url(re.compile("/by-phone/"))
    assert page.evaluate("document.documentElement.scrollWidth") <= SIZES[size]["width"]
    assert "19900000000" not in page.url
    officer.picture("matters-by-phone")
    officer.context.close()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_map_comes_nearer_and_leads_to_the_list(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str
) -> None:
    chief = person(chromium, sample.address, size, session=sessions[CHIEF])
    page = chief.page
    page.goto("/office/matters/map/?state=open")
    page.wait_for_selector("#matter-map[data-loaded]")
    drawn(page)
    expect(page.locator("#map-told")).to_contain_text("图中未办结")
    chief.picture("matters-on-the-map")
    for _press in range(4):
        page.locator(".maplibregl-ctrl-zoom-in").click()
        page.wait_for_timeout(600)
    drawn(page)
    chief.picture("matters-on-the-map-near")
    page.locator("#map-told a").last.click()
    page.wait_for_url(re.compile("within="))
    expect(page.locator("#list .beside")).to_contain_text("仅列出地图上所选范围")
    assert chief.faults == []
    chief.context.close()
