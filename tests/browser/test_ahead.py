"""A warning from proposal to withdrawal, and advice before a report, as people meet them (R25)."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import SIZES, Person, drawn, person
from tests.browser.test_every_page import CHIEF, WORKER
from tests.program import Running

pytestmark = pytest.mark.browser

HERE = "/my/worker/?q=玉兰苑"


def fits(somebody: Person) -> None:
    """Nothing scrolls sideways."""
    width = somebody.page.evaluate("document.documentElement.scrollWidth")
    assert width <= SIZES[somebody.size]["width"]


def send(chief: Person, title: str) -> None:
    """Edit what is proposed because of the weather, and send it to the whole community."""
    page = chief.page
    page.goto("/office/warnings/")
    expect(page.locator(".proposal", has_text=re.compile("去年同期|last year"))).not_to_have_count(0)
    chief.picture("warnings-desk")
    fits(chief)
    page.locator(".proposal a[href*='weather']").first.click()
    expect(page.locator("#id_title_other")).to_have_value(
        re.compile("^[ -~]+$")
    )  # proposed in both languages
    page.fill("#id_title", title)
    page.fill("#id_title_other", title)
    chief.picture("warning-edit")
    fits(chief)
    page.locator(".warning-form .btn-primary").click()
    expect(page.locator("h1")).to_contain_text(title)
    chief.picture("warning-sent")
    fits(chief)


def at_home(resident: Person) -> None:
    """Look the own address up."""
    resident.page.goto(HERE)
    resident.page.locator("main .options a").first.click()


@pytest.mark.parametrize(
    ("size", "language"), [("desktop", "zh-hans"), ("phone", "zh-hans"), ("phone", "en")]
)
def test_from_proposal_to_withdrawal(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str, language: str
) -> None:
    title = f"请收好阳台花盆 {size} {language}"
    chief = person(chromium, sample.address, size, language, sessions[CHIEF])
    send(chief, title)

    resident = person(chromium, sample.address, "phone", language)
    resident.page.goto("/")
    expect(resident.page.locator("a.ahead")).to_contain_text(title)
    resident.picture("home-with-warnings")
    resident.page.locator("a.ahead").click()
    expect(resident.page.get_by_role("heading", name=title)).to_be_visible()
    resident.picture("warnings-public")
    at_home(resident)
    expect(resident.page.locator(".notice", has_text=title)).to_be_visible()
    resident.picture("my-worker-with-warning")
    fits(resident)

    worker = person(chromium, sample.address, "phone", language, sessions[WORKER])
    worker.page.goto("/messages/")
    worker.page.locator("main a[href^='/messages/']").first.click()
    expect(worker.page.locator("h1")).to_contain_text(title)
    expect(worker.page.locator("form[action$='/withdraw/']")).to_have_count(0)

    chief.page.locator("form[action$='/withdraw/'] button").click()
    expect(chief.page.locator("form[action$='/withdraw/']")).to_have_count(0)
    at_home(resident)
    expect(resident.page.locator(".notice", has_text=title)).to_have_count(0)
    assert [seen.faults for seen in (chief, resident, worker)] == [[], [], []]


@pytest.mark.parametrize(
    ("size", "language"), [("phone", "zh-hans"), ("desktop", "zh-hans"), ("phone", "en")]
)
def test_advice_answers_a_question_and_nothing_is_sent(
    sample: Running, chromium: Browser, size: str, language: str
) -> None:
    resident = person(chromium, sample.address, size, language)
    page = resident.page
    page.goto("/report/?c=07.1")
    page.fill("#id_words", "老板拖欠工资三个月了")
    page.locator("button[name=danger][value=none]").click()
    page.wait_for_url("**/report/place/?d=*")
    page.locator(".advice summary").click()
    expect(page.locator(".advice a[href='tel:12333']")).to_be_visible()
    drawn(page)
    resident.picture("advice-before-place")
    fits(resident)
    page.locator(".advice a[href*='/report/solved/']").click()
    page.locator("main form[action$='/report/solved/'] button").click()
    expect(page.locator("main form")).to_have_count(0)
    resident.picture("solved-by-advice")
    page.goto("/advice/")
    page.locator("details summary").nth(6).click()
    resident.picture("advice-all")
    fits(resident)
    assert resident.faults == []


def test_an_office_writes_a_signal_and_puts_a_proposal_aside(
    sample: Running, chromium: Browser, sessions: dict[str, str]
) -> None:
    chief = person(chromium, sample.address, session=sessions[CHIEF])
    page = chief.page
    page.goto("/office/warnings/weather/")
    page.select_option("#id_kind", "fog")
    page.select_option("#id_colour", "yellow")
    page.fill("#id_until", "2099-01-01T08:00")
    chief.picture("weather-form")
    page.locator(".weather-form .btn-primary").click()
    expect(page.locator(".proposal", has_text="大雾黄色预警")).to_be_visible()
    aside = page.locator(".proposal", has_text="大雾黄色预警").locator("details")
    aside.locator("summary").click()
    aside.locator("[name=reason]").fill("本地能见度良好")
    chief.picture("warning-put-aside")
    aside.locator("form button").click()
    expect(page.locator(".rows li", has_text="本地能见度良好")).to_be_visible()
    page.locator("li", has_text="大雾黄色预警").locator("form[action$='/lift/'] button").click()
    page.wait_for_load_state()
    page.locator("a.title").last.click()
    chief.picture("warning-over")
    assert chief.faults == []
