"""A dispute as its people play it: the worker mediates and prints, somebody else comes back to ask (R24)."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SIZES, Person, person
from tests.browser.test_main_job import act
from tests.program import Running

pytestmark = pytest.mark.browser

WORKER, VISITOR, LEADER, CHIEF = "微网格员", "专职网格员", "镇(街道)负责人", "总网格长"


@pytest.mark.parametrize(
    ("language", "size", "visitor_size", "visit"),
    [("zh-hans", "phone", "desktop", "visit_ok"), ("en", "desktop", "phone", "visit_failed")],
)
def test_from_first_mediation_to_the_return_visit(
    sample: Running,
    chromium: Browser,
    sessions: dict[str, str],
    language: str,
    size: str,
    visitor_size: str,
    visit: str,
) -> None:
    worker = person(chromium, sample.address, size, language, sessions[WORKER])
    mediate(worker)
    fits(worker)
    print_agreement(worker)
    visitor = person(chromium, sample.address, visitor_size, language, sessions[VISITOR])
    come_back(visitor, visit)
    fits(visitor)
    assert worker.faults == visitor.faults == []


def mediate(worker: Person) -> None:
    """Take an open dispute of the own grid and bring it to an agreement."""
    page = worker.page
    page.goto("/office/matters/?mine=on&category=05")
    row = page.locator("[data-row]", has=page.locator(".state-new, .state-in_hand")).first
    row.locator("a").first.click()
    page.wait_for_url("**/office/matters/2*/")
    if page.locator("form[action$='/take/']").count():
        page.locator("form[action$='/take/'] button").click()
    page.fill("#id_note_text", "先到两家看过，再分别听了两边。")
    page.locator("form[action$='/mediation/note/'] button").click()
    write(page, "party", {"#id_party_name": "王先生", "#id_party_phone": "028-8555 0000"})
    write(page, "session", {"#id_session_where": "社区议事厅", "#id_session_others": "楼栋长"})
    due = (datetime.now(UTC).date() + timedelta(days=10)).isoformat()
    write(page, "promise", {"#id_promise_what": "两周内重做防水", "#id_promise_due": due})
    write(page, "agreement", {"#id_agreement_text": "一、乙方两周内重做防水。\n二、甲方自行粉刷。"})
    worker.picture("mediation-record")
    act(page, "agree", "双方达成协议，乙方两周内重做防水。")
    expect(page.locator(".state-follow_up").first).to_be_visible()
    worker.picture("mediation-agreed")


def write(page: Page, what: str, fields: dict[str, str]) -> None:
    """Open one entry of the record, fill it in and send it."""
    entry = page.locator(f"details:has(form[action$='/mediation/{what}/'])")
    entry.locator("summary").click()
    for field, said in fields.items():
        page.fill(field, said)
    entry.locator("form button").last.click()
    page.wait_for_load_state()


def print_agreement(worker: Person) -> None:
    """Open the agreement for printing, on record."""
    page = worker.page
    page.locator("a[href$='/agreement/']").click()
    page.fill("[name=reason]", "打印给双方签字")
    page.locator("main form button.btn-primary").click()
    expect(page.locator(".document")).to_contain_text("王先生")
    worker.picture("mediation-agreement")
    fits(worker)


def come_back(visitor: Person, visit: str) -> None:
    """Make a return visit that is due."""
    page = visitor.page
    page.goto("/office/visits/")
    visitor.picture("visits-due")
    page.locator("main .rows a.title").first.click()
    visitor.picture("visit-to-make")
    act(page, visit, "问了双方，情况如下。")
    expect(
        page.locator(".state-in_hand" if visit == "visit_failed" else ".state-follow_up").first
    ).to_be_visible()


def fits(somebody: Person) -> None:
    """Nothing scrolls sideways."""
    width = somebody.page.evaluate("document.documentElement.scrollWidth")
    assert width <= SIZES[somebody.size]["width"]


@pytest.mark.parametrize(("size", "language"), [("desktop", "zh-hans"), ("phone", "en")])
def test_the_leader_follows_the_plan_of_a_groups_claim(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str, language: str
) -> None:
    leader = person(chromium, sample.address, size, language, sessions[LEADER])
    page = leader.page
    page.goto("/office/disputes/")
    leader.picture("disputes-day")
    page.locator("#plans-title + .rows a.title").first.click()
    leader.picture("group-plan")
    fits(leader)
    page.locator("a[href$='/plan/print/']").click()
    expect(page.locator(".document")).to_contain_text("128")
    expect(page.locator(".document")).not_to_contain_text("158")  # no total beside a hidden count
    leader.picture("group-plan-print")
    assert leader.faults == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_leader_corrects_an_adopted_plan(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str
) -> None:
    leader = person(chromium, sample.address, size, session=sessions[LEADER])
    page = leader.page
    page.goto("/office/disputes/")
    page.locator("#plans-title + .rows a.title").first.click()
    plan = page.url
    page.locator("a[href*='/plan/measure/']").first.click()
    page.locator("#id_body").fill("劳动监察大队、街道司法所")
    page.locator("main form.panel .btn-primary").click()
    expect(page.locator(".errors")).to_be_visible()
    leader.picture("group-plan-correct")
    fits(leader)
    page.locator("#id_reason").fill(f"司法所一同介入（{size}）")
    page.locator("#id_what").fill(f"劳动监察介入，先行垫付一个月工资（{size}）")
    page.locator("main form.panel .btn-primary").click()
    page.wait_for_url(plan)
    expect(page.locator("main")).to_contain_text(f"（{size}）")
    expect(page.locator("main")).to_contain_text("已终止")
    leader.picture("group-plan-corrected")
    page.locator("a.back").click()
    expect(page.locator("main")).to_contain_text(f"司法所一同介入（{size}）")
    assert all("422" in fault for fault in leader.faults)
    leader.context.close()
