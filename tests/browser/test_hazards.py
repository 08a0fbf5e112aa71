"""A hazard in a real browser: put right by one, rechecked by another on the phone, seen in the register."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Person, act, person
from tests.program import Running

pytestmark = pytest.mark.browser


WORDS = "楼道里堆满杂物，堵住消防通道"


def register(worker: Person) -> None:
    """Register on the phone what was seen on a round: no name, no consent, a place that the search finds."""
    page = worker.page
    page.goto("/office/")
    page.locator("a[href='/office/matters/found/']").click()
    page.wait_for_url("**/office/matters/found/")
    page.fill("#id_words", WORDS)
    page.locator("#id_q").press_sequentially("玉兰华庭")
    page.locator("#places button, #places input").first.click()
    worker.picture("found-filled")
    page.locator(".counter .actions button").last.click()
    expect(page.locator(".notice-success, [role=status]").first).to_contain_text("已登记")


def test_a_hazard_is_put_right_and_rechecked_by_somebody_else(
    sample: Running, chromium: Browser, sessions: dict[str, str]
) -> None:
    worker = person(chromium, sample.address, "phone", "zh-hans", sessions["微网格员"])
    register(worker)

    officer = person(chromium, sample.address, "desktop", "zh-hans", sessions["镇(街道)工作人员"])
    page = officer.page
    page.goto(f"/office/matters/?kind=hazard&state=new&text={WORDS[:8]}")
    page.locator("[data-row] a").first.click()
    page.locator("form[action$='/take/'] button").click()
    expect(page.locator(".guide")).to_contain_text("整改")
    officer.picture("hazard-in-hand")
    act(page, "rectify", "杂物已清走，贴了警示。")
    expect(page.locator(".state").first).to_have_text(re.compile("待复查"))
    expect(page.locator("form[action$='/recheck_ok/']")).to_have_count(0)  # nobody reported it
    officer.picture("hazard-recheck")
    expect(page.locator("form[action$='/write_off/']")).to_have_count(0)  # nor by whoever put it right
    address = page.url.replace(sample.address, "")

    leader = person(chromium, sample.address, "phone", "zh-hans", sessions["镇(街道)负责人"])
    leader.page.goto("/office/hazards/")
    leader.picture("hazards")
    leader.page.goto(address)
    act(leader.page, "write_off", "到现场看过，通道畅通。")
    expect(leader.page.locator(".state").first).to_have_text(re.compile("已销号"))
    expect(leader.page.locator("#visits-title")).to_be_visible()
    leader.picture("hazard-written-off")
    assert [fault for fault in officer.faults if "422" not in fault] == leader.faults == worker.faults == []
