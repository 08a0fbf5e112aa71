"""Opinion notes, the counter and the desk in a real browser (R40, R42, P2)."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Person, drawn, person
from tests.browser.test_mediation import fits
from tests.program import Running

pytestmark = pytest.mark.browser

WORKER, FULLTIME, CHIEF = "微网格员", "专职网格员", "总网格长"
CENTRE = "综治中心(网格化服务管理中心)"
SIZES = [("desktop", "phone"), ("phone", "desktop")]
WORDS = "早高峰公交站台太挤，希望加开区间车，并在雨天设遮雨棚。"


@pytest.mark.parametrize(("worker_size", "office_size"), SIZES)
def test_a_note_is_heard_again_and_answered(
    sample: Running, chromium: Browser, sessions: dict[str, str], worker_size: str, office_size: str
) -> None:
    words = f"{WORDS}({worker_size})"
    worker = person(chromium, sample.address, worker_size, session=sessions[WORKER])
    note = write(worker, words)
    hear(person(chromium, sample.address, worker_size, session=sessions[FULLTIME]), note)
    office = person(chromium, sample.address, office_size, session=sessions[CHIEF])
    answer(office, note)
    worker.page.goto("/messages/")
    worker.page.locator("main a[href^='/messages/']").first.click()
    expect(worker.page.locator("main")).to_contain_text("公交公司答复：下月起早高峰加开区间车。")
    worker.picture("opinion-answered")
    fits(worker)
    assert [fault for fault in worker.faults if "422" not in fault] == office.faults == []


def write(worker: Person, words: str) -> str:
    """Write a note from the first page at work; a person in it is refused. Returns its address."""
    page = worker.page
    page.goto("/office/")
    worker.picture("today-shortcuts")
    page.locator("a[href='/office/opinions/new/']").click()
    page.select_option("#id_theme", label="交通出行")
    page.fill("#id_words", f"{words}王阿姨说的")
    page.locator("main form button.btn-primary").click()
    expect(page.locator(".errors")).to_contain_text("王阿姨")
    worker.picture("opinion-refused")
    fits(worker)
    page.fill("#id_words", words)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url("**/office/opinions/*/")
    worker.picture("opinion-written")
    return page.url.removeprefix(page.url.split("/office/")[0])


def hear(other: Person, note: str) -> None:
    """Count the same from the list."""
    page = other.page
    page.goto("/office/opinions/")
    page.locator(f"form[action='{note}hear/'] button").click()
    page.wait_for_url(f"**{note}")
    expect(page.locator("main")).to_contain_text("听到 2 次")
    expect(page.locator(f"form[action='{note}hear/']")).to_have_count(0)
    page.goto("/office/opinions/")
    other.picture("opinions-of-worker")
    fits(other)
    assert other.faults == []


def answer(office: Person, note: str) -> None:
    """See what is rising, follow the note up and answer it."""
    page = office.page
    page.goto("/office/opinions/")
    office.picture("opinions-of-office")
    fits(office)
    page.locator(f"a[href='{note}']").click()
    say(page, "follow", "向公交公司反映早高峰客流。")
    office.picture("opinion-followed")
    say(page, "answer", "公交公司答复：下月起早高峰加开区间车。")
    expect(page.locator(".state-answered")).to_be_visible()
    fits(office)


def say(page: Page, action: str, note: str) -> None:
    """Carry out an action that asks for a note."""
    deed = page.locator(f"details:has(form[action$='/{action}/'])")
    deed.locator("summary").click()
    deed.locator("textarea").fill(note)
    deed.locator("form button").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_note_becomes_a_matter(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str
) -> None:
    office = person(chromium, sample.address, size, session=sessions[CHIEF])
    page = office.page
    page.goto("/office/opinions/?state=noted")
    page.locator(".opinions a.title").first.click()
    page.locator("a[href*='?note=']").click()
    drawn(page)
    office.picture("counter-from-note")
    fits(office)
    page.locator("main form.counter button.btn-primary").click()
    page.wait_for_url("**/office/opinions/*/")
    expect(page.locator("dd a.number")).to_be_visible()
    office.picture("opinion-with-matter")
    assert office.faults == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_walk_in_is_registered_and_takes_a_code_away(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str
) -> None:
    centre = person(chromium, sample.address, size, session=sessions[CENTRE])
    page = centre.page
    page.goto("/office/desk/")
    centre.picture("desk")
    fits(centre)
    page.locator("main .shortcuts a").click()
    page.locator("#id_words").press_sequentially("楼道里有煤气味", delay=20)
    expect(page.locator("#heard a[href^='tel:']").first).to_be_visible()
    page.fill("#id_words", f"{size}：楼下垃圾桶满了三天没人清运")
    page.locator("#heard input[type=radio]").first.wait_for(state="attached")
    page.locator("#id_q").press_sequentially("玉兰")
    page.locator("#places input[type=radio]").first.check()
    page.fill("#id_phone", "13900000088")
    drawn(page)
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".errors")).to_be_visible()
    centre.picture("counter-without-consent")
    fits(centre)
    page.locator("#id_consent").check()
    page.get_by_role("button", name="登记", exact=True).click()
    code = page.locator("#code").inner_text()
    centre.picture("counter-receipt")
    fits(centre)
    page.emulate_media(media="print")
    centre.picture("counter-receipt-printed")
    resident = person(chromium, sample.address, "phone")
    resident.page.goto(f"/m/{code}/")
    expect(resident.page.locator("main")).to_contain_text("垃圾清运")
    assert [fault for fault in centre.faults if "422" not in fault] == []


def numbers_of_desk(page: Page) -> list[list[str]]:
    """Return the addresses behind the numbers of the desk, each with its number."""
    page.goto("/office/desk/")
    found: list[list[str]] = page.locator(".tally a[href^='/office/matters/?']").evaluate_all(
        "links => links.map(link => [link.getAttribute('href'), link.querySelector('b').innerText])"
    )
    return found


def is_listed(page: Page, at: int) -> bool:
    """Say whether a number opens as many rows or a full page; others work on the same sample meanwhile."""
    address, number = numbers_of_desk(page)[at]
    page.goto(address)
    listed = page.locator("[data-row]").count()
    return listed == int(number) or (listed < int(number) and page.locator("nav.pager a").count() > 0)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_every_number_of_the_desk_leads_to_its_list(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str
) -> None:
    centre = person(chromium, sample.address, size, session=sessions[CENTRE])
    page = centre.page
    kinds = numbers_of_desk(page)
    assert len(kinds) == 10
    for at in range(len(kinds)):
        assert any(is_listed(page, at) for _attempt in range(3)), kinds[at]
        fits(centre)
    page.goto(max(kinds, key=lambda kind: int(kind[1]))[0])
    centre.picture("desk-list")
    page.locator("[data-row] input[type=checkbox]").first.check()
    page.locator("#assign button").click()
    page.wait_for_url("**/office/matters/assign/**")
    page.goto("/office/desk/")
    page.locator("a[href*='show=vacant']").first.click()
    expect(page.locator("main")).to_contain_text("岗位空缺")
    centre.picture("team-vacant-of-community")
    assert centre.faults == []


def test_an_emergency_stands_before_the_form(
    sample: Running, chromium: Browser, sessions: dict[str, str]
) -> None:
    worker = person(chromium, sample.address, "phone", session=sessions[WORKER])
    page = worker.page
    page.goto("/office/matters/new/")
    page.fill("#id_words", "有人被困电梯")
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator(".emergency a[href^='tel:']").first).to_be_visible()
    worker.picture("counter-emergency")
    fits(worker)
    page.locator("button[name=emergency][value=called]").click()
    expect(page.locator(".errors")).to_be_visible()
    worker.picture("counter-after-the-call")
