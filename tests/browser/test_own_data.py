"""A resident sees what is held and who opened it, takes it along, corrects and deletes it (P5)."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import person, tell_place
from tests.browser.test_ahead import fits
from tests.browser.test_every_page import OFFICER
from tests.program import Running

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("size", "language"), [("phone", "zh-hans"), ("desktop", "en")])
def test_what_is_held_is_seen_taken_along_and_corrected(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str, language: str
) -> None:
    before = quarrels(sample, chromium, sessions)
    resident = person(chromium, sample.address, size, language)
    page = resident.page
    tell_place(page, "05.4", f"邻居半夜打麻将，吵得睡不着 {size}", "玉兰苑")
    page.fill("#id_name", "王试用")
    page.fill("#id_phone", "13800000000")
    page.check("#id_keep_here")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/m/[^/]+/"))
    tracking = page.url
    number = open_as_officer(sample, chromium, sessions, before)
    page.locator("a[href$='/data/']").click()
    expect(page.locator("main")).to_contain_text("上门前联系")
    resident.picture("own-data")
    fits(resident)
    page.locator("details:has(input[value=take_along]) summary").click()
    with page.expect_download() as file:
        page.locator("details:has(input[value=take_along]) button.btn").click()
    own = json.loads(Path(file.value.path()).read_text())
    assert (own["number"], own["name"], own["telephone"]) == (number, "王试用", "138 0000 0000")
    page.locator("details:has(input[value=delete_contact]) summary").click()
    page.locator("details:has(input[value=delete_contact]) button.btn").click()
    expect(page.locator("main .rows").first.locator("li")).to_have_count(1)
    expect(page.locator("main")).to_contain_text("上门前联系")
    page.locator("details:has-text('删除我说的话'), details:has-text('Delete everything')").last.click()
    resident.picture("own-data-corrected")
    fits(resident)

    other = person(chromium, sample.address, size, language)
    other.page.goto(f"{tracking}data/")
    other.picture("own-data-elsewhere")
    expect(other.page.locator("details.panel")).to_have_count(0)
    assert resident.faults == [] and other.faults == []


def quarrels(sample: Running, chromium: Browser, sessions: dict[str, str]) -> set[str]:
    """Return the addresses of the quarrels that wait, as the street sees them; numbers tell no order."""
    officer = person(chromium, sample.address, "phone", session=sessions[OFFICER])
    officer.page.goto("/office/matters/?category=05.4&state=new")
    links = officer.page.locator("a[href*='/office/matters/2']")
    return set(links.evaluate_all("links => links.map(link => link.getAttribute('href'))"))


def open_as_officer(sample: Running, chromium: Browser, sessions: dict[str, str], before: set[str]) -> str:
    """Let the street open the contact of the quarrel that came in since, and return its number."""
    (newest,) = quarrels(sample, chromium, sessions) - before
    officer = person(chromium, sample.address, "phone", session=sessions[OFFICER])
    officer.page.goto(newest)
    officer.picture("matter-with-map")
    fits(officer)
    panel = officer.page.locator("details:has(form[action$='/reveal/contact/'])")
    panel.locator("summary").click()
    panel.locator("[name=reason]").fill("上门前联系")
    panel.locator("button.btn").click()
    expect(officer.page.locator("a[href$='13800000000']")).to_be_visible()
    return str(newest.strip("/").split("/")[-1])
