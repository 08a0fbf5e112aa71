"""A line that is really cut: the report goes on, waits on the phone, and is sent once the line is back."""

import contextlib
import re
import socket
import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect

from tests.browser.conftest import Person, person
from tests.files.made import jpeg
from tests.program import Running

pytestmark = pytest.mark.browser

SEND = "#offline-form button[value=none]"


class Line:
    """A line to the program that can be cut: connections end, and new ones are refused."""

    def __init__(self, port: int) -> None:
        self.port, self.open, self.pipes = port, True, set[socket.socket]()
        self.server = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.server.getsockname()[1]}"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while True:
            try:
                near, _ = self.server.accept()
            except OSError:
                return
            if not self.open:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self.port))
            self.pipes |= {near, far}
            for start, end in ((near, far), (far, near)):
                threading.Thread(target=self.pump, args=(start, end), daemon=True).start()

    def pump(self, start: socket.socket, end: socket.socket) -> None:
        try:
            while piece := start.recv(65536):
                end.sendall(piece)
        except OSError:
            pass
        for side in (start, end):
            side.close()

    def cut(self) -> None:
        """Break every connection and let no new one through."""
        self.open = False
        for pipe in list(self.pipes):
            with contextlib.suppress(OSError):
                pipe.shutdown(socket.SHUT_RDWR)
        self.pipes.clear()

    def mend(self) -> None:
        """Let connections through again."""
        self.open = True


@pytest.fixture
def line(sample: Running) -> Iterator[Line]:
    made = Line(int(sample.address.rsplit(":", 1)[1]))
    yield made
    made.server.close()


@pytest.fixture
def resident(line: Line, chromium: Browser) -> Person:
    somebody = person(chromium, line.address, "phone")
    somebody.page.goto("/report/?c=02.1")
    somebody.page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
    somebody.page.reload()  # from now on the worker is in charge
    somebody.page.wait_for_function("navigator.serviceWorker.controller !== null")
    return somebody


KEPT = """async () => {
    const asked = (request) => new Promise((ok) => { request.onsuccess = () => ok(request.result); });
    const out = [JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage})];
    for (const {name} of await indexedDB.databases()) {
        const base = await asked(indexedDB.open(name));
        for (const store of base.objectStoreNames) {
            out.push(JSON.stringify(await asked(base.transaction(store).objectStore(store).getAll())));
        }
        base.close();
    }
    return out.join("\\n");
}"""
KEPT_LASTING = KEPT.replace("JSON.stringify({...sessionStorage})", "'nothing of this tab'")
CACHED = """async () => {
    const out = [];
    for (const name of await caches.keys()) {
        out.push(...(await (await caches.open(name)).keys()).map(({url}) => new URL(url).pathname));
    }
    return out;
}"""


def kept_on(page: Page) -> str:
    """Return everything that the browser stores of these pages, as text."""
    return str(page.evaluate(KEPT))


@pytest.mark.parametrize("how", ["the switch of the browser", "the socket"])
def test_what_was_typed_when_the_line_broke_goes_on_and_is_sent_when_it_is_back(
    resident: Person, line: Line, how: str
) -> None:
    page, words = resident.page, f"路灯不亮了，{how}"
    page.fill("#id_words", words)
    if how == "the socket":
        line.cut()
    else:
        resident.context.set_offline(True)
    page.locator("form[enctype] button[value=none]").click()
    page.wait_for_url("**/report/offline/?d=*")
    expect(page.locator("#offline-form #id_words")).to_have_value(words)
    resident.context.grant_permissions(["geolocation"])
    resident.context.set_geolocation({"longitude": 0.0, "latitude": 0.0})
    resident.picture("offline")
    page.locator(SEND).click()
    expect(page.locator("#offline-said")).to_contain_text("未上传")
    expect(page.locator("#offline-waiting")).to_contain_text("未上传")
    resident.picture("offline-waiting")
    assert words in kept_on(page)
    line.mend()
    resident.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("h1")).to_have_text("网络已恢复", timeout=30_000)
    expect(page.locator("#offline-said")).to_contain_text("还没有提交")
    assert words not in kept_on(page) and words not in page.content()
    page.locator("#offline-waiting a", has_text="还没有提交").click()
    page.wait_for_url(re.compile("/report/(category|place)/"))


def test_what_was_typed_without_a_line_is_on_the_screens_that_ask_for_it(
    resident: Person, line: Line
) -> None:
    page = resident.page
    line.cut()
    page.goto("/report/")
    expect(page.locator("h1")).to_contain_text("网络断开")
    typed = {"words": "路灯不亮了，离线填完", "address": "玉兰苑3栋2单元702"}
    typed |= {"phone": "13800138000", "name": "王孃孃"}
    for name, value in typed.items():
        page.fill(f"#id_{name}", value)
    page.select_option("#id_category", "02.1")
    page.reload()
    for name, value in typed.items():
        expect(page.locator(f"#offline-form #id_{name}")).to_have_value(value)
    page.locator(SEND).click()
    expect(page.locator("#offline-waiting")).to_contain_text("未上传")
    assert typed["words"] not in page.content(), "whoever takes the phone reads no words"
    line.mend()
    page.evaluate("dispatchEvent(new Event('online'))")
    page.locator("#offline-waiting a", has_text="还没有提交").click()
    expect(page.locator("#id_q")).to_have_value(typed["address"])
    page.locator("button[value=written]:visible").click()
    page.wait_for_url("**/report/contact/?d=*")
    expect(page.locator("#id_phone")).to_have_value(typed["phone"])
    page.fill("#id_name", "王大爷")
    page.locator(".review .change").first.click()
    page.wait_for_url("**/report/place/?d=*")
    page.locator("#id_q").fill("1号")
    page.locator("button[value=written]:visible", has_text="“1号”").click()
    page.wait_for_url("**/report/contact/?d=*")
    expect(page.locator("#id_name")).to_have_value("王大爷")
    resident.picture("contact-kept")
    page.locator("#id_phone").press("Enter")
    page.wait_for_url(re.compile("/m/"))
    assert all(value not in kept_on(page) for value in typed.values())


def test_what_may_not_lie_on_the_phone_stays_on_its_last_screen_and_goes_by_itself(
    resident: Person, line: Line
) -> None:
    page = resident.page
    page.fill("#id_words", "隔壁天天打娃儿")
    page.locator("form[enctype] button[value=none]").click()
    page.wait_for_url("**/report/next/?d=*")
    line.cut()
    page.locator("button[name=emergency]").first.click()
    expect(page.locator("[data-network-said]")).to_contain_text("还没有发出")
    resident.picture("unsent-stays")
    assert "打娃儿" not in kept_on(page) and "/report/next/" in page.url
    line.mend()
    page.wait_for_url(re.compile("/report/(?!emergency)"), timeout=30_000)


def test_a_reload_without_a_line_loses_nothing_of_the_first_screen(resident: Person, line: Line) -> None:
    page, words = resident.page, "路灯不亮了，刷新也在"
    resident.context.set_offline(True)
    page.fill("#id_words", words)
    page.reload()
    expect(page.locator("#offline-form #id_words")).to_have_value(words)
    resident.context.set_offline(False)
    page.reload()
    expect(page.locator("form[enctype] #id_words")).to_have_value(words)
    expect(page.locator("#heard [data-ordinary]")).to_be_attached()
    assert words not in page.evaluate(KEPT_LASTING), "what is no danger stays with this tab until it is sent"
    page.locator("form[enctype] button[value=none]").click()
    page.wait_for_url(re.compile("/report/(category|place)/"))
    assert words not in kept_on(page)


def test_photos_are_not_lost_silently_by_a_reload_without_a_line(resident: Person, line: Line) -> None:
    page = resident.page
    line.cut()
    page.goto("/report/")
    expect(page.locator("[data-photos-again]")).to_be_hidden()
    photo: FilePayload = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": jpeg()}
    page.locator("#id_photos").set_input_files([photo])
    page.reload()
    expect(page.locator("[data-photos-again]")).to_be_visible()
    resident.picture("offline-photos-again")
    page.locator("#id_photos").set_input_files([photo])
    expect(page.locator("[data-photos-again]")).to_be_hidden()
    assert "a.jpg" not in kept_on(page), "a phone may be shared"


def test_leaving_without_a_line_and_without_a_worker_shows_no_fault_of_the_browser(
    chromium: Browser, line: Line
) -> None:
    somebody = person(chromium, line.address, "phone")
    page = somebody.page
    page.add_init_script("delete Navigator.prototype.serviceWorker")
    page.goto("/report/?c=02.1")
    page.fill("#id_words", "他又打我了")
    somebody.context.set_offline(True)
    page.locator("[data-quick-exit]").first.click()
    expect(page.locator("body")).to_have_text(re.compile("^(没有网络连接|No internet connection)$"))
    assert "他又打我了" not in page.content() and "/report/end/" in page.url


def test_numbers_and_a_way_out_are_there_whatever_is_answered_without_a_line(
    resident: Person, line: Line
) -> None:
    page, words = resident.page, "他又打我了，离线"
    line.cut()
    page.goto("/report/")
    page.fill("#id_words", words)
    expect(page.locator("#offline-danger summary")).to_contain_text("110")
    page.locator(SEND).click()
    expect(page.locator("#offline-waiting")).to_contain_text("未上传")
    expect(page.locator("#offline-danger summary")).to_contain_text("12110")
    page.locator("#offline-danger summary").click()
    expect(page.locator("#offline-danger a[href^='tel:110']").first).to_be_visible()
    resident.picture("offline-numbers")
    assert words in kept_on(page)
    page.locator("[data-quick-exit]").click()
    expect(page.locator("#offline-danger")).to_have_count(0)
    expect(page.locator("body")).to_have_text(re.compile("^(没有网络连接|No internet connection)$"))
    resident.picture("offline-left")
    line.mend()
    page.goto("/report/offline/")
    assert words not in kept_on(page)


def test_what_the_server_took_in_lies_no_longer_on_the_phone(resident: Person, line: Line) -> None:
    page, words = resident.page, "路灯不亮了，先断后通"
    page.fill("#id_words", words)
    line.cut()
    page.locator("form[enctype] button[value=none]").click()
    page.wait_for_url("**/report/offline/?d=*")
    assert words in kept_on(page)
    line.mend()
    page.goto(page.url.replace("/report/offline/", "/report/"))
    page.fill("#id_words", words)
    page.locator("form[enctype] button[value=none]").click()
    page.wait_for_url(re.compile("/report/(place|category)/"))
    assert words not in kept_on(page)


def on_the_last_screen(page: Page, words: str) -> None:
    """Go through a report up to its last screen."""
    page.fill("#id_words", words)
    page.locator("form[enctype] button[value=none]").click()
    page.wait_for_url("**/report/place/?d=*")
    page.locator("#id_q").press_sequentially("1号")
    page.locator("#places button").first.click()
    page.wait_for_url(re.compile("/report/(known|contact)/"))
    if "/known/" in page.url:
        page.locator("main a.btn", has_text="不是这些").click()
    page.wait_for_url("**/report/contact/?d=*")


def test_what_was_sent_at_the_last_step_is_said_to_wait_and_goes_once_by_itself(
    resident: Person, line: Line
) -> None:
    page = resident.page
    on_the_last_screen(page, "路灯不亮了，最后一步断网")
    line.cut()
    page.locator("button[name=anonymous]").click()
    page.wait_for_url("**/report/offline/?d=*")
    expect(page.locator("#offline-said")).to_contain_text("未上传")
    expect(page.locator("#offline-form")).to_be_hidden()
    resident.picture("offline-last-step")
    line.mend()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator("#offline-said")).to_have_text("已全部上传。", timeout=30_000)
    page.locator("#offline-waiting a").click()
    page.wait_for_url(re.compile("/m/"))
    page.goto("/my/")
    expect(page.locator(".choices li")).to_have_count(1)


def test_a_search_without_a_line_says_so_and_is_asked_again(resident: Person, line: Line) -> None:
    page = resident.page
    page.fill("#id_words", "路灯不亮了，找地点时断网")
    page.locator("form[enctype] button[value=none]").click()
    page.wait_for_url("**/report/place/?d=*")
    line.cut()
    page.locator("#id_q").press_sequentially("1号")
    expect(page.locator("[data-network-said]")).to_contain_text("您写的还在")
    resident.picture("search-without-line")
    line.mend()
    expect(page.locator("#places button").first).to_be_visible(timeout=30_000)
    expect(page.locator("[data-network-said]")).to_have_count(0)


def test_a_form_without_a_worker_stays_with_its_words_and_goes_when_the_line_is_back(
    sample: Running, chromium: Browser
) -> None:
    somebody = person(chromium, sample.address, "phone")
    page = somebody.page
    none = "{controller: null, addEventListener() {}, register: async () => {}}"
    page.add_init_script(f"Object.defineProperty(navigator, 'serviceWorker', {{value: {none}}})")
    page.goto("/report/?c=02.1")
    page.fill("#id_words", "路灯不亮了，没有后台程序")
    somebody.context.set_offline(True)
    page.locator("form[enctype] button[value=cannot_talk]").click()
    expect(page.locator("[data-network-said]")).to_contain_text("110")
    page.locator("form[enctype] button[value=none]").click()
    expect(page.locator("#id_words")).to_have_value("路灯不亮了，没有后台程序")
    expect(page.locator("[data-network-said]")).to_contain_text("您写的还在")
    somebody.context.set_offline(False)
    page.wait_for_url("**/report/place/?d=*", timeout=30_000)


def test_nothing_of_somebody_in_danger_is_kept_without_a_line(resident: Person, line: Line) -> None:
    page = resident.page
    page.fill("#id_words", "他又打我了")
    line.cut()
    page.locator("form[enctype] button[value=cannot_talk]").click()
    expect(page.locator("#offline-danger")).to_be_visible()
    expect(page.locator("#offline-danger a[href^='tel:110']").first).to_be_visible()
    expect(page.locator("#offline-danger a[href^='sms:12110']")).to_be_visible()
    resident.picture("offline-danger")
    assert "打我" not in kept_on(page)
    expect(page.locator("#offline-form")).to_be_hidden()
    line.mend()
    page.evaluate("dispatchEvent(new Event('online'))")
    page.locator("[data-send]").click()
    page.wait_for_url("**/report/next/?d=*")
    expect(page.locator("main")).to_contain_text("12110")


def test_who_says_on_the_page_without_a_line_that_there_is_danger_gets_numbers(
    resident: Person, line: Line
) -> None:
    page = resident.page
    line.cut()
    page.goto("/report/")
    page.fill("#id_words", "他又打我了")
    expect(page.locator("#offline-form .danger-question")).to_contain_text("不会保存在这台手机上，也不会发出")
    page.locator("#offline-form button[value=yes]").click()
    expect(page.locator("#offline-danger")).to_have_attribute("open", "")
    expect(page.locator("#offline-form")).to_be_hidden()
    assert "打我" not in kept_on(page)
    expect(page.locator("main")).to_contain_text("没有保存在这台手机上，也没有发出")
    expect(page.locator("[data-kept]").first).to_be_hidden()
    resident.picture("offline-danger-said")
    page.locator("[data-show]").click()
    expect(page.locator("#offline-form #id_words")).to_have_value("他又打我了")
    page.reload()
    assert page.locator("#offline-form #id_words").input_value() == "" and "打我" not in kept_on(page)


def test_only_the_page_without_a_line_and_its_files_are_cached(resident: Person, sample: Running) -> None:
    page = resident.page
    for address in ("/", "/my/", "/report/?c=02.1"):
        page.goto(address)
    page.goto("/report/")
    urls = page.evaluate(CACHED)
    assert "/report/offline/" in urls
    assert [url for url in urls if url != "/report/offline/" and not url.startswith("/static/")] == []
