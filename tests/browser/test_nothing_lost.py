"""Two tabs, Back, a second press, a file that is refused: what a resident does, in a real browser."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Person, person
from tests.program import Running

pytestmark = pytest.mark.browser

NEXT = "form[enctype] button[value=none]"


def photo(name: str, size: tuple[int, int], kind: str = "JPEG") -> dict[str, object]:
    """Return a photo as a file to choose."""
    written = io.BytesIO()
    Image.new("RGB", size, "green").save(written, kind)
    return {"name": name, "mimeType": "", "buffer": written.getvalue()}


@pytest.fixture
def resident(sample: Running, chromium: Browser) -> Person:
    return person(chromium, sample.address, "phone")


def begin(page: Page, words: str, category: str = "02.1") -> None:
    page.goto(f"/report/?c={category}")
    page.fill("#id_words", words)


def to_contact(page: Page) -> None:
    """Go from the place to the last screen."""
    page.wait_for_url("**/report/place/?d=*")
    page.locator("#id_q").press_sequentially("1号")
    page.locator("#places button").first.click()
    page.wait_for_url(re.compile("/report/(known|contact)/"))
    if "/known/" in page.url:
        page.locator("main a.btn", has_text="我的是另一件").click()


def test_a_refused_and_a_huge_file_are_named_and_the_next_press_goes_on(
    resident: Person,
) -> None:
    page = resident.page
    begin(page, "路灯不亮了，走路看不见")
    huge = {"name": "大文件.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n" + bytes(11 * 2**20)}
    video = {"name": "clip.mp4", "mimeType": "video/mp4", "buffer": b"\0\0\0\x18ftypmp42" + bytes(600)}
    page.set_input_files("#id_photos", [huge, video, photo("好.jpg", (400, 300))])  # type: ignore[list-item]
    expect(page.locator("[data-photos] li.bad")).to_have_count(2)
    expect(page.locator("[data-photos] output", has_text="已上传")).to_have_count(1)
    page.locator(NEXT).click()
    said = page.locator("[data-files-said]")
    expect(said).to_be_visible()
    expect(said).to_contain_text("大文件.pdf, clip.mp4")
    resident.picture("files-refused")
    page.locator(NEXT).click()
    page.wait_for_url("**/report/place/?d=*")
    page.locator("a.back").click()
    expect(page.locator("input[name=drop]")).to_have_count(1)


def test_what_the_server_refuses_is_named_and_the_form_goes_without_it(resident: Person) -> None:
    page = resident.page
    begin(page, "路灯不亮了，走路看不见")
    broken = {"name": "IMG_1.HEIC", "mimeType": "image/heic", "buffer": b"\0\0\0\x18ftypheic" + bytes(600)}
    page.set_input_files("#id_photos", [broken])  # type: ignore[list-item]
    page.locator(NEXT).click()  # one press, while it is still on its way
    expect(page.locator(".errors")).to_contain_text("兼容性最佳", timeout=30_000)
    resident.picture("heic-refused")
    page.locator(NEXT).click()
    page.wait_for_url("**/report/place/?d=*")


def test_a_heic_photo_and_a_large_one_are_taken_and_the_large_one_is_sent_small(resident: Person) -> None:
    page, lengths = resident.page, []
    page.on(
        "request",
        lambda request: (
            lengths.append(int(request.headers["upload-length"]))
            if "upload-length" in request.headers
            else None
        ),
    )
    begin(page, "路灯不亮了，走路看不见")
    noise = io.BytesIO()
    Image.effect_noise((4000, 3000), 90).convert("RGB").save(noise, "JPEG", quality=95)
    large = {"name": "大.jpg", "mimeType": "image/jpeg", "buffer": noise.getvalue()}
    assert len(noise.getvalue()) > 2**22
    page.set_input_files("#id_photos", [photo("IMG_2.HEIC", (640, 480), "HEIF"), large])  # type: ignore[list-item]
    page.locator(NEXT).click()
    page.wait_for_url("**/report/place/?d=*", timeout=60_000)
    page.locator("a.back").click()
    expect(page.locator("input[name=drop]")).to_have_count(2)
    assert max(lengths) < len(noise.getvalue()) / 2, lengths


def test_next_pressed_twice_on_a_slow_line_waits_for_the_files_and_goes_once(resident: Person) -> None:
    page = resident.page

    def slow(route: Route) -> None:
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/report/uploads/*/?d=*", slow)
    begin(page, "路灯不亮了，走路看不见")
    page.set_input_files("#id_photos", [photo("a.png", (300, 200), "PNG")])  # type: ignore[list-item]
    page.locator(NEXT).dblclick()
    page.wait_for_url("**/report/place/?d=*", timeout=30_000)
    page.locator("a.back").click()
    expect(page.locator("input[name=drop]")).to_have_count(1)


def test_send_pressed_twice_is_one_receipt_and_back_leads_to_it_again(resident: Person) -> None:
    page = resident.page
    begin(page, "路灯不亮了，走路看不见")
    page.locator(NEXT).click()
    to_contact(page)
    page.locator("button[name=anonymous]").dblclick()
    page.wait_for_url(re.compile("/m/[^/]+/"))
    receipt = page.url
    page.go_back()
    page.wait_for_load_state()
    if "/report/" in page.url:
        page.locator("button[name=anonymous]").click()
        page.wait_for_url(re.compile("/m/[^/]+/"))
    assert page.url.split("?")[0] == receipt.split("?")[0]
    page.goto("/my/")
    expect(page.locator(".choices li")).to_have_count(1)


def test_two_tabs_write_two_reports(resident: Person) -> None:
    first, second = resident.page, resident.context.new_page()
    begin(first, "路灯不亮了，走路看不见")
    begin(second, "楼下的井盖松了", "02.4")
    for page in (first, second):
        page.locator(NEXT).click()
    for page in (first, second):
        to_contact(page)
    expect(first.locator("main")).to_contain_text("路灯不亮了")
    expect(second.locator("main")).to_contain_text("井盖松了")


def test_back_finds_the_words_and_other_words_are_sorted_anew(resident: Person) -> None:
    page = resident.page
    begin(page, "路灯不亮了，走路看不见")
    page.locator(NEXT).click()
    page.wait_for_url("**/report/place/?d=*")
    page.go_back()
    expect(page.locator("#id_words")).to_have_value("路灯不亮了，走路看不见")
    page.locator("#id_words").fill("隔壁半夜放音乐吵得睡不着")
    page.wait_for_timeout(900)  # what is offered for the new words has arrived
    page.evaluate("for (const radio of document.querySelectorAll('#heard input')) radio.checked = false")
    page.locator(NEXT).click()
    page.wait_for_url("**/report/category/?d=*")
