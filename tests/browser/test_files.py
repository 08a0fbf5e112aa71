"""A photo whose connection breaks on the way, and photos before and after the work, seen by both sides."""

import io
import os
import re

import pytest
from PIL import Image
from playwright.sync_api import Browser, Route, expect

from tests.browser.conftest import Person, person
from tests.files.made import pdf
from tests.program import Running

pytestmark = pytest.mark.browser

WORDS = "玉兰路口的雨水管堵了，积水没过脚面"


def noise(side: int = 900) -> bytes:
    """Return a photo too large for one piece."""
    written = io.BytesIO()
    Image.frombytes("RGB", (side, side), os.urandom(3 * side * side)).save(written, "PNG")
    return written.getvalue()


def shot(color: str) -> dict[str, object]:
    """Return a plain photo as a file to choose."""
    written = io.BytesIO()
    Image.new("RGB", (640, 480), color).save(written, "JPEG")
    return {"name": f"{color}.jpg", "mimeType": "image/jpeg", "buffer": written.getvalue()}


def report_with_files(resident: Person) -> dict[str, list[str]]:
    """File a matter; the photo is cut twice on its way. Returns for each upload where its pieces began."""
    page, begun = resident.page, {}

    def cut(route: Route) -> None:
        if route.request.method == "PATCH":
            pieces = begun.setdefault(route.request.url, [])
            pieces.append(route.request.headers["upload-offset"])
            if len(pieces) in (2, 3):
                route.abort("connectionreset")
                return
        route.continue_()

    page.route("**/report/uploads/*/?d=*", cut)
    page.goto("/report/?c=02.4")
    page.fill("#id_words", WORDS)
    photo = {"name": "雨水管.png", "mimeType": "image/png", "buffer": noise()}
    paper = {"name": "通知.pdf", "mimeType": "application/pdf", "buffer": pdf(active=True)}
    page.set_input_files("#id_photos", [photo, paper])  # type: ignore[list-item]
    expect(page.locator("[data-photos] output", has_text="已传到")).to_have_count(2, timeout=60_000)
    resident.picture("files-sent")
    page.locator("button[name=danger][value=none]").click()
    page.wait_for_url("**/report/place/?d=*")
    page.locator("#id_q").press_sequentially("1号")
    page.locator("#places button").first.click()
    page.wait_for_url("**/report/contact/?d=*")
    page.locator("button[name=anonymous]").click()
    page.wait_for_url(re.compile(r"/m/[^/]+/"))
    return begun


def test_files_arrive_in_spite_of_a_broken_connection_and_both_sides_compare_the_work(
    sample: Running, sessions: dict[str, str], chromium: Browser
) -> None:
    resident = person(chromium, sample.address, "phone")
    begun = report_with_files(resident)
    photo = max(begun.values(), key=len)
    assert photo[0] == "0" and photo[1] == photo[2] == photo[3] == str(256 * 1024), photo
    expect(resident.page.locator(".thumbs img")).to_have_count(1)
    expect(resident.page.locator("a", has_text="PDF 1")).to_be_visible()

    officer = person(chromium, sample.address, session=sessions["镇(街道)工作人员"])
    open_matter(officer)
    officer.page.locator("form[action$='/take/'] button").click()
    officer.page.locator("details:has(form[action$='/solve/']) summary").click()
    officer.page.fill("#id_solve_note", "雨水管已疏通。")
    officer.page.set_input_files("#id_before", shot("gray"))  # type: ignore[arg-type]
    officer.page.set_input_files("#id_after", shot("green"))  # type: ignore[arg-type]
    officer.picture("solve-with-photos")
    officer.page.locator("form[action$='/solve/'] button.btn-success").click()
    expect(officer.page.locator(".compared img")).to_have_count(2)
    expect(officer.page.locator(".compared figcaption")).to_have_text(["处理前", "处理后"])
    officer.picture("matter-compared")

    resident.page.reload()
    expect(resident.page.locator(".compared img")).to_have_count(2)
    resident.picture("tracking-compared")
    assert not officer.faults


def open_matter(officer: Person) -> None:
    """Find the matter by its words and open it."""
    officer.page.goto(f"/office/matters/?text={WORDS[:6]}")
    officer.page.locator("[data-row] a").first.click()
    expect(officer.page.locator("#words-title ~ p").first).to_have_text(WORDS)
