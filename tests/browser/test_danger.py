"""Danger decides: in words said later, at the counter, and in a table that is imported (P4)."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import SIZES, person, tell_place
from tests.browser.test_ahead import fits
from tests.browser.test_every_page import CENTRE, OFFICER, WORKER
from tests.program import Running

pytestmark = pytest.mark.browser

TABLE = """工单编号,诉求内容,类别,受理时间,办结时间,联系电话
DX-1,丈夫打老婆孩子被打,婚姻家庭,2026-03-02 09:00,,13900000001
DX-2,路灯不亮,路灯与楼道照明,2020-03-02 09:00,2020-03-03 09:00,13900000002
"""


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_danger_said_later_shows_the_number_and_leaves_mediation(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str
) -> None:
    resident = person(chromium, sample.address, size)
    page = resident.page
    tell_place(page, "05.1", f"夫妻天天吵架，想请人来劝劝 {size}", "玉兰苑")
    page.locator("button[name=anonymous]").click()
    page.wait_for_url(re.compile(r"/m/[^/]+/"))
    page.locator("details:has(input[value=add]) summary").click()
    page.locator("details:has(input[value=add]) [name=reason]").fill("他又动手打我，还打孩子")
    page.locator("details:has(input[value=add]) form button").click()
    expect(page.locator(".emergency a[href='tel:110']")).to_be_visible()
    resident.picture("danger-said-later")
    fits(resident)
    expect(page.locator("[role=status]")).to_contain_text("您的答复已收到")
    expect(page.locator("button[name=emergency][value=none]")).to_be_visible()
    page.locator("main .actions a.btn-primary").click()
    expect(page.locator("h1")).to_have_text("封存的诉求")
    expect(page.locator("main")).to_contain_text("已同时转公安部门")
    resident.picture("tracking-after-danger")
    fits(resident)

    officer = person(chromium, sample.address, size, session=sessions[CENTRE])
    officer.page.goto("/messages/")
    told = officer.page.locator("li", has_text="补充的内容涉及紧急情况").first
    officer.picture("messages-danger")
    told.locator("a").click()
    expect(officer.page.locator("main")).to_contain_text("内容涉及紧急情况，已告知街道。")
    officer.picture("matter-after-danger")
    fits(officer)
    assert resident.faults == [] and officer.faults == []


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("words", ["楼道里闻到煤气味", "他打我，还打孩子", "有人从楼上掉下来，流血了"])
def test_the_answers_to_an_alarm_are_seen_without_scrolling(
    sample: Running, chromium: Browser, words: str, large: bool
) -> None:
    """P4: whoever was misheard finds the way on as fast as whoever has called."""
    resident = person(chromium, sample.address, "phone")
    page = resident.page
    page.goto("/report/")
    if large:
        page.locator(".elder-switch").click()
    page.fill("#id_words", words)
    page.locator("button[name=danger][value=none]").click()
    page.wait_for_url(re.compile("/report/next/"))
    resident.picture(f"emergency-answers{'-large' if large else ''}")
    fits(resident)
    first = page.locator(".calls-first a").first.bounding_box()
    last = page.locator("button[name=emergency][value=none]").bounding_box()
    assert first and last and first["y"] < last["y"]
    assert last["y"] + last["height"] <= SIZES["phone"]["height"]


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_worker_goes_on_without_judging(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str
) -> None:
    worker = person(chromium, sample.address, size, session=sessions[WORKER])
    page = worker.page
    page.goto("/office/matters/new/")
    page.fill("#id_words", "老公打我")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("button[name=emergency][value=none]")).to_have_text("还没有拨打，继续登记")
    worker.picture("counter-emergency-worker")
    fits(worker)


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_table_is_asked_for_danger_before_it_is_saved(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str
) -> None:
    officer = person(chromium, sample.address, size, session=sessions[OFFICER])
    page = officer.page
    page.goto("/office/import/")
    file = {"name": "热线.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    page.locator("#id_table").set_input_files(file)  # type: ignore[arg-type]
    page.locator("main form .btn-primary").click()
    expect(page.locator("main")).to_contain_text("1 件未办结事件涉及紧急情况")
    expect(page.locator("main")).to_contain_text("已过保存期限")
    officer.picture("import-preview-danger")
    fits(officer)
    assert officer.faults == []
