"""Danger and complaints in a real browser: asked with one press, sealed and released; a shared phone (P4)."""

import re

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Person, act, person
from tests.browser.test_ahead import fits
from tests.program import Running

pytestmark = pytest.mark.browser

DISTRICT = "区(市)县、市网格中心"
JUDGED = {"zh-hans": "转为普通事项办理", "en": "it goes on as an ordinary matter"}
WORKER, CHIEF, CENTRE = "微网格员", "总网格长", "综治中心(网格化服务管理中心)"
HARMLESS = re.compile(r"https://www\.weather\.com\.cn/")


def read_words(page: Page) -> None:
    """Open the words of the matter shown, on record, as whoever releases it must have, and come back."""
    shown = page.url
    form = page.locator("form[action$='/reveal/words/']")
    form.locator("[name=reason]").fill("查看是否有危险")
    form.locator("button.btn").click()
    page.wait_for_load_state()
    page.goto(shown)


def told(page: Page, words: str, danger: str, category: str = "") -> None:
    """Say what it is about and answer whether anybody is in danger."""
    page.goto(f"/report/?c={category}" if category else "/report/")
    page.fill("#id_words", words)
    page.locator(f"button[name=danger][value={danger}]").click()
    page.wait_for_load_state()


def placed_and_sent(page: Page) -> str:
    """Choose a compound and send without a name; returns the tracking code."""
    page.wait_for_url("**/report/place/?d=*")
    page.locator("#id_q").press_sequentially("玉兰华庭")
    page.locator("#places button").first.click()
    page.wait_for_url("**/report/contact/?d=*")
    page.locator("button[name=anonymous]").click()
    page.locator("#code").wait_for()
    return page.locator("#code").inner_text()


def waiting(page: Page) -> set[str]:
    """Return the numbers of the sealed matters that wait for trained staff; numbers tell no order."""
    page.goto("/office/matters/?kind=guarded&state=new")
    found = (number.strip() for number in page.locator("[data-row] a").all_inner_texts())
    return {number for number in found if re.fullmatch(r"\d{8}-\d+", number)}


def opened_new(page: Page, before: set[str]) -> str:
    """Open the one sealed matter that came in since; returns its number."""
    (number,) = waiting(page) - before
    page.goto(f"/office/matters/{number}/")
    return number


def test_who_cannot_talk_texts_the_police_and_leaves_nothing_on_the_phone(
    sample: Running, chromium: Browser, sessions: dict[str, str]
) -> None:
    centre = person(chromium, sample.address, "desktop", session=sessions[CENTRE])
    before = waiting(centre.page)
    resident = person(chromium, sample.address, "phone")
    page = resident.page
    told(page, "楼上又吵起来了", "cannot_talk", "05.4")
    href = page.locator("a[href^='sms:12110']").first.get_attribute("href") or ""
    assert "body=" in href
    resident.picture("emergency-cannot-talk")
    fits(resident)
    page.locator("button[name=emergency][value=called]").click()
    page.wait_for_url("**/report/place/?d=*")
    page.locator("#id_q").press_sequentially("玉兰华庭")
    page.locator("#places button").first.click()
    page.wait_for_url("**/report/contact/?d=*")
    expect(page.locator("#id_keep_here")).not_to_be_checked()
    page.fill("#id_phone", "13812345678")
    page.fill("#id_callback", "工作日上午，先发短信")
    resident.picture("contact-sealed")
    fits(resident)
    page.locator("form .btn-primary", has_text="提交").click()
    page.locator("#code").wait_for()
    expect(page.locator("h1")).to_have_text("封存的诉求")
    resident.picture("tracking-sealed")
    fits(resident)
    page.goto("/my/")
    expect(page.locator("main .choices")).to_have_count(0)

    number = opened_new(centre.page, before)
    expect(centre.page.locator("main")).to_contain_text("不要直接回拨")
    centre.picture("matter-sealed")
    worker = person(chromium, sample.address, "phone", session=sessions[WORKER])
    answer = worker.page.goto(f"/office/matters/{number}/")
    assert answer and answer.status == 404
    assert resident.faults == [] and centre.faults == []


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_alarm_that_was_dismissed_is_sealed_and_released(
    sample: Running, chromium: Browser, sessions: dict[str, str], language: str
) -> None:
    centre = person(chromium, sample.address, "desktop", session=sessions[CENTRE])
    before = waiting(centre.page)
    resident = person(chromium, sample.address, "desktop", language)
    page = resident.page
    told(page, "邻居说他打我，其实是在开玩笑，就是晚上太吵", "none", "05.4")
    expect(page.locator("a[href='tel:110']").first).to_be_visible()
    resident.picture("emergency-dismissed")
    page.locator("button[name=emergency][value=none]").click()
    page.locator("button[name=hurt][value=no]").click()
    code = placed_and_sent(page)

    opened_new(centre.page, before)
    read_words(centre.page)
    act(centre.page, "ask_release", "看过了，是玩笑话，按噪声处理")
    second = person(chromium, sample.address, "desktop", session=sessions[DISTRICT])
    second.page.goto(centre.page.url)
    read_words(second.page)
    second.page.locator("details:has(form[action$='/release/']) summary").click()
    second.page.locator("form[action$='/release/'] select").select_option("02.1")  # noise might be mediated
    act(second.page, "release", "核实过，是误报")
    page.goto(f"/m/{code}/")
    expect(page.locator("main")).to_contain_text(JUDGED[language])
    assert "误报" not in page.content() and "玩笑话，按" not in page.content(), "notes are the office's own"
    expect(page.locator("h1")).not_to_have_text(re.compile("封存|sealed"))
    resident.picture("tracking-released")
    assert resident.faults == [] and centre.faults == []


def test_a_complaint_under_a_wrong_category_stays_out_of_the_chains_sight(
    sample: Running, chromium: Browser, sessions: dict[str, str]
) -> None:
    centre = person(chromium, sample.address, "desktop", session=sessions[CENTRE])
    before = waiting(centre.page)
    resident = person(chromium, sample.address, "phone")
    page = resident.page
    page.goto("/report/?c=11.2")
    page.fill("#id_words", "微网格员收了钱不办事，态度很差")
    page.locator("#heard summary").click()
    page.locator("#heard input[name=category][value='11.2']").check()  # what is heard would be the right one
    page.locator("button[name=danger][value=none]").click()
    page.wait_for_url("**/report/who/?d=*")
    resident.picture("about-staff")
    fits(resident)
    page.locator("button[name=about][value=no]").click()
    placed_and_sent(page)
    number = opened_new(centre.page, before)
    for role in (WORKER, CHIEF):
        other = person(chromium, sample.address, "phone", session=sessions[role])
        answer = other.page.goto(f"/office/matters/{number}/")
        assert answer and answer.status == 404
        other.page.goto(f"/office/matters/?state=all&text={number}")
        expect(other.page.locator(f"a[href*='/matters/{number}']")).to_have_count(0)


def test_words_typed_before_the_line_brought_htmx_are_heard(sample: Running, chromium: Browser) -> None:
    page = person(chromium, sample.address, "phone").page
    held: list[Route] = []
    page.route("**/htmx*.js", lambda route: held.append(route))
    page.goto("/report/")
    page.fill("#id_words", "我老公又动手打我")
    page.wait_for_timeout(600)
    expect(page.locator("#heard a[href='tel:110']")).to_have_count(0)
    assert held, "htmx is not a file of its own any more"
    for route in held:
        route.continue_()
    expect(page.locator("#heard a[href='tel:110']").first).to_be_visible()


@pytest.mark.parametrize("way", ["press", "escape"])
def test_the_way_out_takes_the_place_of_the_page(sample: Running, chromium: Browser, way: str) -> None:
    resident = person(chromium, sample.address, "phone")
    page = resident.page
    resident.context.route("**/end/", weather)  # the service worker asks for it too
    told(page, "他打我，我很怕", "yes")
    leave(resident, way)
    expect(page.locator("h1")).to_have_text("天气")
    page.go_back()
    page.wait_for_load_state()
    assert "他打我" not in page.content() and "/report/next/" not in page.url


@pytest.mark.parametrize("way", ["press", "escape"])
def test_after_the_way_out_back_shows_no_draft_of_this_phone(
    empty: Running, chromium: Browser, way: str
) -> None:
    resident = person(chromium, empty.address, "phone")
    page, said = resident.page, ["他又打我了我很怕", "楼道的灯坏了很久"]
    resident.context.route("**/end/", weather)  # the service worker asks for it too
    told(page, said[0], "yes")
    told(page, said[1], "none")
    page.go_back()
    page.wait_for_load_state()
    assert said[1] in page.content()
    leave(resident, way)
    expect(page.locator("h1")).to_have_text("天气")
    for _ in range(2):
        page.go_back()
        page.wait_for_load_state()
        typed = page.evaluate("[...document.querySelectorAll('textarea, input')].map((field) => field.value)")
        shown = page.content() + " ".join(typed)
        assert not [each for each in said if each in shown], page.url


COVERED = """() => {
  const out = document.querySelector('.quick-exit').getBoundingClientRect();
  const over = ({ left, right, top, bottom }) =>
    left < out.right && right > out.left && top < out.bottom && bottom > out.top;
  return [...document.querySelectorAll('main :is(.btn, button, summary, .calls a), footer a, header button')]
    .filter((one) => !one.closest('.way-out'))
    .filter((one) => { const text = document.createRange(); text.selectNodeContents(one);
      return [...text.getClientRects()].some(over); })
    .map((one) => one.textContent.trim());
}"""


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_way_out_covers_the_text_of_no_button(empty: Running, chromium: Browser, language: str) -> None:
    resident = person(chromium, empty.address, "phone", language)
    page = resident.page

    def look(name: str) -> None:
        fits(resident)
        assert page.evaluate(COVERED) == [], name
        resident.keep(f"way-out-{name}")
        way_out, column = (page.locator(each).bounding_box() for each in (".quick-exit", "main"))
        assert way_out and column and way_out["x"] + way_out["width"] <= column["x"] + column["width"], name
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        expect(page.locator(".quick-exit")).to_be_in_viewport(ratio=1)

    page.goto("/report/?c=05.4")
    look("words")
    told(page, "他打我，我很怕", "none")
    page.wait_for_url("**/report/next/?d=*")
    look("emergency")
    page.goto("/report/?c=11.2")
    page.fill("#id_words", "微网格员收了钱不办事，态度很差")
    page.locator("#heard summary").click()
    page.locator("#heard input[name=category][value='11.2']").check()  # what is heard would be the right one
    page.locator("button[name=danger][value=none]").click()
    page.wait_for_url("**/report/who/?d=*")
    look("staff")
    told(page, "楼上天天半夜跳舞吵人", "none", "05.4")
    page.wait_for_url("**/report/more/?d=*")
    look("hurt")
    told(page, "楼上又吵起来了", "cannot_talk", "05.4")
    look("cannot-talk")


def leave(resident: Person, way: str) -> None:
    """Leave quickly."""
    if way == "press":
        resident.page.locator("[data-quick-exit]").click()
    else:
        resident.page.keyboard.press("Escape")
        resident.page.keyboard.press("Escape")
    resident.page.wait_for_url("**/end/")


def weather(route: Route) -> None:
    """Answer in the place of the harmless page, to which the program leads: tests stay on this machine."""
    answer = route.fetch(max_redirects=0)
    assert answer.status == 302 and HARMLESS.match(answer.headers["location"])
    route.fulfill(content_type="text/html; charset=utf-8", body="<h1>天气</h1>")


def test_what_was_removed_from_the_device_does_not_come_back(sample: Running, chromium: Browser) -> None:
    resident = person(chromium, sample.address, "phone")
    page = resident.page
    told(page, "三单元的路灯不亮了很久", "none", "02.1")
    placed_and_sent(page)
    expect(page.locator("main")).to_contain_text("三单元的路灯不亮了很久")
    page.locator("form[action$='/forget/'] button").click()
    page.wait_for_url("**/my/")
    page.go_back()
    page.wait_for_load_state()
    assert "三单元的路灯不亮了很久" not in page.content()


@pytest.mark.parametrize(("category", "most"), [("02.1", 5), ("05.4", 7)])
def test_from_the_first_page_to_the_code_in_few_presses(
    sample: Running, chromium: Browser, category: str, most: int
) -> None:
    resident = person(chromium, sample.address, "phone")
    page, words = resident.page, {"02.1": "楼道灯坏了不亮", "05.4": "隔壁半夜打麻将，吵得睡不着"}[category]
    pressed = 0

    def press(where: str) -> None:
        nonlocal pressed
        page.locator(where).first.click()
        page.wait_for_load_state()
        pressed += 1

    page.goto("/")
    press("a[href^='/report/']")
    page.fill("#id_words", words)
    expect(page.locator("#heard input[name=category]").first).to_be_checked()
    press("button[name=danger][value=none]")
    if category == "05.4":
        press("button[name=hurt][value=no]")
    page.locator("#id_q").press_sequentially("玉兰华庭")
    press("#places button")
    page.wait_for_url(re.compile("/report/(contact|known)/"))
    if "/known/" in page.url:
        press("main .actions a.btn")
    press("button[name=anonymous]")
    page.locator("#code").wait_for()
    assert pressed <= most
