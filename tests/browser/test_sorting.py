"""What was sorted as violence stays sealed until it was read and released with a reason (P4)."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import person, tell_place
from tests.browser.test_sealed import DISTRICT, act, read_words
from tests.program import Running

pytestmark = pytest.mark.browser

CENTRE = "综治中心(网格化服务管理中心)"
WORDS = "楼下的旧沙发挡住过道，请清运大件垃圾"
WHY = "民警到场核实：双方只是争吵，没有动手，报警人同意先期调解。"


def report(page: Page) -> None:
    """Report something harmless as a resident does."""
    tell_place(page, "01.2", WORDS, "玉兰华庭")
    page.locator("button[name=anonymous]").click()
    page.wait_for_url("**/m/*/")


def choose(page: Page, category: str) -> None:
    """Choose a category in the form that corrects it, opened where it is not."""
    form = page.locator("details:has(form[action$='/sort/'])")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    form.locator("select").select_option(category)


def send(page: Page) -> None:
    """Press the form's button."""
    page.locator("form[action$='/sort/'] button.btn").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_what_was_sorted_as_violence_is_a_quarrel_only_once_read_and_released(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str
) -> None:
    report(person(chromium, sample.address, "phone").page)
    street = person(chromium, sample.address, size, session=sessions[CENTRE])
    page = street.page
    page.goto(f"/office/matters/?state=new&text={WORDS}")
    page.locator("[data-row] a").first.click()
    expect(page.locator("#id_sort_reason")).to_have_count(0)
    choose(page, "05.6")
    send(page)
    choose(page, "05.1")
    send(page)
    expect(page.locator("main")).to_contain_text("待专人查看")
    shown = page.url
    act(page, "ask_release", WHY)
    expect(page.locator("main .error, main .errors").first).to_be_visible()
    street.picture("release-asks-to-read")
    page.goto(shown)
    read_words(page)
    act(page, "ask_release", WHY)
    expect(page.locator(".timeline li").last).to_contain_text(WHY)
    second = person(chromium, sample.address, size, session=sessions[DISTRICT])
    second.page.goto(shown)
    read_words(second.page)
    act(second.page, "release", WHY)
    expect(second.page.locator(".timeline li").last).to_contain_text(WHY)
    second.picture("sorting-told-why")
    assert [fault for fault in (*street.faults, *second.faults) if "422" not in fault] == []
