"""A hazard in a real browser: put right by one, rechecked by another on the phone, seen in the register."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import person
from tests.program import Running

pytestmark = pytest.mark.browser


def test_a_hazard_is_put_right_and_rechecked_by_somebody_else(
    sample: Running, chromium: Browser, sessions: dict[str, str]
) -> None:
    officer = person(chromium, sample.address, "desktop", "zh-hans", sessions["镇(街道)工作人员"])
    page = officer.page
    page.goto("/office/matters/?kind=hazard&state=new")
    page.locator("[data-row] a").first.click()
    page.locator("form[action$='/take/'] button").click()
    expect(page.locator(".guide")).to_contain_text("整改")
    officer.picture("hazard-in-hand")
    said(page, "rectify", "杂物已清走，贴了警示。")
    expect(page.locator(".state").first).to_have_text(re.compile("待复查"))
    expect(page.locator("form[action$='/recheck_ok/'], form[action$='/write_off/']")).to_have_count(1)
    officer.picture("hazard-recheck")
    said(page, "recheck_ok", "我自己看过了")
    expect(page.locator("main")).to_contain_text("整改人不能自己复查")
    address = page.url.replace(sample.address, "").split("do/")[0]

    leader = person(chromium, sample.address, "phone", "zh-hans", sessions["镇(街道)负责人"])
    leader.page.goto("/office/hazards/")
    leader.picture("hazards")
    leader.page.goto(address)
    said(leader.page, "recheck_ok", "到现场看过，通道畅通。")
    expect(leader.page.locator(".state").first).to_have_text(re.compile("待居民确认"))
    expect(leader.page.locator("#visits-title")).to_be_visible()
    leader.picture("hazard-rechecked")
    assert [fault for fault in officer.faults if "422" not in fault] == leader.faults == []


def said(page: Page, action: str, note: str) -> None:
    """Carry out an action that asks for a note."""
    form = page.locator(f"details:has(form[action$='/{action}/'])")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    form.locator("textarea").fill(note)
    form.locator("form button.btn-success").last.click()
    page.wait_for_load_state()
