"""The members' register in a real browser: a secretary at work, whoever was invited on a phone (R11)."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Person, person
from tests.browser.test_mediation import fits
from tests.program import Running

pytestmark = pytest.mark.browser

SECRETARY, SECOND = "社区党组织书记", "镇(街道)工作人员"


@pytest.mark.parametrize(
    ("office_size", "language"), [("desktop", "zh-hans"), ("phone", "zh-hans"), ("desktop", "en")]
)
def test_somebody_declares_on_a_phone_is_confirmed_and_withdraws(
    sample: Running, chromium: Browser, sessions: dict[str, str], office_size: str, language: str
) -> None:
    office = person(chromium, sample.address, office_size, language, sessions[SECRETARY])
    phone = person(chromium, sample.address, "phone", language)
    name = f"鲍示{'月' if office_size == 'phone' else '星'}{len(language)}"
    declare(phone, link_of(office), name)
    second = person(chromium, sample.address, office_size, language, sessions[SECOND])
    entry = confirm(second, name)
    own = phone.page.url
    phone.page.goto(own)
    expect(phone.page.locator("#read-title + ul li")).to_have_count(1)
    phone.picture("member-own")
    fits(phone)
    phone.page.fill("#hours-title + form [name=hours]", "1.5")
    phone.page.locator("#hours-title + form button").click()
    expect(phone.page.locator("dl.facts")).to_contain_text("1.5")
    phone.page.locator("form[action$='/withdraw/']").locator("xpath=..").locator("summary").click()
    phone.page.locator("form[action$='/withdraw/'] button").click()
    phone.page.wait_for_url("**/members/left/")
    phone.picture("member-left")
    assert office.page.goto(entry).status == 404  # type: ignore[union-attr]
    faults = [
        fault
        for fault in office.faults + second.faults + phone.faults
        if "404" not in fault and "422" not in fault
    ]
    assert faults == []


def link_of(office: Person) -> str:
    """Make a sheet of links from the register's page; return the first link."""
    page = office.page
    page.goto("/office/members/")
    office.picture("members-register")
    fits(office)
    page.locator("a[href='/office/members/invite/']").click()
    page.fill("#id_places", "2")
    office.picture("members-invite")
    fits(office)
    page.locator("button[name=sheet]").click()
    links = page.locator(".invitations p.number")
    expect(links).to_have_count(2)
    office.picture("members-sheet")
    fits(office)
    return links.first.inner_text()


def declare(phone: Person, link: str, name: str) -> None:
    """Read what is kept and declare, with a telephone that is none at first."""
    page = phone.page
    page.goto(link)
    phone.picture("member-join")
    fits(phone)
    page.fill("#id_name", name)
    page.fill("#id_phone", "1380000")
    page.locator("[name=party][value=yes]").check()
    page.select_option("#id_grid", index=2)
    page.locator("[name=offers]").first.check()
    page.locator("[name=own_will]").check()
    page.locator("main form button.btn-primary").click()
    expect(page.locator(".errors, .errorlist").first).to_be_visible()
    phone.picture("member-refused")
    page.fill("#id_phone", "13800001234")
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/members/own/*/")
    expect(page.locator("main")).to_contain_text(name)


def confirm(office: Person, name: str) -> str:
    """Open the name of the newest declaration, confirm it, and look at register and pool; return its page."""
    page = office.page
    page.goto("/office/members/waiting/")
    office.picture("members-waiting")
    fits(office)
    page.locator("ul.rows a.title").last.click()
    expect(page.locator("main")).not_to_contain_text(name)
    entry = page.url
    page.locator("form[action$='/open/'] button").click()
    expect(page.locator("dl.facts")).to_contain_text(name)
    office.picture("members-open")
    fits(office)
    page.locator("form[action$='/confirm/'] button").click()
    page.wait_for_url("**/members/waiting/")
    page.goto(entry)
    office.picture("members-entry")
    page.goto("/office/members/reserve/")
    office.picture("members-reserve")
    fits(office)
    return entry
