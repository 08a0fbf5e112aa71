"""The main job, played in a real browser: from an imported map to a resident who says "solved"."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Person, act, person
from tests.browser.signing_in import sign_in_first_time
from tests.program import Running

pytestmark = pytest.mark.browser

UNITS = Path(__file__).parents[3] / "shared" / "data" / "units"
STREET = "990101001000"
PASSWORD = "a-long-first-password"


@dataclass(frozen=True, slots=True)
class Town:
    """The program with the old town of Suzhou divided, and the session of its street officer."""

    running: Running
    officer: Person
    community: str
    address: str


@pytest.fixture(scope="module")
def town(empty: Running, chromium: Browser) -> Town:
    """Import the shared buildings, and let the street propose and decide the division in the browser."""
    units = UNITS / "suzhou_units.geojson"
    if not units.exists():
        pytest.skip("the shared data is absent: ../shared/data/units")
    barriers, areas = (str(UNITS / f"suzhou_{name}.geojson") for name in ("barriers", "areas"))
    empty.shige("import", "units", str(units), "--barriers", barriers, "--areas", areas)
    made = empty.shige(
        "user", "add", "officer", "--name", "街道干事", "--role", "street_officer", "--area", STREET
    )
    first = json.loads(units.read_text())["features"][0]["properties"]
    officer = person(chromium, empty.address)
    sign_in_first_time(officer.page, made, "officer", PASSWORD)
    propose_and_decide(officer)
    return Town(empty, officer, first["community"], first["address"])


def propose_and_decide(officer: Person) -> None:
    """Have a plan computed, look at it, and decide it from today."""
    page = officer.page
    page.goto("/plans/")
    page.locator("select[name=scope]").select_option(index=1)
    page.locator("main form button.btn-primary").first.click()
    page.wait_for_selector("form[action$='/decide/']", timeout=180_000)
    officer.picture("plan-proposed")
    page.locator("form[action$='/decide/'] button").first.click()
    page.wait_for_load_state()
    page.goto("/map/")
    expect(page.locator("[hx-get$='?drawing']")).to_have_count(0, timeout=60_000)
    page.wait_for_selector("#map[data-drawn]", timeout=60_000)
    officer.picture("map-divided")
    assert not officer.faults


def add_staff(town: Town, username: str, role: str, area: str) -> str:
    """Give an area somebody in a post; return what the command has said."""
    return town.running.shige("user", "add", username, "--name", username, "--role", role, "--area", area)


def report(resident: Person, words: str, address: str) -> str:
    """File a matter as a resident does, in at most four taps after the words; returns the code."""
    page = resident.page
    page.goto("/")
    resident.picture("home")
    page.goto("/report/")
    page.fill("#id_words", words)
    page.locator("#heard summary").click()
    page.locator("#heard input[name=category][value='']").check()  # else what is heard skips the next screen
    page.locator("button[name=danger][value=none]").click()
    page.wait_for_url("**/report/category/?d=*")
    resident.picture("report-category")
    page.locator("button[name=category]").first.click()
    page.wait_for_url("**/report/place/?d=*")
    page.locator("#id_q").press_sequentially(address)
    page.locator("#places button").first.wait_for()
    resident.picture("report-place")
    page.locator("#places button").first.click()
    page.wait_for_url(re.compile(r"/report/(known|contact)/"))
    if "/known/" in page.url:  # whoever reported here before may have had the same trouble
        resident.picture("report-known")
        page.locator("main a[href='/report/contact/']").click()
        page.wait_for_url("**/report/contact/?d=*")
    resident.picture("report-contact")
    page.locator("button[name=anonymous]").click()
    page.wait_for_url(re.compile(r"/m/[^/]+/"))
    resident.picture("tracking-new")
    with page.expect_download() as card:
        page.locator("a[data-card]").click()
    assert Path(card.value.path()).read_bytes().startswith(b"\x89PNG")
    expect(page.locator("figure img[src^='data:image/png']")).to_be_visible()
    resident.picture("tracking-card")
    return page.locator("#code").inner_text()


def handle(worker: Person, words: str) -> None:
    """Find the matter in one's own list, take it, note what was done, and report it solved."""
    page = worker.page
    page.goto("/office/")
    worker.picture("today")
    page.goto("/office/matters/?mine=on")
    page.locator("[data-row]", has_text=words[:6]).first.locator("a").first.click()
    page.locator("form[action$='/take/'] button").click()
    act(page, "note", "已到现场查看。")
    worker.picture("matter-in-hand")
    act(page, "solve", "已清理完毕，并加装了夜间照明。")
    worker.picture("matter-solved")


@pytest.mark.parametrize(
    ("language", "resident_size", "worker_size"),
    [("zh-hans", "phone", "desktop"), ("en", "desktop", "phone")],
)
def test_a_matter_goes_from_its_first_word_to_solved(
    town: Town, chromium: Browser, language: str, resident_size: str, worker_size: str
) -> None:
    username = f"chief-{language}"
    made = add_staff(town, username, "community_chief", town.community)
    resident = person(chromium, town.running.address, resident_size, language)
    words = {"zh-hans": "楼下路灯坏了三天，晚上看不清路", "en": "路灯不亮 the street light is broken"}[
        language
    ]
    code = report(resident, words, town.address)
    expect(resident.page.locator(".state")).to_be_visible()

    worker = person(chromium, town.running.address, worker_size, language)
    sign_in_first_time(worker.page, made, username, PASSWORD)
    handle(worker, words)

    resident.page.goto(f"/m/{code}/")
    resident.picture("tracking-to-confirm")
    sizes = [each.bounding_box() for each in resident.page.locator(".verdict .btn").all()]
    assert len({(box["width"], box["height"]) for box in sizes if box}) == 1 and len(sizes) == 2
    resident.page.locator("form:has(input[value=solved]) button").click()
    expect(resident.page.locator(".state-closed")).to_be_visible()
    resident.picture("tracking-rate")
    resident.page.locator("input[name=rating][value='5']").check()
    resident.page.locator("form:has(input[value=rate]) button").click()
    expect(resident.page.locator("[name=rating]")).to_have_count(0)
    resident.picture("tracking-closed")

    town.officer.page.goto("/figures/")
    town.officer.picture("figures")
    assert resident.faults == [] and worker.faults == [] and town.officer.faults == []


def test_what_is_not_solved_goes_back(town: Town, chromium: Browser) -> None:
    made = add_staff(town, "chief-again", "community_chief", town.community)
    resident = person(chromium, town.running.address, "phone")
    code = report(resident, "健身器材松动了，孩子玩很危险", town.address)
    worker = person(chromium, town.running.address)
    sign_in_first_time(worker.page, made, "chief-again", PASSWORD)
    handle(worker, "健身器材松动了")
    page = resident.page
    page.goto(f"/m/{code}/")
    page.locator(".verdict a").click()
    page.locator("#not-solved [name=reason]").fill("还有一个没修")
    page.locator("#not-solved button").click()
    expect(page.locator(".state-in_hand, .state-reopened")).to_be_visible()


@pytest.mark.parametrize("words", ["楼道里有煤气味", "有人被困电梯", "他打我"])
def test_danger_shows_the_number_to_call_before_anything_else(
    town: Town, chromium: Browser, words: str
) -> None:
    resident = person(chromium, town.running.address, "phone")
    page = resident.page
    page.goto("/report/")
    page.locator("#id_words").press_sequentially(words, delay=20)
    expect(page.locator("#heard a[href^='tel:']").first).to_be_visible()
    page.locator("button[name=danger][value=none]").click()
    page.wait_for_url("**/report/next/?d=*")
    expect(page.locator("a[href^='tel:']").first).to_be_visible()
    resident.picture(f"emergency-{len(words)}")
