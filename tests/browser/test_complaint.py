"""P3 in a real browser: whoever is complained about and their chain find nothing; the centre handles it."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import act, person
from tests.program import Running

pytestmark = pytest.mark.browser

WORKER, CHIEF, CENTRE = "微网格员", "总网格长", "综治中心(网格化服务管理中心)"
WORDS = "微网格员上门时态度恶劣，大声呵斥老人"


def complain(page: Page) -> str:
    """Report the worker as a resident does; returns the tracking code."""
    page.goto("/report/")
    page.fill("#id_words", WORDS)
    page.locator("#heard summary").click()
    page.locator("#heard input[name=category][value='11.3']").check()
    page.locator("button[name=danger][value=none]").click()
    page.wait_for_url("**/report/place/?d=*")
    page.locator("#id_q").press_sequentially("玉兰华庭")
    page.locator("#places button").first.click()
    page.wait_for_url("**/report/contact/?d=*")
    page.locator("button[name=anonymous]").click()
    page.locator("#code").wait_for()
    return page.locator("#code").inner_text()


def test_a_complaint_is_looked_into_above_whoever_it_is_about(
    sample: Running, chromium: Browser, sessions: dict[str, str]
) -> None:
    resident = person(chromium, sample.address, "phone", "zh-hans")
    code = complain(resident.page)
    expect(resident.page.locator("main")).to_contain_text("被反映的人看不到")

    centre = person(chromium, sample.address, "desktop", "zh-hans", sessions[CENTRE])
    page = centre.page
    page.goto("/office/matters/?kind=complaint&state=new")
    row = page.locator("[data-row] a").first
    number = row.inner_text().strip()
    row.click()
    page.locator("form[action$='/take/'] button").click()
    expect(page.locator("form[action$='/dismiss/']")).to_have_count(0)
    act(page, "hear", "当天赶着通知停水，说话急了。")
    act(page, "uphold", "核实属实，已当面批评并上门道歉。")
    expect(page.locator(".state").first).to_contain_text("待居民确认")
    centre.picture("complaint-found")

    for role, size in ((WORKER, "phone"), (CHIEF, "desktop")):
        other = person(chromium, sample.address, size, "zh-hans", sessions[role])
        for address in (
            "/office/",
            "/office/matters/?state=all",
            f"/office/matters/?state=all&text={number}",
        ):
            other.page.goto(address)
            expect(other.page.locator(f"a[href*='/matters/{number}']")).to_have_count(0)
            assert WORDS[:12] not in other.page.locator("main").inner_text()
        answer = other.page.goto(f"/office/matters/{number}/")
        assert answer and answer.status == 404
        other.picture("complaint-unseen")

    resident.page.goto(f"/m/{code}/")
    expect(resident.page.locator("main")).to_contain_text("上门道歉")
    assert "说话急了" not in resident.page.content()
    resident.picture("complaint-told")
