"""One thing seen by three: the second joins, the third reports it again, the office merges, all follow."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Person, person
from tests.browser.test_every_page import OFFICER
from tests.program import Running

pytestmark = pytest.mark.browser

FIRST, SECOND, THIRD = "院门口的路灯连着三晚不亮", "大门外路灯不亮", "门口路灯坏了，三晚都不亮"


def arrive(resident: Person, words: str) -> None:
    """Say what it is about and where, up to what is known there."""
    page = resident.page
    page.goto("/report/?c=02.1")
    page.fill("#id_words", words)
    page.locator("button[name=danger][value=none]").click()
    page.wait_for_url("**/report/place/?d=*")
    page.fill("#id_q", "东风厂宿舍")
    page.locator("#places button").first.click()
    page.wait_for_url(lambda url: "/known/" in url or "/contact/" in url)


def send(page: Page) -> str:
    """Report all the same, without a name; return the code."""
    if "/known/" in page.url:
        page.locator(".actions a").click()
    page.wait_for_url("**/report/contact/?d=*")
    page.locator("button[name=anonymous]").click()
    return code_on(page)


def code_on(page: Page) -> str:
    """Return the code that the page shows to follow by."""
    page.wait_for_url("**/m/**")
    return page.locator("#code").inner_text()


def join(resident: Person) -> str:
    """Join the newest of what is known, and leave a telephone."""
    page = resident.page
    page.locator("button[name=join]").first.wait_for()
    resident.picture("known-nearby")
    assert FIRST[:5] not in page.locator("main").inner_text()
    page.locator("button[name=join]").first.click()
    code = code_on(page)
    page.locator("details:has([name=phone]) summary").click()
    page.fill("[name=phone]", "19900001234")
    resident.picture("joined")
    page.locator("form[action$='/told/'] button").click()
    page.wait_for_load_state()
    return code


def merge_and_solve(officer: Person) -> None:
    """Find the third report, merge it with one click, and solve the first one."""
    page = officer.page
    page.goto(f"/office/matters/?state=open&text={THIRD[:6]}")
    page.locator("[data-row]", has_text=THIRD[:6]).first.locator("a").first.click()
    suggestion = page.locator("li", has_text=FIRST[:6]).locator("details:has(form[action$='/merge/'])")
    suggestion.locator("summary").click()
    into = suggestion.locator("[name=into]").input_value()
    suggestion.locator("textarea").fill("同一盏路灯")
    officer.picture("perhaps-the-same")
    suggestion.locator("form button").click()
    expect(page.locator(".state-merged").first).to_be_visible()
    page.goto(f"/office/matters/{into}/")
    expect(page.get_by_text("另有 2 位居民")).to_be_visible()
    officer.picture("merged-here")
    page.locator("form[action$='/take/'] button").click()
    form = page.locator("details:has(form[action$='/solve/'])")
    form.locator("summary").click()
    form.locator("textarea").fill("已更换灯头，当晚复查")
    form.locator("form button").click()
    page.wait_for_load_state()


def test_three_residents_and_one_lamp(sample: Running, chromium: Browser, sessions: dict[str, str]) -> None:
    first, second, third = (
        person(chromium, sample.address, size, language)
        for size, language in (("phone", "zh-hans"), ("phone", "zh-hans"), ("desktop", "en"))
    )
    arrive(first, FIRST)
    send(first.page)
    arrive(second, SECOND)
    joined = join(second)
    arrive(third, THIRD)
    expect(third.page).to_have_url(re.compile("/report/known/"))
    third.picture("known-nearby")
    own = send(third.page)

    officer = person(chromium, sample.address, session=sessions[OFFICER])
    merge_and_solve(officer)

    for resident, code in ((second, joined), (third, own)):
        resident.page.goto(f"/m/{code}/")
        expect(resident.page.locator(".state-to_confirm")).to_be_visible()
        expect(resident.page.get_by_text("已更换灯头，当晚复查").first).to_be_visible()
        expect(resident.page.locator("[name=rating]")).to_have_count(0)
        resident.picture("followed")
    second.page.goto("/my/")
    expect(second.page.locator(f"a[href$='{joined}/']")).to_be_visible()
    assert [seen.faults for seen in (first, second, third, officer)] == [[], [], [], []]
