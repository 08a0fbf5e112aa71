"""Plans in a real browser: proposed with sliders, changed on the map, compared, submitted and decided."""

from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Browser, Page, TimeoutError, expect

from tests.browser.conftest import Person, person
from tests.browser.test_every_page import CHIEF, OFFICER
from tests.program import Running

pytestmark = pytest.mark.browser

SPREAD = range(-220, 221, 20)
"""Pixels around the middle of the map, where a building is sought."""


@pytest.fixture(scope="module")
def chief(sample: Running, chromium: Browser, sessions: dict[str, str]) -> Iterator[Person]:
    """The chief of a community."""
    found = person(chromium, sample.address, session=sessions[CHIEF])
    yield found
    found.context.close()


@pytest.fixture(scope="module")
def officer(sample: Running, chromium: Browser, sessions: dict[str, str]) -> Iterator[Person]:
    """An officer of the street."""
    found = person(chromium, sample.address, session=sessions[OFFICER])
    yield found
    found.context.close()


def propose(page: Page, target: int) -> str:
    """Have a plan of the own community computed with another target; return its address."""
    page.goto("/plans/")
    page.locator("select[name=scope]").select_option(index=1)
    page.locator("details.settings summary").click()
    page.locator("input[name=micro_target]").fill(str(target))
    expect(page.locator("input[name=micro_target] + output")).to_have_text(str(target))
    page.locator("main form button.btn-primary").first.click()
    page.wait_for_selector("[data-plan-map][data-drawn]", timeout=180_000)
    return page.url


def press_a_building(page: Page) -> None:
    """Press the map around its middle until a building is met."""
    box = page.locator("[data-plan-map] canvas").bounding_box()
    assert box
    for right in SPREAD:
        for down in SPREAD:
            page.mouse.click(box["x"] + box["width"] / 2 + right, box["y"] + box["height"] / 2 + down)
            with suppress(TimeoutError):
                page.locator("#move input[name=target]").first.wait_for(timeout=1000)
                return
    pytest.fail("no building was met")


def test_a_plan_is_drawn_changed_compared_submitted_and_decided(chief: Person, officer: Person) -> None:
    page = chief.page
    first = propose(page, 60)
    expect(page.locator(".differences li")).to_have_count(1)
    chief.picture("plan-map")

    press_a_building(page)
    page.locator("#move input[name=target]").first.check()
    expect(page.locator(".move-said strong").first).to_be_visible()
    chief.picture("plan-move")
    page.locator("[data-move-form] button.btn-primary").click()
    expect(page.locator(".plan-history li")).to_have_count(1)
    page.locator("[data-sides] input[value=before]").check()
    page.locator("[data-sides] input[value=after]").check()

    propose(page, 90)
    page.locator("select[name=other]").select_option(first.rstrip("/").rsplit("/", 1)[1])
    page.locator(".compare button").click()
    expect(page.locator("[data-plan-map][data-drawn]")).to_have_count(2, timeout=60_000)
    chief.picture("plan-compare")

    page.goto(first)
    page.locator("form[action$='/submit/'] button").click()
    expect(page.locator("#by-hand")).to_have_count(0)
    officer.page.goto(first)
    officer.page.locator("details summary", has_text="退回").click()
    officer.page.fill("input[name=reason]", "请核对临河楼栋")
    officer.page.locator("form[action$='/refuse/'] button").click()
    page.goto(first)
    expect(page.locator("main")).to_contain_text("请核对临河楼栋")
    page.locator("form[action$='/submit/'] button").click()
    officer.page.goto(first)
    officer.page.locator("form[action$='/decide/'] button").first.click()
    officer.page.wait_for_load_state()
    expect(officer.page.locator(".page-head")).to_contain_text("已审定")
    officer.picture("plan-decided")
    assert chief.faults == [] and officer.faults == []


def draw_a_border(page: Page) -> None:
    """Press three points across the middle of the map, take one more back, and finish."""
    page.locator("[data-line=draw]").click()
    said = page.locator("[data-line-said]")
    expect(said).to_be_visible()
    canvas = page.locator("[data-plan-map] canvas")
    box = canvas.bounding_box()
    assert box
    for number, (right, down) in enumerate(((0.2, 0.45), (0.4, 0.54), (0.7, 0.48)), start=1):
        canvas.click(position={"x": box["width"] * right, "y": box["height"] * down})
        expect(said).to_contain_text(str(number))
    page.keyboard.press("Enter")
    expect(said).to_contain_text("4")
    page.keyboard.press("Backspace")
    expect(said).to_contain_text("3")


def test_a_border_is_drawn_computed_with_and_forgotten(chief: Person) -> None:
    page = chief.page
    propose(page, 75)
    draw_a_border(page)
    chief.picture("plan-border-drawn")
    page.locator("[data-line=finish]").click()
    expect(page.locator(".wishes li")).to_have_count(1)
    expect(page.locator(".flag-waiting")).to_have_count(1)
    page.locator("form[action$='/again/'] button").click()
    page.wait_for_selector("[data-plan-map][data-drawn]", timeout=180_000)
    expect(page.locator(".flag-waiting")).to_have_count(0)
    expect(page.locator(".wishes .meta .flag")).to_have_count(1)
    chief.picture("plan-border")
    page.locator("details summary", has_text="个网格有变化").click()
    page.locator("details[open] button[data-code]:not([data-gone])").last.click()
    expect(page.locator("#chosen-grid .rounds tbody tr")).to_have_count(2)
    chief.picture("plan-round")
    page.locator(".wishes button[name=wish]").click()
    expect(page.locator(".wishes li")).to_have_count(0)
    assert chief.faults == []


def test_a_border_that_is_none_is_refused_where_it_was_typed(chief: Person) -> None:
    page = chief.page
    page.locator("#draw-line summary").click()
    page.locator("#draw-line textarea").fill("104.06, 30.64")
    page.locator("#draw-line details button").click()
    expect(page.locator("#draw-line .errorlist")).to_be_visible()
    page.wait_for_selector("[data-plan-map][data-drawn]", timeout=60_000)
    expect(page.locator("#draw-line textarea")).to_have_value("104.06, 30.64")
    chief.picture("plan-border-refused")
    chief.faults.clear()  # the answer 422 is written into the console of the browser


def test_a_notice_sign_fills_one_sheet(officer: Person) -> None:
    page = officer.page
    page.goto("/signs/990103001001/")
    page.emulate_media(media="print")
    sheets = page.locator(".sign")
    heights = sheets.evaluate_all("signs => signs.map(sign => sign.scrollHeight - sign.clientHeight)")
    assert heights and max(heights) <= 1
    page.emulate_media(media="screen")
