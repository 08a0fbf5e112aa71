"""Tasks in a real browser: the street gives one, the department does it, the street accepts it (R26)."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Person, act, drawn, person
from tests.program import Running

pytestmark = pytest.mark.browser

OFFICER, DEPARTMENT, COMPANY = "镇(街道)工作人员", "职能部门", "物业公司"
ACTION = "请到现场核查占道堆放，按职责处置，完成后拍照。"


def open_matter(page: Page) -> str:
    """Return the number of the first ordinary matter in hand of the street's list."""
    page.goto("/office/matters/?state=in_hand")
    return page.locator("[data-row]", has_not_text="保密件").locator("a").first.inner_text()


def give(street: Person) -> tuple[str, str]:
    """Split a task off for the first department; returns the numbers of the matter and of the task."""
    page = street.page
    number = open_matter(page)
    page.goto(f"/office/matters/{number}/")
    page.locator("a[href$='/give/']").click()
    page.locator("#id_action").fill(f"{ACTION}联系13812345678")
    choose_department(page)
    page.locator("#id_reason").fill("需与多个单位协调")
    page.locator("form.narrow button.btn-primary").click()
    expect(page.locator(".errors")).to_be_visible()
    street.picture("task-refused")
    page.locator("#id_action").fill(ACTION)
    page.locator("form.narrow button.btn-primary").click()
    page.wait_for_url(f"**/office/matters/{number}/")
    task = page.locator("a[href*='/office/tasks/']", has_text="请到现场核查占道堆放").last
    address = task.get_attribute("href") or ""
    return number, address.rstrip("/").rsplit("/", 1)[-1]


def choose_department(page: Page) -> None:
    """Choose the post of the city management, whose holder has the sample's link."""
    label = page.locator("#id_post option", has_text="玉兰中队").first.inner_text()
    page.locator("#id_post").select_option(label=label)


def test_a_task_goes_from_the_street_to_a_department_and_back(
    sample: Running, chromium: Browser, sessions: dict[str, str]
) -> None:
    street = person(chromium, sample.address, session=sessions[OFFICER])
    matter, task = give(street)
    street.picture("task-given")

    worker = person(chromium, sample.address, "phone", session=sessions[DEPARTMENT])
    page = worker.page
    page.goto("/office/tasks/")
    worker.picture("tasks-of-department")
    page.locator(f"a[href='/office/tasks/{task}/']").click()
    expect(page.locator("svg.watermark text").first).to_contain_text("玉兰中队")
    assert matter not in page.locator("main a").evaluate_all("links => links.map(link => link.href).join()")
    page.locator("form[action$='/take/'] button").click()
    act(page, "hand_in", "已劝离并清运，现场恢复通行。")
    expect(page.locator(".state-handed_in")).to_be_visible()
    worker.picture("task-handed-in")
    refused = page.goto(f"/office/matters/{matter}/")
    assert refused and refused.status == 404

    street.page.goto(f"/office/tasks/{task}/")
    street.page.locator("form[action$='/accept/'] button").click()
    expect(street.page.locator(".state-accepted")).to_be_visible()
    expect(street.page.locator("svg.watermark")).to_have_count(0)
    street.picture("task-accepted")
    street.page.goto(f"/office/matters/{matter}/")
    street.page.locator("details[hx-get$='/sight/'] summary").click()
    expect(street.page.locator("#sight")).to_contain_text(task)
    street.picture("matter-who-sees-it")
    assert [fault for fault in street.faults if "422" not in fault] == []


def test_the_watermark_is_on_paper_too(sample: Running, chromium: Browser, sessions: dict[str, str]) -> None:
    worker = person(chromium, sample.address, session=sessions[COMPANY])
    worker.page.goto("/office/tasks/")
    worker.page.locator("a[href^='/office/tasks/2']").first.click()
    drawn(worker.page)
    worker.page.emulate_media(media="print")
    expect(worker.page.locator("svg.watermark")).to_be_visible()
    worker.picture("task-printed")
    assert worker.faults == []


def test_attendance_of_a_joint_task_is_noted_by_tapping(
    sample: Running, chromium: Browser, sessions: dict[str, str]
) -> None:
    street = person(chromium, sample.address, "phone", session=sessions[OFFICER])
    page = street.page
    page.goto("/office/")
    street.picture("today-with-absence")
    page.locator("a[href*='/office/joint/']").first.click()
    street.picture("joint")
    absent = page.locator(".parts > li", has=page.locator(".tap-absent[aria-pressed=true]")).first
    expect(absent).to_be_visible()
    absent.locator(".tap-present").click()
    page.wait_for_load_state()
    expect(page.locator(".tap-present[aria-pressed=true]")).to_have_count(3)
    act(page, "conclude", "划定疏导点两处，早晚高峰由街道和执法队值守。")
    expect(page.locator(".state-concluded")).to_be_visible()
    street.picture("joint-concluded")

    number = open_matter(page)
    page.goto(f"/office/matters/{number}/call/")
    page.locator("#id_purpose").fill("现场会商清理分工")
    page.locator("#id_place").fill("玉兰广场")
    page.locator("#id_meets_at").fill(f"{datetime.now(UTC).date() + timedelta(days=2)}T10:00")
    for name in ("消防救援大队", "玉兰中队"):
        page.locator("label", has_text=re.compile(name)).first.locator("input").check()
    street.picture("joint-call")
    page.locator("form.narrow button.btn-primary").click()
    page.wait_for_url("**/office/joint/**")
    for tap in ("absent", "present"):
        expect(page.locator(f".tap-{tap}").first).to_be_disabled()
    page.locator(".tap-excused").first.click()
    expect(page.locator(".tap-excused[aria-pressed=true]")).to_have_count(1)
    expect(page.locator("form[action$='/cancel/']")).to_have_count(1)
    street.picture("joint-called")
    assert street.faults == []
