"""A lost code comes back by a one-time code, in a real browser with a real delivery service (P5)."""

import json
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SIZES, Person, person, tell_place
from tests.program import Running, copied

pytestmark = pytest.mark.browser

PHONE = "19900314159"
WITHIN = 120.0
"""Seconds within which a message is handed over: the job runs every minute, on a busy machine."""


@pytest.fixture(scope="module")
def texts() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Serve as the operator's delivery service: its address, and the messages that it was handed."""
    got: list[dict[str, str]] = []

    class Gateway(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(202)
            self.end_headers()

        def log_message(self, *_said: Any) -> None:
            """Stay quiet."""

    server = HTTPServer(("127.0.0.1", 0), Gateway)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/", got
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def served(sample_data: Path, texts: tuple[str, list[dict[str, str]]]) -> Iterator[Running]:
    """Run the program on its sample with that service."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SHIGE_DELIVERY_URL", texts[0])
        with copied(sample_data) as running:
            yield running


def test_a_lost_code_comes_back_by_a_one_time_code(
    served: Running, chromium: Browser, texts: tuple[str, list[dict[str, str]]]
) -> None:
    tracking = filed(person(chromium, served.address, "phone").page)

    elsewhere = person(chromium, served.address, "phone")
    page = elsewhere.page
    page.goto("/my/")
    page.locator("a[href='/my/codes/']").click()
    page.fill("input[name=phone]", "199 0031 4159")
    page.locator("main form .btn-primary").click()
    expect(page.locator("main")).to_contain_text("六位")
    elsewhere.picture("recover-code")
    fits(elsewhere)
    code = one_time(texts[1])
    page.fill("input[name=typed]", f"{(int(code) + 1) % 10**6:06d}")
    page.locator("main form .btn-primary").click()
    expect(page.locator("main")).to_contain_text("验证码不对")
    page.fill("input[name=typed]", code)
    page.locator("main form .btn-primary").click()
    found = page.locator("main ul.choices li")
    expect(found).to_have_count(1)
    elsewhere.picture("recovered")
    fits(elsewhere)
    found.locator("a").click()
    expect(page).to_have_url(re.compile(re.escape(tracking)))
    page.evaluate("history.back()")  # nothing of it is kept: the browser has no page to go back to
    page.wait_for_timeout(1500)
    expect(page.locator("main ul.choices li")).to_have_count(0)
    assert [fault for fault in elsewhere.faults if "422" not in fault] == []


def filed(page: Page) -> str:
    """Report a lamp with the telephone; return the path of its page."""
    tell_place(page, "02.1", "楼下路灯坏了，没有短信", "玉兰苑")
    page.fill("#id_phone", PHONE)
    page.locator("main form button.btn-primary").click()
    page.wait_for_url(re.compile(r"/m/[^/]+/"))
    return re.search(r"/m/[^/]+/", page.url)[0]  # type: ignore[index]


def one_time(got: list[dict[str, str]]) -> str:
    """Wait for the message and return its code; the number it goes to is the one that was left."""
    ends = time.monotonic() + WITHIN
    while time.monotonic() < ends:
        for message in got:
            if message["kind"] == "code.recovery":
                assert message["to"].replace(" ", "").endswith(PHONE)
                return re.search(r"\d{6}", message["text"])[0]  # type: ignore[index]
        time.sleep(0.5)
    raise AssertionError(f"no message came: {got}")


def fits(somebody: Person) -> None:
    """Nothing scrolls sideways."""
    width = somebody.page.evaluate("document.documentElement.scrollWidth")
    assert width <= SIZES[somebody.size]["width"]
