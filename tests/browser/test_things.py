"""The register of things as its people play it: a worker inspects, a resident looks, a sensor reports."""

import hashlib
import hmac
import json
import time
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Person, person
from tests.browser.test_mediation import fits
from tests.program import Running

pytestmark = pytest.mark.browser

WORKER, OFFICER, CHIEF = "微网格员", "镇(街道)工作人员", "总网格长"


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_worker_finds_a_defect(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str
) -> None:
    worker = person(chromium, sample.address, size, session=sessions[WORKER])
    page = worker.page
    page.goto("/office/things/")
    expect(page.locator(".thing-sign").first).to_be_visible()
    worker.picture("things-list")
    fits(worker)
    page.locator("[data-row] a").first.click()
    page.fill("#id_words", "箱门变形，打不开。")
    worker.picture("thing-inspection")
    page.locator("form[action$='/inspect/'] button.btn-primary").click()
    expect(page.locator(".timeline")).to_contain_text("箱门变形")
    worker.picture("thing-defect")
    fits(worker)
    page.locator(".timeline a.number").first.click()
    expect(page.locator("dl.facts a[href*='/office/things/']")).to_be_visible()
    worker.picture("thing-matter")
    fits(worker)
    assert worker.faults == []


def test_the_office_narrows_the_list_and_adds_a_thing(
    sample: Running, chromium: Browser, sessions: dict[str, str]
) -> None:
    chief = person(chromium, sample.address, session=sessions[CHIEF])
    page = chief.page
    page.goto("/office/things/")
    page.select_option("#id_kind", "aed")
    expect(page.locator("[data-row]").first).to_contain_text("AED")
    expect(page.locator(".thing-sign").first).to_be_visible()
    address = page.locator("[data-row] td:nth-child(2)").first.inner_text().splitlines()[0]
    chief.picture("things-narrowed")
    page.goto("/office/things/new/")
    page.fill("#id_name", "南门AED")
    page.select_option("#id_kind", "aed")
    page.locator("#id_q").press_sequentially(address, delay=20)
    page.locator("#places input[type=radio]").nth(1).check()
    chief.picture("thing-new")
    page.locator("main form button.btn-primary").click()
    expect(page.locator("h1")).to_contain_text("南门AED")
    fits(chief)
    assert chief.faults == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_resident_sees_what_is_near(sample: Running, chromium: Browser, size: str) -> None:
    resident = person(chromium, sample.address, size)
    page = resident.page
    page.goto("/things/?q=玉兰")
    page.locator(".options a").first.click()
    expect(page.locator("main")).to_contain_text("AED")
    expect(page.locator(".thing-sign").first).to_be_visible()
    resident.picture("things-near")
    fits(resident)
    assert resident.faults == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_sensor_is_registered_and_raises_a_matter(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str
) -> None:
    officer = person(chromium, sample.address, size, session=sessions[OFFICER])
    page = officer.page
    page.goto("/office/devices/")
    officer.picture("devices")
    fits(officer)
    page.locator("a[href$='/devices/new/']").click()
    page.fill("#id_name", "二号水位计")
    page.fill("#id_thing", "990103001001-00001")
    officer.picture("device-form")
    page.locator("main form button.btn-primary").click()
    uid, secret = page.locator("main code").first.inner_text(), page.locator("#secret").inner_text()
    officer.picture("device-secret")
    fits(officer)
    page.locator("main a.btn-primary").click()
    page.fill("#id_type", "water.high")
    page.fill("#id_name", "水位过高")
    page.select_option("#id_category", "02.4")
    page.locator("form[action$='/map/'] button").click()
    number = report(officer, uid, secret)
    page.reload()
    expect(page.locator("main")).to_contain_text(number)
    officer.picture("device")
    fits(officer)
    page.goto(f"/office/matters/{number}/")
    expect(page.locator("main")).to_contain_text("二号水位计")
    assert officer.faults == []


def report(officer: Person, uid: str, secret: str) -> str:
    """Send an event as the sensor does; return the number of the matter."""
    event = {
        "id": "1",
        "type": "water.high",
        "time": datetime.now(UTC).isoformat(),
        "value": 0.5,
        "unit": "m",
    }
    body, stamp = json.dumps(event), str(int(time.time()))
    signature = hmac.digest(secret.encode(), f"{stamp}.{body}".encode(), hashlib.sha256).hex()
    headers = {"X-Shige-Device": uid, "X-Shige-Timestamp": stamp, "X-Shige-Signature": signature}
    answer = officer.context.request.post(
        "/api/v1/devices/events", data=body, headers=headers | {"Content-Type": "application/json"}
    )
    assert answer.status == 200, answer.text()
    return str(answer.json()["matter"])
