"""Two tabs, Back, a second press, a file that is refused: what a resident does, in a real browser."""

import io
import re

import pillow_heif
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Person, person
from tests.program import Running

pillow_heif.register_heif_opener()

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


def back_to_words(page: Page) -> None:
    """Go back from the place, by the category that may be chosen anew, to the first screen."""
    page.locator("a.back").click()
    page.wait_for_url("**/report/category/?d=*")
    page.locator("a.back").click()


def to_contact(page: Page) -> None:
    """Go from the place to the last screen."""
    page.wait_for_url("**/report/place/?d=*")
    page.locator("#id_q").press_sequentially("1号")
    page.locator("#places button").first.click()
    page.wait_for_url(re.compile("/report/(known|contact)/"))
    if "/known/" in page.url:
        page.locator("main a.btn", has_text="不是这些").click()


def test_what_cannot_be_taken_is_named_when_chosen_and_the_first_press_goes_on_without_it(
    resident: Person,
) -> None:
    page = resident.page
    begin(page, "路灯不亮了，走路看不见")
    huge = {"name": "大文件.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n" + bytes(11 * 2**20)}
    video = {"name": "clip.mp4", "mimeType": "video/mp4", "buffer": b"\0\0\0\x18ftypmp42" + bytes(600)}
    empty = {"name": "空.jpg", "mimeType": "image/jpeg", "buffer": b""}
    words = {"name": "字.jpg", "mimeType": "image/jpeg", "buffer": b"these are only words"}
    vast = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(vast, "PNG")
    dots = {"name": "点.png", "mimeType": "image/png", "buffer": vast.getvalue()}
    good = [photo(f"好{number}.jpg", (400 + number, 300)) for number in range(6)]
    page.set_input_files("#id_photos", [huge, video, empty, words, dots, *good])  # type: ignore[list-item]
    expect(page.locator("[data-photos] li.bad")).to_have_count(5)
    expect(page.locator("[data-photos] output", has_text="已传到")).to_have_count(6, timeout=30_000)
    said = page.locator("[data-files-said]")
    for name in (
        "大文件.pdf",
        "clip.mp4",
        "空.jpg: 这个文件是空的",
        "字.jpg: 不是照片",
        "点.png: 这张照片像素过大",
    ):
        expect(said).to_contain_text(name)
    resident.picture("files-refused")
    page.locator("[data-photos] li.bad button").first.click()
    expect(said).not_to_contain_text("大文件.pdf")
    page.locator(NEXT).click()
    page.wait_for_url("**/report/place/?d=*")
    back_to_words(page)
    expect(page.locator("input[name=drop]")).to_have_count(6)


def test_a_photo_over_the_number_is_sent_once_another_is_taken_out(resident: Person) -> None:
    page = resident.page
    begin(page, "路灯不亮了，走路看不见")
    page.set_input_files("#id_photos", [photo(f"{at}.jpg", (80 + at, 60)) for at in range(7)])  # type: ignore[arg-type]
    sent = page.locator("[data-photos] output", has_text="已传到")
    expect(sent).to_have_count(6)
    expect(page.locator("[data-photos] li.bad")).to_have_count(1)
    page.locator("[data-photos] li button").first.click()
    expect(sent).to_have_count(6)
    expect(page.locator("[data-photos] li")).to_have_count(6)


def test_a_press_before_a_file_was_looked_at_stays_where_it_is_refused(resident: Person) -> None:
    page = resident.page
    begin(page, "路灯不亮了，走路看不见")
    page.evaluate(
        """() => {
            const chosen = new DataTransfer();
            chosen.items.add(new File([], "空.jpg"));
            const input = document.querySelector("#id_photos");
            input.files = chosen.files;
            input.dispatchEvent(new Event("change", {bubbles: true}));
            document.querySelector("form[enctype] button[value=none]").click();
        }"""
    )
    expect(page.locator("[data-files-said]")).to_contain_text("空.jpg: 这个文件是空的")
    page.wait_for_timeout(500)
    assert "/report/?" in page.url
    page.locator(NEXT).click()
    page.wait_for_url("**/report/place/?d=*")


def test_photos_chosen_at_once_by_a_new_visitor_on_a_slow_line_all_arrive(resident: Person) -> None:
    page = resident.page
    begin(page, "路灯不亮了，走路看不见")
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    slow = {"offline": False, "latency": 1500, "downloadThroughput": -1, "uploadThroughput": -1}
    line.send("Network.emulateNetworkConditions", slow)
    chosen = [photo(f"{at}.jpg", (80 + at, 60)) for at in range(6)]
    page.set_input_files("#id_photos", chosen)  # type: ignore[arg-type]
    page.locator(NEXT).click()
    page.wait_for_url("**/report/place/?d=*", timeout=60_000)
    line.send("Network.emulateNetworkConditions", slow | {"latency": 0})
    back_to_words(page)
    expect(page.locator("input[name=drop]")).to_have_count(6)


LOADED = "[...document.querySelectorAll('.thumbs img')].map((image) => image.naturalWidth > 0)"


def test_photos_are_seen_before_sending_and_on_the_tracking_page(resident: Person) -> None:
    page = resident.page
    begin(page, "路灯不亮了，走路看不见")
    chosen = [photo("ok.jpg", (800, 600)), photo("IMG_3.HEIC", (640, 480), "HEIF")]
    page.set_input_files("#id_photos", chosen)  # type: ignore[arg-type]
    page.locator(NEXT).click()
    page.wait_for_url("**/report/place/?d=*", timeout=30_000)
    back_to_words(page)
    expect(page.locator("input[name=drop]")).to_have_count(2)
    page.locator(NEXT).click()
    to_contact(page)
    page.wait_for_url("**/report/contact/?d=*")
    page.wait_for_load_state()
    assert page.evaluate(LOADED) == [True, True]
    page.locator("button[name=anonymous]").click()
    page.wait_for_url(re.compile("/m/[^/]+/"))
    page.wait_for_load_state()
    expect(page.locator(".thumbs img")).to_have_count(2)
    page.goto(page.url.split("?")[0])
    page.locator(".thumbs img").last.scroll_into_view_if_needed()
    page.wait_for_function(f"{LOADED}.every(Boolean)")
    expect(page.locator(".thumbs img")).to_have_count(2)


def test_the_counter_registers_at_the_first_press_with_a_photo(
    sample: Running, sessions: dict[str, str], chromium: Browser
) -> None:
    officer = person(chromium, sample.address, session=sessions["镇(街道)工作人员"])
    page = officer.page
    page.goto("/office/matters/new/")
    page.fill("#id_words", "东门路灯不亮了，晚上看不清路")
    page.locator("#id_q").press_sequentially("海棠苑1号")
    page.locator("#places input[name=building]").first.check()
    page.select_option("#id_other", "02.1")
    for name, value in (("danger", "none"), ("hurt", "no"), ("about_staff", "no")):
        answer = page.locator(f"input[name={name}][value={value}]")
        if answer.count():
            answer.check()
    page.locator("#id_consent").check()
    refused = {"name": "空.jpg", "mimeType": "image/jpeg", "buffer": b""}
    page.set_input_files("#id_photos", [photo("现场.jpg", (800, 600)), refused])  # type: ignore[list-item]
    expect(page.locator("[data-files-said]")).to_contain_text("空.jpg")
    page.locator("form.counter .actions button.btn-primary").last.click()
    expect(page.locator("form.counter")).to_have_count(0, timeout=30_000)


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


def test_a_heic_photo_and_large_ones_are_taken_and_the_large_ones_are_sent_small(resident: Person) -> None:
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
    other = io.BytesIO()
    Image.effect_noise((3000, 2000), 90).convert("RGB").save(other, "JPEG", quality=95)
    over = {"name": "超过.jpg", "mimeType": "", "buffer": other.getvalue() + bytes(11 * 2**20)}
    chosen = [photo("IMG_2.HEIC", (640, 480), "HEIF"), large, over]
    page.set_input_files("#id_photos", chosen)  # type: ignore[arg-type]
    page.locator(NEXT).click()
    page.wait_for_url("**/report/place/?d=*", timeout=60_000)
    back_to_words(page)
    expect(page.locator("input[name=drop]")).to_have_count(3)
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
    back_to_words(page)
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
    begin(second, "楼下的垃圾没人收", "01.1")
    for page in (first, second):
        page.locator(NEXT).click()
    for page in (first, second):
        to_contact(page)
    expect(first.locator("main")).to_contain_text("路灯不亮了")
    expect(second.locator("main")).to_contain_text("垃圾没人收")


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


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_back_to_the_counter_shows_nothing_of_whoever_stood_there_before(
    sample: Running, chromium: Browser, sessions: dict[str, str], size: str
) -> None:
    office = person(chromium, sample.address, size, session=sessions["镇(街道)工作人员"])
    page = office.page
    page.goto("/office/matters/new/")
    page.fill("#id_words", "楼道的灯坏了很久")
    page.fill("#id_q", "海棠苑")
    own_words = page.locator("#places [value=written]")
    expect(own_words).to_be_visible()
    page.locator("#id_q").evaluate("field => field.scrollIntoView({block: 'start'})")
    expect(own_words).to_be_in_viewport()  # however much was found: on one screen with the field
    office.picture("counter-places")
    page.locator("#places input[name=building]").first.check()
    page.fill("#id_name", "王阿姨")
    page.fill("#id_phone", "13900000001")
    page.locator("#id_consent").check()
    page.locator("form.counter .actions button.btn-primary").last.click()
    expect(page.locator("form.counter")).to_have_count(0, timeout=30_000)
    page.go_back()
    page.wait_for_load_state()
    for field in ("words", "q", "name", "phone"):
        expect(page.locator(f"#id_{field}")).to_have_value("")


def test_words_and_photos_added_later_go_in_one_press(resident: Person) -> None:
    page = resident.page
    begin(page, "路灯不亮了，走路看不见")
    page.locator(NEXT).click()
    to_contact(page)
    page.locator("button[name=anonymous]").click()
    page.wait_for_url(re.compile("/m/[^/]+/"))
    own = page.url.split("?")[0]
    page.goto(own)
    page.locator("summary", has_text="补充说明或照片").click()
    page.fill("#id_add_reason", "就在三楼拐角")
    page.set_input_files("#id_photos", [photo("ok.jpg", (800, 600))])  # type: ignore[arg-type]
    page.locator("details:has(#id_add_reason) button.btn").last.click()
    expect(page.locator("main")).to_contain_text("谢谢")
    expect(page.locator("main")).to_contain_text("就在三楼拐角")
    expect(page.locator(".thumbs img")).to_have_count(1)
    resident.picture("added")
